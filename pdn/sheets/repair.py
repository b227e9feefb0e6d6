"""Putting back what a commit wrote because somebody sorted or inserted in that very instant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pdn.domain.journal import JournalEntry
from pdn.schema import Cell, Dataset
from pdn.schema.cells import shown
from pdn.sheets.cells import CellWrite, same_value
from pdn.sheets.journal import Action
from pdn.sheets.landing import Hit, align, at, before, find_row
from pdn.sheets.plan import Plan, RowWrites
from pdn.sheets.tab_state import TabState
from pdn.sheets.unseen import meant_row, unseen_hits


@dataclass
class PutBack:
    """The cells to put back, and the journal's entries, unsigned.

    Attributes:
        now: The tabs as they stand now, by sheet id.
        data: The data as it was read, which knows a text that begins with « = » from a formula.
        rows: The cells.
        entries: The entries.
    """

    now: Mapping[int, TabState]
    data: Dataset
    rows: list[RowWrites] = field(default_factory=list)
    entries: list[JournalEntry] = field(default_factory=list)
    _done: set[tuple[int, int, int]] = field(default_factory=set)

    def take_back(self, hits: Iterable[Hit]) -> None:
        """What stood in these cells before, wherever they are now, if they still hold what was written."""
        for hit in hits:
            state = self.now.get(hit.state.tab.sheet_id)
            if state is None:
                continue
            row = find_row(state, hit.row, holding=hit.write)
            column = align(hit.row.header, state.header).get(hit.write.column)
            if row is None or column is None or not same_value(state.raw(row, column), hit.write.value):
                # Whoever moved it has already written something else there.
                continue
            old, record_id = before(hit)
            self._put(state, (row, column), old, hit.write.value, record_id)

    def take_out(self, plan: Plan) -> None:
        """The rows that a plan added, wherever its cells are now: emptied of what it wrote."""
        for state, rows in plan.added:
            now = self.now.get(state.tab.sheet_id)
            if now is None:
                continue
            for record_id, cells in zip(plan.added_ids[state.tab.title], rows, strict=True):
                written = [write.value for write in cells.values() if write.value is not None]
                self._empty(now, record_id, written)

    def take_back_unseen(self, plan: Plan, *, whole: bool) -> bool:
        """What a plan wrote astray when nobody saw it land: what stands where it did not stand before.

        Args:
            plan: What was sent, and landed.
            whole: Whether what landed right is to be taken back too, where something is astray.

        Returns:
            Whether anything of it is astray.
        """
        standing = [(row, self.now[row.state.tab.sheet_id]) for row in plan.rows if row.state.tab.sheet_id in self.now]
        found = [hit for row, state in standing for hit in unseen_hits(row, state)]
        misplaced = any(
            _is_misplaced(state, now, record_id, cells)
            for state, rows in plan.added
            if (now := self.now.get(state.tab.sheet_id)) is not None
            for record_id, cells in zip(plan.added_ids[state.tab.title], rows, strict=True)
        )
        if found or misplaced:
            self.take_back(found)
            if whole:
                for row, state in standing:
                    self._take_back_meant(row, state)
            if whole or misplaced:
                self.take_out(plan)
        return bool(found) or misplaced

    def _take_back_meant(self, row: RowWrites, state: TabState) -> None:
        place = meant_row(row, state)
        columns = align(row.state.header, state.header)
        for write in row.writes:
            column = columns.get(write.column)
            if place is not None and column is not None and same_value(state.raw(place, column), write.value):
                self._put(state, (place, column), write.old, write.value, row.record_id)

    def _put(self, state: TabState, place: tuple[int, int], old: Cell, value: Cell, record_id: str) -> None:
        row, column = place
        key = (state.tab.sheet_id, row, column)
        if key in self._done or same_value(old, value):
            return
        self._done.add(key)
        formula = _is_formula(old) and not self._is_text(state, record_id, column, old)
        write = CellWrite(row, column, old, value, formula=formula)
        is_header = row == state.header_row
        self.rows.append(RowWrites(state, row, "" if is_header else state.id_at(row), (write,)))
        header = shown(old) if is_header else shown(at(state.header, column))
        self.entries.append(_entry(state, record_id, header, value, old))

    def _is_text(self, state: TabState, record_id: str, column: int, old: Cell) -> bool:
        """Whether what begins with « = » was read as that very text."""
        record = self.data.get(state.record_type, record_id)
        names = [name for name, place in state.columns.items() if place == column]
        return record is not None and any(getattr(record, name) == old for name in names)

    def _empty(self, state: TabState, record_id: str, written: Sequence[Cell]) -> None:
        row = _holding(state, record_id)
        if row is None:
            return
        writes = tuple(
            CellWrite(row, column, None, cell)
            for column, cell in enumerate(state.grid[row])
            if any(same_value(cell, one) for one in written)
        )
        self.rows.append(RowWrites(state, row, state.id_at(row), writes))
        self.entries.append(_entry(state, record_id, "", record_id, None))


def _is_misplaced(state: TabState, now: TabState, record_id: str, cells: Mapping[int, CellWrite]) -> bool:
    """Whether a row was added under columns that had just moved."""
    row = _holding(now, record_id)
    columns = align(state.header, now.header)
    return row is not None and any(
        columns.get(column) != column
        and same_value(now.raw(row, column), write.value)
        and not same_value(now.raw(row, columns.get(column, column)), write.value)
        for column, write in cells.items()
        if write.value is not None
    )


def _holding(state: TabState, record_id: str) -> int | None:
    """The row in which an id stands, whatever the column."""
    rows = (row for row in state.data_rows() if any(shown(cell).strip() == record_id for cell in state.grid[row]))
    return next(rows, None)


def _entry(state: TabState, record_id: str, header: str, found: Cell, put: Cell) -> JournalEntry:
    return JournalEntry(
        action=Action.PUT_BACK,
        tab=state.tab.title,
        record_id=record_id,
        record_title=record_id,
        field=header,
        before=shown(found),
        after=shown(put),
    )


def _is_formula(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.startswith("=")
