"""The implementation calendar: which milestones are done, late or coming (R40)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pdn.domain.phase import Milestone
from pdn.schema import Dataset


class MilestoneState(StrEnum):
    """Where a milestone stands; computed from its two dates."""

    LATE = "en retard"
    COMING = "à venir"
    REACHED = "atteint"


@dataclass(frozen=True, slots=True)
class MilestoneStanding:
    """A milestone on a day.

    Attributes:
        milestone: The milestone.
        state: Where it stands.
        days: How many days late it is or was (negative: early) where it is late or reached; how many are left where
            it is coming; None where a date is missing.
    """

    milestone: Milestone
    state: MilestoneState
    days: int | None = None


def milestone_state(milestone: Milestone, today: date) -> MilestoneState:
    """Where a milestone stands on a day (R40): its planned day is not late yet, and one without a day never is."""
    if _reached_by(milestone, today):
        return MilestoneState.REACHED
    if milestone.planned_on is not None and milestone.planned_on < today:
        return MilestoneState.LATE
    return MilestoneState.COMING


def milestones(data: Dataset, today: date, phase_id: str | None = None) -> tuple[MilestoneStanding, ...]:
    """The milestones in the order of the calendar, undated ones last; those of one phase where it is given."""
    found = data.live(Milestone) if phase_id is None else data.where(Milestone, "phase_id", phase_id)
    ordered = sorted(found, key=lambda milestone: (milestone.planned_on or date.max, milestone.id))
    return tuple(_standing(milestone, today) for milestone in ordered)


def _standing(milestone: Milestone, today: date) -> MilestoneStanding:
    state = milestone_state(milestone, today)
    if milestone.planned_on is None:
        return MilestoneStanding(milestone, state)
    if state is MilestoneState.COMING:
        return MilestoneStanding(milestone, state, (milestone.planned_on - today).days)
    # What is reached counts up to the day it was, what is late up to today.
    end = milestone.reached_on if state is MilestoneState.REACHED and milestone.reached_on else today
    return MilestoneStanding(milestone, state, (end - milestone.planned_on).days)


def _reached_by(milestone: Milestone, today: date) -> bool:
    return milestone.reached_on is not None and milestone.reached_on <= today
