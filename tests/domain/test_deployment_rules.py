"""A phase's dates are in order, its objective warns outside 15 to 20, a milestone is not reached in advance."""

from datetime import date

import pytest

from pdn.domain.checks import check
from pdn.domain.deployment_rules import check_milestone, check_phase
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.settings import Settings, read_settings
from pdn.schema import Dataset

TODAY = date(2019, 3, 12)
NOTHING = Dataset()
SETTINGS, _ = read_settings(NOTHING)


def _phase(**fields):
    return DeploymentPhase(**{"starts_on": date(2018, 10, 1), "planned_end": date(2019, 6, 30), "target": 18} | fields)


def test_a_phase_that_ends_before_it_starts_is_refused():
    (finding,) = check_phase(_phase(planned_end=date(2018, 9, 30)), NOTHING, SETTINGS, TODAY)
    assert finding.blocking
    assert finding.field == "planned_end"
    assert "30 septembre 2018" in finding.message


def test_a_phase_of_one_day_is_a_phase():
    assert check_phase(_phase(planned_end=date(2018, 10, 1)), NOTHING, SETTINGS, TODAY) == ()


@pytest.mark.parametrize(("target", "warned"), [(14, True), (15, False), (20, False), (21, True), (0, True)])
def test_an_objective_outside_15_to_20_warns_and_never_refuses(target, warned):
    findings = check_phase(_phase(target=target), NOTHING, SETTINGS, TODAY)
    assert [finding.blocking for finding in findings] == ([False] if warned else [])
    assert all(finding.rule == "R39" for finding in findings)


def test_the_range_is_a_setting():
    assert check_phase(_phase(target=30), NOTHING, Settings(phase_min=25, phase_max=30), TODAY) == ()
    assert check_phase(_phase(target=3000), NOTHING, Settings(), TODAY) == ()


def test_a_blank_phase_says_nothing():
    assert check_phase(DeploymentPhase(), NOTHING, SETTINGS, TODAY) == ()


def test_a_milestone_reached_tomorrow_is_refused():
    (finding,) = check_milestone(Milestone(reached_on=date(2019, 3, 13)), NOTHING, SETTINGS, TODAY)
    assert finding.blocking
    assert finding.rule == "R40"
    assert check_milestone(Milestone(reached_on=TODAY), NOTHING, SETTINGS, TODAY) == ()
    assert check_milestone(Milestone(), NOTHING, SETTINGS, TODAY) == ()


def test_forms_run_both_checks():
    assert check(_phase(target=30), NOTHING, SETTINGS, TODAY)
    assert check(Milestone(reached_on=date(2019, 3, 13)), NOTHING, SETTINGS, TODAY)
