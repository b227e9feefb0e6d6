"""The page « Feuilles »: the raw tabs of both workbooks, read once, and what is done in the grid made in the sheet."""

import dataclasses
import json
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import read_settings
from pdn.emulator import Emulator
from pdn.sheets.raw import Dimension, RawWorkbook
from pdn.sheets.snapshot import Place
from pdn.ui.grid_actions import pending, perform
from pdn.ui.identity import Person
from pdn.ui.navigation import BY_SLUG
from pdn.ui.page import Page
from pdn.ui.store import get_store
from tests.pages.conftest import ROOT, well
from tests.pages.test_entrance import AUTH, KNOWN, SHEETS

PAGE = "pages/administration/feuilles.py"


def grid(app: AppTest) -> dict:
    """What the page gives to the browser's grid."""
    (found,) = app.get("bidi_component")
    return json.loads(found.proto.json)


def titles(app: AppTest) -> list[str]:
    return app.selectbox(key="onglet").options


@pytest.fixture
def log(open_page):
    """What was asked of the sheets, once the store stands."""
    open_page(BY_SLUG["annuaire"].path)
    emulator = get_store().connection.emulator
    assert isinstance(emulator, Emulator)
    emulator.log.clear()
    return emulator.log


def test_the_page_says_what_it_is_and_shows_the_first_tab_with_its_header(open_page):
    app = open_page(PAGE)
    assert "rien n’est vérifié ici" in app.info[0].value
    shown = grid(app)
    assert shown["title"] == "Structures"
    assert shown["rows"][0]["cells"][:2] == ["Identifiant", "Nom"]
    assert [row["index"] for row in shown["rows"][:3]] == [0, 1, 2]


@pytest.mark.parametrize("workbook", ["empty", "demo"])
def test_every_tab_of_both_workbooks_opens(open_page, workbook):
    app = open_page(PAGE, workbook)
    assert {"Structures", "Promeneurs", "Journal"} <= set(titles(app))
    for title in titles(app):
        assert grid(well(app.selectbox(key="onglet").select(title).run()))["title"] == title
    well(app.segmented_control(key="feuilles-classeur").set_value("pilotage").run())
    assert {"Paramètres", "Budget", "Journal"} <= set(titles(app))
    assert grid(app)["book"] == "pdn-pilotage"
    for title in titles(app):
        assert grid(well(app.selectbox(key="onglet").select(title).run()))["title"] == title


def test_an_address_opens_its_tab(open_page):
    app = open_page(PAGE, query={"classeur": "pilotage", "onglet": "Budget"})
    assert (grid(app)["book"], grid(app)["title"]) == ("pdn-pilotage", "Budget")


def test_an_address_of_a_tab_that_is_not_there_opens_the_first(open_page):
    assert grid(open_page(PAGE, query={"onglet": "Rien"}))["title"] == "Structures"


def test_a_page_costs_two_reads_and_what_changes_nothing_costs_none(open_page, log):
    app = open_page(PAGE)
    assert [entry.kind for entry in log] == ["read", "read"]
    log.clear()
    well(app.run())
    assert list(log) == []
    well(app.selectbox(key="onglet").select("Promeneurs").run())
    assert [entry.kind for entry in log] == ["read"]


def test_what_the_application_reads_anew_is_read_here_too(open_page, log):
    app = open_page(PAGE)
    get_store().refresh()
    log.clear()
    well(app.run())
    assert [entry.kind for entry in log] == ["read", "read"]


def test_rows_are_shown_by_pages_with_the_header_on_each(open_page):
    app = open_page(PAGE)
    assert len(grid(app)["rows"]) == 500
    app = well(app.selectbox(key="ligne").select_index(1).run())
    shown = grid(app)["rows"]
    assert [row["index"] for row in shown[:2]] == [0, 500]
    assert shown[0]["cells"][0] == "Identifiant"


def test_a_tab_without_that_page_shows_its_first(open_page):
    open_page(PAGE)
    raw = RawWorkbook(get_store().books[0])
    short = next(tab for tab in raw.tabs() if tab.title == "Phases")
    raw.delete(short, Dimension.ROWS, 100, short.rows)
    app = open_page(PAGE, query={"ligne": "501", "onglet": "Promeneurs"})
    app = well(app.selectbox(key="onglet").select("Phases").run())
    assert len(grid(app)["rows"]) == 100
    assert grid(app)["first"] == 0


def test_a_tab_is_renamed_and_stays_open(open_page):
    app = open_page(PAGE)
    sheet = grid(app)["sheet"]
    app.text_input(key=f"feuilles-titre-{sheet}").set_value("Nos structures")
    app = well(app.button(key="renommer").click().run())
    assert (grid(app)["title"], grid(app)["sheet"]) == ("Nos structures", sheet)


def test_a_title_that_is_taken_is_refused_in_french(open_page):
    app = open_page(PAGE)
    app.text_input(key=f"feuilles-titre-{grid(app)['sheet']}").set_value("Promeneurs")
    app = well(app.button(key="renommer").click().run())
    assert [found.value for found in app.error] == ["Un autre onglet porte déjà ce nom."]
    assert grid(app)["title"] == "Structures"


def test_reading_again_shows_in_the_application_what_was_typed_here(open_page):
    app = open_page(PAGE, query={"onglet": "Promeneurs"})
    raw = RawWorkbook(get_store().books[0])
    tab = next(tab for tab in raw.tabs() if tab.title == "Promeneurs")
    perform({"kind": "cells", "cells": [[1, 1, "Zénobie"]]}, raw, tab)
    assert "Zénobie" not in {found.first_name for found in get_store().snapshot().data.all(Promeneur)}
    app = well(next(button for button in app.button if button.label == "Relire les feuilles").click().run())
    assert "Zénobie" in {found.first_name for found in get_store().snapshot().data.all(Promeneur)}
    assert grid(app)["rows"][1]["cells"][1] == "Zénobie"
    assert [found.value for found in app.toast] == ["L’application a relu les feuilles."]


def test_sheets_that_do_not_answer_are_told_and_can_be_tried_again(open_page):
    app = open_page(PAGE)
    emulator = get_store().connection.emulator
    emulator.faults.forbid("pdn-reseau")
    get_store().refresh()
    app = well(app.run())
    assert app.error
    assert not app.get("bidi_component")
    emulator.faults.allow("pdn-reseau")
    assert grid(well(app.button(key="reessayer").click().run()))["title"] == "Structures"


def test_what_is_pasted_past_the_end_makes_the_tab_longer(open_page):
    open_page(PAGE)
    raw = RawWorkbook(get_store().books[0])
    tab = next(tab for tab in raw.tabs() if tab.title == "Structures")
    pasted = {"kind": "cells", "cells": [[tab.rows + 1, tab.columns, "au bout"], [tab.rows, 0, "avant"]]}
    assert perform(pasted, raw, tab)
    grown = next(tab for tab in raw.tabs() if tab.title == "Structures")
    assert (grown.rows, grown.columns) == (tab.rows + 2, tab.columns + 1)
    last = raw.rows(grown, tab.rows)[-1].cells
    assert last[tab.columns].shown == "au bout"


def test_an_action_is_made_once_and_in_order():
    sent = [{"number": 12, "kind": "sort"}, {"number": 10, "kind": "cells"}, {"number": 11, "kind": "grow"}]
    assert [action["number"] for action in pending(sent, 10)] == [11, 12]


def test_an_action_that_nobody_knows_is_an_error(open_page):
    open_page(PAGE)
    raw = RawWorkbook(get_store().books[0])
    with pytest.raises(ValueError, match="no such action"):
        perform({"kind": "burn"}, raw, raw.tabs()[0])


def test_on_google_sheets_the_page_is_not_there(monkeypatch):
    monkeypatch.delenv("SHEETS_EMULATOR_HOST", raising=False)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for key, value in (SHEETS | AUTH | KNOWN).items():
        app.secrets[key] = value
    app.user = {"is_logged_in": True, "email": "coordination@example.org", "email_verified": True}
    app.run()
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page(PAGE)


def test_on_google_sheets_the_page_itself_leads_to_the_real_sheets(open_page):
    open_page(PAGE)
    store = get_store()
    book = store.books[0]
    places = {record.table.key: Place(book.key, 7) for record in store.record_types}
    snapshot = dataclasses.replace(store.snapshot(), places=places)
    settings, problems = read_settings(snapshot.data)
    page = Page(store, snapshot, snapshot.data, settings, problems, Person("Léa"), date(2026, 11, 23))

    def draw(page):
        from pdn.ui.grid_sheet import draw_elsewhere  # noqa: PLC0415 - AppTest runs this function alone

        draw_elsewhere(page)

    app = well(AppTest.from_function(draw, args=(page,), default_timeout=30).run())
    assert "Google Sheets" in app.info[0].value
    assert all("https://docs.google.com/spreadsheets/d/pdn-reseau/edit" in found.value for found in app.markdown)
    assert len(app.markdown) == 2
