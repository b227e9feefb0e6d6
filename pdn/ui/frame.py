"""What surrounds every page: the language, the sidebar's foot with where the data is and how old."""

import streamlit as st

from pdn.sheets import SheetsError
from pdn.ui.freshness import draw_age, draw_refresh
from pdn.ui.identity import who
from pdn.ui.journal_undo import draw_last_commit
from pdn.ui.store import get_store, local

STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 3.5rem; }
[data-testid="stPageLink"] a span, [data-testid="stPageLink"] a p { white-space: normal; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.78; }
[data-testid="stButtonGroup"] button[data-selected] { color: inherit !important; }
</style>"""
"""All the style of ours that Streamlit has no setting for: less air above the title, links that wrap on a phone,
captions and chosen views with enough contrast."""

SCRIPT = """<script>
document.documentElement.lang = "fr";
let frames = 120;
const close = () => {
  for (const dialog of document.querySelectorAll("[role=dialog]")) {
    if (dialog.textContent.includes("Page not found")) dialog.querySelector("button")?.click();
  }
  if (frames-- > 0) requestAnimationFrame(close);
};
close();
</script>"""
"""Streamlit fixes the language to English. It also tells the first visitor of a fresh server, in English, that the page
of a link was not found, and opens the right one all the same: it looks for it once before `st.navigation` has named it,
because there is a folder `pages`. That message is closed; after an address that is wrong, the dashboard stands."""


def draw_frame() -> None:
    """Declare the language and the style, and draw the sidebar's foot."""
    st.html(STYLE + SCRIPT, unsafe_allow_javascript=True)
    if who() is None:
        return
    try:
        store = get_store()
        snapshot = store.snapshot()
    except SheetsError:
        return  # the page says it
    with st.sidebar:
        draw_last_commit(store)
        if local():
            st.caption("Démonstration : personnes et structures fictives. Essayez tout, rien ne sort de cette machine.")
        draw_age(store, snapshot)
        draw_refresh()
        if not local() and st.user.is_logged_in:
            st.button("Se déconnecter", icon=":material/logout:", on_click=st.logout, width="stretch")
