"""What stands in the sheets, seen from behind: exact cells, and notes that tell rows and columns apart for ever.

A note stays beside its row and under its column whatever is sorted, moved or typed, and the app writes none: so a test
knows whose cell it looks at, even while everything is out of place.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from pdn.domain.journal import JournalEntry
from pdn.emulator import Emulator
from pdn.emulator.model import ErrorValue, Sheet, Workbook
from pdn.schema import Dataset, Record, TabReading, read_tab
from pdn.schema.reading import find_columns
from tests.sheets.interleavings.tables import KEY, TABLES

COLUMN, ROW = "colonne:", "ligne:"
BESIDE = "repère"
"""The partners' own column, in which they note something beside most rows."""

HEADER = "l’en-tête"
JOURNAL = "Journal"


@dataclass(frozen=True)
class Formula:
    """What was typed in a cell that computes."""

    text: str


Value: TypeAlias = str | int | float | bool | Formula | None
Place: TypeAlias = tuple[int, str, str]
"""A cell by what it belongs to: its table, its row's key, its column's key."""


@dataclass(frozen=True)
class View:
    """One tab at one moment.

    Attributes:
        sheet: The tab.
        book: Its workbook.
        record_type: What the app reads in it.
    """

    sheet: Sheet
    book: Workbook
    record_type: type[Record]

    @cached_property
    def grid(self) -> list[list[Any]]:
        """The cells as the app reads them: what formulas give."""
        return [
            [value.text if isinstance(value, ErrorValue) else value for value in row.values] for row in self.sheet.rows
        ]

    @cached_property
    def reading(self) -> TabReading[Any]:
        """What reading it gives."""
        return read_tab(self.record_type, self.sheet.title, self.grid)

    def is_of(self, sheet: Sheet) -> bool:
        """Whether a tab, as it stands at another moment, is as it was at this one."""
        mine = self.sheet
        return sheet is mine or (
            sheet.title == mine.title
            and sheet.column_count == mine.column_count
            and len(sheet.rows) == len(mine.rows)
            and all(one is other for one, other in zip(sheet.rows, mine.rows, strict=True))
        )

    @cached_property
    def width(self) -> int:
        return max((row.width for row in self.sheet.rows), default=0)

    def _note(self, row: int, column: int) -> str:
        return str(self.book.styles.get(self.sheet.cell(row, column).style).get("note", ""))

    @cached_property
    def header_row(self) -> int:
        return next(
            row
            for row, found in enumerate(self.sheet.rows)
            if any(self._note(row, column).startswith(COLUMN) for column in range(len(found.styles)))
        )

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The key of each column."""
        notes = (self._note(self.header_row, column) for column in range(self.width))
        return tuple(
            note.removeprefix(COLUMN) if note.startswith(COLUMN) else f"?{column}" for column, note in enumerate(notes)
        )

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The key of each row; empty for a row in which nothing stands."""
        return tuple(self._key(row) for row in range(len(self.sheet.rows)))

    def _key(self, row: int) -> str:
        if row == self.header_row:
            return HEADER
        note = self._note(row, self.columns.index(BESIDE))
        if note.startswith(ROW):
            return note.removeprefix(ROW)
        if not any(value is not None for value in self.sheet.rows[row].values):
            return ""
        found = self.value(row, self.columns.index("id")) if "id" in self.columns else None
        return f"fiche:{found}" if found is not None else f"?{row}"

    def value(self, row: int, column: int) -> Value:
        """What was typed in a cell."""
        cell = self.sheet.cell(row, column)
        if cell.formula is not None:
            return Formula(cell.formula)
        assert not isinstance(cell.value, ErrorValue)
        return None if cell.value == "" else cell.value

    @property
    def has_nameless_column(self) -> bool:
        """Whether a column has no header."""
        return any(self.value(self.header_row, column) is None for column in range(self.width))

    def place(self, row: int, column: int) -> tuple[str, str]:
        """The keys of a row and a column."""
        return (
            self.keys[row] if row < len(self.keys) else "",
            self.columns[column] if column < self.width else f"?{column}",
        )

    @cached_property
    def rows(self) -> tuple[tuple[str, dict[str, Value]], ...]:
        """Each row that holds anything, its cells by column's key."""
        found = (
            (
                key,
                {
                    self.columns[column]: value
                    for column in range(len(self.sheet.rows[row].values))
                    if (value := self.value(row, column)) is not None
                },
            )
            for row, key in enumerate(self.keys)
        )
        return tuple((key, cells) for key, cells in found if cells)

    @cached_property
    def by_key(self) -> dict[str, dict[str, Value]]:
        """The same by row's key."""
        return dict(self.rows)


@dataclass(frozen=True)
class Still:
    """The whole workbook at one moment; the emulator never changes what it once published."""

    book: Workbook
    views: tuple[View, ...]
    journal_view: View

    @property
    def tabs(self) -> tuple[int, ...]:
        """The ids of the tables' tabs."""
        return tuple(view.sheet.sheet_id for view in self.views)

    def view(self, table: int) -> View:
        """One table's tab."""
        return self.views[table]

    @cached_property
    def data(self) -> Dataset:
        """The records as a fresh reading gives them."""
        return Dataset(tuple(view.reading for view in self.views))

    def at(self, place: Place) -> Value:
        """What was typed in a cell."""
        table, row, column = place
        return self.views[table].by_key.get(row, {}).get(column)

    def fields(self, table: int) -> dict[str, str]:
        """The column's key of each field, as the app finds it by its header."""
        view = self.view(table)
        header = [view.value(view.header_row, column) for column in range(view.width)]
        plain = [cell.text if isinstance(cell, Formula) else cell for cell in header]
        return {field: view.columns[column] for field, column in find_columns(TABLES[table].table, plain)[0].items()}

    def record_at(self, table: int, key: str) -> Record | None:
        """The record that a row gives."""
        view = self.view(table)
        row = view.keys.index(key) if key in view.keys else -1
        reading = self.data.reading(TABLES[table])
        assert reading is not None
        return next((r for r in reading.records if reading.rows[r.id] == row), None)

    @property
    def journal(self) -> tuple[JournalEntry, ...]:
        """The journal, in the order of its rows."""
        return self.journal_view.reading.records


@dataclass
class Eye:
    """Looks at the sheets; what has not changed since the last look is not worked out again.

    Attributes:
        tabs: The ids of the tables' tabs.
    """

    tabs: tuple[int, ...]
    _last: Still | None = None

    def still(self, emulator: Emulator) -> Still:
        """What stands there now."""
        book, last = emulator.read(KEY), self._last
        if last is not None and last.book is book:
            return last
        by_id = {sheet.sheet_id: sheet for sheet in book.sheets}
        sheets = [by_id[tab] for tab in self.tabs]
        sheets.append(next(sheet for sheet in book.sheets if sheet.title == JOURNAL))
        known = (*last.views, last.journal_view) if last is not None else (None,) * len(sheets)
        *views, journal = (
            view if view is not None and view.is_of(sheet) else View(sheet, book, record_type)
            for sheet, view, record_type in zip(sheets, known, (*TABLES, JournalEntry), strict=True)
        )
        self._last = Still(book, tuple(views), journal)
        return self._last
