"""What a commit sends: cells to change, rows to add and their journal, as one atomic request; and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdn.domain.journal import JournalEntry
from pdn.schema import Record
from pdn.schema.cells import column_letters
from pdn.schema.reading import HEADER_SEARCH_ROWS
from pdn.sheets.after import After
from pdn.sheets.book import Tab, quoted
from pdn.sheets.cells import CellWrite, append_request, cell_data, update_requests
from pdn.sheets.change import Renaming
from pdn.sheets.headers import rename_request
from pdn.sheets.journal import row_of
from pdn.sheets.landing import Hit, hits_on
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
        """What to ask back: the first rows of each tab touched, where the header is now, and its rows changed."""
        asked = []
        for state in self.states:
            first = range(min(max(HEADER_SEARCH_ROWS, state.header_row + 1), state.tab.rows))
            rows = {row.row for row in self.rows if row.state.tab.title == state.tab.title}
            asked += [f"{quoted(state.tab.title)}!{a + 1}:{b + 1}" for a, b in _runs({*first, *rows})]
        return asked

    def commit_range(self) -> str:
        """Where the codes of all commits stand in the Journal."""
        letters = column_letters(self.journal_columns["commit_id"])
        return f"{quoted(self.journal.title)}!{letters}:{letters}"


@dataclass(frozen=True)
class Landing:
    """Where a plan landed.

    Attributes:
        hits: Its cells, each with the row that it hit.
        columns_moved: Whether rows were added under columns that were no longer theirs.
    """

    hits: tuple[Hit, ...]
    columns_moved: bool

    @property
    def astray(self) -> bool:
        """Whether anything of it is where it was not meant to be."""
        return self.columns_moved or not all(hit.right for hit in self.hits)


def landing(plan: Plan, after: Mapping[int, After]) -> Landing:
    """Where a plan landed, from what its answer gives back of each tab, by sheet id."""
    hits: list[Hit] = []
    columns_moved = False
    for state in plan.states:
        cells: dict[tuple[int, str], list[CellWrite]] = {}
        for row in plan.rows:
            if row.state.tab.sheet_id == state.tab.sheet_id:
                cells.setdefault((row.row, row.record_id), []).extend(row.writes)
        meant = [(row, record_id, writes) for (row, record_id), writes in cells.items()]
        found, moved = hits_on(state, meant, after.get(state.tab.sheet_id))
        hits += found
        columns_moved = columns_moved or (moved and any(s is state for s, _ in plan.added))
    return Landing(tuple(hits), columns_moved)


def _runs(rows: set[int]) -> list[tuple[int, int]]:
    """The rows as runs of neighbours: {3, 4, 5, 9} is [(3, 5), (9, 9)]."""
    runs: list[tuple[int, int]] = []
    for row in sorted(rows):
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
