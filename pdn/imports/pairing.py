"""Which row of a file is which record: by id, by the keys of its table, or by being equal to it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdn.french import fold
from pdn.imports.keys import KEYS, Key
from pdn.imports.rows import FileRow
from pdn.schema import Record


@dataclass
class Pairs:
    """What each row of a file is; rows are named by their place in the file.

    Attributes:
        records: The record that a row is about; none for a row to be added.
        repeats: The row that a row says again.
        unclear: The records among which a row could not choose.
    """

    records: dict[int, Record] = field(default_factory=dict)
    repeats: dict[int, int] = field(default_factory=dict)
    unclear: dict[int, tuple[Record, ...]] = field(default_factory=dict)


def pair(record_type: type[Record], rows: Sequence[FileRow], records: Sequence[Record]) -> Pairs:
    """Pair the rows of a file with the records of the sheet, each with one at most.

    The strongest key goes over all rows before a weaker one does, so that a row never takes the record that another
    names better.

    Args:
        record_type: What they are.
        rows: The rows of the file.
        records: The records of the sheet, archived ones included: they are found last.
    """
    return _Pairing(record_type, rows, sorted(records, key=lambda record: record.archived)).pairs


class _Pairing:
    def __init__(self, record_type: type[Record], rows: Sequence[FileRow], records: Sequence[Record]) -> None:
        self.pairs = Pairs()
        self._rows = rows
        self._records = records
        self._takers: dict[str, int] = {}
        self._by_place = {row.row: row for row in rows}
        self._by_id({record.id: record for record in records})
        keys = KEYS[record_type]
        for key in keys:
            self._by_key(key, keys)
        self._repeated_among_new(keys)
        self._by_equality([row for row in self._free_rows() if _strongest(row, keys) is None])
        for row in self.pairs.records.keys() | self.pairs.repeats.keys():
            self.pairs.unclear.pop(row, None)

    def _free_rows(self) -> list[FileRow]:
        return [row for row in self._rows if row.row not in self.pairs.records and row.row not in self.pairs.repeats]

    def _take(self, row: FileRow, record: Record) -> None:
        self.pairs.records[row.row] = record
        self._takers[record.id] = row.row

    def _taker(self, record: Record) -> FileRow:
        return self._by_place[self._takers[record.id]]

    def _by_id(self, known: dict[str, Record]) -> None:
        for row in self._rows:
            if row.record.id in known:
                self._take(row, known[row.record.id])

    def _by_key(self, key: Key, keys: Sequence[Key]) -> None:
        index = _indexed(self._records, key.fields)
        for row in self._free_rows():
            values = _values(row.record, key.fields)
            alike = [] if values is None else [r for r in index.get(values, ()) if not _vetoed(row.record, r, key)]
            if not alike:
                continue
            free = [record for record in alike if record.id not in self._takers]
            if not free:
                # A row that gives the record another mail, say, leaves this one to whoever has it from now on.
                same = [record for record in alike if not _says_other(self._taker(record), record, key)]
                if same and key is _strongest(row, keys):
                    self.pairs.repeats[row.row] = self._takers[same[0].id]
                continue
            live = [record for record in alike if not record.archived] or free
            # Of those that it says nothing new of, the one that is blank where the row is; else there is only one.
            said = [record for record in free if record in live and _says_nothing_new(row, record)]
            if said:
                self._take(row, max(said, key=lambda record: _agreement(row, record, keys)))
            elif len(live) == 1 and live == free[:1]:
                self._take(row, live[0])
            else:
                self.pairs.unclear[row.row] = tuple(live)

    def _repeated_among_new(self, keys: Sequence[Key]) -> None:
        """Rows to be added that say again what a row above adds."""
        first: dict[Hashable, list[FileRow]] = defaultdict(list)
        for row in self._free_rows():
            key = _strongest(row, keys)
            if key is None:
                continue
            above = first[key.fields, _values(row.record, key.fields)]
            twin = next((other for other in above if not _vetoed(row.record, other.record, key)), None)
            if twin is not None:
                self.pairs.repeats[row.row] = twin.row
            above.append(row)

    def _by_equality(self, rows: Sequence[FileRow]) -> None:
        """Rows without a key: each takes one record that is equal in all that the file says; the fullest rows first.

        Equal in what a row leaves blank, too, where there is such a record: then a second import finds again just what
        the first one added.
        """
        every = tuple(sorted({name for row in rows for name in row.values}))
        for only_filled in (False, True):
            by_fields: dict[tuple[str, ...], list[FileRow]] = defaultdict(list)
            for row in rows:
                if row.row not in self.pairs.records:
                    by_fields[tuple(sorted(row.values)) if only_filled else every].append(row)
            for fields in sorted(by_fields, key=lambda found: (-len(found), found)):
                index: dict[Hashable, list[Record]] = defaultdict(list)
                for record in reversed(self._records):
                    if record.id not in self._takers:
                        index[_exactly(record, fields)].append(record)
                for row in by_fields[fields]:
                    if fields and (alike := index[_exactly(row.record, fields)]):
                        self._take(row, alike.pop())


def _strongest(row: FileRow, keys: Iterable[Key]) -> Key | None:
    """The first key that the row fills."""
    return next((key for key in keys if _values(row.record, key.fields) is not None), None)


def _indexed(records: Iterable[Record], fields: Sequence[str]) -> dict[Hashable, list[Record]]:
    index: dict[Hashable, list[Record]] = defaultdict(list)
    for record in records:
        values = _values(record, fields)
        if values is not None:
            index[values].append(record)
    return index


def _values(record: Record, fields: Sequence[str]) -> tuple[Hashable, ...] | None:
    """The fields as compared; None where one of them is blank."""
    values = tuple(_compared(record, name) for name in fields)
    return None if None in values else values


def _compared(record: Record, name: str) -> Any | None:  # noqa: ANN401 - whatever the field holds
    value = getattr(record, name)
    if value == record.table.by_field[name].kind.blank:
        return None
    return fold(value) if isinstance(value, str) else value


def _exactly(record: Record, fields: Sequence[str]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in fields)


def _vetoed(one: Record, other: Record, key: Key) -> bool:
    """Whether what the key sets beside its fields tells two records apart."""
    both = [_differs(one, other, name) for name in key.unless_both]
    return any(_differs(one, other, name) for name in key.unless) or (bool(both) and all(both))


def _differs(one: Record, other: Record, name: str) -> bool:
    mine, theirs = _compared(one, name), _compared(other, name)
    return mine is not None and theirs is not None and mine != theirs


def _agreement(row: FileRow, record: Record, keys: Iterable[Key]) -> int:
    """How many of the fields that name a record are the same in both, blank or not."""
    fields = {name for key in keys for name in (*key.fields, *key.unless, *key.unless_both)}
    return sum(_compared(row.record, name) == _compared(record, name) for name in fields)


def _says_other(row: FileRow, record: Record, key: Key) -> bool:
    """Whether the row would change a field of the key."""
    return any(name in row.values and _compared(row.record, name) != _compared(record, name) for name in key.fields)


def _says_nothing_new(row: FileRow, record: Record) -> bool:
    return all(getattr(record, name) == value for name, value in row.values.items())
