"""The shared sheets themselves: where they are, how they are shared, and what is asked of Google."""

import streamlit as st

from pdn.domain.workbooks import WORKBOOKS
from pdn.ui.figures import link
from pdn.ui.page import Page
from pdn.ui.quota import draw_quota
from pdn.ui.store import local
from pdn.ui.text import md


def draw_sharing(page: Page) -> None:
    """Each workbook with its link, who should have it, and what was asked of Google in the last minute."""
    for workbook in WORKBOOKS:
        with st.container(border=True):
            st.header(workbook.title)
            st.markdown(md(workbook.purpose))
            where = page.snapshot.link_to(workbook.records[0])
            if where:
                st.markdown(link("Ouvrir la feuille", where))
    if local():
        st.info(
            "Les deux classeurs sont sur cette machine. Pour les partager avec les structures, reliez l’application à "
            "Google Sheets : le fichier README du projet l’explique pas à pas.",
            icon=":material/share:",
        )
    else:
        st.info(
            "Pour partager le classeur Réseau\u00a0: «\u00a0Partager\u00a0» dans Google Sheets, puis l’adresse de "
            "chaque structure. Ne partagez Pilotage qu’avec la Caf\u00a0: qui ouvre une feuille peut tout y lire. "
            "L’adresse ci-dessous est celle de l’application\u00a0: elle reste «\u00a0Éditeur\u00a0» des deux.",
            icon=":material/share:",
        )
        st.code(page.store.connection.account, language=None)
    draw_quota(page)
