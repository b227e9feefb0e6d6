"""Formation et supervision: sessions, a group's attendance, rates, and the gaps of the seven fields (R8, R31–R36)."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pdn.domain.attendance_rates import (
    SessionState,
    late_entries,
)
from pdn.domain.network_meetings import network_meetings
from pdn.domain.session import Session, SessionKind, TrainingField
from pdn.domain.session_register import (
    SessionEntry,
    SessionFilters,
    matching_sessions,
    session_entries,
    session_entry,
    session_figures,
    session_years,
)
from pdn.french import count, day, hours, number, percent, plural
from pdn.ui.card import draw_missing
from pdn.ui.figures import Figure, draw_figures, signed
from pdn.ui.forms import open_form
from pdn.ui.messages import empty_state
from pdn.ui.navigation import record_link
from pdn.ui.opened import draw_views, open_record, opened
from pdn.ui.page import Page, open_page
from pdn.ui.session_card import BACK, PARAMETER, draw_session
from pdn.ui.tables import Row, draw_filter, draw_list_head, draw_search, draw_table
from pdn.ui.text import md
from pdn.ui.training_views import draw_fields, draw_rates

VIEWS = ("Séances", "Assiduité", "Champs de formation")
EVERY_YEAR = "Toutes"
COMING = 3
"""How many of the next sessions are shown above the list."""

YEAR_WIDTH = 130


def draw_overview(page: Page) -> None:
    """Everything but an opened session: filters, figures, and one of the three views."""
    entries = session_entries(page.data, page.today)
    years = [str(year) for year in session_years(page.data, page.today)]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Année", [*years, EVERY_YEAR], years.index(str(page.today.year)), key="annee", bind="query-params",
            persist_state="session", placeholder="Année", width=YEAR_WIDTH, label_visibility="collapsed",
        )  # fmt: skip
        with st.popover("Filtres", icon=":material/filter_list:"):
            kind = draw_filter("Type", [kind.value for kind in SessionKind], "type")
            field = draw_filter("Champ", [field.value for field in TrainingField], "champ")
        st.markdown(" · ".join(f"**{md(word)}**" for word in (kind, field) if word))
    year = None if chosen == EVERY_YEAR else int(chosen)
    filters = SessionFilters(year=year, kind=kind, field=field)
    kept = matching_sessions(entries, filters)
    draw_year(page, kept, year)
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        view = draw_views(VIEWS)
        if st.button("Nouvelle séance", icon=":material/add:", type="primary", key="nouvelle-seance"):
            draft = Session(
                kind=SessionKind(kind) if kind else SessionKind.TRAINING, field=TrainingField(field) if field else None
            )
            open_form(page, draft, title="Nouvelle séance", then=lambda made: open_record(PARAMETER, made.id))
    if not entries:
        empty_state(
            "Aucune séance pour l’instant. Ajoutez la première avec «\u00a0Nouvelle séance\u00a0», "
            "ou remplissez l’onglet «\u00a0Séances\u00a0» de la feuille.",
            ":material/school:",
        )
    elif view == VIEWS[1]:
        draw_rates(page, filters)
    elif view == VIEWS[2]:
        draw_fields(page)
    else:
        draw_sessions(page, kept, matching_sessions(entries, replace(filters, year=None)))


def draw_year(page: Page, kept: Sequence[SessionEntry], year: int | None) -> None:
    """The figures of what is kept, and the departmental meetings of the year (R9)."""
    figures = session_figures(kept, page.data, page.today)
    meetings = network_meetings(page.data, page.settings, year or page.today.year, page.today)
    planned = f", {count(len(meetings.planned), 'prévue')}" if meetings.planned else ""
    draw_figures(
        [
            Figure("Séances tenues", number(figures.held), help="Ni annulées, ni archivées, jusqu’à aujourd’hui."),
            Figure("Heures", hours(figures.minutes), help="Durée des séances tenues."),
            Figure(
                "Taux de présence", percent(figures.attendance.rate), figures.attendance.text,
                help="Présents parmi les présents, absents et excusés.",
            ),
            Figure(
                f"Rencontres départementales {meetings.year}",
                f"{number(len(meetings.held))} sur {number(meetings.wanted)}" if meetings.wanted
                else number(len(meetings.held)),
                f"{meetings.level}{planned}",
                help="Au moins deux par an selon le cahier des charges\u00a0; le nombre est un réglage.",
            ),
            Figure("Séances à venir", number(figures.planned)),
        ]
    )  # fmt: skip


def draw_sessions(page: Page, entries: Sequence[SessionEntry], of_every_year: Sequence[SessionEntry]) -> None:
    """What waits for its attendance, what comes next, then the year's list."""
    late = late_entries(page.data, page.settings, page.today)
    if late:
        waits = plural(len(late), "attend encore ses présences", "attendent encore leurs présences")
        with st.container(border=True):
            st.markdown(f":material/error: **{count(len(late), 'séance')} {waits}**")
            for session in late[-COMING:]:
                record_link(session, f"{day(session.held_on)} · {session.title}")
    st.header("À venir")
    coming = [entry for entry in reversed(of_every_year) if entry.state is SessionState.UPCOMING][:COMING]
    if not coming:
        empty_state("Aucune séance n’est programmée\u00a0: ajoutez la prochaine.", ":material/event:")
    for place, entry in zip(st.columns(COMING), coming, strict=False):
        with place:
            draw_coming(entry)
    st.header("Toutes les séances")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = draw_search("Intitulé, intervenant, lieu…", "intitule")
        state = draw_filter("État", [state.value for state in SessionState], "etat")
    kept = matching_sessions(entries, SessionFilters(text=text, state=state))
    rows = [session_row(entry) for entry in kept]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, "Séances", rows, len(entries), ("séance", "séances"))
    if not rows:
        empty_state("Aucune séance ne correspond\u00a0: changez d’année ou retirez un filtre.", ":material/search_off:")
        return
    draw_table(
        rows, "table-seances", alt="Liste des séances, avec leur état et leurs présences",
        on_open=lambda index: open_record(PARAMETER, kept[index].session.id),
    )  # fmt: skip


def draw_coming(entry: SessionEntry) -> None:
    """One of the next sessions: when, where, for how many."""
    session = entry.session
    seats = f" pour {count(session.seats, 'place')}" if session.seats is not None else ""
    enrolled = f"{count(entry.enrolled, 'inscription')}{seats}"
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{day(session.held_on)}** · {md(str(session.kind or 'séance'))}  \n{md(session.title)}")
        st.caption(" · ".join(part for part in (md(session.place), enrolled) if part))
        record_link(session, "Ouvrir la séance")


def session_row(entry: SessionEntry) -> Row:
    """A session as a row of the list."""
    session = entry.session
    return {
        "Date": session.held_on,
        "Séance": session.title,
        "État": signed(entry.state),
        "Présents": entry.tally.text,
        "Type": str(session.kind or ""),
        "Champ": str(session.field or ""),
        "Durée": hours(session.minutes, empty=""),
        "Intervenant": session.trainer,
        "Type d’intervenant": str(session.trainer_kind or ""),
        "Inscriptions": entry.enrolled,
        "Lieu": session.place,
        "Coût": session.cost,
    }


page = open_page("Formation et supervision")
if session_id := opened(PARAMETER):
    session = page.data.get(Session, session_id)
    if session is None or session.archived:
        draw_missing(page, session, PARAMETER, BACK)
    else:
        draw_session(page, session_entry(session, page.data, page.today))
else:
    draw_overview(page)
