"""What an import came to: where it is to be seen, and the way back."""

import streamlit as st

from pdn.french import NBSP, count, plural
from pdn.ui.import_preview import draw_remarks
from pdn.ui.import_state import ImportState, restart
from pdn.ui.journal_undo import undo, was_undone
from pdn.ui.navigation import BY_SLUG
from pdn.ui.page import Page


def draw_done(page: Page, state: ImportState) -> bool:
    """Draw what was imported; false where nothing was, or where it has just been undone: the page begins anew."""
    done = state.done
    if done is None:
        return False
    if was_undone(done.commit_id):
        restart()
        return False
    tab = done.record_type.table.tab
    st.success(f"**Import fait dans «{NBSP}{tab}{NBSP}»**{NBSP}: {done.told}.", icon=":material/check_circle:")
    if done.left:
        stay = plural(done.left, "n’a pas été importée", "n’ont pas été importées")
        st.info(
            f"{count(done.left, 'ligne')} du fichier {stay}{NBSP}: voyez ci-dessous pourquoi.", icon=":material/info:"
        )
    where = page.snapshot.link_to(done.record_type)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Importer un autre fichier", type="primary", icon=":material/upload_file:", on_click=restart)
        st.button(
            "Annuler cet import", icon=":material/undo:", key=state.key("undo"), on_click=undo,
            args=(page.store, done.commit_id, f"import dans «{NBSP}{tab}{NBSP}»"),
            help="Ce qui a été ajouté part aux archives, ce qui a été modifié reprend sa valeur. "
            "Refusé si quelqu’un a changé les mêmes cellules depuis.",
        )  # fmt: skip
        if where:
            st.link_button("Ouvrir la feuille", where, icon=":material/open_in_new:")
        journal = BY_SLUG["journal"]
        st.page_link(
            journal.path, label="Voir dans le journal", icon=journal.icon,
            query_params={"vue": "Enregistrements", "enregistrement": done.commit_id},
        )  # fmt: skip
    draw_remarks(page, done.remarks)
    return True
