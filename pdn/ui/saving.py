"""Saving from a page: one commit, its success told, its failure explained, its conflicts shown."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pdn.domain.archives import archived_on
from pdn.domain.checks import check
from pdn.domain.finding import Finding
from pdn.french import NBSP, moment
from pdn.sheets import Change, Committed, Conflict, Conflicted, ErrorKind, SheetsError
from pdn.ui.journal_undo import remember
from pdn.ui.messages import Notice, flash, notify
from pdn.ui.page import Page
from pdn.ui.text import md

__all__ = ["FAILED", "KEPT", "RETRY", "Change", "attempt", "draw_conflict", "save_and_rerun", "told_failure"]

FAILED, RETRY = ":material/cloud_off:", "Réessayer"
KEPT = "Votre saisie est toujours là."
NOT_SAVED = "Rien n’a été enregistré. "
SAYS_SO = {ErrorKind.ROW_GONE, ErrorKind.TAB_MISSING, ErrorKind.COLUMN_MISSING, ErrorKind.BUSY, ErrorKind.UNSETTLED}
"""The failures whose own sentence says what became of the change."""

NOT_MINE = ":material/sync_problem:"


def attempt(page: Page, changes: Sequence[Change], success: str) -> Committed | Conflicted | SheetsError:
    """Commit changes; a failure is given back, for the form to keep. Success is told after the next rerun."""
    try:
        outcome = page.store.commit(changes, author=page.person.name)
    except SheetsError as error:
        return error
    if isinstance(outcome, Committed):
        flash(success)
        remember(success, outcome.commit_id)
    return outcome


def save_and_rerun(page: Page, changes: Sequence[Change], success: str) -> None:
    """Commit what a button says at once (no form): rerun on success, otherwise say what stands in the way."""
    refusals = [refusal for change in changes for refusal in _refusals(page, change)]
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
    for told in _told_conflicts(outcome):
        st.warning(told, icon=NOT_MINE)


def _refusals(page: Page, change: Change) -> list[str]:
    """What the rules refuse of a change, but for what was already wrong.

    A record is put away, and comes back, without any mend first: only a live one can be corrected.
    """
    rules = (page.data, page.settings, page.today)
    stood: tuple[Finding, ...] = ()
    if change.before is not None:
        away: dict[str, Any] = {"archived_on": archived_on(change.after)} if change.after.table.archivable else {}
        stood = check(replace(change.before, **away), *rules)
    return [found.message for found in check(change.after, *rules) if found.blocking and found not in stood]


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
        for told in _told_conflicts(outcome):
            notify(Notice(told, NOT_MINE))


def _told_conflicts(outcome: Conflicted) -> list[str]:
    """What somebody else changed, for a button that can't ask which value to keep."""
    return [
        f"**{md(conflict.title)}**{NBSP}: «{NBSP}{md(conflict.header)}{NBSP}» a été {changed_by(conflict)}, et dit "
        f"maintenant {_value(conflict.current)}. Rien n’a été enregistré{NBSP}: voyez si c’est encore à faire."
        for conflict in outcome.conflicts
    ]


def changed_by(conflict: Conflict) -> str:
    """Who changed a field meanwhile and when, as far as the journal knows; it follows « a été »."""
    if not conflict.by:
        return "modifié directement dans la feuille"
    at = f", le {moment(conflict.at)}" if conflict.at else ""
    return f"modifié entre-temps par {md(conflict.by)}{at}"


def _value(text: str) -> str:
    return f"«{NBSP}{md(text)}{NBSP}»" if text else "(vide)"


def draw_conflict(conflict: Conflict, key: str) -> None:
    """Show both values of a field that two people changed, and let the person choose; the choice is under `key`."""
    reason = (
        "la cellule contient une formule, que l’application n’efface pas sans vous le demander."
        if conflict.formula
        else f"ce champ a été {changed_by(conflict)}. Vous aviez vu{NBSP}: {_value(conflict.seen)}."
    )
    st.warning(f"**{md(conflict.header)}**{NBSP}: {reason}", icon=NOT_MINE)
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
