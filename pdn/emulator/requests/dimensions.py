"""Rows and columns: inserting, deleting, moving, grouping them, their size and visibility."""

from __future__ import annotations

from pdn.emulator import grow
from pdn.emulator.a1 import Box
from pdn.emulator.describe import plain_ranges
from pdn.emulator.errors import Json
from pdn.emulator.fields import apply
from pdn.emulator.model import BLANK, EMPTY_ROW, Sheet, row_of
from pdn.emulator.requests.context import Context

_CHARACTER_PIXELS = 7
_PADDING_PIXELS = 14
_ROW_PIXELS = 21


def insert_dimension(context: Context, request: Json) -> Json:
    """InsertDimension: empty rows or columns, formatted as the ones before or after."""
    dimension_range = request.get("range", {})
    sheet = context.sheet_of(dimension_range)
    dimension = context.dimension(dimension_range)
    start, end = dimension_range.get("startIndex", 0), dimension_range.get("endIndex", 0)
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    before = request.get("inheritFromBefore", False)
    if not 0 <= start < end:
        raise context.refuse("range.endIndex must be greater than range.startIndex.")
    if start > size or (start == size and not before):
        raise context.refuse(
            f"range.startIndex[{start}] must be less than the grid size ({size}) if inheritFromBefore is false."
        )
    if before and start == 0:
        raise context.refuse("inheritFromBefore cannot be true when range.startIndex is 0.")
    grow.insert(context.book, sheet, dimension, start, end - start, start - 1 if before else start)
    return {}


def delete_dimension(context: Context, request: Json) -> Json:
    """DeleteDimension; one row and one column stay."""
    sheet, dimension, start, end = context.span(request.get("range", {}))
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    if end - start == size:
        raise context.refuse(f"You can't delete all the {dimension.lower()} on the sheet.")
    frozen_key = "frozenRowCount" if dimension == "ROWS" else "frozenColumnCount"
    grid = sheet.properties.get("gridProperties", {})
    frozen = grid.get(frozen_key, 0)
    frozen_gone = max(min(end, frozen) - start, 0)
    if frozen and size - frozen == end - start - frozen_gone:
        raise context.refuse(f"It is not possible to delete all non-frozen {dimension.lower()}.")
    if frozen_gone == frozen:
        grid.pop(frozen_key, None)
    else:
        grid[frozen_key] = frozen - frozen_gone
    grow.delete(context.book, sheet, dimension, start, end)
    return {}


def append_dimension(context: Context, request: Json) -> Json:
    """AppendDimension: rows or columns at the end."""
    sheet = context.sheet_of(request)
    length = request.get("length", 0)
    if length < 1:
        raise context.refuse("length must be greater than 0.")
    rows = length if context.dimension(request) == "ROWS" else 0
    grow.ensure_size(context.book, sheet, sheet.row_count + rows, sheet.column_count + (length if not rows else 0))
    return {}


def move_dimension(context: Context, request: Json) -> Json:
    """MoveDimension: rows or columns go before an index that counts as it was before the move."""
    sheet, dimension, start, end = context.span(request.get("source", {}))
    to = request.get("destinationIndex", 0)
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    if not 0 <= to <= size:
        raise context.refuse(f"destinationIndex must be between 0 and {size}: {to}")
    if start < to < end:
        raise context.refuse("The destination is inside of the source.")
    if to not in {start, end}:
        grow.move(context.book, sheet, dimension, start, end, to)
    return {}


def update_dimension_properties(context: Context, request: Json) -> Json:
    """UpdateDimensionProperties: size and visibility."""
    sheet, dimension, start, end = context.span(request.get("range", {}))
    mask = context.mask(request, "DimensionProperties")
    properties = request.get("properties", {})
    if "pixelSize" in mask and properties.get("pixelSize", 0) < 1:
        raise context.refuse("pixelSize must be greater than 0.")
    known = sheet.parts.setdefault("rowMetadata" if dimension == "ROWS" else "columnMetadata", {})
    for index in range(start, end):
        changed = apply(known.get(str(index), {}), properties, mask)
        kept = {name: value for name, value in changed.items() if value}
        if kept:
            known[str(index)] = kept
        else:
            known.pop(str(index), None)
    return {}


def auto_resize_dimensions(context: Context, request: Json) -> Json:
    """AutoResizeDimensions: columns as wide as their longest text, by a rough width of a character."""
    sheet, dimension, start, end = context.span(request.get("dimensions", {}))
    known = sheet.parts.setdefault("rowMetadata" if dimension == "ROWS" else "columnMetadata", {})
    for index in range(start, end):
        pixels = _ROW_PIXELS
        if dimension == "COLUMNS":
            texts = [str(row.values[index]) for row in sheet.rows if index < len(row.values)]
            pixels = _CHARACTER_PIXELS * max(map(len, texts), default=0) + _PADDING_PIXELS
        known[str(index)] = {**known.get(str(index), {}), "pixelSize": pixels}
    return {}


def add_dimension_group(context: Context, request: Json) -> Json:
    """AddDimensionGroup: a group around rows or columns, one level deeper than those around it."""
    sheet, dimension, start, end = context.span(request.get("range", {}))
    part, after = _group_names(dimension)
    groups = sheet.items(part)
    depth = 1
    for group in groups:
        span = group["range"]
        inside = span["startIndex"] <= start and end <= span["endIndex"]
        if inside:
            depth = max(depth, group["depth"] + 1)
        elif start <= span["startIndex"] and span["endIndex"] <= end:
            group["depth"] += 1
    span = {"sheetId": sheet.sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}
    groups.append({"range": span, "depth": depth})
    sheet.properties.setdefault("gridProperties", {})[after] = True
    return {"dimensionGroups": plain_ranges(groups)}


def _group_names(dimension: str) -> tuple[str, str]:
    if dimension == "ROWS":
        return "rowGroups", "rowGroupControlAfter"
    return "columnGroups", "columnGroupControlAfter"


def delete_dimension_group(context: Context, request: Json) -> Json:
    """DeleteDimensionGroup: the innermost group over rows or columns goes."""
    sheet, dimension, start, end = context.span(request.get("range", {}))
    part, _ = _group_names(dimension)
    groups = sheet.items(part)
    over = [g for g in groups if g["range"]["startIndex"] <= start and end <= g["range"]["endIndex"]]
    if not over:
        raise context.refuse("There is no group over the range.")
    groups.remove(max(over, key=lambda group: group["depth"]))
    if not groups:
        del sheet.parts[part]
        return {}
    return {"dimensionGroups": plain_ranges(groups)}


def insert_range(context: Context, request: Json) -> Json:
    """InsertRange: empty cells; those in the way move down (ROWS) or right (COLUMNS)."""
    sheet, box = context.box(request.get("range", {}))
    dimension = _shift_dimension(context, request)
    if dimension == "ROWS":
        _move_cells(sheet, Box(box.top, box.left, sheet.row_count, box.right), box.height, 0)
    else:
        _move_cells(sheet, Box(box.top, box.left, box.bottom, sheet.column_count), 0, box.width)
    return {}


def delete_range(context: Context, request: Json) -> Json:
    """DeleteRange: cells go; those below (ROWS) or to the right (COLUMNS) take their place."""
    sheet, box = context.box(request.get("range", {}))
    dimension = _shift_dimension(context, request)
    if dimension == "ROWS":
        _move_cells(sheet, Box(box.top, box.left, sheet.row_count, box.right), -box.height, 0)
    else:
        _move_cells(sheet, Box(box.top, box.left, box.bottom, sheet.column_count), 0, -box.width)
    return {}


def _shift_dimension(context: Context, request: Json) -> str:
    return context.dimension({"dimension": request.get("shiftDimension")})


def _move_cells(sheet: Sheet, box: Box, down: int, right: int) -> None:
    """Move the cells of a region inside of it; what leaves it is lost, what is left behind is empty."""
    old = list(sheet.rows)
    for index in range(box.top, min(box.bottom, len(old) + max(down, 0))):
        kept = sheet.row(index)
        came_from = index - down
        source = old[came_from] if box.top <= came_from < min(box.bottom, len(old)) else EMPTY_ROW
        width = max(kept.width, min(box.right, source.width + max(right, 0)))
        cells = kept.cells(0, width)
        for column in range(box.left, min(box.right, width)):
            inside = box.left <= column - right < box.right
            cells[column] = source.cell(column - right) if inside else BLANK
        sheet.put_row(index, row_of(cells))
