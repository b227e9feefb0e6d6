"""The register of sessions: each with its state and attendance, the figures of a year, what filters keep (R8, R17)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pdn.domain.attendance_rates import (
    SessionState,
    Tally,
    attendances,
    held_sessions,
    planned_sessions,
    session_state,
    tally,
)
from pdn.domain.session import Session
from pdn.french import fold
from pdn.schema import Dataset


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session with what is known of it that day.

    Attributes:
        session: The session.
        state: Where it stands.
        tally: Its attendance, once it took place.
        enrolled: How many people stand on its list, whatever their state.
    """

    session: Session
    state: SessionState
    tally: Tally
    enrolled: int

    @property
    def overbooked(self) -> int:
        """How many stand on the list beyond the seats; 0 where no number of seats is given."""
        return 0 if self.session.seats is None else max(0, self.enrolled - self.session.seats)


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFilters:
    """What to keep; an empty filter keeps everything."""

    text: str = ""
    year: int | None = None
    kind: str = ""
    field: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """The figures of some sessions: how many took place, their length, their attendance, how many are to come."""

    held: int
    minutes: int
    attendance: Tally
    planned: int


def session_entry(session: Session, data: Dataset, today: date) -> SessionEntry:
    """A session with its state and attendance."""
    return SessionEntry(
        session, session_state(session, data, today), tally(session, data, today), len(attendances(session, data))
    )


def session_entries(data: Dataset, today: date) -> tuple[SessionEntry, ...]:
    """Every session that is not archived, the latest first, those without a date at the top."""
    ordered = sorted(data.live(Session), key=lambda session: (session.held_on or date.max, session.id), reverse=True)
    return tuple(session_entry(session, data, today) for session in ordered)


def matching_sessions(entries: Iterable[SessionEntry], filters: SessionFilters) -> tuple[SessionEntry, ...]:
    """The sessions that the filters keep, in the same order; a session without a date is in every year."""
    words = fold(filters.text).split()
    return tuple(entry for entry in entries if _keeps(entry, filters, words))


def session_figures(entries: Iterable[SessionEntry], data: Dataset, today: date) -> SessionFigures:
    """The figures of these sessions."""
    ids = {entry.session.id for entry in entries}
    held = [session for session in held_sessions(data, today) if session.id in ids]
    return SessionFigures(
        len(held),
        sum(session.minutes or 0 for session in held),
        sum((tally(session, data, today) for session in held), Tally()),
        sum(session.id in ids for session in planned_sessions(data, today)),
    )


def session_years(data: Dataset, today: date) -> tuple[int, ...]:
    """The years that have a session, and this one, the latest first."""
    years = {session.held_on.year for session in data.live(Session) if session.held_on is not None}
    return tuple(sorted(years | {today.year}, reverse=True))


def _keeps(entry: SessionEntry, filters: SessionFilters, words: list[str]) -> bool:
    session = entry.session
    searched = fold(f"{session.name} {session.trainer} {session.place} {session.kind or ''} {session.field or ''}")
    return (
        (filters.year is None or session.held_on is None or session.held_on.year == filters.year)
        and (not filters.kind or session.kind == filters.kind)
        and (not filters.field or session.field == filters.field)
        and (not filters.state or entry.state == filters.state)
        and all(word in searched for word in words)
    )
