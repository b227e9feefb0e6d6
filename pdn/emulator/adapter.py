"""The door without a port: a transport adapter for a requests session."""

from __future__ import annotations

import io
import time
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from pdn.emulator.core import ConnectionDropped, Emulator
from pdn.emulator.protocol import build_request


class EmulatorAdapter(BaseAdapter):
    """Answers a session's requests from an emulator: `session.mount("https://", EmulatorAdapter(emulator))`."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__()
        self._emulator = emulator

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,  # noqa: FBT001, FBT002
        cert: bytes | str | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Answer a request; only the read timeout among the options means something here.

        Raises:
            requests.ConnectionError: a fault drops the connection.
            requests.ReadTimeout: the answer took longer than the timeout; it may have been applied.
        """
        del stream, verify, cert, proxies
        address = urlsplit(request.url or "")
        body = request.body or b""
        started = time.monotonic()
        try:
            answer = self._emulator.handle(
                build_request(
                    request.method or "GET",
                    str(address.path),
                    str(address.query),
                    request.headers,
                    body.encode() if isinstance(body, str) else bytes(body),
                )
            )
        except ConnectionDropped:
            raise requests.ConnectionError("Connection aborted.", request=request) from None
        limit = timeout[1] if isinstance(timeout, tuple) else timeout
        if limit is not None and time.monotonic() - started > limit:
            raise requests.ReadTimeout(f"Read timed out. (read timeout={limit})", request=request)
        response = requests.Response()
        response.status_code = answer.status
        response.reason = HTTPStatus(answer.status).phrase
        response.headers = CaseInsensitiveDict(answer.headers)
        response.encoding = "utf-8"
        response.url = request.url or ""
        response.request = request
        response.raw = io.BytesIO(answer.body)
        return response

    def close(self) -> None:
        """Nothing to close: the emulator outlives its sessions."""
