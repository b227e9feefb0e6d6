"""Lists as files: CSV that French Excel opens by a double click, and .xlsx with typed cells."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from pdn.french import moment, short_day

Value: TypeAlias = str | int | float | Decimal | date | datetime | bool | None
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What Excel takes for a formula when a text begins with it."""

MOST_WIDTH, LEAST_WIDTH = 60, 10
NUMBER_FORMATS: Mapping[type, str] = {
    Decimal: '#,##0.00 "€"', datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy",
}  # fmt: skip
"""How Excel shows a cell of a type."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to export.

    Attributes:
        title: What it is: the file's name and the sheet's title.
        headers: The columns' headers.
        rows: The rows, one value a header.
        about: What describes it: (« Filtres », « Phase 2 »), (« Fait le », …).
    """

    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]
    about: Sequence[tuple[str, str]] = ()


def harmless(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would evaluate (a telephone in +33 included)."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def csv_bytes(listing: Listing) -> bytes:
    """The list as CSV for a French Excel: UTF-8 with its mark, semicolons, decimal commas, dates as 12/03/2019."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow([harmless(header) for header in listing.headers])
    writer.writerows([_csv_text(value) for value in row] for row in listing.rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case datetime():
            return value.strftime("%d/%m/%Y %H:%M")
        case date():
            return short_day(value)
        case int() | float() | Decimal():
            return str(value).replace(".", ",")
        case _:
            return harmless(value)


def xlsx_bytes(listing: Listing) -> bytes:
    """The list as .xlsx: typed cells, frozen header, filters on, and a sheet that says what it is."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and only for whoever exports
    from openpyxl.cell import Cell, WriteOnlyCell  # noqa: PLC0415 - the same
    from openpyxl.styles import Font  # noqa: PLC0415 - the same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - the same

    book = Workbook(write_only=True)
    sheet = book.create_sheet(listing.title[:31].translate(str.maketrans("[]:*?/\\", "-------")))
    sheet.freeze_panes = "A2"
    last = get_column_letter(max(1, len(listing.headers)))
    sheet.auto_filter.ref = f"A1:{last}{len(listing.rows) + 1}"
    for index, header in enumerate(listing.headers):
        longest = max([len(header), *(len(_csv_text(row[index])) for row in listing.rows)])
        width = min(MOST_WIDTH, max(LEAST_WIDTH, longest + 2))
        sheet.column_dimensions[get_column_letter(index + 1)].width = width

    def cell_of(value: Value) -> Cell:
        cell = WriteOnlyCell(sheet, value=value)  # type: ignore[arg-type] # openpyxl writes Decimal and date too
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula, whatever it begins with
        elif (format_ := NUMBER_FORMATS.get(type(value))) is not None:
            cell.number_format = format_
        return cell

    head = [cell_of(header) for header in listing.headers]
    for cell in head:
        cell.font = Font(bold=True)
    for row in (head, *([cell_of(value) for value in row] for row in listing.rows)):
        sheet.append(row)
    about = book.create_sheet("À propos")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 18, 80
    for pair in (("Contenu", listing.title), *listing.about):
        about.append([cell_of(text) for text in pair])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def made_on(now: datetime, author: str) -> tuple[tuple[str, str], ...]:
    """What every export says of itself: when it was made and by whom."""
    return (("Fait le", moment(now)), ("Par", author))
