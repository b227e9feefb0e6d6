"""Misbehaviour on demand: latency, refusals, errors, dropped connections and Google's quotas per minute."""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal, TypeAlias

from pdn.emulator.errors import ApiError, Json
from pdn.emulator.protocol import Response, json_response

Kind: TypeAlias = Literal["read", "write"]
Drop: TypeAlias = Literal["before", "during", "after"]
Spoil: TypeAlias = Literal["half", "empty", "page", "hollow", "short"]

_REDIRECTIONS = range(300, 400)
_LOGIN_PAGE = b"<!DOCTYPE html><title>Wi-Fi</title><form>Sign in to go on</form>"
_PROJECT = "123456789012"
_MINUTE = 60
_SENTENCES = {
    401: (
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project."
    ),
    403: "The caller does not have permission",
    404: "Requested entity was not found.",
    500: "Internal error encountered.",
    503: "The service is currently unavailable.",
    504: "Deadline expired before operation could complete.",
}
_DISABLED = (
    f"Google Sheets API has not been used in project {_PROJECT} before or it is disabled. Enable it by visiting "
    f"https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project={_PROJECT} then retry. "
    "If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry."
)


def _without_the_last(body: bytes) -> bytes:
    """A JSON object without the last element of each list that it holds."""
    answer = json.loads(body)
    return json.dumps(
        {name: value[:-1] if isinstance(value, list) else value for name, value in answer.items()}
    ).encode()


def _error_info(reason: str, metadata: Json) -> Json:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": {
            "service": "sheets.googleapis.com",
            "consumer": f"projects/{_PROJECT}",
            **metadata,
        },
    }


def quota_error(kind: Kind) -> ApiError:
    """Google's 429 for reads or writes; it comes without a Retry-After header."""
    word = kind.title()
    message = (
        f"Quota exceeded for quota metric '{word} requests' and limit '{word} requests per minute per user' of "
        f"service 'sheets.googleapis.com' for consumer 'project_number:{_PROJECT}'."
    )
    info = _error_info(
        "RATE_LIMIT_EXCEEDED",
        {
            "quota_limit": f"{word}RequestsPerMinutePerUser",
            "quota_metric": f"sheets.googleapis.com/{kind}_requests",
            "quota_limit_value": "60",
            "quota_location": "global",
        },
    )
    return ApiError(429, message, [info])


class Quota:
    """Requests per minute and user, counted as Google does: refilled every minute, a batch counts once.

    Args:
        reads: how many reads a minute.
        writes: how many writes a minute.
        clock: seconds, for tests.
    """

    def __init__(self, reads: int = 60, writes: int = 60, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits: dict[Kind, int] = {"read": reads, "write": writes}
        self._clock = clock
        self._minute = -1
        self._used: dict[Kind, int] = {"read": 0, "write": 0}

    def take(self, kind: Kind) -> bool:
        """Count a request; False when the minute's share is used up."""
        minute = int(self._clock() // _MINUTE)
        if minute != self._minute:
            self._minute = minute
            self._used = {"read": 0, "write": 0}
        if self._used[kind] >= self._limits[kind]:
            return False
        self._used[kind] += 1
        return True


@dataclass(slots=True)
class Fault:
    """What happens to some coming requests.

    `status` answers with that error instead of doing anything; `drop` breaks the connection before or after
    the request was applied, or in the middle of its answer; `spoil` makes a bad answer of a good one; `delay` makes it
    slow, in seconds.
    """

    status: int | None = None
    reason: str = ""
    retry_after: int | None = None
    times: int = 1
    on: Kind | None = None
    drop: Drop | None = None
    spoil: Spoil | None = None
    delay: float = 0.0

    def spoiled(self, answer: Response) -> Response:
        """The answer as this fault lets it through; errors are left as they are."""
        if self.spoil is None or answer.status != HTTPStatus.OK:
            return answer
        if self.spoil == "page":
            return Response(answer.status, {"Content-Type": "text/html; charset=UTF-8"}, _LOGIN_PAGE)
        bodies = {"half": answer.body[: len(answer.body) // 2], "empty": b"", "hollow": b"{}"}
        body = bodies[self.spoil] if self.spoil in bodies else _without_the_last(answer.body)
        return Response(answer.status, answer.headers, body)

    def response(self, kind: Kind) -> Response | None:
        """The error this fault answers with, if it is one."""
        if self.status is None:
            return None
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        if self.status in _REDIRECTIONS:
            return Response(self.status, {"Location": "/"}, b"")
        if self.status == HTTPStatus.BAD_GATEWAY:
            page = b"<!DOCTYPE html><title>Error 502 (Server Error)!!1</title>"
            return Response(self.status, {"Content-Type": "text/html; charset=UTF-8", **headers}, page)
        plain = json_response(self.status, self._error(kind).body())
        return Response(plain.status, {**plain.headers, **headers}, plain.body)

    def _error(self, kind: Kind) -> ApiError:
        if self.status == HTTPStatus.TOO_MANY_REQUESTS:
            return quota_error(kind)
        if self.reason == "SERVICE_DISABLED":
            return ApiError(403, _DISABLED, [_error_info("SERVICE_DISABLED", {})])
        status = self.status or 500
        return ApiError(status, self.reason or _SENTENCES.get(status, HTTPStatus(status).phrase))


class Faults:
    """What an emulator is told to do wrong; nothing to begin with.

    Attributes:
        latency: seconds that every answer takes.
        quota: the quota requests are held to; None for none.
    """

    def __init__(self) -> None:
        self.latency = 0.0
        self.quota: Quota | None = None
        self._script: deque[Fault] = deque()
        self._forbidden: set[str] = set()
        self._lock = threading.Lock()

    def add(  # noqa: PLR0913 - one parameter for each mood
        self,
        status: int | None = None,
        *,
        reason: str = "",
        retry_after: int | None = None,
        times: int = 1,
        on: Kind | None = None,
        drop: Drop | None = None,
        spoil: Spoil | None = None,
        delay: float = 0.0,
    ) -> None:
        """Put a fault at the end of the script; each request takes the first one that is meant for its kind.

        Args:
            status: answer with this error, or with this redirection.
            reason: `SERVICE_DISABLED` for a 403, or a sentence instead of Google's.
            retry_after: seconds, sent as a header.
            times: for how many requests.
            on: reads or writes alone; both if None.
            drop: break the connection before or after the request was applied, or during its answer.
            spoil: after the request was applied, answer with half the body, none, a page that is not Google's, an
                object with nothing in it, or lists that lack their last element.
            delay: seconds this answer takes.
        """
        with self._lock:
            self._script.append(Fault(status, reason, retry_after, times, on, drop, spoil, delay))

    def forbid(self, key: str) -> None:
        """Answer 403 for a spreadsheet from now on, as for one that is not shared."""
        with self._lock:
            self._forbidden.add(key)

    def allow(self, key: str) -> None:
        """Take back `forbid`."""
        with self._lock:
            self._forbidden.discard(key)

    def is_forbidden(self, key: str) -> bool:
        """Whether a spreadsheet is not shared."""
        return key in self._forbidden

    def clear(self) -> None:
        """Behave again."""
        with self._lock:
            self._script.clear()
            self._forbidden.clear()
            self.latency = 0.0
            self.quota = None

    def take(self, kind: Kind) -> Fault | None:
        """The fault of a request, used up by it."""
        with self._lock:
            for fault in self._script:
                if fault.on in {None, kind}:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._script.remove(fault)
                    return fault
        return None

    def over_quota(self, kind: Kind) -> bool:
        """Count a request against the quota."""
        with self._lock:
            return self.quota is not None and not self.quota.take(kind)
