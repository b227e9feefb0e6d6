"""Attendance: present among those whose attendance was said, by session, year, field and Promeneur (R35)."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind, TrainingField
from pdn.domain.settings import Settings
from pdn.french import NBSP, number, sort_key
from pdn.schema import Dataset

DAYS_BEFORE_REMINDER = 0
"""Where no delay is set, a session asks for its attendance the day after."""


class SessionState(StrEnum):
    """Where a session stands; computed."""

    UNDATED = "sans date"
    UPCOMING = "à venir"
    TO_ENTER = "présences à saisir"
    ENTERED = "présences saisies"
    CANCELLED = "annulée"


@dataclass(frozen=True, slots=True)
class Tally:
    """Attendances counted.

    Attributes:
        present: How many were there.
        absent: How many were not, without a word.
        excused: How many were not, and said so.
        to_enter: How many are still « inscrit » at sessions that took place.
        minutes: The time followed by those who were present.
    """

    present: int = 0
    absent: int = 0
    excused: int = 0
    to_enter: int = 0
    minutes: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in dataclasses.fields(Tally)))

    @property
    def expected(self) -> int:
        """Those whose attendance was said: the rate's denominator."""
        return self.present + self.absent + self.excused

    @property
    def rate(self) -> Decimal | None:
        """The share who were present, between 0 and 1; None where nothing was said."""
        return Decimal(self.present) / self.expected if self.expected else None

    @property
    def text(self) -> str:
        """« 9 sur 12 », with what is still to be entered; « — » where there is nobody."""
        said = f"{number(self.present)} sur {number(self.expected)}" if self.expected else ""
        left = f"{number(self.to_enter)}{NBSP}à saisir" if self.to_enter else ""
        return ", ".join(part for part in (said, left) if part) or "—"


@dataclass(frozen=True, slots=True)
class PromeneurAttendance:
    """What one Promeneur followed."""

    promeneur: Promeneur
    tally: Tally


def is_held(session: Session, today: date) -> bool:
    """Whether a session counts as one that took place: dated today or before, neither cancelled nor archived."""
    on = session.held_on
    return on is not None and on <= today and session.cancelled_on is None and not session.archived


def held_sessions(
    data: Dataset,
    today: date,
    year: int | None = None,
    *,
    kind: SessionKind | None = None,
    field: TrainingField | None = None,
) -> tuple[Session, ...]:
    """The sessions that took place, oldest first: all of them, or those of a year, a kind, a field."""
    held = [
        (session.held_on, session.id, session)
        for session in data.live(Session)
        if session.held_on is not None
        and is_held(session, today)
        and year in {None, session.held_on.year}
        and kind in {None, session.kind}
        and field in {None, session.field}
    ]
    return tuple(session for *_, session in sorted(held, key=lambda each: each[:2]))


def planned_sessions(data: Dataset, today: date) -> tuple[Session, ...]:
    """The sessions to come, nearest first; cancelled ones left out."""
    planned = [
        (session.held_on, session.id, session)
        for session in data.live(Session)
        if session.held_on is not None and session.held_on > today and session.cancelled_on is None
    ]
    return tuple(session for *_, session in sorted(planned, key=lambda each: each[:2]))


def attendances(session: Session, data: Dataset) -> tuple[Attendance, ...]:
    """The attendances of a session, one per Promeneur.

    A sheet that people paste into may name somebody twice: what says more than « inscrit » counts, then the last row.
    A row whose person could not be recognised still is somebody.
    """
    kept: dict[str, Attendance] = {}
    for attendance in data.where(Attendance, "session_id", session.id):
        key = attendance.promeneur_id or f"?{attendance.id}"
        if key not in kept or _is_said(attendance) or not _is_said(kept[key]):
            kept[key] = attendance
    return tuple(kept.values())


def session_state(session: Session, data: Dataset, today: date) -> SessionState:
    """Where a session stands: its attendance is entered once nobody is left « inscrit »."""
    if session.cancelled_on is not None:
        return SessionState.CANCELLED
    if session.held_on is None:
        return SessionState.UNDATED
    if session.held_on > today:
        return SessionState.UPCOMING
    rows = attendances(session, data)
    return SessionState.ENTERED if rows and all(map(_is_said, rows)) else SessionState.TO_ENTER


def tally(session: Session, data: Dataset, today: date) -> Tally:
    """The attendance of a session; nothing for one that did not take place."""
    if not is_held(session, today):
        return Tally()
    return _sum(_one(attendance, session) for attendance in attendances(session, data))


def tally_of_year(data: Dataset, today: date, year: int) -> Tally:
    """The attendance of a year's sessions."""
    return _sum(tally(session, data, today) for session in held_sessions(data, today, year))


def tally_by_year(
    data: Dataset, today: date, *, kind: SessionKind | None = None, field: TrainingField | None = None
) -> dict[int, Tally]:
    """The attendance of each year that had such a session, oldest first."""
    by_year: dict[int, Tally] = defaultdict(Tally)
    for session in held_sessions(data, today, kind=kind, field=field):
        if session.held_on is not None:
            by_year[session.held_on.year] += tally(session, data, today)
    return dict(by_year)


def tally_by_kind(data: Dataset, today: date, year: int | None = None) -> dict[SessionKind, Tally]:
    """The attendance of each kind of session, in their order; those without a kind are in none."""
    by_kind = dict.fromkeys(SessionKind, Tally())
    for session in held_sessions(data, today, year):
        if session.kind is not None:
            by_kind[session.kind] += tally(session, data, today)
    return by_kind


def tally_by_field(data: Dataset, today: date, year: int | None = None) -> dict[TrainingField, Tally]:
    """The attendance of each of the seven fields, in their order."""
    by_field = dict.fromkeys(TrainingField, Tally())
    for session in held_sessions(data, today, year):
        field = field_of(session)
        if field is not None:
            by_field[field] += tally(session, data, today)
    return by_field


def tally_by_promeneur(
    data: Dataset,
    today: date,
    year: int | None = None,
    *,
    kind: SessionKind | None = None,
    field: TrainingField | None = None,
) -> tuple[PromeneurAttendance, ...]:
    """What each Promeneur followed, by name: people are never ranked."""
    by_promeneur: dict[str, Tally] = defaultdict(Tally)
    for session in held_sessions(data, today, year, kind=kind, field=field):
        for attendance in attendances(session, data):
            by_promeneur[attendance.promeneur_id] += _one(attendance, session)
    followed = [
        PromeneurAttendance(promeneur, total)
        for promeneur_id, total in by_promeneur.items()
        if (promeneur := data.get(Promeneur, promeneur_id)) is not None
    ]
    return tuple(sorted(followed, key=lambda each: sort_key(f"{each.promeneur.last_name} {each.promeneur.title}")))


def late_entries(data: Dataset, settings: Settings, today: date) -> tuple[Session, ...]:
    """The sessions whose attendance is still to be entered after the delay of the settings, oldest first."""
    delay = timedelta(days=settings.attendance_entry_days or DAYS_BEFORE_REMINDER)
    return tuple(
        session
        for session in held_sessions(data, today - delay - timedelta(days=1))
        if session_state(session, data, today) is SessionState.TO_ENTER
    )


def field_of(session: Session) -> TrainingField | None:
    """The field that a session trains in (R31): a practice review is in the field of its name unless it says another.

    Supervisions and meetings are in none: they are no training.
    """
    if session.kind is SessionKind.PRACTICE_REVIEW:
        return session.field or TrainingField.PRACTICE_REVIEW
    return session.field if session.kind is SessionKind.TRAINING else None


def minutes_followed(attendance: Attendance, session: Session) -> int:
    """The time that somebody followed: what the row says, or the session's length; none for who was not there."""
    if attendance.state is not AttendanceState.PRESENT:
        return 0
    return attendance.minutes if attendance.minutes is not None else session.minutes or 0


def _is_said(attendance: Attendance) -> bool:
    return attendance.state not in {None, AttendanceState.ENROLLED}


def _one(attendance: Attendance, session: Session) -> Tally:
    state = attendance.state
    return Tally(
        present=int(state is AttendanceState.PRESENT),
        absent=int(state is AttendanceState.ABSENT),
        excused=int(state is AttendanceState.EXCUSED),
        to_enter=int(not _is_said(attendance)),
        minutes=minutes_followed(attendance, session),
    )


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())
