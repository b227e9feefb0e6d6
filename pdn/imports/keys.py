"""What makes a row of a file the record that the sheet already holds, when it has no id of ours."""

from collections.abc import Mapping
from dataclasses import dataclass

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.attendance import Attendance
from pdn.domain.budget_line import BudgetLine
from pdn.domain.envelope import Envelope
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.settings import Coordinator, Institution
from pdn.domain.structure import Structure
from pdn.schema import Record


@dataclass(frozen=True, slots=True)
class Key:
    """Fields that name a record together.

    Attributes:
        fields: They are all filled, and equal whatever their case and accents.
        unless: Where one of these differs, it is another record all the same; a blank differs from nothing.
        unless_both: Where all of these differ, it is another record: a new mail alone is the same person's.
    """

    fields: tuple[str, ...]
    unless: tuple[str, ...] = ()
    unless_both: tuple[str, ...] = ()


KEYS: Mapping[type[Record], tuple[Key, ...]] = {
    # The SIRET is the managing body's: a commune's five centres may share it, so it names none of them alone.
    Structure: (Key(("name", "commune")), Key(("name", "siret")), Key(("name",), unless=("commune",))),
    # Colleagues may share a mailbox, and two people a name: neither is enough where everything else differs.
    Promeneur: (
        Key(("email", "first_name", "last_name")),
        Key(("first_name", "last_name", "structure_id")),
        Key(("first_name", "last_name"), unless_both=("email", "structure_id")),
        Key(("email", "first_name")),
        Key(("email", "last_name")),
        Key(("email",), unless=("first_name", "last_name")),
    ),
    OnlineProfile: (
        Key(("promeneur_id", "network", "handle")),
        Key(("promeneur_id", "link")),
        Key(("promeneur_id", "network"), unless=("handle",)),
    ),
    Agreement: (Key(("number", "structure_id")), Key(("number",))),
    Amendment: (Key(("agreement_id", "number")),),
    DeploymentPhase: (Key(("name",)),),
    Milestone: (Key(("name", "planned_on")), Key(("name", "phase_id")), Key(("name",), unless=("phase_id",))),
    Session: (Key(("held_on", "name", "half_days")), Key(("held_on", "name"), unless=("half_days",))),
    Attendance: (Key(("session_id", "promeneur_id")),),
    Envelope: (Key(("year", "strand")),),
    # Two expenses may be alike in everything: only a row equal in all that the file says is the same one.
    BudgetLine: (),
    Institution: (Key(("name",)),),
    Coordinator: (Key(("first_name", "last_name", "from_on")), Key(("first_name", "last_name"))),
}
"""The strongest key of each table first. A table without any is matched by rows equal in all that the file says."""
