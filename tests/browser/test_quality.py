"""A partner types in the sheet what the app has to ask about, and a click mends what has one meaning."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

FIRST_CELL = {"x": 150, "y": 55}
"""Where the first row of a table is, in pixels: it is drawn on a canvas and has no element of its own."""


@pytest.fixture(scope="module")
def app(browser, start):
    """An app of its own: the page counts all that is wrong in the sheets."""
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
def two(sheet):
    """Two Promeneurs who have not left."""
    present = [row for row in sheet.rows("Promeneurs") if row["Téléphone"] and not row["Sortie le"]]
    return present[-3], present[-4]


def until(act, expected):
    """Do something again until it is seen: a reading right after another is not made, a table under way not heard."""
    for _ in range(5):
        act()
        try:
            expect(expected).to_be_visible(timeout=3_000)
        except AssertionError:
            continue
        return
    pytest.fail(f"never seen: {expected}")


def read_again(visitor, expected):
    """Have the sheets read, and wait for what is new in them."""
    until(visitor.page.get_by_role("button", name="Actualiser").click, expected)
    visitor.settle()


def test_what_a_partner_typed_is_listed_and_a_certain_mend_is_one_click(visitor, sheet, two):
    rubbish, untidy = two
    page = visitor.open("qualite")
    before = sheet.rows("Promeneurs")
    sheet.type("Promeneurs", rubbish["Identifiant"], "Téléphone", "demander à l’accueil")
    sheet.type("Promeneurs", untidy["Identifiant"], "Téléphone", "06.39.98.00.44")
    read_again(visitor, page.get_by_text("1 point à corriger"))
    expect(page.get_by_text("1 écriture à harmoniser")).to_be_visible()
    page.get_by_role("button", name="Harmoniser les cellules").click()
    expect(page.get_by_text("1 correction faite dans la feuille.")).to_be_visible()
    visitor.settle()
    changed = {rubbish["Identifiant"]: "demander à l’accueil", untidy["Identifiant"]: "06 39 98 00 44"}
    assert sheet.rows("Promeneurs") == [
        row | {"Téléphone": changed.get(row["Identifiant"], row["Téléphone"])} for row in before
    ]
    (entry,) = [row for row in sheet.journal() if row["Avant"] == "06.39.98.00.44"]
    assert (entry["Fiche"], entry["Après"]) == (untidy["Identifiant"], "06 39 98 00 44")

    page.get_by_role("textbox", name="Rechercher").fill("accueil")
    expect(page.get_by_text("1 point sur")).to_be_visible()
    visitor.settle()
    opened = page.get_by_role("heading", name=re.compile("^Promeneurs!"))
    until(lambda: page.get_by_test_id("stDataFrame").first.click(position=FIRST_CELL), opened)
    assert "point=" in page.url, "a link to one point can be sent"
    page.get_by_role("button", name="Modifier", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("« demander à l’accueil », qui n’a pas été compris")).to_be_visible()
    dialog.get_by_role("button", name="Annuler").click()
    expect(dialog).to_have_count(0)

    structure, _, structure_id = rubbish["Structure"].rpartition(" · ")
    visitor.open(f"qualite?structure={structure_id}")
    link = page.get_by_role("link", name="Écrire à la structure")
    expect(link).to_be_visible()
    address = urlsplit(link.get_attribute("href"))
    assert address.scheme == "mailto"
    assert address.path.endswith("@example.org")
    assert "demander à l’accueil" in parse_qs(address.query)["body"][0]
    page.get_by_text("Le message entier, à copier").click()
    expect(page.get_by_text("Merci d’avance,")).to_be_visible()

    sheet.type("Promeneurs", rubbish["Identifiant"], "Téléphone", rubbish["Téléphone"])
    read_again(visitor, page.get_by_text(f"Rien à corriger pour {structure}"))
