"""Putting back what a commit wrote because somebody sorted or inserted in that very instant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pdn.domain.journal import JournalEntry
from pdn.schema import Cell
from pdn.schema.cells import shown
from pdn.sheets.cells import CellWrite, same_value
from pdn.sheets.journal import Action
from pdn.sheets.landing import Before, Hit, align, at, before, find_row
from pdn.sheets.plan import Plan, RowWrites
from pdn.sheets.tab_state import TabState
from pdn.sheets.unseen import meant_row, unseen_hits


@dataclass
class PutBack:
    """The cells to put back, and the journal's entries, unsigned.

    Attributes:
        now: The tabs as they stand now, by sheet id.
        rows: The cells.
        entries: The entries.
        emptied: The rows that were added, by sheet id and number.
    """

    now: Mapping[int, TabState]
    rows: list[RowWrites] = field(default_factory=list)
    entries: list[JournalEntry] = field(default_factory=list)
    emptied: set[tuple[int, int]] = field(default_factory=set)
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
            self._put(state, (row, column), before(hit), hit.write.value)

    def missed(self, hits: Iterable[Hit]) -> list[Hit]:
        """What is to be taken back of this very repair, once it landed: all of a row that was not emptied whole.

        A row that was added is found by its id, which must not go before the rest of it.
        """
        landed = list(hits)
        broken = {(hit.state.tab.sheet_id, hit.write.row) for hit in landed if not hit.right} & self.emptied
        return [hit for hit in landed if not hit.right or (hit.state.tab.sheet_id, hit.write.row) in broken]

    def take_out(self, plan: Plan) -> None:
        """The rows that a plan added, wherever its cells are now: emptied of what it wrote."""
        for state, rows in plan.added:
            now = self.now.get(state.tab.sheet_id)
            if now is None:
                continue
            for record_id, cells in zip(plan.added_ids[state.tab.title], rows, strict=True):
                self._empty(now, record_id, _values(cells))

    def take_back_unseen(self, plan: Plan, *, whole: bool) -> bool:
        """What a plan wrote astray when nobody saw it land: what stands where it did not stand before.

        Args:
            plan: What was sent, and landed.
            whole: Whether what landed right is to be taken back too, where something is astray.

        Returns:
            Whether anything of it is astray, or a row that was meant is gone or is still as it was.
        """
        standing = [(row, self.now[row.state.tab.sheet_id]) for row in plan.rows if row.state.tab.sheet_id in self.now]
        found = [hit for row, state in standing for hit in unseen_hits(row, state)]
        misplaced = any(
            _is_misplaced(state, now, record_id, cells)
            for state, rows in plan.added
            if (now := self.now.get(state.tab.sheet_id)) is not None
            for record_id, cells in zip(plan.added_ids[state.tab.title], rows, strict=True)
        )
        # A cell that was emptied where nothing stood shows nowhere: only the row that was meant tells.
        missing = any(_is_missing(row, state) for row, state in standing)
        if found or misplaced or missing:
            self.take_back(found)
            if whole:
                for row, state in standing:
                    self._take_back_meant(row, state)
            if whole or misplaced:
                self.take_out(plan)
        return bool(found) or misplaced or missing

    def _take_back_meant(self, row: RowWrites, state: TabState) -> None:
        place = meant_row(row, state)
        columns = align(row.state.header, state.header)
        for write in row.writes:
            column = columns.get(write.column)
            if place is not None and column is not None and same_value(state.raw(place, column), write.value):
                formula = row.state.is_formula(row.row, write.column)
                self._put(state, (place, column), Before(write.old, formula, row.record_id), write.value)

    def _put(self, state: TabState, place: tuple[int, int], old: Before, value: Cell) -> None:
        row, column = place
        key = (state.tab.sheet_id, row, column)
        if key in self._done or same_value(old.cell, value):
            return
        self._done.add(key)
        write = CellWrite(row, column, old.cell, value, formula=old.formula)
        is_header = row == state.header_row
        self.rows.append(RowWrites(state, row, "" if is_header else state.id_at(row), (write,)))
        header = shown(old.cell) if is_header else shown(at(state.header, column))
        self.entries.append(_entry(state, old.record_id, header, value, old.cell))

    def _empty(self, state: TabState, record_id: str, written: Sequence[Cell]) -> None:
        row = _holding(state, record_id, written)
        if row is None:
            return
        writes = tuple(
            CellWrite(row, column, None, cell)
            for column, cell in enumerate(state.grid[row])
            if any(same_value(cell, one) for one in written)
        )
        self.rows.append(RowWrites(state, row, state.id_at(row), writes))
        self.emptied.add((state.tab.sheet_id, row))
        self.entries.append(_entry(state, record_id, "", record_id, None))


def _is_missing(row: RowWrites, state: TabState) -> bool:
    """Whether the row that was meant is gone, or one of its cells still as it was before it was written."""
    place, columns = meant_row(row, state), align(row.state.header, state.header)
    return place is None or any(
        same_value(state.raw(place, column), write.old) and not same_value(write.old, write.value)
        for write in row.writes
        if (column := columns.get(write.column)) is not None
    )


def _is_misplaced(state: TabState, now: TabState, record_id: str, cells: Mapping[int, CellWrite]) -> bool:
    """Whether a row was added under columns that had just moved."""
    row = _holding(now, record_id, _values(cells))
    columns = align(state.header, now.header)
    return row is not None and any(
        columns.get(column) != column
        and same_value(now.raw(row, column), write.value)
        and not same_value(now.raw(row, columns.get(column, column)), write.value)
        for column, write in cells.items()
        if write.value is not None
    )


def _values(cells: Mapping[int, CellWrite]) -> list[Cell]:
    return [write.value for write in cells.values() if write.value is not None]


def _holding(state: TabState, record_id: str, written: Sequence[Cell]) -> int | None:
    """The row in which an id stands, whatever the column; or all else that was written with it, where that is gone.

    Somebody may have typed over the id, which stood under another column's header.
    """
    for row in state.data_rows():
        if any(shown(cell).strip() == record_id for cell in state.grid[row]):
            return row
    others = [value for value in written if value != record_id]
    prefix = f"{state.record_type.table.prefix}-"
    alike = [
        row
        for row in state.data_rows()
        if not state.id_at(row).startswith(prefix)
        and all(any(same_value(cell, value) for cell in state.grid[row]) for value in others)
    ]
    return alike[0] if others and len(alike) == 1 else None


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
