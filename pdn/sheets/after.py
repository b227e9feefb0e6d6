"""What an update gives back: the rows that it touched, as they stand after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pdn.schema import Cell
from pdn.sheets.book import Grid, Tab
from pdn.sheets.cells import typed


@dataclass(frozen=True)
class After:
    """A tab's rows as they stand after a plan was sent; `sheet_id` tells a tab swapped for another of its name."""

    sheet_id: int
    rows: Mapping[int, Sequence[Cell]] = field(default_factory=dict)

    @classmethod
    def of_grid(cls, tab: Tab, grid: Grid) -> "After":
        """From a tab read anew."""
        return cls(tab.sheet_id, dict(enumerate(grid)))


def afters(answer: Mapping[str, Any]) -> dict[str, After]:
    """What a batchUpdate gives back, by tab's title."""
    found = {}
    for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", []):
        rows = {}
        for block in sheet.get("data", []):
            for offset, row in enumerate(block.get("rowData", [])):
                rows[block.get("startRow", 0) + offset] = [typed(data) for data in row.get("values", [])]
        found[sheet["properties"]["title"]] = After(sheet["properties"].get("sheetId", 0), rows)
    return found
