"""The shared sheets as pages see them: a reading that is always there, and commits."""

import dataclasses
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from pdn.domain.journal import JournalEntry
from pdn.domain.workbooks import WORKBOOKS
from pdn.schema import Dataset, Problem, Record, Workbook
from pdn.sheets.book import Book
from pdn.sheets.change import Change, Committed, Conflicted, Outcome, Refused, Renaming
from pdn.sheets.client import RequestCounter
from pdn.sheets.clock import Clock
from pdn.sheets.commit import Committer
from pdn.sheets.connection import Connection, connect
from pdn.sheets.edits import EditLog, Own, SheetEdit
from pdn.sheets.journal import Action
from pdn.sheets.journal_reader import JournalReader
from pdn.sheets.keeper import FIRST_PATIENCE, PATIENCE, Keeper, Refreshed
from pdn.sheets.mending import mends
from pdn.sheets.provisioning import provision, provision_book
from pdn.sheets.references import References
from pdn.sheets.snapshot import Place, Snapshot
from pdn.sheets.undo import undoing

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
        self._journals = {book.key: JournalReader(book, clock, max_age) for book in self.books}
        self._committers = {
            book.key: Committer(book, self.record_types, clock, self._journals[book.key]) for book in self.books
        }
        self._edits = EditLog()
        self._keeper = Keeper(self._read, clock, max_age, self._edits.note)

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

    def snapshot(self, patience: float | None = None) -> Snapshot:
        """The last reading, without a request; only the first one ever is waited for, fifteen seconds at most.

        Args:
            patience: Seconds to wait for the first one instead.

        Raises:
            SheetsError: there is none, and it can't be read, or not yet.
        """
        return self._keeper.snapshot(patience)

    def refresh(self) -> Snapshot:
        """A reading made now; where it fails, the last good one with its error.

        Raises:
            SheetsError: it fails and there is no other.
        """
        return self._keeper.refresh()

    def try_refresh(self) -> Refreshed:
        """Ask for a reading now and wait for it three seconds at most: it goes on without us."""
        return self._keeper.try_refresh()

    @property
    def sheet_edits(self) -> tuple[SheetEdit, ...]:
        """What was changed directly in the sheets since the process started, oldest first, the last thousand."""
        return self._edits.edits

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
        books = {self.book_of(type(change.after)).key for change in changes}
        if not books:
            return Committed("", self.snapshot(), ())
        if len(books) > 1:
            raise ValueError("a commit is of one workbook: two can't be changed in one request")
        return self._commit(books.pop(), changes, author)

    def mend(self, problems: Iterable[Problem], *, author: str) -> tuple[Outcome, ...]:
        """Mend the problems that have one mend (see `can_mend`): one commit per workbook that has some.

        Raises:
            SheetsError: as `commit`; what was done in another workbook before stands.
        """
        wanted = tuple(problems)
        done = []
        for book in self.books:
            changes, renamings = mends(wanted, self.snapshot().data, book.record_types)
            if changes or renamings:
                done.append(self._commit(book.key, changes, author, renamings=renamings))
        return tuple(done)

    def complete(self) -> None:
        """Add the tabs and columns that are missing, without touching what is there, and read again.

        Raises:
            SheetsError: a spreadsheet can't be read or written.
        """
        provision(self)
        self._keeper.refresh(FIRST_PATIENCE)

    def undo(self, commit_id: str, *, author: str, entry_ids: Collection[str] | None = None) -> Committed | Refused:
        """Undo a commit, or some of its entries: all that is asked for, or nothing (DESIGN §5).

        Args:
            commit_id: The commit's code.
            author: Who undoes it, for the journal.
            entry_ids: The entries to undo; all of the commit's where None.

        Returns:
            `Refused` with the reason of each entry that somebody has worked on since, or that can't be undone.

        Raises:
            SheetsError: as `commit`, or the journal can't be read.
            KeyError: no journal has such entries.
        """
        for book in self.books:
            entries = [
                one
                for one in self._journals[book.key].entries(afresh=True)
                if one.commit_id == commit_id and (entry_ids is None or one.id in entry_ids)
            ]
            if entries:
                return self._undo(book, entries, author)
        raise KeyError(commit_id)

    def journal(self, record_type: type[Record] | None = None, *, afresh: bool = False) -> tuple[JournalEntry, ...]:
        """The journal of the workbook that holds a record's tab, or of all of them, oldest entry first.

        It costs a request per workbook, none while the last reading is young, or has just failed.

        Args:
            record_type: The record; all workbooks' journals where None.
            afresh: Whether to read it now all the same: somebody asks to try again.

        Raises:
            SheetsError: it can't be read.
        """
        books = self.books if record_type is None else (self.book_of(record_type),)
        found = [one for book in books for one in self._journals[book.key].entries(afresh=afresh)]
        return tuple(sorted(found, key=lambda one: one.made_at.isoformat() if one.made_at else ""))

    def _commit(
        self,
        key: str,
        changes: Sequence[Change],
        author: str,
        *,
        renamings: Sequence[Renaming] = (),
        action: Action | None = None,
    ) -> Outcome:
        data, seen = self.snapshot().data, self._edits.count
        outcome = self._committers[key].commit(changes, data, author, renamings=renamings, action=action)
        if isinstance(outcome, Conflicted):
            return outcome
        named = {(record_type, data.title(record_type, known)) for record_type, known in outcome.replaced}
        own = Own(outcome.records, outcome.entries, named, self.clock.now(), seen)
        snapshot = self._keeper.add(outcome.records, outcome.replaced, partial(self._edits.add_commit, own))
        if renamings:
            # Columns that were not found are now: their cells are still to be read.
            snapshot = self._keeper.refresh(PATIENCE)
        return Committed(outcome.commit_id, snapshot, outcome.records)

    def _undo(self, book: Book, entries: Sequence[JournalEntry], author: str) -> Committed | Refused:
        data = self.snapshot().data
        references = References(data, self.record_types)
        today = self.clock.wall(book.metadata().zone).date()
        made = undoing(entries, data, book.record_types, references, today)
        if made.refusals:
            return Refused(tuple(made.refusals))
        outcome = self._commit(book.key, made.changes, author, renamings=made.renamings, action=Action.UNDONE)
        if isinstance(outcome, Conflicted):
            return Refused(made.refused(outcome.conflicts))
        if made.formulas:
            return dataclasses.replace(outcome, snapshot=self._keeper.refresh(PATIENCE))
        return outcome

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
