"""Every page opens, wide and narrow, in French, without an error and without leaving the machine."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pdn.ui.navigation import BY_SLUG, SCREENS

WIDTHS = (1440, 390)
GRAVE = {"serious", "critical"}
PAGES = [pytest.param(screen, id=screen.slug) for screen in SCREENS]
HOME = SCREENS[0].slug


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("screen", PAGES)
def test_a_page_opens_without_an_error_and_fits_the_width(visitor, screen, width):
    visitor.page.set_viewport_size({"width": width, "height": 900})
    page = visitor.open("" if screen.slug == HOME else screen.slug)
    expect(page.get_by_role("heading", level=1)).to_have_text(screen.title)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    beyond = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
    assert beyond <= 0, f"{beyond} pixels beyond the window"


def test_the_first_visitor_of_a_server_may_come_by_a_link(start, visit, watched):
    with start() as app:
        page = visit(app).open("annuaire")
        expect(page.get_by_role("heading", level=1)).to_have_text("Annuaire")
        expect(page.get_by_role("dialog")).to_have_count(0)
    # Streamlit looks for the page once before `st.navigation` has named it; the app closes what it says to the visitor.
    watched[:] = [found for found in watched if "does not seem to exist" not in found]


def test_the_menu_leads_to_every_page(visitor):
    page = visitor.open()
    for screen in SCREENS:
        page.get_by_test_id("stSidebarNav").get_by_role("link", name=screen.title).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(screen.title)
        visitor.settle()


def test_a_page_does_not_take_over_the_view_nor_the_words_of_another(visitor):
    page = visitor.open("annuaire?vue=Structures&recherche=souris")
    menu = page.get_by_test_id("stSidebarNav")
    for slug in ("conventions", "qualite", "formation", "budget", "journal", "parametres"):
        menu.get_by_role("link", name=BY_SLUG[slug].title).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(BY_SLUG[slug].title)
        visitor.settle()
        assert urlsplit(page.url).query == "", slug
    menu.get_by_role("link", name=BY_SLUG["annuaire"].title).click()
    expect(page.get_by_role("textbox", name="Rechercher")).to_have_value("souris")


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (390, "light")])
@pytest.mark.parametrize("slug", ["", *(screen.slug for screen in SCREENS[1:])])
def test_axe_finds_nothing_grave(visitor, slug, width, scheme):
    visitor.page.emulate_media(color_scheme=scheme)
    visitor.page.set_viewport_size({"width": width, "height": 900})
    page = visitor.open(slug)
    results = Axe().run(page).response["violations"]
    grave = [
        f"{found['id']}: {found['help']}\n{found['nodes'][0]['html'][:300]} {found['nodes'][0]['failureSummary']}"
        for found in results
        if found["impact"] in GRAVE
    ]
    assert grave == []
