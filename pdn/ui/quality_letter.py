"""What a structure is asked to mend: a message ready to be sent, or to be copied."""

from collections.abc import Sequence

import streamlit as st

from pdn.domain.quality_letter import letter
from pdn.domain.structure import Structure
from pdn.schema import Problem
from pdn.ui.navigation import record_link
from pdn.ui.page import Page
from pdn.ui.text import md


def draw_letter(page: Page, structure: Structure, problems: Sequence[Problem]) -> None:
    """Draw « Écrire à la structure » and the whole message.

    Args:
        page: The page.
        structure: To whom.
        problems: What is shown of it.
    """
    sheet = page.snapshot.link_to(Structure) or ""
    made = letter(structure, problems, page.data, signature=page.settings.coordination_name, sheet=sheet)
    with st.container(horizontal=True, vertical_alignment="center"):
        if made.mailto:
            st.link_button("Écrire à la structure", made.mailto, icon=":material/mail:", type="primary")
            st.markdown(f"à {md(made.to)}", width="content")
        else:
            st.markdown("Aucune adresse mail pour cette structure ni pour sa direction.", width="content")
            record_link(structure, "Compléter la fiche")
    with st.expander("Le message entier, à copier", icon=":material/content_copy:"):
        st.code(f"{made.subject}\n\n{made.body}", language=None, wrap_lines=True)
