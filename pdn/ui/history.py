"""A record's own history: what was saved of it through the app, what was changed of it in the sheet."""

import contextlib
from collections.abc import Iterable, Mapping

import streamlit as st

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.archives import name_of
from pdn.domain.attendance import Attendance
from pdn.domain.journal import JournalEntry
from pdn.domain.journal_view import ADDED, MEANING, Sequel, Standing, commits
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.french import NBSP, moment
from pdn.schema import Dataset, Record
from pdn.schema.cells import a1
from pdn.schema.ids import is_provisional
from pdn.sheets import EditKind, ErrorKind, SheetEdit, SheetsError
from pdn.ui.clock import PARIS
from pdn.ui.figures import link
from pdn.ui.journal_undo import draw_undo_entry, just_undone
from pdn.ui.messages import draw_notices, empty_state
from pdn.ui.navigation import BY_SLUG, RECORD_PAGES, record_link
from pdn.ui.page import Page
from pdn.ui.text import md

OWNERS: Mapping[type[Record], tuple[type[Record], str]] = {
    OnlineProfile: (Promeneur, "promeneur_id"),
    Amendment: (Agreement, "agreement_id"),
    Attendance: (Session, "session_id"),
}
"""Whose card shows the records that have none of their own."""

NO_JOURNAL = (
    f"L’onglet «{NBSP}Journal{NBSP}» manque dans une feuille{NBSP}: sans lui, l’application n’y enregistre rien, car "
    f"rien ne pourrait être annulé. Le bouton «{NBSP}Compléter la feuille{NBSP}» de la page «{NBSP}Qualité des "
    f"données{NBSP}» le remet."
)
MOST_SHOWN = 30
LONG_VALUE, CUT = 48, 400


def draw_history(page: Page, record: Record) -> None:
    """Draw the button that opens a record's history; only then is the journal asked for."""
    if st.button("Historique", icon=":material/history:", key=f"history-{record.id}"):
        just_undone()  # of another place

        @st.dialog(f"Historique{NBSP}: {name_of(record, page.data)}", width="large")
        def dialog() -> None:
            if just_undone():
                st.rerun()
            draw_notices()
            _draw_history(page, record)

        dialog()


def _draw_history(page: Page, record: Record) -> None:
    journal = read_journal(page, type(record))
    if journal is None:
        return
    saved = [entry for entry in journal if (entry.tab, entry.record_id) == (record.table.tab, record.id)]
    typed = [edit for edit in page.store.sheet_edits if (edit.record_type, edit.record_id) == (type(record), record.id)]
    if not saved and not typed:
        wait = " Sa ligne attend encore son identifiant." if is_provisional(record.id) else ""
        empty_state(
            f"Rien n’a été changé dans cette fiche depuis que le journal existe.{wait}", ":material/history_toggle_off:"
        )
        return
    if typed:
        st.markdown("**Directement dans la feuille**, depuis le démarrage de l’application")
        for edit in reversed(typed[-MOST_SHOWN:]):
            st.markdown(f"{seen_between(edit)} · {told_edit(page, edit)}")
    if saved:
        st.markdown("**Avec l’application**")
    sequel = Sequel(saved, page.data)
    for commit in commits(saved)[:MOST_SHOWN]:
        with st.container(border=True):
            st.markdown(f"**{moment(commit.made_at)}** · {md(commit.author)} · {md(', '.join(commit.actions))}")
            draw_meanings(commit.actions)
            for entry in commit.entries:
                draw_entry(page, entry, sequel.of(entry), "history")
    st.page_link(
        BY_SLUG["journal"].path, label="Voir dans le journal", icon=":material/history:",
        query_params={"vue": "Enregistrements", "fiche": record.id},
    )  # fmt: skip


def read_journal(page: Page, record_type: type[Record] | None = None) -> tuple[JournalEntry, ...] | None:
    """The journal; None where it can't be read, with the reason drawn in place."""
    try:
        return page.store.journal(record_type)
    except SheetsError as error:
        if error.kind is ErrorKind.TAB_MISSING:
            st.warning(NO_JOURNAL, icon=":material/tab_unselected:")
            screen = BY_SLUG["qualite"]
            st.page_link(screen.path, label=f"Ouvrir «{NBSP}{screen.title}{NBSP}»", icon=screen.icon)
        else:
            st.warning(md(error.message), icon=":material/cloud_off:")
        st.button(
            "Réessayer", icon=":material/refresh:", key="retry-journal", on_click=_ask_again, args=(page, record_type)
        )
        return None


def _ask_again(page: Page, record_type: type[Record] | None) -> None:
    """Have the journal read now: after a failure it is left alone for a while."""
    with contextlib.suppress(SheetsError):  # the drawing that follows says it
        page.store.journal(record_type, afresh=True)


def draw_meanings(actions: Iterable[str]) -> None:
    """Draw in words what these actions mean that do not say it by their name."""
    for action in actions:
        if action in MEANING:
            st.caption(MEANING[action])


def draw_entry(page: Page, entry: JournalEntry, standing: Standing, place: str) -> None:
    """Draw one entry: before → after, what became of it since, and its undo; `place` tells apart two drawings."""
    if not (told := _told(entry)):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap=None):
            st.markdown(told)
            if standing.words:
                st.caption(md(standing.words))
        if standing.undoable:
            draw_undo_entry(page.store, entry, place)


def told_edit(page: Page, edit: SheetEdit) -> str:
    """What somebody changed in the sheet, as Markdown, with the way to its cell."""
    text = md(edit.kind.value)
    if edit.kind is EditKind.CHANGED:
        text = f"**{md(edit.header)}**{NBSP}: {_value(edit.before)} → {_value(edit.after)}"
    where = cell_link(page, edit)
    return f"{text} ({link('ouvrir la cellule', where)})" if where else text


def seen_between(edit: SheetEdit) -> str:
    """Between which two readings it happened, by a French clock."""
    since, seen_at = edit.since.astimezone(PARIS), edit.seen_at.astimezone(PARIS)
    if since.date() == seen_at.date():
        hours = (f"{one.hour}{NBSP}h{NBSP}{one.minute:02}" for one in (since, seen_at))
        first, last = hours
        day = moment(seen_at).rpartition(" à ")[0]
        return f"{day} vers {last}" if first == last else f"{day} entre {first} et {last}"
    return f"entre le {moment(since)} et le {moment(seen_at)}"


def seen_briefly(edit: SheetEdit) -> str:
    """The same in figures, for a table: « 23/11/2026 10:31–10:34 »."""
    since, seen_at = edit.since.astimezone(PARIS), edit.seen_at.astimezone(PARIS)
    first, last = f"{since:%d/%m/%Y %H:%M}", f"{seen_at:%d/%m/%Y %H:%M}"
    if first == last:
        return first
    return f"{first}–{seen_at:%H:%M}" if since.date() == seen_at.date() else f"{first} – {last}"


def cell_link(page: Page, edit: SheetEdit) -> str:
    """The address of an edit's cell or row in Google Sheets; empty where there is none."""
    tab = page.snapshot.link_to(edit.record_type)
    reading = page.data.reading(edit.record_type)
    row = reading.rows.get(edit.record_id) if reading else None
    if tab is None or reading is None or row is None or "#gid=" not in tab:
        return tab or ""
    column = next(
        (
            reading.columns.get(declared.field)
            for declared in edit.record_type.table.columns
            if declared.header == edit.header
        ),
        None,
    )
    return f"{tab}&range={f'{row + 1}:{row + 1}' if column is None else a1(row, column)}"


def card_of(record: Record, data: Dataset) -> Record | None:
    """The record whose card shows this one: itself, or what it belongs to; None where no page does."""
    if record.table.key in RECORD_PAGES:
        return record
    owner = OWNERS.get(type(record))
    return data.get(owner[0], getattr(record, owner[1])) if owner else None


def draw_card_link(page: Page, record: Record) -> None:
    """Draw the link to the card that shows a record; its name alone where no page does."""
    name = name_of(record, page.data)
    card = card_of(record, page.data)
    if card is None:
        st.markdown(f"**{md(name)}**")
    else:
        record_link(card, md(name if card is record else f"{name} · {card.title}"))


def _told(entry: JournalEntry) -> str:
    if entry.action == ADDED:
        lines = [line.partition(":") for line in entry.after.splitlines()]
        return "  \n".join(f"**{md(name)}**{NBSP}: {_value(value)}" if value else md(name) for name, _, value in lines)
    before, after = _value(entry.before), _value(entry.after)
    if max(len(entry.before), len(entry.after)) > LONG_VALUE:
        return f"**{md(entry.field)}**  \nAvant{NBSP}: {before}  \nAprès{NBSP}: {after}"
    return f"**{md(entry.field)}**{NBSP}: {before} → {after}"


def _value(text: str) -> str:
    """A value as Markdown, cut where it is long."""
    bare = text.strip()
    if not bare:
        return "*(vide)*"
    return md(bare if len(bare) <= CUT else f"{bare[:CUT]}…")
