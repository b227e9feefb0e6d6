"""Whether a Promeneur is active on a day, and what is missing if not (R1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pdn.domain.agreement_status import agreement_in_force
from pdn.domain.promeneur import Promeneur
from pdn.schema import Dataset


class ActivityState(StrEnum):
    """Where a Promeneur stands; computed, never stored."""

    ACTIVE = "actif"
    INCOMPLETE = "incomplet"
    UPCOMING = "à venir"
    LEFT = "parti"


MANDATE = "mandat de l’employeur"
AGREEMENT = "convention en vigueur"
CHARTER = "charte signée"


@dataclass(frozen=True, slots=True)
class Activity:
    """A Promeneur's state.

    Attributes:
        state: The state.
        missing: What is still missing to be active, in French; empty for those who are active or have left.
    """

    state: ActivityState
    missing: tuple[str, ...] = ()


def activity(promeneur: Promeneur, data: Dataset, today: date) -> Activity:
    """The state of a Promeneur on a day (R1).

    Active is: mandated by the employer, in a structure whose convention is in force, charter signed, entered and not
    left. Without a date of entry the rest decides. The day of leaving is the last day in the network; who is archived
    has left.
    """
    if promeneur.archived or (promeneur.left_on is not None and promeneur.left_on < today):
        return Activity(ActivityState.LEFT)
    missing = tuple(
        name
        for name, held in (
            (MANDATE, _dated_by(promeneur.mandate_on, today)),
            (AGREEMENT, agreement_in_force(promeneur.structure_id, data, today) is not None),
            (CHARTER, _dated_by(promeneur.charter_signed_on, today)),
        )
        if not held
    )
    if promeneur.entered_on is not None and promeneur.entered_on > today:
        return Activity(ActivityState.UPCOMING, missing)
    return Activity(ActivityState.INCOMPLETE if missing else ActivityState.ACTIVE, missing)


def active_promeneurs(data: Dataset, today: date) -> tuple[Promeneur, ...]:
    """The Promeneurs who are active on a day, in the order of the sheet."""
    return tuple(
        promeneur
        for promeneur in data.live(Promeneur)
        if activity(promeneur, data, today).state is ActivityState.ACTIVE
    )


def _dated_by(fact: date | None, today: date) -> bool:
    return fact is not None and fact <= today
