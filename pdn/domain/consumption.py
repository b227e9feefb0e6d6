"""Consumption: what each strand has planned, committed and spent in a year against its own envelope (R43–R45)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pdn.domain.budget_line import BudgetLine, Strand
from pdn.domain.envelope import Envelope
from pdn.domain.finding import Finding
from pdn.domain.proration import FundedPart, funded_part
from pdn.domain.settings import Settings
from pdn.french import count, euros, percent
from pdn.schema import Dataset

ZERO = Decimal(0)
HUNDRED = 100


class Level(StrEnum):
    """How a strand stands against its envelope, by the thresholds of the settings."""

    OK = "dans l’enveloppe"
    WATCH = "à surveiller"
    OVER = "seuil d’alerte atteint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consumption:
    """What one strand did of its envelope in one year.

    Only charges (class 6) count; income and valued contributions (86, 87) consume nothing.

    Attributes:
        year: The year.
        strand: The strand.
        ceiling: The envelope of a whole year; None where no row says it.
        envelope: The same, prorated over the funded part of the year; None likewise.
        funded: How the proration was made.
        planned: What is planned.
        committed: What is committed, paid or not.
        spent: What is spent.
        to_pay: What is committed and still to be paid, line by line: nothing is subtracted from another line.
        elapsed: The share of the funded days that has passed, between 0 and 1; None where there are none.
        level: How it stands, by what is spent and still to be paid; None where the envelope is not known.
        findings: What is missing or doubtful in these figures.
    """

    year: int
    strand: Strand
    ceiling: Decimal | None
    envelope: Decimal | None
    funded: FundedPart
    planned: Decimal
    committed: Decimal
    spent: Decimal
    to_pay: Decimal
    elapsed: Decimal | None
    level: Level | None
    findings: tuple[Finding, ...] = ()

    @property
    def due(self) -> Decimal:
        """What is spent or will have to be: spent, and committed still to be paid."""
        return self.spent + self.to_pay

    @property
    def remaining(self) -> Decimal | None:
        """What the envelope still holds: envelope − spent; negative past it."""
        return None if self.envelope is None else self.envelope - self.spent

    @property
    def available(self) -> Decimal | None:
        """What can still be committed: envelope − spent − still to be paid; negative past it."""
        return None if self.envelope is None else self.envelope - self.due

    @property
    def share(self) -> Decimal | None:
        """The share of the envelope that is spent; None where there is no envelope to divide."""
        return share_of(self.spent, self.envelope)

    @property
    def due_share(self) -> Decimal | None:
        """The share of the envelope that is spent or still to be paid; what the level looks at."""
        return share_of(self.due, self.envelope)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return not (self.planned or self.committed or self.spent)

    @property
    def sentence(self) -> str:
        """How it stands, in one sentence that gives both figures and the reason of the level."""
        name = f"Volet {self.strand.value} {self.year}"
        if self.envelope is None:
            return f"{name}\u00a0: {euros(self.spent)} réalisés, enveloppe non renseignée."
        if not self.envelope:
            return f"{name}\u00a0: {euros(self.due)} payés ou à payer, sans enveloppe cette année-là."
        return (
            f"{name}\u00a0: {percent(self.due_share)} de l’enveloppe payés ou à payer "
            f"({euros(self.due)} sur {euros(self.envelope)})."
        )


def share_of(part: Decimal, whole: Decimal | None) -> Decimal | None:
    """The share of a whole; None where there is no whole to divide."""
    return part / whole if whole else None


def expenses(data: Dataset, year: int, strand: Strand) -> tuple[BudgetLine, ...]:
    """The charges (class 6) of a strand in a year, archived lines left out."""
    lines = data.where(BudgetLine, "year", year)
    return tuple(line for line in lines if line.strand is strand and line.account and line.account.is_expense)


def to_pay(line: BudgetLine) -> Decimal:
    """What is committed on a line and still to be paid; never below 0."""
    return ZERO if line.committed is None else max(line.committed - (line.spent or ZERO), ZERO)


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    """The sum of amounts; an empty cell counts for nothing."""
    return sum((amount for amount in amounts if amount is not None), ZERO)


def level_of(due: Decimal, envelope: Decimal, settings: Settings, *, ended: bool = False) -> Level:
    """The level of an amount against an envelope.

    Past the envelope it is OVER whatever the thresholds are. Once the year has ended the thresholds have nothing left
    to warn of: an envelope that was consumed to 96 % was well used.
    """

    def reached(threshold: int | None) -> bool:
        return not ended and threshold is not None and due > 0 and due * HUNDRED >= envelope * threshold

    if due > max(envelope, ZERO) or reached(settings.budget_alert_percent):
        return Level.OVER
    return Level.WATCH if reached(settings.budget_warning_percent) else Level.OK


def consumption(data: Dataset, settings: Settings, year: int, strand: Strand, today: date) -> Consumption:
    """What a strand did of its own envelope in a year: nothing spills from one to the other (R44)."""
    starts_on, ends_on = settings.strand_dates(strand)
    funded = funded_part(year, starts_on, ends_on, settings.proration)
    ceiling, findings = _ceiling(data, year, strand)
    if starts_on is None:
        findings.append(
            _doubt(
                f"La date de début du volet {strand.value} manque dans les paramètres\u00a0: pas de prorata au début."
            )
        )
    if starts_on and ends_on and ends_on < starts_on:
        findings.append(_doubt(f"Le volet {strand.value} finit avant de commencer\u00a0: vérifiez les paramètres."))
    lines = expenses(data, year, strand)
    spent, left = total(line.spent for line in lines), total(to_pay(line) for line in lines)
    envelope = None if ceiling is None else funded.apply(ceiling)
    ended = funded.last is None or today > funded.last
    return Consumption(
        year=year,
        strand=strand,
        ceiling=ceiling,
        envelope=envelope,
        funded=funded,
        planned=total(line.planned for line in lines),
        committed=total(line.committed for line in lines),
        spent=spent,
        to_pay=left,
        elapsed=Decimal(funded.days_until(today)) / funded.days if funded.days else None,
        level=None if envelope is None else level_of(spent + left, envelope, settings, ended=ended),
        findings=tuple(findings),
    )


def uncounted(data: Dataset, year: int | None = None) -> tuple[BudgetLine, ...]:
    """The lines that no total holds, because their year, strand or account is missing; those of a year, or of all.

    A line without a year stands in every answer: it may belong to any.
    """
    return tuple(
        line
        for line in data.live(BudgetLine)
        if (line.year is None or line.strand is None or line.account is None)
        and (year is None or line.year in {None, year})
    )


def budget_years(data: Dataset, settings: Settings, today: date) -> tuple[int, ...]:
    """The years that have an envelope, a line, or a funded strand until today; today's among them, latest first."""
    years = {today.year}
    years |= {line.year for line in data.live(BudgetLine) if line.year is not None}
    years |= {row.year for row in data.live(Envelope) if row.year is not None}
    starts = [first for first, _ in map(settings.strand_dates, Strand) if first is not None]
    if starts:
        years |= set(range(min(starts).year, today.year + 1))
    return tuple(sorted(years, reverse=True))


def _ceiling(data: Dataset, year: int, strand: Strand) -> tuple[Decimal | None, list[Finding]]:
    rows = [row for row in data.where(Envelope, "year", year) if row.strand is strand]
    known = [row.amount for row in rows if row.amount is not None]
    if not known:
        return None, [_doubt(f"Aucune enveloppe n’est enregistrée pour le volet {strand.value} en {year}.")]
    if len(rows) > 1:
        told = _doubt(
            f"{count(len(rows), 'enveloppe')} pour le volet {strand.value} en {year}\u00a0: "
            f"la première de la feuille compte ({euros(known[0])}). Gardez-en une seule."
        )
        return known[0], [told]
    return known[0], []


def _doubt(message: str) -> Finding:
    return Finding(message=message, blocking=False, rule="R43–R45")
