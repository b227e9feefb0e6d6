"""gspread's HTTP client with patience: a bounded retry with jitter that never writes twice, ending in a typed error."""

import threading
from collections import deque
from collections.abc import Mapping
from typing import Any

from google.auth.exceptions import GoogleAuthError
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from requests import ConnectTimeout, RequestException, Response, Session

from pdn.sheets.clock import Clock
from pdn.sheets.errors import SERVER_ERRORS, TOO_MANY, ErrorKind, SheetsError, of_exception, of_response

CONNECT_TIMEOUT, READ_TIMEOUT = 5.0, 25.0
PATIENCE = 20.0
"""Seconds spent waiting in all: a page can say « un instant » for that long, not longer."""

FIRST_WAIT, LONGEST_WAIT = 0.5, 8.0
MINUTE = 60.0
GOOGLE = ("https://sheets.googleapis.com", "https://www.googleapis.com")


class RequestCounter:
    """How many requests were sent in the last minute: Google allows 60 reads and 60 writes to a service account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sent: dict[bool, deque[float]] = {False: deque(), True: deque()}

    def count(self, *, writing: bool) -> None:
        """One more request leaves."""
        with self._lock:
            self._sent[writing].append(self._clock.monotonic())
            self._recent(writing=writing)

    @property
    def reads(self) -> int:
        """Reads in the last minute."""
        with self._lock:
            return self._recent(writing=False)

    @property
    def writes(self) -> int:
        """Writes in the last minute."""
        with self._lock:
            return self._recent(writing=True)

    def _recent(self, *, writing: bool) -> int:
        sent = self._sent[writing]
        while sent and sent[0] < self._clock.monotonic() - MINUTE:
            sent.popleft()
        return len(sent)


class PatientClient(HTTPClient):
    """Sends each request, waits and resends where that is safe, and raises a `SheetsError` in the end.

    A read is resent after 429, 5xx, a time-out or a dropped connection. A write is resent after 429 alone, and after a
    connection that was never made: after anything else it may have been applied, and whoever wrote has to look first.

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

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - passed on
        """Send a request, with patience.

        Raises:
            SheetsError: it failed for good; `unknown_outcome` says whether a write may have landed.
        """
        writing = method.lower() != "get"
        deadline = self._clock.monotonic() + PATIENCE
        attempt = 0
        while True:
            failure, wait = self._try(method, self._address(endpoint), args, kwargs, writing=writing)
            if isinstance(failure, Response):
                return failure
            if wait is None:
                raise failure
            wait = wait or self._backoff(attempt)
            if self._clock.monotonic() + wait > deadline:
                raise failure
            self._clock.sleep(wait)
            attempt += 1

    def _try(
        self, method: str, address: str, args: tuple[Any, ...], kwargs: Mapping[str, Any], *, writing: bool
    ) -> tuple[Response | SheetsError, float | None]:
        """One attempt: the answer, or the failure with how long to wait (0: our own back-off; None: do not resend)."""
        self._counter.count(writing=writing)
        try:
            return super().request(method, address, *args, **kwargs), None
        except APIError as error:
            failure = of_response(error, self.account, writing=writing)
            status = error.response.status_code
            again = failure.kind is ErrorKind.QUOTA or (status >= SERVER_ERRORS and not writing)
            return failure, _retry_after(error.response) if again else None
        except ConnectTimeout as error:
            return of_exception(error, unknown_outcome=False), 0.0
        except (RequestException, GoogleAuthError) as error:
            failure = of_exception(error, unknown_outcome=writing)
            return failure, None if writing or failure.kind is not ErrorKind.NETWORK else 0.0

    def _backoff(self, attempt: int) -> float:
        most = min(LONGEST_WAIT, FIRST_WAIT * 2**attempt)
        return float(most * (0.5 + self._clock.random() / 2))

    def _address(self, endpoint: str) -> str:
        if self._host:
            for google in GOOGLE:
                if endpoint.startswith(google):
                    return self._host + endpoint.removeprefix(google)
        return endpoint


def _retry_after(response: Response) -> float:
    """The seconds that the answer asks for; 0 where it asks for none or in words (a date) that Google does not use."""
    asked = response.headers.get("Retry-After", "") if response.status_code in {TOO_MANY, 503} else ""
    return float(asked) if asked.isdigit() else 0.0
