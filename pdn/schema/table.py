"""A table, declared once: a typed record whose fields carry their header, kind and help."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, TypeVar, dataclass_transform

from pdn.french import fold
from pdn.schema.kinds import LABEL_SEPARATOR, Identifier, Kind, Label, Reference

T = TypeVar("T")
R = TypeVar("R", bound="Record")
METADATA_KEY = "pdn.column"
HEADER_LENGTH_IN_NOTES = 500


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a record as a column of its tab.

    Attributes:
        field: The record's field, in English.
        header: The column's header, in French.
        kind: How its cells are read, written and shown.
        help: One French sentence: the header's note, the form's help, the dictionary's entry.
        required: Whether an empty cell is a problem.
        aliases: Other headers that people give to this column.
        group: The form's heading under which it stands; empty for the first, unnamed one.
    """

    field: str
    header: str
    kind: Kind[Any]
    help: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    group: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling of the header that is understood, folded."""
        return tuple(fold(name) for name in (self.header, *self.aliases))


def column(
    kind: Kind[T],
    header: str,
    help: str,  # noqa: A002 - Streamlit's own word for it
    *,
    required: bool = False,
    aliases: tuple[str, ...] = (),
    group: str = "",
) -> T:
    """Declare a field of a record as a column; its default is the kind's blank value."""
    declared = Column("", header, kind, help, required, aliases, group)
    made: T = field(default=kind.blank, metadata={METADATA_KEY: declared})
    return made


def label_column() -> str:
    """Declare the label that other tabs' drop-downs propose (see `pdn.schema.kinds.Label`)."""
    return column(
        Label(),
        "Étiquette",
        "Nom et identifiant, écrits par l’application pour les listes déroulantes des autres onglets.",
    )


@dataclass(frozen=True)
class Table:
    """What a tab holds.

    Attributes:
        key: The table's name in the code and in URLs (« promeneur »).
        tab: The title of its tab.
        prefix: What its ids begin with.
        singular: One of its records, in French, with its article where needed: « Promeneur ».
        plural: Several of them.
        feminine: Whether French says « une ».
        purpose: One French sentence on what the tab is for.
        append_only: Whether records are only ever added (the journal).
        columns: Its columns in the order that provisioning gives them.
    """

    key: str
    tab: str
    prefix: str
    singular: str
    plural: str
    purpose: str
    feminine: bool = False
    append_only: bool = False
    columns: tuple[Column, ...] = ()

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """The columns by their field."""
        return {column.field: column for column in self.columns}

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by every spelling of their header, folded."""
        return {name: column for column in self.columns for name in column.names}

    @cached_property
    def references(self) -> tuple[Column, ...]:
        """The columns that name another record."""
        return tuple(column for column in self.columns if isinstance(column.kind, Reference))

    @property
    def labelled(self) -> bool:
        """Whether other tables refer to this one."""
        return any(isinstance(column.kind, Label) for column in self.columns)

    @property
    def archivable(self) -> bool:
        """Whether its records are put away by a date instead of deleted."""
        return "archived_on" in self.by_field


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A row of a tab, typed: every field has a value, blank where its cell is empty or could not be read."""

    table: ClassVar[Table]

    id: str = column(
        Identifier(),
        "Identifiant",
        "Code donné par l’application à chaque ligne : ne pas modifier ni recopier.",
    )

    @property
    def title(self) -> str:
        """How a person names this record."""
        return self.id

    @property
    def archived(self) -> bool:
        """Whether it was put away."""
        return getattr(self, "archived_on", None) is not None


@dataclass_transform(frozen_default=True, kw_only_default=True)
def table(  # noqa: PLR0913 - one declaration says it all
    key: str,
    tab: str,
    prefix: str,
    *,
    singular: str,
    plural: str,
    purpose: str,
    feminine: bool = False,
    append_only: bool = False,
) -> Callable[[type[R]], type[R]]:
    """Make a class of annotated `column(...)`s a frozen record and the declaration of its tab.

    Raises:
        ValueError: two columns share a header, or a field is no column.
    """

    def declare(cls: type[R]) -> type[R]:
        made = dataclass(frozen=True, kw_only=True, slots=True)(cls)
        columns = []
        for record_field in dataclasses.fields(made):
            declared = record_field.metadata.get(METADATA_KEY)
            if declared is None:
                raise ValueError(f"{cls.__name__}.{record_field.name} is no column")
            columns.append(dataclasses.replace(declared, field=record_field.name))
        names = [name for declared in columns for name in declared.names]
        if len(names) != len(set(names)):
            raise ValueError(f"{cls.__name__}: two columns answer to one header")
        made.table = Table(key, tab, prefix, singular, plural, purpose, feminine, append_only, tuple(columns))
        return made

    return declare


def label_of(record: Record) -> str:
    """The text that stands for a record in other tabs: « Centre social Bacalan · S-4T7K29QX »."""
    return f"{record.title}{LABEL_SEPARATOR}{record.id}"


def labelled(record: R) -> R:
    """The record with its label up to date, where its table has one."""
    changes: dict[str, Any] = {"label": label_of(record)} if record.table.labelled else {}
    return dataclasses.replace(record, **changes)


@dataclass(frozen=True)
class Workbook:
    """A spreadsheet of ours: its name and the records that it holds, in the order of its tabs."""

    key: str
    title: str
    purpose: str
    records: tuple[type[Record], ...] = ()

    def __contains__(self, record_type: type[Record]) -> bool:
        """Whether the record's tab is in this workbook."""
        return record_type in self.records
