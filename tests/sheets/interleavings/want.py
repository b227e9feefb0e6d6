"""What a session wants of one field, and the cell that was written for it."""

from dataclasses import dataclass
from typing import Any

from pdn.schema.kinds import Reference
from pdn.sheets import Change
from tests.sheets.interleavings.ground import Value
from tests.sheets.interleavings.model import same
from tests.sheets.interleavings.tables import TABLES


@dataclass(frozen=True)
class Want:
    """One field that somebody wants otherwise."""

    table: int
    record_id: str
    field: str
    value: Any
    seen: Any
    overwrite: bool

    def accepts(self, value: Value) -> bool:
        """Whether a cell holds what is wanted."""
        column = TABLES[self.table].table.by_field[self.field]
        if isinstance(column.kind, Reference) and self.value:
            return isinstance(value, str) and value.endswith(self.value)
        return same(value, column.kind.encode(self.value))


@dataclass(frozen=True)
class Effect:
    """A cell that was written where it was meant to be.

    Attributes:
        want: What it was written for.
        before: What should have stood there.
        read: What the app had read there.
        value: What was written.
    """

    want: Want
    before: Value
    read: Value
    value: Value


def wants_of(change: Change) -> list[Want]:
    """What a change wants of a record that is there already."""
    if change.before is None:
        return []
    return [
        Want(
            TABLES.index(type(change.after)), change.before.id, column.field, getattr(change.after, column.field),
            getattr(change.before, column.field), column.field in change.overwrite,
        )
        for column in change.after.table.columns
        if getattr(change.after, column.field) != getattr(change.before, column.field)
    ]  # fmt: skip
