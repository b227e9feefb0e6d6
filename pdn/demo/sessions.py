"""Sessions since October 2018: training, practice review, supervision and meetings (R8, R9, R31, R33–R36)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pdn.demo.chance import Ids, dice
from pdn.demo.days import THURSDAY, TUESDAY, weekday_before, weekday_from, working_day
from pdn.demo.people import Person
from pdn.demo.places import rows
from pdn.demo.steering import COORDINATION_STARTS, TRAINING_STARTS, coordinator_on
from pdn.demo.structures import Member
from pdn.demo.trainers import Trainer, supervisor, trainer_of
from pdn.domain.session import HalfDay, Session, SessionKind, TrainerKind, TrainingField
from pdn.schema import labelled

PLANNED_AHEAD = timedelta(days=75)
WAITING = timedelta(days=9)
"""The session whose attendance nobody entered was held nine to fifteen days ago."""

WAITING_NAME = "Atelier : mettre à jour ses profils et ses paramètres"
SOON = timedelta(days=16)
LOCKDOWN = (date(2020, 3, 17), date(2020, 6, 22))
"""Sessions were held at a distance then, and the network did not meet."""

CANCELLED = ((2023, SessionKind.TRAINING, 9), (2025, SessionKind.PRACTICE_REVIEW, 5))
FIRST_ACTION_TRAINING = 2021
VISIO, VISIO_SHARE, MATERIALS_SHARE = "visio", 0.2, 0.5
WHOLE_DAY = 300
MEETING_COST = (620, 880)
PLACES = 14

YEAR = {
    SessionKind.TRAINING: (1, 2, 3, 4, 9, 10, 11),
    SessionKind.PRACTICE_REVIEW: (2, 5, 10),
    SessionKind.GROUP_SUPERVISION: (3, 11),
    SessionKind.INDIVIDUAL_SUPERVISION: (4, 6),
    SessionKind.NETWORK_MEETING: (6, 12),
    SessionKind.TEAM_MEETING: (1, 9),
}
"""What comes back every year, and in which months."""

SEATS = {
    SessionKind.TRAINING: 14, SessionKind.PRACTICE_REVIEW: 10, SessionKind.GROUP_SUPERVISION: 8,
    SessionKind.INDIVIDUAL_SUPERVISION: 1, SessionKind.NETWORK_MEETING: 60, SessionKind.TEAM_MEETING: 25,
}  # fmt: skip
MINUTES = {
    SessionKind.TRAINING: (180, 360, 360), SessionKind.PRACTICE_REVIEW: (150,),
    SessionKind.GROUP_SUPERVISION: (150, 180), SessionKind.INDIVIDUAL_SUPERVISION: (60, 90),
    SessionKind.NETWORK_MEETING: (360,), SessionKind.TEAM_MEETING: (120,),
}  # fmt: skip
REVIEW_GROUPS = ("Métropole", "Libournais et Entre-deux-Mers", "Médoc, Bassin et Landes girondines")
FIRST_MEETINGS = (
    (date(2018, 12, 18), SessionKind.NETWORK_MEETING, "Rencontre départementale de lancement"),
    (date(2019, 2, 7), SessionKind.TEAM_MEETING, "Réunion des premiers Promeneurs"),
)


def sessions(
    members: tuple[Member, ...], people: tuple[Person, ...], ids: Ids, seed: int, today: date
) -> tuple[Session, ...]:
    """Every session held, cancelled or planned in the coming weeks, in the order of their dates."""
    places = tuple(f"{member.structure.name}, {member.structure.commune}" for member in members if member.entries)[
        :PLACES
    ]
    planned = [*_first_meetings(people, places)]
    for year in range(TRAINING_STARTS.year, (today + PLANNED_AHEAD).year + 1):
        planned += _year(year, people, places, seed)
    planned += _around(today, people, places)
    kept = (session for session in planned if (session.held_on or today) <= today + PLANNED_AHEAD)
    return tuple(
        labelled(_known(session, ids, seed, today))
        for session in sorted(kept, key=lambda session: (session.held_on or today, session.name))
    )


def waits_for_attendance(session: Session, today: date) -> bool:
    """Whether this is the session whose attendance nobody entered."""
    return session.name == WAITING_NAME and session.held_on == _waiting_since(today)


def _waiting_since(today: date) -> date:
    return weekday_before(today - WAITING, THURSDAY)


def _first_meetings(people: tuple[Person, ...], places: tuple[str, ...]) -> Iterator[Session]:
    for day, kind, name in FIRST_MEETINGS:
        trainer = Trainer(coordinator_on(day, people).name, TrainerKind.COORDINATOR)
        yield _session(kind, name, day, trainer, places[0], 180)


def _year(year: int, people: tuple[Person, ...], places: tuple[str, ...], seed: int) -> Iterator[Session]:
    """The sessions of a whole year, whatever today is."""
    fields = iter(_fields(year, len(YEAR[SessionKind.TRAINING]), seed))
    for kind, months in YEAR.items():
        for rank, month in enumerate(months):
            rng = dice(seed, "session", year, kind, month)
            field = next(fields) if kind is SessionKind.TRAINING else None
            first = date(year, month, 8 if month == 1 else 1) + timedelta(days=rng.randint(0, 9 if month == 12 else 18))  # noqa: PLR2004 - before Christmas
            day = working_day(weekday_from(first, rng.choice((TUESDAY, THURSDAY))))
            if kind not in {SessionKind.NETWORK_MEETING, SessionKind.TEAM_MEETING} and day < TRAINING_STARTS:
                continue
            trainer = _trainer(kind, field, day, people, rng)
            place = VISIO if LOCKDOWN[0] <= day <= LOCKDOWN[1] or _remote(kind, year, rng) else rng.choice(places)
            name = _name(kind, field, year, rank, seed)
            session = _session(kind, name, day, trainer, place, rng.choice(MINUTES[kind]), field)
            if kind is SessionKind.NETWORK_MEETING:
                session = replace(session, cost=Decimal(rng.randint(*MEETING_COST)))
            no_meeting = kind is SessionKind.NETWORK_MEETING and LOCKDOWN[0] <= day <= LOCKDOWN[1]
            if no_meeting or (year, kind, month) in CANCELLED:
                session = replace(session, cancelled_on=day - timedelta(days=rng.randint(6, 20)), cost=None)
            yield session


def _fields(year: int, count: int, seed: int) -> list[TrainingField]:
    """The fields of a year's training: not all of them, so that the matrix has its gaps."""
    fields = [field for field in TrainingField if field is not TrainingField.PRACTICE_REVIEW]
    if year < FIRST_ACTION_TRAINING:
        fields.remove(TrainingField.ACTION_TRAINING)
    rng = dice(seed, "fields", year)
    rng.shuffle(fields)
    without = fields[1:]
    return [without[index % len(without)] for index in range(count)]


def _trainer(
    kind: SessionKind, field: TrainingField | None, day: date, people: tuple[Person, ...], rng: Random
) -> Trainer:
    if kind.is_supervision:
        return supervisor(people, rng)
    if kind is SessionKind.PRACTICE_REVIEW:
        return trainer_of(TrainingField.PRACTICE_REVIEW, day, people, rng)
    if field:
        return trainer_of(field, day, people, rng)
    return Trainer(coordinator_on(day, people).name, TrainerKind.COORDINATOR)


def _remote(kind: SessionKind, year: int, rng: Random) -> bool:
    return year >= LOCKDOWN[0].year and kind is not SessionKind.NETWORK_MEETING and rng.random() < VISIO_SHARE


def _name(kind: SessionKind, field: TrainingField | None, year: int, rank: int, seed: int) -> str:
    if field:
        titles = [row["title"] for row in rows("topics.csv") if row["field"] == field.value]
        return titles[(year + rank + dice(seed, "topics", field).randrange(len(titles))) % len(titles)]
    return {
        SessionKind.PRACTICE_REVIEW: f"Analyse des pratiques : {REVIEW_GROUPS[rank % len(REVIEW_GROUPS)]}",
        SessionKind.GROUP_SUPERVISION: "Supervision collective : écoute et bonne distance",
        SessionKind.INDIVIDUAL_SUPERVISION: "Supervision individuelle",
        SessionKind.NETWORK_MEETING: f"Rencontre départementale {('d’été', 'd’hiver')[rank % 2]} {year}",
        SessionKind.TEAM_MEETING: f"Réunion de réseau {('de janvier', 'de rentrée')[rank % 2]} {year}",
    }[kind]


def _session(
    kind: SessionKind,
    name: str,
    day: date,
    trainer: Trainer,
    place: str,
    minutes: int,
    field: TrainingField | None = None,
) -> Session:
    reviews = kind is SessionKind.PRACTICE_REVIEW
    return Session(
        kind=kind,
        field=TrainingField.PRACTICE_REVIEW if reviews else field,
        name=name,
        held_on=day,
        half_days=(HalfDay.MORNING, HalfDay.AFTERNOON) if minutes > WHOLE_DAY else (HalfDay((*HalfDay,)[day.day % 2]),),
        minutes=minutes,
        place=place,
        trainer=trainer.name,
        trainer_kind=trainer.kind,
        listening_skills=trainer.listening_skills,
        seats=SEATS[kind],
        cost=trainer.cost(minutes),
    )


def _around(today: date, people: tuple[Person, ...], places: tuple[str, ...]) -> Iterator[Session]:
    """Two sessions that there always are: one that waits for its attendance, one to come soon."""
    held, soon = _waiting_since(today), weekday_from(today + SOON, TUESDAY)
    coordinator = Trainer(coordinator_on(held, people).name, TrainerKind.COORDINATOR)
    yield _session(
        SessionKind.TRAINING, WAITING_NAME, held, coordinator, places[1],
        180, TrainingField.TECHNICAL,
    )  # fmt: skip
    yield _session(
        SessionKind.TRAINING, "Atelier : accueil des nouveaux Promeneurs", soon, coordinator, places[2],
        180, TrainingField.POSTURE_CHARTER,
    )  # fmt: skip


def _known(session: Session, ids: Ids, seed: int, today: date) -> Session:
    """The session with its id, and its materials once it is held."""
    day = session.held_on or today
    held = day < today and session.cancelled_on is None and session.kind is SessionKind.TRAINING
    shared = held and dice(seed, "materials", day, session.name).random() < MATERIALS_SHARE
    made_on = max(COORDINATION_STARTS, min(today, day - PLANNED_AHEAD))
    cancelled = session.cancelled_on if session.cancelled_on and session.cancelled_on <= today else None
    return replace(
        session,
        id=ids.new(Session, made_on, day, session.kind, session.name),
        materials=f"https://www.example.org/supports/{day:%Y-%m-%d}.pdf" if shared else "",
        cancelled_on=cancelled,
    )
