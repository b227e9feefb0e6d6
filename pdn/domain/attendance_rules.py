"""What is looked at before an attendance is saved: one row a person, and only for who was of the network (R17, R35)."""

from datetime import date

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.finding import Finding
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.settings import Settings
from pdn.domain.twins import twin_of
from pdn.french import NBSP, day
from pdn.schema import Dataset

AWAY = frozenset({AttendanceState.ABSENT, AttendanceState.EXCUSED})
RULE = "R17"


def check_presence(attendance: Attendance, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - the signature of a check
    """The warnings on who attends: twice on one list, after leaving the network, or before entering it."""
    session = data.get(Session, attendance.session_id)
    promeneur = data.get(Promeneur, attendance.promeneur_id)
    if attendance.archived or session is None or promeneur is None:
        return ()
    if twin_of(attendance, data, session_and_promeneur) is not None:
        message = (
            f"{promeneur.title} figure deux fois à la séance «{NBSP}{session.title}{NBSP}»{NBSP}: archivez "
            "la ligne qui est de trop."
        )
        return (_warning(message),)
    if session.held_on is None or session.cancelled_on is not None or attendance.state in AWAY:
        return ()
    if promeneur.entered_on is not None and promeneur.left_on is not None and promeneur.left_on < promeneur.entered_on:
        return ()  # told once, of the Promeneur, and not of each session
    if promeneur.left_on is not None and promeneur.left_on < session.held_on:
        fact = f"après sa sortie du réseau (le {day(promeneur.left_on)})"
    elif promeneur.entered_on is not None and session.held_on < promeneur.entered_on:
        fact = f"avant son entrée dans le réseau (le {day(promeneur.entered_on)})"
    else:
        return ()
    state = attendance.state or AttendanceState.ENROLLED
    message = (
        f"{promeneur.title} figure comme «{NBSP}{state}{NBSP}» à la séance du {day(session.held_on)}, {fact}{NBSP}: "
        "vérifiez la personne et les dates."
    )
    return (_warning(message),)


def session_and_promeneur(attendance: Attendance) -> tuple[str, str]:
    """The session and the Promeneur."""
    return attendance.session_id, attendance.promeneur_id


def _warning(message: str) -> Finding:
    return Finding(message=message, field="promeneur_id", blocking=False, rule=RULE)
