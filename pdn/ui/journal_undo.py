"""Undo: its buttons, what comes of it, and the last thing saved in this session, which the sidebar can undo."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import streamlit as st

from pdn.domain.journal import JournalEntry
from pdn.domain.journal_view import ADDED
from pdn.french import NBSP, count, plural
from pdn.sheets import Committed, Refused, SheetsError, Store
from pdn.ui.clock import now
from pdn.ui.identity import who
from pdn.ui.messages import Notice, flash, notify
from pdn.ui.text import md

LAST, DONE, UNDONE = "last-commit", "just-undone", "undone"
"""Where the session keeps its last commit, that something was just undone, and which commits it has undone."""

FRESH = timedelta(minutes=10)
MOST_REASONS = 8
UNKNOWN = "cet enregistrement n’est plus dans l’onglet «\u00a0Journal\u00a0», rien n’a été annulé."


@dataclass(frozen=True)
class LastCommit:
    """What this session saved last: its codes, one a workbook, what was told of it, when."""

    commit_ids: tuple[str, ...]
    message: str
    made_at: datetime


def remember(message: str, *commit_ids: str) -> None:
    """Keep what the session saved last, for the sidebar to undo; a commit that changed nothing has no code."""
    if kept := tuple(filter(None, commit_ids)):
        st.session_state[LAST] = LastCommit(kept, message, now())


def draw_last_commit(store: Store) -> None:
    """Draw the way to undo what this session saved last: until it is used, or ten minutes old."""
    last: LastCommit | None = st.session_state.get(LAST)
    if last is None:
        return
    if now() - last.made_at > FRESH:
        del st.session_state[LAST]
        return
    with st.container(gap=None):
        st.caption(md(last.message))
        st.button(
            "Revenir en arrière", icon=":material/undo:", type="tertiary", key="undo-last",
            on_click=_undo_last, args=(store, last),
            help="Annule ce dernier enregistrement. Refusé si quelqu’un a changé les mêmes cellules depuis.",
        )  # fmt: skip


def _undo_last(store: Store, last: LastCommit) -> None:
    for commit_id in last.commit_ids:
        undo(store, commit_id, f"«{NBSP}{last.message.rstrip('.')}{NBSP}»")


def undo(store: Store, commit_id: str, told: str, entry_ids: Sequence[str] | None = None) -> None:
    """Undo a commit, or some of its entries, and keep what came of it for the drawing that follows.

    Args:
        store: The shared sheets.
        commit_id: The commit.
        told: What is undone, in French, as the message names it.
        entry_ids: The entries; all of them where None.
    """
    person = who()
    if person is None:
        return
    try:
        outcome = store.undo(commit_id, author=person.name, entry_ids=entry_ids)
    except KeyError:
        notify(Notice(f"{md(told)}{NBSP}: {UNKNOWN}", ":material/search_off:"))
        return
    except SheetsError as error:
        notify(
            Notice(md(error.message), ":material/cloud_off:", "Réessayer", undo, (store, commit_id, told, entry_ids))
        )
        return
    if isinstance(outcome, Refused):
        notify(_refused(store, outcome, commit_id, told, entry_ids))
        return
    _forget(commit_id)
    st.session_state[DONE] = True
    if entry_ids is None:
        st.session_state.setdefault(UNDONE, set()).add(commit_id)
    # What stands in the cells again, and what is to be told of it, is known once they are read.
    with contextlib.suppress(SheetsError):
        store.refresh()
    nothing = isinstance(outcome, Committed) and not outcome.commit_id
    flash(f"Rien à annuler{NBSP}: {told}." if nothing else f"Annulé{NBSP}: {told}.", ":material/undo:")


def just_undone() -> bool:
    """Whether something was undone since this was last asked: a dialog closes then, for the page to be drawn anew."""
    return bool(st.session_state.pop(DONE, False))


def was_undone(commit_id: str) -> bool:
    """Whether this session has undone the whole of a commit."""
    return commit_id in st.session_state.get(UNDONE, ())


def draw_undo_entry(store: Store, entry: JournalEntry, place: str) -> None:
    """Draw the button that undoes one entry; `place` tells apart two of them on one page."""
    what = f"{entry.record_title} ({entry.field})" if entry.field else entry.record_title
    st.button(
        "Annuler", icon=":material/undo:", type="tertiary", key=f"undo-{place}-{entry.id}",
        help=f"Annuler{NBSP}: {what}", on_click=undo, args=(store, entry.commit_id, what, (entry.id,)),
    )  # fmt: skip


def draw_undo_commit(store: Store, commit_id: str, entries: Sequence[JournalEntry], told: str) -> None:
    """Draw the button that undoes a whole commit, once the person has confirmed."""
    with st.popover("Annuler cet enregistrement", icon=":material/undo:"):
        st.markdown(
            f"{count(len(entries), 'changement')} {plural(len(entries), 'revient', 'reviennent')} en arrière. "
            "Les autres champs ne bougent pas, et l’annulation est inscrite au journal."
        )
        if any(entry.action == ADDED for entry in entries):
            st.caption("Ce qui avait été ajouté est archivé, pas effacé.")
        st.button(
            "Confirmer l’annulation", type="primary", key=f"undo-commit-{commit_id}",
            on_click=undo, args=(store, commit_id, told, [entry.id for entry in entries]),
        )  # fmt: skip


def _refused(store: Store, outcome: Refused, commit_id: str, told: str, entry_ids: Sequence[str] | None) -> Notice:
    refusals = outcome.refusals
    reasons = [
        f"- **{md(refusal.entry.record_title)}**{NBSP}: {md(refusal.reason)}" for refusal in refusals[:MOST_REASONS]
    ]
    if len(refusals) > MOST_REASONS:
        reasons.append(f"- et {count(len(refusals) - MOST_REASONS, 'autre')}, pour des raisons semblables.")
    message = "\n".join(["Rien n’a été annulé\u00a0:", "", *reasons])
    refused = {refusal.entry.id for refusal in refusals}
    rest = tuple(entry_id for entry_id in entry_ids or () if entry_id not in refused)
    if not rest:
        return Notice(message, ":material/block:")
    label = f"Annuler seulement {plural(len(rest), 'l’autre changement', f'les {len(rest)} autres changements')}"
    return Notice(message, ":material/block:", label, undo, (store, commit_id, told, rest))


def _forget(commit_id: str) -> None:
    last: LastCommit | None = st.session_state.get(LAST)
    if last is not None and commit_id in last.commit_ids:
        rest = tuple(one for one in last.commit_ids if one != commit_id)
        st.session_state[LAST] = replace(last, commit_ids=rest) if rest else None
