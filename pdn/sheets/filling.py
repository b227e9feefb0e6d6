"""Writes many records at once, as the demonstration and imports need: one request per workbook."""

import dataclasses
from collections.abc import Mapping, Sequence

from pdn.domain.journal import JournalEntry
from pdn.french import NBSP, count
from pdn.schema import Record, labelled
from pdn.sheets.book import Book
from pdn.sheets.cells import CellWrite, append_request, cell_data, same_value, update_requests
from pdn.sheets.fresh import read_tabs
from pdn.sheets.journal import Action, mint_commit, row_of, sign
from pdn.sheets.merge import new_row
from pdn.sheets.references import References
from pdn.sheets.store import Store
from pdn.sheets.tab_state import TabState


def fill(store: Store, records: Sequence[Record], *, author: str) -> int:
    """Add records that have their ids, with their labels; the journal gets one entry per tab.

    A record whose id is in the sheet (the settings, which provisioning writes) gets its cells filled in place.

    Args:
        store: Where to.
        records: Whole records; references between them are written as labels.
        author: Who signs the journal's entries.

    Returns:
        How many were written.

    Raises:
        SheetsError: the sheets can't be read or written.
    """
    done = 0
    ready = [labelled(record) for record in records]
    references = References(store.snapshot().data, {type(record) for record in ready})
    for record in ready:
        references.add(record)
    for book in store.books:
        ours = [record for record in ready if type(record) in book.record_types]
        if ours:
            done += _fill_book(store, book, ours, references, author)
    store.refresh()
    return done


def _fill_book(store: Store, book: Book, records: Sequence[Record], references: References, author: str) -> int:
    by_type: dict[type[Record], list[Record]] = {}
    for record in records:
        by_type.setdefault(type(record), []).append(record)
    with book.lock:
        tabs = read_tabs(book, tuple(by_type))
        requests, entries, done = [], [], 0
        for record_type, group in by_type.items():
            state = tabs.states[record_type]
            cells = [(record.id, new_row(record, state.columns, references)) for record in group]
            requests += update_requests(
                state.tab.sheet_id,
                [write for record_id, row in cells for write in _changed(record_id, row, state)],
            )
            new = [row for record_id, row in cells if record_id not in state.rows]
            if new:
                rows = [{c: cell_data(write.value, write.format) for c, write in row.items()} for row in new]
                requests.append(append_request(state.tab.sheet_id, rows))
            entries.append(_entry(record_type, len(group)))
            done += len(group)
        if requests:
            signed = sign(entries, mint_commit(store.clock, tabs.zone), author, store.clock.wall(tabs.zone))
            signed_rows = [row_of(one, tabs.journal_columns) for one in signed]
            book.batch_update([*requests, append_request(tabs.journal.sheet_id, signed_rows)])
    return done


def _changed(record_id: str, row: Mapping[int, CellWrite], state: TabState) -> list[CellWrite]:
    """The cells that differ, of a record whose row stands there."""
    place = state.rows.get(record_id)
    if place is None:
        return []
    return [
        dataclasses.replace(write, row=place, old=state.raw(place, column))
        for column, write in row.items()
        if write.value is not None and not same_value(write.value, state.raw(place, column))
    ]


def _entry(record_type: type[Record], added: int) -> JournalEntry:
    table = record_type.table
    return JournalEntry(
        action=Action.ADDED,
        tab=table.tab,
        record_title=f"En une fois{NBSP}: {count(added, table.singular, table.plural)}",
    )
