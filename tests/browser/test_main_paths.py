"""What a coordinator does all day, in the browser; then what stands in the sheet, seen by another client."""

import re

import pytest
from playwright.sync_api import Page, expect

SAVED = re.compile("enregistr", re.IGNORECASE)
EUROS = re.compile(r"[^\d,−-]")


def test_find_a_promeneur_and_correct_a_telephone(visitor, sheet):
    someone = next(row for row in sheet.rows("Promeneurs") if row["Téléphone"] and not row["Sortie le"])
    name = f"{someone['Prénom']} {someone['Nom']}"
    page = visitor.open("annuaire")
    page.get_by_role("textbox", name="Rechercher").fill(name.upper())
    visitor.settle()
    open_row(page, "Liste des Promeneurs")
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="Modifier", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    page.screenshot(path="/tmp/b1.png")
    dialog.get_by_role("textbox", name="Téléphone").fill("06.39.98.00.33")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="06 39 98 00 33")).to_be_visible()
    after = sheet.row("Promeneurs", someone["Identifiant"])
    assert after == someone | {"Téléphone": "06 39 98 00 33"}


def open_row(page: Page, table: str) -> None:
    """Click the first row of a table: it is drawn on a canvas, so a row has no element of its own."""
    grid = page.get_by_test_id("stDataFrame").first
    page.screenshot(path="/tmp/b0.png")
    grid.click(position={"x": 120, "y": 38 + 17})
