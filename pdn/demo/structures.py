"""The structures and how far each has come, from the list in structures.csv."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from pdn.demo.chance import Ids, dice
from pdn.demo.days import ONE_DAY, month_start, months_between, working_day
from pdn.demo.people import MANAGERS, Person, phone, slug
from pdn.demo.places import communes, rows
from pdn.demo.steering import COORDINATION_STARTS, siret
from pdn.domain.phase import DeploymentPhase
from pdn.domain.structure import Structure
from pdn.schema import labelled

JOINING_SHARE = 0.55
"""Structures join in the first half of a phase or so: their Promeneurs come after."""

FIRST_JOIN = date(2018, 12, 1)
MONTHS_TO_EXIT = {"left": 38, "terminated": 29}
PROSPECT_STEPS = {"spotted": 1, "contacted": 2, "interested": 3, "to_prepare": 3, "signing": 3, "declined": 2}
"""How many of the three dates of the funnel a prospect has."""


@dataclass(frozen=True)
class Member:
    """A structure with what its story is.

    Attributes:
        structure: The record.
        index: Its place in the list.
        story: How its conventions go (see `pdn.demo.agreements`).
        joins_on: First day of its first convention; None for one that is still a prospect.
        entries: The phases (from 0) in which its Promeneurs come in, the first of them with the structure.
        first_slot: The place of its first Promeneur in the list of people.
    """

    structure: Structure
    index: int
    story: str
    joins_on: date | None
    entries: tuple[int, ...]
    first_slot: int


def members(
    phases: tuple[DeploymentPhase, ...], people: tuple[Person, ...], ids: Ids, seed: int, today: date
) -> tuple[Member, ...]:
    """Every structure of the list, joined in its phase where that has come, otherwise a prospect."""
    made, slot = [], 0
    for index, row in enumerate(rows("structures.csv")):
        entries = tuple(int(phase) - 1 for phase in row["entries"].split())
        joins_on = _joins_on(entries, phases, row["story"], seed, index, today)
        story = row["story"] if joins_on or not entries else "interested"
        spotted, contacted, interested = _prospecting(joins_on, story, seed, index, today)
        left_on = _left_on(joins_on, story, seed, index, today)
        structure = _structure(row, index, people[MANAGERS + index], ids, spotted, seed)
        known = replace(structure, contacted_on=contacted, interested_on=interested, left_on=left_on)
        made.append(Member(labelled(known), index, story, joins_on, entries, slot))
        slot += len(entries)
    return tuple(made)


def _joins_on(
    entries: tuple[int, ...], phases: tuple[DeploymentPhase, ...], story: str, seed: int, index: int, today: date
) -> date | None:
    """The first day of its first convention, always a first of the month."""
    if not entries or entries[0] >= len(phases):
        return None
    if story == "unsigned":
        return month_start(today)
    phase = phases[entries[0]]
    start, end = phase.starts_on or today, phase.planned_end or today
    share = dice(seed, "join", index).random() * JOINING_SHARE
    joins_on = max(FIRST_JOIN, month_start(start, round(months_between(start, end) * share)))
    return joins_on if joins_on <= today else None


def _prospecting(
    joins_on: date | None, story: str, seed: int, index: int, today: date
) -> tuple[date, date | None, date | None]:
    """When it was spotted, contacted and interested."""
    rng = dice(seed, "prospecting", index)
    if joins_on is None:
        steps = PROSPECT_STEPS.get(story, 1)
        first = month_start(today, -3 * steps - rng.randint(0, 3))
        days = [first + timedelta(days=rng.randint(0, 20) + 50 * step) for step in range(3)]
    else:
        steps = 3
        first = max(COORDINATION_STARTS + ONE_DAY, joins_on - timedelta(days=rng.randint(150, 280)))
        length = (joins_on - first).days
        days = [first + timedelta(days=round(length * share)) for share in (0, 0.3, 0.55)]
    known = [min(max(COORDINATION_STARTS, working_day(day)), today) for day in days[:steps]]
    return (*known, None, None)[:3]  # type: ignore[return-value] # three of them, the first always known


def _left_on(joins_on: date | None, story: str, seed: int, index: int, today: date) -> date | None:
    if story == "declined":
        return working_day(month_start(today, -2)) + timedelta(days=dice(seed, "declined", index).randint(0, 14))
    if joins_on is None or story not in MONTHS_TO_EXIT:
        return None
    exit_on = month_start(joins_on, MONTHS_TO_EXIT[story]) - ONE_DAY
    return exit_on if exit_on < today else None


def _structure(row: dict[str, str], index: int, manager: Person, ids: Ids, spotted: date, seed: int) -> Structure:
    commune = communes()[row["insee_code"]]
    mail_name = slug(row["name"])
    complete = dice(seed, "complete", index).random()
    prospect = not row["entries"]
    return Structure(
        id=ids.new(Structure, spotted, index),
        name=row["name"],
        type=row["type"],
        managing_body=row["managing_body"],
        siret="" if prospect and complete < 0.5 else siret(index + 10),  # noqa: PLR2004 - half of the prospects
        address=row["street"],
        postcode=commune.postcode,
        commune=commune.name,
        insee_code=commune.insee_code,
        epci=commune.epci,
        priority_area=row["priority_area"] == "oui",
        phone=phone(MANAGERS + index),
        email=f"{mail_name}@example.org",
        website=f"https://www.example.org/{mail_name}" if complete > 0.2 else "",  # noqa: PLR2004 - most have one
        manager_first_name=manager.first_name,
        manager_last_name=manager.last_name,
        manager_email=manager.email,
        manager_phone=phone(1000 + index) if complete > 0.3 else "",  # noqa: PLR2004 - most gave it
        spotted_on=spotted,
    )
