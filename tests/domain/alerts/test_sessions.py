"""Attendance to enter, supervision that breaks R36, fewer than two departmental meetings (R9)."""

from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.alerts import Urgency
from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.session import Session, SessionKind, TrainerKind, TrainingField

TRAINING = Session(
    id="SE-9", kind=SessionKind.TRAINING, field=TrainingField.LEGAL, name="Droit à l’image",
    held_on=date(2019, 3, 4), trainer_kind=TrainerKind.EXTERNAL,
)  # fmt: skip
SUPERVISION = Session(
    id="SE-8", kind=SessionKind.GROUP_SUPERVISION, name="Supervision", held_on=date(2019, 4, 2),
    trainer_kind=TrainerKind.COORDINATOR, trainer="Lou Durand",
)  # fmt: skip


def test_a_session_without_attendance_is_late_after_the_delay(told):
    (alert,) = told({}, TRAINING)
    assert alert.urgency is Urgency.OVERDUE
    assert alert.title == "Présences à saisir\u00a0: Droit à l’image"
    assert alert.detail == "La séance a eu lieu le 4 mars 2019\u00a0: personne n’est encore inscrit."
    assert (alert.table, alert.record_id, alert.due_on) == ("session", "SE-9", date(2019, 3, 11))


def test_within_the_delay_nobody_is_late(told):
    assert told({}, TRAINING, today=date(2019, 3, 11)) == ()
    assert told({}, TRAINING, attendance_entry_days=30) == ()


def test_whoever_is_still_enrolled_is_counted_and_an_entered_attendance_silences(told):
    enrolled = Attendance(id="A-1", session_id="SE-9", promeneur_id="P-1", state=AttendanceState.ENROLLED)
    (alert,) = told({}, TRAINING, enrolled)
    assert "1\u00a0personne à pointer" in alert.detail
    present = Attendance(id="A-1", session_id="SE-9", promeneur_id="P-1", state=AttendanceState.PRESENT)
    assert told({}, TRAINING, present) == ()


def test_a_supervision_led_by_the_coordinator_is_to_be_seen_to(told):
    (alert,) = [alert for alert in told({}, SUPERVISION) if alert.rule == "R36"]
    assert alert.urgency is Urgency.SOON
    assert "autre que le coordinateur" in alert.detail


def test_one_that_took_place_is_a_breach(told):
    found = told({}, SUPERVISION, today=date(2019, 4, 3))
    assert [alert.urgency for alert in found if alert.rule == "R36"] == [Urgency.OVERDUE]


def test_what_only_warns_of_a_supervision_is_no_breach(told):
    # Who led it is not said (R33), by somebody who is not the coordinator.
    unsaid = replace(SUPERVISION, trainer="Une psychologue", trainer_kind=None, held_on=date(2019, 3, 11))
    assert told({}, unsaid) == ()


@pytest.mark.parametrize("kept", ["SE-1", "SE-2"])
def test_fewer_than_two_meetings_held_or_planned_are_told(told, kept):
    gone = {"SE-1", "SE-2"} - {kept}
    (alert,) = told(dict.fromkeys(gone))
    assert alert.rule == "R9"
    assert alert.title == "1\u00a0rencontre départementale à programmer"
    assert alert.detail == "Il en faut au moins 2 par an\u00a0: 1 tenue ou programmée en 2019."
    assert alert.due_on == date(2019, 12, 31)


def test_none_at_all_are_two_to_plan(told):
    (alert,) = told({"SE-1": None, "SE-2": None})
    assert alert.title.startswith("2\u00a0rencontres départementales")
