"""What the page's address keeps, so that a link sent by mail opens the same: the opened record, the view, filters."""

from collections.abc import Collection, Sequence

import streamlit as st

from pdn.ui.messages import empty_state

VIEW = "vue"
"""The parameter of the address that names the view of a page."""

KEPT = "kept-{}"
"""Where the session keeps what was chosen, for when the page is opened again."""


def opened(parameter: str) -> str:
    """The id of the opened record; empty where the page shows its list."""
    return st.query_params.get(parameter, "")


def open_record(parameter: str, record_id: str) -> None:
    """Open a record: the address says it from the next rerun on."""
    st.query_params[parameter] = record_id


def close_record(parameter: str) -> None:
    """Go back to the list."""
    st.query_params.pop(parameter, None)


def draw_back(parameter: str, label: str) -> None:
    """Draw the way back to the list."""
    st.button(
        label, icon=":material/arrow_back:", type="tertiary", key=f"back-{parameter}",
        on_click=close_record, args=(parameter,),
    )  # fmt: skip


def draw_unknown(parameter: str, label: str) -> None:
    """Say that the address names a record that is not there."""
    draw_back(parameter, label)
    empty_state("Cette fiche n’existe pas, ou n’existe plus : le lien est peut-être ancien.", ":material/search_off:")


def draw_views(views: Sequence[str], label: str = "Vue") -> str:
    """Draw the choice between the views of a page, the first one to begin with; the address keeps it."""
    return st.segmented_control(
        label, views, default=views[0], required=True, key=VIEW, bind="query-params", label_visibility="collapsed"
    )


def follow_address(parameter: str, options: Collection[str]) -> str:
    """Have the widget whose key is this parameter show what the address says, and give it back; empty for nothing.

    Streamlit can bind a widget to the address by itself, but writes there what a person reads: a name that two records
    may bear, a count that changes. Call `keep_choice` on a change of the widget. Like the widgets that are bound, it
    finds again what was chosen when the page was left.
    """
    chosen = opened(parameter)
    if not chosen and parameter not in st.session_state:
        chosen = st.session_state.get(KEPT.format(parameter), "")
        if chosen in options:
            open_record(parameter, chosen)
    st.session_state[parameter] = chosen if chosen in options else None
    return st.session_state[parameter] or ""


def keep_choice(parameter: str) -> None:
    """Keep in the address what the widget of that key says, or take it off."""
    chosen = st.session_state[parameter]
    st.session_state[KEPT.format(parameter)] = chosen or ""
    if chosen:
        open_record(parameter, chosen)
    else:
        close_record(parameter)
