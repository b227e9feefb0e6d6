"""One spreadsheet and the tabs of ours that it holds: its metadata kept, its cells read in one request."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from gspread.http_client import ParamsType
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL, SPREADSHEET_VALUES_BATCH_URL

from pdn.domain.journal import JournalEntry
from pdn.french import fold
from pdn.schema import Cell, Record, TabReading, Workbook, read_tab
from pdn.sheets.client import Answer, PatientClient
from pdn.sheets.clock import HOME_ZONE
from pdn.sheets.errors import MESSAGES, ErrorKind, SheetsError, is_about_ranges

METADATA = (
    "properties(title,locale,timeZone),"
    "sheets(properties(sheetId,title,index,sheetType,gridProperties(rowCount,columnCount,frozenRowCount)))"
)
WRITE_PATIENCE = 30.0
"""Seconds that a session waits for its turn to write, and seconds that its own requests may then take in all."""

Grid = list[list[Cell]]


@dataclass(frozen=True)
class Tab:
    """A tab as the metadata has it: its title, its id in links and requests, its size."""

    title: str
    sheet_id: int
    rows: int
    columns: int
    frozen_rows: int = 0


@dataclass(frozen=True)
class Metadata:
    """What a spreadsheet says of itself; `tabs` are in its order."""

    title: str
    zone: str
    tabs: tuple[Tab, ...] = ()
    by_name: Mapping[str, Tab] = field(default_factory=dict)

    def find(self, title: str) -> Tab | None:
        """The tab of that title, whatever its case and accents."""
        return self.by_name.get(fold(title))


@dataclass(frozen=True)
class Book:
    """A spreadsheet, and which of our workbooks it is: one, or several where somebody wants a single file.

    `lock` is held from the reading to the writing of a commit: two sessions do not write at once.
    """

    key: str
    workbooks: tuple[Workbook, ...]
    client: PatientClient
    lock: threading.RLock = field(default_factory=threading.RLock)
    _known: list[Metadata] = field(default_factory=list)

    @property
    def record_types(self) -> tuple[type[Record], ...]:
        """The records whose tabs it holds."""
        return tuple(record_type for workbook in self.workbooks for record_type in workbook.records)

    @property
    def title(self) -> str:
        """What it is called in messages."""
        return " et ".join(workbook.title for workbook in self.workbooks)

    def metadata(self, *, afresh: bool = False) -> Metadata:
        """Its tabs, read once and kept; read again when asked."""
        if afresh or not self._known:
            with self._told():
                answer = self.client.ask("get", SPREADSHEET_URL % self.key, {"fields": METADATA}, whole=_names_its_tabs)
            self._known[:] = [_metadata(answer)]
        return self._known[0]

    def read(self) -> tuple[TabReading[Any], ...]:
        """Every tab of ours: one request, and one more where a tab was renamed or is missing.

        Of the Journal, which grows without end, it is only told where it is missing.
        """
        wanted: tuple[type[Record], ...] = (*self.record_types, JournalEntry)
        if any(self.metadata().find(record_type.table.tab) is None for record_type in wanted):
            self.metadata(afresh=True)
        try:
            return self._readings()
        except SheetsError as error:
            if not is_about_ranges(error.detail):
                raise
            self.metadata(afresh=True)
            return self._readings()

    def _readings(self) -> tuple[TabReading[Any], ...]:
        tabs = {record_type: self.metadata().find(record_type.table.tab) for record_type in self.record_types}
        found = {record_type: tab for record_type, tab in tabs.items() if tab}
        ranges = [quoted(tab.title) for tab in found.values()]
        journal = self.metadata().find(JournalEntry.table.tab)
        if journal is not None:
            ranges.append(f"{quoted(journal.title)}!A1")
        grids = self.values(ranges, "UNFORMATTED_VALUE")
        by_type = dict(zip(found, grids, strict=False))
        readings = tuple(
            read_tab(record_type, tab.title if tab else record_type.table.tab, by_type.get(record_type))
            for record_type, tab in tabs.items()
        )
        if journal is not None:
            return readings
        return (*readings, read_tab(JournalEntry, JournalEntry.table.tab, None))

    def values(self, ranges: Sequence[str], rendering: str) -> list[Grid]:
        """The cells of these ranges, dates as serial numbers: one request, none for no range.

        Args:
            ranges: In A1 notation.
            rendering: UNFORMATTED_VALUE, or FORMULA for what was typed instead of what it gives.
        """
        if not ranges:
            return []
        params: ParamsType = {
            "majorDimension": "ROWS",
            "valueRenderOption": rendering,
            "dateTimeRenderOption": "SERIAL_NUMBER",
            # Each range gives at least its own address: fewer of them is an answer cut short, not tabs that are empty.
            "fields": "valueRanges(range,values)",
            "ranges": list(ranges),
        }

        def has_every_range(answer: Answer) -> bool:
            found = answer.get("valueRanges", [])
            return len(found) == len(ranges) and all("range" in part for part in found)

        with self._told():
            answer = self.client.ask("get", SPREADSHEET_VALUES_BATCH_URL % self.key, params, whole=has_every_range)
        return [part.get("values", []) for part in answer["valueRanges"]]

    def grid_data(self, ranges: Sequence[str], fields: str) -> Mapping[str, Any]:
        """`spreadsheets.get` on these ranges with their cells' properties under a field mask."""
        with self._told():
            return self.client.ask("get", SPREADSHEET_URL % self.key, {"ranges": list(ranges), "fields": fields})

    def batch_update(self, requests: Sequence[Mapping[str, Any]], ranges: Iterable[str] = ()) -> Mapping[str, Any]:
        """One atomic update; the answer gives back the cells of `ranges` as they stand after it.

        Raises:
            SheetsError: its `unknown_outcome` says whether it may have been applied all the same.
        """
        body: dict[str, Any] = {"requests": list(requests)}
        params: ParamsType = {"fields": "spreadsheetId"}
        asked = list(ranges)
        if asked:
            body |= {
                "includeSpreadsheetInResponse": True,
                "responseIncludeGridData": True,
                "responseRanges": asked,
            }
            params["fields"] = (
                "updatedSpreadsheet(sheets(properties(sheetId,title),data(startRow,rowData(values(userEnteredValue)))))"
            )

        def gives_them_back(answer: Answer) -> bool:
            sheets = answer.get("updatedSpreadsheet", {}).get("sheets", [])
            return sum(len(sheet.get("data", [])) for sheet in sheets) >= len(asked)

        with self._told():
            return self.client.ask("post", SPREADSHEET_BATCH_UPDATE_URL % self.key, params, body, whole=gives_them_back)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The right to write, one session at a time, and `WRITE_PATIENCE` seconds in all for its requests.

        Raises:
            SheetsError: those before took all that time: nothing was sent.
        """
        if not self.lock.acquire(timeout=WRITE_PATIENCE):
            raise SheetsError(ErrorKind.BUSY, MESSAGES[ErrorKind.BUSY])
        try:
            with self.client.within(WRITE_PATIENCE):
                yield
        finally:
            self.lock.release()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A refusal that is about this spreadsheet names it."""
        try:
            yield
        except SheetsError as error:
            raise error.in_sheet(self.title) from error.__cause__


def quoted(title: str) -> str:
    """A tab's title as A1 notation wants it, always between quotes: « D3 » alone would be a cell."""
    return "'" + title.replace("'", "''") + "'"


def _names_its_tabs(answer: Answer) -> bool:
    """Whether it is the whole metadata: a spreadsheet has one tab at least, and each has a title."""
    sheets = answer.get("sheets", [])
    return bool(sheets) and all("title" in sheet.get("properties", {}) for sheet in sheets)


def _metadata(answer: Mapping[str, Any]) -> Metadata:
    properties = answer.get("properties", {})
    tabs = []
    for sheet in answer.get("sheets", []):
        found = sheet["properties"]
        if found.get("sheetType", "GRID") != "GRID":
            continue
        size = found.get("gridProperties", {})
        tabs.append(
            Tab(
                found["title"],
                found.get("sheetId", 0),
                size.get("rowCount", 0),
                size.get("columnCount", 0),
                size.get("frozenRowCount", 0),
            )
        )
    by_name = {fold(tab.title): tab for tab in reversed(tabs)}
    return Metadata(properties.get("title", ""), properties.get("timeZone", HOME_ZONE), tuple(tabs), by_name)
