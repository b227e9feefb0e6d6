"""The emulator: a request in, Google's answer out, every answered write on disk."""

from __future__ import annotations

import re
import secrets
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pdn.emulator.api import answer, kind_of
from pdn.emulator.calc import recalculate
from pdn.emulator.errors import ApiError, Json, forbidden, not_found
from pdn.emulator.faults import Fault, Faults, Kind, quota_error
from pdn.emulator.model import Workbook
from pdn.emulator.protocol import Request, Response, json_response
from pdn.emulator.spreadsheets import new_workbook
from pdn.emulator.store import Store

_LOG_LENGTH = 10_000
_KEY = re.compile(r"[A-Za-z0-9_-]+")


class ConnectionDropped(Exception):  # noqa: N818 - what happens, not what is wrong with the emulator
    """The connection breaks instead of giving an answer; a door turns it into what its client would see.

    Args:
        response: what it breaks in the middle of; None where it breaks before the answer begins.
    """

    def __init__(self, response: Response | None = None) -> None:
        super().__init__()
        self.response = response


class Logged(NamedTuple):
    """One request that was answered, or dropped (status 0)."""

    method: str
    path: str
    kind: Kind
    status: int


class Emulator:
    """A Google Sheets of one's own, in one SQLite file.

    Safe to share between threads: one request is answered at a time.

    Args:
        path: the file, made if it is not there; `:memory:` for one that is forgotten.

    Attributes:
        faults: what it is told to do wrong.
        log: what it was asked, in order; the last ten thousand requests.
    """

    def __init__(self, path: str | Path) -> None:
        self._store = Store(path)
        self._lock = threading.RLock()
        self.faults = Faults()
        self.log: deque[Logged] = deque(maxlen=_LOG_LENGTH)

    def close(self) -> None:
        """Close the file; answered requests are on disk already."""
        with self._lock:
            self._store.close()

    def handle(self, request: Request) -> Response:
        """Answer a request.

        Raises:
            ConnectionDropped: a fault says so.
        """
        kind = kind_of(request)
        fault = self.faults.take(kind) or Fault()
        delay = self.faults.latency + fault.delay
        if fault.drop == "before":
            self._note(request, kind, 0)
            raise ConnectionDropped
        response = fault.response(kind)
        if response is None and self.faults.over_quota(kind):
            response = json_response(429, quota_error(kind).body())
        if response is None:
            response = fault.spoiled(self._answer(request))
        if delay:
            time.sleep(delay)
        if fault.drop in {"during", "after"}:
            self._note(request, kind, 0)
            raise ConnectionDropped(response if fault.drop == "during" else None)
        self._note(request, kind, response.status)
        return response

    def _note(self, request: Request, kind: Kind, status: int) -> None:
        self.log.append(Logged(request.method, request.path, kind, status))

    def _answer(self, request: Request) -> Response:
        try:
            with self._lock:
                return answer(self, request)
        except ApiError as error:
            return json_response(error.code, error.body())
        except sqlite3.Error as error:
            return json_response(500, ApiError(500, f"Internal error encountered. ({error})").body())

    def create_spreadsheet(
        self, title: str, key: str | None = None, locale: str = "fr_FR", time_zone: str = "Europe/Paris"
    ) -> str:
        """Make a spreadsheet with one empty tab.

        Args:
            title: of the file.
            key: its id; a random one if None.
            locale: as `fr_FR`.
            time_zone: as `Europe/Paris`.

        Returns:
            its id.

        Raises:
            ValueError: the key is taken, or has other characters than letters, digits, `-` and `_`.
        """
        if key is not None and not _KEY.fullmatch(key):
            raise ValueError(f"not a spreadsheet id: {key!r}")
        with self._lock:
            if key is not None and self.has_spreadsheet(key):
                raise ValueError(f"a spreadsheet has this id already: {key!r}")
            properties = {"title": title, "locale": locale, "timeZone": time_zone}
            try:
                return self.create(properties, key=key).key
            except sqlite3.IntegrityError:
                # Another process on the same file was faster.
                raise ValueError(f"a spreadsheet has this id already: {key!r}") from None

    def has_spreadsheet(self, key: str) -> bool:
        """Whether there is a spreadsheet of this id."""
        with self._lock:
            return self._store.load(key) is not None

    # What follows is for the modules that answer; they run inside the lock.

    def keys(self) -> list[str]:
        """All spreadsheets, the last made first."""
        return self._store.keys()

    def read(self, key: str) -> Workbook:
        """A workbook to read, not to be changed.

        Raises:
            ApiError: 404 or 403.
        """
        if self.faults.is_forbidden(key):
            raise forbidden()
        book = self._store.load(key)
        if book is None:
            raise not_found()
        return book

    def shared(self, key: str) -> Workbook | None:
        """A workbook to read; None when it is not there or not shared."""
        return None if self.faults.is_forbidden(key) else self._store.load(key)

    @contextmanager
    def change(self, key: str) -> Iterator[Workbook]:
        """A draft of a workbook: on disk when the block ends, thrown away when it raises.

        Raises:
            ApiError: 404 or 403.
        """
        with self._store.transaction():
            before = self.read(key)
            draft = before.draft()
            yield draft
            recalculate(draft)
            # modifiedTime has milliseconds, and two changes may fall into one.
            draft.modified = max(_now(), before.modified + 1)
            self._store.save(draft, before)
        self._store.publish(draft)

    def create(
        self, properties: Json, key: str | None = None, prepare: Callable[[Workbook], None] | None = None
    ) -> Workbook:
        """Make a workbook, on disk when this returns.

        Args:
            properties: SpreadsheetProperties; the others have Google's defaults.
            key: its id; a random one if None.
            prepare: fills the new workbook before it is saved.
        """
        book = new_workbook(key or secrets.token_urlsafe(33), properties)
        book.created = book.modified = _now()
        draft = book.draft()
        if prepare:
            prepare(draft)
        recalculate(draft)
        with self._store.transaction():
            self._store.save(draft, None)
        self._store.publish(draft)
        return draft

    def delete(self, key: str) -> None:
        """Remove a workbook.

        Raises:
            ApiError: 404 or 403.
        """
        with self._store.transaction():
            self._store.delete(self.read(key))
        self._store.forget(key)


def _now() -> int:
    return time.time_ns() // 1_000_000
