"""Charts: one theme with a French locale, palettes that colour-blind people can tell apart, a text beside each."""

from typing import Any, Final

import altair as alt
import streamlit as st

from pdn.french import MONTHS

TEAL, AMBER, RED, BLUE, GREY, GREEN = "#0f766e", "#c2700c", "#b42318", "#2563a8", "#8a94a0", "#3f7d20"
PALETTE: Final = (TEAL, AMBER, BLUE, "#8e5ea2", GREEN, RED, GREY)
"""Told apart with the three common kinds of colour blindness, and each at 3:1 or more on both backgrounds."""

DAYS = ("dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi")
SHORT_MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
LOCALE: Final[Any] = {
    "number": {
        "decimal": ",", "thousands": "\u202f", "grouping": [3], "currency": ["", "\u00a0€"], "percent": "\u202f%",
    },
    "time": {
        "dateTime": "%A %e %B %Y à %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["", ""],
        "days": list(DAYS), "shortDays": [day[:3] + "." for day in DAYS],
        "months": list(MONTHS), "shortMonths": list(SHORT_MONTHS),
    },
}  # fmt: skip
EUROS = ",.2f"
"""The format of amounts in tooltips; the unit is in the title."""


def _theme() -> alt.theme.ThemeConfig:
    return {"config": {"locale": LOCALE, "range": {"category": list(PALETTE)}}}


def register_theme() -> None:
    """Make French dates and numbers, and our palette, the theme of every chart."""
    if alt.theme.active != "pdn":
        alt.theme.register("pdn", enable=True)(_theme)


def ink() -> str:
    """The colour of text on the page's background: Streamlit leaves the text of marks black."""
    return "#e9ecea" if st.context.theme.type == "dark" else "#1f2a2e"


def draw_chart(
    chart: "alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart", alt_text: str, key: str
) -> None:
    """Draw a chart with what it says in words for who does not see it; its own text is legible on a dark page too."""
    st.altair_chart(chart.configure_text(color=ink()), width="stretch", key=key, alt=alt_text)
