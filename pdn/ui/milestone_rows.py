"""Milestones as lines with their actions, on the page of the deployment and on a phase's card (R40)."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pdn.domain.milestones import MilestoneStanding, MilestoneState
from pdn.domain.phase import DeploymentPhase
from pdn.french import NBSP, count, day
from pdn.ui.figures import badge
from pdn.ui.forms import open_form
from pdn.ui.page import Page
from pdn.ui.saving import Change, save_and_rerun
from pdn.ui.text import md


def draw_milestones(page: Page, standings: Sequence[MilestoneStanding]) -> None:
    """Draw milestones one under the other, each with what can be done about it."""
    for standing in standings:
        milestone = standing.milestone
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            with st.container(horizontal=True, vertical_alignment="center", width="stretch"):
                badge(standing.state)
                phase = page.data.get(DeploymentPhase, milestone.phase_id)
                within = f" · {md(phase.title)}" if phase else ""
                st.markdown(f"**{md(milestone.title)}**  \n{dates(standing)}{within}", width="stretch")
            with st.container(horizontal=True, width="content"):
                draw_milestone_actions(page, standing)


def draw_milestone_actions(page: Page, standing: MilestoneStanding) -> None:
    """Draw the buttons of a milestone: reached today, or changed in its form."""
    milestone = standing.milestone
    if standing.state is not MilestoneState.REACHED and st.button(
        "Marquer comme atteint", icon=":material/check:", key=f"atteint-{milestone.id}",
        help="À la date d’aujourd’hui ; « Modifier » permet d’en donner une autre.",
    ):  # fmt: skip
        reached = replace(milestone, reached_on=page.today)
        save_and_rerun(page, [Change(reached, before=milestone)], f"Jalon atteint{NBSP}: {milestone.title}.")
    if st.button("Modifier", icon=":material/edit:", key=f"modifier-{milestone.id}"):
        open_form(page, milestone, before=milestone)


def dates(standing: MilestoneStanding) -> str:
    """When it was planned and how far that is: « prévu le 12 mars 2019, il y a 4 jours »."""
    milestone, days = standing.milestone, standing.days
    if milestone.planned_on is None:
        return f"atteint le {day(milestone.reached_on)}" if milestone.reached_on else "sans date prévue"
    planned = f"prévu le {day(milestone.planned_on)}"
    if days is None:
        return planned
    if standing.state is MilestoneState.COMING:
        return f"{planned}, dans {count(days, 'jour')}" if days else f"{planned}, aujourd’hui"
    if standing.state is MilestoneState.LATE:
        return f"{planned}, il y a {count(days, 'jour')}"
    gap = f", {count(abs(days), 'jour')} {'après' if days > 0 else 'avant'}" if days else ", le jour dit"
    return f"{planned}, atteint le {day(milestone.reached_on)}{gap}"
