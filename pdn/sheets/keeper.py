"""Keeps the last reading for all sessions: one reader at a time, an old reading served while a new one is made."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from pdn.schema import Record
from pdn.sheets.clock import Clock
from pdn.sheets.errors import ErrorKind, SheetsError
from pdn.sheets.snapshot import Snapshot

FIRST_BACK_OFF, LONGEST_BACK_OFF = 5.0, 120.0
FIRST_PATIENCE, PATIENCE = 15.0, 3.0
"""Seconds that a person waits for the very first reading, and for one asked for while an older one is on the page."""

LEAST_INTERVAL = 3.0
"""Seconds between two readings that people ask for: 20 a minute at most, 40 of the 60 requests that Google allows."""

VERY_OLD = 300.0
"""Seconds after which a reading is so old that the next one is waited for, a little."""

UNEXPECTED = "La lecture des feuilles a échoué d’une façon imprévue."
SLOW = "Google Sheets met longtemps à répondre. La lecture continue\u00a0: réessayez dans un instant."
log = logging.getLogger(__name__)
Written = tuple[Sequence[Record], frozenset[tuple[type[Record], str]]]
"""What a commit put in the sheet: records, and the provisional ids that they replace."""


class Refreshed(Enum):
    """What came of asking for a reading without waiting for ever."""

    DONE = auto()
    FAILED = auto()
    UNDER_WAY = auto()
    JUST_READ = auto()


@dataclass
class Keeper:
    """The last reading, and when to make another.

    A thousand viewers cost what one costs: whoever finds the reading too old starts one thread that reads, and is
    served the old one at once. Only the very first reading is waited for, and a little the one that follows a long
    time without any.

    Attributes:
        read: Reads everything now.
        clock: Time.
        max_age: Seconds after which a reading is too old.
        note: Told of each reading but the first: the one before, with what was committed since, and the new one.
        first_patience: Seconds that a session waits for the very first reading.
    """

    read: Callable[[], Snapshot]
    clock: Clock
    max_age: float
    note: Callable[[Snapshot, Snapshot], None] = lambda _before, _after: None
    first_patience: float = FIRST_PATIENCE
    _state: threading.Condition = field(default_factory=threading.Condition)
    _current: Snapshot | None = None
    _read_at: float = 0.0
    _began_at: float = float("-inf")
    _attempts: int = 0
    _wanted: int = 0
    _has_reader: bool = False
    _under_way: bool = False
    _failed: SheetsError | None = None
    _failures: int = 0
    _not_before: float = 0.0
    _written: list[Written] = field(default_factory=list)

    def snapshot(self, patience: float | None = None) -> Snapshot:
        """The last reading, at once; the very first one, once it is made.

        Args:
            patience: Seconds that the very first reading may take, for whoever waits; `first_patience` by default.

        Raises:
            SheetsError: there is none, and it can't be read, or not in the time that a person waits.
        """
        with self._state:
            now = self.clock.monotonic()
            if self._current is not None:
                age = now - self._read_at
                if age > self.max_age and now >= self._not_before:
                    self._ask_for(self._attempts + 1)
                if age > VERY_OLD and self._has_reader and self._failed is None:
                    # Whoever comes first in the morning had better see today's data, if Google is quick as usual.
                    self._wait_for(self._attempts + 1, max(0.0, PATIENCE - self._spent()))
                return self._current
            if self._failed is not None and now < self._not_before:
                raise self._failed
            first = self._attempts + 1
            self._ask_for(first)
            given = self.first_patience if patience is None else patience
            if not self._wait_for(first, max(0.0, given - self._spent())):
                raise SheetsError(ErrorKind.NETWORK, SLOW)
            return self._settled()

    def refresh(self, patience: float | None = None) -> Snapshot:
        """A reading that began after this call; the last good one where it fails, or where it takes too long.

        Args:
            patience: Seconds to wait; for as long as it takes where None.

        Raises:
            SheetsError: it fails and there is no other.
        """
        with self._state:
            ours = self._next()
            self._ask_for(ours)
            self._wait_for(ours, patience)
            return self._settled()

    def try_refresh(self, patience: float = PATIENCE) -> Refreshed:
        """Ask for a reading and wait for it a little; it goes on without us.

        Args:
            patience: Seconds to wait.
        """
        with self._state:
            recent = self.clock.monotonic() - self._began_at < LEAST_INTERVAL
            if recent and not self._has_reader:
                return Refreshed.JUST_READ if self._failed is None else Refreshed.FAILED
            # Where Google fails, one more reading after the one that is under way would only fail later.
            ours = self._attempts + 1 if recent or self._failed is not None else self._next()
            self._ask_for(ours)
            if not self._wait_for(ours, patience):
                return Refreshed.UNDER_WAY
            return Refreshed.DONE if self._failed is None else Refreshed.FAILED

    def add(
        self,
        records: Sequence[Record],
        replaced: frozenset[tuple[type[Record], str]],
        told: Callable[[Snapshot, Snapshot], None] = lambda _before, _after: None,
    ) -> Snapshot:
        """Put what was just committed in the reading, and in the one that may be under way since before.

        Args:
            records: The records as they stand.
            replaced: The provisional ids that they had.
            told: Told of the reading without them and with them, before anybody else sees it.
        """
        with self._state:
            if self._under_way:
                self._written.append((records, replaced))
            before = self._settled()
            self._current = _with(before, (records, replaced))
            told(before, self._current)
            return self._current

    def _next(self) -> int:
        """The number of the next reading to begin: one under way may be older than what the person wants to see."""
        return self._attempts + (2 if self._under_way else 1)

    def _spent(self) -> float:
        """How long the reading under way has taken so far: nobody waits again for what another has waited for."""
        return self.clock.monotonic() - self._began_at if self._under_way else 0.0

    def _ask_for(self, number: int) -> None:
        """See to it that readings are made up to this one."""
        self._wanted = max(self._wanted, number)
        if self._has_reader:
            return
        self._has_reader = True
        try:
            threading.Thread(target=self._read_on, name="pdn-refresh", daemon=True).start()
        except RuntimeError as error:  # the machine has no thread left
            self._has_reader = False
            self._attempts = self._wanted
            self._fail(SheetsError(ErrorKind.REFUSED, UNEXPECTED, detail=repr(error)))

    def _wait_for(self, number: int, patience: float | None) -> bool:
        return self._state.wait_for(lambda: self._attempts >= number, patience)

    def _read_on(self) -> None:
        """Read as often as is wanted: what the one reader does."""
        while True:
            with self._state:
                self._written.clear()
                self._under_way = True
                self._began_at = began = self.clock.monotonic()
            found, error = self._try()
            with self._state:
                before = self._current
                if found is not None:
                    found = self._succeed(found, began)
                else:
                    self._fail(error)
            if before is not None and found is not None:
                self._tell(before, found)
            with self._state:
                self._under_way = False
                self._attempts += 1
                # Said in one breath: whoever asks just after must not find a reader about to go, and hire it again.
                self._has_reader = self._attempts < self._wanted
                self._state.notify_all()
                if not self._has_reader:
                    return

    def _try(self) -> tuple[Snapshot | None, SheetsError | None]:
        try:
            return self.read(), None
        except SheetsError as failure:
            log.warning("refresh failed: %s", failure.detail)
            return None, failure
        except Exception as failure:
            log.exception("refresh failed")
            return None, SheetsError(ErrorKind.REFUSED, UNEXPECTED, detail=repr(failure))

    def _tell(self, before: Snapshot, found: Snapshot) -> None:
        try:
            self.note(before, found)
        except Exception:
            log.exception("two readings could not be compared")

    def _succeed(self, found: Snapshot, began: float) -> Snapshot:
        for written in self._written:
            found = _with(found, written)
        self._current, self._read_at = found, began
        self._failed, self._failures, self._not_before = None, 0, 0.0
        return found

    def _fail(self, error: SheetsError | None) -> None:
        self._failed = error
        wait = min(LONGEST_BACK_OFF, FIRST_BACK_OFF * 2**self._failures)
        if error is not None:
            wait = max(wait, min(error.wait, LONGEST_BACK_OFF))
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
