"""Putting back what a commit overwrote because somebody sorted or inserted in that very instant."""

from collections.abc import Mapping, Sequence

from pdn.domain.journal import JournalEntry
from pdn.french import fold
from pdn.schema import Cell
from pdn.schema.cells import shown
from pdn.schema.reading import find_columns
from pdn.sheets.cells import CellWrite, same_value
from pdn.sheets.journal import Action
from pdn.sheets.plan import Astray, RowWrites, looks_alike
from pdn.sheets.tab_state import TabState


def put_back(found: Sequence[Astray], now: Mapping[int, TabState]) -> tuple[list[RowWrites], list[JournalEntry]]:
    """The cells to put back, and the journal's entries (unsigned).

    Args:
        found: What was written at a wrong place.
        now: The tabs as they stand now, by sheet id.
    """
    rows: list[RowWrites] = []
    entries: list[JournalEntry] = []
    for one in found:
        state = now[one.state.tab.sheet_id]
        place = _place(one, state)
        if place is None or not same_value(state.raw(*place), one.write.value):
            # Whoever moved it has already written something else there.
            continue
        row, column = place
        old = _old_value(one)
        write = CellWrite(row, column, old, one.write.value, formula=_is_formula(old))
        rows.append(RowWrites(state, row, state.id_at(row), (write,)))
        entries.append(_entry(state, write, header=shown(_at(state.header, column))))
    return rows, entries


def clear_added(ids: Sequence[str], state: TabState) -> list[RowWrites]:
    """The cells of rows that were added under columns that somebody had just moved: emptied, to be added again."""
    rows = []
    for row in state.data_rows():
        if not any(shown(cell).strip() in ids for cell in state.grid[row]):
            continue
        writes = [
            CellWrite(row, column, None, cell) for column, cell in enumerate(state.grid[row]) if not _is_formula(cell)
        ]
        rows.append(RowWrites(state, row, state.id_at(row), tuple(writes)))
    return rows


def _place(one: Astray, state: TabState) -> tuple[int, int] | None:
    """Where the cell that was hit stands now: its row by id or by what else it holds, its column by header."""
    header = shown(_at(one.header, one.write.column))
    if header.strip():
        columns = [c for c, cell in enumerate(state.header) if fold(shown(cell)) == fold(header)]
        column = columns[0] if columns else None
    else:
        column = one.write.column
    row = _row_of(one, state)
    return None if row is None or column is None else (row, column)


def _old_value(one: Astray) -> Cell:
    """What stood in the cell before it was hit, if the tab had it when it was read; nothing otherwise."""
    header = shown(_at(one.header, one.write.column))
    row = _row_of(one, one.state)
    columns = [c for c, cell in enumerate(one.state.header) if fold(shown(cell)) == fold(header)]
    return one.state.raw(row, columns[0]) if row is not None and columns and header.strip() else None


def _row_of(one: Astray, state: TabState) -> int | None:
    """The row of a tab that was hit, whatever stands in the columns that were."""
    id_column = find_columns(state.record_type.table, one.header)[0].get("id")
    record_id = "" if id_column is None or id_column in one.hits else shown(_at(one.cells, id_column)).strip()
    if record_id:
        return state.rows.get(record_id)
    alike = [row for row in state.data_rows() if looks_alike(state.grid[row], one.cells, one.hits)]
    return alike[0] if len(alike) == 1 else None


def _entry(state: TabState, write: CellWrite, header: str) -> JournalEntry:
    return JournalEntry(
        action=Action.PUT_BACK,
        tab=state.tab.title,
        record_id=state.id_at(write.row),
        record_title=state.id_at(write.row),
        field=header,
        before=shown(write.old),
        after=shown(write.value),
    )


def _is_formula(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.startswith("=")


def _at(cells: Sequence[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else None
