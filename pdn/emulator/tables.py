"""Where a table ends: the blocks of data that `values.append` writes after."""

from __future__ import annotations

from pdn.emulator.a1 import Box
from pdn.emulator.model import Sheet


def last_table(sheet: Sheet, within: Box) -> Box | None:
    """The last block that has data inside of a range; None when the range is empty."""
    found = [table for table in _tables(sheet) if _has_data(sheet, table, within)]
    return max(found, key=lambda table: (table.bottom, table.right), default=None)


def _tables(sheet: Sheet) -> list[Box]:
    """The blocks of a tab, each bordered by empty cells, found from its top left on."""
    found: list[Box] = []
    for index, row in enumerate(sheet.rows):
        column = 0
        near = [table for table in found if table.top <= index < table.bottom]
        while column < len(row.values):
            inside = next((table for table in near if table.left <= column < table.right), None)
            if inside:
                column = inside.right
            elif row.values[column] is None:
                column += 1
            else:
                table = _grown(sheet, index, column)
                found.append(table)
                near.append(table)
                column = table.right
    return found


def _has_data(sheet: Sheet, table: Box, within: Box) -> bool:
    top, bottom = max(table.top, within.top), min(table.bottom, within.bottom)
    left, right = max(table.left, within.left), min(table.right, within.right)
    return any(_any(sheet, row, left, right) for row in range(top, bottom))


def _grown(sheet: Sheet, row: int, column: int) -> Box:
    """The smallest block around a cell which no filled cell touches, corners included."""
    top, left, bottom, right = row, column, row + 1, column + 1
    while True:
        before = (top, left, bottom, right)
        while top > 0 and _any(sheet, top - 1, left - 1, right + 1):
            top -= 1
        while bottom < len(sheet.rows) and _any(sheet, bottom, left - 1, right + 1):
            bottom += 1
        if left > 0 and any(_any(sheet, r, left - 1, left) for r in range(max(top - 1, 0), bottom + 1)):
            left -= 1
        if any(_any(sheet, r, right, right + 1) for r in range(max(top - 1, 0), bottom + 1)):
            right += 1
        if (top, left, bottom, right) == before:
            return Box(top, left, bottom, right)


def _any(sheet: Sheet, row: int, left: int, right: int) -> bool:
    return any(value is not None for value in sheet.row(row).values[max(left, 0) : right])
