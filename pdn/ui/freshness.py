"""How old the data on a page is, why it is no younger, and how to have it read again: without anybody waiting."""

from datetime import timedelta

import streamlit as st

from pdn.french import NBSP, ago, moment
from pdn.sheets import Refreshed, SheetsError, Snapshot, Store
from pdn.ui.clock import PARIS
from pdn.ui.messages import flash
from pdn.ui.store import get_store

OLD = timedelta(minutes=2)
AGE_EVERY, STALE_EVERY, OPENING_EVERY = timedelta(minutes=1), timedelta(seconds=5), timedelta(seconds=5)
TOLD = {
    Refreshed.DONE: "Les feuilles viennent d’être relues.",
    Refreshed.JUST_READ: "Les feuilles ont été lues il y a un instant.",
    Refreshed.UNDER_WAY: (
        f"La lecture continue{NBSP}: Google Sheets tarde à répondre. En attendant, les données affichées restent là."
    ),
}
"""What is told of a reading that somebody asked for; of one that failed, the page says it all."""


def draw_age(store: Store, snapshot: Snapshot) -> None:
    """Where the data is and when it was read, kept true while the page stays open."""

    @st.fragment(run_every=AGE_EVERY)
    def age() -> None:
        st.caption(f"Données {store.location}, {read(store, snapshot)}.")

    age()


def draw_refresh() -> None:
    """Draw the button that has the sheets read now."""
    st.button(
        "Actualiser", icon=":material/refresh:", on_click=refresh, width="stretch",
        help="Relit les feuilles maintenant. Sans cela, elles sont relues toutes les trente secondes.",
    )  # fmt: skip


def draw_staleness(store: Store, snapshot: Snapshot) -> None:
    """Say that the data is old and why; once there is younger data, say that instead."""
    if snapshot.error is None and snapshot.age(store.clock.now()) < OLD:
        return

    @st.fragment(run_every=STALE_EVERY)
    def staleness() -> None:
        latest = store.snapshot()
        if latest.error is not None:
            st.warning(
                f"{latest.error.message} Les données affichées ont été {read(store, snapshot)}. "
                "L’application réessaie d’elle-même.",
                icon=":material/cloud_off:",
            )
        elif latest.read_at == snapshot.read_at:
            st.info(
                f"Les données affichées ont été {read(store, snapshot)}. Une nouvelle lecture est en cours.",
                icon=":material/hourglass_top:",
            )
        else:
            # The page is not redrawn by itself: somebody may be typing on it.
            again = "Google Sheets répond de nouveau. " if snapshot.error is not None else ""
            st.success(f"{again}Des données plus récentes sont arrivées.", icon=":material/cloud_done:")
            if st.button("Afficher les données à jour", icon=":material/refresh:", key="show-latest"):
                st.rerun()

    staleness()


def draw_no_data(error: SheetsError) -> None:
    """Say why there is nothing to show yet; the page opens by itself as soon as there is."""
    st.error(error.message, icon=":material/cloud_off:")
    st.button("Réessayer", icon=":material/refresh:", on_click=refresh)

    @st.fragment(run_every=OPENING_EVERY)
    def opening() -> None:
        try:
            get_store().snapshot(patience=0)
        except SheetsError:
            st.caption("L’application réessaie d’elle-même.")
        else:
            st.rerun()

    opening()


def read(store: Store, snapshot: Snapshot) -> str:
    """When it was read: « lues le 12 mars 2019 à 14 h 05, il y a 12 minutes »."""
    return f"lues le {moment(snapshot.read_at.astimezone(PARIS))}, {ago(snapshot.age(store.clock.now()))}"


def refresh() -> None:
    """Have the sheets read now, and tell what came of it after a few seconds at most."""
    try:
        outcome = get_store().try_refresh()
    except SheetsError:
        return  # there is no store yet, and the page says why
    if told := TOLD.get(outcome):
        flash(told, ":material/hourglass_top:" if outcome is Refreshed.UNDER_WAY else ":material/check_circle:")
