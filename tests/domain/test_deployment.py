"""A phase's gauge counts who is in the network against 15 to 20 and its objective (R39)."""

from datetime import date
from decimal import Decimal

import pytest

from pdn.domain.agreement import Agreement
from pdn.domain.deployment import (
    Objective,
    PhasePeriod,
    RangeLevel,
    TargetLevel,
    objective,
    phase_gauge,
    phase_gauges,
    phase_period,
    planned_on,
    without_phase,
)
from pdn.domain.phase import DeploymentPhase
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings, read_settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

TODAY = date(2019, 3, 12)
SETTINGS, _ = read_settings(Dataset())
STRUCTURE = Structure(id="S-1", name="Centre social")
AGREEMENT = Agreement(
    id="C-1",
    number="2018-01",
    structure_id="S-1",
    caf_signed_on=date(2018, 10, 1),
    structure_signed_on=date(2018, 10, 1),
    starts_on=date(2018, 10, 1),
    ends_on=date(2021, 9, 30),
)
PHASE = DeploymentPhase(
    id="PH-1", name="Phase 1", starts_on=date(2018, 10, 1), planned_end=date(2019, 6, 30), target=18
)


def _promeneur(number, **fields):
    known = {"structure_id": "S-1", "phase_id": "PH-1", "mandate_on": date(2018, 11, 1), "last_name": f"Nom {number}"}
    known |= {"entered_on": date(2018, 11, 1), "charter_signed_on": date(2018, 11, 1)}
    return Promeneur(id=f"P-{number}", **(known | fields))


def _gauge_of(count, **phase_fields):
    phase = DeploymentPhase(id="PH-1", **phase_fields)
    people = [_promeneur(number) for number in range(count)]
    return phase_gauge(phase, Dataset.of(STRUCTURE, AGREEMENT, phase, *people), SETTINGS, TODAY)


def test_a_gauge_counts_the_active_and_the_incomplete_and_sets_the_others_apart():
    data = Dataset.of(
        STRUCTURE, AGREEMENT, PHASE,
        _promeneur(1),
        _promeneur(2),
        _promeneur(3, charter_signed_on=None),
        _promeneur(4, left_on=date(2019, 1, 31)),
        _promeneur(5, entered_on=date(2019, 4, 1)),
        _promeneur(6, phase_id=""),
        _promeneur(7, archived_on=date(2019, 1, 1)),
    )  # fmt: skip
    gauge = phase_gauge(PHASE, data, SETTINGS, TODAY)
    assert [[each.id for each in group] for group in (gauge.active, gauge.incomplete, gauge.left, gauge.upcoming)] == [
        ["P-1", "P-2"],
        ["P-3"],
        ["P-4"],
        ["P-5"],
    ]
    assert gauge.count == 3
    assert [each.id for each in without_phase(data, TODAY)] == ["P-6"]


@pytest.mark.parametrize(
    ("count", "level"),
    [
        (14, RangeLevel.UNDER),
        (15, RangeLevel.IN_RANGE),
        (20, RangeLevel.IN_RANGE),
        (21, RangeLevel.OVER),
    ],
)
def test_15_and_20_are_within_the_range(count, level):
    assert _gauge_of(count).range_level is level


@pytest.mark.parametrize(
    ("count", "target", "level", "words"),
    [
        (13, 18, TargetLevel.UNDER, "13 sur\u00a018\u00a0: sous l’objectif"),
        (18, 18, TargetLevel.REACHED, "18 sur\u00a018\u00a0: objectif atteint"),
        (19, 18, TargetLevel.OVER, "19 sur\u00a018\u00a0: objectif dépassé"),
        (22, 20, TargetLevel.OVER, "22 sur\u00a020\u00a0: au-dessus de la fourchette"),
        (13, None, TargetLevel.NONE, "13\u00a0: sous la fourchette"),
    ],
)
def test_a_gauge_says_itself_in_words(count, target, level, words):
    gauge = _gauge_of(count, target=target)
    assert gauge.target_level is level
    assert gauge.words == words


def test_without_an_upper_bound_no_phase_is_too_large():
    data = Dataset.of(STRUCTURE, AGREEMENT, PHASE, *(_promeneur(number) for number in range(30)))
    assert phase_gauge(PHASE, data, Settings(), TODAY).range_level is RangeLevel.IN_RANGE


def test_phases_come_in_the_order_of_the_calendar_and_archived_ones_do_not():
    data = Dataset.of(
        DeploymentPhase(id="PH-3"),
        DeploymentPhase(id="PH-2", starts_on=date(2019, 7, 1)),
        DeploymentPhase(id="PH-1", starts_on=date(2018, 10, 1)),
        DeploymentPhase(id="PH-0", starts_on=date(2018, 1, 1), archived_on=TODAY),
    )
    assert [gauge.phase.id for gauge in phase_gauges(data, SETTINGS, TODAY)] == ["PH-1", "PH-2", "PH-3"]


@pytest.mark.parametrize(
    ("starts", "ends", "period"),
    [
        (TODAY, TODAY, PhasePeriod.RUNNING),
        (date(2019, 3, 13), None, PhasePeriod.UPCOMING),
        (None, date(2019, 3, 11), PhasePeriod.ENDED),
        (None, TODAY, None),
    ],
)
def test_a_phase_runs_from_its_first_to_its_last_day(starts, ends, period):
    assert phase_period(DeploymentPhase(starts_on=starts, planned_end=ends), TODAY) is period


def test_the_objective_adds_the_phases_that_ended_and_the_share_of_the_running_one():
    # 73 of the 146 days of the second phase are gone on the evening of 14 March.
    data = Dataset.of(
        DeploymentPhase(id="PH-1", starts_on=date(2018, 10, 1), planned_end=date(2018, 12, 31), target=18),
        DeploymentPhase(id="PH-2", starts_on=date(2019, 1, 1), planned_end=date(2019, 5, 26), target=20),
        DeploymentPhase(id="PH-3", starts_on=date(2019, 9, 1), planned_end=date(2020, 6, 30), target=15),
    )
    assert objective(data, date(2018, 9, 30)) == Objective(expected=0, final=53)
    assert objective(data, date(2018, 12, 31)) == Objective(expected=18, final=53)
    assert objective(data, date(2019, 3, 14)) == Objective(expected=28, final=53)
    assert objective(data, date(2019, 7, 14)) == Objective(expected=38, final=53)
    assert objective(data, date(2020, 6, 30)) == Objective(expected=53, final=53)


def test_half_a_promeneur_is_rounded_up():
    phase = DeploymentPhase(id="PH-1", starts_on=date(2019, 1, 1), planned_end=date(2019, 1, 2), target=15)
    assert planned_on([phase], date(2019, 1, 1)) == Decimal("7.5")
    assert objective(Dataset.of(phase), date(2019, 1, 1)).expected == 8


def test_phases_with_blanks_break_nothing():
    open_ended = DeploymentPhase(id="PH-1", starts_on=date(2018, 1, 1), target=15)
    undated_start = DeploymentPhase(id="PH-2", planned_end=TODAY, target=16)
    assert planned_on([open_ended, DeploymentPhase(id="PH-3")], TODAY) == 0
    assert planned_on([undated_start], date(2019, 3, 11)) == 0
    assert planned_on([undated_start], TODAY) == 16
    assert objective(Dataset(), TODAY) == Objective(0, 0)
