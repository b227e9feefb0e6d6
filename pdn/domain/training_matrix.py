"""Training by field: what was offered each year, what each Promeneur followed, and the gaps (R31)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pdn.domain.activity import ActivityState, activity
from pdn.domain.attendance import AttendanceState
from pdn.domain.attendance_rates import attendances, field_of, held_sessions, minutes_followed, planned_sessions
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import TrainingField
from pdn.french import sort_key
from pdn.schema import Dataset


@dataclass(frozen=True, slots=True)
class Offer:
    """What a field offered in a year: sessions held, their minutes, and those still to come."""

    field: TrainingField
    year: int
    sessions: int = 0
    minutes: int = 0
    planned: int = 0

    @property
    def gap(self) -> bool:
        """Whether nothing was held."""
        return not self.sessions


@dataclass(frozen=True, slots=True)
class Followed:
    """What a Promeneur followed in a field: sessions attended, minutes, and the last year."""

    field: TrainingField
    sessions: int = 0
    minutes: int = 0
    last_year: int | None = None

    @property
    def gap(self) -> bool:
        """Whether he or she never attended one."""
        return not self.sessions


@dataclass(frozen=True, slots=True)
class PromeneurTraining:
    """A Promeneur's row: the seven fields in their order."""

    promeneur: Promeneur
    fields: tuple[Followed, ...]

    @property
    def gaps(self) -> tuple[TrainingField, ...]:
        """The fields never followed."""
        return tuple(followed.field for followed in self.fields if followed.gap)

    @property
    def minutes(self) -> int:
        """The time followed in all fields."""
        return sum(followed.minutes for followed in self.fields)


def offers(data: Dataset, today: date) -> tuple[Offer, ...]:
    """Field × year: every field of every year from the first session to the last one held or planned.

    Returns:
        Years oldest first, and in each the seven fields in their order; nothing where there is no session.
    """
    held: dict[tuple[int, TrainingField], list[int]] = defaultdict(list)
    planned: dict[tuple[int, TrainingField], int] = defaultdict(int)
    for session in held_sessions(data, today):
        if session.held_on is not None and (field := field_of(session)) is not None:
            held[session.held_on.year, field].append(session.minutes or 0)
    for session in planned_sessions(data, today):
        if session.held_on is not None and (field := field_of(session)) is not None:
            planned[session.held_on.year, field] += 1
    years = {year for year, _ in (*held, *planned)}
    if not years:
        return ()
    return tuple(
        Offer(field, year, len(held[year, field]), sum(held[year, field]), planned[year, field])
        for year in range(min(years), max(*years, today.year) + 1)
        for field in TrainingField
    )


def followed_by_promeneur(data: Dataset, today: date, year: int | None = None) -> tuple[PromeneurTraining, ...]:
    """Field × Promeneur, for those in the network that day, by name: people are never ranked.

    Args:
        data: The records.
        today: The day.
        year: Only the sessions of that year; every one by default.
    """
    found: dict[tuple[str, TrainingField], Followed] = {}
    for session in held_sessions(data, today, year):
        field = field_of(session)
        if field is None or session.held_on is None:
            continue
        for attendance in attendances(session, data):
            if attendance.state is not AttendanceState.PRESENT:
                continue
            before = found.get((attendance.promeneur_id, field), Followed(field))
            found[attendance.promeneur_id, field] = Followed(
                field,
                before.sessions + 1,
                before.minutes + minutes_followed(attendance, session),
                session.held_on.year,
            )
    return tuple(
        PromeneurTraining(
            promeneur, tuple(found.get((promeneur.id, field), Followed(field)) for field in TrainingField)
        )
        for promeneur in present_promeneurs(data, today)
    )


def gaps_by_field(rows: Iterable[PromeneurTraining]) -> dict[TrainingField, int]:
    """How many of these Promeneurs never followed each field, in the fields' order."""
    gaps = dict.fromkeys(TrainingField, 0)
    for row in rows:
        for field in row.gaps:
            gaps[field] += 1
    return gaps


def present_promeneurs(data: Dataset, today: date) -> tuple[Promeneur, ...]:
    """Those in the network that day, active or still incomplete, by name."""
    present = [
        promeneur
        for promeneur in data.live(Promeneur)
        if activity(promeneur, data, today).state in {ActivityState.ACTIVE, ActivityState.INCOMPLETE}
    ]
    return tuple(sorted(present, key=lambda promeneur: sort_key(f"{promeneur.last_name} {promeneur.title}")))
