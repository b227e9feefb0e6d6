"""What is due or odd on any day that the demonstration is looked at."""

from datetime import date, timedelta
from itertools import pairwise

from pdn.domain.activity import AGREEMENT, CHARTER, MANDATE, ActivityState, activity
from pdn.domain.agreement import Agreement, AgreementStatus
from pdn.domain.agreement_status import agreement_status, expiring, renewals_of
from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.funnel import FunnelStep, funnel_counts
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind, TrainerKind, TrainingField
from pdn.domain.settings import Coordinator, Institution, read_settings

NOW = date(2026, 11, 23)


def _state(data, promeneur, today):
    return activity(promeneur, data, today)


def test_structures_stand_at_every_step_of_the_funnel(demo, today):
    counts = funnel_counts(demo(today), today)
    assert [step for step in FunnelStep if not counts[step]] == []


def test_conventions_stand_in_every_state(demo, today):
    data = demo(today)
    settings, _ = read_settings(data)
    found = {agreement_status(agreement, data, settings, today) for agreement in data.all(Agreement)}
    assert found >= set(AgreementStatus) - {AgreementStatus.UPCOMING}


def test_some_conventions_end_within_ninety_days_without_a_renewal(demo, today):
    data = demo(today)
    settings, _ = read_settings(data)
    assert len([each for each in expiring(data, settings, today, 90) if not renewals_of(each, data)]) >= 2


def test_renewals_follow_what_they_renew(demo, today):
    data = demo(today)
    renewing = [agreement for agreement in data.all(Agreement) if agreement.renews_id]
    assert len(renewing) >= 15
    for agreement in renewing:
        renewed = data.get(Agreement, agreement.renews_id)
        assert renewed.structure_id == agreement.structure_id
        assert renewed.ends_on < agreement.starts_on


def test_one_status_is_forced_and_says_why(demo, today):
    forced = [agreement for agreement in demo(today).all(Agreement) if agreement.forced_status]
    assert [bool(agreement.forced_reason) for agreement in forced] == [True]


def test_somebody_still_works_without_a_convention_since_it_expired(demo, today):
    data = demo(today)
    without = [p for p in data.all(Promeneur) if AGREEMENT in _state(data, p, today).missing and p.entered_on <= today]
    ended = [a for a in data.all(Agreement) if a.structure_id in {p.structure_id for p in without}]
    assert any(a.ends_on < today and a.caf_signed_on and not renewals_of(a, data) for a in ended)


def test_most_promeneurs_are_active_and_some_are_not(demo, today):
    data = demo(today)
    states = [_state(data, promeneur, today) for promeneur in data.all(Promeneur)]
    named = [state.state for state in states]
    assert named.count(ActivityState.ACTIVE) > len(named) / 2
    assert named.count(ActivityState.LEFT) >= 5
    assert {name for state in states for name in state.missing} == {MANDATE, AGREEMENT, CHARTER}


def test_profiles_were_not_all_checked_lately(demo, today):
    data = demo(today)
    checked = [profile.checked_on for profile in data.all(OnlineProfile)]
    year_ago = today - timedelta(days=365)
    assert None in checked
    assert any(day < year_ago for day in checked if day)
    assert sum(day >= year_ago for day in checked if day) > len(checked) / 2


def test_phase_two_reached_only_thirteen_and_phase_four_is_under_way(demo, today):
    data = demo(today)
    phases = data.all(DeploymentPhase)
    reached = [len(data.where(Promeneur, "phase_id", phase.id)) for phase in phases]
    assert all(15 <= phase.target <= 20 for phase in phases)
    assert reached[1] == 13
    assert reached[0] >= 15
    assert phases[0].starts_on == date(2018, 10, 1)
    assert phases[-1].starts_on < today < phases[-1].planned_end
    assert 0 < reached[-1] < phases[-1].target


def test_phases_follow_each_other(demo, today):
    phases = demo(today).all(DeploymentPhase)
    for before, after in pairwise(phases):
        assert before.planned_end + timedelta(days=1) == after.starts_on


def test_milestones_are_reached_late_and_coming(demo, today):
    milestones = demo(today).all(Milestone)
    assert any(m.reached_on and m.reached_on > m.planned_on for m in milestones)
    assert any(not m.reached_on and m.planned_on < today for m in milestones)
    assert any(not m.reached_on and m.planned_on > today for m in milestones)


def test_one_recent_session_waits_for_its_attendance(demo, today):
    data = demo(today)
    waiting = [
        session
        for session in data.all(Session)
        if session.held_on < today and not session.cancelled_on and not data.where(Attendance, "session_id", session.id)
    ]
    assert [7 < (today - session.held_on).days <= 15 for session in waiting] == [True]


def test_sessions_are_planned_in_the_coming_weeks_and_some_were_cancelled(demo, today):
    sessions = demo(today).all(Session)
    assert any(today < session.held_on <= today + timedelta(days=30) for session in sessions)
    assert any(session.cancelled_on for session in sessions)


def test_the_network_meets_twice_a_year_but_for_the_year_of_the_lockdown(demo):
    held = [
        session.held_on.year
        for session in demo(NOW).all(Session)
        if session.kind is SessionKind.NETWORK_MEETING and not session.cancelled_on and session.held_on < NOW
    ]
    assert [held.count(year) for year in range(2018, 2027)] == [1, 2, 1, 2, 2, 2, 2, 2, 1]


def test_all_fields_and_kinds_of_trainers_are_there_with_gaps_between_years(demo):
    sessions = demo(NOW).all(Session)
    taught = {(session.field, session.held_on.year) for session in sessions if session.field}
    assert {field for field, _ in taught} == set(TrainingField)
    assert {session.trainer_kind for session in sessions} == set(TrainerKind)
    assert len(taught) < len(TrainingField) * 8


def test_no_coordinator_ever_supervises(demo, today):
    data = demo(today)
    coordinators = {coordinator.title for coordinator in data.all(Coordinator)}
    supervisions = [session for session in data.all(Session) if session.kind.is_supervision]
    assert {session.kind for session in supervisions} == {
        SessionKind.INDIVIDUAL_SUPERVISION,
        SessionKind.GROUP_SUPERVISION,
    }
    for session in supervisions:
        assert session.trainer_kind is not TrainerKind.COORDINATOR
        assert not any(name in session.trainer for name in coordinators)
        assert session.listening_skills


def test_three_in_four_or_so_are_present(demo, today):
    states = [attendance.state for attendance in demo(today).all(Attendance)]
    counted = [state for state in states if state is not AttendanceState.ENROLLED]
    assert 0.74 <= counted.count(AttendanceState.PRESENT) / len(counted) <= 0.82
    assert set(states) == set(AttendanceState)


def test_nobody_attends_before_entering_or_after_leaving(demo, today):
    data = demo(today)
    for attendance in data.all(Attendance):
        promeneur = data.get(Promeneur, attendance.promeneur_id)
        day = data.get(Session, attendance.session_id).held_on
        assert promeneur.entered_on <= day <= (promeneur.left_on or day)


def test_two_coordinators_followed_each_other_at_half_time(demo, today):
    first, second = demo(today).all(Coordinator)
    assert (first.from_on, second.until_on) == (date(2018, 10, 1), None)
    assert first.until_on >= second.from_on
    assert {first.fte_percent, second.fte_percent} == {50}


def test_the_state_is_ddcs_until_2020_then_sdjes(demo, today):
    by_name = {institution.short_name: institution for institution in demo(today).all(Institution)}
    assert by_name["DDCS"].until_on == date(2020, 12, 31)
    assert by_name["SDJES"].from_on == date(2021, 1, 1)
    for day in (date(2020, 6, 1), date(2023, 6, 1)):
        there = [i for i in by_name.values() if i.from_on <= day and (i.until_on is None or day <= i.until_on)]
        assert len(there) == 5


def test_an_early_network_is_small_and_stands(demo):
    data = demo(date(2020, 1, 15))
    assert len(data.all(DeploymentPhase)) == 1
    assert 10 <= len(data.all(Promeneur)) <= 20
