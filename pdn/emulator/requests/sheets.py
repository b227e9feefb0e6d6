"""Tabs: adding, deleting, duplicating them, and the properties of tabs and of the file."""

from __future__ import annotations

import copy

from pdn.emulator.colors import with_colors
from pdn.emulator.describe import sheet_properties
from pdn.emulator.errors import Json
from pdn.emulator.fields import Mask, apply, inner_mask, wants
from pdn.emulator.grow import check_size, resize
from pdn.emulator.model import DEFAULT_COLUMNS, DEFAULT_ROWS, Row, Sheet, Workbook
from pdn.emulator.refs import retitled_formula
from pdn.emulator.requests.context import Context

_COUNTS = {"rowCount", "columnCount"}
_FALSE_LEFT_OUT = ("hidden", "rightToLeft")


def settled(properties: Json) -> Json:
    """Sheet properties as they are kept: without what is false, zero or counted elsewhere."""
    kept = with_colors(properties)
    for name in _FALSE_LEFT_OUT:
        if not kept.get(name, True):
            del kept[name]
    grid = {name: value for name, value in kept.get("gridProperties", {}).items() if value and name not in _COUNTS}
    kept.pop("gridProperties", None)
    if grid:
        kept["gridProperties"] = grid
    return {name: value for name, value in kept.items() if name not in {"sheetId", "index", "sheetType"}}


def build_sheet(context: Context, properties: Json) -> Sheet:
    """A new tab of these SheetProperties, not yet in the workbook.

    Raises:
        ApiError: 400, its id or title is taken, or it is no grid.
    """
    book = context.book
    if properties.get("sheetType", "GRID") != "GRID":
        raise context.refuse(f"Sheets of type {properties['sheetType']} are not supported by this emulator.")
    taken = {sheet.sheet_id for sheet in book.sheets}
    sheet_id = context.free_id(taken, properties.get("sheetId"), "sheet")
    if sheet_id < 0:
        raise context.refuse(f"Sheet id cannot be negative: {sheet_id}")
    title = properties.get("title") or free_title(book, "Sheet")
    check_title(context, title)
    grid = properties.get("gridProperties", {})
    rows, columns = grid.get("rowCount", DEFAULT_ROWS), grid.get("columnCount", DEFAULT_COLUMNS)
    if rows < 1 or columns < 1:
        raise context.refuse("A sheet needs at least one row and one column.")
    return Sheet(sheet_id, settled({**properties, "title": title}), rows, columns)


def free_title(book: Workbook, stem: str) -> str:
    """`Sheet2` and on, the first one that no tab has."""
    taken = {sheet.title.casefold() for sheet in book.sheets}
    number = len(book.sheets) + 1
    while f"{stem}{number}".casefold() in taken:
        number += 1
    return f"{stem}{number}"


def check_title(context: Context, title: str, own: int | None = None) -> None:
    """Refuse a title that another tab has.

    Raises:
        ApiError: 400.
    """
    if any(s.title.casefold() == title.casefold() and s.sheet_id != own for s in context.book.sheets):
        raise context.refuse(f'A sheet with the name "{title}" already exists. Please enter another name.')


def add_sheet(context: Context, request: Json) -> Json:
    """AddSheet: a new tab, at its index or last."""
    properties = request.get("properties", {})
    sheet = build_sheet(context, properties)
    index = _new_index(context, properties.get("index"))
    context.book.adopt(sheet, index)
    check_size(context.book)
    return {"properties": sheet_properties(sheet, index)}


def _new_index(context: Context, asked: int | None) -> int:
    count = len(context.book.sheets)
    if asked is None:
        return count
    if not 0 <= asked <= count:
        raise context.refuse(f"index must be between 0 and {count}: {asked}")
    return asked


def delete_sheet(context: Context, request: Json) -> Json:
    """DeleteSheet; the last one stays, and so does the last that can be seen."""
    book = context.book
    sheet = context.sheet_of(request)
    if len(book.sheets) == 1:
        raise context.refuse("You can't remove all the sheets in a document.")
    if all(other.properties.get("hidden") for other in book.sheets if other is not sheet):
        raise context.refuse("You can't remove all the visible sheets in a document.")
    book.sheets.remove(sheet)
    book.named_ranges = [n for n in book.named_ranges if n["range"].get("sheetId", 0) != sheet.sheet_id]
    return {}


def duplicate_sheet(context: Context, request: Json) -> Json:
    """DuplicateSheet: a copy of a tab, in front unless an index is given."""
    book = context.book
    source = context.sheet(request.get("sourceSheetId", 0))
    index = _new_index(context, request.get("insertSheetIndex", 0))
    title = request.get("newSheetName") or copy_title(book, source.title)
    check_title(context, title)
    taken = {sheet.sheet_id for sheet in book.sheets}
    sheet_id = context.free_id(taken, request.get("newSheetId"), "sheet")
    book.adopt(copy_of(source, sheet_id, title), index)
    check_size(book)
    return {"properties": sheet_properties(book.sheets[index], index)}


def copy_title(book: Workbook, title: str) -> str:
    """`Copy of X`, numbered when that is taken."""
    taken = {sheet.title.casefold() for sheet in book.sheets}
    wanted = f"Copy of {title}"
    name, number = wanted, 2
    while name.casefold() in taken:
        name = f"{wanted} {number}"
        number += 1
    return name


def copy_of(source: Sheet, sheet_id: int, title: str) -> Sheet:
    """A copy of a tab under another id and title; its ranges name the copy."""
    sheet = source.copied()
    sheet.sheet_id = sheet_id
    sheet.properties = {**sheet.properties, "title": title}
    sheet.parts = _renamed(sheet.parts, sheet_id)
    return sheet


def _renamed(part: Json, sheet_id: int) -> Json:
    result: Json = {}
    for key, value in part.items():
        if isinstance(value, dict):
            result[key] = _renamed(value, sheet_id)
        elif isinstance(value, list):
            result[key] = [_renamed(item, sheet_id) if isinstance(item, dict) else item for item in value]
        else:
            result[key] = sheet_id if key == "sheetId" else value
    return result


def update_sheet_properties(context: Context, request: Json) -> Json:
    """UpdateSheetProperties: title, place, size, frozen rows, colour, visibility."""
    mask = context.mask(request, "SheetProperties")
    given = request.get("properties", {})
    sheet = context.sheet_of(given)
    if "*" in mask:
        mask = {name: {} for name in given if name != "sheetId"}
    if "sheetId" in mask or "sheetType" in mask:
        raise context.refuse("The id and the type of a sheet cannot be changed.")
    before = sheet.title
    _resize(context, sheet, given.get("gridProperties", {}), mask)
    for style, plain in (("tabColorStyle", "tabColor"), ("tabColor", "tabColorStyle")):
        if style in mask:
            sheet.properties.pop(plain, None)
    sheet.properties = settled(apply(sheet.properties, given, mask))
    if "title" in mask:
        if not given.get("title"):
            raise context.refuse("Sheet name cannot be empty.")
        check_title(context, sheet.title, sheet.sheet_id)
        _retitle_formulas(context.book, before, sheet.title)
    if all(other.properties.get("hidden") for other in context.book.sheets):
        raise context.refuse("You can't hide all the sheets in a document.")
    if "index" in mask:
        _move(context, sheet, given.get("index", 0))
    return {}


def _resize(context: Context, sheet: Sheet, grid: Json, mask: Mask) -> None:
    if not wants(mask, "gridProperties"):
        return
    inner = inner_mask(mask, "gridProperties")
    rows = grid.get("rowCount", 0 if "rowCount" in inner else sheet.row_count)
    columns = grid.get("columnCount", 0 if "columnCount" in inner else sheet.column_count)
    wanted_rows = rows if wants(inner, "rowCount") else sheet.row_count
    wanted_columns = columns if wants(inner, "columnCount") else sheet.column_count
    if wanted_rows < 1 or wanted_columns < 1:
        raise context.refuse("A sheet needs at least one row and one column.")
    kept = {**sheet.properties.get("gridProperties", {}), **grid}
    if wanted_rows <= kept.get("frozenRowCount", 0):
        raise context.refuse("You can't freeze all visible rows on the sheet.")
    if wanted_columns <= kept.get("frozenColumnCount", 0):
        raise context.refuse("You can't freeze all visible columns on the sheet.")
    resize(context.book, sheet, wanted_rows, wanted_columns)


def _move(context: Context, sheet: Sheet, index: int) -> None:
    """Move a tab; the index counts before the move, so its own and the next one leave it where it is."""
    sheets = context.book.sheets
    if not 0 <= index <= len(sheets):
        raise context.refuse(f"index must be between 0 and {len(sheets)}: {index}")
    current = sheets.index(sheet)
    if index in {current, current + 1}:
        return
    sheets.remove(sheet)
    sheets.insert(index if index < current else index - 1, sheet)


def _retitle_formulas(book: Workbook, old: str, new: str) -> None:
    for sheet in list(book.sheets):
        for i, row in enumerate(sheet.rows):
            if not row.formulas:
                continue
            formulas = {column: retitled_formula(text, old, new) for column, text in row.formulas.items()}
            if formulas != row.formulas:
                book.sheet(sheet.sheet_id).put_row(i, Row(row.values, row.styles, formulas))


def update_spreadsheet_properties(context: Context, request: Json) -> Json:
    """UpdateSpreadsheetProperties: title, locale, time zone."""
    mask = context.mask(request, "SpreadsheetProperties")
    given = copy.deepcopy(request.get("properties", {}))
    if "*" in mask:
        mask = {name: {} for name in given}
    for name in ("title", "locale", "timeZone"):
        if name in mask and not given.get(name):
            raise context.refuse(f"{name} cannot be empty.")
    context.book.properties = apply(context.book.properties, given, mask)
    return {}
