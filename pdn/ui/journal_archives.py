"""The archives of all tables, and the way to bring a record back."""

from functools import partial

import streamlit as st

from pdn.domain.archives import Archived, archives
from pdn.french import count, number
from pdn.ui.card import draw_archived
from pdn.ui.journal_commits import draw_filters
from pdn.ui.messages import empty_state
from pdn.ui.opened import close_record, open_record, opened
from pdn.ui.page import Page
from pdn.ui.tables import Row, draw_exports, draw_table

PARAMETER = "archive"
BACK = "Retour aux archives"


def draw_archives(page: Page) -> None:
    """The list of archived records, the latest first, or the card of one."""
    found = archives(page.data)
    if record_id := opened(PARAMETER):
        opened_one = next((one.record for one in found if one.record.id == record_id), None)
        if opened_one is not None:
            draw_archived(page, opened_one, PARAMETER, BACK)
            return
        close_record(PARAMETER)  # it is back in its list
    filters = draw_filters(page)
    kept = [
        one
        for one in found
        if filters.keep(places={(one.record.table.tab, one.record.id)}, made_at=one.on, words=partial(str, one.words))
    ]
    rows = [archive_row(one) for one in kept]
    with st.container(horizontal=True, vertical_alignment="center"):
        total = f" sur {number(len(found))}" if len(kept) < len(found) else ""
        st.markdown(f"**{count(len(kept), 'fiche archivée', 'fiches archivées')}**{total}")
        draw_exports(page, "Archives", rows)
    if not found:
        empty_state(
            "Rien n’est archivé. Le bouton «\u00a0Archiver\u00a0» d’une fiche la met ici\u00a0; rien n’est jamais "
            "effacé.",
            ":material/archive:",
        )
    elif not rows:
        empty_state("Aucune fiche archivée ne correspond\u00a0: retirez un filtre ou un mot.", ":material/search_off:")
    else:
        draw_table(
            rows, "table-archives", alt="Fiches archivées, de la plus récente à la plus ancienne",
            on_open=lambda index: open_record(PARAMETER, kept[index].record.id),
            widths={"Archivé le": 110, "Onglet": 170, "Fiche": 420, "Identifiant": 130},
        )  # fmt: skip


def archive_row(one: Archived) -> Row:
    """An archived record as a row."""
    return {"Archivé le": one.on, "Onglet": one.record.table.tab, "Fiche": one.name, "Identifiant": one.record.id}
