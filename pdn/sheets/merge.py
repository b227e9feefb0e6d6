"""The three-way merge of one record: what the person saw, what they want, what stands in the sheet now."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdn.domain.journal import JournalEntry
from pdn.french import NBSP
from pdn.schema import Cell, Column, Record, label_of, labelled
from pdn.schema.cells import is_number, shown
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import Identifier, Label, Misread
from pdn.sheets.cells import CellWrite, format_of
from pdn.sheets.change import Change, Conflict
from pdn.sheets.errors import ErrorKind, SheetsError
from pdn.sheets.journal import entry
from pdn.sheets.references import References
from pdn.sheets.tab_state import TabState

LABEL_FIELD = "label"


@dataclass(frozen=True)
class Merged:
    """What a change comes to, once it is held against the sheet.

    Attributes:
        record: The record as it will stand.
        row: Its row, counted from 0; None for a row to be added.
        writes: The cells to change (in an existing row).
        entries: The journal's entries, unsigned.
        conflicts: What the person has to settle first; nothing is written then.
    """

    record: Record
    row: int | None
    writes: tuple[CellWrite, ...] = ()
    entries: tuple[JournalEntry, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def changes_anything(self) -> bool:
        """Whether something is to be written."""
        return self.row is None or bool(self.writes)


def merge(change: Change, record_id: str, state: TabState, references: References) -> Merged:
    """Hold a change against the sheet.

    Args:
        change: What the person wants.
        record_id: The id that the record has, or is to have.
        state: Its tab as it stands.
        references: Names of other records.

    Raises:
        SheetsError: its row is gone, or a column that it needs.
    """
    row = find_row(change, record_id, state, references)
    if row is None:
        return _added(change, record_id, state, references)
    seen = change.before or type(change.after)(id=record_id)
    current, readable = _current(seen, row, state, references)
    wanted: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for column in _mergeable(change.after):
        value = getattr(change.after, column.field)
        if value == getattr(seen, column.field):
            continue
        raw = state.raw(row, state.column(column.field))
        readable_now = readable.get(column.field, False)
        stands = getattr(current, column.field)
        if readable_now and stands == value:
            continue
        if column.field in change.overwrite or (readable_now and stands == getattr(seen, column.field)):
            wanted[column.field] = value
        else:
            conflicts.append(_conflict(change, seen, column, raw, references, current if readable_now else None))
    record = labelled(dataclasses.replace(current, id=record_id, **wanted))
    if conflicts:
        return Merged(record, row, conflicts=tuple(conflicts))
    return _changed(record, row, wanted, state, references, readable, current)


def find_row(change: Change, record_id: str, state: TabState, references: References) -> int | None:
    """The row of a change, by id; of a row without an id, by what stands in it. None for a row to be added.

    Raises:
        SheetsError: the row that the person saw is no longer there.
    """
    before = change.before
    row = state.rows.get(record_id)
    if row is not None or before is None:
        return row
    if not is_provisional(before.id):
        raise _gone(before, state)
    place = int(before.id[1:]) - 1
    if state.header_row < place < len(state.grid) and _matches(before, place, state, references):
        return place
    elsewhere = [row for row in state.data_rows() if _matches(before, row, state, references)]
    if len(elsewhere) != 1:
        raise _gone(before, state)
    return elsewhere[0]


def new_row(record: Record, columns: Mapping[str, int], references: References) -> dict[int, CellWrite]:
    """The cells of a new row, by column, with their formats: also where blank, for what is typed there later."""
    return {
        columns[declared.field]: CellWrite(
            -1,
            columns[declared.field],
            references.encode(declared, getattr(record, declared.field)),
            format=format_of(declared.kind),
        )
        for declared in record.table.columns
        if declared.field in columns
    }


def _mergeable(record: Record) -> Sequence[Column]:
    return [column for column in record.table.columns if not column.kind.app_owned]


def _added(change: Change, record_id: str, state: TabState, references: References) -> Merged:
    record = labelled(dataclasses.replace(change.after, id=record_id))
    entries = []
    for column in _mergeable(record):
        value = getattr(record, column.field)
        if value != column.kind.blank:
            state.column(column.field)
            entries.append(entry(record, column, "", references.show(column, value), added=True))
    if not entries:
        entries.append(entry(record, record.table.by_field["id"], "", record_id, added=True))
    return Merged(record, None, entries=tuple(entries))


def _changed(
    record: Record,
    row: int,
    wanted: Mapping[str, Any],
    state: TabState,
    references: References,
    readable: Mapping[str, bool],
    current: Record,
) -> Merged:
    writes, entries = [], []
    for field, value in wanted.items():
        column = record.table.by_field[field]
        raw = state.raw(row, state.column(field))
        writes.append(_write(row, column, references.encode(column, value), raw, state))
        before = references.show(column, getattr(current, field)) if readable.get(field) else shown(raw)
        entries.append(entry(record, column, before, references.show(column, value)))
    if state.id_at(row) != record.id:
        column = record.table.by_field["id"]
        raw = state.raw(row, state.columns["id"])
        writes.append(_write(row, column, record.id, raw, state))
        entries.append(entry(record, column, shown(raw), record.id))
    if record.table.labelled and LABEL_FIELD in state.columns:
        raw = state.raw(row, state.columns[LABEL_FIELD])
        if raw != label_of(record) and writes:
            writes.append(_write(row, record.table.by_field[LABEL_FIELD], label_of(record), raw, state))
    return Merged(record, row, tuple(writes), tuple(entries))


def _write(row: int, column: Column, value: Cell, old: Cell, state: TabState) -> CellWrite:
    # A cell that held a number has a format already, perhaps one that a partner likes better than ours.
    number_format = format_of(column.kind) if value is not None and not is_number(old) else None
    return CellWrite(row, state.columns[column.field], value, old, number_format)


def _current(seen: Record, row: int, state: TabState, references: References) -> tuple[Record, dict[str, bool]]:
    """The record as it stands, and for each field found whether its cell could be read.

    A formula cannot be read from its text: the field keeps what the person saw of it.
    """
    values: dict[str, Any] = {}
    readable: dict[str, bool] = {}
    for column in seen.table.columns:
        if column.field not in state.columns:
            values[column.field] = getattr(seen, column.field)
            continue
        raw = state.raw(row, state.columns[column.field])
        value = references.parse(column, raw)
        formula = isinstance(raw, str) and raw.startswith("=") and value != getattr(seen, column.field)
        readable[column.field] = not formula and not isinstance(value, Misread)
        if formula:
            value = getattr(seen, column.field)
        values[column.field] = column.kind.blank if isinstance(value, Misread) else value
    return type(seen)(**values), readable


def _conflict(
    change: Change, seen: Record, column: Column, raw: Cell, references: References, current: Record | None
) -> Conflict:
    formula = current is None and isinstance(raw, str) and raw.startswith("=")
    return Conflict(
        record_type=type(change.after),
        record_id=seen.id,
        title=seen.title if seen.title != seen.id else change.after.title,
        field=column.field,
        header=column.header,
        seen=references.show(column, getattr(seen, column.field)),
        wanted=references.show(column, getattr(change.after, column.field)),
        current=shown(raw) if current is None else references.show(column, getattr(current, column.field)),
        formula=formula,
    )


def _matches(before: Record, row: int, state: TabState, references: References) -> bool:
    """Whether a row without an id of its own still holds all that the person saw of it."""
    if state.has_own_id(row) and references.data.get(type(before), state.id_at(row)) is not None:
        return False
    current, readable = _current(before, row, state, references)
    fields = [
        column.field
        for column in before.table.columns
        if not isinstance(column.kind, Identifier | Label) and readable.get(column.field, True)
    ]
    return all(getattr(current, field) == getattr(before, field) for field in fields)


def _gone(before: Record, state: TabState) -> SheetsError:
    return SheetsError(
        ErrorKind.ROW_GONE,
        f"La ligne de « {before.title} » n’est plus dans l’onglet « {state.tab.title} »{NBSP}: "
        "rien n’a été enregistré. "
        "Quelqu’un l’a supprimée ou a changé son identifiant dans la feuille.",
    )
