"""Text typed by people, made harmless where Streamlit would read it as Markdown."""

import re

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-!|~<>$:&])")
"""Markdown's own signs, and Streamlit's: $ opens a formula, : a colour or an icon, ![ would load a picture."""


def md(text: str) -> str:
    """The text as Markdown that shows just these characters, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
