"""References between records on their way to and from cells: an id in records, a label in cells."""

from collections.abc import Iterable
from typing import Any

from pdn.french import fold
from pdn.schema import Cell, Column, Dataset, Record, label_of
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import LABEL_SEPARATOR, Misread, Reference


class References:
    """Knows every record by its id: those that were read and those being written.

    Args:
        data: What was read.
        record_types: All record types that can be referred to.
    """

    def __init__(self, data: Dataset, record_types: Iterable[type[Record]]) -> None:
        self.data = data
        self._types = {record_type.table.key: record_type for record_type in record_types}
        self._written: dict[tuple[str, str], Record] = {}

    def add(self, record: Record) -> None:
        """A record that is being written: others written along may refer to it."""
        self._written[record.table.key, record.id] = record

    def target(self, kind: Reference, record_id: str) -> Record | None:
        """The record of an id."""
        if written := self._written.get((kind.target, record_id)):
            return written
        record_type = self._types.get(kind.target)
        return self.data.get(record_type, record_id) if record_type else None

    def encode(self, column: Column, value: Any) -> Cell:  # noqa: ANN401 - whatever the kind holds
        """What to write in a cell for a field's value."""
        if isinstance(column.kind, Reference) and value:
            target = self.target(column.kind, value)
            return label_of(target) if target else value
        return column.kind.encode(value)

    def show(self, column: Column, value: Any) -> str:  # noqa: ANN401 - the same
        """A field's value for a person to read, in forms of conflict and in the journal."""
        if isinstance(column.kind, Reference):
            return str(self.encode(column, value) or "")
        return column.kind.show(value)

    def parse(self, column: Column, cell: Cell) -> Any | Misread:  # noqa: ANN401 - the same
        """The value of a cell, a name being resolved as reading does: to the one record that bears it."""
        value = column.kind.parse(cell)
        if not isinstance(column.kind, Reference) or isinstance(value, Misread) or not value:
            return value
        if self.target(column.kind, value):
            return value
        record_type = self._types.get(column.kind.target)
        name = fold(value.split(LABEL_SEPARATOR)[0])
        bearers = [
            record.id
            for record in (self.data.all(record_type) if record_type else ())
            if not is_provisional(record.id) and fold(record.title) == name
        ]
        return bearers[0] if len(bearers) == 1 else Misread(column.kind.expected)
