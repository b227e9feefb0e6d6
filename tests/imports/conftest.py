"""What the tests of imports share: tables as files, and what an import of one would do."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from xml.sax.saxutils import escape

import openpyxl
import pytest

from pdn.domain.settings import Settings
from pdn.imports.columns import Layout, guess_layout
from pdn.imports.file import FileSheet, ImportFile, read_file
from pdn.imports.preview import Choices, Preview, preview
from pdn.imports.rows import read_rows
from pdn.schema import Cell, Dataset, Record

TODAY = date(2026, 11, 23)


@pytest.fixture
def xlsx() -> Callable[..., bytes]:
    """Makes an Excel file of sheets, title → rows, as openpyxl writes it."""

    def make(**sheets: Sequence[Sequence[object]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        data = io.BytesIO()
        book.save(data)
        return data.getvalue()

    return make


NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


def ods_cell(value: object) -> str:
    """A cell as LibreOffice writes it."""
    match value:
        case None:
            return "<table:table-cell/>"
        case bool():
            kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        case int() | float():
            kind = f'office:value-type="float" office:value="{value}"'
        case datetime() | date():
            kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
        case time():
            kind = f'office:value-type="time" office:time-value="PT{value:%H}H{value:%M}M{value:%S}S"'
        case _:
            kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


@pytest.fixture
def ods() -> Callable[..., bytes]:
    """Makes an OpenDocument file of sheets, title → rows; a row may be given as the XML of its cells."""

    def make(manifest: str = "", **sheets: Sequence[Sequence[object] | str]) -> bytes:
        tables = "".join(
            f'<table:table table:name="{title}">'
            + "".join(
                row if isinstance(row, str) else f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>"
                for row in rows
            )
            + '<table:table-row table:number-rows-repeated="1048500">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
            for title, rows in sheets.items()
        )
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
            archive.writestr(
                "content.xml",
                f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES}><office:body>'
                f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
            )
        return data.getvalue()

    return make


def opened(data: bytes, name: str = "liste.csv") -> ImportFile:
    """A file that can be read."""
    file = read_file(name, data)
    assert isinstance(file, ImportFile), file
    return file


def sheet(*rows: Sequence[Cell]) -> FileSheet:
    """A sheet with these rows."""
    return FileSheet("Feuille1", tuple(tuple(row) for row in rows))


def imported(
    record_type: type[Record],
    rows: Sequence[Sequence[Cell]],
    data: Dataset,
    choices: Choices = Choices(),  # noqa: B008 - it is frozen
    layout: Layout | None = None,
) -> Preview:
    """What an import of these rows, a header among them, would do."""
    file = sheet(*rows)
    found = read_rows(file, layout or guess_layout(record_type, file.grid), data)
    return preview(found, data, Settings(), TODAY, choices)
