"""What a cell shows: its value by the render options of a request."""

from __future__ import annotations

from pdn.emulator.errors import Json
from pdn.emulator.locales import Locale, locale_of
from pdn.emulator.model import Cell, ErrorValue, Row, Scalar, Workbook
from pdn.emulator.patterns import format_general, format_number

_DATES = {"DATE", "TIME", "DATE_TIME"}


def formatted(value: Scalar | None, number_format: Json, locale: Locale) -> str:
    """The text a cell shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return locale.true if value else locale.false
    if isinstance(value, ErrorValue):
        return value.text
    if isinstance(value, str):
        return value
    if number_format:
        return format_number(value, number_format.get("type", ""), number_format.get("pattern", ""), locale)
    return format_general(value, locale)


class Renderer:
    """Gives rows of values as an answer shows them.

    Args:
        book: the workbook the rows are of.
        values: FORMATTED_VALUE, UNFORMATTED_VALUE or FORMULA.
        dates: SERIAL_NUMBER or FORMATTED_STRING; without effect on FORMATTED_VALUE.
    """

    def __init__(self, book: Workbook, values: str = "FORMATTED_VALUE", dates: str = "SERIAL_NUMBER") -> None:
        self._styles = book.styles
        self._locale = locale_of(book.locale)
        self._formatted = values == "FORMATTED_VALUE"
        self._formulas = values == "FORMULA"
        self._dates_as_text = dates == "FORMATTED_STRING"

    def row(self, row: Row, start: int, end: int) -> list[object]:
        """The values of some columns of a row, without the empty ones at its end."""
        if not self._formatted and not row.formulas and not self._dates_as_text:
            shown: list[object] = ["" if value is None else value for value in row.values[start:end]]
        else:
            shown = [self._cell(cell) for cell in row.cells(start, min(end, len(row.values)))]
        while shown and shown[-1] == "":
            shown.pop()
        return shown

    def _cell(self, cell: Cell) -> object:
        if cell.value is None and cell.formula is None:
            return ""
        if self._formulas and cell.formula is not None:
            return cell.formula
        if isinstance(cell.value, str):
            return cell.value
        number_format = self.number_format(cell)
        if self._formatted or isinstance(cell.value, ErrorValue):
            return formatted(cell.value, number_format, self._locale)
        if self._dates_as_text and number_format.get("type") in _DATES:
            return formatted(cell.value, number_format, self._locale)
        return cell.value

    def number_format(self, cell: Cell) -> Json:
        """The number format of a cell; empty for none."""
        found: Json = self._styles.get(cell.style).get("userEnteredFormat", {}).get("numberFormat", {})
        return found
