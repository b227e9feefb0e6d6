"""What a commit sends: cells to change, rows to add and their journal, as one atomic request; and what came of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdn.domain.journal import JournalEntry
from pdn.schema import Cell, Record
from pdn.schema.cells import column_letters, is_blank, shown
from pdn.schema.reading import find_columns
from pdn.sheets.after import After
from pdn.sheets.book import Tab, quoted
from pdn.sheets.cells import CellWrite, append_request, cell_data, same_value, update_requests
from pdn.sheets.change import Renaming
from pdn.sheets.headers import rename_request
from pdn.sheets.journal import row_of
from pdn.sheets.tab_state import TabState


@dataclass(frozen=True)
class RowWrites:
    """The cells of one row to change.

    Attributes:
        state: The tab as it was read.
        row: The row, counted from 0.
        record_id: The id that stood there; empty for none.
        writes: The cells.
        record: The record that they make; None where the row only gets back what it had.
    """

    state: TabState
    row: int
    record_id: str
    writes: tuple[CellWrite, ...]
    record: Record | None = None


@dataclass(frozen=True)
class Plan:
    """One commit, ready to be sent.

    Attributes:
        commit_id: The code of its journal entries.
        rows: The rows to change.
        added: The rows to add, by tab: their cells by column, in order.
        added_ids: The ids of the rows to add, by the tab's title.
        entries: The journal's entries, signed.
        journal: The Journal's tab.
        journal_columns: Where its fields stand.
        renamings: The headers to change.
    """

    commit_id: str
    rows: tuple[RowWrites, ...]
    added: Sequence[tuple[TabState, Sequence[Mapping[int, CellWrite]]]]
    added_ids: Mapping[str, Sequence[str]]
    entries: tuple[JournalEntry, ...]
    journal: Tab
    journal_columns: Mapping[str, int]
    renamings: tuple[tuple[TabState, Renaming], ...] = ()

    @property
    def states(self) -> tuple[TabState, ...]:
        """The tabs that it touches, each once."""
        touched = (*(r.state for r in self.rows), *(s for s, _ in self.added), *(s for s, _ in self.renamings))
        found = {state.tab.title: state for state in touched}
        return tuple(found.values())

    def requests(self) -> list[dict[str, Any]]:
        """The requests of the one batchUpdate."""
        by_tab: dict[int, list[CellWrite]] = {}
        for row in self.rows:
            by_tab.setdefault(row.state.tab.sheet_id, []).extend(row.writes)
        requests = [one for sheet_id, writes in by_tab.items() for one in update_requests(sheet_id, writes)]
        for state, rows in self.added:
            cells = [{c: cell_data(w.value, w.format) for c, w in row.items()} for row in rows]
            requests.append(append_request(state.tab.sheet_id, cells))
        requests += [rename_request(state, renaming) for state, renaming in self.renamings]
        if self.entries:
            journal_rows = [row_of(one, self.journal_columns) for one in self.entries]
            requests.append(append_request(self.journal.sheet_id, journal_rows))
        return requests

    def ranges(self) -> list[str]:
        """What to ask back: the header of each tab touched, and its rows changed."""
        asked = []
        for state in self.states:
            rows = {row.row for row in self.rows if row.state.tab.title == state.tab.title}
            asked += [f"{quoted(state.tab.title)}!{a + 1}:{b + 1}" for a, b in _runs({state.header_row, *rows})]
        return asked

    def commit_range(self) -> str:
        """Where the codes of all commits stand in the Journal."""
        letters = column_letters(self.journal_columns["commit_id"])
        return f"{quoted(self.journal.title)}!{letters}:{letters}"


@dataclass(frozen=True)
class Astray:
    """A cell that was written where somebody had just moved something else.

    Attributes:
        state: The tab as it was read before.
        write: What was written.
        cells: The row that was hit, as it stands after.
        header: The header as it stands after.
        hits: Every column that was written in that row: what stands there says nothing of whose row it is.
    """

    state: TabState
    write: CellWrite
    cells: Sequence[Cell]
    header: Sequence[Cell]
    hits: frozenset[int]


def astray(plan: Plan, after: Mapping[str, After]) -> tuple[list[Astray], bool]:
    """Which cells were written at a wrong place, and whether rows were added under wrong columns."""
    found: list[Astray] = []
    columns_moved = False
    for state in plan.states:
        now = after.get(state.tab.title)
        if now is None or now.sheet_id != state.tab.sheet_id:
            # The tab itself was renamed or swapped in that instant: nothing of it can be told from this answer.
            header: Sequence[Cell] = ()
            rows: Mapping[int, Sequence[Cell]] = {}
        else:
            header, rows = now.rows.get(state.header_row, ()), now.rows
        places, _ = find_columns(state.record_type.table, header)
        moved = {column for field, column in state.columns.items() if places.get(field) != column}
        columns_moved = columns_moved or (bool(moved) and any(s is state for s, _ in plan.added))
        for row in plan.rows:
            if row.state.tab.title != state.tab.title:
                continue
            cells = rows.get(row.row, ())
            right_row = _same_row(row, cells, header)
            hits = frozenset(write.column for write in row.writes)
            found += [
                Astray(state, write, cells, header, hits)
                for write in row.writes
                if not right_row or write.column in moved
            ]
    return found, columns_moved


def _same_row(row: RowWrites, cells: Sequence[Cell], header: Sequence[Cell]) -> bool:
    """Whether the row that was hit is the one that was meant: by its id, or by its other cells if we wrote the id."""
    id_column = find_columns(row.state.record_type.table, header)[0].get("id")
    if id_column is None:
        return False
    written = {write.column for write in row.writes}
    if row.record_id and row.state.columns["id"] not in written:
        return shown(_at(cells, id_column)).strip() == row.record_id
    return looks_alike(row.state.grid[row.row], cells, written)


def looks_alike(one: Sequence[Cell], other: Sequence[Cell], apart_from: Collection[int]) -> bool:
    """Whether two rows hold the same but for a few cells: more of those filled are equal than differ."""
    equal = different = 0
    for column in range(max(len(one), len(other))):
        if column in apart_from or (is_blank(_at(one, column)) and is_blank(_at(other, column))):
            continue
        if same_value(_at(one, column), _at(other, column)):
            equal += 1
        else:
            different += 1
    return equal > different or (not equal and not different)


def _at(cells: Sequence[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else None


def _runs(rows: set[int]) -> list[tuple[int, int]]:
    """The rows as runs of neighbours: {3, 4, 5, 9} is [(3, 5), (9, 9)]."""
    runs: list[tuple[int, int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
