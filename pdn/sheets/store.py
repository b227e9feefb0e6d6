"""The shared sheets as pages see them: a reading that is always there, and commits."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pdn.domain.journal import JournalEntry
from pdn.domain.workbooks import WORKBOOKS
from pdn.schema import Dataset, Record, Workbook, read_tab
from pdn.schema.ids import is_provisional
from pdn.sheets.book import Book, quoted
from pdn.sheets.change import Change, Committed, Conflicted, Outcome
from pdn.sheets.client import RequestCounter
from pdn.sheets.clock import Clock
from pdn.sheets.commit import Committer
from pdn.sheets.connection import Connection, connect
from pdn.sheets.keeper import Keeper
from pdn.sheets.provisioning import provision_book
from pdn.sheets.snapshot import Place, Snapshot
from pdn.sheets.tab_state import tab_of

MAX_AGE = 30.0


class Store:
    """Both workbooks, wherever they are.

    Args:
        connection: The way to the spreadsheets.
        workbooks: What they hold.
        clock: Time.
        max_age: Seconds after which a reading is too old and another is made.
    """

    def __init__(
        self, connection: Connection, workbooks: tuple[Workbook, ...], clock: Clock, max_age: float = MAX_AGE
    ) -> None:
        self.connection = connection
        self.clock = clock
        by_key: dict[str, list[Workbook]] = {}
        for workbook in workbooks:
            by_key.setdefault(connection.keys[workbook.key], []).append(workbook)
        self.books = tuple(Book(key, tuple(held), connection.client) for key, held in by_key.items())
        self.workbooks = workbooks
        self.record_types = tuple(record_type for workbook in workbooks for record_type in workbook.records)
        self._committers = {book.key: Committer(book, self.record_types, clock) for book in self.books}
        self._keeper = Keeper(self._read, clock, max_age)

    @property
    def embedded(self) -> bool:
        """Whether the data is in a file beside the application."""
        return self.connection.emulator is not None

    def close(self) -> None:
        """Close the embedded file; nothing where the data is elsewhere."""
        if self.connection.emulator is not None:
            self.connection.emulator.close()

    @property
    def location(self) -> str:
        """Where the data is, as a French phrase."""
        return self.connection.location

    @property
    def requests(self) -> RequestCounter:
        """How many requests were sent in the last minute."""
        return self.connection.counter

    def book_of(self, record_type: type[Record]) -> Book:
        """The spreadsheet that holds a record's tab.

        Raises:
            KeyError: none does.
        """
        for book in self.books:
            if record_type in book.record_types:
                return book
        raise KeyError(record_type.__name__)

    def snapshot(self) -> Snapshot:
        """The last reading, without a request; only the first one ever is waited for.

        Raises:
            SheetsError: there is none, and it can't be read.
        """
        return self._keeper.snapshot()

    def refresh(self) -> Snapshot:
        """A reading made now; where it fails, the last good one with its error.

        Raises:
            SheetsError: it fails and there is no other.
        """
        return self._keeper.refresh()

    def commit(self, changes: Sequence[Change], *, author: str) -> Outcome:
        """Make these changes, all or none, with their journal (DESIGN §5).

        Args:
            changes: Records to add or to change, all in one workbook.
            author: Who makes them, for the journal.

        Returns:
            `Committed`, or `Conflicted` with nothing written.

        Raises:
            SheetsError: nothing was written, or nobody knows yet: doing it again writes nothing twice.
            ValueError: the changes are of two workbooks, which no request can change together.
        """
        before = self.snapshot()
        books = {self.book_of(type(change.after)).key for change in changes}
        if not books:
            return Committed("", before, ())
        if len(books) > 1:
            raise ValueError("a commit is of one workbook: two can't be changed in one request")
        outcome = self._committers[books.pop()].commit(changes, before.data, author)
        if isinstance(outcome, Conflicted):
            return outcome
        snapshot = self._keeper.add(outcome.records, outcome.replaced) or before
        return Committed(outcome.commit_id, snapshot, outcome.records)

    def mint_missing_ids(self, record_types: Iterable[type[Record]], *, author: str) -> tuple[Committed, ...]:
        """Give an id and a label to every row that partners typed without: one commit per workbook that has some.

        Raises:
            SheetsError: as `commit`.
        """
        data = self.snapshot().data
        done = []
        wanted = set(record_types)
        for book in self.books:
            changes = [
                Change(record, before=record)
                for record_type in book.record_types
                if record_type in wanted
                for record in data.all(record_type)
                if is_provisional(record.id)
            ]
            if changes:
                outcome = self.commit(changes, author=author)
                if isinstance(outcome, Committed):
                    done.append(outcome)
        return tuple(done)

    def journal(self, record_type: type[Record]) -> tuple[JournalEntry, ...]:
        """The journal of the workbook that holds a record's tab, oldest entry first: one request.

        Raises:
            SheetsError: it can't be read.
        """
        book = self.book_of(record_type)
        tab = tab_of(JournalEntry, book.metadata())
        grid = book.values([quoted(tab.title)], "UNFORMATTED_VALUE")[0]
        return read_tab(JournalEntry, tab.title, grid).records

    def _read(self) -> Snapshot:
        began: datetime = self.clock.now()
        readings = [reading for book in self.books for reading in book.read()]
        return Snapshot(Dataset(readings), began, places=self._places() if self.connection.links else {})

    def _places(self) -> dict[str, Place]:
        places = {}
        for book in self.books:
            for record_type in book.record_types:
                tab = book.metadata().find(record_type.table.tab)
                places[record_type.table.key] = Place(book.key, tab.sheet_id if tab else None)
        return places


def open_store(
    secrets: Mapping[str, Any],
    *,
    data_dir: Path,
    environ: Mapping[str, str] = os.environ,
    workbooks: tuple[Workbook, ...] = WORKBOOKS,
    clock: Clock | None = None,
    max_age: float = MAX_AGE,
) -> Store:
    """The store that the secrets and the environment ask for; an embedded one is provisioned when it is made.

    Args:
        secrets: `[connections.gsheets]` with the service account's keys, `spreadsheet` and `spreadsheet_pilotage`.
        data_dir: Where the embedded file lives.
        environ: `SHEETS_EMULATOR_HOST` names an emulator over HTTP.
        workbooks: What the spreadsheets hold.
        clock: Time; the real one by default.
        max_age: Seconds after which a reading is too old.

    Raises:
        SheetsError: the secrets lack something.
    """
    watch = clock or Clock()
    connection = connect(secrets, workbooks, data_dir=data_dir, environ=environ, clock=watch)
    store = Store(connection, workbooks, watch, max_age)
    for book in store.books:
        if book.key in connection.created:
            provision_book(book)
    return store
