"""Who may see the data: it fails closed (DESIGN §7)."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pdn.ui.navigation import SCREENS

ROOT = Path(__file__).parents[2]
SHEETS = {"connections": {"gsheets": {"client_email": "robot@example.org", "private_key": "x", "spreadsheet": "a"}}}
AUTH = {"auth": {"redirect_uri": "http://localhost/oauth2callback", "cookie_secret": "x", "google": {"client_id": "x"}}}
KNOWN = {"acces": {"coordination": ["Coordination@example.org"]}}


@pytest.fixture
def visit(monkeypatch):
    """Opens a page on Google Sheets as somebody; nothing is asked of Google for whom nobody knows."""
    monkeypatch.delenv("SHEETS_EMULATOR_HOST", raising=False)
    st.cache_resource.clear()

    def open_(path, secrets, user=None):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for key, value in secrets.items():
            app.secrets[key] = value
        if user is not None:
            app.user = user
        app.run()
        app.switch_page(path)
        return app.run()

    yield open_
    st.cache_resource.clear()


ON_GOOGLE = [screen for screen in SCREENS if not screen.embedded_only]


@pytest.mark.parametrize("screen", ON_GOOGLE, ids=lambda screen: screen.slug)
def test_without_a_login_configured_every_page_is_closed(visit, screen):
    app = visit(screen.path, SHEETS)
    assert not app.exception
    assert [found.value for found in app.title] == ["Promeneurs du Net"]
    assert "pas encore configurée" in app.warning[0].value
    assert not app.dataframe


def test_who_has_not_logged_in_is_asked_to(visit):
    app = visit(SCREENS[1].path, SHEETS | AUTH | KNOWN, {"is_logged_in": False})
    assert [found.label for found in app.button] == ["Se connecter"]
    assert not app.dataframe


@pytest.mark.parametrize(
    "user",
    [
        {"is_logged_in": True, "email": "quelqu.un@example.org"},
        {"is_logged_in": True, "email": ""},
        {"is_logged_in": True},
        {"is_logged_in": True, "email": "coordination@example.org", "email_verified": False},
    ],
)
def test_an_address_that_is_not_listed_or_not_verified_sees_nothing(visit, user):
    app = visit(SCREENS[1].path, SHEETS | AUTH | KNOWN, user)
    assert not app.exception
    assert "n’a pas accès" in app.warning[0].value
    assert not app.dataframe


def test_the_coordination_comes_in_whatever_the_case_of_its_address(visit):
    user = {"is_logged_in": True, "email": "COORDINATION@example.org", "email_verified": True}
    app = visit(SCREENS[1].path, SHEETS | AUTH | KNOWN, user)
    assert [found.value for found in app.title] == ["Annuaire"]
    assert "secrets" in app.error[0].value, "this one lacks the second sheet, and is told so"
