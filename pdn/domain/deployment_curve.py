"""Planned against reached, month by month since the coordination began (R39, R40)."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pdn.domain.activity import ActivityState, activity
from pdn.domain.agreement import Agreement
from pdn.domain.deployment import phases, planned_on
from pdn.domain.funnel import FunnelStep, funnel_step
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The deployment on a day.

    Attributes:
        day: The day: a month's last one, today, or an end of the curve.
        planned: How many Promeneurs the phases promised by then.
        active: How many were active (R1); None for days to come.
        present: How many had entered and not left, active or not; None for days to come.
        structures: How many structures had a convention in force; None for days to come.
    """

    day: date
    planned: Decimal
    active: int | None = None
    present: int | None = None
    structures: int | None = None


def deployment_curve(data: Dataset, settings: Settings, today: date) -> tuple[CurvePoint, ...]:
    """Planned against reached, from the coordination's start (else the first phase's) to the last phase's end.

    What was reached is computed at each past day from the dated facts, so nothing has to be recorded month by month.
    The curve is empty where neither start is known.
    """
    planned = phases(data)
    starts = [phase.starts_on for phase in planned if phase.starts_on is not None]
    first = settings.coordination_starts_on or min(starts, default=None)
    if first is None:
        return ()
    ends = [phase.planned_end for phase in planned if phase.planned_end is not None]
    days = {first, *_month_ends(first, max(today, first, *ends))}
    days.update(day for day in (today, *ends) if day >= first)
    signing = [structure for structure in data.live(Structure) if data.where(Agreement, "structure_id", structure.id)]
    return tuple(
        CurvePoint(day, planned_on(planned, day))
        if day > today
        else CurvePoint(day, planned_on(planned, day), *_reached(data, signing, day))
        for day in sorted(days)
    )


def joined_on(promeneur: Promeneur) -> date | None:
    """The day from which a Promeneur counts in the past: the entry, else the first thing that was signed."""
    signed = [fact for fact in (promeneur.mandate_on, promeneur.charter_signed_on) if fact is not None]
    return promeneur.entered_on or min(signed, default=None)


def _reached(data: Dataset, signing: list[Structure], day: date) -> tuple[int, int, int]:
    active = present = 0
    for promeneur in data.live(Promeneur):
        joined = joined_on(promeneur)
        if joined is None or joined > day or (promeneur.left_on is not None and promeneur.left_on < day):
            continue
        present += 1
        active += activity(promeneur, data, day).state is ActivityState.ACTIVE
    agreed = sum(funnel_step(structure, data, day) is FunnelStep.AGREED for structure in signing)
    return active, present, agreed


def _month_ends(first: date, last: date) -> Iterator[date]:
    day = first
    while True:
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        if day > last:
            return
        yield day
        day += timedelta(days=1)
