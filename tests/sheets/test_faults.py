"""Google in a bad mood, over HTTP: what a reading and a writing do about each failure, and what they ask meanwhile."""

import dataclasses
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from google.auth.exceptions import RefreshError, TransportError
from gspread.urls import SPREADSHEET_URL

from pdn.domain.structure import Structure
from pdn.emulator import Emulator, serve
from pdn.schema import Record
from pdn.sheets import Change, Committed, ErrorKind, SheetsError, Store, open_store
from pdn.sheets.book import WRITE_PATIENCE
from pdn.sheets.connection import http_client
from tests.sheets.conftest import Bench, Time, through
from tests.sheets.test_snapshot import settle


@pytest.fixture
def opener(emulator: Emulator, tmp_path: Path, time: Time) -> Iterator[Callable[..., Store]]:
    """HTTP alone: what breaks here is the wire."""
    yield from through("http", emulator, tmp_path, time)


PASSING = {
    "429": ({"status": 429}, ErrorKind.QUOTA),
    "408": ({"status": 408}, ErrorKind.SERVER),
    "500": ({"status": 500}, ErrorKind.SERVER),
    "502": ({"status": 502}, ErrorKind.SERVER),
    "503": ({"status": 503}, ErrorKind.SERVER),
    "504": ({"status": 504}, ErrorKind.SERVER),
    "dropped before": ({"drop": "before"}, ErrorKind.NETWORK),
    "dropped during": ({"drop": "during"}, ErrorKind.NETWORK),
    "dropped after": ({"drop": "after"}, ErrorKind.NETWORK),
    "half": ({"spoil": "half"}, ErrorKind.BROKEN_ANSWER),
    "empty": ({"spoil": "empty"}, ErrorKind.BROKEN_ANSWER),
    "page": ({"spoil": "page"}, ErrorKind.BROKEN_ANSWER),
    "hollow": ({"spoil": "hollow"}, ErrorKind.BROKEN_ANSWER),
    "short": ({"spoil": "short"}, ErrorKind.BROKEN_ANSWER),
    "redirected": ({"status": 302}, ErrorKind.BROKEN_ANSWER),
}
LASTING = {
    "expired key": ({"status": 401}, ErrorKind.BAD_CREDENTIALS, "clé"),
    "not shared": ({"status": 403}, ErrorKind.NOT_SHARED, "« Réseau » n’est pas partagée"),
    "API disabled": ({"status": 403, "reason": "SERVICE_DISABLED"}, ErrorKind.API_DISABLED, "n’est pas activée"),
    "deleted": ({"status": 404}, ErrorKind.NOT_FOUND, "« Réseau » n’existe"),
    "long wait": ({"status": 429, "retry_after": 60}, ErrorKind.QUOTA, "minute"),
}
passing = pytest.mark.parametrize(("fault", "kind"), PASSING.values(), ids=PASSING)
lasting = pytest.mark.parametrize(("fault", "kind", "words"), LASTING.values(), ids=LASTING)
MOST_READS = 6
"""A request and five more, after 0.5, 1, 2, 4 and 8 seconds: the next wait would be one too many."""

DEAD = "127.0.0.1:9"
"""The port « discard », where nobody listens."""


@contextmanager
def held(emulator: Emulator) -> Iterator[threading.Event]:
    """Answers wait until the block ends; the event is set once one does."""
    handle, free, waiting = emulator.handle, threading.Event(), threading.Event()

    def wait(request):
        waiting.set()
        free.wait(30)
        return handle(request)

    emulator.handle = wait
    try:
        yield waiting
    finally:
        free.set()
        emulator.handle = handle


def names(records: tuple[Record, ...]) -> list[str]:
    return [record.name for record in records]


def tried(bench: Bench, changes: list[Change]) -> tuple[bool, SheetsError | None]:
    """Whether a commit succeeds: it does where the write landed, though its answer never came."""
    try:
        return isinstance(bench.store.commit(changes, author="Léa"), Committed), None
    except SheetsError as error:
        return False, error


# Readings


@passing
def test_a_reading_that_fails_once_is_made_again(bench: Bench, fault, kind):
    bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    bench.forget()
    bench.emulator.faults.add(**fault)
    snapshot = bench.store.refresh()
    assert snapshot.error is None
    assert names(snapshot.data.all(Structure)) == ["Bacalan"]
    assert bench.sent() == ["read"] * 3, f"one more than without {kind}"


@passing
def test_while_a_failure_lasts_the_last_reading_stands_and_requests_are_few(bench: Bench, fault, kind):
    bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    good = bench.store.refresh()
    bench.forget()
    started = bench.time.now
    bench.emulator.faults.add(times=100_000, **fault)
    stale = bench.store.refresh()
    assert (stale.data, stale.read_at) == (good.data, good.read_at)
    assert stale.error.kind is kind
    assert bench.sent() == ["read"] * MOST_READS
    assert (bench.time.now - started).total_seconds() <= 20
    bench.forget()
    for _ in range(200):
        bench.store.snapshot()
    settle()
    assert bench.sent() == [], "all wait until it is worth trying again"


@lasting
def test_a_refusal_for_good_costs_one_request_and_says_what_to_do(bench: Bench, fault, kind, words):
    good = bench.store.refresh()
    bench.forget()
    bench.emulator.faults.add(times=100_000, **fault)
    stale = bench.store.refresh()
    assert stale.data is good.data
    assert stale.error.kind is kind
    assert words in stale.error.message
    assert bench.sent() == ["read"]
    assert bench.time.slept == []


@lasting
def test_a_first_reading_that_is_refused_says_why(bench: Bench, fault, kind, words):
    store = bench.open()
    bench.emulator.faults.add(times=100_000, **fault)
    with pytest.raises(SheetsError) as caught:
        store.snapshot()
    assert caught.value.kind is kind
    assert words in caught.value.message
    assert bench.sent() == ["read"]


def test_the_wait_that_google_asks_for_is_kept_between_readings_too(bench: Bench):
    bench.emulator.faults.add(status=429, retry_after=60)
    assert bench.store.refresh().error is not None
    bench.forget()
    bench.time.pass_(59)
    bench.store.snapshot()
    settle()
    assert bench.sent() == []
    bench.time.pass_(2)
    bench.store.snapshot()
    settle()
    assert bench.sent() == ["read", "read"]
    assert bench.store.snapshot().error is None


def test_an_answer_that_never_comes_is_given_up(bench: Bench):
    bench.store.connection.client.set_timeout((5.0, 0.02))
    with held(bench.emulator):
        assert bench.store.refresh().error.kind is ErrorKind.NETWORK
    assert len(bench.time.slept) == MOST_READS - 1


def test_a_machine_without_internet_is_told_so(tmp_path, time: Time):
    store = open_store({}, data_dir=tmp_path, environ={"SHEETS_EMULATOR_HOST": DEAD}, clock=time.clock)
    with pytest.raises(SheetsError) as caught:
        store.snapshot()
    assert caught.value.kind is ErrorKind.NETWORK
    assert "Internet" in caught.value.message


@pytest.mark.parametrize("key", ["pdn-reseau", "pdn-pilotage"])
def test_a_spreadsheet_no_longer_shared_is_named_until_it_is_again(bench: Bench, key):
    good = bench.store.refresh()
    bench.emulator.faults.forbid(key)
    stale = bench.store.refresh()
    assert stale.data is good.data
    title = {"pdn-reseau": "Réseau", "pdn-pilotage": "Pilotage"}[key]
    assert f"« {title} » n’est pas partagée" in stale.error.message
    bench.emulator.faults.allow(key)
    bench.time.pass_(200)
    bench.store.snapshot()
    settle()
    assert bench.store.snapshot().error is None


def test_a_spreadsheet_deleted_while_in_use_is_told(bench: Bench):
    good = bench.store.refresh()
    bench.emulator.delete("pdn-pilotage")
    stale = bench.store.refresh()
    assert stale.data is good.data
    assert "« Pilotage » n’existe" in stale.error.message


def test_a_page_of_a_firewall_is_not_taken_for_a_word_of_google(bench: Bench):
    """A refusal of Google says why in JSON."""
    handle = bench.emulator.handle

    def refuse(request):
        answer = handle(request)
        return dataclasses.replace(answer, status=403, headers={"Content-Type": "text/html"}, body=b"<h1>Non</h1>")

    bench.emulator.handle = refuse
    assert bench.store.refresh().error.kind is ErrorKind.BROKEN_ANSWER


# The key


class Keyless(requests.Session):
    """Google's session where the token can't be had."""

    def __init__(self, error: Exception, times: int) -> None:
        super().__init__()
        self.error, self.left, self.asked = error, times, 0

    def request(self, *args, **kwargs):
        self.asked += 1
        if self.left:
            self.left -= 1
            raise self.error
        return super().request(*args, **kwargs)


@pytest.mark.parametrize(
    ("error", "kind", "asked"),
    [
        (RefreshError("invalid_grant: account not found"), ErrorKind.BAD_CREDENTIALS, 1),
        (RefreshError("internal_failure", retryable=True), ErrorKind.SERVER, MOST_READS),
        (TransportError("no way to oauth2.googleapis.com"), ErrorKind.NETWORK, MOST_READS),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_token_that_is_refused_is_told_and_nothing_was_sent(emulator, time: Time, error, kind, asked, method):
    session = Keyless(error, 1000)
    with serve(emulator) as address:
        client, _ = http_client(session, time.clock, host=address)
        with pytest.raises(SheetsError) as caught:
            client.ask(method, SPREADSHEET_URL % "pdn-reseau", {})
    assert (caught.value.kind, session.asked) == (kind, asked)
    assert not caught.value.unknown_outcome
    assert list(emulator.log) == []


def test_a_token_that_comes_late_is_waited_for(emulator, time: Time):
    session = Keyless(TransportError("once"), 1)
    with serve(emulator) as address:
        client, _ = http_client(session, time.clock, host=address)
        assert "sheets" in client.ask("get", SPREADSHEET_URL % "pdn-reseau", {})


# Writings


@passing
def test_an_addition_whose_write_fails_once_lands_once(bench: Bench, fault, kind):
    bench.emulator.faults.add(on="write", **fault)
    outcome = bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    assert isinstance(outcome, Committed)
    writes = bench.sent().count("write")
    assert writes <= 2, kind
    assert names(bench.store.refresh().data.all(Structure)) == ["Bacalan"]
    assert len({entry.commit_id for entry in bench.store.journal(Structure)}) == 1


@passing
def test_a_write_that_never_succeeds_ends_in_time_and_is_told(bench: Bench, fault, kind):
    started = bench.time.now
    bench.emulator.faults.add(times=100_000, **fault)
    with pytest.raises(SheetsError) as caught:
        bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    assert caught.value.kind is kind
    assert (bench.time.now - started).total_seconds() <= WRITE_PATIENCE
    assert len(bench.sent()) <= MOST_READS
    bench.emulator.faults.clear()
    assert bench.store.refresh().data.all(Structure) == ()


@passing
def test_a_write_whose_answers_never_come_is_not_sent_for_ever_nor_applied_twice(bench: Bench, fault, kind):
    started = bench.time.now
    bench.emulator.faults.add(times=100_000, on="write", **fault)
    wanted = [Change(Structure(name="Bacalan"))]
    saved, error = tried(bench, wanted)
    assert (bench.time.now - started).total_seconds() <= WRITE_PATIENCE
    assert bench.sent().count("write") <= MOST_READS
    bench.emulator.faults.clear()
    if not saved:
        assert error.unknown_outcome or kind is ErrorKind.QUOTA
        bench.store.commit(wanted, author="Léa")
    assert names(bench.store.refresh().data.all(Structure)) == ["Bacalan"]


@lasting
def test_a_write_that_is_refused_for_good_is_sent_once(bench: Bench, fault, kind, words):
    del words
    bench.emulator.faults.add(times=100_000, on="write", **fault)
    with pytest.raises(SheetsError) as caught:
        bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    assert caught.value.kind is {ErrorKind.NOT_SHARED: ErrorKind.READ_ONLY}.get(kind, kind)
    assert not caught.value.unknown_outcome
    assert bench.sent() == ["read", "write"]


def test_without_internet_it_is_known_that_nothing_was_sent(time: Time):
    client, _ = http_client(requests.Session(), time.clock, host=f"http://{DEAD}")
    with pytest.raises(SheetsError) as caught:
        client.ask("post", SPREADSHEET_URL % "pdn-reseau", {})
    assert caught.value.kind is ErrorKind.NETWORK
    assert len(time.slept) == MOST_READS - 1, "a connection that was never made may be tried again"
    assert not caught.value.unknown_outcome


def test_an_outcome_nobody_knows_and_a_corrected_word_make_one_row(bench: Bench):
    """The person corrects what was typed before saving again: the form keeps the id that was to be given."""
    bench.emulator.faults.add(on="write", drop="after")
    bench.emulator.faults.add(on="read")
    bench.emulator.faults.add(on="read", drop="before", times=1000)
    with pytest.raises(SheetsError) as caught:
        bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    assert caught.value.unknown_outcome
    bench.emulator.faults.clear()
    corrected = Structure(id=caught.value.ids[0], name="Bacalan", commune="Bordeaux")
    assert isinstance(bench.store.commit([Change(corrected)], author="Léa"), Committed)
    assert [(s.name, s.commune) for s in bench.store.refresh().data.all(Structure)] == [("Bacalan", "Bordeaux")]


def test_a_tab_swapped_for_its_copy_takes_the_next_write(bench: Bench):
    """Somebody duplicates a tab, deletes the first and gives the copy its name: its number is another."""
    tab = bench.partner.tab("Structures")
    copy = tab.duplicate(new_sheet_name="Copie")
    tab.spreadsheet.del_worksheet(tab)
    copy.update_title("Structures")
    bench.store.refresh()
    assert isinstance(bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa"), Committed)
    assert names(bench.store.refresh().data.all(Structure)) == ["Bacalan"]


def test_a_session_whose_turn_does_not_come_is_told_and_sends_nothing(bench: Bench, monkeypatch):
    monkeypatch.setattr("pdn.sheets.book.WRITE_PATIENCE", 0.01)
    book = bench.store.book_of(Structure)
    taken, done = threading.Event(), threading.Event()

    def write_for_ever() -> None:
        with book.lock:
            taken.set()
            done.wait(30)

    other = threading.Thread(target=write_for_ever)
    other.start()
    assert taken.wait(30)
    with pytest.raises(SheetsError) as caught:
        bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    done.set()
    other.join()
    assert caught.value.kind is ErrorKind.BUSY
    assert bench.sent() == []


def test_what_is_asked_in_the_block_ends_with_its_time(bench: Bench):
    bench.emulator.faults.add(status=503, times=1000)
    client, started = bench.store.connection.client, bench.time.now
    with client.within(3), pytest.raises(SheetsError):
        client.ask("get", SPREADSHEET_URL % "pdn-reseau", {})
    assert (bench.time.now - started).total_seconds() <= 3
    assert bench.sent() == ["read"] * 3
    with client.within(0), pytest.raises(SheetsError) as caught:
        client.ask("post", SPREADSHEET_URL % "pdn-reseau", {})
    assert not caught.value.unknown_outcome, "it never left"
    assert bench.sent() == ["read"] * 3


def test_a_journal_that_could_not_be_read_is_read_at_once_for_whoever_tries_again(bench: Bench):
    bench.emulator.faults.add(on="read", status=503, times=1000)
    with pytest.raises(SheetsError):
        bench.store.journal(Structure)
    bench.emulator.faults.clear()
    bench.forget()
    with pytest.raises(SheetsError):
        bench.store.journal(Structure)
    assert bench.sent() == []
    assert bench.store.journal(Structure, afresh=True) == ()


def test_refusals_of_the_last_minute_are_counted(bench: Bench):
    bench.emulator.faults.add(status=429, times=2)
    bench.store.refresh()
    assert bench.store.requests.refusals == 2
    bench.time.pass_(61)
    assert bench.store.requests.refusals == 0
