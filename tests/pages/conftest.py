"""Opens the app's pages under AppTest, on a workbook of the test's own."""

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pdn.ui.navigation import BY_SLUG, SCREENS

ROOT = Path(__file__).parents[2]
TIMEOUT = 30


def well(app: AppTest) -> AppTest:
    """The app, which has no exception to show."""
    assert [f"{found.message}\n{''.join(found.stack_trace)}" for found in app.exception] == []
    return app


@pytest.fixture
def open_page(request, monkeypatch, copy_of):
    """Opens a page as a visitor's browser does, through app.py, and checks that it shows no exception.

    `open_page("pages/reseau/annuaire.py")` on the demonstration; `open_page(path, "empty")` on an empty workbook;
    `open_page(path, query={"promeneur": "P-…"})` with an address. Call it again to open another page on the same
    workbook.
    """
    opened: list[str] = []

    def open_(path: str, name: str = "demo", *, query: dict[str, str] | None = None) -> AppTest:
        if not opened:
            folder = copy_of(request.getfixturevalue(f"{name}_workbook"))
            monkeypatch.setenv("PDN_DATA", str(folder))
            monkeypatch.delenv("SHEETS_EMULATOR_HOST", raising=False)
            st.cache_resource.clear()
            st.cache_data.clear()
            opened.append(name)
        assert opened == [name], "one workbook a test"
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
        if Path(path).stem not in BY_SLUG and path != SCREENS[0].path:
            app.run()  # a page whose address is not its file's name is known once the menu was drawn
        app.query_params.update(query or {})
        app.switch_page(path)
        return well(app.run())

    yield open_
    st.cache_resource.clear()
