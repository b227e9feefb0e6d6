"""What leaves the app by the browser, opened again by something else."""

import csv
import io

import openpyxl
from playwright.sync_api import expect


def test_a_filtered_list_is_exported_as_it_is_shown_and_says_so(visitor, sheet):
    someone = next(row for row in sheet.rows("Promeneurs") if not row["Sortie le"])
    page = visitor.open("annuaire")
    page.get_by_role("textbox", name="Rechercher").fill(f"{someone['Prénom']} {someone['Nom']}")
    expect(page.get_by_text("1 Promeneur")).to_be_visible()
    visitor.settle()
    page.get_by_role("button", name="Exporter").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel (.xlsx)").click()
    book = openpyxl.load_workbook(io.BytesIO(waiting.value.path().read_bytes()))
    header, row = book.worksheets[0].iter_rows(values_only=True)
    assert dict(zip(header, row, strict=True))["Mail"] == someone["Mail"]
    about = dict(book["À propos"].iter_rows(values_only=True))
    assert someone["Nom"] in about["Filtres"]
    assert waiting.value.suggested_filename.startswith("annuaire-des-promeneurs-")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="CSV", exact=True).click()
    text = waiting.value.path().read_text("utf-8-sig")
    assert [found["Mail"] for found in csv.DictReader(io.StringIO(text), delimiter=";")] == [someone["Mail"]]
