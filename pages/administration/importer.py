"""Import: a list kept elsewhere comes in: columns matched, preview, one commit."""

import streamlit as st

from pdn.ui.import_columns import draw_columns
from pdn.ui.import_done import draw_done
from pdn.ui.import_file import draw_file
from pdn.ui.import_preview import draw_preview
from pdn.ui.import_state import ImportState, import_state, restart
from pdn.ui.page import Page, open_page


def draw_steps(page: Page, state: ImportState) -> None:
    """The three steps, each below the one that it needs."""
    chosen = draw_file(state)
    if chosen is None:
        return
    layout = draw_columns(state, chosen)
    if layout is None:
        return
    draw_preview(page, state, chosen, layout)
    st.button("Recommencer", icon=":material/restart_alt:", on_click=restart, key=state.key("restart"))


page = open_page("Import")
if not draw_done(page, import_state()):
    draw_steps(page, import_state())
