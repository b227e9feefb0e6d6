"""Keeps the last reading for all sessions: one reader at a time, an old reading served while a new one is made."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pdn.schema import Record
from pdn.sheets.clock import Clock
from pdn.sheets.errors import ErrorKind, SheetsError
from pdn.sheets.snapshot import Snapshot

FIRST_BACK_OFF, LONGEST_BACK_OFF = 5.0, 120.0
UNEXPECTED = "La lecture des feuilles a échoué d’une façon imprévue."
log = logging.getLogger(__name__)
Written = tuple[Sequence[Record], frozenset[tuple[type[Record], str]]]
"""What a commit put in the sheet: records, and the provisional ids that they replace."""


@dataclass
class Keeper:
    """The last reading, and when to make another.

    A thousand viewers cost what one costs: whoever finds the reading too old starts one thread that reads, and is
    served the old one at once. Only the very first reading is waited for.

    Attributes:
        read: Reads everything now.
        clock: Time.
        max_age: Seconds after which a reading is too old.
    """

    read: Callable[[], Snapshot]
    clock: Clock
    max_age: float
    _state: threading.Lock = field(default_factory=threading.Lock)
    _reading: threading.Lock = field(default_factory=threading.Lock)
    _current: Snapshot | None = None
    _read_at: float = 0.0
    _in_background: bool = False
    _attempts: int = 0
    _failed: SheetsError | None = None
    _failures: int = 0
    _not_before: float = 0.0
    _written: list[Written] = field(default_factory=list)

    def snapshot(self) -> Snapshot:
        """The last reading, at once; the first one, read now.

        Raises:
            SheetsError: there is none, and it can't be read.
        """
        with self._state:
            current, attempts = self._current, self._attempts
            now = self.clock.monotonic()
            if current is not None:
                due = now - self._read_at > self.max_age and now >= self._not_before
                if due and not self._in_background:
                    self._in_background = True
                    threading.Thread(target=self._in_the_background, name="pdn-refresh", daemon=True).start()
                return current
            if self._failed is not None and now < self._not_before:
                raise self._failed
        return self._read(unless=lambda: self._current is not None or self._attempts > attempts)

    def refresh(self) -> Snapshot:
        """A reading that began after this call; the last good one, with its error, where it fails.

        Raises:
            SheetsError: it fails and there is no other.
        """
        with self._state:
            # A reading under way may have begun before what the person wants to see.
            after = self._attempts + (1 if self._reading.locked() else 0)
        return self._read(unless=lambda: self._attempts > after)

    def add(self, records: Sequence[Record], replaced: frozenset[tuple[type[Record], str]]) -> Snapshot | None:
        """Put what was just committed in the reading, and in the one that may be under way since before."""
        with self._state:
            if self._reading.locked():
                self._written.append((records, replaced))
            if self._current is not None:
                self._current = _with(self._current, (records, replaced))
            return self._current

    def _in_the_background(self) -> None:
        try:
            self._read(unless=lambda: False)
        except SheetsError as error:
            log.warning("refresh failed: %s", error.detail)
        finally:
            with self._state:
                self._in_background = False

    def _read(self, unless: Callable[[], bool]) -> Snapshot:
        """Read now, or take what somebody else read while we waited for our turn."""
        with self._reading:
            with self._state:
                if unless():
                    return self._settled()
                self._written.clear()
            began = self.clock.monotonic()
            try:
                found, error = self.read(), None
            except SheetsError as failure:
                found, error = None, failure
            except Exception as failure:
                log.exception("refresh failed")
                found, error = None, SheetsError(ErrorKind.REFUSED, UNEXPECTED, detail=repr(failure))
            with self._state:
                self._attempts += 1
                if found is not None:
                    self._succeeded(found, began)
                else:
                    self._fail(error)
                return self._settled()

    def _succeeded(self, found: Snapshot, began: float) -> None:
        for written in self._written:
            found = _with(found, written)
        self._current, self._read_at = found, began
        self._failed, self._failures, self._not_before = None, 0, 0.0

    def _fail(self, error: SheetsError | None) -> None:
        self._failed = error
        wait = min(LONGEST_BACK_OFF, FIRST_BACK_OFF * 2**self._failures)
        self._failures += 1
        self._not_before = self.clock.monotonic() + wait
        if self._current is not None:
            self._current = self._current.with_error(error)

    def _settled(self) -> Snapshot:
        if self._current is not None:
            return self._current
        raise self._failed or SheetsError(ErrorKind.REFUSED, UNEXPECTED)


def _with(snapshot: Snapshot, written: Written) -> Snapshot:
    records, replaced = written
    return snapshot.with_records(records, replaced)
