"""A store on a fresh emulator, through each of its doors; time that a test moves; a partner who edits the sheet."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import gspread
import pytest
import requests

from pdn.domain.workbooks import WORKBOOKS
from pdn.emulator import Emulator, EmulatorAdapter, serve
from pdn.schema import Workbook
from pdn.sheets import Clock, Store, open_store
from pdn.sheets.connection import EMBEDDED_FILE, Connection, embedded_key, http_client

DOORS = ("adapter", "http")


@dataclass
class Time:
    """A clock that a test moves: sleeping moves it too, and nobody waits."""

    now: datetime = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.pass_(seconds)

    @property
    def clock(self) -> Clock:
        def seconds() -> float:
            return self.now.timestamp()

        return Clock(now=lambda: self.now, monotonic=seconds, sleep=self.sleep, random=lambda: 1.0)


@dataclass
class Partner:
    """Somebody who edits the spreadsheets with another client, through the embedded door."""

    client: gspread.Client

    def tab(self, title: str, key: str = "pdn-reseau") -> gspread.Worksheet:
        return self.client.open_by_key(key).worksheet(title)

    def cells(self, title: str, key: str = "pdn-reseau") -> list[list[Any]]:
        return self.tab(title, key).get_values(value_render_option="UNFORMATTED_VALUE")

    def type(self, title: str, cell: str, value: Any, *, raw: bool = False) -> None:
        self.tab(title).update([[value]], cell, value_input_option="RAW" if raw else "USER_ENTERED")

    def row_of(self, title: str, text: str) -> int:
        """The row, counted from 1, in which a cell says so."""
        return next(n for n, row in enumerate(self.cells(title), start=1) if text in row)

    def column_of(self, title: str, header: str) -> int:
        """The column of a header, counted from 1."""
        return self.cells(title)[0].index(header) + 1

    def batch(self, *requests_: dict[str, Any], key: str = "pdn-reseau") -> None:
        self.client.http_client.batch_update(key, {"requests": list(requests_)})


@dataclass
class Bench:
    """A store on an emulator, with what is needed to look behind it."""

    emulator: Emulator
    time: Time
    partner: Partner
    open: Callable[..., Store]
    store: Store

    def sent(self) -> list[str]:
        """The kinds of request since the last `forget`: read, write."""
        return [logged.kind for logged in self.emulator.log]

    def before_next_write(self, edit: Callable[[], None]) -> None:
        """Somebody edits the sheet in the very instant before the next write arrives."""
        handle = self.emulator.handle

        def slip_in(request: Any) -> Any:
            if request.method == "POST" and request.path.endswith(":batchUpdate"):
                self.emulator.handle = handle  # type: ignore[method-assign] # both doors call it by this name
                edit()
            return handle(request)

        self.emulator.handle = slip_in  # type: ignore[method-assign] # the same

    def forget(self) -> None:
        """Count anew."""
        self.emulator.log.clear()


def partner_of(emulator: Emulator) -> Partner:
    session = requests.Session()
    session.mount("https://", EmulatorAdapter(emulator))
    return Partner(gspread.Client(auth=None, session=session))


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(scope="session")
def short_tabs() -> Iterator[None]:
    """New tabs of 120 rows instead of a thousand: hundreds of tests make or copy them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pdn.sheets.provisioning.NEW_ROWS", 120)
        yield


@pytest.fixture(scope="session")
def provisioned_file(tmp_path_factory: pytest.TempPathFactory, short_tabs: None) -> Path:  # noqa: ARG001 - it acts
    """Both workbooks, provisioned, made once: each test has its own copy."""
    folder = tmp_path_factory.mktemp("modele")
    store = open_store({}, data_dir=folder, environ={})
    assert store.connection.emulator is not None
    store.connection.emulator.close()
    return folder / EMBEDDED_FILE


@pytest.fixture
def emulator(tmp_path: Path, provisioned_file: Path) -> Iterator[Emulator]:
    shutil.copy(provisioned_file, tmp_path / "copie.sqlite")
    made = Emulator(tmp_path / "copie.sqlite")
    yield made
    made.close()


@pytest.fixture(params=DOORS)
def opener(
    request: pytest.FixtureRequest, emulator: Emulator, tmp_path: Path, time: Time
) -> Iterator[Callable[..., Store]]:
    """Opens a store on the emulator through one of its doors; empty spreadsheets are made where they are missing."""
    yield from through(request.param, emulator, tmp_path, time)


def through(door: str, emulator: Emulator, tmp_path: Path, time: Time) -> Iterator[Callable[..., Store]]:
    """What opens a store through a door."""

    def spreadsheets(workbooks: Sequence[Workbook]) -> None:
        for workbook in workbooks:
            if not emulator.has_spreadsheet(embedded_key(workbook)):
                emulator.create_spreadsheet(workbook.title, key=embedded_key(workbook))

    if door == "adapter":

        def through_the_adapter(workbooks: tuple[Workbook, ...] = WORKBOOKS, keys: Any = None) -> Store:
            spreadsheets(workbooks)
            session = requests.Session()
            session.mount("https://", EmulatorAdapter(emulator))
            client, counter = http_client(session, time.clock)
            named = keys or {workbook.key: embedded_key(workbook) for workbook in workbooks}
            return Store(Connection(client, counter, named, "ici", emulator=emulator), workbooks, time.clock)

        yield through_the_adapter
        return
    with serve(emulator) as base_url:

        def over_http(workbooks: tuple[Workbook, ...] = WORKBOOKS, keys: Any = None) -> Store:
            spreadsheets(workbooks)
            names = {"reseau": "spreadsheet", "pilotage": "spreadsheet_pilotage"}
            given = {names[key]: value for key, value in (keys or {}).items()}
            secrets = {"connections": {"gsheets": given}} if given else {}
            environ = {"SHEETS_EMULATOR_HOST": base_url.removeprefix("http://")}
            return open_store(secrets, data_dir=tmp_path, environ=environ, workbooks=workbooks, clock=time.clock)

        yield over_http


@pytest.fixture
def bench(emulator: Emulator, opener: Callable[..., Store], time: Time) -> Bench:
    """Both workbooks, provisioned and read once."""
    store = opener()
    store.snapshot()
    made = Bench(emulator, time, partner_of(emulator), opener, store)
    made.forget()
    return made
