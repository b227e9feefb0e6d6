"""What provisioning gives to a column: header, note, width, format, drop-down, protection."""

from collections.abc import Mapping
from typing import Any

from pdn.schema import Column
from pdn.schema.cells import column_letters
from pdn.schema.kinds import Choices, Reference
from pdn.sheets.book import quoted
from pdn.sheets.cells import Request, format_of

HEADER_COLOUR = {"red": 0.87, "green": 0.92, "blue": 0.96}
HEADER_FORMAT = {
    "backgroundColorStyle": {"rgbColor": HEADER_COLOUR},
    "textFormat": {"bold": True},
    "verticalAlignment": "MIDDLE",
    "wrapStrategy": "WRAP",
}
OWNED = "Rempli par l’application"


def header_cell(column: Column) -> dict[str, Any]:
    """The header's cell: its text, bold on a soft ground, with the help sentence as a note."""
    return {
        "userEnteredValue": {"stringValue": column.header},
        "userEnteredFormat": HEADER_FORMAT,
        "note": note(column),
    }


def note(column: Column) -> str:
    """The header's note: what the column is for, and what a cell should hold."""
    required = " À remplir." if column.required else ""
    return f"{column.help}{required}\nOn attend {column.kind.expected}."


def write_header(sheet_id: int, row: int, first: int, columns: tuple[Column, ...]) -> Request:
    """Neighbouring headers."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row, "columnIndex": first},
            "rows": [{"values": [header_cell(column) for column in columns]}],
            "fields": "userEnteredValue,userEnteredFormat,note",
        }
    }


def write_note(sheet_id: int, row: int, index: int, column: Column) -> Request:
    """The note of a header that stood there without one."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row, "columnIndex": index},
            "rows": [{"values": [{"note": note(column)}]}],
            "fields": "note",
        }
    }


def set_width(sheet_id: int, index: int, pixels: int) -> Request:
    """The width of a column; hidden where it has none."""
    properties: dict[str, Any] = {"pixelSize": pixels} if pixels else {"hiddenByUser": True}
    return {
        "updateDimensionProperties": {
            "range": {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": index, "endIndex": index + 1},
            "properties": properties,
            "fields": ",".join(properties),
        }
    }


def set_format(sheet_id: int, header_row: int, index: int, column: Column) -> Request | None:
    """The number format of a column under its header; None where its kind needs none."""
    number_format = format_of(column.kind)
    if number_format is None:
        return None
    cell = {"userEnteredFormat": {"numberFormat": {"type": number_format.type, "pattern": number_format.pattern}}}
    return {
        "repeatCell": {
            "range": below(sheet_id, header_row, index),
            "cell": cell,
            "fields": "userEnteredFormat.numberFormat",
        }
    }


def set_validation(
    sheet_id: int, header_row: int, index: int, column: Column, labels: Mapping[str, tuple[str, int, int]]
) -> Request | None:
    """The drop-down of a column; None where its kind has none.

    It warns and never refuses: a refused cell would be a word lost, a strange one is told on the pages.

    Args:
        sheet_id: The tab.
        header_row: Its header's row.
        index: The column's place.
        column: Its declaration.
        labels: Where the labels of each table stand, by the table's key: title, header's row, column.
    """
    if isinstance(column.kind, Reference):
        if column.kind.target not in labels:
            return None
        title, row, place = labels[column.kind.target]
        letters = column_letters(place)
        value = f"={quoted(title)}!${letters}${row + 2}:${letters}"
        condition: dict[str, Any] = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": value}]}
    elif column.kind.options and not isinstance(column.kind, Choices):
        # Several choices in one cell would each be marked as wrong by a list of single ones.
        options = [{"userEnteredValue": option} for option in column.kind.options]
        condition = {"type": "ONE_OF_LIST", "values": options}
    else:
        return None
    rule = {"condition": condition, "strict": False, "showCustomUi": True}
    return {"setDataValidation": {"range": below(sheet_id, header_row, index), "rule": rule}}


def protect(sheet_id: int, index: int | None, what: str) -> Request:
    """A warning before a column (or, without one, a whole tab) is edited by hand."""
    place: dict[str, int] = {"sheetId": sheet_id}
    if index is not None:
        place |= {"startColumnIndex": index, "endColumnIndex": index + 1}
    protected = {"range": place, "description": f"{OWNED} : {what}", "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": protected}}


def freeze(sheet_id: int, header_row: int) -> Request:
    """The header stays in sight."""
    properties = {"sheetId": sheet_id, "gridProperties": {"frozenRowCount": header_row + 1}}
    return {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.frozenRowCount"}}


def below(sheet_id: int, header_row: int, index: int) -> dict[str, int]:
    """A column under its header, to the last row."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": header_row + 1,
        "startColumnIndex": index,
        "endColumnIndex": index + 1,
    }
