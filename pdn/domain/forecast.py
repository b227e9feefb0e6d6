"""Forecast: how a strand's spending adds up over the year, where it leads, and when the envelope would be used up."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil

from pdn.domain.budget_line import BudgetLine, Strand
from pdn.domain.consumption import ZERO, Consumption, consumption, expenses, total
from pdn.domain.finding import Finding
from pdn.domain.proration import DECEMBER_31, JANUARY_1, to_cent
from pdn.domain.settings import Settings
from pdn.french import count, day, euros, plural
from pdn.schema import Dataset

METHOD = (
    "Le réalisé à ce jour, réparti sur les jours financés déjà écoulés du volet, est prolongé au même rythme "
    "jusqu’à son dernier jour financé de l’année. La prévision n’est jamais sous ce qui est déjà payé ou engagé."
)
"""How the projection is made, for whoever reads it."""


@dataclass(frozen=True, slots=True)
class Point:
    """An amount reached at the end of a day."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Where a strand's spending leads in a year.

    Attributes:
        consumption: What it did until now.
        curve: What was spent and dated, added up, one point a day on which something was; from 0 on the first funded
            day (or the day before the first expense where that is earlier) to today, or to the year's last day.
        projection: From what is spent today to what would be at the last funded day; empty where nothing tells.
        undated: The lines with an amount spent and no date: in the totals, not on the curve.
        projected: What would be spent at the last funded day at this pace, or what is already spent or still to be paid
            where that is more; None before the first funded day.
        used_up_on: The day on which the envelope was or would be used up; None if not within the year.
        findings: What the curve does not say.
    """

    consumption: Consumption
    curve: tuple[Point, ...]
    projection: tuple[Point, ...]
    undated: tuple[BudgetLine, ...]
    projected: Decimal | None
    used_up_on: date | None
    findings: tuple[Finding, ...]

    @property
    def secured(self) -> Decimal:
        """What the year will cost if nothing more is committed: spent, and committed still to be paid."""
        return self.consumption.due

    @property
    def is_used_up(self) -> bool:
        """Whether the envelope is used up already."""
        envelope = self.consumption.envelope
        return envelope is not None and self.consumption.spent >= envelope and self.consumption.spent > 0

    @property
    def sentence(self) -> str:
        """Where it leads, in one or two sentences."""
        known = self.consumption
        if known.funded.last is None:
            return f"Le volet n’est pas financé en {known.year}."
        if self.is_used_up and known.remaining is not None:
            since = f" depuis le {day(self.used_up_on)}" if self.used_up_on else ""
            beyond = f" et dépassée de {euros(-known.remaining)}" if known.remaining < 0 else ""
            return f"L’enveloppe est entièrement consommée{since}{beyond}."
        if self.projected is None:
            return "Pas encore de prévision\u00a0: aucun jour financé n’est écoulé."
        if not self.projection:
            return f"L’exercice est terminé\u00a0: {euros(known.spent)} réalisés."
        reason = "Avec ce qui reste à payer" if self.projected == self.secured != known.spent else "À ce rythme"
        told = f"{reason}, {euros(self.projected)} seraient réalisés au {day(known.funded.last)}."
        return f"{told}{self._outlook}"

    @property
    def _outlook(self) -> str:
        if self.consumption.envelope is None:
            return ""
        if self.used_up_on is None:
            return " L’enveloppe suffirait."
        return f" L’enveloppe serait entièrement consommée le {day(self.used_up_on)}."


def forecast(data: Dataset, settings: Settings, year: int, strand: Strand, today: date) -> Forecast:
    """The curve of a strand's spending in a year and where it leads, by one method only (see `METHOD`).

    An expense dated outside of its year counts on the year's nearest day: its year decides, as in the accounts.
    """
    known = consumption(data, settings, year, strand, today)
    lines = [line for line in expenses(data, year, strand) if line.spent]
    undated = tuple(line for line in lines if line.dated_on is None)
    steps = _steps(year, lines)
    end = _year_end(known, today)
    return Forecast(
        consumption=known,
        curve=_curve(known, steps, today),
        projection=_projection(known, end, today),
        undated=undated,
        projected=None if end is None else _amount(end),
        used_up_on=_used_up_on(known, steps, end, today),
        findings=_findings(year, lines, undated, today),
    )


def _year_end(known: Consumption, today: date) -> Fraction | None:
    """What would be spent at the last funded day, exactly: the pace, but not less than what is due already."""
    elapsed = known.funded.days_until(today)
    if not elapsed:
        return None
    return max(Fraction(known.spent) * known.funded.days / elapsed, Fraction(known.due))


def _amount(exact: Fraction) -> Decimal:
    return to_cent(Decimal(exact.numerator) / exact.denominator)


def _steps(year: int, lines: list[BudgetLine]) -> tuple[Point, ...]:
    """What was spent each day, in order, dates outside of the year brought to its nearest day."""
    first, last = date(year, *JANUARY_1), date(year, *DECEMBER_31)
    by_day: dict[date, Decimal] = defaultdict(lambda: ZERO)
    for line in lines:
        if line.dated_on is not None and line.spent is not None:
            by_day[min(max(line.dated_on, first), last)] += line.spent
    return tuple(Point(on, by_day[on]) for on in sorted(by_day))


def _curve(known: Consumption, steps: tuple[Point, ...], today: date) -> tuple[Point, ...]:
    last_of_year = date(known.year, *DECEMBER_31)
    start = known.funded.first or date(known.year, *JANUARY_1)
    if steps:
        start = min(start, steps[0].on)
    end = min(today, last_of_year)
    if steps:
        end = max(end, steps[-1].on)
    if end < start:
        return ()
    points, reached = [], ZERO
    if not steps or steps[0].on > start:
        points.append(Point(start, ZERO))
    for step in steps:
        reached += step.amount
        points.append(Point(step.on, reached))
    if points[-1].on < end:
        points.append(Point(end, reached))
    return tuple(points)


def _projection(known: Consumption, end: Fraction | None, today: date) -> tuple[Point, ...]:
    last = known.funded.last
    if end is None or last is None or today >= last:
        return ()
    return Point(today, known.spent), Point(last, _amount(end))


def _used_up_on(known: Consumption, steps: tuple[Point, ...], end: Fraction | None, today: date) -> date | None:
    """The day when spending reached the envelope for good; otherwise the day when the projection would."""
    envelope, last = known.envelope, known.funded.last
    if envelope is None or not known.due > 0:
        return None
    if known.spent >= envelope:
        crossed: date | None = None
        reached = ZERO
        for step in steps:
            reached += step.amount
            crossed = (crossed or step.on) if reached >= envelope else None
        return crossed
    if end is None or last is None or today >= last or end < envelope:
        return None
    share = Fraction(envelope - known.spent) / (end - Fraction(known.spent))
    return today + timedelta(days=ceil(share * (last - today).days))


def _findings(year: int, lines: list[BudgetLine], undated: tuple[BudgetLine, ...], today: date) -> tuple[Finding, ...]:
    findings = []
    if undated:
        amount = euros(total(line.spent for line in undated))
        findings.append(
            f"{count(len(undated), 'ligne réalisée', 'lignes réalisées')} sans date ({amount})\u00a0: "
            "dans les totaux, absentes de la courbe."
            if len(undated) > 1
            else f"1 ligne réalisée sans date ({amount})\u00a0: dans les totaux, absente de la courbe."
        )
    outside = [line for line in lines if line.dated_on is not None and line.dated_on.year != year]
    if outside:
        findings.append(
            f"{count(len(outside), 'ligne')} {plural(len(outside), 'datée')} hors de l’exercice {year}\u00a0: "
            f"{plural(len(outside), 'placée')} au bord de la courbe."
        )
    ahead = [line for line in lines if line.dated_on is not None and line.dated_on > today]
    if ahead:
        findings.append(
            f"{count(len(ahead), 'ligne réalisée', 'lignes réalisées')} à une date future\u00a0: vérifiez "
            f"{plural(len(ahead), 'sa date', 'leurs dates')}."
        )
    return tuple(Finding(message=message, blocking=False, rule="R43–R45") for message in findings)
