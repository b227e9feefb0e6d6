"""The mends that the application makes by itself: by nature, all at once, or one header at a time."""

from collections.abc import Sequence

import streamlit as st

from pdn.domain.quality_register import code_of
from pdn.domain.workbooks import record_type_of
from pdn.french import NBSP, count, listing, number
from pdn.schema import Problem, ProblemKind
from pdn.sheets import Committed, SheetsError, can_mend
from pdn.ui.journal_undo import remember
from pdn.ui.messages import Notice, flash, notify
from pdn.ui.page import Page
from pdn.ui.text import md

DEEDS = {
    ProblemKind.NO_ID: ("ligne sans identifiant", "lignes sans identifiant", "Attribuer les identifiants"),
    ProblemKind.COPIED_ID: ("identifiant recopié", "identifiants recopiés", "Donner un nouvel identifiant"),
    ProblemKind.UNTIDY: ("écriture à harmoniser", "écritures à harmoniser", "Harmoniser les cellules"),
    ProblemKind.ALIAS: ("en-tête à harmoniser", "en-têtes à harmoniser", "Harmoniser les en-têtes"),
}
"""What each certain mend is called, in the singular and the plural, and its button."""

IDS = frozenset({ProblemKind.NO_ID, ProblemKind.COPIED_ID})
INCOMPLETE = frozenset({ProblemKind.TAB_MISSING, ProblemKind.COLUMN_MISSING})
COMPLETION = "Ajoute ce qui manque, vide, sans rien changer au reste."
RENAMED = (
    f"Si quelqu’un a seulement renommé un onglet ou une colonne, redonnez-lui d’abord son nom{NBSP}: ce qu’il contient "
    "sera compris à nouveau."
)
NAMED = 5
"""How many cells that were left alone are named."""


def is_certain(problem: Problem) -> bool:
    """Whether the application mends it without asking what is meant; a header that only resembles one asks."""
    return problem.kind in DEEDS and can_mend(problem)


def draw_mends(page: Page, problems: Sequence[Problem]) -> None:
    """Draw what can be mended by a click; nothing where nothing can.

    Args:
        page: The page.
        problems: All that is told, notices among it.
    """
    certain = [problem for problem in problems if is_certain(problem)]
    suggested = [problem for problem in problems if can_mend(problem) and not is_certain(problem)]
    incomplete = [problem for problem in problems if problem.kind in INCOMPLETE]
    if not certain and not incomplete:
        return
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.header("Corrections sûres", width="content")
            _draw_all(page, certain)
        st.caption(
            "Un clic les fait, dans la feuille. Le sens de ce qui s’y trouve ne change pas, et le journal garde tout."
        )
        _draw_certain(page, certain)
        for problem in suggested:
            _draw_suggestion(page, problem)
        if incomplete:
            _draw_completion(page, incomplete)


def draw_mend(page: Page, problem: Problem) -> None:
    """Draw the button that mends one problem, where the application can."""
    if not can_mend(problem):
        return
    label = f"Renommer en «{NBSP}{problem.header}{NBSP}»" if problem.suggestion else "Corriger ce point"
    if st.button(label, icon=":material/build:", type="primary", key="corriger-ce-point"):
        mend(page, [problem])


def mend(page: Page, problems: Sequence[Problem]) -> None:
    """Mend problems, in one commit a workbook, and rerun; say why where it can't be done.

    The sheets are read again at once, to tell what was really done: a cell that holds a formula, or that somebody has
    changed meanwhile, is left alone.
    """
    try:
        with st.spinner("Correction de la feuille…"):
            outcomes = page.store.mend(problems, author=page.person.name)
            data = page.store.refresh().data
    except SheetsError as error:
        st.error(f"{error.message} Ce qui n’a pas été corrigé est toujours dans la liste.", icon=":material/cloud_off:")
        return
    standing = {code_of(problem) for problem in (*data.problems, *data.notices)}
    left = [problem for problem in problems if code_of(problem) in standing]
    if len(left) < len(problems):
        done = count(len(problems) - len(left), "correction faite", "corrections faites")
        flash(f"{done} dans la feuille.")
        stay = " Les identifiants donnés restent." if any(problem.kind in IDS for problem in problems) else ""
        commits = [one for one in outcomes if isinstance(one, Committed) and _can_go_back(page, one, problems)]
        remember(f"{done}.{stay}", *(one.commit_id for one in commits))
    if left:
        notify(Notice(_told(left), ":material/sync_problem:"))
    st.rerun()


def _can_go_back(page: Page, commit: Committed, problems: Sequence[Problem]) -> bool:
    """Whether a commit did more than give ids, which stay once they are given."""
    if not commit.records:
        return True
    book = page.store.book_of(type(commit.records[0]))
    return any(
        problem.kind not in IDS and page.store.book_of(record_type_of(problem.table)) is book for problem in problems
    )


def _told(left: Sequence[Problem]) -> str:
    """Which cells were left alone, and why."""
    named = [md(problem.address) for problem in left[:NAMED]]
    rest = len(left) - NAMED
    if rest > 0:
        named.append(count(rest, "autre cellule", "autres cellules"))
    reason = "une formule s’y trouve, ou quelqu’un l’a modifié entre-temps"
    return f"Laissé tel quel{NBSP}: {listing(named)}. Soit {reason}{NBSP}: voyez dans la feuille."


def _draw_certain(page: Page, certain: Sequence[Problem]) -> None:
    by_kind = {kind: [problem for problem in certain if problem.kind is kind] for kind in DEEDS}
    groups = {kind: group for kind, group in by_kind.items() if group}
    for kind, group in groups.items():
        one, many, deed = DEEDS[kind]
        tabs = dict.fromkeys(problem.tab for problem in group)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{count(len(group), one, many)}** · {md(listing(tabs))}", width="content")
            key = f"corriger-{kind.name.lower()}"
            if st.button(deed, icon=":material/build:", key=key):
                mend(page, group)


def _draw_all(page: Page, certain: Sequence[Problem]) -> None:
    if len({problem.kind for problem in certain}) <= 1:
        return
    label = f"Tout corriger ({number(len(certain))})"
    if st.button(label, icon=":material/done_all:", type="primary", key="tout-corriger"):
        mend(page, certain)


def _draw_suggestion(page: Page, problem: Problem) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(
            f"**{md(problem.tab)}**{NBSP}: «{NBSP}{md(problem.suggestion)}{NBSP}» est probablement "
            f"«{NBSP}{md(problem.header)}{NBSP}».",
            width="content",
        )
        label = f"Renommer en «{NBSP}{problem.header}{NBSP}»"
        key = f"renommer-{problem.table}-{problem.field}"
        if st.button(label, icon=":material/edit:", key=key):
            mend(page, [problem])


def _draw_completion(page: Page, incomplete: Sequence[Problem]) -> None:
    tabs = [problem for problem in incomplete if problem.kind is ProblemKind.TAB_MISSING]
    columns = len(incomplete) - len(tabs)
    missing = [
        *([count(len(tabs), "onglet manquant", "onglets manquants")] if tabs else []),
        *([count(columns, "colonne manquante", "colonnes manquantes")] if columns else []),
    ]
    names = [problem.tab if problem in tabs else f"{problem.header} ({problem.tab})" for problem in incomplete]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{listing(missing)}** · {md(listing(names))}", width="content")
        if st.button("Compléter la feuille", icon=":material/add_box:", key="completer", help=COMPLETION):
            try:
                with st.spinner("Ajout de ce qui manque…"):
                    page.store.complete()
            except SheetsError as error:
                st.error(error.message, icon=":material/cloud_off:")
                return
            flash("La feuille est complète.")
            st.rerun()
    st.caption(RENAMED)
