"""What was asked of Google in the last minute, against what it allows."""

from datetime import timedelta

import streamlit as st

from pdn.french import NBSP, count, number, plural
from pdn.ui.figures import draw_gauge
from pdn.ui.page import Page
from pdn.ui.store import local

PER_MINUTE, NEARLY = 60, 50
"""What Google gives a service account each minute, in reads and in writes; from when on it is worth a word."""

EVERY = timedelta(seconds=10)


def draw_quota(page: Page) -> None:
    """Draw the reads and writes of the last minute, kept true while the page stays open."""
    st.header("Demandes à Google")

    @st.fragment(run_every=EVERY)
    def quota() -> None:
        used = page.store.requests
        reads, writes, refusals = used.reads, used.writes, used.refusals
        draw_gauge("Lectures dans la dernière minute", reads / PER_MINUTE, f"{number(reads)} sur {PER_MINUTE}")
        draw_gauge("Écritures dans la dernière minute", writes / PER_MINUTE, f"{number(writes)} sur {PER_MINUTE}")
        if refusals:
            again = plural(refusals, "une demande a été refusée", f"{number(refusals)} demandes ont été refusées")
            st.warning(
                f"La limite de Google est atteinte{NBSP}: {again} dans la dernière minute. L’application attend et "
                "réessaie d’elle-même. Si cela dure, une autre application se sert sans doute du même compte.",
                icon=":material/speed:",
            )
        elif max(reads, writes) >= NEARLY:
            rest = PER_MINUTE - max(reads, writes)
            left = f"il en reste {number(rest)}" if rest > 0 else "il n’en reste plus"
            st.warning(
                f"La limite de Google est proche{NBSP}: {left} pour cette minute. "
                "Rien n’est perdu si elle est atteinte, l’application attend un peu.",
                icon=":material/speed:",
            )
        here = "Ici, les classeurs sont sur cette machine et rien n’est limité. " if local() else ""
        st.caption(
            f"{here}Google accorde {count(PER_MINUTE, 'lecture')} et {count(PER_MINUTE, 'écriture')} par minute, "
            "quel que soit le nombre de personnes qui utilisent le tableau de bord."
        )

    quota()
