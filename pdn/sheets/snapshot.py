"""Everything that was read at one moment, with its age and the address of its cells."""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pdn.schema import Dataset, Problem, Record
from pdn.sheets.errors import SheetsError

ADDRESS = "https://docs.google.com/spreadsheets/d/{key}/edit"


@dataclass(frozen=True)
class Place:
    """Where a table stands in Google Sheets; `sheet_id` is None where its tab is missing."""

    key: str
    sheet_id: int | None


@dataclass(frozen=True)
class Snapshot:
    """One reading of both workbooks, shared by all sessions.

    Attributes:
        data: The records and their problems.
        read_at: When the reading began.
        error: Why the last attempt to read again failed; None where it did not.
        places: Where each table stands, by the table's key; empty where cells have no address.
    """

    data: Dataset
    read_at: datetime
    error: SheetsError | None = None
    places: Mapping[str, Place] = field(default_factory=dict)

    def age(self, now: datetime) -> timedelta:
        """How old the reading is."""
        return now - self.read_at

    def link_to(self, what: Problem | Record | type[Record]) -> str | None:
        """The address, in Google Sheets, of a problem's cell, a record's row or a table's tab.

        Returns:
            None where the data is not on Google Sheets.
        """
        if isinstance(what, Problem):
            table, cells = what.table, what.cell
        elif isinstance(what, Record):
            table, cells = what.table.key, self._row(what)
        else:
            table, cells = what.table.key, ""
        place = self.places.get(table)
        if place is None:
            return None
        address = ADDRESS.format(key=place.key)
        if place.sheet_id is None:
            return address
        return f"{address}#gid={place.sheet_id}" + (f"&range={cells}" if cells else "")

    def _row(self, record: Record) -> str:
        reading = self.data.reading(type(record))
        row = reading.rows.get(record.id) if reading else None
        return "" if row is None else f"{row + 1}:{row + 1}"

    def with_error(self, error: SheetsError | None) -> "Snapshot":
        """This reading, still standing after an attempt that failed."""
        return dataclasses.replace(self, error=error)

    def with_records(
        self, records: Sequence[Record], replaced: Collection[tuple[type[Record], str]] = ()
    ) -> "Snapshot":
        """This reading after a commit; `replaced` are the provisional ids that gave way to ids of their own."""
        return dataclasses.replace(self, data=self.data.with_records(records, replaced))
