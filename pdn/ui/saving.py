"""Saving from a page: one commit, its success told, its failure explained, its conflicts shown."""

from collections.abc import Sequence

import streamlit as st

from pdn.domain.checks import check
from pdn.sheets import Change, Committed, Conflict, Conflicted, ErrorKind, SheetsError
from pdn.ui.journal_undo import remember
from pdn.ui.messages import Notice, flash, notify
from pdn.ui.page import Page
from pdn.ui.text import md

__all__ = ["FAILED", "KEPT", "RETRY", "Change", "attempt", "draw_conflict", "save", "save_and_rerun", "told_failure"]

FAILED, RETRY = ":material/cloud_off:", "Réessayer"
KEPT = "Votre saisie est toujours là."
NOT_SAVED = "Rien n’a été enregistré. "
SAYS_SO = {ErrorKind.ROW_GONE, ErrorKind.TAB_MISSING, ErrorKind.COLUMN_MISSING, ErrorKind.BUSY, ErrorKind.UNSETTLED}
"""The failures whose own sentence says what became of the change."""

CHANGED_MEANWHILE = "« {} » a été modifié entre-temps par quelqu’un d’autre : rouvrez la fiche et recommencez."


def attempt(page: Page, changes: Sequence[Change], success: str) -> Committed | Conflicted | SheetsError:
    """Commit changes; a failure is given back, for the form to keep. Success is told after the next rerun."""
    try:
        outcome = page.store.commit(changes, author=page.person.name)
    except SheetsError as error:
        return error
    if isinstance(outcome, Committed):
        flash(success)
        remember(outcome.commit_id, success)
    return outcome


def save(page: Page, changes: Sequence[Change], success: str) -> Committed | Conflicted | None:
    """Commit changes; None where it failed, with the reason drawn in place."""
    outcome = attempt(page, changes, success)
    if isinstance(outcome, SheetsError):
        st.error(f"{told_failure(outcome)} {KEPT}", icon=FAILED)
        return None
    return outcome


def save_and_rerun(page: Page, changes: Sequence[Change], success: str) -> None:
    """Commit what a button says at once (no form): rerun on success, otherwise say what stands in the way."""
    refusals = [
        finding.message
        for change in changes
        for finding in check(change.after, page.data, page.settings, page.today)
        if finding.blocking
    ]
    if refusals:
        st.error("  \n".join(md(refusal) for refusal in refusals), icon=":material/block:")
        return
    outcome = attempt(page, changes, success)
    if isinstance(outcome, Committed):
        st.rerun()
    if isinstance(outcome, SheetsError):
        st.error(told_failure(outcome), icon=FAILED)
        if outcome.kind is not ErrorKind.ROW_GONE:
            st.button(
                RETRY, icon=":material/refresh:", key=f"retry-{success}", on_click=_again, args=(page, changes, success)
            )
        return
    for name in sorted({conflict.title for conflict in outcome.conflicts}):
        st.warning(CHANGED_MEANWHILE.format(md(name)), icon=":material/sync_problem:")


def told_failure(error: SheetsError) -> str:
    """Why nothing was saved, or why nobody knows yet, and what to do."""
    tells = error.unknown_outcome or error.kind in SAYS_SO
    return md(error.message) if tells else f"{NOT_SAVED}{md(error.message)}"


def _again(page: Page, changes: Sequence[Change], success: str) -> None:
    """Try again what a button said, and keep for the page that follows what came of it."""
    outcome = attempt(page, changes, success)
    if isinstance(outcome, SheetsError):
        again = "" if outcome.kind is ErrorKind.ROW_GONE else RETRY
        notify(Notice(told_failure(outcome), FAILED, again, _again, (page, changes, success)))
    elif isinstance(outcome, Conflicted):
        for name in sorted({conflict.title for conflict in outcome.conflicts}):
            notify(Notice(CHANGED_MEANWHILE.format(md(name)), ":material/sync_problem:"))


def draw_conflict(conflict: Conflict, key: str) -> None:
    """Show both values of a field that two people changed, and let the person choose; the choice is under `key`."""
    told = f" par {conflict.by}" if conflict.by else ""
    reason = (
        "La cellule contient une formule."
        if conflict.formula
        else f"Ce champ a été modifié entre-temps dans la feuille{told}."
    )
    st.warning(f"**{md(conflict.header)}** : {reason}", icon=":material/sync_problem:")
    st.radio(
        f"Que garder pour « {conflict.header} » ?",
        [False, True],
        format_func=lambda mine: (
            f"Ma saisie : {md(conflict.wanted) or '(vide)'}"
            if mine
            else f"La feuille : {md(conflict.current) or '(vide)'}"
        ),
        key=key,
    )
