"""An alert: one thing that somebody should do or know, and the record that it speaks of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pdn.schema import Record


class Urgency(StrEnum):
    """How much an alert presses; the order is that of the list."""

    OVERDUE = "en retard"
    SOON = "bientôt"
    INFO = "à savoir"


URGENCIES = tuple(Urgency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One line of « À faire ».

    Attributes:
        urgency: How much it presses.
        title: What it is about, in a few French words.
        detail: A whole French sentence: what is wrong or coming, with its figures.
        rule: The rule's number (« R26 »).
        due_on: The day that counts; None where none does.
        table: The key of the table of the record that it speaks of; empty for none.
        record_id: That record's id; empty for none.
        page: The address of the page to open where it speaks of no single record.
        query: What to add to that page's address, parameter and value.
    """

    urgency: Urgency
    title: str
    detail: str
    rule: str
    due_on: date | None = None
    table: str = ""
    record_id: str = ""
    page: str = ""
    query: tuple[tuple[str, str], ...] = ()

    def order(self, today: date) -> tuple[int, int, str]:
        """Where it stands in the list: by urgency, then the nearest day first, past or to come.

        What came due last week can still be mended in time; what has waited for years can wait for another line. A
        standing breach, which has no day, is of today; what is only good to know comes after the dated ones.
        """
        if self.due_on is None:
            distance = 0 if self.urgency is Urgency.OVERDUE else date.max.toordinal()
        else:
            distance = abs((self.due_on - today).days)
        return URGENCIES.index(self.urgency), distance, self.title


def about(record: Record, urgency: Urgency, title: str, detail: str, rule: str, due_on: date | None = None) -> Alert:
    """An alert that speaks of one record."""
    return Alert(
        urgency=urgency, title=title, detail=detail, rule=rule, due_on=due_on,
        table=record.table.key, record_id=record.id,
    )  # fmt: skip
