"""The deployment, as a visitor has it: phases, curve, milestones, territory, and what the buttons write."""

from datetime import timedelta

import pytest

from pdn.domain.deployment import phase_gauges
from pdn.domain.milestones import MilestoneState, milestones
from pdn.domain.overview import overview
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.settings import read_settings
from pdn.domain.territory import by_commune
from pdn.french import number
from pdn.ui.forms import STATE
from pdn.ui.page import now
from pdn.ui.store import get_store

PAGE = "pages/pilotage/deploiement.py"
TODAY = now().date()


def data():
    return get_store().snapshot().data


def gauges():
    return phase_gauges(data(), read_settings(data())[0], TODAY)


def text(app):
    return " ".join(found.value for kind in (app.markdown, app.caption, app.header, app.info) for found in kind)


def table(app, header):
    return next(found.value for found in app.dataframe if header in found.value.columns)


def standing(state):
    return next(found.milestone for found in milestones(data(), TODAY) if found.state is state)


def test_an_empty_workbook_says_what_to_do(open_page):
    app = open_page(PAGE, "empty")
    assert "Ajoutez la première avec" in text(app)
    assert "La courbe commencera" in text(app)
    assert "Aucun jalon" in text(app)
    assert "Aucune structure" in text(app)
    assert [found.value for found in app.metric] == ["0"] * 5


def test_the_figures_and_the_phases_are_those_of_the_rules(open_page):
    app = open_page(PAGE)
    state = overview(data(), read_settings(data())[0], TODAY)
    assert [found.value for found in app.metric][:3] == [
        number(state.active),
        number(state.active + state.incomplete),
        number(state.objective.final),
    ]
    shown = table(app, "Fin prévue")
    assert list(shown["Phase"]) == [gauge.phase.title for gauge in gauges()]
    assert [found.split(" ", 1)[1] for found in shown["Situation"]] == [gauge.words for gauge in gauges()]


def test_the_curve_stands_beside_its_table_which_ends_today(open_page):
    shown = table(open_page(PAGE), "Présents")
    assert shown["Au"].iloc[0] == TODAY
    assert shown["Actifs"].iloc[0] == overview(data(), read_settings(data())[0], TODAY).active
    assert shown["Au"].iloc[-1].isoformat() == "2018-10-01"


def test_the_communes_are_listed_with_their_promeneurs(open_page):
    shown = table(open_page(PAGE), "Commune")
    assert list(shown["Promeneurs"]) == [territory.promeneurs for territory in by_commune(data(), TODAY)]


def test_every_phase_opens_with_its_members_and_its_milestones(open_page):
    open_page(PAGE)
    for gauge in gauges():
        app = open_page(PAGE, query={"phase": gauge.phase.id})
        assert gauge.phase.title in [found.value for found in app.header]
        everybody = [*gauge.active, *gauge.incomplete, *gauge.upcoming, *gauge.left]
        assert sorted(table(app, "Il manque")["Nom"]) == sorted(promeneur.last_name for promeneur in everybody)
        assert "Jalons de la phase" in text(app)


@pytest.mark.parametrize("parameter", ["phase", "jalon"])
def test_an_old_link_says_that_the_card_is_gone(open_page, parameter):
    assert "n’existe pas" in text(open_page(PAGE, query={parameter: "PH-00000000"}))


def test_a_milestone_is_marked_as_reached_today_in_one_click(open_page):
    app = open_page(PAGE)
    late = standing(MilestoneState.LATE)
    app.button(key=f"atteint-{late.id}").click().run()
    assert not app.exception
    assert get_store().refresh().data.get(Milestone, late.id).reached_on == TODAY


def test_a_milestones_card_opens_from_its_address_and_acts(open_page):
    open_page(PAGE)
    coming = standing(MilestoneState.COMING)
    app = open_page(PAGE, query={"jalon": coming.id})
    assert coming.title in [found.value for found in app.header]
    app.button(key=f"atteint-{coming.id}").click().run()
    assert get_store().refresh().data.get(Milestone, coming.id).reached_on == TODAY


def fill_new_phase(app, target):
    app.button(key="ajouter-phase").click().run()
    app.text_input(key="form-phase-new-name").set_value("Phase d’essai")
    app.text_input(key="form-phase-new-target").set_value(target)
    app.date_input(key="form-phase-new-starts_on").set_value(TODAY)
    app.date_input(key="form-phase-new-planned_end").set_value(TODAY + timedelta(days=200))
    app.button(key="form-phase-new-save").click().run()
    assert not app.exception


def test_a_phase_can_be_added(open_page):
    fill_new_phase(open_page(PAGE, "empty"), "18")
    (phase,) = get_store().refresh().data.all(DeploymentPhase)
    assert (phase.name, phase.target, phase.starts_on) == ("Phase d’essai", 18, TODAY)


def test_a_phase_of_30_warns_before_it_is_saved(open_page):
    app = open_page(PAGE, "empty")
    fill_new_phase(app, "30")
    # AppTest does not draw a dialog again after a click in it: what it has to say is in its state.
    (finding,) = app.session_state[STATE].findings
    assert not finding.blocking
    assert "15 à 20" in finding.message
    assert get_store().refresh().data.all(DeploymentPhase) == ()


def test_a_phase_that_ends_before_it_starts_is_refused(open_page):
    open_page(PAGE)
    phase = gauges()[-1].phase
    app = open_page(PAGE, query={"phase": phase.id})
    app.button(key=f"edit-{phase.id}").click().run()
    prefix = f"form-phase-{phase.id}"
    app.date_input(key=f"{prefix}-planned_end").set_value(phase.starts_on - timedelta(days=1))
    app.button(key=f"{prefix}-save").click().run()
    assert [finding.blocking for finding in app.session_state[STATE].findings] == [True]
    assert get_store().refresh().data.get(DeploymentPhase, phase.id).planned_end == phase.planned_end
