"""What people changed directly in the sheets, as two readings show it."""

from functools import partial

import streamlit as st

from pdn.domain.archives import name_of
from pdn.french import NBSP, count, fold, number
from pdn.sheets import SheetEdit
from pdn.ui.clock import PARIS
from pdn.ui.history import card_of, cell_link, seen_briefly
from pdn.ui.journal_commits import draw_filters
from pdn.ui.messages import empty_state
from pdn.ui.navigation import record_query
from pdn.ui.page import Page
from pdn.ui.tables import Row, draw_exports, draw_table

WANTED = "journal-wanted"
"""Where a click on an edit waits until the page can leave for the record's card."""


def draw_edits(page: Page) -> None:
    """The list of edits, the newest first; a click opens the record's card."""
    filters = draw_filters(page)
    edits = page.store.sheet_edits[::-1]
    kept = [
        edit
        for edit in edits
        if filters.keep(
            places={(edit.record_type.table.tab, edit.record_id)},
            made_at=edit.seen_at.astimezone(PARIS),
            words=partial(words_of, edit),
        )
    ]
    rows = [edit_row(page, edit) for edit in kept]
    with st.container(horizontal=True, vertical_alignment="center"):
        total = f" sur {number(len(edits))}" if len(kept) < len(edits) else ""
        st.markdown(f"**{count(len(kept), 'changement')}**{total} depuis le démarrage de l’application")
        draw_exports(page, "Changements dans la feuille", rows)
    if not edits:
        empty_state(
            "Personne n’a rien changé directement dans les feuilles depuis le démarrage de l’application. Ce qu’une "
            f"structure y écrira apparaîtra ici à la lecture suivante{NBSP}: quoi, et entre quelles heures.",
            ":material/edit_note:",
        )
    elif not rows:
        empty_state("Aucun changement ne correspond\u00a0: retirez un filtre ou un mot.", ":material/search_off:")
    else:
        draw_table(
            rows, "table-feuille", alt="Changements faits directement dans les feuilles, du plus récent au plus ancien",
            on_open=lambda index: leave_for(kept[index]),
            widths={"Quand": 170, "Quoi": 125, "Onglet": 95, "Fiche": 150, "Champ": 105, "Avant": 150, "Après": 150},
        )  # fmt: skip
    st.caption(
        "Google ne dit pas qui a écrit dans une cellule\u00a0: pour le savoir, ouvrez la feuille, puis "
        "Fichier → Historique des versions. L’application compare deux lectures\u00a0; ce qui a changé deux fois entre "
        "elles ne se voit qu’une fois."
    )


def words_of(edit: SheetEdit) -> str:
    """Everything that an edit says, folded for a search."""
    return fold(f"{edit.record_id} {edit.title} {edit.kind} {edit.header} {edit.before} {edit.after}")


def edit_row(page: Page, edit: SheetEdit) -> Row:
    """An edit as a row."""
    record = page.data.get(edit.record_type, edit.record_id)
    row: dict[str, str] = {
        "Quand": seen_briefly(edit),
        "Quoi": edit.kind.value,
        "Onglet": edit.record_type.table.tab,
        "Fiche": name_of(record, page.data) if record else edit.title,
        "Champ": edit.header,
        "Avant": edit.before,
        "Après": edit.after,
    }
    return {**row, "Cellule": cell_link(page, edit)} if page.snapshot.places else row


def leave_for(edit: SheetEdit) -> None:
    """Keep which record the page is to leave for."""
    st.session_state[WANTED] = (edit.record_type, edit.record_id)


def follow_click(page: Page) -> None:
    """Leave for the card of the record that was clicked, if one was: only a run of the page can, no callback."""
    record_type, record_id = st.session_state.pop(WANTED, (None, ""))
    record = page.data.get(record_type, record_id) if record_type else None
    card = card_of(record, page.data) if record else None
    if card is not None:
        screen, query = record_query(card)
        st.switch_page(screen.path, query_params=query)
