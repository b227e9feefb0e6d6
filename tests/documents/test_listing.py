"""Lists as files, read again by something else than their writer."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from pdn.documents.listing import Listing, csv_bytes, xlsx_bytes

LISTING = Listing(
    "Budget : charges/produits",
    ["Libellé", "Montant", "Date", "Nombre", "Oui"],
    [["Café d’accueil", Decimal("1234.50"), date(2019, 3, 12), 3, True], ["=1+1", None, None, None, None]],
    [("Filtres", "aucun")],
)


def test_csv_is_what_a_french_excel_opens():
    data = csv_bytes(LISTING)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[0] == ["Libellé", "Montant", "Date", "Nombre", "Oui"]
    assert rows[1] == ["Café d’accueil", "1234,50", "12/03/2019", "3", "oui"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula_in_csv(start):
    data = csv_bytes(Listing("Liste", ["Nom"], [[f"{start}1+1"]]))
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1] == [f"'{start}1+1"]


def test_xlsx_has_typed_cells_a_frozen_header_and_filters():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(LISTING)))
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet["B2"].value == 1234.5
    assert "€" in sheet["B2"].number_format
    assert sheet["C2"].value.date() == date(2019, 3, 12)
    assert (sheet["D2"].value, sheet["E2"].value) == (3, True)


def test_no_text_becomes_a_formula_in_xlsx():
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(LISTING)))
    assert (book.worksheets[0]["A3"].value, book.worksheets[0]["A3"].data_type) == ("=1+1", "s")
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(LISTING))) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_nothing_at_all_in_an_xlsx_is_a_formula(start):
    text = f"{start}1+1"
    listing = Listing("Liste", [text], [[text]], [(text, text)])
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(listing)))
    assert {cell.data_type for sheet in book.worksheets for row in sheet.rows for cell in row} == {"s"}


def test_xlsx_says_what_it_is():
    about = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(LISTING)))["À propos"]
    assert [[cell.value for cell in row] for row in about.rows] == [
        ["Contenu", "Budget : charges/produits"],
        ["Filtres", "aucun"],
    ]


def test_an_empty_list_is_still_a_file():
    assert openpyxl.load_workbook(io.BytesIO(xlsx_bytes(Listing("Vide", ["Nom"], []))))
