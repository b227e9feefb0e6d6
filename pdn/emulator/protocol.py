"""A request and its answer, whatever door they come through."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

_JSON_TYPE = {"Content-Type": "application/json; charset=UTF-8"}
_OVERRIDE = "x-http-method-override"


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sends.

    `path` is as it stands in the address, percent-encoded; `query` has the decoded values of each parameter.
    """

    method: str
    path: str
    query: Mapping[str, list[str]]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What a client gets."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def json_response(status: int, body: object) -> Response:
    """A response with a JSON body."""
    return Response(status, _JSON_TYPE, json.dumps(body, ensure_ascii=False).encode())


def build_request(method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Request:
    """A request from its parts on the wire.

    A POST that stands for a GET, since its address would be too long, carries its query in its body
    (`X-HTTP-Method-Override`, which google-api-python-client uses from 2048 characters on).
    """
    lowered = {name.lower(): value for name, value in headers.items()}
    override = lowered.get(_OVERRIDE, "").upper()
    if method == "POST" and override and override != "POST":
        method = override
        if "x-www-form-urlencoded" in lowered.get("content-type", ""):
            query = "&".join(filter(None, (query, body.decode())))
            body = b""
    return Request(method, path, parse_qs(query, keep_blank_values=True), body)
