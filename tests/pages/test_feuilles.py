"""The sheets' own view of the settings page: what was not understood, and the rows without an id."""

import pytest

from pdn.domain.structure import Structure
from pdn.ui.store import get_store

PAGE = "pages/administration/parametres.py"
VIEW = {"vue": "Feuilles"}


@pytest.fixture
def partner(open_page):
    """Types a row in the tab Structures past the app, as a partner does."""
    open_page(PAGE)
    store = get_store()

    def type_row(*cells: str) -> None:
        client = store.connection.client
        store.refresh()
        client.values_append("pdn-reseau", "'Structures'!A1", {"valueInputOption": "RAW"}, {"values": [list(cells)]})
        store.refresh()

    return type_row


def test_sheets_without_a_problem_say_so(open_page):
    app = open_page(PAGE, query=VIEW)
    assert any("rien à corriger" in found.value for found in app.markdown)


def test_a_row_typed_by_hand_gets_its_id(open_page, partner):
    partner("", "Maison des jeunes de la Dune")
    app = open_page(PAGE, query=VIEW)
    assert any("1 ligne ajoutée" in found.value.replace("\u00a0", " ") for found in app.warning)
    app.button(key="identifiants").click().run()
    assert not app.exception
    (added,) = [found for found in get_store().refresh().data.all(Structure) if "Dune" in found.name]
    assert added.id.startswith("S-")


def test_a_cell_that_was_not_understood_is_listed_with_its_address(open_page, partner):
    reading = get_store().refresh().data.reading(Structure)
    column = reading.columns["postcode"]
    partner("", "Maison des jeunes de la Dune", *[""] * (column - 2), "trois trois")
    app = open_page(PAGE, query=VIEW)
    listed = app.dataframe[0].value
    (row,) = listed[listed["Ce qui se trouve là"] == "trois trois"].to_dict("records")
    assert row["Adresse"].startswith("Structures!")
    assert "code postal" in row["Problème"]
