"""Which column of a file is which field: by its header, by what resembles it, and what a person corrects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pdn.domain.settings import Parameter
from pdn.domain.workbooks import RECORD_TYPES
from pdn.french import fold
from pdn.imports.file import ImportFile
from pdn.schema import Cell, Column, Record
from pdn.schema.cells import is_blank, shown
from pdn.schema.kinds import Label, Reference
from pdn.schema.likeness import suggest
from pdn.schema.reading import HEADER_SEARCH_ROWS, find_columns

TABLES: tuple[type[Record], ...] = tuple(record_type for record_type in RECORD_TYPES if record_type is not Parameter)
"""What can be imported; settings are not a list."""

INSTEAD: Mapping[str, tuple[str, ...]] = {"promeneur": ("prenom", "nom")}
"""Headers that name a record together where no column does so alone, by the table that a reference leads to."""

BESIDE: Mapping[str, tuple[str, ...]] = {"session": ("date",)}
"""Headers that tell records of one name apart, and are of use beside the name or alone."""

SURE, LIKELY = 1.0, 0.7
MISSING = -0.3
NAMED = 1.5
OWN_IDS = 3.0
"""What speaks for a table: headers found, the ones that it needs, the name of the sheet, ids that begin as its own."""


@dataclass(frozen=True)
class Layout:
    """How a sheet of a file is to be read.

    Attributes:
        record_type: What each of its rows is.
        header_row: The row of its headers, counted from 0.
        fields: The field of each column that is imported, by the column's place counted from 0.
    """

    record_type: type[Record]
    header_row: int
    fields: Mapping[int, str]


def importable(record_type: type[Record]) -> tuple[Column, ...]:
    """The columns that a file may fill: all but the label, which the app writes."""
    return tuple(column for column in record_type.table.columns if not isinstance(column.kind, Label))


def may_be_joined(record_type: type[Record], field: str) -> bool:
    """Whether several columns of a file may go into one field: a record named by its first and last name."""
    return isinstance(record_type.table.by_field[field].kind, Reference)


def doubled(layout: Layout) -> tuple[Column, ...]:
    """The fields that more than one column of the file goes into, where only one may."""
    chosen = list(layout.fields.values())
    return tuple(
        column
        for column in layout.record_type.table.columns
        if chosen.count(column.field) > 1 and not may_be_joined(layout.record_type, column.field)
    )


def lacking(layout: Layout) -> tuple[Column, ...]:
    """The fields that a new record needs and that no column of the file fills."""
    chosen = set(layout.fields.values())
    return tuple(column for column in importable(layout.record_type) if column.required and column.field not in chosen)


def guess_fields(record_type: type[Record], header: Sequence[Cell]) -> dict[int, str]:
    """The field of each column, by the declared headers, their other names, and what resembles them."""
    return {place: field for place, (field, _) in _guess(record_type, header).items()}


def guess_layout(record_type: type[Record], grid: Sequence[Sequence[Cell]]) -> Layout:
    """The header row of a table and its columns; the first row that holds something where no header is known."""
    filled = [row for row, cells in enumerate(grid[:HEADER_SEARCH_ROWS]) if any(not is_blank(cell) for cell in cells)]
    known = {row: len(find_columns(record_type.table, grid[row])[0]) for row in filled}
    best = max(filled, key=lambda row: (known[row], -row), default=0)
    if filled and not known[best]:
        best = max(filled, key=lambda row: (_weight(record_type, grid[row]), -row))
    return Layout(record_type, best, guess_fields(record_type, grid[best] if filled else ()))


def guess_table(file: ImportFile) -> tuple[int, Layout]:
    """The sheet of a file that is most surely one of our tables (its place), and how to read it."""
    layouts = [
        (place, guess_layout(record_type, sheet.grid))
        for place, sheet in enumerate(file.sheets)
        for record_type in TABLES
    ]
    return max(layouts, key=lambda found: _likelihood(file, *found))


def _likelihood(file: ImportFile, place: int, layout: Layout) -> float:
    sheet, table = file.sheets[place], layout.record_type.table
    weight = _weight(layout.record_type, sheet.grid[layout.header_row])
    weight += MISSING * len(lacking(layout))
    names = {fold(table.tab), fold(table.plural), fold(table.singular)}
    if any(name in fold(f"{sheet.title} {file.name}") for name in names):
        weight += NAMED
    ids = [place for place, field in layout.fields.items() if field == "id"]
    for row in sheet.grid[layout.header_row + 1 :][:HEADER_SEARCH_ROWS]:
        if ids and ids[0] < len(row) and shown(row[ids[0]]).startswith(f"{table.prefix}-"):
            return weight + OWN_IDS
    return weight


def _weight(record_type: type[Record], header: Sequence[Cell]) -> float:
    return sum(sure for _, sure in _guess(record_type, header).values())


def _guess(record_type: type[Record], header: Sequence[Cell]) -> dict[int, tuple[str, float]]:
    """The field of each column and how sure it is."""
    table = record_type.table
    fields = {column.field for column in importable(record_type)}
    places, _ = find_columns(table, header)
    found = {place: (field, SURE) for field, place in places.items() if field in fields}
    unknown = {
        place: shown(cell) for place, cell in enumerate(header) if not is_blank(cell) and place not in places.values()
    }
    for column in table.references:
        assert isinstance(column.kind, Reference)  # noqa: S101 - what `references` means
        instead = () if column.field in places else INSTEAD.get(column.kind.target, ())
        parts = (*BESIDE.get(column.kind.target, ()), *instead)
        for place in [place for place, name in unknown.items() if fold(name) in parts]:
            found[place] = (column.field, LIKELY)
            del unknown[place]
    named = {field for field, _ in found.values()}
    missing = [column for column in importable(record_type) if column.field not in named]
    found |= {place: (field, LIKELY) for field, place in suggest(table, missing, unknown).items()}
    return dict(sorted(found.items()))
