"""The opened record, kept in the page's address so that a link sent by mail opens the same one."""

import streamlit as st

from pdn.ui.messages import empty_state


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
