"""What an update gives back: the rows that it touched, as they stand after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdn.schema import Cell
from pdn.sheets.cells import typed


@dataclass(frozen=True)
class After:
    """A tab's rows as they stand after a plan was sent."""

    rows: Mapping[int, Sequence[Cell]] = field(default_factory=dict)


def afters(answer: Mapping[str, Any]) -> dict[int, After]:
    """What a batchUpdate gives back, by sheet id: a tab may have been renamed, or swapped for another of its name."""
    found = {}
    for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", []):
        rows = {}
        for block in sheet.get("data", []):
            for offset, row in enumerate(block.get("rowData", [])):
                rows[block.get("startRow", 0) + offset] = [typed(data) for data in row.get("values", [])]
        found[sheet["properties"].get("sheetId", 0)] = After(rows)
    return found
