"""The budget as it went: salaries, purchases, invoices of the sessions and grants, month by month (R43–R45)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from pdn.demo.chance import Ids, cents, dice
from pdn.demo.days import month_end, month_start, working_day
from pdn.demo.plans import MONTHS, grants, plan_lines
from pdn.demo.sessions import PLANNED_AHEAD
from pdn.demo.steering import COORDINATION_STARTS, FIRST_COORDINATOR_LEAVES, HANDOVER, HOST, TRAINING_STARTS
from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.session import Session, SessionKind, TrainerKind

SALARY, RAISE = Decimal("1214.60"), Decimal("1.006")
"""What the half-time post costs a month, and by how much more each year."""

FIRST_YEAR = COORDINATION_STARTS.year
PAID_AFTER = timedelta(days=24)
INSTALMENTS = ((4, Decimal("0.7")), (11, Decimal("0.3")))
"""The months in which the grants come, and how much of them."""

EXTRAS = (
    (2, Account.OTHER_EXTERNAL_SERVICES, "Plateforme de classe virtuelle", "Octave Logiciels"),
    (5, Account.PURCHASES, "Mallettes pédagogiques", "Librairie L’Encrier"),
    (9, Account.OTHER_EXTERNAL_SERVICES, "Captation et montage des formations", "Atelier Pixel et Parole"),
)
EXTRA_BEFORE, EXTRA_NOW = (280, 460), (500, 580)
OVERSPENT_YEARS, OVERSPENT = 2, Decimal("86.30")
CENT = Decimal("0.01")


class Regular(NamedTuple):
    """An expense of the coordination that comes back in the same months."""

    account: Account
    name: str
    supplier: str
    months: tuple[int, ...]
    least: int
    most: int


REGULAR = (
    Regular(Account.EXTERNAL_SERVICES, "Loyer du bureau", "SCI Les Platanes", (4, 10), 540, 540),
    Regular(Account.EXTERNAL_SERVICES, "Assurance", "Mutuelle La Prévoyante", (10,), 160, 190),
    Regular(Account.EXTERNAL_SERVICES, "Abonnements numériques", "Octave Logiciels", (11,), 210, 260),
    Regular(
        Account.OTHER_EXTERNAL_SERVICES, "Déplacements de la coordination", "Notes de frais", (3, 6, 9, 12), 150, 290
    ),
    Regular(Account.OTHER_EXTERNAL_SERVICES, "Téléphone et Internet", "Télécom Aquitaine", (6, 12), 140, 170),
    Regular(Account.OTHER_EXTERNAL_SERVICES, "Impression des dépliants", "Imprimerie du Port", (10,), 240, 380),
    Regular(Account.PURCHASES, "Fournitures de bureau", "Papeterie Girard et fils", (2, 10), 65, 160),
    Regular(Account.PURCHASES, "Petit matériel", "Informatique Rive droite", (11,), 180, 320),
    Regular(Account.TAXES, "Taxe sur les salaires", "Direction des impôts", (6, 12), 300, 350),
)


def budget_lines(sessions: tuple[Session, ...], ids: Ids, seed: int, today: date) -> tuple[BudgetLine, ...]:
    """The plan of every year, then what was committed, spent and received, in the order of the dates."""
    flows = [
        *_salaries(ids, today),
        *_regular(ids, seed, today),
        *_invoices(sessions, ids, today),
        *_extras(ids, seed, today),
        *_income(ids, today),
    ]
    plan = (_overspent(line, today) for line in plan_lines(ids, today))
    return (*plan, *_numbered(sorted(flows, key=lambda line: (line.dated_on or today, line.id))))


def _salaries(ids: Ids, today: date) -> Iterator[BudgetLine]:
    month = COORDINATION_STARTS
    while month_end(month) <= today:
        paid = month_end(month)
        amount = (SALARY * RAISE ** (month.year - FIRST_YEAR)).quantize(CENT)
        yield _spent(Strand.COORDINATION, Account.STAFF, "Salaire de la coordination", HOST, amount, paid, ids)
        if HANDOVER <= paid <= FIRST_COORDINATOR_LEAVES:
            # Both coordinators were paid for the month of the handover: the year went over its envelope.
            name = "Salaire de la coordination, mois de passation"
            yield _spent(Strand.COORDINATION, Account.STAFF, name, HOST, amount, paid, ids)
        month = month_start(month, 1)


def _regular(ids: Ids, seed: int, today: date) -> Iterator[BudgetLine]:
    for year in range(COORDINATION_STARTS.year, today.year + 1):
        for expense in REGULAR:
            for month in expense.months:
                rng = dice(seed, "regular", year, expense.name, month)
                day = working_day(date(year, month, rng.randint(3, 24)))
                amount = cents(rng, expense.least, expense.most)
                starting = year == COORDINATION_STARTS.year and month == COORDINATION_STARTS.month
                if COORDINATION_STARTS <= day <= today and not starting:
                    yield _spent(Strand.COORDINATION, expense.account, expense.name, expense.supplier, amount, day, ids)


def _invoices(sessions: tuple[Session, ...], ids: Ids, today: date) -> Iterator[BudgetLine]:
    """What the sessions cost: committed when they are planned, paid some weeks after."""
    for session in sessions:
        day = session.held_on
        if session.cost is None or session.cancelled_on or day is None:
            continue
        meeting = session.kind is SessionKind.NETWORK_MEETING
        supplier = session.trainer if session.trainer_kind is TrainerKind.EXTERNAL else "Traiteur Les Halles"
        name = f"{'Accueil' if meeting else 'Intervention'} – {session.name}"
        # An expense belongs to the year of its session: what would be paid in January is paid in December.
        paid_on = min(day + PAID_AFTER, date(day.year, MONTHS, 31))
        ordered_on = max(day - PLANNED_AHEAD, date(day.year, 1, 2))
        line = _spent(Strand.TRAINING, Account.OTHER_EXTERNAL_SERVICES, name, supplier, session.cost, ordered_on, ids)
        yield replace(line, dated_on=paid_on) if paid_on <= today else replace(line, spent=None)


def _extras(ids: Ids, seed: int, today: date) -> Iterator[BudgetLine]:
    """What the training strand buys besides its sessions; more this year, whose envelope is getting tight."""
    for year in range(TRAINING_STARTS.year + 1, today.year + 1):
        for month, account, name, supplier in EXTRAS:
            day = working_day(date(year, month, 15))
            if day <= today:
                amount = cents(dice(seed, "extras", year, month), *(EXTRA_NOW if year == today.year else EXTRA_BEFORE))
                yield _spent(Strand.TRAINING, account, name, supplier, amount, day, ids)


def _income(ids: Ids, today: date) -> Iterator[BudgetLine]:
    """The grants, paid in two instalments."""
    for year in range(COORDINATION_STARTS.year, today.year + 1):
        for strand in Strand:
            for name, amount in grants(year, strand):
                # The first year began too late for an instalment: all of it came at once.
                whole = name != "Caf" or year == COORDINATION_STARTS.year
                for rank, (month, share) in enumerate(INSTALMENTS[-1:] if whole else INSTALMENTS, start=1):
                    day = working_day(date(year, month, 18))
                    part = amount if whole else amount * share
                    if part and COORDINATION_STARTS <= day <= today:
                        title = f"Subvention {name}" + ("" if whole else f", versement {rank}")
                        yield _spent(strand, Account.SUBSIDIES, title, name, part, day, ids)


def _overspent(line: BudgetLine, today: date) -> BudgetLine:
    """The line itself, or past its own plan where it is the rooms of two years ago."""
    rooms = line.strand is Strand.TRAINING and line.account is Account.EXTERNAL_SERVICES
    year = today.year - OVERSPENT_YEARS
    if not rooms or line.year != year or line.planned is None:
        return line
    return replace(
        line,
        committed=line.planned,
        spent=line.planned + OVERSPENT,
        dated_on=date(year, 6, 20),
        document=f"F-{year}-000",
        supplier="Salle des fêtes Les Arcades",
    )


def _spent(
    strand: Strand, account: Account, name: str, supplier: str, amount: Decimal, day: date, ids: Ids
) -> BudgetLine:
    """An amount committed and paid, or received, that day."""
    return BudgetLine(
        id=ids.new(BudgetLine, day, strand, account, name, day),
        year=day.year,
        strand=strand,
        account=account,
        name=name,
        committed=amount.quantize(CENT),
        spent=amount.quantize(CENT),
        dated_on=day,
        supplier=supplier,
    )


def _numbered(lines: list[BudgetLine]) -> Iterator[BudgetLine]:
    """The lines with the numbers of their documents: invoices, pay slips, notices of payment."""
    counts = defaultdict[tuple[str, int], int](int)
    for line in lines:
        if line.spent is None or line.year is None:
            yield line
            continue
        kind = {Account.STAFF: "BP", Account.SUBSIDIES: "AV"}.get(line.account or Account.PURCHASES, "F")
        counts[kind, line.year] += 1
        yield replace(line, document=f"{kind}-{line.year}-{counts[kind, line.year]:03}")
