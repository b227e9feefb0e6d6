"""Google in a bad mood, seen from the pages: they stand, say why and how old they are, and nothing typed is lost."""

import shutil
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pdn.domain.attendance import Attendance
from pdn.domain.phase import Milestone
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind
from pdn.emulator import Emulator, serve
from pdn.french import NBSP
from pdn.sheets import Change
from pdn.sheets.connection import EMBEDDED_FILE
from pdn.ui.clock import now
from pdn.ui.navigation import BY_SLUG, SCREENS
from pdn.ui.store import get_store
from tests.pages.conftest import ROOT, TIMEOUT, well

FOR_EVER = 1_000_000


@pytest.fixture
def emulator(demo_workbook, tmp_path, monkeypatch):
    """The demonstration behind HTTP, where the app is sent."""
    folder = shutil.copytree(demo_workbook, tmp_path / "data")
    made = Emulator(folder / EMBEDDED_FILE)
    with serve(made) as address:
        monkeypatch.setenv("SHEETS_EMULATOR_HOST", urlsplit(address).netloc)
        monkeypatch.setenv("PDN_DATA", str(folder))
        # A failing request is sent again after some seconds: here, after none.
        monkeypatch.setattr("pdn.sheets.client.PATIENCE", 0.0)
        st.cache_resource.clear()
        st.cache_data.clear()
        yield made
        st.cache_resource.clear()
    made.close()


def visit(path: str, query: dict[str, str] | None = None) -> AppTest:
    """Open a page as a browser does."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
    app.run()
    app.query_params.update(query or {})
    app.switch_page(path)
    return well(app.run())


@pytest.fixture
def failing(emulator):
    """Google answers 503 since a reading that is twelve minutes old."""
    store = get_store()
    store.snapshot()
    emulator.faults.add(status=503, times=FOR_EVER)
    assert store.refresh().error is not None
    keeper = store._keeper
    keeper._current = replace(keeper._current, read_at=keeper._current.read_at - timedelta(minutes=12, seconds=30))
    keeper._not_before = float("inf")
    return emulator


def captions(app: AppTest) -> str:
    return " ".join(found.value for found in app.sidebar.caption)


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.slug)
@pytest.mark.usefixtures("failing")
def test_every_page_stands_with_its_age_and_a_sentence_while_google_fails(screen):
    app = visit(screen.path)
    (told,) = [found.value for found in app.warning if "Les données affichées" in found.value]
    assert "problème passager" in told
    assert f"il y a 12{NBSP}minutes" in told
    assert "réessaie d’elle-même" in told
    assert f"il y a 12{NBSP}minutes" in captions(app)
    assert app.title[0].value == screen.title


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.slug)
@pytest.mark.usefixtures("emulator")
def test_every_page_says_how_old_its_data_is(screen):
    app = visit(screen.path)
    assert "il y a moins d’une minute" in captions(app)
    assert not any("Les données affichées" in found.value for found in (*app.warning, *app.info))


def test_the_warning_goes_by_itself_once_google_is_back(failing):
    failing.faults.clear()
    get_store()._keeper._not_before = 0.0
    app = visit(SCREENS[0].path)
    get_store().refresh()
    app.run()
    assert not any("Les données affichées" in found.value for found in (*app.warning, *app.info))
    assert "il y a moins d’une minute" in captions(app)


@pytest.mark.usefixtures("emulator")
def test_a_slow_reading_says_how_old_the_page_is():
    store = get_store()
    store.snapshot()
    keeper = store._keeper
    keeper._current = replace(keeper._current, read_at=keeper._current.read_at - timedelta(hours=3))
    app = visit(SCREENS[0].path)
    (told,) = [found.value for found in app.info if "Les données affichées" in found.value]
    assert f"il y a 3{NBSP}heures" in told


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.slug)
def test_a_page_without_any_data_says_why_and_offers_to_try_again(emulator, screen):
    emulator.faults.add(status=403, times=FOR_EVER)
    app = visit(screen.path)
    assert ["n’est pas partagée" in found.value for found in app.error] == [True]
    (again,) = [button for button in app.button if button.label == "Réessayer"]
    emulator.faults.clear()
    get_store()._keeper._began_at = float("-inf")
    well(again.click().run())
    assert not app.error
    assert app.title[0].value == screen.title


@pytest.mark.usefixtures("emulator")
def test_a_first_reading_that_takes_long_leaves_the_person_free():
    get_store()._keeper.first_patience = 0
    app = visit(SCREENS[0].path)
    assert "La lecture continue" in app.error[0].value
    get_store().refresh()
    assert not well(app.run()).error


@pytest.mark.parametrize(
    ("moment", "told"), [("soon", "ont été lues il y a un instant"), ("later", "viennent d’être relues")]
)
@pytest.mark.usefixtures("emulator")
def test_reading_again_tells_what_came_of_it(moment, told):
    app = visit(SCREENS[0].path)
    if moment == "later":
        get_store()._keeper._began_at -= 60
    (button,) = [button for button in app.sidebar.button if button.label == "Actualiser"]
    well(button.click().run())
    assert [told in found.value for found in app.toast] == [True]


@pytest.mark.usefixtures("emulator")
def test_reading_again_while_google_is_slow_gives_the_page_back(monkeypatch):
    monkeypatch.setattr("pdn.sheets.keeper.PATIENCE", 0.0)
    app = visit(SCREENS[0].path)
    keeper = get_store()._keeper
    keeper._began_at -= 60
    monkeypatch.setattr(type(keeper), "_read_on", lambda _: None)
    (button,) = [button for button in app.sidebar.button if button.label == "Actualiser"]
    well(button.click().run())
    assert ["La lecture continue" in found.value for found in app.toast] == [True]


@pytest.fixture
def milestone(emulator):  # noqa: ARG001 - it has to be there
    """A milestone that can be marked as reached in one click."""
    return next(one for one in get_store().snapshot().data.live(Milestone) if one.reached_on is None)


def mark(milestone: Milestone) -> AppTest:
    app = visit(BY_SLUG["deploiement"].path, {"jalon": milestone.id})
    app.button(key=f"atteint-{milestone.id}").click()
    return well(app.run())


def retry(app: AppTest) -> AppTest:
    (button,) = [button for button in app.button if button.label == "Réessayer"]
    return well(button.click().run())


def reached(milestone: Milestone) -> bool:
    return get_store().refresh().data.get(Milestone, milestone.id).reached_on is not None


def test_a_click_that_could_not_be_saved_can_be_tried_again(emulator, milestone):
    emulator.faults.add(status=403, on="write", times=2)
    app = mark(milestone)
    assert ["Rien n’a été enregistré" in found.value for found in app.error] == [True]
    retry(app)
    assert any("lecture seule" in found.value for found in app.warning), "it failed once more"
    assert not reached(milestone)
    retry(app)
    assert any("Jalon atteint" in found.value for found in app.toast)
    assert reached(milestone)


def test_a_click_whose_outcome_nobody_knows_says_so_and_is_not_done_twice(emulator, milestone):
    emulator.faults.add(on="write", drop="after")
    emulator.faults.add(on="read")
    emulator.faults.add(on="read", drop="before", times=FOR_EVER)
    app = mark(milestone)
    assert ["rien ne sera écrit deux fois" in found.value for found in app.error] == [True]
    emulator.faults.clear()
    retry(app)
    assert reached(milestone)
    entries = [entry for entry in get_store().journal(Milestone) if entry.record_id == milestone.id]
    assert len({entry.commit_id for entry in entries}) == 1


def test_a_form_keeps_its_typing_and_its_button_says_to_try_again(emulator):
    promeneur = get_store().snapshot().data.live(Promeneur)[0]
    prefix = f"form-promeneur-{promeneur.id}"
    app = visit(BY_SLUG["annuaire"].path, {"promeneur": promeneur.id})
    app.button(key=f"edit-{promeneur.id}").click().run()
    app.text_input(key=f"{prefix}-online_slot").set_value("mardi 10 h – 12 h")
    emulator.faults.add(status=403, on="write")
    app.button(key=f"{prefix}-save").click().run()
    well(app)
    state = app.session_state["form"]
    assert "lecture seule" in state.failure.message
    assert get_store().refresh().data.get(Promeneur, promeneur.id) == promeneur


def test_people_added_to_a_session_are_not_added_twice_when_nobody_knows_whether_they_were(emulator):
    store = get_store()
    draft = Session(kind=SessionKind.TEAM_MEETING, name="Accueil", held_on=now().date() - timedelta(days=1))
    session = store.commit([Change(draft)], author="Ana").records[0]
    first, second = [one for one in store.snapshot().data.live(Promeneur) if one.left_on is None][:2]
    app = visit(BY_SLUG["formation"].path, {"seance": session.id})
    picker = next(found for found in app.multiselect if found.label == "Ajouter des Promeneurs")
    picker.set_value([first.id, second.id])
    press(app, "Ajouter à la liste")
    emulator.faults.add(on="write", drop="after")
    emulator.faults.add(on="read")
    emulator.faults.add(on="read", drop="before", times=FOR_EVER)
    press(app, "Enregistrer les présences")
    assert ["rien ne sera écrit deux fois" in found.value for found in app.error] == [True]
    emulator.faults.clear()
    next(one for one in app.button_group if one.label == f"État de {second.title}").set_value("absent")
    press(app, "Réessayer")
    assert not app.error
    rows = store.refresh().data.where(Attendance, "session_id", session.id)
    assert {row.promeneur_id: row.state.value for row in rows} == {first.id: "présent", second.id: "absent"}
    assert len(rows) == 2


def press(app: AppTest, label: str) -> None:
    (button,) = [button for button in app.main.button if button.label == label]
    well(button.click().run())


def test_a_journal_that_could_not_be_read_is_read_when_somebody_asks_again(emulator):
    get_store().snapshot()
    emulator.faults.add(status=403)
    app = visit(BY_SLUG["journal"].path)
    assert app.warning
    press(app, "Réessayer")
    assert not app.warning
    assert app.dataframe


SHARING = (BY_SLUG["parametres"].path, {"vue": "Partage"})


def spent(reads: int, writes: int) -> None:
    """As if so many requests had left in this minute."""
    counter = get_store().requests
    counter._reads.clear()
    for writing, number in ((False, reads), (True, writes)):
        for _ in range(number):
            counter.count(writing=writing)


@pytest.mark.parametrize(("reads", "writes", "left"), [(50, 3, "il en reste 10"), (4, 60, "il n’en reste plus")])
@pytest.mark.usefixtures("emulator")
def test_what_google_allows_is_shown_with_a_word_when_it_runs_out(reads, writes, left):
    get_store().snapshot()
    spent(reads, writes)
    app = visit(*SHARING)
    text = " ".join(found.proto.text for found in app.get("progress"))
    assert f"{reads} sur 60" in text
    assert f"{writes} sur 60" in text
    assert [left in found.value for found in app.warning] == [True]


@pytest.mark.usefixtures("emulator")
def test_what_google_allows_goes_without_a_word_while_there_is_plenty():
    get_store().snapshot()
    spent(49, 49)
    assert not visit(*SHARING).warning


def test_a_limit_that_was_reached_is_told(emulator):
    store = get_store()
    store.snapshot()
    emulator.faults.add(status=429)
    store.refresh()
    store._keeper._began_at = float("-inf")
    store.refresh()
    app = visit(*SHARING)
    assert [f"limite de Google est atteinte{NBSP}: une demande a été refusée" in f.value for f in app.warning] == [True]
