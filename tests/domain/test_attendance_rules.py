"""Who attends: once a session, and while of the network."""

from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.checks import check
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind
from pdn.domain.settings import Settings
from pdn.schema import Dataset

TODAY = date(2019, 3, 12)
HELD = date(2019, 2, 5)
MEETING = Session(id="SE-1", kind=SessionKind.NETWORK_MEETING, name="Rencontre", held_on=HELD)
INES = Promeneur(id="P-1", first_name="Inès", last_name="Martin", entered_on=date(2018, 10, 1))
PRESENT = Attendance(id="A-1", session_id="SE-1", promeneur_id="P-1", state=AttendanceState.PRESENT)


def told(attendance, *others):
    records = {found.id: found for found in (MEETING, INES, *others, attendance)}
    found = check(attendance, Dataset.of(*records.values()), Settings(), TODAY)
    assert {(finding.field, finding.blocking) for finding in found} <= {("promeneur_id", False)}
    return " ".join(finding.message for finding in found)


def test_somebody_of_the_network_may_attend_on_the_first_and_the_last_day():
    assert told(PRESENT) == ""
    assert told(PRESENT, replace(INES, entered_on=HELD, left_on=HELD)) == ""


def test_somebody_who_had_left_can_not_have_been_there():
    assert "après sa sortie du réseau" in told(PRESENT, replace(INES, left_on=date(2019, 2, 4)))


def test_somebody_who_had_not_entered_yet_is_to_be_checked():
    assert "avant son entrée dans le réseau" in told(PRESENT, replace(INES, entered_on=date(2019, 2, 6)))


@pytest.mark.parametrize("state", [AttendanceState.ABSENT, AttendanceState.EXCUSED])
def test_who_did_not_come_is_not_asked_about(state):
    assert told(replace(PRESENT, state=state), replace(INES, left_on=date(2019, 2, 4))) == ""


def test_a_session_that_was_cancelled_had_nobody():
    assert told(PRESENT, replace(MEETING, cancelled_on=HELD), replace(INES, left_on=date(2019, 2, 4))) == ""


def test_dates_that_contradict_each_other_are_told_of_the_promeneur_and_not_of_each_session():
    assert told(PRESENT, replace(INES, left_on=date(2017, 1, 1))) == ""


def test_one_person_twice_at_one_session_is_told_on_both_rows():
    twin = replace(PRESENT, id="A-2", state=AttendanceState.EXCUSED)
    assert "deux fois" in told(PRESENT, twin)
    assert "deux fois" in told(twin, PRESENT)
    assert told(PRESENT, replace(twin, archived_on=TODAY)) == ""
    assert told(PRESENT, replace(twin, session_id="SE-2")) == ""
