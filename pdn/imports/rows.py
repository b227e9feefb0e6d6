"""The rows of a file as records: read by the schema itself, so that a cell means there what it means in our sheets."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pdn.domain.session import Session
from pdn.french import short_day
from pdn.imports.columns import Layout, lacking
from pdn.imports.file import FileSheet
from pdn.imports.names import Names
from pdn.schema import Cell, Dataset, Problem, ProblemKind, Record, read_tab
from pdn.schema.cells import is_blank, shown
from pdn.schema.dataset import unresolved
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import Date, Misread, Reference


@dataclass(frozen=True)
class FileRow:
    """One row of a file.

    Attributes:
        row: Its row in the file, counted from 0.
        record: What it says; its id is provisional where the file has none of ours.
        values: The fields that it fills. A blank cell fills none: it never empties what the sheet holds.
        problems: What was not understood of it, with its address in the file.
    """

    row: int
    record: Record
    values: Mapping[str, Any]
    problems: tuple[Problem, ...]

    @property
    def title(self) -> str:
        """How a person names it."""
        return "" if self.record.title == self.record.id else self.record.title


def read_rows(sheet: FileSheet, layout: Layout, data: Dataset) -> tuple[FileRow, ...]:
    """Read the rows of a sheet.

    Args:
        sheet: The sheet of the file.
        layout: Which column is which field.
        data: The records that references lead to.
    """
    record_type = layout.record_type
    reading = read_tab(record_type, sheet.title, prepared(sheet, layout))
    told: dict[str, list[Problem]] = {record_id: [] for record_id in reading.rows}
    for problem in reading.problems:
        if problem.record_id and problem.kind is not ProblemKind.NO_ID:
            told[problem.record_id].append(problem)
    names = Names(data)
    needed = lacking(layout)
    found = []
    for record in reading.records:
        row = reading.rows[record.id]
        changes: dict[str, Any] = {"id": _own_id(record, row)}
        problems = told[record.id]
        for column in record_type.table.references:
            assert isinstance(column.kind, Reference)  # noqa: S101 - what `references` means
            if value := getattr(record, column.field):
                bearers = names.bearers(column.kind.target, value)
                changes[column.field] = bearers[0] if len(bearers) == 1 else ""
                if len(bearers) != 1:
                    mend = "Écrivez son nom comme il est dans l’application."
                    problems.append(replace(unresolved(reading, record, column.field, value, len(bearers)), mend=mend))
        resolved = replace(record, **changes)
        problems += [
            Problem(
                kind=ProblemKind.REQUIRED, tab=sheet.title, table=record_type.table.key, row=row,
                header=column.header, field=column.field, record_id=record.id,
                message=f"{column.header}\u00a0: à remplir, et aucune colonne du fichier n’y va.",
            )
            for column in needed
        ]  # fmt: skip
        values = {
            field: value
            for field in layout.fields.values()
            if field != "id" and (value := getattr(resolved, field)) != record_type.table.by_field[field].kind.blank
        }
        found.append(FileRow(row, resolved, values, tuple(problems)))
    return tuple(found)


def prepared(sheet: FileSheet, layout: Layout) -> list[list[Cell]]:
    """The cells that are imported, under the declared headers and at their own places, so that addresses are true."""
    by_field: dict[str, list[int]] = {}
    for place, field in sorted(layout.fields.items()):
        by_field.setdefault(field, []).append(place)
    columns = [(layout.record_type.table.by_field[field], places) for field, places in by_field.items()]
    width = max(layout.fields, default=-1) + 1
    grid: list[list[Cell]] = [[] for _ in range(layout.header_row)]
    header: list[Cell] = [None] * width
    for column, places in columns:
        header[places[0]] = column.header
    grid.append(header)
    for row in sheet.grid[layout.header_row + 1 :]:
        cells: list[Cell] = [None] * width
        for column, places in columns:
            held = [row[place] for place in places if place < len(row)]
            cells[places[0]] = (
                _joined(held, column.kind) if isinstance(column.kind, Reference) else next(iter(held), None)
            )
        grid.append(cells)
    return grid


def samples(sheet: FileSheet, layout: Layout, place: int, most: int) -> list[str]:
    """The first values of a column, each once, as a person reads them."""
    field = layout.fields.get(place, "")
    declared = layout.record_type.table.by_field.get(field)
    found: list[str] = []
    for row in sheet.grid[layout.header_row + 1 :]:
        cell = row[place] if place < len(row) else None
        if is_blank(cell):
            continue
        value = Date().parse(cell) if declared and isinstance(declared.kind, Date) else None
        text = shown(cell) if value is None or isinstance(value, Misread) else short_day(value)
        if text not in found:
            found.append(text)
        if len(found) == most:
            break
    return found


def _joined(cells: Sequence[Cell], kind: Reference) -> Cell:
    """What names a record, from one column or several: « Marie » and « Dupont », a title and a day."""
    day = _day if kind.target == Session.table.key else shown
    return " ".join(day(cell).strip() for cell in cells if not is_blank(cell)) or None


def _day(cell: Cell) -> str:
    """The cell as a person reads it; the day of a session in figures, however it is written."""
    value = Date().parse(cell)
    return shown(cell) if value is None or isinstance(value, Misread) else short_day(value)


def _own_id(record: Record, row: int) -> str:
    """The id, if it is one of ours; otherwise one that no row of the sheets has, to be replaced when it is saved."""
    ours = re.fullmatch(rf"{record.table.prefix}-[0-9A-Z]{{8}}", record.id)
    return record.id if ours and not is_provisional(record.id) else f"?fichier{row + 1}"
