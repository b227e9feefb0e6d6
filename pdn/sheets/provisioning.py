"""Makes an empty spreadsheet ours, and completes one that stands, without touching what is there."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pdn.domain.journal import JournalEntry
from pdn.domain.settings import Parameter, default_parameters
from pdn.french import NBSP, count, fold, listing
from pdn.schema import Column, Dataset, Record, read_tab
from pdn.schema.cells import is_blank
from pdn.schema.reading import find_columns, find_header
from pdn.sheets import dressing
from pdn.sheets.book import Book, Grid, Metadata, Tab, quoted
from pdn.sheets.cells import Request, append_request, cell_data
from pdn.sheets.guide import TITLE as GUIDE_TITLE
from pdn.sheets.guide import guide
from pdn.sheets.merge import new_row
from pdn.sheets.references import References

NEW_ROWS, GUIDE_WIDTHS = 1000, (220, 860)
DEFAULT_TITLES = frozenset({fold("Feuille 1"), fold("Feuille1"), fold("Sheet1")})
LOOKED_AT_ROWS = 12
"""Rows whose notes, formats and drop-downs are looked at: the header is among the first ten, data follows."""

DRESS_FIELDS = (
    "sheets(properties(sheetId),protectedRanges(range),"
    "data(startRow,rowData(values(note,dataValidation,userEnteredFormat(numberFormat)))))"
)


@dataclass
class Provisioned:
    """What provisioning did to one spreadsheet.

    Attributes:
        title: The spreadsheet.
        tabs: Tabs that were added.
        headers: Headers that were added to tabs that stood there, « Onglet : colonne ».
        settings: Settings that were added to Paramètres.
        touches: Notes, formats, drop-downs and protections that were added to columns that stood there.
        skipped: Tabs left alone, because they hold data under no header that is known.
    """

    title: str
    tabs: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    touches: int = 0
    skipped: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything was added."""
        return bool(self.tabs or self.headers or self.settings or self.touches)

    def lines(self) -> tuple[str, ...]:
        """The report, in French."""
        lines = []
        if self.tabs:
            lines.append(f"{count(len(self.tabs), 'onglet ajouté', 'onglets ajoutés')}{NBSP}: {listing(self.tabs)}.")
        if self.headers:
            what = count(len(self.headers), "colonne ajoutée", "colonnes ajoutées")
            lines.append(f"{what}{NBSP}: {listing(self.headers)}.")
        if self.settings:
            lines.append(f"{count(len(self.settings), 'réglage ajouté', 'réglages ajoutés')} dans « Paramètres ».")
        if self.touches:
            lines.append(
                f"{count(self.touches, 'complément', 'compléments')} de présentation "
                "(notes, formats, listes déroulantes, protections)."
            )
        lines += [
            f"L’onglet « {title} » a été laissé tel quel{NBSP}: il contient des données sans ligne d’en-tête reconnue."
            for title in self.skipped
        ]
        return tuple(lines or ["Rien à ajouter : tout y est."])


@dataclass(frozen=True)
class _Plot:
    """A tab as provisioning finds it or is about to make it."""

    record_type: type[Record]
    sheet_id: int
    title: str
    grid: Grid
    header_row: int
    columns: Mapping[str, int]
    missing: tuple[Column, ...]
    first_free: int
    tab: Tab | None


class HasBooks(Protocol):
    """What has spreadsheets to provision: a store."""

    @property
    def books(self) -> tuple[Book, ...]:
        """The spreadsheets."""


def provision(store: HasBooks) -> tuple[Provisioned, ...]:
    """Provision every spreadsheet of a store.

    Raises:
        SheetsError: one can't be read or written.
    """
    reports = []
    for book in store.books:
        with book.lock:
            reports.append(provision_book(book))
    return tuple(reports)


def provision_book(book: Book) -> Provisioned:
    """Provision one spreadsheet: three reads and one write, none where nothing is missing.

    Raises:
        SheetsError: it can't be read or written.
    """
    metadata = book.metadata(afresh=True)
    report = Provisioned(metadata.title or book.title)
    types: tuple[type[Record], ...] = (*book.record_types, JournalEntry)
    found = {record_type: metadata.find(record_type.table.tab) for record_type in types}
    leftover = _leftover(metadata)
    read = [tab for tab in (*found.values(), leftover) if tab is not None]
    grids = dict(
        zip((tab.sheet_id for tab in read), book.values([quoted(tab.title) for tab in read], "FORMULA"), strict=True)
    )
    taken = {tab.sheet_id for tab in metadata.tabs}
    plots = []
    for record_type in types:
        plot = _plot(record_type, found[record_type], grids, taken)
        if plot is None:
            report.skipped.append(record_type.table.tab)
        else:
            plots.append(plot)
    standing = _standing(book, [plot for plot in plots if plot.tab is not None])
    requests = _requests(book, metadata, plots, standing, report, taken)
    if leftover and not any(not is_blank(c) for row in grids[leftover.sheet_id] for c in row) and report.tabs:
        requests.append({"deleteSheet": {"sheetId": leftover.sheet_id}})
    if requests:
        book.batch_update(requests)
        book.metadata(afresh=True)
    return report


def _leftover(metadata: Metadata) -> Tab | None:
    """The one tab that a new spreadsheet begins with."""
    return next((tab for tab in metadata.tabs if fold(tab.title) in DEFAULT_TITLES), None)


def _plot(record_type: type[Record], tab: Tab | None, grids: Mapping[int, Grid], taken: set[int]) -> _Plot | None:
    """What is there of a tab and what is missing; None where nothing in it can be recognised."""
    table = record_type.table
    if tab is None:
        return _Plot(record_type, _new_id(taken), table.tab, [], 0, _in_order(table.columns), table.columns, 0, None)
    grid = grids[tab.sheet_id]
    header_row = find_header(table, grid)
    if header_row is None:
        if any(not is_blank(cell) for row in grid for cell in row):
            return None
        return _Plot(record_type, tab.sheet_id, tab.title, grid, 0, _in_order(table.columns), table.columns, 0, tab)
    columns, _ = find_columns(table, grid[header_row])
    missing = tuple(column for column in table.columns if column.field not in columns)
    first_free = max(len(row) for row in grid)
    places = {column.field: first_free + offset for offset, column in enumerate(missing)}
    return _Plot(
        record_type, tab.sheet_id, tab.title, grid, header_row, {**columns, **places}, missing, first_free, tab
    )


def _in_order(columns: Sequence[Column]) -> dict[str, int]:
    return {column.field: index for index, column in enumerate(columns)}


def _new_id(taken: set[int]) -> int:
    while (made := random.randrange(1, 2**31 - 1)) in taken:  # noqa: S311 - a tab's number is no secret
        pass
    taken.add(made)
    return made


@dataclass(frozen=True)
class _Standing:
    """What the columns of a tab have already, by column: notes of the header, formats and drop-downs below it."""

    cells: Mapping[int, Sequence[Mapping[str, Any]]]
    protected: Sequence[Mapping[str, int]]

    def has(self, row: int, column: int, what: str) -> bool:
        """Whether a cell has a note, a drop-down or a format."""
        row_cells = self.cells.get(row, ())
        found = row_cells[column] if column < len(row_cells) else {}
        return bool(found.get("userEnteredFormat", {}).get("numberFormat") if what == "format" else found.get(what))

    def is_protected(self, column: int | None) -> bool:
        """Whether a protection covers the column, or the whole tab."""
        for place in self.protected:
            if "startColumnIndex" not in place:
                return True
            if column is not None and place["startColumnIndex"] <= column < place.get("endColumnIndex", 0):
                return True
        return False


def _standing(book: Book, plots: Sequence[_Plot]) -> dict[int, _Standing]:
    if not plots:
        return {}
    ranges = [f"{quoted(plot.title)}!1:{min(LOOKED_AT_ROWS, plot.tab.rows if plot.tab else 1)}" for plot in plots]
    found = {}
    for sheet in book.grid_data(ranges, DRESS_FIELDS).get("sheets", []):
        cells = {
            block.get("startRow", 0) + offset: row.get("values", [])
            for block in sheet.get("data", [])
            for offset, row in enumerate(block.get("rowData", []))
        }
        protected = [one.get("range", {}) for one in sheet.get("protectedRanges", [])]
        found[sheet["properties"].get("sheetId", 0)] = _Standing(cells, protected)
    return found


def _requests(
    book: Book,
    metadata: Metadata,
    plots: Sequence[_Plot],
    standing: Mapping[int, _Standing],
    report: Provisioned,
    taken: set[int],
) -> list[Request]:
    labels = {
        plot.record_type.table.key: (plot.title, plot.header_row, plot.columns["label"])
        for plot in plots
        if plot.record_type.table.labelled
    }
    make: list[Request] = []
    fill: list[Request] = []
    if metadata.find(GUIDE_TITLE) is None:
        sheet_id = _new_id(taken)
        make.append(_add_tab(GUIDE_TITLE, sheet_id, len(guide(book.workbooks)) + 5, 2, frozen=0, index=0))
        fill += _guide(book, sheet_id)
        report.tabs.append(GUIDE_TITLE)
    for plot in plots:
        columns = plot.record_type.table.columns
        if plot.tab is None:
            make.append(_add_tab(plot.title, plot.sheet_id, NEW_ROWS, len(columns), frozen=1))
            report.tabs.append(plot.title)
        fill += _dress(plot, standing.get(plot.sheet_id, _Standing({}, ())), labels, report)
        if plot.record_type is Parameter:
            fill += _settings(plot, report)
    return make + fill


def _add_tab(title: str, sheet_id: int, rows: int, columns: int, *, frozen: int, index: int | None = None) -> Request:
    size: dict[str, int] = {"rowCount": rows, "columnCount": columns}
    if frozen:
        size["frozenRowCount"] = frozen
    properties: dict[str, Any] = {"sheetId": sheet_id, "title": title, "gridProperties": size}
    if index is not None:
        properties["index"] = index
    return {"addSheet": {"properties": properties}}


def _guide(book: Book, sheet_id: int) -> Iterable[Request]:
    rows = []
    for left, right, heading in guide(book.workbooks):
        style = {"textFormat": {"bold": True, "fontSize": 13}} if heading else {"textFormat": {"bold": True}}
        wrapped = {"wrapStrategy": "WRAP", "verticalAlignment": "TOP"}
        rows.append(
            {
                "values": [
                    {**cell_data(left or None), "userEnteredFormat": {**style, **wrapped}},
                    {**cell_data(right or None), "userEnteredFormat": wrapped},
                ]
            }
        )
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    yield {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue,userEnteredFormat"}}
    for index, pixels in enumerate(GUIDE_WIDTHS):
        yield dressing.set_width(sheet_id, index, pixels)


def _dress(
    plot: _Plot, standing: _Standing, labels: Mapping[str, tuple[str, int, int]], report: Provisioned
) -> Iterable[Request]:
    """Headers that are missing with all that goes with them; for those that stand, only what they lack."""
    if plot.missing:
        width = plot.first_free + len(plot.missing)
        if plot.tab is not None and width > plot.tab.columns:
            more = width - plot.tab.columns
            yield {"appendDimension": {"sheetId": plot.sheet_id, "dimension": "COLUMNS", "length": more}}
        yield dressing.write_header(plot.sheet_id, plot.header_row, plot.first_free, plot.missing)
        if plot.tab is not None:
            report.headers += [f"{plot.title}{NBSP}: {column.header}" for column in plot.missing]
    if plot.tab is not None and not plot.tab.frozen_rows:
        yield dressing.freeze(plot.sheet_id, plot.header_row)
        report.touches += 1
    for column in plot.record_type.table.columns:
        index = plot.columns[column.field]
        ours = column in plot.missing
        wanted = _lacking(plot, standing, column, index, labels, ours=ours)
        if not ours:
            report.touches += len(wanted)
        else:
            yield dressing.set_width(plot.sheet_id, index, column.kind.width)
        yield from wanted
    if plot.record_type is JournalEntry and not standing.is_protected(None):
        yield dressing.protect(plot.sheet_id, None, plot.title)
        report.touches += 0 if plot.tab is None else 1


def _lacking(
    plot: _Plot,
    standing: _Standing,
    column: Column,
    index: int,
    labels: Mapping[str, tuple[str, int, int]],
    *,
    ours: bool,
) -> list[Request]:
    """What a column lacks: a note, a format, a drop-down, a protection."""
    wanted: list[Request | None] = []
    first = plot.header_row + 1
    if not ours and not standing.has(plot.header_row, index, "note"):
        wanted.append(dressing.write_note(plot.sheet_id, plot.header_row, index, column))
    if ours or not standing.has(first, index, "format"):
        wanted.append(dressing.set_format(plot.sheet_id, plot.header_row, index, column))
    if ours or not standing.has(first, index, "dataValidation"):
        wanted.append(dressing.set_validation(plot.sheet_id, plot.header_row, index, column, labels))
    journal = plot.record_type is JournalEntry
    if column.kind.app_owned and not journal and not standing.is_protected(index):
        wanted.append(dressing.protect(plot.sheet_id, index, column.header))
    return [one for one in wanted if one is not None]


def _settings(plot: _Plot, report: Provisioned) -> Iterable[Request]:
    """The settings that have no row yet, with their default values."""
    known = {record.id for record in read_tab(Parameter, plot.title, plot.grid).records}
    missing = [parameter for parameter in default_parameters() if parameter.id not in known]
    if not missing:
        return
    references = References(Dataset(), ())
    rows = [
        {c: cell_data(write.value, write.format) for c, write in new_row(one, plot.columns, references).items()}
        for one in missing
    ]
    report.settings += [parameter.name for parameter in missing]
    yield append_request(plot.sheet_id, rows)
