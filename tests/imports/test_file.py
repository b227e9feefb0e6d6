"""Files of each format give the same cells; whatever can't be read ends in a French sentence."""

import io
import struct
import zipfile
from datetime import date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdn.imports import limits
from pdn.imports.file import ImportFile, Unreadable, read_file
from pdn.schema.cells import serial_of_date
from tests.imports.conftest import opened

DAY = serial_of_date(date(2019, 3, 12))
ROWS = (
    ("Nom", "Date", "Nombre", "Oui", "Montant"),
    ("Hélène", date(2019, 3, 12), 3, True, 12.5),
    ("0612345678", datetime(2019, 3, 12, 12, 0), 3.0, False, None),
)
CELLS = (
    ("Nom", "Date", "Nombre", "Oui", "Montant"),
    ("Hélène", DAY, 3, True, 12.5),
    ("0612345678", DAY + 0.5, 3, False),
)


def unreadable(data: bytes, name: str = "liste.xlsx") -> str:
    file = read_file(name, data)
    assert isinstance(file, Unreadable), file
    return file.message


def changed(data: bytes, name: str, content: bytes) -> bytes:
    """A compressed file with one of its parts replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return made.getvalue()


def test_excel_gives_typed_cells_and_text_stays_text(xlsx):
    (sheet,) = opened(xlsx(Liste=ROWS)).sheets
    assert (sheet.title, sheet.grid) == ("Liste", CELLS)


def test_libreoffice_gives_the_same_cells(ods):
    (sheet,) = opened(ods(Liste=ROWS)).sheets
    assert (sheet.title, sheet.grid) == ("Liste", CELLS)


def test_a_time_of_day_is_a_fraction_of_a_day_in_both(xlsx, ods):
    for data in (xlsx(A=[[time(2, 30)]]), ods(A=[[time(2, 30)]])):
        assert opened(data).sheets[0].grid[0][0] == pytest.approx(2.5 / 24)


def test_a_formula_gives_its_value(xlsx):
    data = xlsx(A=[["Nom"], ["=1+1"]])
    # openpyxl writes no value beside a formula, as Excel does: put one there.
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        content = (
            archive.read("xl/worksheets/sheet1.xml").replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>")
        )
    assert opened(changed(data, "xl/worksheets/sheet1.xml", content)).sheets[0].grid == (("Nom",), (2,))


def test_text_that_looks_like_a_formula_stays_text(ods):
    assert opened(ods(A=[["=1+1", "+33612345678", "@moi", "-"]])).sheets[0].grid == (
        ("=1+1", "+33612345678", "@moi", "-"),
    )


def test_libreoffice_repeats_cells_and_rows_and_keeps_its_comments_apart(ods):
    text = "<text:p>un<text:s text:c='2'/>deux</text:p><text:p>trois</text:p>"
    note = "<office:annotation><text:p>note</text:p></office:annotation>"
    row = (
        "<table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='2'/>"
        f"<table:table-cell office:value-type='string'>{note}{text}</table:table-cell>"
        "<table:covered-table-cell/><table:table-cell office:value-type='float' office:value='1'"
        " table:number-columns-repeated='2'/></table:table-row>"
    )
    expected = (None, None, "un  deux\ntrois", None, 1, 1)
    assert opened(ods(A=[["Nom"], row])).sheets[0].grid == (("Nom",), expected, expected)


def test_blank_rows_keep_their_place_and_blank_sheets_are_left_out(xlsx, ods):
    rows = [["Titre"], [], ["Nom"], [None, None]]
    for data in (xlsx(Vide=[[]], Liste=rows), ods(Vide=[[]], Liste=rows)):
        assert [(sheet.title, sheet.grid) for sheet in opened(data).sheets] == [("Liste", (("Titre",), (), ("Nom",)))]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_found(separator):
    lines = [["Nom", "Montant", "Ville"], ['"Centre; social, et | autre"', "12.5", "Bordeaux"], ["X", "3", "Bègles"]]
    file = opened("\n".join(separator.join(line) for line in lines).encode())
    assert file.separator == separator
    assert file.sheets[0].grid[1] == ("Centre; social, et | autre", "12.5", "Bordeaux")


def test_decimal_commas_do_not_part_cells():
    file = opened("Libellé;Prévu;Réalisé\nCafé;12,50;3,00\nThé;1,00;2,00\n".encode("cp1252"))
    assert (file.separator, file.encoding) == (";", "cp1252")
    assert file.sheets[0].grid[2] == ("Thé", "1,00", "2,00")


def test_excels_own_hint_of_a_separator_is_no_row():
    assert opened(b"sep=,\nNom,Ville\nA,B\n").sheets[0].grid == (("Nom", "Ville"), ("A", "B"))


def test_the_apostrophe_that_our_export_puts_before_a_formula_comes_off():
    assert opened("Téléphone;Nom\n'+33612345678;'Nom\n".encode()).sheets[0].grid[1] == ("+33612345678", "'Nom")


def test_the_name_of_a_file_says_nothing(xlsx):
    assert opened(xlsx(A=[["Nom"]]), "liste.csv").sheets[0].title == "A"
    assert opened(b"Nom;Ville\n", "liste.xlsx").sheets[0].grid == (("Nom", "Ville"),)


def test_a_person_may_say_the_encoding():
    data = "Nom\nÉlodie\n".encode("mac-roman")
    file = read_file("a.csv", data, "mac-roman")
    assert isinstance(file, ImportFile)
    assert file.sheets[0].grid[1] == ("Élodie",)


@pytest.mark.parametrize("data", [b"", b"   \r\n \n", b";;;\n;;\n"])
def test_an_empty_file_says_so(data):
    assert unreadable(data) == limits.EMPTY


def test_an_empty_workbook_says_so(xlsx, ods):
    assert unreadable(xlsx(A=[[]])) == limits.EMPTY
    assert unreadable(ods(A=[[]])) == limits.EMPTY


@pytest.mark.parametrize("data", [b"%PDF-1.7\n\x00\x01", b"\x89PNG\r\n\x1a\n\x00\x00", b"\xff\xd8\xff\xe0\x00\x10JFIF"])
def test_a_file_that_is_no_table_says_so(data):
    assert unreadable(data) == limits.NO_TABLE


def test_other_compressed_files_are_no_tables():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert unreadable(data.getvalue()) == limits.NO_TABLE


def test_a_web_page_named_xls_says_what_to_do():
    assert unreadable(b"<html><table><tr><td>Nom</td></tr></table></html>", "export.xls") == limits.WEB_PAGE


def test_old_excel_and_protected_files_say_what_to_do(ods):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    assert unreadable(ole + "Workbook".encode("utf-16-le")) == limits.OLD_EXCEL
    assert unreadable(ole + "EncryptedPackage".encode("utf-16-le")) == limits.ENCRYPTED
    assert unreadable(ods("<manifest:encryption-data/>", A=[["Nom"]])) == limits.ENCRYPTED


def test_a_file_too_heavy_is_not_even_opened():
    assert unreadable(b"a" * (limits.MOST_BYTES + 1)) == limits.TOO_HEAVY


def test_too_many_rows_say_so_in_each_format(xlsx, ods):
    rows = [["Nom"], *[["x"]] * limits.MOST_ROWS]
    assert unreadable(b"Nom\n" + b"x\n" * limits.MOST_ROWS) == limits.TOO_MANY_ROWS
    assert unreadable(xlsx(A=rows)) == limits.TOO_MANY_ROWS
    repeated = "<table:table-row table:number-rows-repeated='1000000'>"
    cell = "<table:table-cell office:value-type='string'><text:p>x</text:p></table:table-cell>"
    assert unreadable(ods(A=[f"{repeated}{cell}</table:table-row>"])) == limits.TOO_MANY_ROWS


def test_too_many_columns_say_so_in_each_format(xlsx, ods):
    row = ["x"] * (limits.MOST_COLUMNS + 1)
    assert unreadable(";".join(row).encode()) == limits.TOO_MANY_COLUMNS
    assert unreadable(xlsx(A=[row])) == limits.TOO_MANY_COLUMNS
    cell = "<table:table-cell office:value-type='float' office:value='1' table:number-columns-repeated='16384'/>"
    assert unreadable(ods(A=[f"<table:table-row>{cell}</table:table-row>"])) == limits.TOO_MANY_COLUMNS


def test_a_stray_cell_at_the_end_of_a_sheet_costs_no_memory():
    book = openpyxl.Workbook()
    book.active["A1"] = "Nom"
    book.active["XFD1048576"] = " "
    data = io.BytesIO()
    book.save(data)
    assert opened(data.getvalue()).sheets[0].grid == (("Nom",),)


def test_a_bomb_is_weighed_before_it_is_unpacked(xlsx, ods):
    zeros = bytes(limits.MOST_UNPACKED + 1)
    assert unreadable(changed(xlsx(A=[["Nom"]]), "xl/worksheets/sheet1.xml", zeros)) == limits.TOO_HEAVY
    assert unreadable(changed(ods(A=[["Nom"]]), "content.xml", zeros)) == limits.TOO_HEAVY


def test_a_bomb_that_lies_about_its_size_is_cut_short(ods):
    data = bytearray(changed(ods(A=[["Nom"]]), "content.xml", bytes(limits.MOST_UNPACKED + 1)))
    declared = struct.pack("<I", limits.MOST_UNPACKED + 1)
    assert declared in data
    assert unreadable(bytes(data.replace(declared, struct.pack("<I", 1000)))) == limits.BROKEN


def test_entities_that_unfold_without_end_are_refused(xlsx, ods):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    content = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l11;</x>'.encode()
    assert unreadable(changed(ods(A=[["Nom"]]), "content.xml", content)) == limits.BROKEN
    assert unreadable(changed(xlsx(A=[["Nom"]]), "xl/workbook.xml", content)) == limits.BROKEN


@given(st.integers(0, 3000), st.integers(1, 200), st.binary(min_size=1, max_size=8))
def test_a_broken_workbook_never_raises(start, length, noise):
    book = openpyxl.Workbook()
    book.active.append(["Nom", 1, date(2019, 3, 12)])
    made = io.BytesIO()
    book.save(made)
    data = bytearray(made.getvalue())
    data[start : start + length] = noise
    assert isinstance(read_file("a.xlsx", bytes(data)), ImportFile | Unreadable)


@given(st.binary(max_size=400))
def test_whatever_the_bytes_nothing_raises(data):
    assert isinstance(read_file("a.csv", data), ImportFile | Unreadable)
    assert isinstance(read_file("a.xlsx", b"PK\x03\x04" + data), ImportFile | Unreadable)
