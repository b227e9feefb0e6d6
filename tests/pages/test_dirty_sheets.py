"""Every page opens on what people make of a spreadsheet."""

import pytest

from pdn.domain.promeneur import Promeneur
from pdn.ui.navigation import SCREENS
from pdn.ui.store import get_store

MESS = [
    ["", "", ""],
    ["", "Zoé", "Sans identifiant", "", "Structure inconnue", "", "pas une adresse", "demander"],
    ["P-00000001", "", "", "#REF!", "#N/A", "#REF!", "#REF!", "#REF!", "#REF!", "2019", "31/02/2020", "bientôt"],
    ["P-00000001", "Identifiant", "recopié", "x" * 2000, "🙂", "=1+1", "@", "+", 12.5, True, -1, 1e300],
]


@pytest.fixture
def messy(open_page):
    """The demonstration after a bad day in the sheets."""
    open_page(SCREENS[0].path)
    store = get_store()
    client = store.connection.client
    promeneurs, milestones = (
        store.book_of(Promeneur).metadata().find(title).sheet_id for title in ("Promeneurs", "Jalons")
    )
    client.values_append("pdn-reseau", "'Promeneurs'!A1", {"valueInputOption": "RAW"}, {"values": MESS})
    for tab in ("Conventions", "Séances", "Présences", "Structures", "Phases"):
        client.values_append("pdn-reseau", f"'{tab}'!A1", {"valueInputOption": "RAW"}, {"values": MESS})
    client.values_append("pdn-pilotage", "'Budget'!A1", {"valueInputOption": "RAW"}, {"values": MESS})
    client.values_update(
        "pdn-pilotage", "'Paramètres'!C2:C40", {"valueInputOption": "RAW"}, {"values": [["n’importe quoi"]] * 39}
    )
    client.batch_update(
        "pdn-reseau",
        {
            "requests": [
                {
                    "insertDimension": {
                        "range": {"sheetId": promeneurs, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}
                    }
                },
                {"deleteSheet": {"sheetId": milestones}},
            ]
        },
    )
    client.values_update(
        "pdn-reseau", "'Promeneurs'!A1", {"valueInputOption": "RAW"}, {"values": [["Les Promeneurs de Gironde"]]}
    )
    return store.refresh()


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.slug)
def test_every_page_opens_on_a_mess(open_page, messy, screen):
    assert messy.data.problems
    open_page(screen.path)


def test_what_was_right_is_still_read_and_what_is_not_is_told(messy):
    assert len(messy.data.all(Promeneur)) == 68
    told = {problem.address for problem in messy.data.problems}
    assert "Jalons" in told
    assert any("onglet « Jalons » manque" in problem.message for problem in messy.data.problems)


@pytest.mark.parametrize("view", ["Réglages", "Enveloppes", "Institutions", "Coordinateurs", "Feuilles"])
def test_every_view_of_the_settings_opens_on_a_mess(open_page, messy, view):
    del messy
    open_page("pages/administration/parametres.py", query={"vue": view})
