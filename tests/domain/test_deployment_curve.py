"""The curve says what was planned and what was reached at each month's end (R39, R40)."""

from dataclasses import replace
from datetime import date

from pdn.domain.agreement import Agreement
from pdn.domain.deployment_curve import CurvePoint, deployment_curve, joined_on
from pdn.domain.phase import DeploymentPhase
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

START = date(2018, 10, 1)
SETTINGS = Settings(coordination_starts_on=START)
PHASE = DeploymentPhase(id="PH-1", starts_on=START, planned_end=date(2019, 1, 31), target=123)
STRUCTURE = Structure(id="S-1", name="Centre social")
AGREEMENT = Agreement(
    id="C-1",
    number="2018-01",
    structure_id="S-1",
    caf_signed_on=date(2018, 11, 15),
    structure_signed_on=date(2018, 11, 15),
    starts_on=date(2018, 11, 15),
    ends_on=date(2018, 12, 15),
)
PROMENEUR = Promeneur(
    id="P-1",
    structure_id="S-1",
    mandate_on=START,
    entered_on=date(2018, 10, 20),
    charter_signed_on=START,
    left_on=date(2019, 1, 15),
)


def _days(points):
    return [point.day for point in points]


def test_the_curve_runs_from_october_2018_by_month_ends_through_today_to_the_last_planned_end():
    points = deployment_curve(Dataset.of(PHASE), SETTINGS, date(2018, 12, 12))
    ends = [date(2018, 10, 31), date(2018, 11, 30), date(2018, 12, 12), date(2018, 12, 31), date(2019, 1, 31)]
    assert _days(points) == [START, *ends]


def test_what_was_planned_is_linear_inside_a_phase_and_stays_after_it():
    points = deployment_curve(Dataset.of(PHASE), SETTINGS, date(2019, 2, 28))
    assert [point.planned for point in points] == [1, 31, 61, 92, 123, 123]


def test_what_was_reached_is_told_at_each_past_day_and_never_for_days_to_come():
    data = Dataset.of(PHASE, STRUCTURE, AGREEMENT, PROMENEUR)
    points = deployment_curve(data, SETTINGS, date(2019, 1, 20))
    assert [(point.active, point.present, point.structures) for point in points] == [
        (0, 0, 0),  # 1 October
        (0, 1, 0),  # 31 October: entered, the convention is not signed
        (1, 1, 1),  # 30 November
        (0, 1, 0),  # 31 December: the convention has ended
        (0, 0, 0),  # 20 January: gone
        (None, None, None),  # 31 January
    ]


def test_an_amendment_of_the_data_changes_the_past_as_well():
    data = Dataset.of(PHASE, STRUCTURE, replace(AGREEMENT, ends_on=date(2019, 12, 31)), PROMENEUR)
    assert deployment_curve(data, SETTINGS, date(2018, 12, 31))[-2].active == 1


def test_without_a_start_of_the_coordination_the_first_phase_begins_the_curve():
    later = DeploymentPhase(id="PH-2", starts_on=date(2019, 1, 1), planned_end=date(2019, 1, 31), target=15)
    assert deployment_curve(Dataset.of(later, PHASE), Settings(), START)[0].day == START


def test_without_any_start_there_is_no_curve():
    assert deployment_curve(Dataset.of(PROMENEUR, DeploymentPhase(id="PH-1", target=15)), Settings(), START) == ()


def test_before_the_coordination_starts_the_curve_shows_the_plan_alone():
    points = deployment_curve(Dataset.of(PHASE), SETTINGS, date(2018, 6, 1))
    assert points[0] == CurvePoint(START, 1)
    assert all(point.active is None for point in points)


def test_a_promeneur_without_an_entry_counts_from_the_first_signature():
    assert joined_on(Promeneur(mandate_on=date(2019, 2, 1), charter_signed_on=date(2019, 1, 1))) == date(2019, 1, 1)
    assert joined_on(Promeneur()) is None


def test_the_day_of_leaving_is_the_last_day_in_the_network():
    data = Dataset.of(PHASE, replace(PROMENEUR, left_on=date(2018, 10, 31)))
    assert [point.present for point in deployment_curve(data, SETTINGS, date(2018, 11, 1))][:3] == [0, 1, 0]
