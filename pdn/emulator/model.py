"""What a spreadsheet is in memory: rows that never change, sheets of rows, a workbook of sheets.

Rows are immutable: a change replaces a row. So a draft of a workbook shares what it does not touch with
the published one, is thrown away when a request fails, and what differs by identity is what is saved.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from pdn.emulator.a1 import Box, parse_bounds, split_title
from pdn.emulator.errors import Json, invalid

DEFAULT_ROWS = 1000
DEFAULT_COLUMNS = 26
MAX_COLUMNS = 18_278
MAX_CELLS = 10_000_000
OWNER = "owner@example.com"
"""Whom files belong to; Google lists the owner among the editors of a protected range."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """What a formula gives that has no value, as `#REF!`."""

    text: str
    message: str = ""


Scalar: TypeAlias = str | int | float | bool | ErrorValue


class Cell(NamedTuple):
    """One cell: its value (computed, if it has a formula), the id of its style, its formula."""

    value: Scalar | None = None
    style: int = 0
    formula: str | None = None


BLANK = Cell()


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """The cells of a row up to the last one that holds anything."""

    values: tuple[Scalar | None, ...] = ()
    styles: tuple[int, ...] = ()
    formulas: Mapping[int, str] = field(default_factory=dict)

    def cell(self, column: int) -> Cell:
        """The cell at a column."""
        return Cell(
            self.values[column] if column < len(self.values) else None,
            self.styles[column] if column < len(self.styles) else 0,
            self.formulas.get(column) if self.formulas else None,
        )

    @property
    def width(self) -> int:
        """One past the last column that holds anything, a formula without a value yet included."""
        return max(len(self.values), len(self.styles), max(self.formulas, default=-1) + 1)

    def cells(self, start: int = 0, end: int | None = None) -> list[Cell]:
        """The cells from a column to another; to the last one that holds anything if no end is given."""
        return [self.cell(column) for column in range(start, self.width if end is None else end)]

    def replace(self, cells: Mapping[int, Cell]) -> Row:
        """This row with some cells replaced, column -> cell."""
        every = self.cells()
        every.extend([BLANK] * (max(cells, default=-1) + 1 - len(every)))
        for column, cell in cells.items():
            every[column] = cell
        return row_of(every)


EMPTY_ROW = Row()


def row_of(cells: Iterable[Cell]) -> Row:
    """A row of these cells, without the blank ones at its end."""
    every = list(cells)
    values = [cell.value for cell in every]
    styles = [cell.style for cell in every]
    while values and values[-1] is None:
        values.pop()
    while styles and not styles[-1]:
        styles.pop()
    formulas = {column: cell.formula for column, cell in enumerate(every) if cell.formula is not None}
    return Row(tuple(values), tuple(styles), formulas) if values or styles or formulas else EMPTY_ROW


class Styles:
    """What cells carry besides their value (format, note, validation), each distinct set kept once."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._texts = ["{}", *known]
        self._ids = {text: i for i, text in enumerate(self._texts)}
        self._parsed: list[Json] = [json.loads(text) for text in self._texts]

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, style: int) -> str:
        """The JSON text of a style."""
        return self._texts[style]

    def get(self, style: int) -> Json:
        """The attributes of a style, not to be changed."""
        return self._parsed[style]

    def id_of(self, attributes: Json) -> int:
        """The id of a set of attributes, a new one if it is new."""
        text = json.dumps(attributes, sort_keys=True, ensure_ascii=False)
        if text not in self._ids:
            self._ids[text] = len(self._texts)
            self._texts.append(text)
            self._parsed.append(json.loads(text))
        return self._ids[text]


@dataclass(slots=True, eq=False)
class Sheet:
    """One tab. `properties` are the API's, without the counts; `parts` its other members by their API names."""

    sheet_id: int
    properties: Json
    row_count: int = DEFAULT_ROWS
    column_count: int = DEFAULT_COLUMNS
    rows: list[Row] = field(default_factory=list)
    parts: Json = field(default_factory=dict)
    version: int = 0

    @property
    def title(self) -> str:
        """What the tab is called."""
        return str(self.properties["title"])

    @property
    def grid(self) -> Box:
        """All of its cells."""
        return Box(0, 0, self.row_count, self.column_count)

    def copied(self) -> Sheet:
        """A copy that can be changed without changing this one."""
        return Sheet(
            self.sheet_id,
            copy.deepcopy(self.properties),
            self.row_count,
            self.column_count,
            list(self.rows),
            copy.deepcopy(self.parts),
            self.version,
        )

    def row(self, index: int) -> Row:
        """The row at an index; an empty one beyond what is filled."""
        return self.rows[index] if index < len(self.rows) else EMPTY_ROW

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place."""
        return self.row(row).cell(column)

    def put_row(self, index: int, row: Row) -> None:
        """Replace a row."""
        if index >= len(self.rows):
            if row is EMPTY_ROW:
                return
            self.rows.extend([EMPTY_ROW] * (index + 1 - len(self.rows)))
        self.rows[index] = row

    def put_cells(self, row: int, cells: Mapping[int, Cell]) -> None:
        """Replace some cells of a row, column -> cell."""
        if cells:
            self.put_row(row, self.row(row).replace(cells))

    def last_row_with_data(self) -> int:
        """The index of the last row with a value; -1 when there is none."""
        index = len(self.rows) - 1
        while index >= 0 and not self.rows[index].values:
            index -= 1
        return index

    def items(self, part: str) -> list[Json]:
        """A list among the parts, made if it is not there."""
        found: list[Json] = self.parts.setdefault(part, [])
        return found


@dataclass(slots=True, eq=False)
class Workbook:
    """A spreadsheet file: its properties, its tabs in their order, its named ranges and what Drive knows of it."""

    key: str
    properties: Json
    sheets: list[Sheet]
    styles: Styles
    named_ranges: list[Json] = field(default_factory=list)
    drive: Json = field(default_factory=dict)
    created: int = 0
    modified: int = 0
    row_id: int = 0
    _drafted: set[int] | None = None

    @property
    def locale(self) -> str:
        """As `fr_FR`."""
        return str(self.properties["locale"])

    def draft(self) -> Workbook:
        """A workbook to change: it copies each sheet when it is first asked for."""
        return Workbook(
            self.key,
            copy.deepcopy(self.properties),
            list(self.sheets),
            self.styles,
            copy.deepcopy(self.named_ranges),
            copy.deepcopy(self.drive),
            self.created,
            self.modified,
            self.row_id,
            set(),
        )

    def published(self) -> Workbook:
        """This draft, settled: its sheets are no longer copied."""
        self._drafted = None
        return self

    def _own(self, index: int) -> Sheet:
        sheet = self.sheets[index]
        if self._drafted is not None and sheet.sheet_id not in self._drafted:
            sheet = self.sheets[index] = sheet.copied()
            self._drafted.add(sheet.sheet_id)
        return sheet

    def adopt(self, sheet: Sheet, index: int) -> None:
        """Put a new sheet of a draft at an index."""
        if self._drafted is not None:
            self._drafted.add(sheet.sheet_id)
        self.sheets.insert(index, sheet)

    def has_sheet(self, sheet_id: int) -> bool:
        """Whether there is a tab of this id."""
        return any(sheet.sheet_id == sheet_id for sheet in self.sheets)

    def sheet(self, sheet_id: int) -> Sheet:
        """The tab of an id; in a draft, one that may be changed.

        Raises:
            KeyError: there is none.
        """
        for index, sheet in enumerate(self.sheets):
            if sheet.sheet_id == sheet_id:
                return self._own(index)
        raise KeyError(sheet_id)

    def titled(self, title: str) -> Sheet | None:
        """The tab of a title, whatever its case; in a draft, one that may be changed."""
        for index, sheet in enumerate(self.sheets):
            if sheet.title.casefold() == title.casefold():
                return self._own(index)
        return None

    def named_range(self, name: str) -> Json | None:
        """The named range of a name, whatever its case."""
        for named in self.named_ranges:
            if named["name"].casefold() == name.casefold():
                return named
        return None

    def cell_count(self) -> int:
        """The cells of all tabs together, which Google limits."""
        return sum(sheet.row_count * sheet.column_count for sheet in self.sheets)

    def resolve(self, text: str) -> Target:
        """The tab and the cells that a range in A1 notation means.

        Raises:
            ApiError: 400, the text is no range or starts outside of the grid.
        """
        title, rest, quoted = split_title(text)
        if title is None:
            return self._resolve_bare(text)
        sheet = self.titled(title)
        if sheet is None:
            bare = None if quoted else self.titled(text)
            if bare is None:
                raise invalid(f"Unable to parse range: {text}")
            return Target(bare, bare.grid)
        return Target(sheet, sheet.grid) if not rest else self._resolve_in(sheet, rest, text)

    def _resolve_bare(self, text: str) -> Target:
        if parse_bounds(text):
            return self._resolve_in(self._own(0), text, text)
        sheet = self.titled(text)
        if sheet:
            return Target(sheet, sheet.grid)
        named = self.named_range(text)
        if named:
            return self._resolve_named(named)
        raise invalid(f"Unable to parse range: {text}")

    def _resolve_named(self, named: Json) -> Target:
        sheet = self.sheet(named["range"].get("sheetId", 0))
        return Target(sheet, box_of(sheet, named["range"]))

    def _resolve_in(self, sheet: Sheet, rest: str, text: str) -> Target:
        bounds = parse_bounds(rest)
        if bounds is None:
            named = self.named_range(rest)
            if named:
                return self._resolve_named(named)
            raise invalid(f"Unable to parse range: {text}")
        top, left = bounds.top or 0, bounds.left or 0
        if top >= sheet.row_count or left >= sheet.column_count:
            raise exceeds(sheet, rest)
        bottom = sheet.row_count if bounds.bottom is None else bounds.bottom
        right = sheet.column_count if bounds.right is None else bounds.right
        box = Box(top, left, min(bottom, sheet.row_count), min(right, sheet.column_count))
        return Target(sheet, box, single=bounds.single)


@dataclass(frozen=True, slots=True)
class Target:
    """A range found: its tab, its cells, and whether it was written as one cell."""

    sheet: Sheet
    box: Box
    single: bool = False

    @property
    def name(self) -> str:
        """The range as answers write it."""
        return self.box.name(self.sheet.title)


def exceeds(sheet: Sheet, where: str) -> Exception:
    """The 400 of a range outside of the grid."""
    return invalid(
        f"Range ({sheet.title}!{where}) exceeds grid limits. "
        f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    )


def box_of(sheet: Sheet, grid_range: Json) -> Box:
    """The cells of a GridRange; open ends reach the grid's."""
    return Box(
        grid_range.get("startRowIndex", 0),
        grid_range.get("startColumnIndex", 0),
        min(grid_range.get("endRowIndex", sheet.row_count), sheet.row_count),
        min(grid_range.get("endColumnIndex", sheet.column_count), sheet.column_count),
    )
