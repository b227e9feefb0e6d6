"""What a request writes, said by rows and columns for what they are."""

import json
from typing import Any

from pdn.schema.cells import shown
from tests.sheets.interleavings.ground import Formula, Place, Value
from tests.sheets.interleavings.line import Write


def sent(write: Write) -> tuple[list[tuple[Place, Value]], list[tuple[int, dict[int, Value]]]]:
    """The cells and the new rows of a batchUpdate, in the tables' tabs."""
    cells: list[tuple[Place, Value]] = []
    rows: list[tuple[int, dict[int, Value]]] = []
    tabs = write.before.tabs
    for request in json.loads(write.body)["requests"]:
        if "updateCells" in request:
            start = request["updateCells"]["start"]
            table = tabs.index(start["sheetId"])
            view = write.before.view(table)
            for offset, data in enumerate(request["updateCells"]["rows"][0]["values"]):
                place = view.place(start["rowIndex"], start["columnIndex"] + offset)
                cells.append(((table, *place), _value(data)))
        elif request["appendCells"]["sheetId"] in tabs:
            table = tabs.index(request["appendCells"]["sheetId"])
            rows += [
                (table, {column: _value(data) for column, data in enumerate(row["values"])})
                for row in request["appendCells"]["rows"]
            ]
    return cells, rows


def text(value: Value) -> str:
    """What was typed, as the journal tells it."""
    return value.text if isinstance(value, Formula) else shown(value)


def _value(data: dict[str, Any]) -> Value:
    found = next(iter(data.get("userEnteredValue", {}).items()), None)
    if found is None or found[1] == "":
        return None
    return Formula(found[1]) if found[0] == "formulaValue" else found[1]
