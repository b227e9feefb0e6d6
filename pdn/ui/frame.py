"""What surrounds every page: the language, the sidebar's foot with where the data is and how old."""

import streamlit as st

from pdn.french import moment
from pdn.sheets import SheetsError
from pdn.ui.identity import who
from pdn.ui.page import PARIS
from pdn.ui.store import get_store

FRENCH = "<script>document.documentElement.lang = 'fr'</script>"


def draw_frame() -> None:
    """Declare the language and draw the sidebar's foot."""
    st.html(FRENCH, unsafe_allow_javascript=True)
    try:
        store = get_store()
        if who(embedded=store.local) is None:
            return
        snapshot = store.snapshot()
    except SheetsError:
        return  # the page says it
    with st.sidebar:
        if store.local:
            st.caption("Démonstration : personnes et structures fictives. Essayez tout, rien ne sort de cette machine.")
        st.caption(f"{store.location}  \nLu le {moment(snapshot.read_at.astimezone(PARIS))}")
        st.button(
            "Actualiser", icon=":material/refresh:", on_click=_refresh, width="stretch",
            help="Relit les feuilles maintenant. Sans cela, elles sont relues toutes les trente secondes.",
        )  # fmt: skip
        if not store.local and st.user.is_logged_in:
            st.button("Se déconnecter", icon=":material/logout:", on_click=st.logout, width="stretch")


def _refresh() -> None:
    try:
        get_store().refresh()
    except SheetsError:
        return  # the snapshot keeps the error, and the page shows it
