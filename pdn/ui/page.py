"""What each page begins with: the guard, its title, and the data of one moment."""

from dataclasses import dataclass
from datetime import date

import streamlit as st

from pdn.domain.settings import Settings, read_settings
from pdn.schema import Dataset, Problem, Record
from pdn.sheets import SheetsError, Snapshot, Store
from pdn.ui.clock import now
from pdn.ui.freshness import draw_no_data, draw_staleness
from pdn.ui.identity import Person, draw_entrance, who
from pdn.ui.messages import draw_flash
from pdn.ui.opened import VIEW
from pdn.ui.store import get_store

HERE = "page"
"""Where the session keeps the title of the page that it shows."""


@dataclass(frozen=True)
class Page:
    """What a page reads; its rules and drawings take it from here, so that one rerun sees one moment.

    Attributes:
        store: The shared sheets.
        snapshot: The last reading.
        data: Its records.
        settings: The settings read from them.
        settings_problems: The settings that could not be read.
        person: Who is there.
        today: The day in France.
    """

    store: Store
    snapshot: Snapshot
    data: Dataset
    settings: Settings
    settings_problems: tuple[Problem, ...]
    person: Person
    today: date

    def problems_of(self, record: Record) -> tuple[Problem, ...]:
        """What could not be read of a record."""
        return self.data.problems_of(record)


def open_page(title: str) -> Page:
    """Begin a page: stop where nobody may see it, draw its title, say what was just saved and how old the data is."""
    person = who()
    if person is None:
        draw_entrance()
        st.stop()
    try:
        store = get_store()
        snapshot = store.snapshot()
    except SheetsError as error:
        st.title(title)
        draw_no_data(error)
        st.stop()
    st.title(title)
    _forget_view(title)
    draw_flash()
    draw_staleness(store, snapshot)
    settings, problems = read_settings(snapshot.data)
    return Page(store, snapshot, snapshot.data, settings, problems, person, now().date())


def _forget_view(title: str) -> None:
    """Begin a page with its own first view, unless the address says another: all pages keep theirs under one name."""
    if st.session_state.get(HERE) != title:
        st.session_state[HERE] = title
        if VIEW not in st.query_params:
            st.session_state.pop(VIEW, None)
