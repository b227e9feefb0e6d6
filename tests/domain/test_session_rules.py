from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.checks import check
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind, TrainerKind, TrainingField
from pdn.domain.session_rules import check_attendance, check_session, coordinator_named, newcomers
from pdn.domain.settings import Coordinator, Settings
from pdn.schema import Dataset

TODAY = date(2019, 6, 15)
SETTINGS = Settings(experience_months=6)
COORDINATOR = Coordinator(
    id="CO-1", first_name="Anne-Cécile", last_name="Le Goff", from_on=date(2018, 10, 1), until_on=date(2019, 8, 31)
)
SUPERVISION = Session(
    id="SE-1",
    kind=SessionKind.GROUP_SUPERVISION,
    name="Supervision",
    held_on=date(2019, 7, 2),
    trainer="Paul Durand",
    trainer_kind=TrainerKind.EXTERNAL,
)
TRAINING = Session(
    id="SE-2", kind=SessionKind.TRAINING, field=TrainingField.LEGAL, name="Droit", held_on=date(2019, 7, 2)
)


def findings(session, *records, today=TODAY):
    return check_session(session, Dataset.of(COORDINATOR, session, *records), SETTINGS, today)


def rules(session, *records, today=TODAY):
    return [(finding.rule, finding.field, finding.blocking) for finding in findings(session, *records, today=today)]


def test_a_training_needs_one_of_the_seven_fields():
    assert rules(TRAINING) == []
    assert rules(replace(TRAINING, field=None)) == [("R31", "field", True)]
    assert len(TrainingField) == 7


def test_the_refusal_lists_the_seven_fields():
    (finding,) = findings(replace(TRAINING, field=None))
    assert all(field.value in finding.message for field in TrainingField)


def test_only_a_training_needs_a_field():
    for kind in set(SessionKind) - {SessionKind.TRAINING}:
        assert rules(Session(id="SE-9", kind=kind, name="X", held_on=date(2019, 7, 2))) == []


@pytest.mark.parametrize("kind", [SessionKind.GROUP_SUPERVISION, SessionKind.INDIVIDUAL_SUPERVISION])
def test_a_coordinator_may_never_supervise(kind):
    supervision = replace(SUPERVISION, kind=kind, trainer_kind=TrainerKind.COORDINATOR)
    assert rules(supervision) == [("R36", "trainer_kind", True)]


@pytest.mark.parametrize(
    "name",
    [
        "Anne-Cécile Le Goff",
        "LE GOFF Anne-Cécile",
        "anne cecile le goff",
        "Le Goff, Anne-Cécile",
        "Mme Anne‑Cécile LE  GOFF",
        "Anne-Cécile Le Goff (coordinatrice)",
        "Anne-Cécile Le Goff, coordinatrice départementale",
        "Anne-Cécile Le Goff - CAF",
        "Coordinatrice : Anne-Cécile Le Goff",
        "Paul Durand et Anne-Cécile Le Goff",
        "Paul Durand / Le Goff Anne-Cécile",
    ],
)
def test_the_coordinator_in_post_is_recognised_however_the_name_is_written(name):
    assert rules(replace(SUPERVISION, trainer=name)) == [("R36", "trainer", True)]


@pytest.mark.parametrize("name", ["", "Paul Durand", "Cécile Le Goff", "Anne-Cécile Le Goffic", "Le Goff Consultants"])
def test_another_person_may_supervise(name):
    assert rules(replace(SUPERVISION, trainer=name)) == []


def test_who_coordinates_is_judged_at_the_date_of_the_supervision():
    led = replace(SUPERVISION, trainer="Anne-Cécile Le Goff")
    assert rules(replace(led, held_on=date(2018, 9, 30))) == []
    assert rules(replace(led, held_on=date(2018, 10, 1))) == [("R36", "trainer", True)]
    assert rules(replace(led, held_on=date(2019, 8, 31))) == [("R36", "trainer", True)]
    assert rules(replace(led, held_on=date(2019, 9, 1))) == []


def test_without_a_date_today_decides():
    led = replace(SUPERVISION, trainer="Anne-Cécile Le Goff", held_on=None)
    assert rules(led) == [("R36", "trainer", True)]
    assert rules(led, today=date(2020, 1, 1)) == []


def test_a_coordinator_without_dates_is_in_post():
    nameless_dates = Coordinator(id="CO-2", first_name="Lou", last_name="Petit")
    assert rules(replace(SUPERVISION, trainer="Petit Lou"), nameless_dates) == [("R36", "trainer", True)]


def test_archiving_a_coordinator_does_not_change_the_past():
    gone = Coordinator(id="CO-2", first_name="Lou", last_name="Petit", archived_on=date(2019, 7, 2))
    data = Dataset.of(gone)
    assert coordinator_named("Lou Petit", date(2019, 7, 2), data) == gone
    assert coordinator_named("Lou Petit", date(2019, 7, 3), data) is None


def test_a_coordinator_without_a_name_matches_nobody():
    data = Dataset.of(Coordinator(id="CO-2"))
    assert coordinator_named("", date(2019, 7, 2), data) is None
    assert coordinator_named("Mme", date(2019, 7, 2), data) is None


def test_the_coordinator_may_lead_a_training():
    training = replace(TRAINING, trainer="Anne-Cécile Le Goff", trainer_kind=TrainerKind.COORDINATOR)
    assert rules(training) == []


@pytest.mark.parametrize("skills", [None, False])
def test_an_internal_supervisor_needs_listening_skills(skills):
    internal = replace(SUPERVISION, trainer_kind=TrainerKind.HOST_COLLEAGUE, listening_skills=skills)
    assert rules(internal) == [("R36", "listening_skills", True)]
    assert rules(replace(internal, listening_skills=True)) == []


def test_every_refusal_of_r36_quotes_the_source():
    for changes in (
        {"trainer_kind": TrainerKind.COORDINATOR},
        {"trainer": "Le Goff Anne-Cécile"},
        {"trainer_kind": TrainerKind.HOST_COLLEAGUE},
    ):
        (finding,) = findings(replace(SUPERVISION, **changes))
        assert "menée par un professionnel autre que le coordinateur" in finding.message


def test_a_session_that_breaks_a_rule_can_still_be_cancelled_or_archived():
    broken = replace(SUPERVISION, trainer_kind=TrainerKind.COORDINATOR)
    assert rules(replace(broken, cancelled_on=TODAY)) == []
    assert rules(replace(broken, archived_on=TODAY)) == []


def test_a_past_session_without_its_kind_of_trainer_is_only_warned_of():
    past = replace(TRAINING, held_on=date(2019, 6, 14))
    assert rules(past) == [("R33", "trainer_kind", False)]
    assert rules(replace(past, held_on=TODAY)) == []
    assert rules(replace(past, trainer_kind=TrainerKind.EXTERNAL)) == []
    assert rules(replace(past, kind=SessionKind.NETWORK_MEETING)) == []
    assert len(TrainerKind) == 3


def promeneur(number, entered_on):
    return Promeneur(id=f"P-{number}", first_name="Zoé", last_name=f"Martin{number}", entered_on=entered_on)


def enrolled(promeneur, session, state=AttendanceState.ENROLLED):
    return Attendance(id=f"A-{promeneur.id}", session_id=session.id, promeneur_id=promeneur.id, state=state)


ACTION_TRAINING = replace(TRAINING, field=TrainingField.ACTION_TRAINING)


def test_newcomers_are_those_with_too_little_practice_at_the_date_of_the_session():
    ready = promeneur(1, date(2019, 1, 2))
    new = promeneur(2, date(2019, 1, 3))
    later = promeneur(3, date(2019, 9, 1))
    undated = promeneur(4, None)
    assert newcomers(ACTION_TRAINING, (undated, later, new, ready), SETTINGS) == (new, later)


def test_six_months_from_the_end_of_august_have_passed_on_the_first_of_march():
    somebody = promeneur(1, date(2018, 8, 31))
    assert newcomers(replace(ACTION_TRAINING, held_on=date(2019, 2, 28)), (somebody,), SETTINGS) == (somebody,)
    assert newcomers(replace(ACTION_TRAINING, held_on=date(2019, 3, 1)), (somebody,), SETTINGS) == ()


def test_nobody_is_new_to_another_field_nor_without_a_date_or_a_setting():
    new = promeneur(2, date(2019, 6, 1))
    assert newcomers(TRAINING, (new,), SETTINGS) == ()
    assert newcomers(replace(ACTION_TRAINING, held_on=None), (new,), SETTINGS) == ()
    assert newcomers(ACTION_TRAINING, (new,), Settings()) == ()


def test_a_formation_action_with_newcomers_warns_with_their_names_and_never_blocks():
    first, second = promeneur(2, date(2019, 6, 1)), promeneur(1, date(2019, 5, 1))
    (finding,) = findings(
        ACTION_TRAINING, first, second, enrolled(first, ACTION_TRAINING), enrolled(second, ACTION_TRAINING)
    )
    assert (finding.rule, finding.blocking) == ("R34", False)
    assert "Zoé Martin1 et Zoé Martin2 ont moins de 6\u00a0mois de pratique" in finding.message


def test_who_will_not_come_is_no_participant():
    new = promeneur(1, date(2019, 6, 1))
    assert rules(ACTION_TRAINING, new, enrolled(new, ACTION_TRAINING, AttendanceState.EXCUSED)) == []


def test_an_enrolment_warns_of_the_one_it_is_about():
    new, ready = promeneur(1, date(2019, 6, 1)), promeneur(2, date(2018, 10, 1))
    data = Dataset.of(ACTION_TRAINING, new, ready)
    (finding,) = check_attendance(enrolled(new, ACTION_TRAINING), data, SETTINGS, TODAY)
    assert (finding.rule, finding.blocking, finding.field) == ("R34", False, "promeneur_id")
    assert "Zoé Martin1 a moins de 6\u00a0mois" in finding.message
    assert check_attendance(enrolled(ready, ACTION_TRAINING), data, SETTINGS, TODAY) == ()
    assert check_attendance(Attendance(id="A-9"), data, SETTINGS, TODAY) == ()


def test_blank_records_break_nothing():
    assert check_session(Session(id=""), Dataset.of(Attendance(id="A-1")), Settings(), TODAY) == ()


def test_forms_run_these_rules_before_they_save():
    data = Dataset.of(COORDINATOR)
    refused = replace(SUPERVISION, trainer="Anne-Cécile Le Goff")
    assert [finding.rule for finding in check(refused, data, SETTINGS, TODAY)] == ["R36"]
