"""gspread's HTTP client with patience: a bounded retry with jitter that never writes twice, ending in a typed error."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from google.auth.exceptions import GoogleAuthError
from gspread.http_client import HTTPClient, ParamsType
from requests import JSONDecodeError, RequestException, Response, Session

from pdn.sheets.clock import Clock
from pdn.sheets.errors import ErrorKind, SheetsError, broken_answer, of_exception, of_response

CONNECT_TIMEOUT, READ_TIMEOUT = 5.0, 25.0
PATIENCE = 20.0
"""Seconds after which nothing is sent again. What was sent by then has its own time-outs: 50 seconds in all at most."""

FIRST_WAIT, LONGEST_WAIT = 0.5, 8.0
MINUTE = 60.0
REDIRECTIONS = range(300, 400)
GOOGLE = ("https://sheets.googleapis.com", "https://www.googleapis.com")
Answer = Mapping[str, Any]


class RequestCounter:
    """How many requests were sent in the last minute: Google allows 60 reads and 60 writes to a service account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._reads: deque[float] = deque()
        self._writes: deque[float] = deque()
        self._refusals: deque[float] = deque()

    def count(self, *, writing: bool) -> None:
        """One more request leaves."""
        self._add(self._writes if writing else self._reads)

    def refuse(self) -> None:
        """One more was refused because there were too many."""
        self._add(self._refusals)

    @property
    def reads(self) -> int:
        """Reads in the last minute."""
        return self._recent(self._reads)

    @property
    def writes(self) -> int:
        """Writes in the last minute."""
        return self._recent(self._writes)

    @property
    def refusals(self) -> int:
        """Requests of the last minute that Google refused because there were too many."""
        return self._recent(self._refusals)

    def _add(self, times: deque[float]) -> None:
        with self._lock:
            times.append(self._clock.monotonic())
        self._recent(times)

    def _recent(self, times: deque[float]) -> int:
        with self._lock:
            while times and times[0] < self._clock.monotonic() - MINUTE:
                times.popleft()
            return len(times)


class PatientClient(HTTPClient):
    """Sends each request, waits and resends where that is safe, and raises a `SheetsError` in the end.

    A read is resent after 429, 5xx, a time-out, a dropped connection or an answer that is cut or not Google's. A write
    is resent after 429 alone, and after a connection that was never made: after anything else it may have been
    applied, and whoever wrote has to look first.

    Args:
        session: What sends: a plain session, or Google's authorised one.
        clock: Time, sleep and chance.
        counter: Counts what is sent.
        account: The service account's address, for messages.
        host: Where to send instead of Google's hosts (« http://127.0.0.1:8080 »); empty for Google.
    """

    def __init__(
        self, session: Session, clock: Clock, counter: RequestCounter, *, account: str = "", host: str = ""
    ) -> None:
        super().__init__(None, session)  # type: ignore[arg-type] # the session brings its own credentials
        self.set_timeout((CONNECT_TIMEOUT, READ_TIMEOUT))
        self.account = account
        self._clock = clock
        self._counter = counter
        self._host = host.rstrip("/")
        self._limits = threading.local()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """All that this thread asks in the block ends within so many seconds, whatever each request would be given."""
        before = getattr(self._limits, "end", None)
        self._limits.end = self._clock.monotonic() + seconds
        try:
            yield
        finally:
            self._limits.end = before

    def ask(
        self,
        method: str,
        endpoint: str,
        params: ParamsType,
        body: Mapping[str, Any] | None = None,
        *,
        whole: Callable[[Answer], bool] = lambda _: True,
    ) -> Answer:
        """Send a request and read its answer, with patience.

        Args:
            method: `get` or `post`.
            endpoint: Its address.
            params: Of the address.
            body: Sent as JSON.
            whole: Whether the answer holds what was asked: one that does not is a failure, never taken for « empty ».

        Raises:
            SheetsError: it failed for good; `unknown_outcome` says whether a write may have landed.
        """
        found: list[Answer] = []

        def read(response: Response) -> None:
            try:
                answer = response.json()
            except (JSONDecodeError, UnicodeDecodeError) as error:
                what = response.headers.get("Content-Type", "no content type")
                raise _BrokenAnswerError(f"HTTP {response.status_code}, {what}: {error}") from error
            if not isinstance(answer, Mapping) or not whole(answer):
                raise _BrokenAnswerError(f"HTTP {response.status_code}: not what was asked")
            found[:] = [answer]

        self._send(method, endpoint, {"params": params, "json": body}, read)
        return found[0]

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - passed on
        """Send a request, with patience.

        Raises:
            SheetsError: it failed for good; `unknown_outcome` says whether a write may have landed.
        """
        names = ("params", "data", "json", "files", "headers")
        return self._send(method, endpoint, dict(zip(names, args, strict=False)) | kwargs, lambda _: None)

    def _send(self, method: str, endpoint: str, given: Mapping[str, Any], read: Callable[[Response], None]) -> Response:
        deadline = self._clock.monotonic() + PATIENCE
        attempt = 0
        while True:
            found, again = self._try(method, self._address(endpoint), given, read)
            if isinstance(found, Response):
                return found
            if not again:
                raise found
            wait = found.wait or self._backoff(attempt)
            if self._clock.monotonic() + wait > min(deadline, self._end()):
                raise found
            self._clock.sleep(wait)
            attempt += 1

    def _try(
        self, method: str, address: str, given: Mapping[str, Any], read: Callable[[Response], None]
    ) -> tuple[Response | SheetsError, bool]:
        """One attempt: the answer, or the failure with whether the request may be sent again."""
        writing = method.lower() != "get"
        remaining = self._end() - self._clock.monotonic()
        if remaining <= 0:
            return of_exception(TimeoutError("not sent: out of time"), unknown_outcome=False), False
        self._counter.count(writing=writing)
        try:
            response = self.session.request(
                method, address, timeout=self._timeouts(remaining), allow_redirects=False, **given
            )
            if not response.ok:
                return self._refused(of_response(response, self.account, writing=writing), writing=writing)
            if response.status_code in REDIRECTIONS:
                # Followed, a write would arrive elsewhere as a read: it is the page of a Wi-Fi that wants a login.
                return broken_answer(f"HTTP {response.status_code}", unknown_outcome=writing), not writing
            read(response)
        except _BrokenAnswerError as error:
            return broken_answer(str(error), unknown_outcome=writing), not writing
        except (RequestException, GoogleAuthError) as error:
            failure = of_exception(error, unknown_outcome=writing)
            return failure, failure.kind is not ErrorKind.BAD_CREDENTIALS and not failure.unknown_outcome
        return response, False

    def _refused(self, failure: SheetsError, *, writing: bool) -> tuple[SheetsError, bool]:
        if failure.kind is ErrorKind.QUOTA:
            self._counter.refuse()
            return failure, True
        return failure, failure.kind is ErrorKind.SERVER and not writing

    def _end(self) -> float:
        """When this thread's time is over: see `within`."""
        end = getattr(self._limits, "end", None)
        return float("inf") if end is None else float(end)

    def _timeouts(self, remaining: float) -> tuple[float, float]:
        """How long to wait for a connection and for an answer, in the time that remains."""
        given = self.timeout if isinstance(self.timeout, tuple) else (CONNECT_TIMEOUT, self.timeout or READ_TIMEOUT)
        return min(given[0], remaining), min(given[1], remaining)

    def _backoff(self, attempt: int) -> float:
        most = min(LONGEST_WAIT, FIRST_WAIT * 2**attempt)
        return float(most * (0.5 + self._clock.random() / 2))

    def _address(self, endpoint: str) -> str:
        if self._host:
            for google in GOOGLE:
                if endpoint.startswith(google):
                    return self._host + endpoint.removeprefix(google)
        return endpoint


class _BrokenAnswerError(Exception):
    """An answer that came with success and is none."""
