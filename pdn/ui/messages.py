"""What was just done, or what stood in its way, told once after the rerun that follows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

FLASH, NOTICES = "flash", "notices"


@dataclass(frozen=True)
class Notice:
    """What stays on the page until the person's next step, because it has to be read.

    Attributes:
        message: Markdown, in French.
        icon: Its icon.
        action: The label of the button that goes on from there; empty for none.
        callback: What that button does.
        args: With what.
    """

    message: str
    icon: str = ":material/info:"
    action: str = ""
    callback: Callable[..., None] | None = None
    args: tuple[Any, ...] = ()


def flash(message: str, icon: str = ":material/check_circle:") -> None:
    """Keep a message for the next drawing of a page."""
    st.session_state.setdefault(FLASH, []).append((message, icon))


def notify(notice: Notice) -> None:
    """Keep a notice for the next drawing of a page or a dialog."""
    st.session_state.setdefault(NOTICES, []).append(notice)


def draw_flash() -> None:
    """Show the messages and the notices that were kept."""
    for message, icon in st.session_state.pop(FLASH, ()):
        st.toast(message, icon=icon)
    draw_notices()


def draw_notices() -> None:
    """Show the notices that were kept, each with its button."""
    for number, notice in enumerate(st.session_state.pop(NOTICES, ())):
        st.warning(notice.message, icon=notice.icon)
        if notice.action:
            st.button(
                notice.action, icon=":material/refresh:", key=f"notice-{number}", on_click=notice.callback,
                args=notice.args,
            )  # fmt: skip


def empty_state(message: str, icon: str = ":material/inbox:") -> None:
    """Say that there is nothing here, and what to do about it."""
    with st.container(border=True):
        st.markdown(f"{icon} {message}")
