from datetime import date

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind, TrainingField
from pdn.domain.training_matrix import Offer, followed_by_promeneur, gaps_by_field, offers, present_promeneurs
from pdn.schema import Dataset

TODAY = date(2020, 6, 15)


def training(number, held_on, field=TrainingField.LEGAL, kind=SessionKind.TRAINING, **changes):
    return Session(id=f"SE-{number}", kind=kind, field=field, held_on=held_on, minutes=180, **changes)


def attended(session, promeneur_id, state=AttendanceState.PRESENT, minutes=None):
    return Attendance(
        id=f"A-{session.id}-{promeneur_id}",
        session_id=session.id,
        promeneur_id=promeneur_id,
        state=state,
        minutes=minutes,
    )


FIRST, SECOND = training(1, date(2018, 11, 6)), training(2, date(2018, 12, 4))
RECENT = training(3, date(2020, 2, 4), TrainingField.ACTION_TRAINING)


def test_each_year_has_its_seven_fields_and_none_is_left_out():
    found = offers(Dataset.of(FIRST, SECOND, RECENT), TODAY)
    assert [(offer.year, offer.field) for offer in found] == [
        (year, field) for year in (2018, 2019, 2020) for field in TrainingField
    ]
    assert [offer for offer in found if not offer.gap] == [
        Offer(TrainingField.LEGAL, 2018, sessions=2, minutes=360),
        Offer(TrainingField.ACTION_TRAINING, 2020, sessions=1, minutes=180),
    ]


def test_a_session_to_come_is_planned_and_fills_no_gap():
    found = offers(Dataset.of(training(4, date(2021, 1, 5))), TODAY)
    assert {offer.year for offer in found} == {2021}
    planned = next(offer for offer in found if offer.field is TrainingField.LEGAL)
    assert (planned.sessions, planned.planned, planned.gap) == (0, 1, True)


def test_cancelled_archived_undated_sessions_supervisions_and_meetings_offer_nothing():
    data = Dataset.of(
        training(1, date(2019, 3, 1), cancelled_on=TODAY),
        training(2, date(2019, 3, 1), archived_on=TODAY),
        training(3, None),
        training(4, date(2019, 3, 1), kind=SessionKind.GROUP_SUPERVISION),
        training(5, date(2019, 3, 1), kind=SessionKind.NETWORK_MEETING),
    )
    assert offers(data, TODAY) == ()


def test_what_a_promeneur_followed_in_each_field():
    zoe = Promeneur(id="P-1", first_name="Zoé", last_name="Abadie", entered_on=date(2018, 10, 1))
    data = Dataset.of(
        zoe, FIRST, SECOND, RECENT,
        attended(FIRST, "P-1"), attended(SECOND, "P-1", minutes=60),
        attended(RECENT, "P-1", AttendanceState.EXCUSED),
    )  # fmt: skip
    (row,) = followed_by_promeneur(data, TODAY)
    legal = next(followed for followed in row.fields if followed.field is TrainingField.LEGAL)
    assert (legal.sessions, legal.minutes, legal.last_year, legal.gap) == (2, 240, 2018, False)
    assert row.gaps == tuple(field for field in TrainingField if field is not TrainingField.LEGAL)
    assert row.minutes == 240
    assert followed_by_promeneur(data, TODAY, 2020)[0].minutes == 0
    assert gaps_by_field([row])[TrainingField.ACTION_TRAINING] == 1
    assert gaps_by_field([row])[TrainingField.LEGAL] == 0


def test_only_those_in_the_network_that_day_have_a_row_by_name():
    here = Promeneur(id="P-1", first_name="Zoé", last_name="Zola")
    also = Promeneur(id="P-2", first_name="Ève", last_name="Ézan", left_on=TODAY)
    data = Dataset.of(
        here,
        also,
        Promeneur(id="P-3", left_on=date(2020, 6, 14)),
        Promeneur(id="P-4", entered_on=date(2020, 6, 16)),
        Promeneur(id="P-5", archived_on=date(2020, 1, 1)),
    )
    assert present_promeneurs(data, TODAY) == (also, here)
    assert [row.promeneur for row in followed_by_promeneur(data, TODAY)] == [also, here]
