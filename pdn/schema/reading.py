"""From a tab's cells to records and problems: columns found by header, cells read by kind, nothing raised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from pdn.french import fold
from pdn.schema import wording
from pdn.schema.cells import Cell, is_blank, shown, visible
from pdn.schema.ids import PROVISIONAL, is_provisional
from pdn.schema.kinds import Misread
from pdn.schema.likeness import suggest
from pdn.schema.problem import Problem, ProblemKind
from pdn.schema.table import Column, Record, Table
from pdn.schema.wording import Spot

R = TypeVar("R", bound=Record)
Grid = Sequence[Sequence[Cell]]
HEADER_SEARCH_ROWS = 10
"""People put a title above the header; further down it would be taken for data."""


@dataclass(frozen=True)
class TabReading(Generic[R]):
    """What a tab gave.

    Attributes:
        record_type: The records' type.
        title: The title of the tab as it is in the spreadsheet.
        header_row: The header's row counted from 0; None where no header was found.
        columns: The column of each field that was found, counted from 0.
        records: The records in the order of their rows.
        rows: The row of each record, counted from 0, by id.
        problems: What could not be understood.
        notices: What was understood and would be better written otherwise.
    """

    record_type: type[R]
    title: str
    header_row: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    records: tuple[R, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Understood:
    """What a cell came to: its value, why it has none, or what would be better (a sentence)."""

    value: Any
    misread: Misread | None = None
    kind: ProblemKind = ProblemKind.UNREADABLE
    untidiness: str = ""


@dataclass(slots=True)
class _Reader:
    """One column while its tab is read; a text or number that comes again is not read again."""

    column: Column
    place: int
    name: str
    known: dict[Cell, _Understood] = field(default_factory=dict)

    def understand(self, cell: Cell) -> _Understood:
        if type(cell) is float or type(cell) is bool:  # 1, 1.0 and true would be found for one another
            return self._understand(cell)
        found = self.known.get(cell)
        if found is None:
            found = self.known[cell] = self._understand(cell)
        return found

    def _understand(self, cell: Cell) -> _Understood:
        kind = self.column.kind
        value = kind.parse(cell)
        if isinstance(value, Misread):
            return _Understood(kind.blank, value)
        if value == kind.blank:
            if self.column.required:
                return _Understood(value, Misread(kind.expected, "Cette colonne est à remplir."), ProblemKind.REQUIRED)
        elif kind.untidy(cell, value):
            return _Understood(value, untidiness=wording.untidiness(self.column, cell, value))
        return _Understood(value)


def find_header(table: Table, grid: Grid) -> int | None:
    """The row, among the first ones, that holds the most of the table's headers; None where none holds any.

    One header alone is one only in the first row that holds anything: further down it is a word among the data.
    """
    best, best_count, first = None, 0, True
    for row, cells in enumerate(grid[:HEADER_SEARCH_ROWS]):
        found = len({table.by_name[name].field for cell in cells if (name := fold(shown(cell))) in table.by_name})
        if found > best_count and (found > 1 or first):
            best, best_count = row, found
        first = first and all(is_blank(cell) for cell in cells)
    return best


def find_columns(table: Table, header: Sequence[Cell]) -> tuple[dict[str, int], list[tuple[Column, int]]]:
    """Where each field stands, and the columns whose header stands once more.

    The declared header counts before the other names of a column, and then the first.
    """
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(header):
        declared = table.by_name.get(fold(shown(cell)))
        if declared is not None:
            found.setdefault(declared.field, []).append(index)
    places: dict[str, int] = {}
    doubled: list[tuple[Column, int]] = []
    for name, indexes in found.items():
        declared = table.by_field[name]
        chosen = next((index for index in indexes if _is_declared(declared, header[index])), indexes[0])
        places[name] = chosen
        doubled += [(declared, index) for index in indexes if index != chosen]
    return places, doubled


def read_tab(record_type: type[R], title: str, grid: Grid | None) -> TabReading[R]:
    """Read a tab.

    Args:
        record_type: The record that the tab holds.
        title: The title of the tab as it is in the spreadsheet.
        grid: Its cells, unformatted, rows trimmed as Google does; None where the tab is missing.

    Returns:
        The records, problems and notices; a cell that could not be read leaves its field blank and its row whole.
        References still hold what the cell held: `pdn.schema.dataset` resolves them.
    """
    table = record_type.table
    if grid is None:
        return TabReading(record_type, title, problems=(wording.tab_missing(table, title),))
    header_row = find_header(table, grid)
    if header_row is None:
        if any(not is_blank(cell) for cells in grid for cell in cells):
            return TabReading(record_type, title, problems=(wording.header_lost(table, title),))
        return TabReading(record_type, title)
    header = grid[header_row]
    places, doubled = find_columns(table, header)
    spot = Spot(table, title, row=header_row)
    problems, notices = _told_of_header(spot, header, places, doubled)
    records: list[R] = []
    rows: dict[str, int] = {}
    readers = [
        _Reader(declared, places[declared.field], declared.field)
        for declared in table.columns
        if declared.field in places
    ]
    for row in range(header_row + 1, len(grid)):
        cells = grid[row]
        if not _is_record(readers, cells, header):
            continue
        values, told = _read_row(readers, cells)
        record_id, id_fault = _identify(values.get("id", ""), row, rows)
        if id_fault and "id" in places and not any(reader.column.field == "id" for reader, _, _ in told):
            told.insert(0, (readers[0], _cell(cells, places["id"]), id_fault))
        values["id"] = record_id
        rows[record_id] = row
        records.append(record_type(**values))
        for reader, cell, understood in told:
            place = Spot(table, title, reader.column, row, reader.place, record_id)
            (problems if understood.misread else notices).append(_told_of_cell(place, reader.column, cell, understood))
    return TabReading(record_type, title, header_row, places, tuple(records), rows, tuple(problems), tuple(notices))


def _read_row(
    readers: Sequence[_Reader], cells: Sequence[Cell]
) -> tuple[dict[str, Any], list[tuple[_Reader, Cell, _Understood]]]:
    """The value of each field, and the cells of which something is to be told."""
    values: dict[str, Any] = {}
    told = []
    for reader in readers:
        cell = _cell(cells, reader.place)
        understood = reader.understand(cell)
        values[reader.name] = understood.value
        if understood.misread is not None or understood.untidiness:
            told.append((reader, cell, understood))
    return values, told


def _cell(cells: Sequence[Cell], place: int) -> Cell:
    """The cell of a row, which Google cuts short after its last one that is filled."""
    return cells[place] if place < len(cells) else None


def _told_of_cell(spot: Spot, column: Column, cell: Cell, understood: _Understood) -> Problem:
    if understood.misread:
        return wording.misread_cell(spot, column, understood.kind, cell, understood.misread)
    return spot.tell(ProblemKind.UNTIDY, understood.untidiness, found=shown(cell))


def _is_declared(column: Column, cell: Cell) -> bool:
    """Whether the header is the declared one, whatever its case, accents and spaces."""
    return fold(shown(cell)) == fold(column.header)


def _is_record(readers: Sequence[_Reader], cells: Sequence[Cell], header: Sequence[Cell]) -> bool:
    """Whether the row says something of its own: people paste a table with its header under another."""
    width = len(cells)
    if not any(reader.place < width and _says_something(cells[reader.place]) for reader in readers):
        return False
    first = readers[0].place
    if first >= width or cells[first] != header[first] or len(readers) == 1:
        return True
    return any(reader.place >= width or cells[reader.place] != header[reader.place] for reader in readers)


def _says_something(cell: Cell) -> bool:
    """Whether the cell makes its row one; tick boxes drawn down to the end of a tab read « FAUX » on every row."""
    return cell is not False and not is_blank(cell)


def _identify(found: str, row: int, rows: Mapping[str, int]) -> tuple[str, _Understood | None]:
    """The row's id, or a provisional one where it has none of its own, with the problem to tell."""
    if not found or is_provisional(found):
        reason = Misread("un identifiant", "La ligne a été ajoutée à la main : l’application lui en donnera un.")
        kind = ProblemKind.NO_ID
    elif found in rows:
        reason = Misread("un identifiant unique", f"Il est déjà celui de la ligne {rows[found] + 1}.")
        kind = ProblemKind.COPIED_ID
    else:
        return found, None
    return f"{PROVISIONAL}{row + 1}", _Understood("", reason, kind)


def _told_of_header(
    spot: Spot, header: Sequence[Cell], places: Mapping[str, int], doubled: Sequence[tuple[Column, int]]
) -> tuple[list[Problem], list[Problem]]:
    """The problems and the notices of the header."""
    table = spot.table
    written = {index: visible(shown(cell)) for index, cell in enumerate(header) if not is_blank(cell)}
    taken = {*places.values(), *(index for _, index in doubled)}
    missing = [declared for declared in table.columns if declared.field not in places]
    likely = suggest(table, missing, {index: text for index, text in written.items() if index not in taken})
    problems, notices = [], []
    for declared in missing:
        at = replace(spot, column=declared, place=likely.get(declared.field))
        problems.append(
            wording.column_missing(at, declared)
            if at.place is None
            else wording.column_renamed(at, declared, written[at.place])
        )
    for declared, index in doubled:
        at = replace(spot, column=declared, place=index)
        problems.append(wording.column_twice(at, declared, written[places[declared.field]], written[index]))
    for name, index in places.items():
        declared = table.by_field[name]
        if not _is_declared(declared, header[index]):
            notices.append(wording.column_alias(replace(spot, column=declared, place=index), declared, written[index]))
    return problems, notices
