"""The shared sheets themselves: where they are, how they are shared, and what in them was not understood."""

import streamlit as st

from pdn.domain.workbooks import RECORD_TYPES, WORKBOOKS
from pdn.french import count, plural
from pdn.schema.ids import is_provisional
from pdn.sheets import SheetsError
from pdn.ui.figures import link
from pdn.ui.messages import empty_state, flash
from pdn.ui.page import Page
from pdn.ui.store import local
from pdn.ui.tables import Row, draw_list_head, draw_table
from pdn.ui.text import md

PER_MINUTE = 60
"""What Google gives a service account, in reads and in writes."""


def draw_sheets(page: Page) -> None:
    """Draw where the sheets are, and the list of what is to mend in them."""
    draw_places(page)
    st.header("À corriger dans les feuilles")
    draw_missing_ids(page)
    draw_problem_list(page)


def draw_places(page: Page) -> None:
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
        return
    account = page.store.connection.account
    st.info(
        f"Pour partager le classeur Réseau : « Partager » dans Google Sheets, puis l’adresse de chaque structure. "
        f"Le compte {md(account)} doit rester « Éditeur » des deux classeurs. Ne partagez Pilotage qu’avec la Caf : "
        "qui ouvre une feuille peut tout y lire.",
        icon=":material/share:",
    )
    used = page.store.requests
    st.caption(
        f"Dans la dernière minute : {count(used.reads, 'lecture')} et {count(used.writes, 'écriture')} "
        f"sur les {PER_MINUTE} de chaque que Google permet."
    )


def draw_missing_ids(page: Page) -> None:
    """Offer to give an id to the rows that were typed without one."""
    missing = [
        record for record_type in RECORD_TYPES for record in page.data.all(record_type) if is_provisional(record.id)
    ]
    if not missing:
        return
    rows = count(len(missing), "ligne ajoutée", "lignes ajoutées")
    wait = plural(len(missing), "attend son identifiant", "attendent leur identifiant")
    st.warning(f"{rows} à la main {wait}.", icon=":material/badge:")
    if st.button("Attribuer les identifiants", icon=":material/badge:", key="identifiants"):
        try:
            page.store.mint_missing_ids(RECORD_TYPES, author=page.person.name)
        except SheetsError as error:
            st.error(error.message, icon=":material/cloud_off:")
            return
        flash("Chaque ligne a maintenant son identifiant.")
        st.rerun()


def draw_problem_list(page: Page) -> None:
    """Every problem with the address of its cell, what stands there and how to mend it."""
    problems = (*page.data.problems, *page.settings_problems)
    if not problems:
        empty_state("Tout est compris : rien à corriger.", ":material/check_circle:")
        return
    rows: list[Row] = [
        {
            "Adresse": problem.address,
            "Ce qui se trouve là": problem.found,
            "Problème": problem.message,
            "Que faire": problem.mend,
            "Lien": page.snapshot.link_to(problem) or "",
        }
        for problem in problems
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, "À corriger", rows, len(rows), ("problème", "problèmes"))
    draw_table(rows, "table-problemes", alt="Problèmes relevés dans les feuilles, avec leur adresse")
