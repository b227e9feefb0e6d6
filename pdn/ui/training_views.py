"""Two views of training: attendance rates, and the gaps of the seven fields (R31, R35)."""

import streamlit as st

from pdn.domain.attendance_rates import Tally, tally_by_field, tally_by_kind, tally_by_promeneur, tally_by_year
from pdn.domain.session import SessionKind, TrainingField
from pdn.domain.session_register import SessionFilters
from pdn.domain.structure import Structure
from pdn.domain.training_matrix import followed_by_promeneur, gaps_by_field, offers
from pdn.french import NBSP, count, hours, listing, number, percent
from pdn.ui.charts import draw_chart
from pdn.ui.messages import empty_state
from pdn.ui.page import Page
from pdn.ui.tables import Row, draw_exports, draw_table
from pdn.ui.training_charts import followed_chart, offer_text, offers_chart, rates_chart


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
