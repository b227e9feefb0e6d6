"""What a page asks of a commit, and what it gets: done, or conflicts for the person to settle."""

from dataclasses import dataclass
from datetime import datetime

from pdn.domain.journal import JournalEntry
from pdn.schema import Cell, Record
from pdn.sheets.snapshot import Snapshot


@dataclass(frozen=True)
class Restored:
    """A cell to get back what stood there before a commit.

    Attributes:
        field: The record's field.
        cell: What stood there.
        left: What the commit left there: nothing else may stand there now.
        formula: Whether `cell` is a formula.
    """

    field: str
    cell: Cell
    left: Cell
    formula: bool = False


@dataclass(frozen=True)
class Change:
    """One record to add or to change.

    Attributes:
        after: The record as the person wants it; its id empty for a new one to be given an id.
        before: The record as the person saw it; None for a new one.
        overwrite: Fields where the person chose to overwrite what stands in the cell, after having been shown it.
        rewrite: Fields whose cell is written anew in the app's own way, although its value stays.
        restored: Cells that get back what stood there before.
    """

    after: Record
    before: Record | None = None
    overwrite: frozenset[str] = frozenset()
    rewrite: frozenset[str] = frozenset()
    restored: tuple[Restored, ...] = ()


@dataclass(frozen=True)
class Renaming:
    """A column's header to change.

    Attributes:
        record_type: The record whose tab it is in.
        found: The header as it stands.
        header: What it is to be.
    """

    record_type: type[Record]
    found: str
    header: str


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A field that somebody else changed too, or whose cell holds what the app does not overwrite unasked.

    Attributes:
        record_type: The record's type.
        record_id: The record's id.
        title: How a person names the record.
        field: Its field.
        header: The field's column.
        seen: What the person saw, in French.
        wanted: What the person wants.
        current: What stands in the cell now; the formula itself where there is one.
        formula: Whether the cell holds a formula.
        by: Who changed it, where that is known; empty otherwise.
        at: When, where that is known.
    """

    record_type: type[Record]
    record_id: str
    title: str
    field: str
    header: str
    seen: str
    wanted: str
    current: str
    formula: bool = False
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Committed:
    """All changes stand in the sheet.

    Attributes:
        commit_id: The code of the journal's entries; empty where there was nothing to change.
        snapshot: The data with the changes in it.
        records: The records as they stand now, in the order of the changes.
    """

    commit_id: str
    snapshot: Snapshot
    records: tuple[Record, ...]


@dataclass(frozen=True)
class Conflicted:
    """Nothing was written: the person has to choose first."""

    conflicts: tuple[Conflict, ...]


Outcome = Committed | Conflicted


@dataclass(frozen=True)
class Refusal:
    """Why one entry of the journal can't be undone: a whole French sentence."""

    entry: JournalEntry
    reason: str


@dataclass(frozen=True)
class Refused:
    """Nothing was undone."""

    refusals: tuple[Refusal, ...]
