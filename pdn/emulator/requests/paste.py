"""Copy, cut and paste."""

from __future__ import annotations

import csv
import io

from pdn.emulator.a1 import Box
from pdn.emulator.cells import CellWriter
from pdn.emulator.errors import Json
from pdn.emulator.model import BLANK, Cell, ErrorValue, Sheet
from pdn.emulator.refs import offset_formula
from pdn.emulator.requests.context import Context

_SUPPORTED = {
    "PASTE_NORMAL",
    "PASTE_VALUES",
    "PASTE_FORMAT",
    "PASTE_NO_BORDERS",
    "PASTE_FORMULA",
    "PASTE_DATA_VALIDATION",
}


def _paste_type(context: Context, request: Json, key: str = "pasteType") -> str:
    kind = str(request.get(key, "PASTE_NORMAL"))
    if kind not in _SUPPORTED:
        raise context.refuse(f"{kind} is not supported by this emulator.")
    return kind


def _pasted(writer: CellWriter, old: Cell, new: Cell, kind: str) -> Cell:
    """A cell after another was pasted onto it."""
    attributes = dict(writer.attributes(new))
    match kind:
        case "PASTE_VALUES":
            value = new.value.text if isinstance(new.value, ErrorValue) else new.value
            return old._replace(value=value, formula=None)
        case "PASTE_FORMULA":
            return old._replace(value=new.value, formula=new.formula)
        case "PASTE_FORMAT" | "PASTE_DATA_VALIDATION":
            name = "userEnteredFormat" if kind == "PASTE_FORMAT" else "dataValidation"
            kept = {key: value for key, value in writer.attributes(old).items() if key != name}
            return writer.with_attributes(old, {**kept, name: attributes.get(name, {})})
        case "PASTE_NO_BORDERS":
            cell_format = dict(attributes.get("userEnteredFormat", {}))
            cell_format.pop("borders", None)
            return writer.with_attributes(new, {**attributes, "userEnteredFormat": cell_format})
        case _:
            return new


def copy_paste(context: Context, request: Json) -> Json:
    """CopyPaste: the source repeated over the destination as often as it fits, once at least."""
    source_sheet, source = context.box(request.get("source", {}))
    destination = dict(request.get("destination", {}))
    kind = _paste_type(context, request)
    transposed = request.get("pasteOrientation") == "TRANSPOSE"
    block = [source_sheet.row(row).cells(source.left, source.right) for row in range(source.top, source.bottom)]
    if transposed:
        block = [list(column) for column in zip(*block, strict=True)]
    height, width = len(block), len(block[0]) if block else 0
    sheet = context.sheet_of(destination)
    top, left = destination.get("startRowIndex", 0), destination.get("startColumnIndex", 0)
    bottom = destination.get("endRowIndex", sheet.row_count)
    right = destination.get("endColumnIndex", sheet.column_count)
    box = Box(
        top,
        left,
        top + max((bottom - top) // height, 1) * height,
        left + max((right - left) // width, 1) * width,
    )
    if box.bottom > sheet.row_count or box.right > sheet.column_count:
        raise context.exceeds(sheet, box)
    origin = (source.top, source.left)
    _put_block(context, sheet, box, block, kind, None if transposed else origin)
    return {}


def _put_block(
    context: Context, sheet: Sheet, box: Box, block: list[list[Cell]], kind: str, origin: tuple[int, int] | None
) -> None:
    """Lay a block of cells over a box; with an origin, the references of formulas move along."""
    writer = CellWriter(context.book, context.where)
    for i in range(box.height):
        row = sheet.row(box.top + i)
        cells = block[i % len(block)]
        changed: dict[int, Cell] = {}
        for j in range(box.width):
            new = cells[j % len(cells)]
            if new.formula is not None and origin:
                down = box.top + i - origin[0] - i % len(block)
                right = box.left + j - origin[1] - j % len(cells)
                new = new._replace(formula=offset_formula(new.formula, down, right))
            changed[box.left + j] = _pasted(writer, row.cell(box.left + j), new, kind)
        sheet.put_cells(box.top + i, changed)


def cut_paste(context: Context, request: Json) -> Json:
    """CutPaste: the source moves; what it leaves behind is empty."""
    source_sheet, source = context.box(request.get("source", {}))
    kind = _paste_type(context, request)
    if kind != "PASTE_NORMAL":
        raise context.refuse(f"Cutting with {kind} is not supported by this emulator.")
    sheet, box = context.place(request.get("destination", {}), source.height, source.width)
    block = [source_sheet.row(row).cells(source.left, source.right) for row in range(source.top, source.bottom)]
    empty = [[BLANK] * source.width]
    _put_block(context, source_sheet, source, empty, kind, None)
    _put_block(context, sheet, box, block, kind, None)
    return {}


def paste_data(context: Context, request: Json) -> Json:
    """PasteData: text with a delimiter, each piece as if typed."""
    if request.get("html"):
        raise context.refuse("Pasting HTML is not supported by this emulator.")
    if _paste_type(context, request, "type") not in {"PASTE_NORMAL", "PASTE_VALUES"}:
        raise context.refuse(f"Pasting data with {request['type']} is not supported by this emulator.")
    delimiter = request.get("delimiter", "\t")
    if len(delimiter) != 1:
        raise context.refuse("Only delimiters of one character are supported by this emulator.")
    rows = list(csv.reader(io.StringIO(request.get("data", "")), delimiter=delimiter))
    sheet, box = context.place(request.get("coordinate", {}), len(rows), max(map(len, rows), default=0))
    writer = CellWriter(context.book, context.where)
    for i, texts in enumerate(rows):
        row = sheet.row(box.top + i)
        typed = {box.left + j: writer.typed(row.cell(box.left + j), text) for j, text in enumerate(texts)}
        sheet.put_cells(box.top + i, typed)
    return {}
