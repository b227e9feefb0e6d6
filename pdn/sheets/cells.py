"""Cells as `spreadsheets.batchUpdate` wants them: text is never evaluated, numbers come with their format."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pdn.schema import Cell
from pdn.schema.cells import is_number
from pdn.schema.kinds import InseeCode, Kind, NumberFormat, Phone, Postcode, Siret

PLAIN_TEXT = NumberFormat("TEXT", "@")
KEEPS_ZEROS = (InseeCode, Phone, Postcode, Siret)
"""Kinds whose cells are formatted as text, so that what a partner types keeps its leading zeros."""

Request = dict[str, Any]
"""One request of a batchUpdate."""

LONGEST_CELL = 50_000
"""Google refuses a cell with more characters."""

VALUE = "userEnteredValue"
FORMAT = "userEnteredFormat.numberFormat"


@dataclass(frozen=True)
class CellWrite:
    """One cell to write.

    Attributes:
        row: Its row, counted from 0.
        column: Its column, counted from 0.
        value: What to write; None empties the cell.
        old: What was typed there before.
        format: The format to give along; None leaves the cell's own.
        formula: Whether `value` is a formula to be put back; text is never one otherwise.
    """

    row: int
    column: int
    value: Cell
    old: Cell = None
    format: NumberFormat | None = None
    formula: bool = False


def format_of(kind: Kind[Any]) -> NumberFormat | None:
    """The format of a column of that kind; None for plain text without a need of one."""
    return kind.number_format or (PLAIN_TEXT if isinstance(kind, KEEPS_ZEROS) else None)


def cell_data(value: Cell, number_format: NumberFormat | None = None, *, formula: bool = False) -> dict[str, Any]:
    """A CellData; text goes as stringValue, so that « =1+1 » or « +33 6… » stays what was typed."""
    data: dict[str, Any] = {}
    if isinstance(value, str):
        data[VALUE] = {"formulaValue" if formula else "stringValue": value[:LONGEST_CELL]}
    elif isinstance(value, bool):
        data[VALUE] = {"boolValue": value}
    elif value is not None:
        data[VALUE] = {"numberValue": value}
    if number_format is not None:
        data["userEnteredFormat"] = {"numberFormat": {"type": number_format.type, "pattern": number_format.pattern}}
    return data


def typed(data: Mapping[str, Any]) -> Cell:
    """What was typed in a cell, from its CellData: the inverse of `cell_data`."""
    value: Mapping[str, Cell] = data.get(VALUE, {})
    found = next(iter(value.values()), None)
    return None if found == "" else found


def same_value(one: Cell, other: Cell) -> bool:
    """Whether two cells hold the same: 12 and 12.0 do, 1 and « 1 » do not, nor 1 and true."""
    if one in {None, ""} and other in {None, ""}:
        return True
    if is_number(one) and is_number(other):
        return one == other
    return type(one) is type(other) and one == other


def update_requests(sheet_id: int, writes: Iterable[CellWrite]) -> list[dict[str, Any]]:
    """The updateCells requests of these cells, neighbours in a row together where they ask for the same."""
    requests: list[dict[str, Any]] = []
    end, fields_before = (-1, -1), ""
    for write in sorted(writes, key=lambda write: (write.row, write.column)):
        fields = f"{VALUE},{FORMAT}" if write.format else VALUE
        data = cell_data(write.value, write.format, formula=write.formula)
        if (write.row, write.column) == end and fields == fields_before:
            requests[-1]["updateCells"]["rows"][0]["values"].append(data)
        else:
            start = {"sheetId": sheet_id, "rowIndex": write.row, "columnIndex": write.column}
            requests.append({"updateCells": {"start": start, "rows": [{"values": [data]}], "fields": fields}})
        end, fields_before = (write.row, write.column + 1), fields
    return requests


def append_request(sheet_id: int, rows: Sequence[Mapping[int, dict[str, Any]]]) -> dict[str, Any]:
    """One appendCells request of rows, each CellData by column."""
    width = max((max(row, default=-1) for row in rows), default=-1) + 1
    return {
        "appendCells": {
            "sheetId": sheet_id,
            "rows": [{"values": [row.get(column, {}) for column in range(width)]} for row in rows],
            "fields": f"{VALUE},{FORMAT}",
        }
    }
