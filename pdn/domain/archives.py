"""The archives: records put away, how they are named, what they hang on."""

from dataclasses import dataclass
from datetime import date

from pdn.domain.workbooks import RECORD_TYPES, record_type_of
from pdn.french import fold, sort_key
from pdn.schema import Column, Dataset, Record
from pdn.schema.kinds import Reference

NAMING_FIELDS = 2
"""How many fields name a record that has no name of its own: an attendance, an envelope."""


@dataclass(frozen=True, slots=True)
class Archived:
    """A record put away.

    Attributes:
        record: The record.
        name: How a person names it.
        on: When it was put away.
        words: What it says, folded for a search.
    """

    record: Record
    name: str
    on: date
    words: str


def archives(data: Dataset) -> tuple[Archived, ...]:
    """Every record that was put away, of all tables, the latest first."""
    found = []
    for record_type in RECORD_TYPES:
        if not record_type.table.archivable:
            continue
        for record in data.all(record_type):
            on = archived_on(record)
            if on is not None:
                said = " ".join(value for _, value in told_fields(record, data))
                name = name_of(record, data)
                found.append(Archived(record, name, on, fold(f"{record.id} {record.table.tab} {name} {said}")))
    return tuple(sorted(sorted(found, key=lambda one: sort_key(one.name)), key=lambda one: one.on, reverse=True))


def archived_on(record: Record) -> date | None:
    """When a record was put away; None where it was not."""
    on: date | None = getattr(record, "archived_on", None)
    return on


def archived_around(record: Record, data: Dataset) -> tuple[Record, ...]:
    """The records that this one refers to and that are put away themselves: bringing it back alone leaves it orphan."""
    found = (data.get(record_type_of(kind.target), getattr(record, field)) for field, kind in _references(record))
    return tuple(dict.fromkeys(other for other in found if other is not None and other.archived))


def name_of(record: Record, data: Dataset) -> str:
    """How a person names a record: its title, or its first fields where it has no name of its own."""
    if record.title != record.id:
        return record.title
    return " · ".join(value for _, value in told_fields(record, data)[:NAMING_FIELDS]) or record.id


def told_fields(record: Record, data: Dataset) -> list[tuple[str, str]]:
    """What people filled in of a record: (header, text), other records by their name."""
    found = [
        (column.header, _told(record, column, data))
        for column in record.table.columns
        if not column.kind.app_owned and column.field != "archived_on"
    ]
    return [(header, value) for header, value in found if value]


def _references(record: Record) -> list[tuple[str, Reference]]:
    return [(column.field, column.kind) for column in record.table.columns if isinstance(column.kind, Reference)]


def _told(record: Record, column: Column, data: Dataset) -> str:
    value = getattr(record, column.field)
    if isinstance(column.kind, Reference):
        return data.title(record_type_of(column.kind.target), value, empty="") if value else ""
    return column.kind.show(value)
