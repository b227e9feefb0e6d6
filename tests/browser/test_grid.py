"""The other side without Google: a partner edits the raw tabs in a grid, the application reads what was done there."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Running


class Grid:
    """The grid of the page « Feuilles » as somebody uses it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def cell(self, row: int, column: int) -> Locator:
        """A cell by its row as it is numbered on screen, and its column counted from 0."""
        return self.page.locator(f'tr[data-row="{row}"] td').nth(column)

    def type(self, row: int, column: int, *texts: str) -> None:
        """Click on a cell and type texts one below the other, without waiting."""
        self.cell(row, column).click()
        for text in texts:
            self.page.keyboard.type(text)
            self.page.keyboard.press("Enter")
        self.settle()

    def choose(self, menu: str, action: str) -> None:
        """Do something to the selection."""
        self.page.locator("summary", has_text=re.compile(f"^{menu}")).click()
        self.page.locator("details[open]").get_by_role("button", name=action).click()
        self.settle()

    def settle(self) -> None:
        """Wait until the sheet has all that was done."""
        expect(self.page.locator("td.sent, .sheet.busy")).to_have_count(0)


@pytest.fixture(scope="module")
def app(browser, start) -> Iterator[Running]:
    """An app of these tests' own: they sort, rename and delete."""
    with start() as running:
        page = browser.new_page()
        page.goto(running.url)
        expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
        page.close()
        yield running


@pytest.fixture
def visitor(app, visit):
    return visit(app)


@pytest.fixture
def sheet(app):
    return app.sheet


@pytest.fixture
def open_tab(visitor):
    """Opens a tab of the workbook Réseau."""

    def opened(title: str) -> Grid:
        page = visitor.open(f"feuilles?classeur=reseau&onglet={title}")
        expect(page.locator("tr[data-row='1'] td").first).to_have_text("Identifiant")
        return Grid(page)

    return opened


@pytest.fixture
def read_again(visitor):
    """The application reads what was done in the grid."""

    def read() -> None:
        visitor.page.get_by_role("button", name="Relire les feuilles").click()
        expect(visitor.page.get_by_text("L’application a relu les feuilles")).to_be_visible()
        visitor.settle()

    return read


def headers(sheet, tab: str) -> list[str]:
    return list(sheet.rows(tab)[0])


def test_what_is_typed_is_in_the_sheet_and_in_the_directory_once_it_was_read(open_tab, visitor, sheet, read_again):
    grid = open_tab("Promeneurs")
    journal = sheet.journal()
    record_id = grid.cell(3, 0).inner_text()
    grid.type(3, 1, "Aliénor")
    expect(grid.cell(3, 1)).to_have_text("Aliénor")
    assert sheet.row("Promeneurs", record_id)["Prénom"] == "Aliénor"
    assert sheet.journal() == journal
    read_again()
    page = visitor.open(f"annuaire?promeneur={record_id}")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("Aliénor")


def test_texts_typed_fast_all_arrive_and_become_what_a_spreadsheet_makes_of_them(open_tab, sheet):
    grid = open_tab("Jalons")
    blank = len(sheet.rows("Jalons")) + 5
    grid.type(blank, 1, "12/03/2019", "=20+22", "0042", "rc rc é", "1 234,50 €")
    shown = [
        grid.cell(row, 1).inner_text().replace("\u202f", " ").replace("\xa0", " ") for row in range(blank, blank + 5)
    ]
    assert shown == ["12/03/2019", "42", "42", "rc rc é", "1 234,50 €"]
    grid.cell(blank + 1, 1).dblclick()
    expect(grid.page.locator(".editor")).to_have_value("=20+22")
    grid.page.keyboard.press("Escape")
    assert [row["Jalon"] for row in sheet.rows("Jalons")[blank - 2 : blank + 2]] == shown[:4]


def test_a_cell_is_emptied_and_what_was_given_up_is_not_written(open_tab, sheet):
    grid = open_tab("Jalons")
    before = sheet.rows("Jalons")
    grid.cell(2, 1).click()
    grid.page.keyboard.type("abandon")
    grid.page.keyboard.press("Escape")
    grid.cell(2, 1).dblclick()
    grid.page.keyboard.press("Enter")
    assert sheet.rows("Jalons") == before
    grid.cell(2, 1).click()
    grid.page.keyboard.press("Delete")
    grid.settle()
    assert sheet.rows("Jalons")[0]["Jalon"] == ""


def test_the_grid_stays_where_it_was_scrolled_to(open_tab):
    grid = open_tab("Promeneurs")
    grid.type(60, 8, "un", "deux")
    frame = grid.page.locator(".frame")
    assert frame.evaluate("frame => [frame.scrollTop > 0, frame.scrollLeft > 0]") == [True, True]
    expect(grid.page.locator(".content b")).to_have_text("I62")


def test_a_sorted_tab_still_opens_the_right_person(open_tab, visitor, sheet, read_again):
    grid = open_tab("Promeneurs")
    before = sheet.rows("Promeneurs")
    grid.cell(2, 2).click()
    grid.choose("Trier", "De Z à A")
    after = sheet.rows("Promeneurs")
    assert [row["Identifiant"] for row in after] != [row["Identifiant"] for row in before]
    read_again()
    someone = next(row for row in after if row["Nom"])
    page = visitor.open(f"annuaire?promeneur={someone['Identifiant']}")
    expect(page.get_by_role("heading", level=2).first).to_have_text(f"{someone['Prénom']} {someone['Nom']}")


def test_rows_are_inserted_moved_copied_pasted_and_deleted(open_tab, sheet):
    grid = open_tab("Structures")
    names = [row["Nom"] for row in sheet.rows("Structures")]
    grid.cell(3, 1).click()
    grid.choose("Ligne", "Insérer au-dessus")
    assert [row["Nom"] for row in sheet.rows("Structures")][:3] == [names[0], "", names[1]]
    grid.page.locator("tr[data-row='2'] th").click()
    grid.page.keyboard.press("ControlOrMeta+c")
    grid.cell(3, 0).click()
    grid.page.keyboard.press("ControlOrMeta+v")
    grid.settle()
    one, copy = sheet.rows("Structures")[:2]
    assert one == copy
    grid.cell(3, 0).click()
    grid.choose("Ligne", "Supprimer")
    grid.choose("Ligne", "Monter")
    assert [row["Nom"] for row in sheet.rows("Structures")] == [names[1], names[0], *names[2:]]


def test_columns_are_inserted_moved_and_deleted(open_tab, sheet):
    grid = open_tab("Structures")
    before = headers(sheet, "Structures")
    grid.cell(1, 1).click()
    grid.choose("Colonne", "Insérer à droite")
    grid.type(1, 2, "À nous")
    grid.cell(1, 2).click()
    grid.choose("Colonne", "Déplacer à gauche")
    assert headers(sheet, "Structures")[:3] == [before[0], "À nous", before[1]]
    grid.choose("Colonne", "Supprimer")
    assert headers(sheet, "Structures") == before


def test_choosing_a_column_does_not_offer_to_delete_all_rows(open_tab):
    grid = open_tab("Structures")
    grid.page.get_by_role("columnheader", name="C", exact=True).click()
    expect(grid.page.locator("summary", has_text="Colonne C")).to_be_visible()
    expect(grid.page.locator("summary", has_text="Ligne")).to_be_hidden()


def test_a_renamed_header_is_reported(open_tab, visitor, sheet, read_again):
    grid = open_tab("Promeneurs")
    column = headers(sheet, "Promeneurs").index("Téléphone")
    grid.type(1, column, "Numéro où on me trouve")
    assert "Numéro où on me trouve" in headers(sheet, "Promeneurs")
    read_again()
    page = visitor.open("qualite")
    told = page.get_by_test_id("stDataFrame").locator("td", has_text=re.compile("La colonne «.Téléphone.» manque"))
    expect(told.first).to_be_attached()


def test_a_renamed_tab_stays_open_under_its_new_name(open_tab, visitor, sheet):
    grid = open_tab("Avenants")
    grid.page.get_by_role("button", name="Renommer l’onglet").click()
    grid.page.get_by_role("textbox", name="Nom de l’onglet").fill("Nos avenants")
    grid.page.get_by_test_id("stPopoverBody").get_by_role("button", name="Renommer").click()
    expect(grid.page).to_have_url(re.compile("Nos"))
    visitor.settle()
    expect(grid.cell(1, 0)).to_have_text("Identifiant")
    assert sheet.rows("Nos avenants") is not None
