from datetime import date
from decimal import Decimal

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.attendance_rates import (
    SessionState,
    Tally,
    attendances,
    field_of,
    held_sessions,
    late_entries,
    planned_sessions,
    session_state,
    tally,
    tally_by_field,
    tally_by_kind,
    tally_by_promeneur,
    tally_by_year,
    tally_of_year,
)
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind, TrainingField
from pdn.domain.settings import Settings
from pdn.schema import Dataset

TODAY = date(2019, 6, 15)
PRESENT, ABSENT, EXCUSED, ENROLLED = (
    AttendanceState.PRESENT, AttendanceState.ABSENT, AttendanceState.EXCUSED, AttendanceState.ENROLLED,
)  # fmt: skip


def session(number, held_on, kind=SessionKind.TRAINING, field=TrainingField.LEGAL, minutes=180, **changes):
    return Session(
        id=f"SE-{number}", name=f"Séance {number}", kind=kind, field=field, held_on=held_on, minutes=minutes, **changes
    )


def rows(session, *states, minutes=None):
    return [
        Attendance(
            id=f"A-{session.id}-{index}",
            session_id=session.id,
            promeneur_id=f"P-{index}",
            state=state,
            minutes=minutes,
        )
        for index, state in enumerate(states)
    ]


PAST = session(1, date(2019, 3, 12))


def test_the_rate_is_of_those_whose_attendance_was_said():
    found = tally(PAST, Dataset.of(PAST, *rows(PAST, *[PRESENT] * 9, ABSENT, EXCUSED, EXCUSED)), TODAY)
    assert found == Tally(present=9, absent=1, excused=2, minutes=9 * 180)
    assert (found.rate, found.text) == (Decimal("0.75"), "9 sur 12")


def test_who_is_still_enrolled_at_a_past_session_is_counted_apart():
    found = tally(PAST, Dataset.of(PAST, *rows(PAST, PRESENT, ABSENT, ENROLLED, None)), TODAY)
    assert (found.rate, found.to_enter, found.text) == (Decimal("0.5"), 2, "1 sur 2, 2\u00a0à saisir")


def test_no_rate_where_nothing_was_said():
    assert (Tally().rate, Tally().text) == (None, "—")
    assert (Tally(to_enter=3).rate, Tally(to_enter=3).text) == (None, "3\u00a0à saisir")


def test_a_session_to_come_cancelled_or_archived_counts_for_nothing():
    for other in (
        session(2, date(2019, 6, 16)),
        session(3, date(2019, 3, 1), cancelled_on=date(2019, 2, 1)),
        session(4, date(2019, 3, 1), archived_on=date(2019, 4, 1)),
        session(5, None),
    ):
        assert tally(other, Dataset.of(other, *rows(other, PRESENT, ABSENT)), TODAY) == Tally()


def test_hours_are_those_of_the_row_or_of_the_session():
    shorter = rows(PAST, PRESENT, ABSENT, minutes=60)
    assert tally(PAST, Dataset.of(PAST, *shorter), TODAY).minutes == 60
    unknown = session(6, date(2019, 3, 1), minutes=None)
    assert tally(unknown, Dataset.of(unknown, *rows(unknown, PRESENT)), TODAY).minutes == 0


def test_a_promeneur_named_twice_counts_once_by_what_says_more():
    said, enrolled = (
        Attendance(id=f"A-{index}", session_id=PAST.id, promeneur_id="P-1", state=state)
        for index, state in enumerate((EXCUSED, ENROLLED))
    )
    corrected = Attendance(id="A-3", session_id=PAST.id, promeneur_id="P-1", state=PRESENT)
    zoe = Promeneur(id="P-1", first_name="Zoé")
    assert attendances(PAST, Dataset.of(PAST, zoe, said, enrolled)) == (said,)
    assert attendances(PAST, Dataset.of(PAST, zoe, said, corrected, enrolled)) == (corrected,)


def test_rows_whose_person_is_unknown_are_each_somebody():
    unknown = [Attendance(id=f"A-{index}", session_id=PAST.id, state=PRESENT) for index in range(2)]
    data = Dataset.of(PAST, *unknown)
    assert tally(PAST, data, TODAY).present == 2
    assert tally_by_promeneur(data, TODAY) == ()


def test_an_archived_enrolment_does_not_count():
    wrong = Attendance(id="A-1", session_id=PAST.id, promeneur_id="P-1", state=ABSENT, archived_on=TODAY)
    assert attendances(PAST, Dataset.of(PAST, wrong)) == ()


def test_the_state_of_a_session():
    def state(one, *states):
        return session_state(one, Dataset.of(one, *rows(one, *states)), TODAY)

    assert state(session(2, date(2019, 6, 16)), ENROLLED) is SessionState.UPCOMING
    assert state(session(2, TODAY), ENROLLED) is SessionState.TO_ENTER
    assert state(PAST) is SessionState.TO_ENTER
    assert state(PAST, PRESENT, ENROLLED) is SessionState.TO_ENTER
    assert state(PAST, PRESENT, EXCUSED) is SessionState.ENTERED
    assert state(session(3, None)) is SessionState.UNDATED
    assert state(session(3, None, cancelled_on=TODAY)) is SessionState.CANCELLED


def test_by_year_field_and_promeneur():
    zoe = Promeneur(id="P-0", first_name="Zoé", last_name="Abadie")
    ali = Promeneur(id="P-1", first_name="Ali", last_name="Ézan")
    earlier = session(2, date(2018, 11, 5), field=TrainingField.TECHNICAL, minutes=60)
    meeting = session(3, date(2019, 2, 1), kind=SessionKind.NETWORK_MEETING, field=None, minutes=120)
    data = Dataset.of(
        ali, zoe, PAST, earlier, meeting,
        *rows(PAST, PRESENT, ABSENT), *rows(earlier, PRESENT, PRESENT), *rows(meeting, EXCUSED, PRESENT),
    )  # fmt: skip
    assert {year: found.text for year, found in tally_by_year(data, TODAY).items()} == {
        2018: "2 sur 2",
        2019: "2 sur 4",
    }
    assert tally_of_year(data, TODAY, 2019) == Tally(present=2, absent=1, excused=1, minutes=180 + 120)
    assert tally_of_year(data, TODAY, 2020) == Tally()
    fields = tally_by_field(data, TODAY)
    assert list(fields) == list(TrainingField)
    assert fields[TrainingField.LEGAL].text == "1 sur 2"
    assert fields[TrainingField.ACTION_TRAINING] == Tally()
    kinds = tally_by_kind(data, TODAY, 2019)
    assert list(kinds) == list(SessionKind)
    assert kinds[SessionKind.NETWORK_MEETING].text == "1 sur 2"
    assert tally_by_year(data, TODAY, field=TrainingField.TECHNICAL) == {2018: Tally(present=2, minutes=120)}
    (met, *_) = tally_by_promeneur(data, TODAY, kind=SessionKind.NETWORK_MEETING)
    assert (met.promeneur.id, met.tally.text) == ("P-0", "0 sur 1")
    followed = tally_by_promeneur(data, TODAY, 2019)
    assert [(each.promeneur.id, each.tally.text, each.tally.minutes) for each in followed] == [
        ("P-0", "1 sur 2", 180),
        ("P-1", "1 sur 2", 120),
    ]


def test_promeneurs_are_in_the_order_of_their_names_whatever_they_attended():
    people = [Promeneur(id=f"P-{index}", last_name=name) for index, name in enumerate(("Zola", "Émile", "Eluard"))]
    data = Dataset.of(PAST, *people, *rows(PAST, PRESENT, ABSENT, PRESENT))
    assert [each.promeneur.last_name for each in tally_by_promeneur(data, TODAY)] == ["Eluard", "Émile", "Zola"]


def test_sessions_without_attendance_are_late_after_the_delay():
    late, due = session(2, date(2019, 6, 7)), session(3, date(2019, 6, 8))
    data = Dataset.of(due, late, PAST, *rows(PAST, PRESENT))
    assert late_entries(data, Settings(attendance_entry_days=7), TODAY) == (late,)
    assert late_entries(data, Settings(attendance_entry_days=0), TODAY) == (late, due)
    assert late_entries(data, Settings(), date(2019, 6, 8)) == (late,)


def test_sessions_are_in_the_order_of_their_days():
    first, second, coming, last = (
        session(number, day)
        for number, day in enumerate((date(2019, 1, 1), date(2019, 5, 5), date(2019, 7, 7), date(2019, 9, 9)))
    )
    data = Dataset.of(last, second, coming, first)
    assert held_sessions(data, TODAY) == (first, second)
    assert held_sessions(data, TODAY, 2018) == ()
    assert planned_sessions(data, TODAY) == (coming, last)


def test_only_trainings_and_practice_reviews_are_in_a_field():
    review = session(2, TODAY, kind=SessionKind.PRACTICE_REVIEW, field=None)
    assert field_of(review) is TrainingField.PRACTICE_REVIEW
    assert field_of(PAST) is TrainingField.LEGAL
    assert field_of(session(3, TODAY, kind=SessionKind.GROUP_SUPERVISION)) is None
