"""The state of the scheme on a day, in the few figures that a steering committee asks for first."""

from dataclasses import dataclass
from datetime import date

from pdn.domain.activity import ActivityState, activity
from pdn.domain.agreement import Agreement, AgreementStatus
from pdn.domain.agreement_status import agreement_status, end_of
from pdn.domain.attendance_rates import Tally, held_sessions, planned_sessions, tally_of_year
from pdn.domain.budget_line import Strand
from pdn.domain.deployment import Objective, objective
from pdn.domain.forecast import Forecast, forecast
from pdn.domain.funnel import FunnelStep, funnel_counts
from pdn.domain.network_meetings import NetworkMeetings, network_meetings
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings
from pdn.schema import Dataset


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The state of the scheme on a day.

    Attributes:
        active: The Promeneurs who are active (R1).
        incomplete: Those who have entered and miss something.
        objective: What the phases promise by that day, and in the end (R39).
        agreed: The structures whose convention is in force (R5).
        known: The structures in the funnel, those that left apart.
        to_renew: The conventions inside their notice period (R26).
        next_end: The first day on which one of them ends; None where none is to renew.
        sessions_held: The year's sessions until that day, of every kind.
        sessions_planned: The year's sessions still to come.
        attendance: The year's attendance (R35).
        meetings: The year's departmental meetings (R9).
        budgets: Each strand's consumption and where it leads (R43–R45).
    """

    active: int
    incomplete: int
    objective: Objective
    agreed: int
    known: int
    to_renew: int
    next_end: date | None
    sessions_held: int
    sessions_planned: int
    attendance: Tally
    meetings: NetworkMeetings
    budgets: tuple[Forecast, ...]


def overview(data: Dataset, settings: Settings, today: date) -> Overview:
    """The state of the scheme on a day; its year is that day's."""
    states = [activity(promeneur, data, today).state for promeneur in data.live(Promeneur)]
    steps = funnel_counts(data, today)
    to_renew = [
        agreement
        for agreement in data.live(Agreement)
        if agreement_status(agreement, data, settings, today) is AgreementStatus.TO_RENEW
    ]
    ends = [end for agreement in to_renew if (end := end_of(agreement, data, today)) is not None]
    planned = [
        session for session in planned_sessions(data, today) if session.held_on and session.held_on.year == today.year
    ]
    return Overview(
        active=states.count(ActivityState.ACTIVE),
        incomplete=states.count(ActivityState.INCOMPLETE),
        objective=objective(data, today),
        agreed=steps[FunnelStep.AGREED],
        known=sum(steps.values()) - steps[FunnelStep.LEFT],
        to_renew=len(to_renew),
        next_end=min(ends, default=None),
        sessions_held=len(held_sessions(data, today, today.year)),
        sessions_planned=len(planned),
        attendance=tally_of_year(data, today, today.year),
        meetings=network_meetings(data, settings, today.year, today),
        budgets=tuple(forecast(data, settings, today.year, strand, today) for strand in Strand),
    )
