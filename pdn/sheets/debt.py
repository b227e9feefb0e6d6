"""What a commit still owes: what it wrote astray, wherever that is by now, until all of it is put back."""

import dataclasses
from dataclasses import dataclass, field

from pdn.sheets.landing import Hit
from pdn.sheets.plan import Landing, Plan
from pdn.sheets.tab_state import Overwritten


@dataclass
class Debt:
    """A plan that is to be put back.

    Attributes:
        plan: What was sent.
        landed: Where it landed; None where its answer was lost, and with it whether it landed at all.
        author: Who sent it.
        unseen: What was sent, also to put it back, and whose answer was lost.
        missed: What went astray while it was put back.
    """

    plan: Plan
    landed: Landing | None
    author: str
    unseen: list[Plan] = field(init=False)
    missed: list[Hit] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.unseen = [] if self.landed else [self.plan]

    def lost(self, *, whole: bool) -> list[Hit]:
        """The cells that are known to have been written, last ones first: those of the plan that are right if whole."""
        landed = self.landed.hits if self.landed else ()
        return [*reversed(self.missed), *(hit for hit in reversed(landed) if whole or not hit.right)]

    def headers(self) -> dict[int, Overwritten]:
        """What may have been written in headers by mistake, by sheet id."""
        written = [(row.state, write) for plan in self.unseen for row in plan.rows for write in row.writes]
        written += [(hit.state, hit.write) for hit in self.lost(whole=True) if hit.row.is_header]
        found: dict[int, Overwritten] = {}
        for state, write in written:
            known = found.get(state.tab.sheet_id, Overwritten(state.header))
            if write.value is None:
                known = dataclasses.replace(known, cleared=known.cleared | {write.column})
            else:
                known = dataclasses.replace(known, values=(*known.values, write.value))
            found[state.tab.sheet_id] = known
        return found
