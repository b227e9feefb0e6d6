"""The network's departmental meetings, « à minima deux fois par an » (R9)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pdn.domain.session import Session, SessionKind
from pdn.domain.settings import Settings
from pdn.schema import Dataset


class MeetingLevel(StrEnum):
    """How a year stands against the number of meetings that it needs."""

    OK = "objectif assuré"
    AMBER = "à programmer"
    RED = "objectif manqué"


@dataclass(frozen=True, slots=True)
class NetworkMeetings:
    """The meetings of a year.

    Attributes:
        year: The year.
        held: Those that took place, in order.
        planned: Those still to come, in order.
        wanted: How many the year needs.
        level: Red where the year ended with too few; amber while too few are held or planned.
    """

    year: int
    held: tuple[Session, ...]
    planned: tuple[Session, ...]
    wanted: int
    level: MeetingLevel

    @property
    def to_plan(self) -> int:
        """How many are still to be planned, or were missing at the year's end."""
        return max(0, self.wanted - len(self.held) - len(self.planned))


def network_meetings(data: Dataset, settings: Settings, year: int, today: date) -> NetworkMeetings:
    """How a year stands (R9): a year outside the coordination's mission needs no meeting."""
    meetings = sorted(
        (
            (session.held_on, session.id, session)
            for session in data.where(Session, "kind", SessionKind.NETWORK_MEETING)
            if session.held_on is not None and session.held_on.year == year and session.cancelled_on is None
        ),
        key=lambda meeting: meeting[:2],
    )
    held = tuple(session for held_on, _, session in meetings if held_on <= today)
    planned = tuple(session for held_on, _, session in meetings if held_on > today)
    wanted = (settings.network_meetings_per_year or 0) if _in_mission(year, settings) else 0
    if len(held) + len(planned) >= wanted:
        level = MeetingLevel.OK
    else:
        level = MeetingLevel.RED if year < today.year else MeetingLevel.AMBER
    return NetworkMeetings(year, held, planned, wanted, level)


def _in_mission(year: int, settings: Settings) -> bool:
    first, last = settings.coordination_starts_on, settings.coordination_ends_on
    return (first is None or first.year <= year) and (last is None or year <= last.year)
