"""Text typed by people, made harmless where Streamlit would read it as Markdown."""

import re

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|~<>$:&])")
"""Markdown's own signs, and Streamlit's: $ opens a formula, : a colour or an icon, ![ would load a picture."""

BREAKS = re.compile(r"[ \t\r\n]+")
"""What a line breaks at; no-break spaces stay."""


def md(text: str) -> str:
    """The text as Markdown that shows just these characters, on one line."""
    return SPECIAL.sub(r"\\\1", BREAKS.sub(" ", text.strip()))
