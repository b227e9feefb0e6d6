"""spreadsheets.create, get and batchUpdate, sheets.copyTo."""

from __future__ import annotations

from pdn.emulator.cells import CellWriter
from pdn.emulator.describe import sheet_properties, spreadsheet
from pdn.emulator.errors import Json, invalid, unsupported
from pdn.emulator.fields import Mask, inner_mask, wants
from pdn.emulator.grow import check_size, ensure_size
from pdn.emulator.model import BLANK, Sheet, Styles, Workbook
from pdn.emulator.requests import apply_requests
from pdn.emulator.requests.context import Context
from pdn.emulator.requests.sheets import build_sheet, copy_of, copy_title

FIRST_SHEET = "Sheet1"


def new_workbook(key: str, properties: Json) -> Workbook:
    """An empty workbook with Google's one first tab; what properties do not say has Google's defaults."""
    filled = {
        "title": "Untitled spreadsheet",
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
        **properties,
    }
    filled.pop("defaultFormat", None)
    return Workbook(key, filled, [Sheet(0, {"title": FIRST_SHEET})], Styles())


def fill(book: Workbook, given: Json) -> None:
    """Give a new workbook the tabs, the cells and the named ranges that `create` was sent.

    Raises:
        ApiError: 400, something in it is not supported.
    """
    known = {"properties", "data", "merges", "protectedRanges", "conditionalFormats", "basicFilter", "bandedRanges"}
    tabs = given.get("sheets", [])
    if tabs:
        book.sheets.clear()
    for index, tab in enumerate(tabs):
        strange = tab.keys() - known
        if strange:
            raise unsupported(f"'sheets[{index}].{min(strange)}' in spreadsheets.create")
        properties = dict(tab.get("properties", {}))
        properties.setdefault("title", f"Sheet{index + 1}")
        context = Context(book, "addSheet", index)
        sheet = build_sheet(context, properties)
        book.adopt(sheet, len(book.sheets))
        for grid_data in tab.get("data", []):
            _fill_grid(book, sheet, grid_data)
        requests: list[Json] = [
            {"mergeCells": {"range": {**merge, "sheetId": sheet.sheet_id}}} for merge in tab.get("merges", [])
        ]
        requests += [
            {"addProtectedRange": {"protectedRange": {**p, "range": {**p.get("range", {}), "sheetId": sheet.sheet_id}}}}
            for p in tab.get("protectedRanges", [])
        ]
        requests += [
            {"addConditionalFormatRule": {"rule": rule, "index": i}}
            for i, rule in enumerate(tab.get("conditionalFormats", []))
        ]
        requests += [{"setBasicFilter": {"filter": tab["basicFilter"]}}] if "basicFilter" in tab else []
        requests += [{"addBanding": {"bandedRange": band}} for band in tab.get("bandedRanges", [])]
        if requests:
            apply_requests(book, requests)
    if given.get("namedRanges"):
        apply_requests(book, [{"addNamedRange": {"namedRange": named}} for named in given["namedRanges"]])
    check_size(book)


def _fill_grid(book: Workbook, sheet: Sheet, grid_data: Json) -> None:
    writer = CellWriter(book, "sheets.data")
    top, left = grid_data.get("startRow", 0), grid_data.get("startColumn", 0)
    for i, row in enumerate(grid_data.get("rowData", [])):
        old = sheet.row(top + i)
        cells = {
            left + j: writer.update(old.cell(left + j), data, {"*": {}}) for j, data in enumerate(row.get("values", []))
        }
        sheet.put_cells(top + i, cells)
        sheet.row_count = max(sheet.row_count, top + i + 1)
        sheet.column_count = max(sheet.column_count, left + len(cells))
    for start, name, part in ((top, "rowMetadata", "rowMetadata"), (left, "columnMetadata", "columnMetadata")):
        for i, metadata in enumerate(grid_data.get(name, [])):
            if metadata:
                sheet.parts.setdefault(part, {})[str(start + i)] = metadata


def get(book: Workbook, mask: Mask, ranges: list[str], *, grid: bool) -> Json:
    """spreadsheets.get.

    Args:
        book: the workbook.
        mask: what the caller asked for.
        ranges: in A1 notation; none for everything.
        grid: includeGridData.
    """
    targets = [book.resolve(text) for text in ranges] if ranges else None
    return spreadsheet(book, mask, targets, grid=grid)


def batch_update(book: Workbook, body: Json) -> Json:
    """The replies of a batchUpdate applied to a draft."""
    return {"spreadsheetId": book.key, "replies": apply_requests(book, body.get("requests", []))}


def updated(book: Workbook, body: Json, mask: Mask) -> Json:
    """`updatedSpreadsheet` of a batchUpdate that asked for it; the workbook must be recalculated."""
    if not body.get("includeSpreadsheetInResponse") or not wants(mask, "updatedSpreadsheet"):
        return {}
    below = inner_mask(mask, "updatedSpreadsheet")
    ranges = body.get("responseRanges", [])
    grid = bool(body.get("responseIncludeGridData"))
    return {"updatedSpreadsheet": get(book, below, ranges, grid=grid)}


def copy_to(source: Workbook, sheet_id: int, destination: Workbook) -> Json:
    """sheets.copyTo: a tab copied to the end of another workbook, a draft; gives its properties."""
    if not source.has_sheet(sheet_id):
        raise invalid(f"No grid with id: {sheet_id}")
    tab = source.sheet(sheet_id)
    context = Context(destination, "copyTo", 0)
    new_id = context.free_id({sheet.sheet_id for sheet in destination.sheets}, None, "sheet")
    copied = copy_of(tab, new_id, copy_title(destination, tab.title))
    if source.styles is not destination.styles:
        known = {style: destination.styles.id_of(source.styles.get(style)) for row in tab.rows for style in row.styles}
        copied.rows = [
            type(row)(row.values, tuple(known[style] for style in row.styles), row.formulas) for row in tab.rows
        ]
    destination.adopt(copied, len(destination.sheets))
    check_size(destination)
    return sheet_properties(copied, len(destination.sheets) - 1)


def replace_by_rows(book: Workbook, rows: list[list[str]]) -> None:
    """Let typed rows take the place of all tabs; the one tab is called as the file, as after Drive's conversion."""
    context = Context(book, "upload", 0)
    new_id = context.free_id({sheet.sheet_id for sheet in book.sheets}, None, "sheet")
    sheet = Sheet(new_id, {"title": book.properties["title"]})
    book.sheets.clear()
    book.named_ranges.clear()
    book.adopt(sheet, 0)
    book.properties["timeZone"] = "America/Los_Angeles"
    ensure_size(book, sheet, len(rows), max(map(len, rows), default=0))
    writer = CellWriter(book, "upload")
    for index, texts in enumerate(rows):
        sheet.put_cells(index, {column: writer.typed(BLANK, text) for column, text in enumerate(texts)})
