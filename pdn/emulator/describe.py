"""A Spreadsheet as `spreadsheets.get` answers it: properties, tabs, and grid data where it is asked for."""

from __future__ import annotations

from typing import Any

from pdn.emulator.a1 import Box
from pdn.emulator.cells import DEFAULT_FORMAT, CellReader
from pdn.emulator.errors import Json
from pdn.emulator.fields import Mask, inner_mask, trim, wants
from pdn.emulator.model import Sheet, Target, Workbook

_ROW_PIXELS = 21
_COLUMN_PIXELS = 100
_LISTS = (
    "merges",
    "protectedRanges",
    "conditionalFormats",
    "filterViews",
    "bandedRanges",
    "tables",
    "rowGroups",
    "columnGroups",
)


def spreadsheet(book: Workbook, mask: Mask, targets: list[Target] | None, *, grid: bool) -> Json:
    """The Spreadsheet of a workbook.

    Args:
        book: the workbook, recalculated.
        mask: what the caller asked for; empty for everything.
        targets: the ranges asked for; None for all of every tab.
        grid: whether to give the cells when no mask says so.
    """
    with_data = wants(mask, "sheets", "data") if mask else grid
    chosen: dict[int, list[Box]] = {}
    for target in targets or []:
        chosen.setdefault(target.sheet.sheet_id, []).append(target.box)
    answer: Json = {
        "spreadsheetId": book.key,
        "properties": {**book.properties, "defaultFormat": DEFAULT_FORMAT},
        "sheets": [
            _sheet(book, sheet, index, mask, chosen.get(sheet.sheet_id, [sheet.grid]) if with_data else None)
            for index, sheet in enumerate(book.sheets)
            if targets is None or sheet.sheet_id in chosen
        ],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.key}/edit",
    }
    if book.named_ranges:
        answer["namedRanges"] = [plain_ranges(named) for named in book.named_ranges]
    return answer


def _sheet(book: Workbook, sheet: Sheet, index: int, mask: Mask, boxes: list[Box] | None) -> Json:
    answer: Json = {"properties": sheet_properties(sheet, index)}
    for part in _LISTS:
        if sheet.parts.get(part):
            answer[part] = plain_ranges(sheet.parts[part])
    if "basicFilter" in sheet.parts:
        answer["basicFilter"] = plain_ranges(sheet.parts["basicFilter"])
    if boxes is not None:
        below = inner_mask(mask, "sheets", "data")
        answer["data"] = [_grid_data(book, sheet, box, below) for box in boxes]
    return answer


def sheet_properties(sheet: Sheet, index: int) -> Json:
    """The SheetProperties of a tab."""
    grid = {
        "rowCount": sheet.row_count,
        "columnCount": sheet.column_count,
        **sheet.properties.get("gridProperties", {}),
    }
    rest = {name: value for name, value in sheet.properties.items() if name not in {"title", "gridProperties"}}
    return {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": index,
        "sheetType": "GRID",
        "gridProperties": grid,
        **rest,
    }


def _grid_data(book: Workbook, sheet: Sheet, box: Box, mask: Mask) -> Json:
    answer: Json = {}
    if box.top:
        answer["startRow"] = box.top
    if box.left:
        answer["startColumn"] = box.left
    if wants(mask, "rowData"):
        rows = _row_data(book, sheet, box, inner_mask(mask, "rowData", "values"))
        if rows:
            answer["rowData"] = rows
    if wants(mask, "rowMetadata"):
        known = sheet.parts.get("rowMetadata", {})
        answer["rowMetadata"] = [
            {"pixelSize": _ROW_PIXELS, **known.get(str(row), {})} for row in range(box.top, box.bottom)
        ]
    if wants(mask, "columnMetadata"):
        known = sheet.parts.get("columnMetadata", {})
        answer["columnMetadata"] = [
            {"pixelSize": _COLUMN_PIXELS, **known.get(str(column), {})} for column in range(box.left, box.right)
        ]
    return answer


def _row_data(book: Workbook, sheet: Sheet, box: Box, mask: Mask) -> list[Json]:
    """The cells of a range, masked, without the empty cells and rows at its end."""
    reader = CellReader(book, mask)
    rows: list[Json] = []
    for row in sheet.rows[box.top : box.bottom]:
        cells = [trim(reader.read(cell), mask) for cell in row.cells(box.left, min(box.right, row.width))]
        while cells and not cells[-1]:
            cells.pop()
        rows.append({"values": cells} if cells else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


def plain_ranges(part: Any) -> Any:  # noqa: ANN401 - JSON of any shape
    """A part as answers write it: ranges do not name the tab of id 0."""
    if isinstance(part, list):
        return [plain_ranges(item) for item in part]
    if isinstance(part, dict):
        return {key: plain_ranges(value) for key, value in part.items() if not (key == "sheetId" and value == 0)}
    return part
