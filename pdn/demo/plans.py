"""The budget that each year begins with: as much income as charges in each strand (R43–R45)."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_DOWN, Decimal

from pdn.demo.chance import Ids
from pdn.demo.steering import CEILINGS, COORDINATION_STARTS, TRAINING_STARTS, last_budget_year
from pdn.domain.budget_line import Account, BudgetLine, Strand

MONTHS = 12
STATE_CHANGED = 2021
TEN = Decimal(10)

CHARGES = {
    Strand.COORDINATION: (
        (Account.STAFF, "Salaire et cotisations du mi-temps de coordination", 15_300),
        (Account.PURCHASES, "Fournitures et petit matériel", 700),
        (Account.EXTERNAL_SERVICES, "Loyer du bureau, assurance, abonnements", 1_600),
        (Account.OTHER_EXTERNAL_SERVICES, "Déplacements et communication", 1_650),
        (Account.TAXES, "Taxe sur les salaires et formation professionnelle", 750),
    ),
    Strand.TRAINING: (
        (Account.OTHER_EXTERNAL_SERVICES, "Intervenants des formations et de la supervision", 7_600),
        (Account.OTHER_EXTERNAL_SERVICES, "Accueil des rencontres départementales", 1_400),
        (Account.PURCHASES, "Supports pédagogiques", 600),
        (Account.EXTERNAL_SERVICES, "Location de salles", 400),
    ),
}
GRANTS = {
    Strand.COORDINATION: (("Caf", 11_000), ("", 3_000), ("Département", 4_000), ("MSA", 2_000)),
    Strand.TRAINING: (("Caf", 6_000), ("Département", 2_500), ("MSA", 1_500)),
}
"""What each institution gives in a whole year; the name of the State's service depends on the year."""

VOLUNTARY_NAME, VOLUNTARY_AMOUNT = "Salles et temps de travail mis à disposition par les structures", Decimal(4_800)


def funded_share(year: int, strand: Strand) -> Decimal:
    """The share of a year that a strand is funded for, by months."""
    starts = COORDINATION_STARTS if strand is Strand.COORDINATION else TRAINING_STARTS
    if year > starts.year:
        return Decimal(1)
    return Decimal(MONTHS - starts.month + 1) / MONTHS if year == starts.year else Decimal(0)


def grants(year: int, strand: Strand) -> tuple[tuple[str, Decimal], ...]:
    """What each institution gives a strand in a year: in all, the envelope prorated, cut to tens of euros."""
    share = funded_share(year, strand)
    state = "DDCS" if year < STATE_CHANGED else "SDJES"
    parts = [(name or state, _cut(amount * share)) for name, amount in GRANTS[strand]]
    first, most = parts[0]
    missing = _cut(CEILINGS[strand] * share) - sum(amount for _, amount in parts)
    return ((first, most + missing), *parts[1:])


def plan_lines(ids: Ids, today: date) -> Iterator[BudgetLine]:
    """The planned lines of every year: charges, income, and the valued contributions apart."""
    for year in range(COORDINATION_STARTS.year, last_budget_year(today) + 1):
        for strand in Strand:
            given = grants(year, strand)
            total = sum((amount for _, amount in given), Decimal(0))
            if total:
                yield from _charges(year, strand, total, ids)
                for name, amount in given:
                    yield _planned(year, strand, Account.SUBSIDIES, f"Subvention {name}", amount, ids, name)
        yield from _voluntary(year, ids)


def _charges(year: int, strand: Strand, total: Decimal, ids: Ids) -> Iterator[BudgetLine]:
    share = funded_share(year, strand)
    amounts = [_cut(amount * share) for _, _, amount in CHARGES[strand]]
    amounts[0] += total - sum(amounts)
    for (account, name, _), amount in zip(CHARGES[strand], amounts, strict=True):
        yield _planned(year, strand, account, name, amount, ids)


def _voluntary(year: int, ids: Ids) -> Iterator[BudgetLine]:
    share = funded_share(year, Strand.COORDINATION)
    for account in (Account.VOLUNTARY_USE, Account.VOLUNTARY_INCOME):
        yield _planned(year, Strand.COORDINATION, account, VOLUNTARY_NAME, _cut(VOLUNTARY_AMOUNT * share), ids)


def _planned(
    year: int, strand: Strand, account: Account, name: str, amount: Decimal, ids: Ids, supplier: str = ""
) -> BudgetLine:
    prepared = COORDINATION_STARTS if year == COORDINATION_STARTS.year else date(year - 1, 10, 1)
    return BudgetLine(
        id=ids.new(BudgetLine, prepared, "plan", year, strand, account, name),
        year=year,
        strand=strand,
        account=account,
        name=f"Prévisionnel : {name[0].lower()}{name[1:]}",
        planned=amount,
        supplier=supplier,
    )


def _cut(amount: Decimal) -> Decimal:
    return (amount / TEN).quantize(Decimal(1), ROUND_DOWN) * TEN
