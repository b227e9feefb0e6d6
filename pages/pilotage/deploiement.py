"""Déploiement: phases and their gauge, planned against reached, milestones, Promeneurs by territory (R39, R40)."""

from collections.abc import Sequence

import streamlit as st

from pdn.domain.deployment import (
    PhaseGauge,
    TargetLevel,
    phase_gauges,
    without_phase,
)
from pdn.domain.deployment_curve import CurvePoint, deployment_curve
from pdn.domain.milestones import MilestoneStanding, MilestoneState, milestones
from pdn.domain.overview import overview
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.promeneur import Promeneur
from pdn.domain.territory import Territory, by_commune, by_epci, uncovered
from pdn.french import NBSP, count, day, listing, number, plural, sort_key
from pdn.ui.card import draw_missing
from pdn.ui.charts import draw_chart
from pdn.ui.deployment_charts import LINES, curve_chart, gauge_chart, gauge_sign, territory_chart
from pdn.ui.figures import Figure, draw_figures, signed
from pdn.ui.forms import open_form
from pdn.ui.messages import empty_state
from pdn.ui.milestone_rows import draw_milestones
from pdn.ui.navigation import record_query
from pdn.ui.opened import open_record, opened
from pdn.ui.page import Page, open_page
from pdn.ui.phase_card import BACK, WANTED_PROMENEUR, draw_milestone, draw_phase, gauge_legend
from pdn.ui.tables import Row, draw_exports, draw_table
from pdn.ui.text import md

CURVE_HEIGHT = 340


def draw_figures_of_today(page: Page, gauges: Sequence[PhaseGauge], standings: Sequence[MilestoneStanding]) -> None:
    """The answer first: how many, against how many were promised."""
    state = overview(page.data, page.settings, page.today)
    late = sum(standing.state is MilestoneState.LATE for standing in standings)
    met = sum(gauge.target_level in {TargetLevel.REACHED, TargetLevel.OVER} for gauge in gauges)
    draw_figures(
        [
            Figure(
                "Promeneurs actifs", number(state.active),
                f"objectif à ce jour{NBSP}: {number(state.objective.expected)}" if gauges else "pas encore d’objectif",
                "Mandat de l’employeur, convention en vigueur et charte signée.",
            ),
            Figure(
                "Promeneurs dans le réseau", number(state.active + state.incomplete),
                f"dont {count(state.incomplete, 'incomplet')}" if state.incomplete else "tous actifs",
                "Entrés et pas partis.",
            ),
            Figure(
                "Objectif final", number(state.objective.final), count(len(gauges), "phase"),
                "La somme des objectifs des phases.",
            ),
            Figure("Phases à l’objectif", number(met), f"sur {number(len(gauges))}"),
            Figure("Jalons en retard", number(late), f"sur {number(len(standings))}"),
        ]
    )  # fmt: skip


def phase_rows(gauges: Sequence[PhaseGauge]) -> list[Row]:
    """The phases as rows of a table or an export."""
    return [
        {
            "Phase": gauge.phase.title,
            "Situation": f"{gauge_sign(gauge)} {gauge.words}",
            "Actifs": len(gauge.active),
            "Incomplets": len(gauge.incomplete),
            "Partis": len(gauge.left),
            "À venir": len(gauge.upcoming),
            "Objectif": gauge.phase.target,
            "Début": gauge.phase.starts_on,
            "Fin prévue": gauge.phase.planned_end,
            "Période": signed(gauge.period) if gauge.period else "",
        }
        for gauge in gauges
    ]


def draw_phases(page: Page, gauges: Sequence[PhaseGauge]) -> None:
    """Each phase's gauge and the same as a table; a click opens one."""
    st.header("Phases")
    rows = phase_rows(gauges)
    with st.container(horizontal=True, vertical_alignment="center"):
        if rows:
            st.markdown(f"**{count(len(rows), 'phase')}**")
        draw_exports(page, "Phases du déploiement", rows)
        if st.button("Ajouter une phase", icon=":material/add:", type="primary", key="ajouter-phase"):
            draft = DeploymentPhase(name=f"Phase {len(gauges) + 1}", target=page.settings.phase_max)
            open_form(page, draft, then=lambda made: open_record("phase", made.id))
    if not gauges:
        empty_state(
            "Aucune phase pour l’instant. Ajoutez la première avec «\u00a0Ajouter une phase\u00a0», "
            "ou remplissez l’onglet «\u00a0Phases\u00a0» de la feuille."
        )
        return
    picture, table = st.columns([2, 3], gap="medium")
    with picture:
        words = ", ".join(f"{gauge.phase.title}{NBSP}: {gauge.words}" for gauge in gauges)
        draw_chart(gauge_chart(gauges), f"Jauge de chaque phase. {words}.", "jauges")
        st.caption(gauge_legend(gauges[0]))
    with table:
        draw_table(
            rows, "table-phases", alt="Phases du déploiement",
            on_open=lambda index: open_record("phase", gauges[index].phase.id),
        )  # fmt: skip
        st.caption("Cliquez sur une phase pour voir ses Promeneurs et ses jalons.")
        alone = without_phase(page.data, page.today)
        if alone:
            names = listing(sorted((md(promeneur.title) for promeneur in alone), key=sort_key))
            verb = plural(len(alone), "n’est dans aucune phase", "ne sont dans aucune phase")
            st.info(f"{count(len(alone), 'Promeneur')} {verb}{NBSP}: {names}.", icon=":material/info:")


def curve_rows(points: Sequence[CurvePoint]) -> list[Row]:
    """The curve as rows of a table or an export."""
    return [
        {
            "Au": point.day,
            "Prévus": round(point.planned),
            "Actifs": point.active,
            "Présents": point.present,
            "Structures": point.structures,
        }
        for point in points
    ]


def draw_curve(page: Page) -> None:
    """Planned against reached since the coordination began, and the same as a table."""
    st.header("Prévu et atteint")
    points = deployment_curve(page.data, page.settings, page.today)
    if not points:
        empty_state(
            "La courbe commencera avec la première phase, ou avec la date de début du volet coordination "
            "dans les paramètres."
        )
        return
    past = [point for point in points if point.active is not None]
    now = past[-1] if past else points[0]
    summary = (
        f"Au {day(now.day)}{NBSP}: {number(round(now.planned))} Promeneurs prévus, {number(now.active or 0)} actifs, "
        f"{number(now.present or 0)} présents, {count(now.structures or 0, 'structure')} "
        f"{plural(now.structures or 0, 'conventionnée')}."
    )
    st.markdown(summary)
    picture, table = st.columns([3, 2], gap="medium")
    with picture:
        draw_chart(
            curve_chart(points, page.today, list(LINES), CURVE_HEIGHT),
            f"Promeneurs prévus et atteints depuis le {day(points[0].day)}. {summary}", "courbe",
        )  # fmt: skip
    with table:
        alt = "Prévu et atteint à la fin de chaque mois, le plus récent d’abord"
        draw_table(curve_rows(past[::-1]), "table-courbe", alt=alt, height=CURVE_HEIGHT)
        draw_exports(page, "Prévu et atteint", curve_rows(points))


def milestone_rows(standings: Sequence[MilestoneStanding], page: Page) -> list[Row]:
    """The milestones as rows of an export."""
    return [
        {
            "Jalon": standing.milestone.title,
            "État": standing.state.value,
            "Prévu le": standing.milestone.planned_on,
            "Atteint le": standing.milestone.reached_on,
            "Phase": page.data.title(DeploymentPhase, standing.milestone.phase_id, empty=""),
        }
        for standing in standings
    ]


def draw_calendar(page: Page, standings: Sequence[MilestoneStanding]) -> None:
    """What is late, what is coming, and, folded, what is done."""
    st.header("Jalons")
    by_state = {state: [each for each in standings if each.state is state] for state in MilestoneState}
    with st.container(horizontal=True, vertical_alignment="center"):
        counted = ", ".join(
            f"{number(len(found))} {plural(len(found), word, words)}"
            for found, (word, words) in zip(
                by_state.values(),
                (("en retard", "en retard"), ("à venir", "à venir"), ("atteint", "atteints")),
                strict=True,
            )
        )
        if standings:
            st.markdown(f"**{count(len(standings), 'jalon')}**{NBSP}: {counted}")
        draw_exports(page, "Jalons", milestone_rows(standings, page))
        if st.button("Ajouter un jalon", icon=":material/add:", key="ajouter-jalon"):
            open_form(page, Milestone())
    if not standings:
        empty_state(
            "Aucun jalon pour l’instant. Ajoutez ce qui est prévu avec «\u00a0Ajouter un jalon\u00a0»\u00a0: "
            "signature de la charte, première formation, bilan…"
        )
        return
    draw_milestones(page, [*by_state[MilestoneState.LATE], *by_state[MilestoneState.COMING]])
    reached = by_state[MilestoneState.REACHED]
    if reached:
        with st.expander(f"{count(len(reached), 'jalon')} {plural(len(reached), 'atteint')}", icon=":material/check:"):
            draw_milestones(page, reached[::-1])


def territory_rows(territories: Sequence[Territory], name: str) -> list[Row]:
    """Territories as rows of a table or an export."""
    return [
        {
            name: territory.name or "Non renseigné",
            **({} if name == "EPCI" else {"EPCI": territory.epci}),
            "Promeneurs": territory.promeneurs,
            "Actifs": territory.active,
            "Incomplets": territory.incomplete,
            "Structures": territory.structures,
            "Conventionnées": territory.agreed,
        }
        for territory in territories
    ]


def draw_territory(page: Page) -> None:
    """Where the Promeneurs are, and the places with structures but none of them."""
    st.header("Territoire")
    epcis, communes = by_epci(page.data, page.today), by_commune(page.data, page.today)
    if not epcis:
        empty_state(
            "Aucune structure pour l’instant : ajoutez la première dans l’annuaire, avec sa commune et son EPCI."
        )
        return
    covered = [territory for territory in epcis if territory.promeneurs and territory.name]
    empty = uncovered(epcis)
    st.markdown(
        f"Des Promeneurs dans **{count(len(covered), 'intercommunalité')}** sur {number(len(covered) + len(empty))} "
        "où des structures sont repérées."
    )
    picture, table = st.columns(2, gap="medium")
    with picture:
        if covered:
            words = ", ".join(f"{territory.name}{NBSP}: {territory.promeneurs}" for territory in covered)
            draw_chart(territory_chart(covered), f"Promeneurs par intercommunalité. {words}.", "territoire")
        draw_exports(page, "Promeneurs par EPCI", territory_rows(epcis, "EPCI"))
        if empty:
            names = listing(md(territory.name) for territory in empty)
            st.caption(f"Encore aucun Promeneur{NBSP}: {names}.")
    with table:
        rows = territory_rows(communes, "Commune")
        draw_table(rows, "table-communes", alt="Promeneurs et structures par commune")
        draw_exports(page, "Promeneurs par commune", rows)


def draw_all(page: Page) -> None:
    """Everything but an opened card."""
    gauges = phase_gauges(page.data, page.settings, page.today)
    standings = milestones(page.data, page.today)
    draw_figures_of_today(page, gauges, standings)
    draw_phases(page, gauges)
    draw_curve(page)
    draw_calendar(page, standings)
    draw_territory(page)


page = open_page("Déploiement")
if wanted := page.data.get(Promeneur, st.session_state.pop(WANTED_PROMENEUR, "")):
    screen, query = record_query(wanted)
    st.switch_page(screen.path, query_params=query)
if phase_id := opened("phase"):
    phase = page.data.get(DeploymentPhase, phase_id)
    if phase is None or phase.archived:
        draw_missing(page, phase, "phase", BACK)
    else:
        draw_phase(page, phase)
elif milestone_id := opened("jalon"):
    by_id = {standing.milestone.id: standing for standing in milestones(page.data, page.today)}
    if milestone_id in by_id:
        draw_milestone(page, by_id[milestone_id])
    else:
        draw_missing(page, page.data.get(Milestone, milestone_id), "jalon", BACK)
else:
    draw_all(page)
