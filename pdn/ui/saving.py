"""Saving from a page: one commit, its success told, its failure explained, its conflicts shown."""

from collections.abc import Sequence

import streamlit as st

from pdn.domain.checks import check
from pdn.sheets import Change, Committed, Conflict, Conflicted, SheetsError
from pdn.ui.messages import flash
from pdn.ui.page import Page
from pdn.ui.text import md

__all__ = ["Change", "draw_conflict", "save", "save_and_rerun"]

CHANGED_MEANWHILE = "« {} » a été modifié entre-temps par quelqu’un d’autre : rouvrez la fiche et recommencez."


def save(page: Page, changes: Sequence[Change], success: str) -> Committed | Conflicted | None:
    """Commit changes; None where it failed, with the reason drawn in place. Success is told after the next rerun."""
    try:
        outcome = page.store.commit(changes, author=page.person.name)
    except SheetsError as error:
        st.error(f"{error.message} Votre saisie est toujours là : réessayez.", icon=":material/cloud_off:")
        return None
    if isinstance(outcome, Committed):
        flash(success)
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
    outcome = save(page, changes, success)
    if isinstance(outcome, Committed):
        st.rerun()
    if isinstance(outcome, Conflicted):
        names = {conflict.title for conflict in outcome.conflicts}
        for name in sorted(names):
            st.warning(CHANGED_MEANWHILE.format(md(name)), icon=":material/sync_problem:")


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
