from datetime import date

import pytest

from pdn.domain.network_meetings import MeetingLevel, network_meetings
from pdn.domain.session import Session, SessionKind
from pdn.domain.settings import Settings
from pdn.schema import Dataset

SETTINGS = Settings(network_meetings_per_year=2, coordination_starts_on=date(2018, 10, 1))


def meeting(day, **changes):
    return Session(id=f"SE-{day}", kind=SessionKind.NETWORK_MEETING, name="Rencontre", held_on=day, **changes)


SPRING, AUTUMN = meeting(date(2019, 4, 4)), meeting(date(2019, 10, 10))


def level(today, *sessions, year=2019, settings=SETTINGS):
    return network_meetings(Dataset.of(*sessions), settings, year, today).level


@pytest.mark.parametrize(
    ("today", "sessions", "expected"),
    [
        (date(2019, 1, 1), (), MeetingLevel.AMBER),
        (date(2019, 5, 1), (SPRING,), MeetingLevel.AMBER),
        (date(2019, 5, 1), (SPRING, AUTUMN), MeetingLevel.OK),
        (date(2019, 12, 31), (SPRING,), MeetingLevel.AMBER),
        (date(2020, 1, 1), (SPRING,), MeetingLevel.RED),
        (date(2020, 1, 1), (SPRING, AUTUMN), MeetingLevel.OK),
    ],
)
def test_red_under_two_at_year_end_amber_while_fewer_than_two_are_planned(today, sessions, expected):
    assert level(today, *sessions) is expected


def test_held_and_planned_are_parted_by_today_which_is_held():
    data = Dataset.of(AUTUMN, SPRING)
    before = network_meetings(data, SETTINGS, 2019, date(2019, 4, 3))
    assert (before.held, before.planned, before.to_plan) == ((), (SPRING, AUTUMN), 0)
    on_the_day = network_meetings(data, SETTINGS, 2019, date(2019, 4, 4))
    assert (on_the_day.held, on_the_day.planned) == ((SPRING,), (AUTUMN,))


def test_what_is_cancelled_archived_undated_or_of_another_kind_or_year_does_not_count():
    found = network_meetings(
        Dataset.of(
            meeting(date(2019, 3, 1), cancelled_on=date(2019, 2, 1)),
            meeting(date(2019, 3, 2), archived_on=date(2019, 2, 1)),
            meeting(None),
            meeting(date(2018, 12, 1)),
            Session(id="SE-9", kind=SessionKind.TEAM_MEETING, held_on=date(2019, 3, 3)),
        ),
        SETTINGS,
        2019,
        date(2019, 6, 1),
    )
    assert (found.held, found.planned, found.to_plan, found.wanted) == ((), (), 2, 2)


def test_a_year_outside_the_mission_needs_none():
    assert level(date(2019, 6, 1), year=2017) is MeetingLevel.OK
    assert level(date(2019, 6, 1), year=2018) is MeetingLevel.RED
    ended = Settings(network_meetings_per_year=2, coordination_ends_on=date(2018, 12, 31))
    assert level(date(2019, 6, 1), settings=ended) is MeetingLevel.OK


def test_the_number_is_a_setting():
    assert level(date(2020, 1, 1), SPRING, settings=Settings(network_meetings_per_year=1)) is MeetingLevel.OK
    assert level(date(2020, 1, 1), settings=Settings()) is MeetingLevel.OK
