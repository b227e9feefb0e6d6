"""The raw tabs as a partner has them: typed as in Google Sheets, past all care of the application."""

from datetime import date

import pytest

from pdn.domain.journal import JournalEntry
from pdn.domain.structure import Structure
from pdn.schema.cells import serial_of_date
from pdn.sheets import SheetsError
from pdn.sheets.raw import Dimension, RawWorkbook
from pdn.sheets.tab_state import tab_of
from tests.sheets.conftest import Bench

ROWS, COLUMNS = Dimension.ROWS, Dimension.COLUMNS


@pytest.fixture
def raw(bench: Bench) -> RawWorkbook:
    return RawWorkbook(bench.store.books[0])


def tab_named(raw: RawWorkbook, title: str):
    return next(tab for tab in raw.tabs() if tab.title == title)


@pytest.fixture
def tab(bench: Bench, raw: RawWorkbook):
    """The tab Structures with three rows in it."""
    cells = {(row, 1): name for row, name in enumerate(("Bègles", "Ambès", "Cenon"), start=1)}
    cells |= {(row, 0): f"S-{row}" for row in (1, 2, 3)}
    found = tab_named(raw, "Structures")
    raw.write(found, cells)
    bench.forget()
    return found


def shown(raw: RawWorkbook, tab, column: int = 1, **asked: int) -> list[str]:
    rows = [row.cells for row in raw.rows(tab, **asked)]
    return [cells[column].shown if column < len(cells) else "" for cells in rows]


def test_tabs_are_listed_in_the_order_of_the_workbook_with_the_journal(raw: RawWorkbook):
    titles = [tab.title for tab in raw.tabs()]
    assert titles[:3] == ["Mode d’emploi", "Structures", "Promeneurs"]
    assert "Journal" in titles


def test_a_page_of_rows_is_one_request_with_what_is_shown_and_what_was_typed(bench: Bench, raw: RawWorkbook, tab):
    bench.partner.type("Structures", "C2", "=1+1")
    bench.partner.type("Structures", "D2", "=1+1", raw=True)
    bench.forget()
    rows = raw.rows(tab, count=10)
    assert bench.sent() == ["read"]
    assert [row.index for row in rows] == list(range(10))
    two, text = rows[1].cells[2:4]
    assert (two.shown, two.formula, two.number) == ("2", "=1+1", True)
    assert (text.shown, text.formula, text.number) == ("=1+1", "", False)


def test_a_later_page_brings_the_frozen_header_along(raw: RawWorkbook, tab):
    rows = raw.rows(tab, first=2, count=2)
    assert [row.index for row in rows] == [0, 2, 3]
    assert rows[0].cells[0].shown == "Identifiant"
    assert [row.cells[1].shown for row in rows[1:]] == ["Ambès", "Cenon"]


def test_a_page_ends_where_the_tab_ends(raw: RawWorkbook, tab):
    assert [row.index for row in raw.rows(tab, first=tab.rows - 2)] == [0, tab.rows - 2, tab.rows - 1]


def test_what_is_typed_is_understood_as_in_google_sheets(bench: Bench, raw: RawWorkbook, tab):
    raw.write(tab, {(4, 0): "12/03/2019", (4, 1): "=2*21", (4, 2): "0042", (6, 0): "'0042"})
    assert bench.sent() == ["write"]
    cells = bench.partner.cells("Structures")
    assert cells[4][:3] == [serial_of_date(date(2019, 3, 12)), 42, 42]


def test_nothing_typed_empties_the_cell_and_leaves_its_neighbours(raw: RawWorkbook, tab):
    raw.write(tab, {(1, 1): ""})
    assert shown(raw, tab, count=4) == ["Nom", "", "Ambès", "Cenon"]
    assert shown(raw, tab, 0, count=4) == ["Identifiant", "S-1", "S-2", "S-3"]


def test_cells_far_apart_go_in_one_request(bench: Bench, raw: RawWorkbook, tab):
    raw.write(tab, {(1, 1): "a", (1, 2): "b", (3, 1): "c"})
    assert bench.sent() == ["write"]
    assert shown(raw, tab, count=4) == ["Nom", "a", "Ambès", "c"]


def test_writing_nothing_asks_nothing(bench: Bench, raw: RawWorkbook, tab):
    raw.write(tab, {})
    raw.grow(tab)
    assert bench.sent() == []


def test_rows_are_inserted_deleted_and_moved(raw: RawWorkbook, tab):
    raw.insert(tab, ROWS, 2, 2)
    assert shown(raw, tab, count=6) == ["Nom", "Bègles", "", "", "Ambès", "Cenon"]
    raw.delete(tab, ROWS, 2, 4)
    raw.move(tab, ROWS, 3, 4, 1)
    assert shown(raw, tab, count=4) == ["Nom", "Cenon", "Bègles", "Ambès"]


def test_a_row_can_be_inserted_after_the_last(raw: RawWorkbook, tab):
    raw.insert(tab, ROWS, tab.rows)
    assert tab_named(raw, "Structures").rows == tab.rows + 1


def test_columns_are_inserted_deleted_and_moved(bench: Bench, raw: RawWorkbook, tab):
    header = bench.partner.cells("Structures")[0]
    raw.insert(tab, COLUMNS, 0)
    raw.write(tab, {(0, 0): "À nous"})
    raw.move(tab, COLUMNS, 0, 1, 3)
    assert bench.partner.cells("Structures")[0][:4] == [*header[:2], "À nous", header[2]]
    raw.delete(tab, COLUMNS, 2, 3)
    assert bench.partner.cells("Structures")[0] == header


def test_sorting_moves_whole_rows_and_leaves_the_header(raw: RawWorkbook, tab):
    raw.sort(tab, 1)
    assert shown(raw, tab, count=4) == ["Nom", "Ambès", "Bègles", "Cenon"]
    assert shown(raw, tab, 0, count=4) == ["Identifiant", "S-2", "S-1", "S-3"]
    raw.sort(tab, 1, descending=True)
    assert shown(raw, tab, count=5) == ["Nom", "Cenon", "Bègles", "Ambès", ""]


def test_a_tab_grows_by_rows_and_columns_in_one_request(bench: Bench, raw: RawWorkbook, tab):
    raw.grow(tab, rows=100, columns=2)
    assert bench.sent() == ["write"]
    grown = tab_named(raw, "Structures")
    assert (grown.rows, grown.columns) == (tab.rows + 100, tab.columns + 2)


def test_a_tab_is_renamed_and_a_title_that_is_taken_refused(raw: RawWorkbook, tab):
    raw.rename(tab, "Nos structures")
    renamed = tab_named(raw, "Nos structures")
    assert renamed.sheet_id == tab.sheet_id
    with pytest.raises(SheetsError):
        raw.rename(renamed, "Promeneurs")


def test_a_title_with_quotes_is_addressed_all_the_same(raw: RawWorkbook, tab):
    raw.rename(tab, "L'annuaire d'ici")
    renamed = tab_named(raw, "L'annuaire d'ici")
    raw.write(renamed, {(1, 1): "Lormont"})
    assert shown(raw, renamed, count=2) == ["Nom", "Lormont"]


def test_the_application_knows_nothing_of_it_before_it_reads_again_and_writes_no_journal(bench: Bench, raw, tab):
    before = bench.store.snapshot()
    raw.write(tab, {(1, 1): "Lormont"})
    assert bench.store.snapshot() is before
    names = {found.name for found in bench.store.refresh().data.all(Structure)}
    assert {"Lormont", "Ambès", "Cenon"} <= names
    journal = tab_of(JournalEntry, bench.store.books[0].metadata()).title
    assert len(bench.partner.cells(journal)) == 1
