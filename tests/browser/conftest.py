"""A real server, a real Chromium, a real emulator over HTTP; and another client to see what stands in the sheet."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import httplib2
import pytest
from googleapiclient.discovery import build
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from pdn.emulator import Emulator, serve
from pdn.schema.cells import a1
from pdn.sheets.connection import EMBEDDED_FILE

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
START = 60
"""Seconds that a server may take to start on a slow machine."""

PATIENCE = 15_000
"""Milliseconds that a page may take to show what is expected of it."""

HERE = {"127.0.0.1", "localhost"}
PROBES = ("/_stcore/health", "/_stcore/host-config")
"""Where Streamlit looks for its server below a page's own address before it looks at the root: a 404 each time."""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items):
    """Mark every test of this room."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The Chromium of the machine: CHROMIUM, or one found by its usual names."""
    given = os.environ.get("CHROMIUM")
    path = shutil.which(given) if given else next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.exit("no Chromium: `make test` finds or installs one; CHROMIUM= gives its path", returncode=1)
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {"executable_path": path, "args": ["--no-sandbox"] if root else []}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A French person on a desktop."""
    return {"locale": "fr-FR", "timezone_id": "Europe/Paris", "viewport": {"width": 1440, "height": 1000}}


@dataclass
class Sheet:
    """The spreadsheets through Google's own client, as somebody else would see and edit them."""

    service: Any
    keys: tuple[str, ...] = ("pdn-reseau", "pdn-pilotage")

    def rows(self, tab: str) -> list[dict[str, str]]:
        """The rows of a tab as they are shown, header → text."""
        return _named(self._values(tab))

    def journal(self) -> list[dict[str, str]]:
        """What the app wrote in the workbook Réseau."""
        return _named(self._read(self.keys[0], "Journal"))

    def row(self, tab: str, record_id: str) -> dict[str, str]:
        """The row of a record."""
        (found,) = [row for row in self.rows(tab) if row["Identifiant"] == record_id]
        return found

    def type(self, tab: str, record_id: str, header: str, value: str) -> None:
        """Type in the cell of a record, as a partner does."""
        values = self._values(tab)
        row = next(number for number, cells in enumerate(values, start=1) if cells[:1] == [record_id])
        column = values[0].index(header)
        self.service.spreadsheets().values().update(
            spreadsheetId=self._key(tab), range=f"'{tab}'!{a1(row - 1, column)}", valueInputOption="USER_ENTERED",
            body={"values": [[value]]},
        ).execute()  # fmt: skip

    def delete(self, tab: str, record_id: str) -> None:
        """Delete the row of a record, as a partner does."""
        key, values = self._key(tab), self._values(tab)
        row = next(number for number, cells in enumerate(values) if cells[:1] == [record_id])
        found = self.service.spreadsheets().get(spreadsheetId=key, fields="sheets.properties").execute()
        (sheet_id,) = [
            sheet["properties"]["sheetId"] for sheet in found["sheets"] if sheet["properties"]["title"] == tab
        ]
        place = {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
        self.service.spreadsheets().batchUpdate(
            spreadsheetId=key, body={"requests": [{"deleteDimension": {"range": place}}]}
        ).execute()

    def _values(self, tab: str) -> list[list[str]]:
        return self._read(self._key(tab), tab)

    def _read(self, key: str, tab: str) -> list[list[str]]:
        answer = self.service.spreadsheets().values().get(spreadsheetId=key, range=f"'{tab}'").execute()
        return answer["values"]

    def _key(self, tab: str) -> str:
        for key in self.keys:
            found = self.service.spreadsheets().get(spreadsheetId=key, fields="sheets.properties.title").execute()
            if tab in {sheet["properties"]["title"] for sheet in found["sheets"]}:
                return key
        raise KeyError(tab)


def _named(values: list[list[str]]) -> list[dict[str, str]]:
    """The rows under their headers; Google cuts the blanks at the end of a row."""
    header = values[0]
    return [dict(zip(header, [*row, *[""] * (len(header) - len(row))], strict=True)) for row in values[1:]]


@dataclass(frozen=True)
class Running:
    """The app as it runs: where it answers, the sheets behind it, and what answers for Google."""

    url: str
    sheet: Sheet
    log: Path
    emulator: Emulator


@pytest.fixture(scope="session")
def start(
    demo_workbook: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], AbstractContextManager[Running]]:
    """Starts `streamlit run app.py` on a free port, on an emulator over HTTP that holds the demonstration."""

    @contextmanager
    def started() -> Iterator[Running]:
        folder = Path(shutil.copytree(demo_workbook, tmp_path_factory.mktemp("browser") / "data"))
        emulator = Emulator(folder / EMBEDDED_FILE)
        log = folder / "streamlit.log"
        port = _free_port()
        with serve(emulator) as address, log.open("w", encoding="utf-8") as output:
            server = subprocess.Popen(  # noqa: S603 - our own app
                [
                    sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1",
                    "--server.port", str(port), "--server.headless", "true",
                ],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                env={
                    **os.environ,
                    "SHEETS_EMULATOR_HOST": urlsplit(address).netloc,
                    "PDN_DATA": str(folder),
                    "STREAMLIT_SECRETS_FILES": str(folder / "no-secrets.toml"),
                },
            )  # fmt: skip
            try:
                url = f"http://127.0.0.1:{port}"
                _wait_for(f"{url}/_stcore/health", server, log)
                service = build(
                    "sheets", "v4", http=httplib2.Http(), static_discovery=True,
                    client_options={"api_endpoint": address},
                )  # fmt: skip
                yield Running(url, Sheet(service), log, emulator)
                service.close()
            finally:
                server.terminate()
                server.wait(timeout=START)
        emulator.close()

    return started


@pytest.fixture(scope="session")
def running(browser: Browser, start: Callable[[], AbstractContextManager[Running]]) -> Iterator[Running]:
    """One app for all tests, which write in different places of its sheets."""
    with start() as app:
        _be_the_first(browser, app)
        yield app


def _be_the_first(browser: Browser, app: Running) -> None:
    """The first visitor of a server waits for the first reading; the tests that follow need not."""
    page = browser.new_page()
    page.goto(app.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=START * 1000)
    page.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        try:
            with urlopen(url, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    pytest.fail(f"the app did not start:\n{log.read_text(encoding='utf-8')}")


@pytest.fixture
def sheet(running: Running) -> Sheet:
    """What stands in the spreadsheets, seen by a client that is not ours."""
    return running.sheet


@dataclass
class Visitor:
    """Somebody at a browser, who notes whatever goes wrong."""

    page: Page
    base: str

    def open(self, address: str = "") -> Page:
        """Open an address of the app and wait until its page is drawn."""
        self.page.goto(f"{self.base}/{address}")
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the app has nothing more to draw."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[list[str]]:
    """Fails the test on a request that leaves the machine, an error of the console, or an error of a script."""
    wrong: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        place = urlsplit(message.location["url"])
        if message.type == "error" and not (place.hostname in HERE and place.path.endswith(PROBES)):
            wrong.append(f"console: {message.text} ({message.location['url']})")

    def on_request(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname not in HERE:
            wrong.append(f"left the machine: {address}")

    context.on("request", lambda request: on_request(request.url))
    context.on("console", on_console)
    context.on("weberror", lambda error: wrong.append(f"script: {error.error}"))
    yield wrong
    assert wrong == []


@pytest.fixture
def visit(watched: list[str], page: Page) -> Iterator[Callable[[Running], Visitor]]:
    """Makes somebody who visits an app; where the test fails, pytest shows what the server said meanwhile."""
    del watched  # it only has to be there
    visited: list[tuple[Path, int]] = []

    def made(app: Running) -> Visitor:
        visited.append((app.log, app.log.stat().st_size))
        return Visitor(page, app.url)

    yield made
    for path, said in visited:
        with path.open(encoding="utf-8") as log:
            log.seek(said)
            print(log.read())  # noqa: T201 - captured, and shown after a failure


@pytest.fixture
def visitor(running: Running, visit: Callable[[Running], Visitor]) -> Visitor:
    """Somebody who opens the app that all tests share."""
    return visit(running)
