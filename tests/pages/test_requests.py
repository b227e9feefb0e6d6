"""What a page costs Google: nothing while the reading is fresh, one request a workbook to read again."""

import pytest

from pdn.domain.promeneur import Promeneur
from pdn.ui.navigation import BY_SLUG, SCREENS
from pdn.ui.store import get_store


@pytest.fixture
def log(open_page):
    """What was asked of the sheets since the page « Tableau de bord » stands."""
    open_page(SCREENS[0].path)
    store = get_store()
    store.refresh()
    emulator = store.connection.emulator
    emulator.log.clear()
    return emulator.log


READING = [screen for screen in SCREENS if not screen.embedded_only and screen is not BY_SLUG["journal"]]
"""The pages that show what the application read; « Feuilles » shows the sheets themselves, « Journal » what no reading
holds: each has its own count."""


@pytest.mark.parametrize("screen", READING, ids=lambda screen: screen.slug)
def test_opening_a_page_on_a_warm_reading_asks_nothing(open_page, log, screen):
    open_page(screen.path)
    assert list(log) == []


def test_the_journal_is_one_read_a_workbook_and_none_while_it_is_young(open_page, log):
    for _ in range(3):
        open_page(BY_SLUG["journal"].path)
    assert [entry.kind for entry in log] == ["read", "read"]


def test_a_refresh_is_one_read_a_workbook(log):
    get_store().refresh()
    assert [entry.kind for entry in log] == ["read", "read"]


def test_saving_a_form_is_one_read_and_one_write(open_page, log):
    promeneur = get_store().snapshot().data.all(Promeneur)[0]
    app = open_page("pages/reseau/annuaire.py", query={"promeneur": promeneur.id})
    app.button(key=f"edit-{promeneur.id}").click().run()
    app.text_input(key=f"form-promeneur-{promeneur.id}-online_slot").set_value("mardi 10 h – 12 h")
    app.button(key=f"form-promeneur-{promeneur.id}-save").click().run()
    assert [entry.kind for entry in log] == ["read", "write"]
    assert get_store().snapshot().data.get(Promeneur, promeneur.id).online_slot == "mardi 10 h – 12 h"
