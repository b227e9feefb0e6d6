"""What was changed directly in the sheets, seen as the difference between two readings."""

import dataclasses
import threading
from collections import Counter, deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from pdn.schema import Column, Dataset, Record
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import Reference
from pdn.sheets.snapshot import Snapshot

MOST = 1000
"""How many are kept: enough for weeks of a département, little in memory."""


class EditKind(StrEnum):
    """What happened to a row."""

    ADDED = "Ligne ajoutée"
    CHANGED = "Cellule modifiée"
    GONE = "Ligne disparue"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetEdit:
    """One thing that somebody changed directly in a sheet.

    Attributes:
        record_type: The record's type.
        record_id: Its id; provisional for a row without one.
        title: How a person names it.
        kind: What happened.
        header: The column; empty for a whole row.
        before: What the cell held, as a person reads it.
        after: What it holds.
        since: When the reading before began (UTC).
        seen_at: When the reading that shows it began (UTC).
    """

    record_type: type[Record]
    record_id: str
    title: str
    kind: EditKind
    header: str = ""
    before: str = ""
    after: str = ""
    since: datetime
    seen_at: datetime


@dataclass
class EditLog:
    """The edits seen since the process started, the oldest forgotten past `MOST`."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: deque[SheetEdit] = field(default_factory=lambda: deque(maxlen=MOST))

    @property
    def edits(self) -> tuple[SheetEdit, ...]:
        """Oldest first."""
        with self._lock:
            return tuple(self._kept)

    def note(self, before: Snapshot, after: Snapshot) -> None:
        """Add what differs between a reading, with the app's own commits in it, and the next one."""
        found = tuple(edits_between(before, after))
        with self._lock:
            self._kept.extend(found)


def edits_between(before: Snapshot, after: Snapshot) -> Iterator[SheetEdit]:
    """What somebody changed in the sheets between two readings; rows that only moved are no change."""
    for record_type in after.data.record_types:
        readings = (before.data.reading(record_type), after.data.reading(record_type))
        if any(reading is None or reading.header_row is None for reading in readings):
            # A tab that can't be found says nothing of its rows.
            continue
        shared = frozenset.intersection(*(frozenset(reading.columns) for reading in readings if reading))
        old = _Side(before.data, record_type)
        new = _Side(after.data, record_type)
        for record_id, record in new.by_id.items():
            if record_id not in old.by_id:
                yield _edit(before, after, record, EditKind.ADDED)
            else:
                yield from _cells(before, after, old, new, record_id, shared)
        for record_id, record in old.by_id.items():
            if record_id not in new.by_id:
                yield _edit(before, after, record, EditKind.GONE)
        for record in (new.nameless - old.nameless).elements():
            yield _edit(before, after, record, EditKind.ADDED)
        for record in (old.nameless - new.nameless).elements():
            yield _edit(before, after, record, EditKind.GONE)


class _Side:
    """A table at one of the two moments: its records by id, those without one by what they hold."""

    def __init__(self, data: Dataset, record_type: type[Record]) -> None:
        self.data = data
        self.by_id: dict[str, Record] = {}
        self.nameless: Counter[Record] = Counter()
        for record in data.all(record_type):
            if is_provisional(record.id):
                # Their number is their row's, which changes when rows above move.
                self.nameless[dataclasses.replace(record, id="")] += 1
            else:
                self.by_id[record.id] = record
        self.unread: Mapping[tuple[str, str], str] = {
            (problem.record_id, problem.field): problem.found
            for problem in data.problems
            if problem.table == record_type.table.key and problem.found
        }

    def text(self, record: Record, column: Column) -> str:
        """A cell as a person reads it, what could not be understood included."""
        value: Any = getattr(record, column.field)
        if value == column.kind.blank:
            return self.unread.get((record.id, column.field), "")
        if isinstance(column.kind, Reference):
            target = column.kind.target
            found = next((one for one in self.data.record_types if one.table.key == target), None)
            return self.data.title(found, value) if found else str(value)
        return str(column.kind.show(value))


def _cells(
    before: Snapshot, after: Snapshot, old: _Side, new: _Side, record_id: str, fields: Collection[str]
) -> Iterator[SheetEdit]:
    """What changed in one row, in the columns that both readings found."""
    one, other = old.by_id[record_id], new.by_id[record_id]
    if one == other and not old.unread and not new.unread:
        return
    for column in other.table.columns:
        if column.kind.app_owned or column.field not in fields:
            continue
        same = getattr(one, column.field) == getattr(other, column.field)
        place = (record_id, column.field)
        if same and old.unread.get(place) == new.unread.get(place):
            continue
        texts = (old.text(one, column), new.text(other, column))
        yield _edit(before, after, other, EditKind.CHANGED, column.header, texts)


def _edit(
    before: Snapshot,
    after: Snapshot,
    record: Record,
    kind: EditKind,
    header: str = "",
    texts: tuple[str, str] = ("", ""),
) -> SheetEdit:
    return SheetEdit(
        record_type=type(record),
        record_id=record.id,
        title=record.title,
        kind=kind,
        header=header,
        before=texts[0],
        after=texts[1],
        since=before.read_at,
        seen_at=after.read_at,
    )
