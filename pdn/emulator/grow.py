"""Rows and columns that come, go and move: the grid itself, and every range that refers to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from pdn.emulator.errors import Json, invalid
from pdn.emulator.model import BLANK, EMPTY_ROW, MAX_CELLS, MAX_COLUMNS, Row, Sheet, Workbook, row_of
from pdn.emulator.refs import moved_formula

Span: TypeAlias = Callable[[int, int], "tuple[int, int] | None"]
"""Where a span of indexes (start, end) lies after a change; None when it is gone."""

_RANGE_PARTS = ("protectedRanges", "conditionalFormats", "bandedRanges", "tables", "filterViews", "basicFilter")


def check_size(book: Workbook) -> None:
    """Hold a workbook to Google's limits.

    Raises:
        ApiError: 400, too many cells or columns.
    """
    if book.cell_count() > MAX_CELLS:
        raise invalid(
            f"This action would increase the number of cells in the workbook above the limit of {MAX_CELLS} cells."
        )
    if any(sheet.column_count > MAX_COLUMNS for sheet in book.sheets):
        raise invalid(f"This action would increase the number of columns above the limit of {MAX_COLUMNS} columns.")


def ensure_size(book: Workbook, sheet: Sheet, rows: int, columns: int) -> None:
    """Let a tab have at least so many rows and columns."""
    sheet.row_count = max(sheet.row_count, rows)
    sheet.column_count = max(sheet.column_count, columns)
    check_size(book)


def resize(book: Workbook, sheet: Sheet, rows: int, columns: int) -> None:
    """Let a tab have exactly so many rows and columns; what lies outside is lost.

    Raises:
        ApiError: 400, no row or column would be left, or too many.
    """
    if rows < 1 or columns < 1:
        raise invalid("Invalid grid size: a sheet needs at least one row and one column.")
    if rows < sheet.row_count:
        delete(book, sheet, "ROWS", rows, sheet.row_count)
    if columns < sheet.column_count:
        delete(book, sheet, "COLUMNS", columns, sheet.column_count)
    sheet.row_count, sheet.column_count = rows, columns
    check_size(book)


def insert_rows(book: Workbook, sheet: Sheet, at: int, count: int) -> None:
    """Insert empty rows."""
    insert(book, sheet, "ROWS", at, count)


def insert(book: Workbook, sheet: Sheet, dimension: str, at: int, count: int, like: int | None = None) -> None:
    """Insert rows or columns.

    Args:
        book: the draft the tab is in.
        sheet: the tab.
        dimension: ROWS or COLUMNS.
        at: the index of the first new one.
        count: how many.
        like: the index of the one whose formats and validation the new ones take; None for none.
    """
    if dimension == "ROWS":
        new = (
            row_of(cell._replace(value=None, formula=None) for cell in sheet.row(like).cells())
            if like is not None
            else EMPTY_ROW
        )
        if at < len(sheet.rows) or new is not EMPTY_ROW:
            sheet.rows.extend([EMPTY_ROW] * (at - len(sheet.rows)))
            sheet.rows[at:at] = [new] * count
        sheet.row_count += count
    else:
        sheet.rows = [_inserted(row, at, count, like) for row in sheet.rows]
        sheet.column_count += count
    check_size(book)
    _shift(book, sheet, dimension, lambda start, end: _after_insert(start, end, at, count))


def _inserted(row: Row, at: int, count: int, like: int | None) -> Row:
    if at >= row.width and (like is None or like >= row.width):
        return row
    cells = row.cells()
    cells.extend([BLANK] * (at - len(cells)))
    new = row.cell(like)._replace(value=None, formula=None) if like is not None else BLANK
    cells[at:at] = [new] * count
    return row_of(cells)


def _after_insert(start: int, end: int, at: int, count: int) -> tuple[int, int]:
    return (start + count if start >= at else start), (end + count if end > at else end)


def delete(book: Workbook, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    """Delete the rows or columns from an index to another."""
    if dimension == "ROWS":
        del sheet.rows[start:end]
        sheet.row_count -= end - start
    else:
        sheet.rows = [
            row if start >= row.width else row_of([*row.cells(0, start), *row.cells(end, max(row.width, end))])
            for row in sheet.rows
        ]
        sheet.column_count -= end - start
    _shift(book, sheet, dimension, lambda first, last: _after_delete(first, last, start, end))


def _after_delete(first: int, last: int, start: int, end: int) -> tuple[int, int] | None:
    def where(index: int) -> int:
        return index if index <= start else max(start, index - (end - start))

    moved = where(first), where(last)
    return moved if moved[0] < moved[1] else None


def move(book: Workbook, sheet: Sheet, dimension: str, start: int, end: int, to: int) -> None:
    """Move rows or columns before the index `to`, counted before the move."""
    count = end - start
    size = sheet.row_count if dimension == "ROWS" else sheet.column_count
    order = [i for i in range(size) if not start <= i < end]
    at = to if to <= start else to - count
    order[at:at] = range(start, end)
    if dimension == "ROWS":
        rows = [sheet.row(i) for i in order]
        while rows and rows[-1] is EMPTY_ROW:
            rows.pop()
        sheet.rows = rows
    else:
        sheet.rows = [row_of(row.cell(i) for i in order) if row.width > min(start, to) else row for row in sheet.rows]
    place = {old: new for new, old in enumerate(order)}

    def follow(first: int, last: int) -> tuple[int, int]:
        spots = [place[i] for i in range(first, min(last, size))]
        whole = bool(spots) and max(spots) - min(spots) + 1 == len(spots)
        return (min(spots), max(spots) + 1) if whole else (first, last)

    _shift(book, sheet, dimension, follow)


def _shift(book: Workbook, sheet: Sheet, dimension: str, span: Span) -> None:
    """Let everything that refers to rows or columns of a tab follow them."""
    axis = "Row" if dimension == "ROWS" else "Column"
    for part in _RANGE_PARTS:
        if part in sheet.parts:
            sheet.parts[part] = _follow(sheet.parts[part], axis, span)
    _drop_what_is_gone(sheet, axis, span)
    named: list[Json] = []
    for item in book.named_ranges:
        own = item["range"].get("sheetId", 0) == sheet.sheet_id
        followed = _follow(item, axis, span) if own else item
        if "_gone" not in followed["range"]:
            named.append(followed)
    book.named_ranges = named
    _shift_metadata(sheet, "rowMetadata" if axis == "Row" else "columnMetadata", span)
    _shift_groups(sheet, "rowGroups" if axis == "Row" else "columnGroups", span)
    _shift_formulas(book, sheet, dimension, span)


def _drop_what_is_gone(sheet: Sheet, axis: str, span: Span) -> None:
    parts = sheet.parts
    if "merges" in parts:
        followed = [_follow(merge, axis, span) for merge in parts["merges"]]
        parts["merges"] = [merge for merge in followed if _area(merge) > 1]
    for part in ("protectedRanges", "bandedRanges", "tables", "filterViews"):
        if part in parts:
            parts[part] = [item for item in parts[part] if "_gone" not in item.get("range", {})]
    if "_gone" in parts.get("basicFilter", {}).get("range", {}):
        del parts["basicFilter"]
    if "conditionalFormats" in parts:
        parts["conditionalFormats"] = [rule for rule in parts["conditionalFormats"] if rule["ranges"]]


def _shift_metadata(sheet: Sheet, part: str, span: Span) -> None:
    if part not in sheet.parts:
        return
    kept: Json = {}
    for index, item in sheet.parts[part].items():
        moved = span(int(index), int(index) + 1)
        if moved:
            kept[str(moved[0])] = item
    sheet.parts[part] = kept


def _shift_groups(sheet: Sheet, part: str, span: Span) -> None:
    groups = []
    for group in sheet.parts.get(part, []):
        moved = span(group["range"].get("startIndex", 0), group["range"]["endIndex"])
        if moved:
            groups.append({**group, "range": {**group["range"], "startIndex": moved[0], "endIndex": moved[1]}})
    if part in sheet.parts:
        sheet.parts[part] = groups


def _follow(item: Any, axis: str, span: Span) -> Any:  # noqa: ANN401 - JSON of any shape
    """A part with each range in it moved; a range that is gone is marked so."""
    if isinstance(item, list):
        followed = [_follow(entry, axis, span) for entry in item]
        return [entry for entry in followed if not (isinstance(entry, dict) and "_gone" in entry)]
    if not isinstance(item, dict):
        return item
    start_key, end_key = f"start{axis}Index", f"end{axis}Index"
    result = {key: _follow(value, axis, span) for key, value in item.items()}
    if start_key in item or end_key in item:
        start, end = item.get(start_key, 0), item.get(end_key)
        moved = span(start, end if end is not None else 2**31 - 1)
        if moved is None:
            return {**result, "_gone": True}
        if start_key in item:
            result[start_key] = moved[0]
        if end is not None:
            result[end_key] = moved[1]
    return result


def _area(merge: Json) -> int:
    if "_gone" in merge:
        return 0
    return int((merge["endRowIndex"] - merge["startRowIndex"]) * (merge["endColumnIndex"] - merge["startColumnIndex"]))


def _shift_formulas(book: Workbook, moved: Sheet, dimension: str, span: Span) -> None:
    for sheet in list(book.sheets):
        for index, row in enumerate(sheet.rows):
            if not row.formulas:
                continue
            formulas = {
                column: moved_formula(text, dimension, span, own=sheet.sheet_id == moved.sheet_id, title=moved.title)
                for column, text in row.formulas.items()
            }
            if formulas != row.formulas:
                book.sheet(sheet.sheet_id).put_row(index, Row(row.values, row.styles, formulas))
