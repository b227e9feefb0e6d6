"""From a tab's cells to records and problems: columns found by header, cells read by kind, nothing raised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pdn.french import fold
from pdn.schema.cells import Cell, is_blank, shown
from pdn.schema.ids import PROVISIONAL
from pdn.schema.kinds import Misread
from pdn.schema.problem import Problem
from pdn.schema.table import Column, Record, Table

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
    """

    record_type: type[R]
    title: str
    header_row: int | None = None
    columns: Mapping[str, int] = field(default_factory=dict)
    records: tuple[R, ...] = ()
    rows: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def find_header(table: Table, grid: Grid) -> int | None:
    """The row, among the first ones, that holds the most of the table's headers; None where none holds any."""
    names = {name for declared in table.columns for name in declared.names}
    best, best_count = None, 0
    for row, cells in enumerate(grid[:HEADER_SEARCH_ROWS]):
        found = len({fold(shown(cell)) for cell in cells} & names)
        if found > best_count:
            best, best_count = row, found
    return best


def find_columns(table: Table, header: Sequence[Cell]) -> tuple[dict[str, int], list[tuple[Column, int]]]:
    """Where each field stands, and the columns whose header stands a second time (the first one counts)."""
    by_name = {name: declared for declared in table.columns for name in declared.names}
    places: dict[str, int] = {}
    doubled: list[tuple[Column, int]] = []
    for index, cell in enumerate(header):
        declared = by_name.get(fold(shown(cell)))
        if declared is None:
            continue
        if declared.field in places:
            doubled.append((declared, index))
        else:
            places[declared.field] = index
    return places, doubled


def read_tab(record_type: type[R], title: str, grid: Grid | None) -> TabReading[R]:
    """Read a tab.

    Args:
        record_type: The record that the tab holds.
        title: The title of the tab as it is in the spreadsheet.
        grid: Its cells, unformatted, rows trimmed as Google does; None where the tab is missing.

    Returns:
        The records and problems; a cell that could not be read leaves its field blank and its row whole.
        References still hold what the cell held: `pdn.schema.dataset` resolves them.
    """
    table = record_type.table
    if grid is None:
        missing = Problem(
            tab=title,
            table=table.key,
            message=f"L’onglet « {title} » manque.",
            mend="Redonnez son nom à l’onglet, ou recréez-le avec « python -m pdn provision ».",
        )
        return TabReading(record_type, title, problems=(missing,))
    header_row = find_header(table, grid)
    if header_row is None:
        if any(not is_blank(cell) for cells in grid for cell in cells):
            lost = Problem(
                tab=title,
                table=table.key,
                message=f"La ligne d’en-tête de l’onglet « {title} » est introuvable.",
                mend="Remettez les en-têtes sur la première ligne, ou complétez avec « python -m pdn provision ».",
            )
            return TabReading(record_type, title, problems=(lost,))
        return TabReading(record_type, title)
    places, doubled = find_columns(table, grid[header_row])
    problems = [*_header_problems(table, title, header_row, places, doubled)]
    records: list[R] = []
    rows: dict[str, int] = {}
    found = [(declared, places[declared.field]) for declared in table.columns if declared.field in places]
    for row in range(header_row + 1, len(grid)):
        cells = grid[row]
        if not any(index < len(cells) and _says_something(cells[index]) for _, index in found):
            continue
        values, misreads = _read_row(found, cells)
        record_id, id_problem = _identify(table, values.get("id", ""), row, rows)
        values["id"] = record_id
        rows[record_id] = row
        records.append(record_type(**values))
        if id_problem and "id" in places:
            problems.append(_at(table, title, id_problem, row, places.get("id"), record_id, cells))
        problems += [
            _at(table, title, (declared, misread), row, index, record_id, cells)
            for declared, index, misread in misreads
        ]
    return TabReading(record_type, title, header_row, places, tuple(records), rows, tuple(problems))


def _says_something(cell: Cell) -> bool:
    """Whether the cell makes its row one; tick boxes drawn down to the end of a tab read « FAUX » on every row."""
    return cell is not False and not is_blank(cell)


def _read_row(
    found: Sequence[tuple[Column, int]], cells: Sequence[Cell]
) -> tuple[dict[str, Any], list[tuple[Column, int, Misread]]]:
    values: dict[str, Any] = {}
    misreads: list[tuple[Column, int, Misread]] = []
    for declared, index in found:
        cell = cells[index] if index < len(cells) else None
        value = declared.kind.parse(cell)
        if isinstance(value, Misread):
            misreads.append((declared, index, value))
            value = declared.kind.blank
        elif declared.required and value == declared.kind.blank:
            misreads.append((declared, index, Misread(declared.kind.expected, "Cette colonne est à remplir.")))
        values[declared.field] = value
    return values, misreads


def _identify(table: Table, found: str, row: int, rows: Mapping[str, int]) -> tuple[str, tuple[Column, Misread] | None]:
    """The row's id, or a provisional one where it has none of its own, with the problem to tell."""
    if found and found not in rows:
        return found, None
    reason = (
        Misread("un identifiant unique", f"Il est déjà celui de la ligne {rows[found] + 1}.")
        if found
        else Misread("un identifiant", "La ligne a été ajoutée à la main : l’application lui en donnera un.")
    )
    return f"{PROVISIONAL}{row + 1}", (table.by_field["id"], reason)


def _at(
    table: Table,
    title: str,
    wrong: tuple[Column, Misread],
    row: int,
    index: int | None,
    record_id: str,
    cells: Sequence[Cell],
) -> Problem:
    declared, misread = wrong
    found = shown(cells[index]) if index is not None and index < len(cells) else ""
    what = f"« {found} »" if found else "Cellule vide"
    return Problem(
        tab=title,
        table=table.key,
        row=row,
        column=index,
        header=declared.header,
        field=declared.field,
        record_id=record_id,
        found=found,
        message=f"{declared.header} : {what}. On attendait {misread.expected}.",
        mend=misread.mend,
    )


def _header_problems(
    table: Table,
    title: str,
    header_row: int,
    places: Mapping[str, int],
    doubled: Sequence[tuple[Column, int]],
) -> list[Problem]:
    missing = [
        Problem(
            tab=title,
            table=table.key,
            row=header_row,
            header=declared.header,
            field=declared.field,
            message=f"La colonne « {declared.header} » manque dans l’onglet « {title} ».",
            mend="Remettez l’en-tête, ou complétez avec « python -m pdn provision ».",
        )
        for declared in table.columns
        if declared.field not in places
    ]
    twice = [
        Problem(
            tab=title,
            table=table.key,
            row=header_row,
            column=index,
            header=declared.header,
            field=declared.field,
            message=f"Deux colonnes portent l’en-tête « {declared.header} » : seule la première est lue.",
            mend="Renommez l’une des deux colonnes.",
        )
        for declared, index in doubled
    ]
    return missing + twice
