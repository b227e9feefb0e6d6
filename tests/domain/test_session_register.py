from datetime import date

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.attendance_rates import SessionState
from pdn.domain.session import Session, SessionKind, TrainingField
from pdn.domain.session_register import (
    SessionFilters,
    matching_sessions,
    session_entries,
    session_entry,
    session_figures,
    session_years,
)
from pdn.schema import Dataset

TODAY = date(2019, 6, 15)
PAST = Session(
    id="SE-1", name="Droit à l’image", kind=SessionKind.TRAINING, field=TrainingField.LEGAL, held_on=date(2019, 3, 1),
    minutes=180, trainer="Cabinet Étoile", seats=1,
)  # fmt: skip
COMING = Session(id="SE-2", name="Rencontre", kind=SessionKind.NETWORK_MEETING, held_on=date(2020, 1, 10), minutes=60)
UNDATED = Session(id="SE-3", name="À caler")
CANCELLED = Session(id="SE-4", name="Report", held_on=date(2019, 4, 1), minutes=90, cancelled_on=date(2019, 3, 1))
ARCHIVED = Session(id="SE-5", name="Doublon", held_on=date(2017, 3, 1), archived_on=date(2019, 4, 1))
GROUP = (
    Attendance(id="A-1", session_id="SE-1", state=AttendanceState.PRESENT),
    Attendance(id="A-2", session_id="SE-1", state=AttendanceState.ABSENT),
)
DATA = Dataset.of(PAST, COMING, UNDATED, CANCELLED, ARCHIVED, *GROUP)
ENTRIES = session_entries(DATA, TODAY)


def kept(**filters):
    return [entry.session.id for entry in matching_sessions(ENTRIES, SessionFilters(**filters))]


def test_the_register_has_the_latest_first_and_nothing_archived():
    assert [entry.session.id for entry in ENTRIES] == ["SE-3", "SE-2", "SE-4", "SE-1"]


def test_an_entry_knows_its_state_its_group_and_whether_it_is_overbooked():
    entry = session_entry(PAST, DATA, TODAY)
    assert (entry.state, entry.tally.text, entry.enrolled, entry.overbooked) == (
        SessionState.ENTERED, "1 sur 2", 2, 1,
    )  # fmt: skip
    assert session_entry(COMING, DATA, TODAY).overbooked == 0


def test_filters_keep_what_they_say():
    assert kept() == ["SE-3", "SE-2", "SE-4", "SE-1"]
    assert kept(year=2019) == ["SE-3", "SE-4", "SE-1"]
    assert kept(kind=SessionKind.NETWORK_MEETING.value) == ["SE-2"]
    assert kept(field=TrainingField.LEGAL.value) == ["SE-1"]
    assert kept(state=SessionState.CANCELLED.value) == ["SE-4"]


def test_a_search_does_not_mind_case_accents_nor_order():
    assert kept(text="ETOILE droit") == ["SE-1"]
    assert kept(text="juridique") == ["SE-1"]
    assert kept(text="étoile absente") == []


def test_the_figures_count_what_took_place_and_what_comes():
    figures = session_figures(ENTRIES, DATA, TODAY)
    assert (figures.held, figures.minutes, figures.attendance.text, figures.planned) == (1, 180, "1 sur 2", 1)


def test_the_years_are_those_that_have_a_session_and_this_one():
    assert session_years(DATA, TODAY) == (2020, 2019)
    assert session_years(Dataset.of(), TODAY) == (2019,)
