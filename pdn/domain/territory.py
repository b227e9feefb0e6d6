"""Where the Promeneurs are: by EPCI and by commune, through their structure; and where there is none (R4, R39)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pdn.domain.activity import ActivityState, activity
from pdn.domain.funnel import FunnelStep, funnel_step
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.french import fold, sort_key
from pdn.schema import Dataset


@dataclass(frozen=True, slots=True)
class Territory:
    """An EPCI or a commune on a day.

    Attributes:
        name: Its name as the sheet has it; empty for what has no place.
        epci: The EPCI of a commune; its own name for an EPCI.
        structures: How many structures are known there, those that left apart.
        agreed: How many of them have a convention in force.
        active: How many Promeneurs are active there (R1).
        incomplete: How many are there but miss something.
    """

    name: str
    epci: str
    structures: int = 0
    agreed: int = 0
    active: int = 0
    incomplete: int = 0

    @property
    def promeneurs(self) -> int:
        """How many Promeneurs are there, active or incomplete."""
        return self.active + self.incomplete


def by_epci(data: Dataset, today: date) -> tuple[Territory, ...]:
    """The EPCI where structures are, those with the most Promeneurs first."""
    return _territories(data, today, lambda structure: structure.epci)


def by_commune(data: Dataset, today: date) -> tuple[Territory, ...]:
    """The communes where structures are, those with the most Promeneurs first."""
    return _territories(data, today, lambda structure: structure.commune)


def uncovered(territories: tuple[Territory, ...]) -> tuple[Territory, ...]:
    """The named territories where structures are known but no Promeneur is, by name."""
    found = [territory for territory in territories if territory.name and not territory.promeneurs]
    return tuple(sorted(found, key=lambda territory: sort_key(territory.name)))


def _territories(data: Dataset, today: date, name_of: Callable[[Structure], str]) -> tuple[Territory, ...]:
    names: dict[str, tuple[str, str]] = {}
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def place(structure: Structure | None) -> dict[str, int]:
        """The counts of a structure's territory; spellings that differ in case or accents are one."""
        name = name_of(structure) if structure else ""
        names.setdefault(fold(name), (name, structure.epci if structure else ""))
        return counts[fold(name)]

    for structure in data.live(Structure):
        step = funnel_step(structure, data, today)
        if step is None or step is FunnelStep.LEFT:
            continue
        place(structure)["structures"] += 1
        place(structure)["agreed"] += step is FunnelStep.AGREED
    for promeneur in data.live(Promeneur):
        state = activity(promeneur, data, today).state
        if state in {ActivityState.ACTIVE, ActivityState.INCOMPLETE}:
            field = "active" if state is ActivityState.ACTIVE else "incomplete"
            place(data.get(Structure, promeneur.structure_id))[field] += 1
    found = [
        Territory(
            name,
            epci,
            counts[key]["structures"],
            counts[key]["agreed"],
            counts[key]["active"],
            counts[key]["incomplete"],
        )
        for key, (name, epci) in names.items()
    ]
    return tuple(sorted(found, key=lambda each: (not each.name, -each.promeneurs, sort_key(each.name))))
