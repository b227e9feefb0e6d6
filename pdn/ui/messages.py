"""What was just done, told once after the rerun that follows."""

import streamlit as st

FLASH = "flash"


def flash(message: str, icon: str = ":material/check_circle:") -> None:
    """Keep a message for the next drawing of a page."""
    st.session_state.setdefault(FLASH, []).append((message, icon))


def draw_flash() -> None:
    """Show the messages that were kept."""
    for message, icon in st.session_state.pop(FLASH, ()):
        st.toast(message, icon=icon)


def empty_state(message: str, icon: str = ":material/inbox:") -> None:
    """Say that there is nothing here, and what to do about it."""
    with st.container(border=True):
        st.markdown(f"{icon} {message}")
