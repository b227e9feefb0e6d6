"""Who came: enrolments, presences, absences and excuses, with people as regular as they are (R17, R35)."""

from datetime import date

from pdn.demo.chance import Ids, dice
from pdn.demo.sessions import PLANNED_AHEAD, waits_for_attendance
from pdn.demo.steering import COORDINATION_STARTS
from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind

ENROLLED = {
    SessionKind.TRAINING: (8, 13), SessionKind.PRACTICE_REVIEW: (6, 10), SessionKind.GROUP_SUPERVISION: (5, 8),
    SessionKind.INDIVIDUAL_SUPERVISION: (1, 1), SessionKind.NETWORK_MEETING: (26, 38),
    SessionKind.TEAM_MEETING: (12, 20),
}  # fmt: skip
"""How many enrol in a session, at least and at most, where there are so many."""

PRESENT_SHARE, EXCUSED_SHARE, SATISFACTION_SHARE, PARTIAL_SHARE = (0.62, 0.94), 0.6, 0.55, 0.05
MARKS, WEIGHTS = (5, 4, 3, 2), (40, 42, 15, 3)
PLANNED_SHARE = 0.75
"""Enrolments for a session to come are not all in yet."""


def attendances(
    sessions: tuple[Session, ...], promeneurs: tuple[Promeneur, ...], ids: Ids, seed: int, today: date
) -> tuple[Attendance, ...]:
    """One record for each Promeneur enrolled in each session; none for the session that waits for its attendance."""
    regularity = {each.id: dice(seed, "regular", each.email).uniform(*PRESENT_SHARE) for each in promeneurs}
    made: list[Attendance] = []
    for session in sessions:
        day = session.held_on or today
        if session.cancelled_on or session.kind is None or waits_for_attendance(session, today):
            continue
        rng = dice(seed, "attendance", day, session.name)
        there = [each for each in promeneurs if each.entered_on and each.entered_on <= min(day, today)]
        there = [each for each in there if each.left_on is None or each.left_on >= day]
        count = min(rng.randint(*ENROLLED[session.kind]), len(there))
        if day >= today:
            count = max(1, round(count * PLANNED_SHARE)) if there else 0
        # Each person is drawn by dice of their own, so that a newcomer does not change who came before.
        drawn = sorted(there, key=lambda each: dice(seed, "enrol", day, session.name, each.email).random())[:count]
        for each in sorted(drawn, key=lambda each: each.last_name):
            own = dice(seed, "present", day, session.name, each.email)
            state = AttendanceState.ENROLLED
            if day < today:
                state = _state(own.random(), own.random(), regularity[each.id])
            present = state is AttendanceState.PRESENT
            partial = present and own.random() < PARTIAL_SHARE and session.kind is SessionKind.TRAINING
            marked = present and own.random() < SATISFACTION_SHARE and not session.kind.is_supervision
            made.append(
                Attendance(
                    id=ids.new(
                        Attendance, max(COORDINATION_STARTS, day - PLANNED_AHEAD), day, session.name, each.email
                    ),
                    session_id=session.id,
                    promeneur_id=each.id,
                    state=state,
                    minutes=(session.minutes or 0) // 2 if partial else None,
                    satisfaction=own.choices(MARKS, WEIGHTS)[0] if marked else None,
                )
            )
    return tuple(made)


def _state(came: float, excused: float, regularity: float) -> AttendanceState:
    if came < regularity:
        return AttendanceState.PRESENT
    return AttendanceState.EXCUSED if excused < EXCUSED_SHARE else AttendanceState.ABSENT
