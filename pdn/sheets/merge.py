"""The three-way merge of one record: what the person saw, what they want, what stands in the sheet now."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdn.domain.journal import JournalEntry
from pdn.french import NBSP
from pdn.schema import Cell, Column, Record, label_of, labelled
from pdn.schema.cells import is_number, shown
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import Identifier, Label, Misread
from pdn.sheets.cells import CellWrite, format_of, same_value
from pdn.sheets.change import Change, Conflict, Restored
from pdn.sheets.errors import ErrorKind, SheetsError
from pdn.sheets.journal import added, changed
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
    wanted: dict[str, _Wanted] = {}
    conflicts: list[Conflict] = []
    for column in _mergeable(change.after):
        decided = _decide(change, column, seen, row, state, references, current, readable.get(column.field, False))
        if isinstance(decided, Conflict):
            conflicts.append(decided)
        elif decided is not None:
            wanted[column.field] = decided
    values = {field: one.value for field, one in wanted.items()}
    record = labelled(dataclasses.replace(current, id=record_id, **values))
    if conflicts:
        return Merged(record, row, conflicts=tuple(conflicts))
    unread = {field for field, could in readable.items() if not could}
    return _changed(record, row, wanted, state, references, current, unread | change.rewrite)


@dataclass(frozen=True)
class _Wanted:
    """What a cell is to hold: the record's value, the cell and how a person reads it."""

    value: Any
    cell: Cell
    text: str
    formula: bool = False


def _decide(  # noqa: PLR0913, PLR0917 - everything that one cell depends on
    change: Change,
    column: Column,
    seen: Record,
    row: int,
    state: TabState,
    references: References,
    current: Record,
    readable: bool,  # noqa: FBT001 - of the cell
) -> _Wanted | Conflict | None:
    """What becomes of one cell: written, left, or asked about."""
    field, value = column.field, getattr(change.after, column.field)
    stays = value == getattr(seen, field)
    restored = next((one for one in change.restored if one.field == field), None)
    if stays and restored is None and field not in change.rewrite:
        return None
    raw = state.raw(row, state.column(field))
    stands = getattr(current, field)
    if restored is not None:
        if _is_as_left(restored, column, raw, references):
            return _as_before(restored, column, references)
    elif readable and stands == value:
        anew = field in change.rewrite and not same_value(raw, references.encode(column, value))
        return _as_wanted(column, value, references) if anew else None
    elif stays:
        # It was to be written anew, but is no longer what was seen: there is nothing to put in order.
        return None
    elif field in change.overwrite or (readable and stands == getattr(seen, field)):
        return _as_wanted(column, value, references)
    formula = state.is_formula(row, state.column(field))
    return _conflict(change, seen, column, raw, references, current if readable else None, formula=formula)


def _as_wanted(column: Column, value: Any, references: References) -> _Wanted:  # noqa: ANN401 - whatever the kind holds
    return _Wanted(value, references.encode(column, value), references.show(column, value))


def _as_before(one: Restored, column: Column, references: References) -> _Wanted:
    value = Misread("") if one.formula else references.parse(column, one.cell)
    if isinstance(value, Misread):
        return _Wanted(column.kind.blank, one.cell, shown(one.cell), one.formula)
    return _Wanted(value, one.cell, references.show(column, value))


def _is_as_left(one: Restored, column: Column, raw: Cell, references: References) -> bool:
    """Whether a cell holds what a commit left there, perhaps written otherwise."""
    value = references.parse(column, raw)
    return same_value(raw, one.left) or (not isinstance(value, Misread) and value == references.parse(column, one.left))


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
    filled = {}
    for column in _mergeable(record):
        value = getattr(record, column.field)
        if value != column.kind.blank:
            state.column(column.field)
            filled[column] = value
    texts = {column.header: references.show(column, value) for column, value in filled.items()}
    cells = {column.field: references.encode(column, value) for column, value in filled.items()}
    return Merged(record, None, entries=(added(record, texts, cells),))


def _changed(
    record: Record,
    row: int,
    wanted: Mapping[str, _Wanted],
    state: TabState,
    references: References,
    current: Record,
    as_typed: Collection[str],
) -> Merged:
    """The cells to write; `as_typed` are the fields whose old cell is told as it was typed, not as it was read."""
    writes, entries = [], []
    for field, one in wanted.items():
        column = record.table.by_field[field]
        raw = state.raw(row, state.column(field))
        writes.append(_write(row, column, one.cell, raw, state, formula=one.formula))
        before = shown(raw) if field in as_typed else references.show(column, getattr(current, field))
        formula = field in as_typed and state.is_formula(row, state.column(field))
        entries.append(changed(record, column, (before, one.text), (raw, one.cell), formula=formula))
    if state.id_at(row) != record.id:
        column = record.table.by_field["id"]
        raw = state.raw(row, state.columns["id"])
        writes.append(_write(row, column, record.id, raw, state))
        entries.append(changed(record, column, (shown(raw), record.id), (raw, record.id)))
    if record.table.labelled and LABEL_FIELD in state.columns:
        raw = state.raw(row, state.columns[LABEL_FIELD])
        if raw != label_of(record) and writes:
            writes.append(_write(row, record.table.by_field[LABEL_FIELD], label_of(record), raw, state))
    return Merged(record, row, tuple(writes), tuple(entries))


def _write(row: int, column: Column, value: Cell, old: Cell, state: TabState, *, formula: bool = False) -> CellWrite:
    # A cell that held a number has a format already, perhaps one that a partner likes better than ours; where it gets
    # a text instead, that text is to stay one.
    keeps_its_own = value is None or (is_number(old) and not isinstance(value, str))
    number_format = None if keeps_its_own or formula else format_of(column.kind)
    return CellWrite(row, state.columns[column.field], value, old, number_format, formula=formula)


def _current(seen: Record, row: int, state: TabState, references: References) -> tuple[Record, dict[str, bool]]:
    """The record as it stands, and for each field found whether its cell could be read.

    A formula cannot be read from its text, and a column that is gone cannot be read at all: the field keeps what the
    last reading gave, which may be younger than what the person saw.
    """
    known = None if is_provisional(seen.id) else references.data.get(type(seen), seen.id)
    known = known or seen
    values: dict[str, Any] = {}
    readable: dict[str, bool] = {}
    for column in seen.table.columns:
        if column.field not in state.columns:
            values[column.field] = getattr(known, column.field)
            continue
        raw = state.raw(row, state.columns[column.field])
        value = references.parse(column, raw)
        formula = state.is_formula(row, state.columns[column.field]) and value != getattr(seen, column.field)
        readable[column.field] = not formula and not isinstance(value, Misread)
        if formula:
            value = getattr(known, column.field)
        values[column.field] = column.kind.blank if isinstance(value, Misread) else value
    return type(seen)(**values), readable


def _conflict(
    change: Change,
    seen: Record,
    column: Column,
    raw: Cell,
    references: References,
    current: Record | None,
    *,
    formula: bool,
) -> Conflict:
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
