"""What was saved through the app: one line a commit, and the card of one with its undo."""

from collections.abc import Mapping, Sequence
from typing import overload

import streamlit as st

from pdn.domain.journal import JournalEntry
from pdn.domain.journal_view import (
    CommitView,
    JournalFilters,
    Period,
    Sequel,
    authors,
    commits,
    matching_commits,
    record_at,
    shortened,
    titled,
    titles_of,
)
from pdn.domain.workbooks import RECORD_TYPES
from pdn.french import NBSP, count, moment, number
from pdn.ui.figures import badge
from pdn.ui.history import draw_card_link, draw_entry, draw_meanings, read_journal
from pdn.ui.journal_undo import draw_undo_commit, just_undone
from pdn.ui.messages import empty_state
from pdn.ui.opened import close_record, draw_back, draw_unknown, open_record, opened
from pdn.ui.page import Page
from pdn.ui.tables import Row, draw_exports, draw_filter, draw_search, draw_table
from pdn.ui.text import md

PARAMETER, RECORD = "enregistrement", "fiche"
SEARCH, PERIOD, TAB, AUTHOR = "mots", "periode", "dans", "qui"
"""The filters' parameters: of this page alone, because the session takes those of one name from page to page."""

BACK = "Retour au journal"
PAGE_OF_COMMITS, PAGE_OF_ENTRIES = 200, 50
SHOWN = "journal-shown"
"""Where the session keeps how many commits, or entries of a commit, it has asked to see."""


def draw_filters(page: Page, *, names: list[str] | None = None) -> JournalFilters:
    """Draw the filters that the views of the page share, kept in its address.

    Args:
        page: The page.
        names: Who can be chosen; None where nobody knows who did it.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = draw_search("Fiche, champ, valeur…", SEARCH)
        period = draw_filter("Période", [period.value for period in Period], PERIOD)
        tab = draw_filter("Onglet", [record_type.table.tab for record_type in RECORD_TYPES], TAB)
        author = "" if names is None else draw_filter("Qui", names, AUTHOR)
    record_id = opened(RECORD)
    if record_id:
        found = (page.data.get(record_type, record_id) for record_type in RECORD_TYPES)
        title = next((record.title for record in found if record), record_id)
        st.button(
            f"Une seule fiche{NBSP}: {md(title)}", icon=":material/close:", key="toutes-les-fiches",
            on_click=close_record, args=(RECORD,), help="Revenir à toutes les fiches",
        )  # fmt: skip
    return JournalFilters(
        author=author, record_id=record_id, tab=tab, text=text,
        since=Period(period).since(page.today) if period else None,
    )  # fmt: skip


def draw_commits(page: Page) -> None:
    """The list of commits, the newest first, or the card of one."""
    journal = read_journal(page)
    if journal is None:
        return
    just_undone()  # the page is drawn anew all the same
    found = commits(journal)
    if commit_id := opened(PARAMETER):
        commit = next((one for one in found if one.id == commit_id), None)
        if commit is None:
            draw_unknown(PARAMETER, BACK)
        else:
            draw_commit(page, commit, journal)
        return
    kept = matching_commits(found, draw_filters(page, names=authors(journal)))
    with st.container(horizontal=True, vertical_alignment="center"):
        total = f" sur {number(len(found))}" if len(kept) < len(found) else ""
        st.markdown(f"**{count(len(kept), 'enregistrement')}**{total}")
        draw_exports(page, "Journal", EntryRows([entry for one in kept for entry in one.entries]))
    if not found:
        empty_state(
            "Rien n’a encore été enregistré avec l’application. Chaque modification s’inscrira ici, avec de quoi "
            "l’annuler.",
            ":material/history:",
        )
    elif not kept:
        empty_state("Aucun enregistrement ne correspond\u00a0: retirez un filtre ou un mot.", ":material/search_off:")
    else:
        newest = kept[: shown_of(PAGE_OF_COMMITS)]
        titles = titles_of(newest, page.data)
        draw_table(
            [commit_row(one, titles) for one in newest], "table-enregistrements",
            alt="Enregistrements faits avec l’application, du plus récent au plus ancien",
            on_open=lambda index: open_commit(newest[index].id),
            widths={"Quand": 140, "Qui": 130, "Action": 110, "Onglet": 115, "Fiche": 200, "Champs": 180, "Nombre": 75},
        )  # fmt: skip
        draw_more(len(kept), PAGE_OF_COMMITS)


def open_commit(commit_id: str) -> None:
    """Open a commit's card, from its first entries on."""
    st.session_state.pop(SHOWN, None)
    open_record(PARAMETER, commit_id)


def draw_commit(page: Page, commit: CommitView, journal: tuple[JournalEntry, ...]) -> None:
    """One commit's card: its entries by record, each with its undo."""
    titles = titles_of([commit], page.data)
    name = titled(commit, titles)
    draw_back(PARAMETER, BACK)
    st.header(md(name) or "Enregistrement")
    with st.container(horizontal=True, vertical_alignment="center"):
        for action in commit.actions:
            badge(action)
        st.markdown(f"{moment(commit.made_at)} · {md(commit.author)} · {count(len(commit.entries), 'changement')}")
    draw_meanings(commit.actions)
    sequel = Sequel(journal, page.data)
    with st.container(horizontal=True):
        if any(sequel.of(entry).undoable for entry in commit.entries):
            draw_undo_commit(page.store, commit.id, commit.entries, name)
        draw_exports(page, f"Enregistrement {commit.id}", EntryRows(commit.entries))
    left = shown_of(PAGE_OF_ENTRIES)
    for (tab, record_id), entries in commit.by_record.items():
        if left <= 0:
            break
        with st.container(border=True):
            record = record_at(tab, record_id, page.data)
            with st.container(horizontal=True, vertical_alignment="center"):
                if record is not None:
                    draw_card_link(page, record)
                else:
                    gone = " · n’est plus dans la feuille" if record_id else ""
                    st.markdown(f"**{md(entries[0].record_title or record_id)}**{gone}")
                st.caption(" · ".join(filter(None, (f"Onglet «\u00a0{md(tab)}\u00a0»", md(record_id)))))
            for entry in entries[:left]:
                draw_entry(page, entry, sequel.of(entry), "commit")
        left -= len(entries)
    draw_more(len(commit.entries), PAGE_OF_ENTRIES)


def commit_row(commit: CommitView, titles: Mapping[tuple[str, str], str]) -> Row:
    """A commit as a row of the list."""
    return {
        "Quand": f"{commit.made_at:%d/%m/%Y %H:%M}" if commit.made_at else "—",
        "Qui": commit.author,
        "Action": ", ".join(commit.actions),
        "Onglet": ", ".join(commit.tabs),
        "Fiche": titled(commit, titles),
        "Champs": shortened(commit.fields),
        "Nombre": len(commit.entries),
    }


class EntryRows(Sequence[Row]):
    """Entries as the rows of an export, each made when the file is: a journal may be long, and few export it."""

    def __init__(self, entries: Sequence[JournalEntry]) -> None:
        self._entries = entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """The row of one entry, or those of several."""
        return EntryRows(self._entries[place]) if isinstance(place, slice) else entry_row(self._entries[place])


def entry_row(entry: JournalEntry) -> Row:
    """An entry as a row of an export."""
    return {
        "Quand": entry.made_at,
        "Qui": entry.author,
        "Action": entry.action,
        "Onglet": entry.tab,
        "Identifiant": entry.record_id,
        "Fiche": entry.record_title,
        "Champ": entry.field,
        "Avant": entry.before,
        "Après": entry.after,
        "Enregistrement": entry.commit_id,
    }


def shown_of(step: int) -> int:
    """How many lines are shown: a page of them, and as many more as were asked for."""
    return step * int(st.session_state.get(SHOWN, 1))


def draw_more(total: int, step: int) -> None:
    """Draw the button that shows more lines, while there are some."""
    missing = total - shown_of(step)
    if missing > 0:
        st.button(
            f"Afficher plus (encore {number(missing)})", icon=":material/expand_more:",
            key="afficher-plus", on_click=_show_more,
        )  # fmt: skip


def _show_more() -> None:
    st.session_state[SHOWN] = st.session_state.get(SHOWN, 1) + 1
