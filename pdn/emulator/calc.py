"""Recalculation: after a change, each formula of the workbook gets the value it has now."""

from __future__ import annotations

from pdn.emulator.a1 import Bounds
from pdn.emulator.formula import evaluate
from pdn.emulator.functions import FormulaError, Matrix
from pdn.emulator.locales import locale_of
from pdn.emulator.model import Cell, ErrorValue, Scalar, Sheet, Workbook


def recalculate(book: Workbook) -> None:
    """Compute every formula of a draft; a cell is replaced only where its value changed."""
    run = _Run(book)
    for sheet in list(book.sheets):
        for index, row in enumerate(sheet.rows):
            if not row.formulas:
                continue
            changed: dict[int, Cell] = {}
            for column in row.formulas:
                cell = row.cell(column)
                value = run.value(sheet, index, column)
                if value != cell.value or type(value) is not type(cell.value):
                    changed[column] = cell._replace(value=value)
            if changed:
                book.sheet(sheet.sheet_id).put_cells(index, changed)


class _Run:
    """One recalculation: each formula is computed once, a circle of references is found."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._done: dict[tuple[int, int, int], Scalar] = {}
        self._running: set[tuple[int, int, int]] = set()
        self._decimal = locale_of(book.locale).decimal

    def value(self, sheet: Sheet, row: int, column: int) -> Scalar | None:
        cell = sheet.cell(row, column)
        if cell.formula is None:
            return cell.value
        place = (sheet.sheet_id, row, column)
        if place in self._done:
            return self._done[place]
        if place in self._running:
            return ErrorValue("#REF!", "Circular dependency detected.")
        self._running.add(place)
        value = evaluate(cell.formula, lambda title, bounds: self._range(sheet, title, bounds), self._decimal)
        self._running.discard(place)
        self._done[place] = value
        return value

    def _range(self, own: Sheet, title: str | None, bounds: Bounds) -> Matrix:
        sheet = own
        if title is not None:
            found = [s for s in self._book.sheets if s.title.casefold() == title.casefold()]
            if not found:
                raise FormulaError("#REF!", f"Unresolved sheet name '{title}'.")
            sheet = found[0]
        top, left = bounds.top or 0, bounds.left or 0
        if top >= sheet.row_count or left >= sheet.column_count:
            raise FormulaError("#REF!", "Reference does not exist.")
        bottom = min(sheet.row_count if bounds.bottom is None else bounds.bottom, max(len(sheet.rows), top + 1))
        right = sheet.column_count if bounds.right is None else bounds.right
        return Matrix([[self.value(sheet, row, column) for column in range(left, right)] for row in range(top, bottom)])
