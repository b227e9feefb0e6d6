"""Excel's own files, read row by row so that neither a stray cell nor a hostile file fills the memory."""

import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import islice

from pdn.imports.limits import MOST_COLUMNS, MOST_ROWS, TOO_MANY_COLUMNS, TOO_MANY_ROWS, UnreadableError
from pdn.schema import Cell
from pdn.schema.cells import SECONDS_PER_DAY, is_blank, serial_of_date, serial_of_datetime

EXCEL_ROWS = 1_048_576
"""The rows of a sheet: what pretends to have more is not read further."""


def read_xlsx(data: bytes) -> list[tuple[str, list[list[Cell]]]]:
    """The sheets of a workbook, each with its cells: formulas by their value, dates as serial numbers.

    Raises:
        UnreadableError: it is larger than what is imported.
        Exception: it is broken; the library has no one error for that.
    """
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and only for whoever imports

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    sheets = []
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its size may be wrong
        sheets.append((sheet.title, _rows(sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True))))
    book.close()
    return sheets


def _rows(found: Iterable[tuple[object, ...]]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    blank: tuple[object, ...] | None = None
    for index, values in enumerate(islice(found, EXCEL_ROWS)):
        if values is blank:  # the library gives one and the same for a million rows that are not there
            continue
        if values.count(None) == len(values):
            blank = values
            continue
        cells = [cell_of(value) for value in values]
        while cells and is_blank(cells[-1]):
            cells.pop()
        if not cells:
            continue
        if index >= MOST_ROWS:
            raise UnreadableError(TOO_MANY_ROWS)
        if len(cells) > MOST_COLUMNS:
            raise UnreadableError(TOO_MANY_COLUMNS)
        rows += [[] for _ in range(index - len(rows))]
        rows.append(cells)
    return rows


def cell_of(value: object) -> Cell:
    """A value of a spreadsheet as the Sheets API would give it: dates as numbers, the rest as it is."""
    match value:
        case float() if value.is_integer():
            return int(value)
        case None | bool() | str() | int() | float():
            return value
        case datetime():
            return cell_of(serial_of_datetime(value.replace(tzinfo=None)))
        case date():
            return serial_of_date(value)
        case time():
            return cell_of(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
        case _:
            return value.total_seconds() / SECONDS_PER_DAY if isinstance(value, timedelta) else str(value)
