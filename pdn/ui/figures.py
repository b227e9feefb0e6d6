"""Figures and facts: cards of numbers, gauges with words, lists of facts, status labels."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Literal, NamedTuple

import streamlit as st

from pdn.ui.text import md

Color = Literal["red", "orange", "yellow", "blue", "green", "violet", "gray"]


class Look(NamedTuple):
    """How a status is drawn: never by its colour alone."""

    icon: str
    color: Color
    sign: str


LOOKS: dict[str, Look] = {
    "actif": Look(":material/check_circle:", "green", "✓"),
    "incomplet": Look(":material/error:", "orange", "!"),
    "à venir": Look(":material/schedule:", "blue", "→"),
    "parti": Look(":material/logout:", "gray", "–"),
    "à préparer": Look(":material/edit_note:", "gray", "…"),
    "en signature": Look(":material/draw:", "blue", "→"),
    "signée, à venir": Look(":material/schedule:", "blue", "→"),
    "en vigueur": Look(":material/check_circle:", "green", "✓"),
    "à renouveler": Look(":material/autorenew:", "orange", "!"),
    "échue": Look(":material/event_busy:", "red", "✗"),
    "résiliée": Look(":material/cancel:", "gray", "–"),
    "repérée": Look(":material/visibility:", "gray", "…"),
    "contactée": Look(":material/call:", "gray", "…"),
    "intéressée": Look(":material/thumb_up:", "blue", "→"),
    "convention en signature": Look(":material/draw:", "blue", "→"),
    "conventionnée": Look(":material/check_circle:", "green", "✓"),
    "sortie": Look(":material/logout:", "gray", "–"),
    "inscrit": Look(":material/schedule:", "blue", "→"),
    "présent": Look(":material/check_circle:", "green", "✓"),
    "absent": Look(":material/cancel:", "red", "✗"),
    "excusé": Look(":material/remove_circle:", "gray", "–"),
    "présences à saisir": Look(":material/edit_note:", "orange", "!"),
    "présences saisies": Look(":material/check_circle:", "green", "✓"),
    "annulée": Look(":material/event_busy:", "gray", "–"),
    "Ajout": Look(":material/add_circle:", "green", "+"),
    "Modification": Look(":material/edit:", "blue", "→"),
    "Archivage": Look(":material/archive:", "gray", "–"),
    "Retour d’archive": Look(":material/unarchive:", "blue", "→"),
    "Remise en place": Look(":material/build:", "orange", "!"),
    "Annulation": Look(":material/undo:", "orange", "←"),
    "En-tête": Look(":material/title:", "gray", "·"),
    "archivé": Look(":material/archive:", "gray", "–"),
    "archivée": Look(":material/archive:", "gray", "–"),
    "sans date": Look(":material/event:", "gray", "…"),
    "en retard": Look(":material/error:", "red", "!"),
    "bientôt": Look(":material/schedule:", "orange", "→"),
    "dans l’enveloppe": Look(":material/check_circle:", "green", "✓"),
    "à surveiller": Look(":material/visibility:", "orange", "!"),
    "seuil d’alerte atteint": Look(":material/error:", "red", "✗"),
    "à savoir": Look(":material/info:", "blue", "i"),
    "en cours": Look(":material/play_circle:", "blue", "→"),
    "terminée": Look(":material/flag:", "gray", "–"),
    "atteint": Look(":material/check_circle:", "green", "✓"),
    "sous l’objectif": Look(":material/trending_down:", "orange", "!"),
    "objectif atteint": Look(":material/check_circle:", "green", "✓"),
    "objectif dépassé": Look(":material/check_circle:", "green", "✓"),
    "sous la fourchette": Look(":material/trending_down:", "orange", "!"),
    "dans la fourchette": Look(":material/check_circle:", "green", "✓"),
    "au-dessus de la fourchette": Look(":material/warning:", "orange", "!"),
}
"""Each status word of the domain with its icon, its colour, and its sign for tables."""

PLAIN = Look(":material/label:", "gray", "·")


def badge(status: StrEnum | str) -> None:
    """Draw a status with its icon and its word."""
    look = LOOKS.get(str(status), PLAIN)
    st.badge(str(status), icon=look.icon, color=look.color)


def signed(status: StrEnum | str) -> str:
    """A status for a table's cell: its sign and its word."""
    return f"{LOOKS.get(str(status), PLAIN).sign} {status}"


class Figure(NamedTuple):
    """A number to show: its name, its text, what to compare it with, what it means."""

    label: str
    value: str
    note: str = ""
    help: str = ""


def draw_figures(figures: Iterable[Figure]) -> None:
    """Draw a row of figure cards, which wraps on a narrow screen."""
    with st.container(horizontal=True):
        for figure in figures:
            st.metric(
                figure.label, figure.value, figure.note or None, delta_color="off", delta_arrow="off",
                help=figure.help or None, border=True, width="stretch",
            )  # fmt: skip


def draw_gauge(label: str, share: float | None, text: str) -> None:
    """Draw a share of a whole as a bar with its words; full past the whole, which the words say."""
    st.progress(0.0 if share is None else max(0.0, min(1.0, share)), text=f"**{md(label)}** · {md(text)}")


def draw_facts(facts: Sequence[tuple[str, str]], columns: int = 2) -> None:
    """Draw facts that are known as « name : value », in columns; a value may be a Markdown link made by `link`."""
    known = [(name, value) for name, value in facts if value]
    if not known:
        return
    size = -(-len(known) // columns)
    for index, place in enumerate(st.columns(columns)):
        part = known[index * size : (index + 1) * size]
        place.markdown("  \n".join(f"**{md(name)}** : {value}" for name, value in part))


def link(text: str, url: str) -> str:
    """A Markdown link to an address that was read by its kind (http, https, mailto, tel)."""
    return f"[{md(text)}]({url.replace(')', '%29').replace(' ', '%20')})" if url else md(text)
