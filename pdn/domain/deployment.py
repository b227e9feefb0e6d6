"""The deployment by phases of 15 to 20 Promeneurs: each phase's gauge, and the objective at any day (R39)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from pdn.domain.activity import ActivityState, activity
from pdn.domain.phase import DeploymentPhase
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings
from pdn.french import NBSP, number
from pdn.schema import Dataset


class PhasePeriod(StrEnum):
    """When a phase is, seen from a day."""

    UPCOMING = "à venir"
    RUNNING = "en cours"
    ENDED = "terminée"


class RangeLevel(StrEnum):
    """How a phase's number of Promeneurs stands to the range that the settings give (15 to 20)."""

    UNDER = "sous la fourchette"
    IN_RANGE = "dans la fourchette"
    OVER = "au-dessus de la fourchette"


class TargetLevel(StrEnum):
    """How a phase's number of Promeneurs stands to its own objective."""

    NONE = "sans objectif"
    UNDER = "sous l’objectif"
    REACHED = "objectif atteint"
    OVER = "objectif dépassé"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseGauge:
    """A phase and its Promeneurs on a day (R39).

    Attributes:
        phase: The phase.
        period: When it is, seen from that day; None where a date is missing.
        low: The range's lower bound, from the settings.
        high: Its upper bound; 0 for none.
        active: Those who are active (R1).
        incomplete: Those who have entered but miss something.
        upcoming: Those who are to enter later: not counted yet.
        left: Those who have left: not counted any more.
    """

    phase: DeploymentPhase
    period: PhasePeriod | None
    low: int
    high: int
    active: tuple[Promeneur, ...] = ()
    incomplete: tuple[Promeneur, ...] = ()
    upcoming: tuple[Promeneur, ...] = ()
    left: tuple[Promeneur, ...] = ()

    @property
    def count(self) -> int:
        """Those who are in the network: active or incomplete."""
        return len(self.active) + len(self.incomplete)

    @property
    def range_level(self) -> RangeLevel:
        """How the count stands to the range; both bounds are within."""
        if self.count < self.low:
            return RangeLevel.UNDER
        return RangeLevel.OVER if self.high and self.count > self.high else RangeLevel.IN_RANGE

    @property
    def target_level(self) -> TargetLevel:
        """How the count stands to the phase's own objective."""
        target = self.phase.target
        if not target:
            return TargetLevel.NONE
        if self.count < target:
            return TargetLevel.UNDER
        return TargetLevel.OVER if self.count > target else TargetLevel.REACHED

    @property
    def verdict(self) -> RangeLevel | TargetLevel:
        """What matters most: too many for the range, else how it stands to its objective, else to the range."""
        if self.range_level is RangeLevel.OVER or self.target_level is TargetLevel.NONE:
            return self.range_level
        return self.target_level

    @property
    def words(self) -> str:
        """« 13 sur 18 : sous l’objectif »; the range speaks first: « 22 sur 20 : au-dessus de la fourchette »."""
        counted = number(self.count)
        if self.phase.target:
            counted = f"{counted} sur{NBSP}{number(self.phase.target)}"
        return f"{counted}{NBSP}: {self.verdict.value}"


@dataclass(frozen=True, slots=True)
class Objective:
    """How many Promeneurs the phases promise.

    Attributes:
        expected: By that day: the phases that ended, and the running ones' share of time gone by.
        final: Once all phases have ended.
    """

    expected: int
    final: int


def phase_period(phase: DeploymentPhase, today: date) -> PhasePeriod | None:
    """When a phase is, seen from a day: its last planned day is within; None where the dates do not tell."""
    if phase.planned_end is not None and phase.planned_end < today:
        return PhasePeriod.ENDED
    if phase.starts_on is None:
        return None
    return PhasePeriod.UPCOMING if phase.starts_on > today else PhasePeriod.RUNNING


def phase_gauge(phase: DeploymentPhase, data: Dataset, settings: Settings, today: date) -> PhaseGauge:
    """A phase and its Promeneurs on a day (R39)."""
    members: dict[ActivityState, list[Promeneur]] = {state: [] for state in ActivityState}
    for promeneur in data.where(Promeneur, "phase_id", phase.id):
        members[activity(promeneur, data, today).state].append(promeneur)
    return PhaseGauge(
        phase=phase,
        period=phase_period(phase, today),
        low=settings.phase_min or 0,
        high=settings.phase_max or 0,
        active=tuple(members[ActivityState.ACTIVE]),
        incomplete=tuple(members[ActivityState.INCOMPLETE]),
        upcoming=tuple(members[ActivityState.UPCOMING]),
        left=tuple(members[ActivityState.LEFT]),
    )


def phases(data: Dataset) -> tuple[DeploymentPhase, ...]:
    """The phases in the order of the calendar; those without a date come last."""
    return tuple(
        sorted(
            data.live(DeploymentPhase),
            key=lambda phase: (phase.starts_on or phase.planned_end or date.max, phase.name, phase.id),
        )
    )


def phase_gauges(data: Dataset, settings: Settings, today: date) -> tuple[PhaseGauge, ...]:
    """Every phase's gauge, in the order of the calendar."""
    return tuple(phase_gauge(phase, data, settings, today) for phase in phases(data))


def without_phase(data: Dataset, today: date) -> tuple[Promeneur, ...]:
    """The Promeneurs in the network who are in no phase: no gauge counts them."""
    return tuple(
        promeneur
        for promeneur in data.where(Promeneur, "phase_id", "")
        if activity(promeneur, data, today).state in {ActivityState.ACTIVE, ActivityState.INCOMPLETE}
    )


def planned_on(planned: Iterable[DeploymentPhase], day: date) -> Decimal:
    """How many Promeneurs the phases promise by the evening of a day: linear inside each phase (R39)."""
    return sum((_promised(phase, day) for phase in planned), Decimal(0))


def objective(data: Dataset, today: date) -> Objective:
    """The objective at a day, and the final one: the sum of the phases' targets."""
    planned = data.live(DeploymentPhase)
    expected = planned_on(planned, today).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return Objective(int(expected), sum(phase.target or 0 for phase in planned))


def _promised(phase: DeploymentPhase, day: date) -> Decimal:
    """A phase without an end promises nothing by any day; one without a start, all at its end."""
    target = Decimal(phase.target or 0)
    if phase.planned_end is None:
        return Decimal(0)
    if day >= phase.planned_end:
        return target
    if phase.starts_on is None or day < phase.starts_on:
        return Decimal(0)
    gone = (day - phase.starts_on).days + 1
    return target * gone / ((phase.planned_end - phase.starts_on).days + 1)
