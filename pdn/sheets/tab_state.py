"""A tab as it stands at the moment of a commit: what was typed in its cells, its columns, its rows by id."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from pdn.french import NBSP
from pdn.schema import Cell, Record
from pdn.schema.cells import is_blank, shown
from pdn.schema.reading import HEADER_SEARCH_ROWS, find_columns, find_header
from pdn.sheets.book import Grid, Metadata, Tab
from pdn.sheets.errors import ErrorKind, SheetsError

PROVISION = "Complétez la feuille depuis la page « Qualité des données »."


@dataclass(frozen=True)
class TabState:
    """A tab read with its formulas.

    Attributes:
        record_type: The record that it holds.
        tab: Its title and id.
        grid: Its cells as they were typed: a formula is its text, a date its serial number.
        header_row: The header's row, counted from 0.
        columns: The column of each field, counted from 0.
    """

    record_type: type[Record]
    tab: Tab
    grid: Grid
    header_row: int
    columns: Mapping[str, int]

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """The row of each id, the first where it stands twice (as in reading)."""
        found: dict[str, int] = {}
        for row in self.data_rows():
            if record_id := self.id_at(row):
                found.setdefault(record_id, row)
        return found

    @property
    def header(self) -> Sequence[Cell]:
        """The header's cells."""
        return self.grid[self.header_row]

    def data_rows(self) -> Iterator[int]:
        """The rows under the header that hold anything."""
        for row in range(self.header_row + 1, len(self.grid)):
            if any(not is_blank(cell) for cell in self.grid[row]):
                yield row

    def raw(self, row: int, column: int) -> Cell:
        """What was typed in a cell."""
        cells = self.grid[row] if row < len(self.grid) else []
        return cells[column] if column < len(cells) and not is_blank(cells[column]) else None

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
    record_type: type[Record], tab: Tab, grid: Grid, written: Mapping[Cell, Cell] = MappingProxyType({})
) -> TabState:
    """The state of a tab.

    Args:
        record_type: The record that it holds.
        tab: Its title and id.
        grid: Its cells.
        written: What was written in its header by mistake, and what stood there.

    Raises:
        SheetsError: its header or its ids can't be found.
    """
    first = [[written.get(cell, cell) for cell in row] for row in grid[:HEADER_SEARCH_ROWS]] if written else grid
    header_row = find_header(record_type.table, first)
    if header_row is None:
        raise SheetsError(
            ErrorKind.COLUMN_MISSING,
            f"La ligne d’en-tête de l’onglet « {tab.title} » est introuvable{NBSP}: "
            f"rien n’a été enregistré. {PROVISION}",
        )
    columns, _ = find_columns(record_type.table, first[header_row])
    state = TabState(record_type, tab, grid, header_row, columns)
    state.column("id")
    return state
