"""Formation et supervision: sessions, a group's attendance, rates, and the gaps of the seven fields (R8, R31–R36)."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pdn.domain.attendance_rates import (
    SessionState,
    Tally,
    late_entries,
    tally_by_field,
    tally_by_kind,
    tally_by_promeneur,
    tally_by_year,
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
from pdn.domain.structure import Structure
from pdn.domain.training_matrix import followed_by_promeneur, gaps_by_field, offers
from pdn.french import NBSP, count, day, hours, listing, number, percent, plural
from pdn.ui.charts import draw_chart
from pdn.ui.figures import Figure, draw_figures, signed
from pdn.ui.forms import open_form
from pdn.ui.messages import empty_state
from pdn.ui.navigation import record_link
from pdn.ui.opened import draw_unknown, open_record, opened
from pdn.ui.page import Page, open_page
from pdn.ui.session_card import BACK, PARAMETER, draw_session
from pdn.ui.tables import Row, draw_exports, draw_filter, draw_list_head, draw_search, draw_table
from pdn.ui.text import md
from pdn.ui.training_charts import followed_chart, offer_text, offers_chart, rates_chart

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
        view = st.segmented_control(
            "Vue", VIEWS, default=VIEWS[0], required=True, key="vue", bind="query-params", label_visibility="collapsed"
        )
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
        text = draw_search("Intitulé, intervenant, lieu…")
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


def draw_rates(page: Page, filters: SessionFilters) -> None:
    """Attendance by year, kind and field, and what each Promeneur followed: in the order of names, never ranked."""
    year = filters.year
    kind = SessionKind(filters.kind) if filters.kind else None
    field = TrainingField(filters.field) if filters.field else None
    tallies = tally_by_year(page.data, page.today, kind=kind, field=field)
    said = {found: tally for found, tally in tallies.items() if tally.rate is not None}
    st.header("Taux de présence par année")
    if not said:
        empty_state("Aucune présence n’est encore saisie\u00a0: ouvrez une séance passée pour la saisir.")
        return
    rows: list[Row] = [
        {
            "Année": str(found),
            "Taux": percent(tally.rate),
            "Présents": tally.text,
            "Heures suivies": hours(tally.minutes),
        }
        for found, tally in tallies.items()
    ]
    picture, table = st.columns([3, 2], gap="medium")
    with picture:
        words = ", ".join(f"{found}{NBSP}: {percent(tally.rate)} ({tally.text})" for found, tally in said.items())
        draw_chart(rates_chart(said), f"Taux de présence par année. {words}.", "taux-par-annee")
    with table:
        draw_table(rows, "table-taux", alt="Taux de présence par année")
        draw_exports(page, "Taux de présence par année", rows)
    period = "toutes les années" if year is None else str(year)
    if kind is None and field is None:
        st.header(f"Par type et par champ, {period}")
        kinds = [tally_row("Type", each, found) for each, found in tally_by_kind(page.data, page.today, year).items()]
        fields = [
            tally_row("Champ", each, found) for each, found in tally_by_field(page.data, page.today, year).items()
        ]
        left, right = st.columns(2, gap="medium")
        with left:
            draw_table(kinds, "table-types", alt=f"Taux de présence par type de séance, {period}")
            draw_exports(page, f"Taux de présence par type {period}", kinds)
        with right:
            draw_table(fields, "table-champs", alt=f"Taux de présence par champ, {period}")
            draw_exports(page, f"Taux de présence par champ {period}", fields)
    st.header(f"Par Promeneur, {period}")
    people: list[Row] = [
        {
            "Nom": each.promeneur.last_name,
            "Prénom": each.promeneur.first_name,
            "Structure": page.data.title(Structure, each.promeneur.structure_id, empty=""),
            "Présences": each.tally.text,
            "Heures suivies": hours(each.tally.minutes or None),
        }
        for each in tally_by_promeneur(page.data, page.today, year, kind=kind, field=field)
    ]
    if not people:
        empty_state(f"Aucune présence pour {period}.")
        return
    draw_table(people, "table-assiduite", alt=f"Présences de chaque Promeneur, {period}, par ordre alphabétique")
    draw_exports(page, f"Présences par Promeneur {period}", people)


def tally_row(header: str, name: str, tally: Tally) -> Row:
    """A tally as a row of a table."""
    return {
        header: str(name),
        "Taux": percent(tally.rate),
        "Présents": tally.text,
        "Heures suivies": hours(tally.minutes or None),
    }


def draw_fields(page: Page) -> None:
    """The two matrices of the seven fields: what was offered each year, what each Promeneur followed."""
    st.header("Séances tenues par champ et par année")
    found = offers(page.data, page.today)
    if not found:
        empty_state("Aucune formation n’est encore datée\u00a0: ajoutez la première.")
    else:
        gaps = [offer for offer in found if offer.gap and offer.year == page.today.year]
        if gaps:
            missing = listing(f"«{NBSP}{offer.field}{NBSP}»" for offer in gaps)
            st.markdown(f"Pas encore de séance en {page.today.year}\u00a0: {missing}.")
        years = sorted({offer.year for offer in found})
        rows: list[Row] = [
            {"Champ": field.value}
            | {str(offer.year): offer_text(offer, page.today.year) for offer in found if offer.field is field}
            for field in TrainingField
        ]
        draw_chart(
            offers_chart(found, page.today.year),
            f"Nombre de séances tenues dans chacun des champs, de {years[0]} à {years[-1]}\u00a0; le tableau suit.",
            "champs-par-annee",
        )
        draw_table(rows, "table-champs-annees", alt="Séances tenues par champ et par année")
        draw_exports(page, "Séances par champ et par année", rows)
    st.header("Champs suivis par chaque Promeneur")
    people = followed_by_promeneur(page.data, page.today)
    if not people:
        empty_state("Aucun Promeneur n’est dans le réseau\u00a0: ajoutez le premier dans l’annuaire.")
        return
    st.markdown("Dans chaque case, l’année de la dernière séance suivie\u00a0; un tiret s’il n’y en a pas encore eu.")
    lacks: list[Row] = [
        {"Champ": field.value, "Jamais suivi par": f"{number(gap)} sur {count(len(people), 'Promeneur')}"}
        for field, gap in gaps_by_field(people).items()
    ]
    draw_table(lacks, "table-manques", alt="Combien de Promeneurs n’ont jamais suivi chaque champ")
    draw_chart(
        followed_chart(people),
        f"Les sept champs de formation suivis par {count(len(people), 'Promeneur')}\u00a0; le tableau suit.",
        "champs-par-promeneur",
    )
    details: list[Row] = [
        {"Nom": row.promeneur.last_name, "Prénom": row.promeneur.first_name}
        | {
            each.field.value: "jamais" if each.gap else f"{each.last_year} ({hours(each.minutes)})"
            for each in row.fields
        }
        | {"Total": hours(row.minutes), "Champs jamais suivis": len(row.gaps)}
        for row in people
    ]
    draw_table(details, "table-champs-promeneurs", alt="Champs suivis par chaque Promeneur, par ordre alphabétique")
    draw_exports(page, "Champs suivis par Promeneur", details)


page = open_page("Formation et supervision")
if session_id := opened(PARAMETER):
    session = page.data.get(Session, session_id)
    if session is None:
        draw_unknown(PARAMETER, BACK)
    else:
        draw_session(page, session_entry(session, page.data, page.today))
else:
    draw_overview(page)
