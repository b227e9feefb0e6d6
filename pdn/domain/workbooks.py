"""The two workbooks and what each holds: Réseau is shared with the partners, Pilotage is not (DESIGN §3)."""

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.attendance import Attendance
from pdn.domain.budget_line import BudgetLine
from pdn.domain.envelope import Envelope
from pdn.domain.journal import JournalEntry
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.settings import Coordinator, Institution, Parameter
from pdn.domain.structure import Structure
from pdn.schema import Record, Workbook

NETWORK = Workbook(
    "reseau",
    "Réseau",
    "Partagé avec les structures : annuaire, conventions, phases, séances et présences.",
    (
        Structure,
        Promeneur,
        OnlineProfile,
        Agreement,
        Amendment,
        DeploymentPhase,
        Milestone,
        Session,
        Attendance,
    ),
)
STEERING = Workbook(
    "pilotage",
    "Pilotage",
    "Pour la coordination et la Caf seulement : réglages, enveloppes et budget.",
    (Parameter, Institution, Coordinator, Envelope, BudgetLine),
)
WORKBOOKS = (NETWORK, STEERING)
JOURNAL = JournalEntry
"""Each workbook has its own journal, so that a change and its entry land together or not at all."""

RECORD_TYPES: tuple[type[Record], ...] = (*NETWORK.records, *STEERING.records)


def record_type_of(key: str) -> type[Record]:
    """The record type of a table's key.

    Raises:
        KeyError: no table has that key.
    """
    return {record_type.table.key: record_type for record_type in RECORD_TYPES}[key]
