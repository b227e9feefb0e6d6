"""The cards of a phase, with its gauge, its Promeneurs and its milestones, and of a milestone (R39, R40)."""

import streamlit as st

from pdn.domain.activity import ActivityState, activity
from pdn.domain.deployment import PhaseGauge, phase_gauge
from pdn.domain.milestones import MilestoneStanding, milestones
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.french import NBSP, count, day, number, sort_key
from pdn.ui.card import draw_archive, draw_edit, draw_problems
from pdn.ui.charts import draw_chart
from pdn.ui.deployment_charts import gauge_chart
from pdn.ui.figures import badge, draw_facts, signed
from pdn.ui.forms import open_form
from pdn.ui.history import draw_history
from pdn.ui.messages import empty_state
from pdn.ui.milestone_rows import dates, draw_milestone_actions, draw_milestones
from pdn.ui.opened import draw_back
from pdn.ui.page import Page
from pdn.ui.tables import Row, draw_exports, draw_table
from pdn.ui.text import md

BACK = "Retour au déploiement"
WANTED_PROMENEUR = "deploiement-promeneur"
"""Where a click on a member of a phase waits until the page can leave for the directory."""


def gauge_legend(gauge: PhaseGauge) -> str:
    """What the marks of the gauges are, in words."""
    band = f"fourchette de {number(gauge.low)} à {number(gauge.high)}"
    return f"Bande claire{NBSP}: {band}. Trait{NBSP}: objectif de la phase."


def draw_phase(page: Page, phase: DeploymentPhase) -> None:
    """One phase's card: its gauge, its members, its milestones."""
    gauge = phase_gauge(phase, page.data, page.settings, page.today)
    draw_back("phase", BACK)
    st.header(phase.title)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(gauge.verdict)
        if gauge.period:
            badge(gauge.period)
    with st.container(horizontal=True):
        draw_edit(page, phase)
        draw_archive(page, phase, "phase")
        draw_history(page, phase)
    draw_problems(page, phase)
    draw_chart(gauge_chart([gauge]), f"Jauge de la phase. {phase.title}{NBSP}: {gauge.words}.", "jauge")
    st.caption(gauge_legend(gauge))
    draw_facts(
        [
            ("Début", day(phase.starts_on, empty="")),
            ("Fin prévue", day(phase.planned_end, empty="")),
            ("Objectif", number(phase.target) if phase.target is not None else ""),
            ("Actifs", number(len(gauge.active))),
            ("Incomplets", number(len(gauge.incomplete))),
            ("À venir, pas encore comptés", number(len(gauge.upcoming)) if gauge.upcoming else ""),
            ("Partis, plus comptés", number(len(gauge.left)) if gauge.left else ""),
        ]
    )
    if phase.notes:
        st.markdown(f"> {md(phase.notes)}")
    draw_members(page, gauge)
    st.header("Jalons de la phase")
    draw_milestones(page, milestones(page.data, page.today, phase.id))
    if st.button("Ajouter un jalon", icon=":material/add:", key="ajouter-jalon-phase"):
        open_form(page, Milestone(phase_id=phase.id, planned_on=phase.planned_end))


def draw_members(page: Page, gauge: PhaseGauge) -> None:
    """The Promeneurs of a phase, those who left included; a click opens one in the directory."""
    st.header("Promeneurs de la phase")
    members: list[Promeneur] = [
        promeneur
        for group in (gauge.active, gauge.incomplete, gauge.upcoming, gauge.left)
        for promeneur in sorted(group, key=lambda each: sort_key(f"{each.last_name} {each.first_name}"))
    ]
    rows: list[Row] = [
        {
            "Nom": promeneur.last_name,
            "Prénom": promeneur.first_name,
            "État": signed(state.state),
            "Structure": page.data.title(Structure, promeneur.structure_id, empty=""),
            "Entrée": promeneur.entered_on,
            "Sortie": promeneur.left_on if state.state is ActivityState.LEFT else None,
            "Il manque": ", ".join(state.missing),
        }
        for promeneur in members
        for state in [activity(promeneur, page.data, page.today)]
    ]
    if not rows:
        empty_state("Aucun Promeneur dans cette phase : choisissez-la dans la fiche d’un Promeneur de l’annuaire.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count(len(rows), 'Promeneur')}**")
        draw_exports(page, f"Promeneurs {gauge.phase.title}", rows)

    def leave_for(index: int) -> None:
        st.session_state[WANTED_PROMENEUR] = members[index].id

    draw_table(rows, "table-membres", alt=f"Promeneurs de {gauge.phase.title}", on_open=leave_for)


def draw_milestone(page: Page, standing: MilestoneStanding) -> None:
    """One milestone's card, which an alert opens."""
    milestone = standing.milestone
    draw_back("jalon", BACK)
    st.header(milestone.title)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(standing.state)
        st.markdown(dates(standing)[:1].upper() + dates(standing)[1:])
    with st.container(horizontal=True):
        draw_milestone_actions(page, standing)
        draw_archive(page, milestone, "jalon")
        draw_history(page, milestone)
    draw_problems(page, milestone)
    phase = page.data.get(DeploymentPhase, milestone.phase_id)
    if phase:
        draw_facts([("Phase", md(phase.title))])
