"""A tab as it stands at the moment of a commit: what was typed in its cells, its columns, its rows by id."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pdn.french import NBSP, fold
from pdn.schema import Cell, Record
from pdn.schema.cells import is_blank, shown
from pdn.schema.ids import is_provisional
from pdn.schema.reading import HEADER_SEARCH_ROWS, find_columns, find_header
from pdn.sheets.book import Grid, Metadata, Tab
from pdn.sheets.cells import same_value
from pdn.sheets.errors import ErrorKind, SheetsError

PROVISION = "Complétez la feuille depuis la page « Qualité des données »."


@dataclass(frozen=True)
class Overwritten:
    """What may have been written in a header by mistake.

    Attributes:
        header: The header as it was.
        values: What was written.
        cleared: The columns that were emptied.
    """

    header: Sequence[Cell]
    values: Sequence[Cell] = ()
    cleared: frozenset[int] = frozenset()

    def without(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """A header as it was before it was written in."""
        written = {
            column
            for column, cell in enumerate(cells)
            if (column in self.cleared if is_blank(cell) else any(same_value(cell, one) for one in self.values))
        }
        return unwritten(self.header, cells, written)


@dataclass(frozen=True)
class TabState:
    """A tab read with its formulas.

    Attributes:
        record_type: The record that it holds.
        tab: Its title and id.
        grid: Its cells as they were typed: a formula is its text, a date its serial number.
        header_row: The header's row, counted from 0.
        header: Its cells, without what was written in them by mistake.
        columns: The column of each field, counted from 0.
        texts: The cells, by row and column, that look like a formula and are a text.
    """

    record_type: type[Record]
    tab: Tab
    grid: Grid
    header_row: int
    header: Sequence[Cell]
    columns: Mapping[str, int]
    texts: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each id, the first where it stands twice (as in reading)."""
        found: dict[str, int] = {}
        for row in self.data_rows():
            if (record_id := self.id_at(row)) and not is_provisional(record_id):
                found.setdefault(record_id, row)
        return found

    def data_rows(self) -> Iterator[int]:
        """The rows under the header that hold anything."""
        for row in range(self.header_row + 1, len(self.grid)):
            if any(not is_blank(cell) for cell in self.grid[row]):
                yield row

    def raw(self, row: int, column: int) -> Cell:
        """What was typed in a cell."""
        cells = self.grid[row] if row < len(self.grid) else []
        return cells[column] if column < len(cells) and not is_blank(cells[column]) else None

    def is_formula(self, row: int, column: int) -> bool:
        """Whether a cell computes what it shows."""
        return looks_like_formula(self.raw(row, column)) and (row, column) not in self.texts

    def id_at(self, row: int) -> str:
        """The id that stands in a row; empty for none."""
        return shown(self.raw(row, self.columns["id"])).strip()

    def has_own_id(self, row: int) -> bool:
        """Whether the row has an id that no row above has."""
        return self.rows.get(self.id_at(row)) == row

    def column(self, field: str) -> int:
        """The column of a field.

        Raises:
            SheetsError: it is missing from the sheet.
        """
        if field not in self.columns:
            header = self.record_type.table.by_field[field].header
            raise SheetsError(
                ErrorKind.COLUMN_MISSING,
                f"La colonne « {header} » manque dans l’onglet « {self.tab.title} »{NBSP}: rien n’a été enregistré. "
                f"Remettez l’en-tête dans la feuille. {PROVISION}",
            )
        return self.columns[field]


def unwritten(before: Sequence[Cell], header: Sequence[Cell], written: Collection[int]) -> Sequence[Cell]:
    """A header as it was before something was written in some of its columns.

    They get the texts that it misses: the one that stood between the same neighbours, or else in their order.
    """
    if not written:
        return header
    kept = [None if column in written else cell for column, cell in enumerate(header)]
    missing = [cell for cell in before if not is_blank(cell) and not any(same_text(cell, one) for one in kept)]
    places = {
        column: place - column
        for column, cell in enumerate(kept)
        if (place := next((p for p, one in enumerate(before) if not is_blank(cell) and same_text(one, cell)), None))
        is not None
    }
    open_columns = [column for column in sorted(written) if column < len(kept)]
    for column in open_columns:
        near = (
            max((c for c in places if c < column), default=None),
            min((c for c in places if c > column), default=None),
        )
        shifts = {places[c] for c in near if c is not None}
        place = column + shifts.pop() if len(shifts) == 1 else -1
        if 0 <= place < len(before) and before[place] in missing:
            kept[column] = before[place]
            missing.remove(before[place])
    for column in open_columns:
        if kept[column] is None and missing:
            kept[column] = missing.pop(0)
    return kept


def looks_like_formula(cell: Cell) -> bool:
    """Whether what was typed in a cell may be a formula; a text that the app wrote may look so too."""
    return isinstance(cell, str) and cell.startswith("=")


def same_text(one: Cell, other: Cell) -> bool:
    """Whether two headers are the same for a reader."""
    return fold(shown(one)) == fold(shown(other))


def tab_of(record_type: type[Record], metadata: Metadata) -> Tab:
    """The tab of a record.

    Raises:
        SheetsError: it is missing.
    """
    tab = metadata.find(record_type.table.tab)
    if tab is None:
        raise SheetsError(
            ErrorKind.TAB_MISSING,
            f"L’onglet « {record_type.table.tab} » manque dans la feuille « {metadata.title} »{NBSP}: "
            f"rien n’a été enregistré. {PROVISION}",
        )
    return tab


def tab_state(
    record_type: type[Record],
    tab: Tab,
    grid: Grid,
    written: Overwritten | None = None,
    texts: frozenset[tuple[int, int]] = frozenset(),
) -> TabState:
    """The state of a tab.

    Args:
        record_type: The record that it holds.
        tab: Its title and id.
        grid: Its cells.
        written: What may have been written in its header by mistake.
        texts: The cells that look like a formula and are a text.

    Raises:
        SheetsError: its header or its ids can't be found.
    """
    first = [written.without(row) for row in grid[:HEADER_SEARCH_ROWS]] if written else grid
    header_row = find_header(record_type.table, first)
    if header_row is None:
        raise SheetsError(
            ErrorKind.COLUMN_MISSING,
            f"La ligne d’en-tête de l’onglet « {tab.title} » est introuvable{NBSP}: "
            f"rien n’a été enregistré. {PROVISION}",
        )
    columns, _ = find_columns(record_type.table, first[header_row])
    state = TabState(record_type, tab, grid, header_row, first[header_row], columns, texts)
    state.column("id")
    return state
