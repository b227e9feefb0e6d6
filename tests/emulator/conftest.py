"""An emulator behind each of its doors, and the clients that knock."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import gspread
import pytest
import requests

from pdn.emulator import Emulator, EmulatorAdapter, serve


class HostRewriter(gspread.HTTPClient):
    """Sends what is meant for Google to a base address instead."""

    base = ""

    def request(self, method, endpoint, **options):
        for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
            endpoint = endpoint.replace(host, self.base)
        return super().request(method, endpoint, **options)


@dataclass
class Api:
    """Raw calls, as any HTTP client makes them."""

    session: requests.Session
    base: str
    key: str = ""

    def call(self, method, path, body=None, **params):
        answer = self.session.request(method, self.base + path, json=body, params=params, timeout=30)
        return answer.status_code, json.loads(answer.content) if answer.content else None

    def sheets(self, method, suffix="", body=None, **params):
        return self.call(method, f"/v4/spreadsheets/{self.key}{suffix}", body, **params)

    def batch(self, *batch, **extra):
        return self.sheets("POST", ":batchUpdate", {"requests": list(batch), **extra})

    def apply(self, *batch, **extra):
        status, answer = self.batch(*batch, **extra)
        assert status == 200, answer
        return answer

    def read(self, text, **params):
        status, answer = self.sheets("GET", f"/values/{quote(text, safe='')}", **params)
        assert status == 200, answer
        return answer

    def values(self, text, **params):
        return self.read(text, **params).get("values")

    def write(self, text, values, option="RAW", **params):
        path = f"/values/{quote(text, safe='')}"
        return self.sheets("PUT", path, {"values": values}, valueInputOption=option, **params)

    def append(self, text, values, **params):
        path = f"/values/{quote(text, safe='')}:append"
        status, answer = self.sheets("POST", path, {"values": values}, **{"valueInputOption": "RAW", **params})
        assert status == 200, answer
        return answer

    def grid(self, text, fields):
        status, answer = self.sheets("GET", ranges=text, fields=f"sheets.data.rowData.values.{fields}")
        assert status == 200, answer
        return [row.get("values", []) for row in answer["sheets"][0]["data"][0].get("rowData", [])]

    def refused(self, *batch):
        status, answer = self.batch(*batch)
        assert status == 400, answer
        assert answer["error"]["status"] == "INVALID_ARGUMENT"
        return answer["error"]["message"]


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    made = Emulator(":memory:")
    yield made
    made.close()


@pytest.fixture(params=["adapter", "http"])
def door(request, emulator):
    """(session, base address) of each door."""
    with requests.Session() as session:
        if request.param == "adapter":
            session.mount("https://", EmulatorAdapter(emulator))
            yield session, "https://sheets.googleapis.com"
        else:
            with serve(emulator) as base:
                yield session, base


@pytest.fixture
def gc(door):
    """gspread, through each door."""
    session, base = door
    client = gspread.Client(auth=None, session=session, http_client=HostRewriter)
    client.http_client.base = base
    return client


@pytest.fixture
def both_doors(door, emulator):
    """Raw calls about a new spreadsheet, through each door."""
    session, base = door
    return Api(session, base, emulator.create_spreadsheet("Test", locale="en_US", time_zone="Etc/GMT"))


@pytest.fixture
def api(emulator):
    """Raw calls about a new spreadsheet in en_US, through the adapter."""
    with requests.Session() as session:
        session.mount("https://", EmulatorAdapter(emulator))
        key = emulator.create_spreadsheet("Test", locale="en_US", time_zone="Etc/GMT")
        yield Api(session, "https://sheets.googleapis.com", key)


@pytest.fixture
def french(emulator, api):
    """Raw calls about a new spreadsheet in fr_FR."""
    return Api(api.session, api.base, emulator.create_spreadsheet("Essai"))
