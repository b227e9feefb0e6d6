"""The departmental directory: what is known of each Promeneur and structure, search and filters (R24)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pdn.domain.activity import Activity, activity
from pdn.domain.funnel import FunnelStep, funnel_step
from pdn.domain.phase import DeploymentPhase
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.french import fold, sort_key
from pdn.schema import Dataset, Record


@dataclass(frozen=True, slots=True)
class PromeneurEntry:
    """A Promeneur with what stands around: structure, phase, profiles, whether active (R1)."""

    promeneur: Promeneur
    structure: Structure | None
    phase: DeploymentPhase | None
    profiles: tuple[OnlineProfile, ...]
    activity: Activity
    words: str


@dataclass(frozen=True, slots=True)
class StructureEntry:
    """A structure with its Promeneurs who have not left and its step in the funnel (R5)."""

    structure: Structure
    promeneurs: tuple[Promeneur, ...]
    step: FunnelStep | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What to keep; an empty filter keeps everything."""

    text: str = ""
    commune: str = ""
    epci: str = ""
    structure_id: str = ""
    network: str = ""
    phase_id: str = ""
    state: str = ""


def searchable(records: Iterable[Record]) -> str:
    """All that stands in the records' fields, folded: case and accents do not count in a search.

    Telephone numbers are there twice, with and without their spaces.
    """
    words: list[str] = []
    for record in records:
        for column in record.table.columns:
            if shown := column.kind.show(getattr(record, column.field)):
                words.append(shown)
                if shown[0].isdigit():
                    words.append(shown.replace(" ", ""))
    return fold(" ".join(words))


def found(words: str, text: str) -> bool:
    """Whether every word of a search stands in `words`."""
    return all(word in words for word in fold(text).split())


def promeneur_entry(promeneur: Promeneur, data: Dataset, today: date) -> PromeneurEntry:
    """A Promeneur's entry."""
    structure = data.get(Structure, promeneur.structure_id)
    phase = data.get(DeploymentPhase, promeneur.phase_id)
    profiles = data.where(OnlineProfile, "promeneur_id", promeneur.id)
    around = [promeneur, *profiles, *([structure] if structure else []), *([phase] if phase else [])]
    return PromeneurEntry(promeneur, structure, phase, profiles, activity(promeneur, data, today), searchable(around))


def promeneur_entries(data: Dataset, today: date) -> tuple[PromeneurEntry, ...]:
    """Every Promeneur who is not archived, in the order of a dictionary."""
    entries = [promeneur_entry(promeneur, data, today) for promeneur in data.live(Promeneur)]
    return tuple(sorted(entries, key=lambda entry: sort_key(f"{entry.promeneur.last_name} {entry.promeneur.title}")))


def structure_entry(structure: Structure, data: Dataset, today: date) -> StructureEntry:
    """A structure's entry."""
    promeneurs = tuple(
        promeneur
        for promeneur in data.where(Promeneur, "structure_id", structure.id)
        if promeneur.left_on is None or promeneur.left_on >= today
    )
    return StructureEntry(structure, promeneurs, funnel_step(structure, data, today), searchable([structure]))


def structure_entries(data: Dataset, today: date) -> tuple[StructureEntry, ...]:
    """Every structure that is not archived, in the order of a dictionary."""
    entries = [structure_entry(structure, data, today) for structure in data.live(Structure)]
    return tuple(sorted(entries, key=lambda entry: sort_key(entry.structure.title)))


def matching_promeneurs(entries: Iterable[PromeneurEntry], filters: Filters) -> tuple[PromeneurEntry, ...]:
    """The entries that every filter keeps."""
    return tuple(
        entry
        for entry in entries
        if found(entry.words, filters.text)
        and filters.commune in {"", entry.structure.commune if entry.structure else None}
        and filters.epci in {"", entry.structure.epci if entry.structure else None}
        and filters.structure_id in {"", entry.promeneur.structure_id}
        and filters.phase_id in {"", entry.promeneur.phase_id}
        and filters.state in {"", entry.activity.state}
        and (not filters.network or any(profile.network == filters.network for profile in entry.profiles))
    )


def matching_structures(entries: Iterable[StructureEntry], filters: Filters) -> tuple[StructureEntry, ...]:
    """The entries that the filters on text, place and step keep."""
    return tuple(
        entry
        for entry in entries
        if found(entry.words, filters.text)
        and filters.commune in {"", entry.structure.commune}
        and filters.epci in {"", entry.structure.epci}
        and filters.state in {"", entry.step}
    )


def distinct(values: Iterable[str]) -> list[str]:
    """The values that are not empty, each once, in the order of a dictionary."""
    return sorted({value for value in values if value}, key=sort_key)
