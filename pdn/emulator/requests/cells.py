"""Cells: writing, repeating, appending, validating, bordering, sorting, finding and replacing."""

from __future__ import annotations

import re

from pdn.emulator.a1 import Box
from pdn.emulator.cells import WRITABLE, CellWriter
from pdn.emulator.colors import with_colors
from pdn.emulator.errors import Json
from pdn.emulator.fields import Mask
from pdn.emulator.grow import ensure_size
from pdn.emulator.model import Cell, ErrorValue, Scalar, Sheet
from pdn.emulator.refs import offset_formula
from pdn.emulator.requests.context import Context


def update_cells(context: Context, request: Json) -> Json:
    """UpdateCells: rows of CellData from a place on or over a range; the rest of the range is cleared."""
    mask = _cell_mask(context, request)
    rows: list[Json] = request.get("rows", [])
    height = len(rows)
    width = max((len(row.get("values", [])) for row in rows), default=0)
    if "range" in request:
        sheet, box = context.box(request["range"])
        if height > box.height or width > box.width:
            raise context.refuse("Attempting to write more cells than the range has.")
    else:
        sheet, box = context.place(request.get("start", {}), height, width)
    writer = CellWriter(context.book, context.where)
    for i in range(box.height):
        given = rows[i].get("values", []) if i < height else []
        # Where a start is given, a shorter row leaves the cells after it alone.
        count = box.width if "range" in request else len(given)
        _write_row(sheet, writer, mask, (box.top + i, box.left), [*given, *[{}] * (count - len(given))])
    return {}


def _write_row(sheet: Sheet, writer: CellWriter, mask: Mask, place: tuple[int, int], values: list[Json]) -> None:
    index, left = place
    row = sheet.row(index)
    sheet.put_cells(index, {left + j: writer.update(row.cell(left + j), data, mask) for j, data in enumerate(values)})


def _cell_mask(context: Context, request: Json) -> Mask:
    """The fields of cells that a request writes.

    Raises:
        ApiError: 400, one of them cannot be written.
    """
    mask = context.mask(request, "CellData")
    strange = mask.keys() - WRITABLE - {"*"}
    if strange:
        raise context.refuse(f"Field is read only: {min(strange)}")
    return mask


def append_cells(context: Context, request: Json) -> Json:
    """AppendCells: rows of CellData after the last row with data, new rows added as needed."""
    if request.get("tableId"):
        raise context.refuse("Appending to a table by its id is not supported by this emulator.")
    mask = _cell_mask(context, request)
    rows: list[Json] = request.get("rows", [])
    sheet = context.sheet_of(request)
    start = sheet.last_row_with_data() + 1
    width = max((len(row.get("values", [])) for row in rows), default=0)
    ensure_size(context.book, sheet, start + len(rows), width)
    writer = CellWriter(context.book, context.where)
    for i, row in enumerate(rows):
        _write_row(sheet, writer, mask, (start + i, 0), row.get("values", []))
    return {}


def repeat_cell(context: Context, request: Json) -> Json:
    """RepeatCell: one CellData over a range; the references of a formula move along."""
    sheet, box = context.box(request.get("range", {}))
    mask = _cell_mask(context, request)
    writer = CellWriter(context.book, context.where)
    data = request.get("cell", {})
    formula = data.get("userEnteredValue", {}).get("formulaValue")
    made: dict[tuple[Cell, int, int], Cell] = {}

    def changed(cell: Cell, row: int, column: int) -> Cell:
        # Cells of a range are mostly alike: what one became, its likes become.
        key = (cell, row, column) if formula else (cell, 0, 0)
        if key not in made:
            given = data
            if formula:
                given = {**data, "userEnteredValue": {"formulaValue": offset_formula(formula, row, column)}}
            made[key] = writer.update(cell, given, mask)
        return made[key]

    for index in range(box.top, box.bottom):
        row = sheet.row(index)
        sheet.put_cells(
            index,
            {c: changed(row.cell(c), index - box.top, c - box.left) for c in range(box.left, box.right)},
        )
    return {}


def set_data_validation(context: Context, request: Json) -> Json:
    """SetDataValidation: a rule over a range; none clears it."""
    rule = settled_rule(request["rule"]) if "rule" in request else None
    data = {"dataValidation": rule} if rule else {}
    return repeat_cell(context, {"range": request.get("range", {}), "cell": data, "fields": "dataValidation"})


def settled_rule(rule: Json) -> Json:
    """A validation rule without what is false."""
    return {name: value for name, value in rule.items() if value is not False}


def update_borders(context: Context, request: Json) -> Json:
    """UpdateBorders: the outer and inner borders of a range; a border of style NONE goes."""
    sheet, box = context.box(request.get("range", {}))
    writer = CellWriter(context.book, context.where)
    for index in range(box.top, box.bottom):
        row = sheet.row(index)
        changed: dict[int, Cell] = {}
        for column in range(box.left, box.right):
            sides = {
                "top": request.get("top" if index == box.top else "innerHorizontal"),
                "bottom": request.get("bottom" if index == box.bottom - 1 else "innerHorizontal"),
                "left": request.get("left" if column == box.left else "innerVertical"),
                "right": request.get("right" if column == box.right - 1 else "innerVertical"),
            }
            changed[column] = _bordered(writer, row.cell(column), sides)
        sheet.put_cells(index, changed)
    return {}


def _bordered(writer: CellWriter, cell: Cell, sides: dict[str, Json | None]) -> Cell:
    attributes = writer.attributes(cell)
    cell_format = dict(attributes.get("userEnteredFormat", {}))
    borders = dict(cell_format.get("borders", {}))
    for side, border in sides.items():
        if border is not None and border.get("style", "NONE") == "NONE":
            borders.pop(side, None)
        elif border is not None:
            borders[side] = with_colors(border)
    cell_format["borders"] = borders
    if not borders:
        del cell_format["borders"]
    return writer.with_attributes(cell, {**attributes, "userEnteredFormat": cell_format})


def sort_range(context: Context, request: Json) -> Json:
    """SortRange: the rows of a range by some of its columns; equal rows keep their order, blanks go last."""
    sheet, box = context.box(request.get("range", {}))
    specs: list[Json] = request.get("sortSpecs", [])
    for spec in specs:
        column = spec.get("dimensionIndex", 0)
        if not box.left <= column < box.right:
            raise context.refuse(f"Sort column {column} is not in the range.")
    rows = [sheet.row(index) for index in range(box.top, box.bottom)]
    order = list(range(len(rows)))
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        descending = spec.get("sortOrder") == "DESCENDING"
        keys = [_sort_key(row.cell(column).value) for row in rows]
        keyed = [(key, i) for i in order if (key := keys[i]) is not None]
        # sorted() keeps equal rows in their order also when it sorts in reverse.
        filled = sorted(keyed, key=lambda pair: pair[0], reverse=descending)
        order = [i for _, i in filled] + [i for i in order if keys[i] is None]
    for to, source in enumerate(order):
        if to != source:
            _take_row(
                sheet,
                box,
                to,
                rows[source].cells(box.left, min(box.right, max(rows[to].width, rows[source].width))),
                source,
            )
    return {}


def _take_row(sheet: Sheet, box: Box, to: int, cells: list[Cell], source: int) -> None:
    """Put the cells of one row of a range into another; formulas refer to where they now stand."""
    moved = {
        box.left + i: cell
        if cell.formula is None
        else cell._replace(formula=offset_formula(cell.formula, to - source, 0))
        for i, cell in enumerate(cells)
    }
    sheet.put_cells(box.top + to, moved)


def _sort_key(value: Scalar | None) -> tuple[int, float, str] | None:
    """Numbers, then texts, then booleans, then errors; None for an empty cell."""
    if value is None:
        return None
    if isinstance(value, bool):
        return 2, float(value), ""
    if isinstance(value, ErrorValue):
        return 3, 0.0, value.text
    return (1, 0.0, value.casefold()) if isinstance(value, str) else (0, float(value), "")


def find_replace(context: Context, request: Json) -> Json:
    """FindReplace: in a range, a tab or all tabs; texts, and formulas when they are included."""
    if not request.get("find"):
        raise context.refuse("find cannot be empty.")
    pattern = _search_pattern(context, request)
    replacement = request.get("replacement", "")
    if not request.get("searchByRegex"):
        replacement = replacement.replace("\\", "\\\\")
    else:
        replacement = re.sub(r"\$(\d)", r"\\\1", replacement)
    counts = {"valuesChanged": 0, "formulasChanged": 0, "rowsChanged": 0, "sheetsChanged": 0, "occurrencesChanged": 0}
    for sheet, box in _searched(context, request):
        before = counts["rowsChanged"]
        for index in range(box.top, min(box.bottom, len(sheet.rows))):
            _replace_in_row(context, request, sheet, (index, box), pattern, replacement, counts)
        counts["sheetsChanged"] += counts["rowsChanged"] > before
    return {name: count for name, count in counts.items() if count}


def _search_pattern(context: Context, request: Json) -> re.Pattern[str]:
    text = request["find"] if request.get("searchByRegex") else re.escape(request["find"])
    try:
        return re.compile(text, 0 if request.get("matchCase") else re.IGNORECASE)
    except re.error as error:
        raise context.refuse(f"Invalid regular expression: {error}") from None


def _searched(context: Context, request: Json) -> list[tuple[Sheet, Box]]:
    if "range" in request:
        return [context.box(request["range"])]
    if request.get("allSheets"):
        sheets = [context.sheet(sheet.sheet_id) for sheet in list(context.book.sheets)]
    elif "sheetId" in request:
        sheets = [context.sheet(request["sheetId"])]
    else:
        raise context.refuse("One of range, sheetId or allSheets must be specified.")
    return [(sheet, sheet.grid) for sheet in sheets]


def _replace_in_row(
    context: Context,
    request: Json,
    sheet: Sheet,
    place: tuple[int, Box],
    pattern: re.Pattern[str],
    replacement: str,
    counts: dict[str, int],
) -> None:
    index, box = place
    row = sheet.row(index)
    writer = CellWriter(context.book, context.where)
    changed: dict[int, Cell] = {}
    for column in range(box.left, min(box.right, row.width)):
        cell = row.cell(column)
        text = cell.formula if cell.formula is not None else cell.value
        if not isinstance(text, str) or (cell.formula is not None and not request.get("includeFormulas")):
            continue
        if request.get("matchEntireCell") and not pattern.fullmatch(text):
            continue
        new, times = pattern.subn(replacement, text)
        if times:
            changed[column] = writer.typed(cell, new)
            counts["formulasChanged" if cell.formula is not None else "valuesChanged"] += 1
            counts["occurrencesChanged"] += times
    if changed:
        counts["rowsChanged"] += 1
        sheet.put_cells(index, changed)
