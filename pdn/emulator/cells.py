"""Cells as the API writes them: a CellData read from a cell, and a cell changed by a CellData under a mask."""

from __future__ import annotations

from pdn.emulator.colors import with_colors
from pdn.emulator.errors import Json, invalid, unsupported
from pdn.emulator.fields import Mask, apply, wants
from pdn.emulator.locales import locale_of
from pdn.emulator.model import BLANK, Cell, ErrorValue, Scalar, Workbook
from pdn.emulator.render import formatted
from pdn.emulator.typed import number_value, read_typed

_ATTRIBUTES = ("userEnteredFormat", "note", "dataValidation", "textFormatRuns")
WRITABLE = {"userEnteredValue", *_ATTRIBUTES}
_ERROR_TYPES = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "#ERROR!": "ERROR",
}
MAX_TEXT = 50_000

DEFAULT_FORMAT: Json = {
    "backgroundColor": {"red": 1, "green": 1, "blue": 1},
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": {"red": 1, "green": 1, "blue": 1}},
}


class CellReader:
    """Gives CellData; computes what the mask lets through and nothing else."""

    def __init__(self, book: Workbook, mask: Mask) -> None:
        self._styles = book.styles
        self._locale = locale_of(book.locale)
        self._wanted = {
            name
            for name in (*_ATTRIBUTES, "userEnteredValue", "effectiveValue", "formattedValue", "effectiveFormat")
            if wants(mask, name)
        }

    def read(self, cell: Cell) -> Json:
        """The CellData of a cell."""
        if cell == BLANK:
            return {}
        data: Json = {}
        attributes = self._styles.get(cell.style)
        if cell.value is not None or cell.formula is not None:
            if "userEnteredValue" in self._wanted:
                data["userEnteredValue"] = (
                    _extended(cell.value) if cell.formula is None else {"formulaValue": cell.formula}
                )
            if "effectiveValue" in self._wanted:
                data["effectiveValue"] = _extended(cell.value)
            if "formattedValue" in self._wanted:
                number_format = attributes.get("userEnteredFormat", {}).get("numberFormat", {})
                data["formattedValue"] = formatted(cell.value, number_format, self._locale)
        for name in _ATTRIBUTES:
            if name in self._wanted and name in attributes:
                data[name] = attributes[name]
        if "effectiveFormat" in self._wanted:
            data["effectiveFormat"] = _over(DEFAULT_FORMAT, attributes.get("userEnteredFormat", {}))
        return data


def _over(below: Json, above: Json) -> Json:
    merged = dict(below)
    for name, value in above.items():
        old = merged.get(name)
        merged[name] = _over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _extended(value: Scalar | None) -> Json:
    """A value as an ExtendedValue."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, ErrorValue):
        return {"errorValue": {"type": _ERROR_TYPES.get(value.text, "ERROR"), "message": value.message}}
    return {"stringValue": value} if isinstance(value, str) else {"numberValue": value}


class CellWriter:
    """Makes cells from what requests say.

    Args:
        book: the draft that is changed.
        where: how errors name the request, as `requests[0].updateCells`.
    """

    def __init__(self, book: Workbook, where: str) -> None:
        self._book = book
        self._styles = book.styles
        self._locale = locale_of(book.locale)
        self._where = where

    def raw(self, cell: Cell, value: object) -> Cell:
        """A cell given a JSON value as it is; "" empties it."""
        return cell._replace(value=self._scalar(value), formula=None)

    def typed(self, cell: Cell, value: object) -> Cell:
        """A cell given a JSON value as if typed: texts become numbers, dates, formulas."""
        if not isinstance(value, str) or value == "":
            return self.raw(cell, value)
        if value.startswith("=") and len(value) > 1:
            return cell._replace(value=None, formula=value)
        if self.attributes(cell).get("userEnteredFormat", {}).get("numberFormat", {}).get("type") == "TEXT":
            return self.raw(cell, value)
        scalar, number_format = read_typed(value, self._locale)
        result = self.raw(cell, scalar)
        if number_format is None:
            return result
        attributes = self.attributes(cell)
        if "numberFormat" in attributes.get("userEnteredFormat", {}):
            return result
        merged = {**attributes.get("userEnteredFormat", {}), "numberFormat": number_format}
        return self.with_attributes(result, {**attributes, "userEnteredFormat": merged})

    def attributes(self, cell: Cell) -> Json:
        """What a cell carries besides its value, not to be changed."""
        return self._styles.get(cell.style)

    def with_attributes(self, cell: Cell, attributes: Json) -> Cell:
        """A cell with other attributes."""
        kept = {name: value for name, value in attributes.items() if value not in ({}, [], "", None)}
        return cell._replace(style=self._styles.id_of(kept))

    def update(self, cell: Cell, data: Json, mask: Mask) -> Cell:
        """A cell with the fields of a mask taken from a CellData, cleared where it does not have them."""
        if "*" in mask:
            mask = {name: {} for name in WRITABLE}
        if "userEnteredValue" in mask:
            cell = self._entered(cell, data.get("userEnteredValue", {}))
        touched = {name: mask[name] for name in _ATTRIBUTES if name in mask}
        if not touched:
            return cell
        attributes = apply(self.attributes(cell), data, touched)
        if "userEnteredFormat" in attributes:
            attributes["userEnteredFormat"] = with_colors(attributes["userEnteredFormat"])
        return self.with_attributes(cell, attributes)

    def _entered(self, cell: Cell, value: Json) -> Cell:
        if len(value) > 1:
            raise invalid(f"Invalid {self._where}: A cell value can have only one of {', '.join(sorted(value))}.")
        if "errorValue" in value:
            raise invalid(f"Invalid {self._where}: userEnteredValue.errorValue is read only.")
        if "formulaValue" in value:
            formula = str(value["formulaValue"])
            if not formula.startswith("="):
                raise invalid(f"Invalid {self._where}: A formula must start with '=': {formula}")
            return cell._replace(value=None, formula=formula)
        return self.raw(cell, next(iter(value.values()), ""))

    def _scalar(self, value: object) -> Scalar | None:
        if value is None or value == "":
            return None
        if isinstance(value, str):
            if len(value) > MAX_TEXT:
                raise invalid("Your input contains more than the maximum of 50000 characters in a single cell.")
            return value
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return number_value(value)
        raise unsupported(f"A cell value of type {type(value).__name__}")
