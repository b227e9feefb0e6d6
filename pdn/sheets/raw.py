"""The raw tabs of a spreadsheet, edited as a partner edits them: no snapshot, no check, no journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gspread.urls import SPREADSHEET_VALUES_BATCH_UPDATE_URL

from pdn.schema.cells import a1
from pdn.sheets.book import Book, Tab, quoted

PAGE_ROWS = 500
"""Rows read and shown at once: a tab of 20 000 rows is as quick to open as one of 500."""

CELL = "formattedValue,userEnteredValue(formulaValue),effectiveValue(numberValue)"
GRID = f"sheets(data(startRow,rowData(values({CELL}))))"


class Dimension(StrEnum):
    """What is inserted, deleted or moved."""

    ROWS = "ROWS"
    COLUMNS = "COLUMNS"


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as a spreadsheet shows it.

    Attributes:
        shown: The text that it shows, in the spreadsheet's own format (FORMATTED_VALUE).
        formula: The formula typed there; empty where there is none.
        number: Whether it holds a number or a date, which a spreadsheet puts on the right.
    """

    shown: str = ""
    formula: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row of a tab: its index, counted from 0, and its cells up to the last that is not blank."""

    index: int
    cells: tuple[RawCell, ...]


@dataclass(frozen=True)
class RawWorkbook:
    """A spreadsheet past all care of the application: each method is one request, sent as it is asked for.

    Rows and columns are counted from 0, and addressed by where they stand: nothing is found again by its id.

    Attributes:
        of: The application's own view of the spreadsheet, of which nothing is read nor changed here.

    Raises:
        SheetsError: by every method, where the spreadsheet refuses or does not answer.
    """

    of: Book

    @property
    def key(self) -> str:
        """The spreadsheet's key."""
        return self.of.key

    @property
    def _book(self) -> Book:
        """The spreadsheet without what the application remembers of it."""
        return Book(self.of.key, self.of.workbooks, self.of.client)

    def tabs(self) -> tuple[Tab, ...]:
        """Its tabs, in its order."""
        return self._book.metadata(afresh=True).tabs

    def rows(self, tab: Tab, first: int = 0, count: int = PAGE_ROWS) -> tuple[RawRow, ...]:
        """Some rows of a tab after its frozen rows, what they show and what was typed: one request.

        Args:
            tab: The tab.
            first: The first row wanted.
            count: How many, fewer where the tab ends.

        Returns:
            The frozen rows, then those asked for, blank ones too.
        """
        last = min(first + count, tab.rows)
        frozen = min(tab.frozen_rows, first)
        spans = [(0, frozen), (first, last)] if frozen else [(first, last)]
        ranges = [f"{quoted(tab.title)}!{start + 1}:{end}" for start, end in spans]
        sheets = self._book.grid_data(ranges, GRID).get("sheets", [{}])
        found: dict[int, tuple[RawCell, ...]] = {}
        for part in sheets[0].get("data", []):
            for index, row in enumerate(part.get("rowData", []), start=part.get("startRow", 0)):
                found[index] = tuple(_cell(data) for data in row.get("values", []))
        return tuple(RawRow(index, found.get(index, ())) for start, end in spans for index in range(start, end))

    def write(self, tab: Tab, cells: Mapping[tuple[int, int], str]) -> None:
        """Type in cells, as in Google Sheets: « 12/03/2019 » becomes a date, « =1+1 » a formula, nothing empties.

        Args:
            tab: The tab.
            cells: What to type, by row and column.
        """
        parts = [
            {"range": f"{quoted(tab.title)}!{a1(row, column)}", "values": [texts]}
            for (row, column), texts in _runs(cells)
        ]
        if parts:
            body = {"valueInputOption": "USER_ENTERED", "data": parts}
            self.of.client.ask("post", SPREADSHEET_VALUES_BATCH_UPDATE_URL % self.key, {}, body)

    def insert(self, tab: Tab, dimension: Dimension, at: int, count: int = 1) -> None:
        """Insert blank rows or columns before an index; at the end, they look like those before."""
        size = tab.rows if dimension is Dimension.ROWS else tab.columns
        span = _span(tab, dimension, at, at + count)
        self._send({"insertDimension": {"range": span, "inheritFromBefore": at >= size}})

    def delete(self, tab: Tab, dimension: Dimension, start: int, end: int) -> None:
        """Delete rows or columns; `end` is left out."""
        self._send({"deleteDimension": {"range": _span(tab, dimension, start, end)}})

    def move(self, tab: Tab, dimension: Dimension, start: int, end: int, to: int) -> None:
        """Move rows or columns before the index `to`, counted before the move."""
        self._send({"moveDimension": {"source": _span(tab, dimension, start, end), "destinationIndex": to}})

    def sort(self, tab: Tab, column: int, *, descending: bool = False) -> None:
        """Sort all rows under the header by a column."""
        cells = {
            "sheetId": tab.sheet_id,
            "startRowIndex": tab.frozen_rows or 1,
            "endRowIndex": tab.rows,
            "startColumnIndex": 0,
            "endColumnIndex": tab.columns,
        }
        order = "DESCENDING" if descending else "ASCENDING"
        self._send({"sortRange": {"range": cells, "sortSpecs": [{"dimensionIndex": column, "sortOrder": order}]}})

    def grow(self, tab: Tab, *, rows: int = 0, columns: int = 0) -> None:
        """Add blank rows below and blank columns on the right, in one request; none for none."""
        lengths = {Dimension.ROWS: rows, Dimension.COLUMNS: columns}
        self._send(
            *(
                {"appendDimension": {"sheetId": tab.sheet_id, "dimension": dimension.value, "length": length}}
                for dimension, length in lengths.items()
                if length > 0
            )
        )

    def rename(self, tab: Tab, title: str) -> None:
        """Give a tab another title."""
        properties = {"sheetId": tab.sheet_id, "title": title}
        self._send({"updateSheetProperties": {"properties": properties, "fields": "title"}})

    def _send(self, *requests: Mapping[str, Any]) -> None:
        if requests:
            self._book.batch_update(requests)


def _cell(data: Mapping[str, Any]) -> RawCell:
    return RawCell(
        data.get("formattedValue", ""),
        data.get("userEnteredValue", {}).get("formulaValue", ""),
        "numberValue" in data.get("effectiveValue", {}),
    )


def _span(tab: Tab, dimension: Dimension, start: int, end: int) -> dict[str, Any]:
    return {"sheetId": tab.sheet_id, "dimension": dimension.value, "startIndex": start, "endIndex": end}


def _runs(cells: Mapping[tuple[int, int], str]) -> Iterable[tuple[tuple[int, int], list[str]]]:
    """The cells, neighbours in a row together: where each run begins, and its texts."""
    runs: list[tuple[tuple[int, int], list[str]]] = []
    for (row, column), text in sorted(cells.items()):
        if runs and runs[-1][0][0] == row and runs[-1][0][1] + len(runs[-1][1]) == column:
            runs[-1][1].append(text)
        else:
            runs.append(((row, column), [text]))
    return runs
