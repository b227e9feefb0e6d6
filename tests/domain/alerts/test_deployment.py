"""Phases under their objective or over the range, milestones late or near (R39, R40)."""

from datetime import date

from pdn.domain.alerts import Urgency
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.promeneur import Promeneur

START = date(2018, 10, 1)


def _people(count, **fields):
    known = {"structure_id": "S-1", "phase_id": "PH-1", "mandate_on": START, "entered_on": START}
    known |= {"charter_signed_on": START, "last_name": "Petit"}
    return [Promeneur(id=f"P-{number}", **(known | fields)) for number in range(100, 100 + count)]


def test_a_phase_that_ended_under_its_objective_is_late(told):
    (alert,) = told({"PH-1": {"planned_end": date(2019, 2, 28)}}, *_people(12))
    assert alert.urgency is Urgency.OVERDUE
    assert alert.title == "Phase 1 terminée sous l’objectif"
    assert "Terminée le 28 février 2019 à 13 sur\u00a018\u00a0: sous l’objectif." in alert.detail
    assert (alert.table, alert.record_id) == ("phase", "PH-1")


def test_once_the_next_phase_has_begun_it_is_only_good_to_know(told):
    following = DeploymentPhase(id="PH-2", name="Phase 2", starts_on=date(2019, 3, 1), planned_end=date(2020, 3, 1))
    (alert,) = told({"PH-1": {"planned_end": date(2019, 2, 28)}}, following)
    assert alert.urgency is Urgency.INFO


def test_a_phase_that_was_full_at_its_end_is_not_blamed_for_who_left_since(told):
    people = _people(17, left_on=date(2019, 3, 5))
    assert told({"PH-1": {"planned_end": date(2019, 2, 28)}}, *people) == ()


def test_a_phase_under_its_objective_near_its_end_is_told(told):
    (alert,) = told({"PH-1": {"planned_end": date(2019, 4, 11)}})
    assert alert.urgency is Urgency.SOON
    assert alert.detail == "1 sur\u00a018\u00a0: sous l’objectif, et la phase se termine le 11 avril 2019."
    assert told({"PH-1": {"planned_end": date(2019, 4, 12)}}) == ()


def test_a_phase_over_20_warns(told):
    (alert,) = told({}, *_people(20))
    assert alert.urgency is Urgency.INFO
    assert alert.detail == "21\u00a0Promeneurs pour une fourchette de 15 à 20."
    assert told({}, *_people(19)) == ()


def test_a_late_milestone_and_a_near_one_are_told(told):
    found = told(
        {},
        Milestone(id="J-1", name="Charte", planned_on=date(2019, 3, 1)),
        Milestone(id="J-2", name="Bilan", planned_on=date(2019, 4, 11)),
        Milestone(id="J-3", name="Suite", planned_on=date(2019, 4, 12)),
        Milestone(id="J-4", name="Fait", planned_on=date(2019, 3, 1), reached_on=date(2019, 3, 2)),
        Milestone(id="J-5", name="Sans date"),
    )
    assert [(alert.record_id, alert.urgency, alert.detail) for alert in found] == [
        ("J-1", Urgency.OVERDUE, "Prévu le 1er mars 2019, il y a 11\u00a0jours."),
        ("J-2", Urgency.SOON, "Prévu le 11 avril 2019, dans 30\u00a0jours."),
    ]


def test_a_milestone_planned_today_is_for_today(told):
    (alert,) = told({}, Milestone(id="J-1", name="Charte", planned_on=date(2019, 3, 12)))
    assert alert.detail == "Prévu le 12 mars 2019, aujourd’hui."
