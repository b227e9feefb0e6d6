"""What a page asks of a commit, and what it gets: done, or conflicts for the person to settle."""

from dataclasses import dataclass
from datetime import datetime

from pdn.schema import Record
from pdn.sheets.snapshot import Snapshot


@dataclass(frozen=True)
class Change:
    """One record to add or to change.

    Attributes:
        after: The record as the person wants it; its id empty for a new one to be given an id.
        before: The record as the person saw it; None for a new one.
        overwrite: Fields where the person chose to overwrite what stands in the cell, after having been shown it.
    """

    after: Record
    before: Record | None = None
    overwrite: frozenset[str] = frozenset()


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
