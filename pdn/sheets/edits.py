"""What was changed directly in the sheets, seen as the difference between two readings."""

import dataclasses
import threading
from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from pdn.domain.journal import JournalEntry
from pdn.schema import Column, Dataset, Record
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import Reference
from pdn.sheets.snapshot import Snapshot

MOST = 1000
"""How many are kept: enough for weeks of a département, little in memory."""


Named: TypeAlias = tuple[type[Record], str]
"""A record by its type and its id."""


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


@dataclass(frozen=True)
class Own:
    """What a commit of the app wrote, and is no direct edit even where a reading shows it before the app has it.

    Attributes:
        records: Its records, as they stand.
        entries: Its journal entries.
        named: The titles of its records that had no id before.
        done_at: When it was done (UTC).
        seen: How many edits had been seen when it began.
    """

    records: tuple[Record, ...]
    entries: tuple[JournalEntry, ...]
    named: Collection[tuple[type[Record], str]]
    done_at: datetime
    seen: int

    def wrote(self, record: Record, header: str) -> bool:
        """Whether it wrote a field of a record; anything of it where no header is given."""
        fields = {one.field for one in self.entries if (one.tab, one.record_id) == (record.table.tab, record.id)}
        return bool(fields) and (not header or bool({"", header} & fields))

    def explains(self, edit: SheetEdit, data: Dataset) -> bool:
        """Whether an edit is what it wrote; `data` has its records in it."""
        if edit.kind is EditKind.GONE:
            return not edit.record_id and (edit.record_type, edit.title) in self.named
        for record in self.records:
            if (type(record), record.id) == (edit.record_type, edit.record_id) and self.wrote(record, edit.header):
                declared = next((one for one in record.table.columns if one.header == edit.header), None)
                # Whoever has typed something else there since did so in the sheet.
                return declared is None or edit.after == text_of(record, declared, data)
        return False


@dataclass
class EditLog:
    """The edits seen since the process started, the oldest forgotten past `MOST`.

    Attributes:
        count: How many were seen, those forgotten included.
    """

    count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: deque[SheetEdit] = field(default_factory=lambda: deque(maxlen=MOST))
    _own: list[Own] = field(default_factory=list)
    _named: set[Named] = field(default_factory=set)
    _reading: Snapshot | None = None
    _latest: Snapshot | None = None

    @property
    def edits(self) -> tuple[SheetEdit, ...]:
        """Oldest first."""
        with self._lock:
            return tuple(self._kept)

    def note(self, before: Snapshot, after: Snapshot) -> None:
        """Add what differs between a reading, with the app's own commits in it, and the next one."""
        found = tuple(edits_between(before, after, frozenset(self._named)))
        with self._lock:
            self._named.clear()
            # Commits that were done while the two were compared: the younger one may show them already.
            own = self._own if self._reading is after and self._latest is not None else []
            data = self._latest.data if self._latest is not None else after.data
            self._keep(edit for edit in found if not any(one.explains(edit, data) for one in own))

    def add_commit(self, own: Own, before: Snapshot, after: Snapshot) -> None:
        """Leave out what a commit wrote; add what others had written in its rows, which it found there.

        Args:
            own: What it wrote.
            before: The reading in memory without it.
            after: The same with it.
        """
        with self._lock:
            if before is not self._latest:
                self._own, self._reading = [], before
            self._own.append(own)
            self._named |= {(type(one), one.id) for one in own.records if not before.data.get(type(one), one.id)}
            self._latest = after
            lately = [self._kept.pop() for _ in range(min(self.count - own.seen, len(self._kept)))]
            self.count -= len(lately)
            self._keep(edit for edit in reversed(lately) if not own.explains(edit, after.data))
            self._keep(_found_by(own, before, after))

    def _keep(self, edits: Iterable[SheetEdit]) -> None:
        for edit in edits:
            self._kept.append(edit)
            self.count += 1


def edits_between(before: Snapshot, after: Snapshot, named: Collection[Named] = frozenset()) -> Iterator[SheetEdit]:
    """What somebody changed in the sheets between two readings; rows that only moved are no change.

    Args:
        before: The reading before, with the app's own commits in it.
        after: The next one.
        named: Records that got their id in between: what could not be read in them was told of the nameless row.
    """
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
                yield _edit(before.read_at, after.read_at, record, EditKind.ADDED)
            else:
                unread = (record_type, record_id) not in named
                yield from _cells(before, after, (old, new), record_id, shared, unread=unread)
        for record_id, record in old.by_id.items():
            if record_id not in new.by_id:
                yield _edit(before.read_at, after.read_at, record, EditKind.GONE)
        for record in (new.nameless - old.nameless).elements():
            yield _edit(before.read_at, after.read_at, record, EditKind.ADDED)
        for record in (old.nameless - new.nameless).elements():
            yield _edit(before.read_at, after.read_at, record, EditKind.GONE)


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
        return text_of(record, column, self.data) or self.unread.get((record.id, column.field), "")


def text_of(record: Record, column: Column, data: Dataset) -> str:
    """A field as a person reads it; empty for a blank one."""
    value: Any = getattr(record, column.field)
    if value == column.kind.blank:
        return ""
    if isinstance(column.kind, Reference):
        found = next((one for one in data.record_types if one.table.key == column.kind.target), None)
        return data.title(found, value) if found else str(value)
    return str(column.kind.show(value))


def _found_by(own: Own, before: Snapshot, after: Snapshot) -> Iterator[SheetEdit]:
    """What a commit found changed in its rows since the last reading: the next is compared with what it found."""
    for record in own.records:
        reading, known = before.data.reading(type(record)), before.data.get(type(record), record.id)
        if known is None or reading is None:
            continue
        unread = {one.field: one.found for one in before.data.problems_of(known)}
        for column in record.table.columns:
            same = getattr(known, column.field) == getattr(record, column.field)
            if same or column.kind.app_owned or column.field not in reading.columns or own.wrote(record, column.header):
                continue
            old = text_of(known, column, before.data) or unread.get(column.field, "")
            texts = (old, text_of(record, column, after.data))
            yield _edit(before.read_at, own.done_at, record, EditKind.CHANGED, column.header, texts)


def _cells(
    before: Snapshot,
    after: Snapshot,
    sides: tuple[_Side, _Side],
    record_id: str,
    fields: Collection[str],
    *,
    unread: bool,
) -> Iterator[SheetEdit]:
    """What changed in one row, in the columns that both readings found; in cells that can't be read if `unread`."""
    old, new = sides
    one, other = old.by_id[record_id], new.by_id[record_id]
    if one == other and not old.unread and not new.unread:
        return
    for column in other.table.columns:
        if column.kind.app_owned or column.field not in fields:
            continue
        same = getattr(one, column.field) == getattr(other, column.field)
        place = (record_id, column.field)
        if same and (not unread or old.unread.get(place) == new.unread.get(place)):
            continue
        texts = (old.text(one, column), new.text(other, column))
        yield _edit(before.read_at, after.read_at, other, EditKind.CHANGED, column.header, texts)


def _edit(
    since: datetime,
    seen_at: datetime,
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
        since=since,
        seen_at=seen_at,
    )
