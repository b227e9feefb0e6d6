"""Where a commit landed: which of its cells hit a row or a column that somebody had just put in another's place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pdn.french import fold
from pdn.schema import Cell
from pdn.schema.cells import is_blank, shown
from pdn.schema.reading import HEADER_SEARCH_ROWS, find_columns
from pdn.sheets.after import After
from pdn.sheets.cells import CellWrite, same_value
from pdn.sheets.tab_state import TabState, same_text, unwritten

Row = Sequence[Cell]


@dataclass(frozen=True)
class RowNow:
    """A row as it stands after something was written in it.

    Attributes:
        cells: What stands in it.
        header: The header of its tab, without what was written in that.
        is_header: Whether it is the header itself.
        hits: The columns that were written: what stands there says nothing of whose row it is.
        place: The row's number, counted from 0: of two rows alike, the nearer one is meant.
    """

    cells: Row
    header: Row
    is_header: bool
    hits: frozenset[int]
    place: int


@dataclass(frozen=True)
class Hit:
    """One cell that was written.

    Attributes:
        state: The tab as it was read before.
        write: What was written.
        row: The row that was hit.
        right: Whether it is the one that was meant, under the right column.
    """

    state: TabState
    write: CellWrite
    row: RowNow
    right: bool


def hits_on(
    state: TabState, meant: Sequence[tuple[int, str, Sequence[CellWrite]]], after: After | None
) -> tuple[list[Hit], bool]:
    """What was hit in one tab, and whether its columns moved.

    Args:
        state: The tab as it was read before.
        meant: For each row written: its number, the id that stood there, and its cells.
        after: The tab as it stands after; None where the answer has nothing of it.
    """
    rows: Mapping[int, Row] = after.rows if after else {}
    header_row = _header_row(state, rows)
    written = {row: frozenset(write.column for write in writes) for row, _, writes in meant}
    header = (
        () if header_row is None else unwritten(state.header, rows[header_row], written.get(header_row, frozenset()))
    )
    places, _ = find_columns(state.record_type.table, header)
    columns = align(state.header, header)
    moved = {column for field, column in state.columns.items() if places.get(field) != column}
    # What is put back may stand under a header that is nobody's field any more.
    strangers = {column for column in range(len(state.header)) if columns.get(column) != column}
    found = []
    for row, record_id, writes in meant:
        now = RowNow(rows.get(row, ()), header, row == header_row, written[row], row)
        # Only what is put back is ever meant for the header.
        if row == state.header_row:
            right = now.is_header
        else:
            right = not now.is_header and _is_meant(state, row, record_id, now, places.get("id"))
        found += [Hit(state, write, now, right and write.column not in moved | strangers) for write in writes]
    return found, bool(moved)


def find_row(state: TabState, now: RowNow, *, holding: CellWrite | None = None) -> int | None:
    """The row of a tab, as it was read at another moment, that is this one.

    Args:
        state: The tab at the other moment.
        now: The row.
        holding: What was written in it, where it must stand there still.
    """
    if now.is_header:
        return state.header_row
    columns = align(now.header, state.header)
    id_column = find_columns(state.record_type.table, now.header)[0].get("id")
    record_id = "" if id_column is None or id_column in now.hits else shown(at(now.cells, id_column)).strip()
    best: tuple[int, int, int] | None = None
    for row in range(len(state.grid)):
        if row == state.header_row or (record_id and state.id_at(row) != record_id):
            continue
        if holding is not None:
            column = columns.get(holding.column)
            if column is None or not same_value(state.raw(row, column), holding.value):
                continue
        equal, different = _likeness(now, state.grid[row], columns)
        if not (
            record_id
            or equal > different
            or (equal == different == 0 and (holding is not None or row == now.place))
            or (equal and _is_told_apart(now, state, row, columns))
        ):
            continue
        rank = (different - equal, abs(row - now.place), row)
        best = rank if best is None else min(best, rank)
    return None if best is None else best[2]


@dataclass(frozen=True)
class Before:
    """What stood in a cell, whether it was a formula, and the id of its row."""

    cell: Cell = None
    formula: bool = False
    record_id: str = ""


def before(hit: Hit) -> Before:
    """What stood in a cell before it was hit, if the tab had it when it was read; else nothing."""
    column = align(hit.row.header, hit.state.header).get(hit.write.column)
    row = find_row(hit.state, hit.row)
    if row is None or column is None:
        return Before()
    record_id = "" if row == hit.state.header_row else hit.state.id_at(row)
    return Before(hit.state.raw(row, column), hit.state.is_formula(row, column), record_id)


def align(one: Row, other: Row) -> dict[int, int]:
    """The columns of one header in another: by their text; those without, or renamed, in their order."""
    free = dict.fromkeys(range(len(other)))
    found: dict[int, int] = {}
    for column, cell in enumerate(one):
        place = next((c for c in free if not is_blank(cell) and same_text(cell, other[c])), None)
        if place is not None:
            found[column] = place
            del free[place]
    blanks = [column for column, cell in enumerate(one) if column not in found and is_blank(cell)]
    found |= zip(blanks, [column for column in free if is_blank(other[column])], strict=False)
    left = [column for column in range(len(one)) if column not in found]
    places = [column for column in range(len(other)) if column not in found.values()]
    if len(left) == len(places):
        found |= zip(left, places, strict=True)
    # Beyond the header nothing tells columns apart but their number.
    return found | {column: column - len(one) + len(other) for column in range(len(one), len(one) + 100)}


def at(cells: Row, column: int) -> Cell:
    """A cell of a row, which Google cuts short after its last one that is filled."""
    return cells[column] if column < len(cells) else None


def _header_row(state: TabState, rows: Mapping[int, Row]) -> int | None:
    """The row, among the first ones, that the header is now: it holds the most of the texts that it held."""
    texts = {fold(shown(cell)) for cell in state.header if not is_blank(cell)}
    best, best_count = None, 0
    for row in sorted(rows):
        count = len({fold(shown(cell)) for cell in rows[row]} & texts)
        if row <= max(HEADER_SEARCH_ROWS, state.header_row) and count > best_count:
            best, best_count = row, count
    return best


def _is_meant(state: TabState, row: int, record_id: str, now: RowNow, id_column: int | None) -> bool:
    """Whether the row that was hit is the one that was meant: by its id, or by its other cells if we wrote the id."""
    if id_column is None:
        return False
    if record_id and state.columns["id"] not in now.hits:
        return shown(at(now.cells, id_column)).strip() == record_id
    return find_row(state, now) == row


def _is_told_apart(now: RowNow, state: TabState, row: int, columns: Mapping[int, int]) -> bool:
    """Whether a row has, in one column at least, the same as this one and as no other."""
    for column, place in columns.items():
        cell = at(now.cells, column)
        if column in now.hits or is_blank(cell):
            continue
        if [other for other in state.data_rows() if same_value(state.raw(other, place), cell)] == [row]:
            return True
    return False


def _likeness(now: RowNow, cells: Row, columns: Mapping[int, int]) -> tuple[int, int]:
    """How many cells are equal and how many differ, those written left aside."""
    equal = different = 0
    for one, other in _pairs(now, cells, columns):
        if is_blank(one) and is_blank(other):
            continue
        if same_value(one, other):
            equal += 1
        else:
            different += 1
    return equal, different


def _pairs(now: RowNow, cells: Row, columns: Mapping[int, int]) -> Iterator[tuple[Cell, Cell]]:
    for column in range(max(len(now.cells), len(now.header))):
        if column not in now.hits and column in columns:
            yield at(now.cells, column), at(cells, columns[column])
