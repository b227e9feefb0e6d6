"""The journal of a spreadsheet, read when somebody wants to see it and kept for a while."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from pdn.domain.journal import JournalEntry
from pdn.schema import read_tab
from pdn.sheets.book import Book, quoted
from pdn.sheets.clock import Clock
from pdn.sheets.errors import SheetsError
from pdn.sheets.tab_state import tab_of

PATIENCE, BACK_OFF = 12.0, 15.0


@dataclass
class JournalReader:
    """Reads a journal: one request, none while what was read is young; what is saved meanwhile is added to it.

    Somebody waits for it, and others behind: a reading ends after `PATIENCE` seconds, and one that failed is not tried
    again for `BACK_OFF` seconds.

    Attributes:
        book: The spreadsheet.
        clock: Time.
        max_age: Seconds during which a reading serves.
    """

    book: Book
    clock: Clock
    max_age: float
    _reading: threading.Lock = field(default_factory=threading.Lock)
    _state: threading.Lock = field(default_factory=threading.Lock)
    _entries: tuple[JournalEntry, ...] = ()
    _lately: list[JournalEntry] = field(default_factory=list)
    _read_at: float | None = None
    _failed: SheetsError | None = None
    _not_before: float = 0.0

    def entries(self, *, afresh: bool = False) -> tuple[JournalEntry, ...]:
        """Its entries, oldest first.

        Args:
            afresh: Whether to read it now, however young the last reading is.

        Raises:
            SheetsError: it can't be read.
        """
        with self._reading:
            now = self.clock.monotonic()
            if self._failed is not None and now < self._not_before and not afresh:
                raise self._failed
            if afresh or self._read_at is None or now - self._read_at > self.max_age:
                with self._state:
                    self._lately.clear()
                try:
                    found = self._read()
                except SheetsError as error:
                    self._failed, self._not_before = error, self.clock.monotonic() + BACK_OFF
                    raise
                self._failed = None
                with self._state:
                    self._entries, self._read_at = _with(found, self._lately), now
            return self._entries

    def add(self, entries: Sequence[JournalEntry]) -> None:
        """What was just written in it; a reading that is under way may have begun before."""
        with self._state:
            self._lately += entries
            self._entries = _with(self._entries, entries)

    def _read(self) -> tuple[JournalEntry, ...]:
        with self.book.client.within(PATIENCE):
            tab = tab_of(JournalEntry, self.book.metadata())
            (grid,) = self.book.values([quoted(tab.title)], "UNFORMATTED_VALUE")
        return read_tab(JournalEntry, tab.title, grid).records


def _with(entries: tuple[JournalEntry, ...], more: Sequence[JournalEntry]) -> tuple[JournalEntry, ...]:
    known = {one.id for one in entries}
    return entries + tuple(one for one in more if one.id not in known)
