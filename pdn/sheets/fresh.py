"""The first step of a commit: the tabs to be touched as they stand now, and where the Journal's columns are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pdn.domain.journal import JournalEntry
from pdn.schema import Cell, Record
from pdn.schema.cells import shown
from pdn.sheets.book import Book, Grid, Tab, quoted
from pdn.sheets.errors import SheetsError, is_about_ranges
from pdn.sheets.tab_state import Overwritten, TabState, looks_like_formula, tab_of, tab_state

HEADER_RANGE = "1:10"
"""The Journal grows without end: its header is all that is read of it."""


@dataclass(frozen=True)
class FreshTabs:
    """What a commit begins with.

    Attributes:
        states: The tabs, by record type.
        journal: The Journal's tab.
        journal_columns: Where its fields stand.
        commit_ids: The codes of all commits in it, where they were asked for.
        zone: The spreadsheet's time zone.
    """

    states: Mapping[type[Record], TabState]
    journal: Tab
    journal_columns: Mapping[str, int]
    commit_ids: frozenset[str]
    zone: str


def read_tabs(
    book: Book,
    types: Sequence[type[Record]],
    commit_range: str = "",
    *,
    afresh: bool = False,
    written: Mapping[int, Overwritten] = MappingProxyType({}),
) -> FreshTabs:
    """Read these tabs in one request, and one or two more where a tab was renamed.

    Args:
        book: The spreadsheet.
        types: The records whose tabs are read, whole and with their formulas.
        commit_range: Where the Journal's commit codes stand, to know whether one landed; empty to leave them.
        afresh: Whether to read the spreadsheet's list of tabs again first.
        written: What may have been written in headers by mistake, by sheet id.

    Raises:
        SheetsError: a tab or its header is missing, or the sheets can't be read.
    """
    wanted: tuple[type[Record], ...] = (*types, JournalEntry)
    metadata = book.metadata(afresh=afresh)
    if any(metadata.find(record_type.table.tab) is None for record_type in wanted):
        metadata = book.metadata(afresh=True)
    try:
        return _read(book, types, commit_range, written)
    except SheetsError as error:
        if not is_about_ranges(error.detail):
            raise
    book.metadata(afresh=True)
    return _read(book, types, commit_range, written)


def _read(
    book: Book, types: Sequence[type[Record]], commit_range: str, written: Mapping[int, Overwritten]
) -> FreshTabs:
    metadata = book.metadata()
    tabs = [tab_of(record_type, metadata) for record_type in types]
    journal = tab_of(JournalEntry, metadata)
    ranges = [quoted(tab.title) for tab in tabs]
    ranges.append(f"{quoted(journal.title)}!{HEADER_RANGE}")
    if commit_range:
        ranges.append(commit_range)
    grids = book.values(ranges, "FORMULA")
    journal_state = tab_state(JournalEntry, journal, grids[len(tabs)])
    for field in ("commit_id", "record_id", "field", "before", "after"):
        journal_state.column(field)
    found = grids[len(tabs) + 1] if commit_range else []
    texts = _texts(book, tabs, grids)
    return FreshTabs(
        {
            record_type: tab_state(
                record_type, tab, grid, written.get(tab.sheet_id), texts.get(tab.sheet_id, frozenset())
            )
            for record_type, tab, grid in zip(types, tabs, grids, strict=False)
        },
        journal,
        journal_state.columns,
        frozenset(shown(cell).strip() for row in found for cell in row),
        metadata.zone,
    )


def _texts(book: Book, tabs: Sequence[Tab], grids: Sequence[Grid]) -> dict[int, frozenset[tuple[int, int]]]:
    """The cells of each tab, by sheet id, that look like a formula and are a text.

    Whoever asks for formulas gets a text as it is: « =1+1 » is either. What cells give tells them apart, for no formula
    gives itself; it takes another request, where there are any. Rows and columns may have moved in between: where all
    cells that hold such a text give it, it does not matter which is which.
    """
    typed = [(tab, _formulas(grid)) for tab, grid in zip(tabs, grids, strict=False)]
    doubtful = [(tab, cells) for tab, cells in typed if cells]
    found: dict[int, frozenset[tuple[int, int]]] = {}
    given = book.values([quoted(tab.title) for tab, _ in doubtful], "UNFORMATTED_VALUE")
    for (tab, cells), grid in zip(doubtful, given, strict=True):
        texts = _formulas(grid)
        many, few = Counter(texts.values()), Counter(cells.values())
        found[tab.sheet_id] = frozenset(
            place for place, text in cells.items() if many[text] >= few[text] or texts.get(place) == text
        )
    return found


def _formulas(grid: Grid) -> dict[tuple[int, int], Cell]:
    """What looks like a formula, by row and column."""
    return {
        (number, column): cell
        for number, row in enumerate(grid)
        for column, cell in enumerate(row)
        if looks_like_formula(cell)
    }
