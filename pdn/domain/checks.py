"""Which rules look at a record before it is saved: one line per record type."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.agreement_rules import check_agreement, check_amendment
from pdn.domain.attendance import Attendance
from pdn.domain.attendance_rules import check_presence
from pdn.domain.budget_line import BudgetLine
from pdn.domain.budget_rules import check_budget_line, check_envelope
from pdn.domain.deployment_rules import check_milestone, check_phase
from pdn.domain.envelope import Envelope
from pdn.domain.finding import Finding
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.promeneur_rules import check_profile, check_promeneur
from pdn.domain.session import Session
from pdn.domain.session_rules import check_attendance, check_session
from pdn.domain.settings import Coordinator, Institution, Settings
from pdn.domain.settings_rules import check_dates
from pdn.domain.structure import Structure
from pdn.domain.structure_rules import check_structure
from pdn.schema import Dataset, Record

Check = Callable[[Any, Dataset, Settings, date], tuple[Finding, ...]]
"""(record as it would be saved, data, settings, today) -> findings; it says nothing of what is right."""

CHECKS: Mapping[type[Record], tuple[Check, ...]] = {
    Structure: (check_structure,),
    Promeneur: (check_promeneur,),
    OnlineProfile: (check_profile,),
    Agreement: (check_agreement,),
    Amendment: (check_amendment,),
    Session: (check_session,),
    Attendance: (check_presence, check_attendance),
    DeploymentPhase: (check_phase,),
    Milestone: (check_milestone,),
    BudgetLine: (check_budget_line,),
    Envelope: (check_envelope,),
    Institution: (check_dates,),
    Coordinator: (check_dates,),
}


def check(record: Record, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:
    """What the rules have to say of a record before it is saved; refusals first."""
    findings = [finding for rule in CHECKS.get(type(record), ()) for finding in rule(record, data, settings, today)]
    return tuple(sorted(findings, key=lambda finding: not finding.blocking))
