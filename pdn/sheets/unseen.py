"""Where cells landed whose answer was lost: told from what stands in the sheet now and did not stand there before."""

from collections.abc import Iterator

from pdn.schema.cells import is_blank, shown
from pdn.sheets.cells import CellWrite, same_value
from pdn.sheets.landing import Hit, RowNow, align, at, before, find_row
from pdn.sheets.plan import RowWrites
from pdn.sheets.tab_state import TabState, same_text, unwritten


def unseen_hits(row: RowWrites, state: TabState) -> Iterator[Hit]:
    """The cells of a row that landed elsewhere than they were meant to.

    They are looked for where they were sent, in the header, and then in any row that holds all of them: one value
    alone, a date or a choice, says nothing where another row had it before.

    Args:
        row: What was sent.
        state: The tab as it stands now.
    """
    missing = [write for write in row.writes if not _is_there(row, write, state)]
    if not missing:
        return
    meant = meant_row(row, state)
    places = dict.fromkeys((row.row, state.header_row))
    if _is_telling(row):
        places |= dict.fromkeys(place for place in state.data_rows() if _holds(state, place, row.writes))
    for place in places:
        found = [
            hit
            for write in missing
            if place != meant or align(row.state.header, state.header).get(write.column) != write.column
            if (hit := _hit(row, write, place, state)) is not None
        ]
        yield from found
        if found:
            return


def meant_row(row: RowWrites, state: TabState) -> int | None:
    """The row that was meant, as the tab stands now: by its id, or by its other cells if we wrote the id."""
    written = frozenset(write.column for write in row.writes)
    if row.record_id and row.state.columns["id"] not in written:
        return state.rows.get(row.record_id)
    return find_row(
        state, RowNow(row.state.grid[row.row], row.state.header, is_header=False, hits=written, place=row.row)
    )


def _hit(row: RowWrites, write: CellWrite, place: int, state: TabState) -> Hit | None:
    """One cell where it landed; None where it did not, or where the same stood before."""
    if place >= len(state.grid) or not same_value(state.raw(place, write.column), write.value):
        return None
    header = state.header
    if place == state.header_row:
        there = state.grid[place]
        written = {one.column for one in row.writes if same_value(at(there, one.column), one.value)}
        header = unwritten(row.state.header, there, written)
        if is_blank(at(header, write.column)) or same_text(at(header, write.column), write.value):
            return None
    hits = frozenset(one.column for one in row.writes)
    now = RowNow(state.grid[place], header, place == state.header_row, hits, place)
    hit = Hit(row.state, CellWrite(place, write.column, write.value), now, right=False)
    return None if same_value(before(hit).cell, write.value) else hit


def _is_there(row: RowWrites, write: CellWrite, state: TabState) -> bool:
    """Whether a cell stands where it was meant to."""
    place, column = meant_row(row, state), align(row.state.header, state.header).get(write.column)
    return place is not None and column is not None and same_value(state.raw(place, column), write.value)


def _is_telling(row: RowWrites) -> bool:
    """Whether what was written tells its row from all others."""
    values = {shown(write.value): write for write in row.writes if write.value is not None}
    return len(values) > 1 or any(
        all(not same_value(row.state.raw(place, write.column), write.value) for place in row.state.data_rows())
        for write in values.values()
    )


def _holds(state: TabState, place: int, writes: tuple[CellWrite, ...]) -> bool:
    return all(same_value(state.raw(place, write.column), write.value) for write in writes)
