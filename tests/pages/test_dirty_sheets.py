"""Every page opens on what people make of a spreadsheet."""

from dataclasses import replace
from random import Random

import pytest

from pdn.domain.attendance import Attendance
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Parameter
from pdn.schema import labelled
from pdn.ui.navigation import RECORD_PAGES, SCREENS, record_query
from pdn.ui.store import get_store
from tests.dirty.mess import BY_KEY, bad_day

AS_STORED = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}

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


@pytest.mark.parametrize("view", ["Réglages", "Enveloppes", "Institutions", "Coordinateurs", "Partage"])
def test_every_view_of_the_settings_opens_on_a_mess(open_page, messy, view):
    del messy
    open_page("pages/administration/parametres.py", query={"vue": view})


def put(store, record_type, grid):
    """Write a whole tab as it is, nothing evaluated, after whatever stood there is gone."""
    book = store.book_of(record_type)
    tab = book.metadata().find(record_type.table.tab)
    size = {"rowCount": len(grid) + 1, "columnCount": max(map(len, grid)) + 1}
    properties = {"sheetId": tab.sheet_id, "gridProperties": size}
    fields = "gridProperties(rowCount,columnCount)"
    client, title = store.connection.client, f"'{tab.title}'"
    client.batch_update(
        book.key, {"requests": [{"updateSheetProperties": {"properties": properties, "fields": fields}}]}
    )
    client.values_clear(book.key, title)
    client.values_update(book.key, f"{title}!A1", {"valueInputOption": "RAW"}, {"values": grid})


@pytest.fixture(params=range(3))
def bad_days(open_page, request):
    """The demonstration, every tab of which was taken in hand by somebody."""
    open_page(SCREENS[0].path)
    store, chance = get_store(), Random(request.param)  # noqa: S311 - a game of dice
    for record_type in BY_KEY.values():
        if record_type is not Parameter:
            key, title = store.book_of(record_type).key, record_type.table.tab
            grid = store.connection.client.values_get(key, f"'{title}'", AS_STORED)["values"]
            put(store, record_type, bad_day(record_type, grid, chance))
    return store.refresh()


def test_every_page_and_every_sort_of_card_opens_after_a_bad_day(open_page, bad_days):
    assert bad_days.error is None
    assert bad_days.data.problems
    assert bad_days.data.notices
    for screen in SCREENS:
        open_page(screen.path)
    for key in RECORD_PAGES:
        live = bad_days.data.live(BY_KEY[key])
        told = [record for record in live if bad_days.data.problems_of(record)]
        for record in (*told[:1], *live[-1:]):
            screen, query = record_query(record)
            open_page(screen.path, query=query)


def test_nothing_is_said_of_the_demonstration_as_the_app_wrote_it(open_page):
    open_page(SCREENS[0].path)
    data = get_store().snapshot().data
    assert (data.problems, data.notices) == ((), ())


def test_every_page_opens_on_twenty_thousand_rows(open_page):
    open_page(SCREENS[0].path)
    store = get_store()
    data = store.snapshot().data
    promeneur, attendance = data.all(Promeneur)[0], data.all(Attendance)[0]
    rows = {
        Promeneur: [labelled(replace(promeneur, id=f"P-{n:08}", email=f"p{n}@example.org")) for n in range(1_000)],
        Attendance: [replace(attendance, id=f"A-{n:08}", promeneur_id=f"P-{n % 1_000:08}") for n in range(19_000)],
    }
    for record_type, records in rows.items():
        columns = record_type.table.columns
        cells = [[column.kind.encode(getattr(record, column.field)) for column in columns] for record in records]
        put(store, record_type, [[column.header for column in columns], *cells])
    after = store.refresh()
    assert [len(after.data.all(record_type)) for record_type in rows] == [1_000, 19_000]
    for screen in SCREENS:
        open_page(screen.path)
