"""Journal: what was changed, by whom and when; undo; archives."""

from collections.abc import Callable

import streamlit as st

from pdn.ui.journal_archives import draw_archives
from pdn.ui.journal_commits import draw_commits
from pdn.ui.journal_edits import draw_edits, follow_click
from pdn.ui.page import Page, open_page

VIEWS: dict[str, Callable[[Page], None]] = {
    "Enregistrements": draw_commits,
    "Dans la feuille": draw_edits,
    "Archives": draw_archives,
}

page = open_page("Journal")
follow_click(page)
view = st.segmented_control(
    "Vue", list(VIEWS), default=next(iter(VIEWS)), required=True, key="vue", bind="query-params",
    label_visibility="collapsed",
)  # fmt: skip
VIEWS[view](page)
