"""The first step of a commit: the tabs to be touched as they stand now, and where the Journal's columns are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pdn.domain.journal import JournalEntry
from pdn.schema import Cell, Record
from pdn.schema.cells import shown
from pdn.sheets.book import Book, Tab, quoted
from pdn.sheets.errors import SheetsError, is_about_ranges
from pdn.sheets.tab_state import TabState, tab_of, tab_state

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
    written: Mapping[int, Mapping[Cell, Cell]] = MappingProxyType({}),
) -> FreshTabs:
    """Read these tabs in one request, and one or two more where a tab was renamed.

    Args:
        book: The spreadsheet.
        types: The records whose tabs are read, whole and with their formulas.
        commit_range: Where the Journal's commit codes stand, to know whether one landed; empty to leave them.
        afresh: Whether to read the spreadsheet's list of tabs again first.
        written: What was written in headers by mistake and what stood there, by sheet id.

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
    book: Book, types: Sequence[type[Record]], commit_range: str, written: Mapping[int, Mapping[Cell, Cell]]
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
    return FreshTabs(
        {
            record_type: tab_state(record_type, tab, grid, written.get(tab.sheet_id, {}))
            for record_type, tab, grid in zip(types, tabs, grids, strict=False)
        },
        journal,
        journal_state.columns,
        frozenset(shown(cell).strip() for row in found for cell in row),
        metadata.zone,
    )
