"""The door on loopback: the emulator over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from pdn.emulator.core import ConnectionDropped, Emulator
from pdn.emulator.protocol import build_request

HOST = "127.0.0.1"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Headers and body leave in two writes; with Nagle's algorithm the second waits 40 ms for an answer to the first.
    disable_nagle_algorithm = True
    server: Server

    def _answer(self) -> None:
        address = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        headers = dict(self.headers.items())
        try:
            response = self.server.emulator.handle(
                build_request(self.command, address.path, address.query, headers, body)
            )
        except ConnectionDropped as dropped:
            self.close_connection = True
            if dropped.response is None:
                return
            response, sent = dropped.response, len(dropped.response.body) // 2
        else:
            sent = len(response.body)
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.body:
            self.send_header("Content-Length", str(len(response.body)))
        elif response.status != 204:  # noqa: PLR2004 - No Content has no length either
            self.send_header("Content-Length", "0")
        self.end_headers()
        self.wfile.write(response.body[:sent])

    # http.server finds what answers a method by these names.
    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Say nothing: `emulator.log` has it all."""


class Server(ThreadingHTTPServer):
    """Serves an emulator on a port of this machine."""

    daemon_threads = True

    def __init__(self, emulator: Emulator, port: int) -> None:
        self.emulator = emulator
        super().__init__((HOST, port), _Handler)

    @property
    def base_url(self) -> str:
        """Where it answers, as `http://127.0.0.1:43210`."""
        return f"http://{HOST}:{self.server_address[1]}"


@contextmanager
def serve(emulator: Emulator, port: int = 0) -> Iterator[str]:
    """Serve an emulator from another thread while the block runs.

    Args:
        emulator: what answers; it stays open.
        port: 0 for any free one.

    Yields:
        the address, as `http://127.0.0.1:43210`.
    """
    with Server(emulator, port) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server.base_url
        finally:
            server.shutdown()
            thread.join()
