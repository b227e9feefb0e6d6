"""The registry of conventions: what is known of each, its figures, search and filters (R26)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.agreement_status import (
    IN_FORCE,
    PENDING,
    agreement_status,
    amendments_of,
    end_of,
    promeneurs_covered,
    renewals_of,
    start_of,
)
from pdn.domain.directory import found, searchable
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.french import sort_key
from pdn.schema import Dataset


@dataclass(frozen=True, slots=True)
class AgreementEntry:
    """A convention with what is computed of it on a day.

    Attributes:
        agreement: The convention.
        structure: Its structure.
        status: Where it stands.
        starts_on: Its first day.
        ends_on: Its last day, amendments counted.
        days_left: The days until its last day; negative once it is past, None without an end.
        covered: The Promeneurs that it provides for, amendments counted.
        amendments: Its amendments by date.
        renewals: The conventions that renew it.
        words: What a search looks at.
    """

    agreement: Agreement
    structure: Structure | None
    status: AgreementStatus
    starts_on: date | None
    ends_on: date | None
    days_left: int | None
    covered: int | None
    amendments: tuple[Amendment, ...]
    renewals: tuple[Agreement, ...]
    words: str


@dataclass(frozen=True, slots=True)
class AgreementFigures:
    """How many conventions stand where: in force (those to renew included), to renew, on the way; the structures."""

    in_force: int
    to_renew: int
    pending: int
    structures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFilters:
    """What to keep; an empty filter keeps everything. `horizon_days` keeps what ends between today and then."""

    text: str = ""
    status: str = ""
    structure_id: str = ""
    horizon_days: int | None = None


def agreement_entry(agreement: Agreement, data: Dataset, settings: Settings, today: date) -> AgreementEntry:
    """What is known of one convention on a day."""
    structure = data.get(Structure, agreement.structure_id)
    amendments = amendments_of(agreement, data)
    status = agreement_status(agreement, data, settings, today)
    ends_on = end_of(agreement, data, today)
    return AgreementEntry(
        agreement,
        structure,
        status,
        start_of(agreement),
        ends_on,
        (ends_on - today).days if ends_on else None,
        promeneurs_covered(agreement, data, today),
        amendments,
        renewals_of(agreement, data),
        f"{searchable([agreement, *amendments, *([structure] if structure else [])])} {status}",
    )


def agreement_entries(data: Dataset, settings: Settings, today: date) -> tuple[AgreementEntry, ...]:
    """Every convention that is not archived, by structure as in a dictionary, then by start."""
    entries = [agreement_entry(agreement, data, settings, today) for agreement in data.live(Agreement)]
    return tuple(
        sorted(
            entries,
            key=lambda entry: (
                sort_key(entry.structure.title if entry.structure else ""),
                entry.starts_on or date.max,
                entry.agreement.id,
            ),
        )
    )


def agreement_figures(entries: Iterable[AgreementEntry]) -> AgreementFigures:
    """The figures of these conventions; a structure counts once, however many bind it."""
    kept = list(entries)
    in_force = [entry for entry in kept if entry.status in IN_FORCE]
    return AgreementFigures(
        in_force=len(in_force),
        to_renew=sum(entry.status is AgreementStatus.TO_RENEW for entry in kept),
        pending=sum(entry.status in PENDING for entry in kept),
        structures=len({entry.structure.id for entry in in_force if entry.structure}),
    )


def matching_agreements(entries: Iterable[AgreementEntry], filters: AgreementFilters) -> tuple[AgreementEntry, ...]:
    """The entries that every filter keeps."""
    return tuple(
        entry
        for entry in entries
        if found(entry.words, filters.text)
        and filters.status in {"", entry.status}
        and filters.structure_id in {"", entry.agreement.structure_id}
        and (
            filters.horizon_days is None
            or (
                entry.status in IN_FORCE
                and entry.days_left is not None
                and 0 <= entry.days_left <= filters.horizon_days
            )
        )
    )


def promeneurs_under(entry: AgreementEntry, data: Dataset, today: date) -> Sequence[Promeneur]:
    """The structure's Promeneurs whom a convention covers, by name.

    They are those present today; on its first day where it is still to come, on its last where it is over.
    """
    agreement = entry.agreement
    reference = max(today, entry.starts_on or today)
    for last in (entry.ends_on, agreement.terminated_on):
        reference = min(reference, last or reference)
    return sorted(
        (
            promeneur
            for promeneur in (data.where(Promeneur, "structure_id", agreement.structure_id) if entry.structure else ())
            if (promeneur.entered_on is None or promeneur.entered_on <= reference)
            and (promeneur.left_on is None or promeneur.left_on >= reference)
        ),
        key=lambda promeneur: sort_key(f"{promeneur.last_name} {promeneur.title}"),
    )
