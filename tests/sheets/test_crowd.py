"""Two hundred sessions at once cost Google what one costs, and none of them waits for ever."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from pdn.domain.structure import Structure
from pdn.emulator import Emulator
from pdn.schema import Dataset
from pdn.sheets import Change, ErrorKind, Refreshed, SheetsError, Snapshot, Store
from pdn.sheets.keeper import LEAST_INTERVAL, Keeper
from tests.sheets.conftest import Bench, Time, through
from tests.sheets.test_faults import held
from tests.sheets.test_snapshot import settle

CROWD = 200
ONE_READING = ["read", "read"]
FIRST_READING = ["read"] * 4
"""Of each workbook: its list of tabs, then their cells."""


@pytest.fixture
def opener(emulator: Emulator, tmp_path: Path, time: Time) -> Iterator[Callable[..., Store]]:
    """HTTP alone, as on Google."""
    yield from through("http", emulator, tmp_path, time)


@contextmanager
def crowd() -> Iterator[Callable[[Callable[[], object]], list[object]]]:
    """Has two hundred sessions do the same thing, all of them begun before the first may end."""
    start = threading.Barrier(CROWD)

    def together(do: Callable[[], object]) -> list[object]:
        def one(_: int) -> object:
            start.wait(30)
            return do()

        return list(sessions.map(one, range(CROWD)))

    with ThreadPoolExecutor(CROWD) as sessions:
        yield together


def outcome(store: Store) -> Snapshot | ErrorKind:
    try:
        return store.snapshot()
    except SheetsError as error:
        return error.kind


def test_a_reading_that_is_too_old_is_made_again_once_while_all_are_served_the_old_one(bench: Bench):
    old = bench.store.snapshot()
    bench.time.pass_(31)
    with held(bench.emulator) as waiting, crowd() as together:
        served = together(bench.store.snapshot)
        assert waiting.wait(30)
        assert all(one is old for one in served), "before any answer came"
    settle()
    assert bench.sent() == ONE_READING
    assert bench.store.snapshot() is not old


def test_a_first_reading_is_made_once_and_all_get_it(bench: Bench):
    store = bench.open()
    with crowd() as together:
        served = together(store.snapshot)
    assert len({id(one) for one in served}) == 1
    assert bench.sent() == FIRST_READING


def test_a_google_that_fails_is_asked_by_one_alone(bench: Bench):
    store = bench.open()
    store._keeper.first_patience = 60  # this clock runs ahead while the reader sleeps
    bench.emulator.faults.add(status=503, times=100_000)
    with crowd() as together:
        kinds = together(lambda: outcome(store))
    assert set(kinds) == {ErrorKind.SERVER}
    assert len(bench.sent()) == 6, "one request, and five more before giving up"


def test_ten_minutes_without_google_cost_few_requests_whatever_the_crowd(bench: Bench):
    bench.emulator.faults.add(status=503, times=100_000)
    for _ in range(60):
        bench.time.pass_(10)
        for _ in range(CROWD):
            bench.store.snapshot()
        settle()
    attempts = len(bench.sent()) / 6
    assert attempts <= 9, "after 5, 10, 20, 40, 80, then every 120 seconds"


def test_a_crowd_that_wants_a_new_reading_gets_one_every_three_seconds_at_most(bench: Bench):
    bench.time.pass_(31)
    with crowd() as together:
        answers = together(bench.store.try_refresh)
    assert set(answers) <= {Refreshed.DONE, Refreshed.JUST_READ}
    assert bench.sent() == ONE_READING
    assert bench.store.try_refresh() is Refreshed.JUST_READ
    assert bench.sent() == ONE_READING
    bench.time.pass_(3)
    assert bench.store.try_refresh() is Refreshed.DONE
    assert bench.sent() == ONE_READING * 2


def test_a_crowd_that_insists_while_google_refuses_does_not_ask_more(bench: Bench):
    bench.time.pass_(31)
    bench.emulator.faults.add(status=403, times=100_000)
    with crowd() as together:
        answers = together(bench.store.try_refresh)
    assert set(answers) == {Refreshed.FAILED}
    assert bench.sent() == ["read"]


def test_whoever_wants_a_new_reading_does_not_wait_for_a_slow_google(bench: Bench):
    keeper = bench.store._keeper
    bench.time.pass_(31)
    bench.partner.type("Structures", "B2", "Bacalan")
    old = bench.store.snapshot()
    settle()
    bench.time.pass_(31)
    bench.partner.type("Structures", "B3", "Cenon")
    with held(bench.emulator) as waiting:
        assert keeper.try_refresh(patience=0) is Refreshed.UNDER_WAY
        assert waiting.wait(30)
        assert bench.store.snapshot() is not None
        assert not bench.store.snapshot().data.get(Structure, "?3")
    settle()
    fresh = bench.store.snapshot()
    assert fresh is not old
    assert [structure.name for structure in fresh.data.all(Structure)] == ["Bacalan", "Cenon"]


def test_a_reading_under_way_for_long_is_followed_by_one_that_sees_what_was_typed_since(bench: Bench):
    bench.time.pass_(31)
    with held(bench.emulator) as waiting:
        bench.store.snapshot()
        assert waiting.wait(30)
        bench.time.pass_(10)
        assert bench.store._keeper.try_refresh(patience=0) is Refreshed.UNDER_WAY
        assert bench.store._keeper.try_refresh(patience=0) is Refreshed.UNDER_WAY
    settle()
    assert bench.sent() == ONE_READING * 2


def test_a_first_reading_that_takes_long_is_not_waited_for_but_goes_on(bench: Bench):
    store = bench.open()
    store._keeper.first_patience = 0
    with held(bench.emulator) as waiting:
        for _ in range(3):
            with pytest.raises(SheetsError) as caught:
                store.snapshot()
            assert "La lecture continue" in caught.value.message
        assert waiting.wait(30)
    settle()
    assert store.snapshot().error is None
    assert bench.sent() == FIRST_READING


def test_whoever_comes_after_a_long_time_waits_a_little_for_today_s_data(bench: Bench):
    bench.partner.type("Structures", "B2", "Bacalan")
    bench.time.pass_(3600)
    bench.forget()
    assert [structure.name for structure in bench.store.snapshot().data.all(Structure)] == ["Bacalan"]
    assert bench.sent() == ONE_READING


def test_a_machine_without_a_thread_left_keeps_its_reading_and_tries_again(bench: Bench, monkeypatch):
    def no_thread(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    old = bench.store.snapshot()
    bench.time.pass_(31)
    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", no_thread)
        bench.store.snapshot()
    stale = bench.store.snapshot()
    assert stale.data is old.data
    assert stale.error is not None
    bench.time.pass_(6)
    bench.store.snapshot()
    settle()
    assert bench.store.snapshot().error is None


def test_what_compares_two_readings_may_fail_without_stopping_them(bench: Bench):
    def fail(before: Snapshot, after: Snapshot) -> None:
        raise ValueError(before, after)

    bench.store._keeper.note = fail
    bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    assert bench.store.refresh().error is None


def test_whoever_asks_just_as_a_reading_ends_does_not_begin_another():
    """The reader that goes and the one who asks meet in a few microseconds: so it is tried often."""
    time, read = Time(), []

    def reading() -> Snapshot:
        read.append(time.now)
        return Snapshot(Dataset({}), time.now)

    keeper = Keeper(reading, time.clock, max_age=30)
    for round_ in range(1, 201):
        time.pass_(LEAST_INTERVAL)
        with ThreadPoolExecutor(4) as sessions:
            asked = [sessions.submit(ask_until_just_read, keeper) for _ in range(4)]
        assert [one.result() for one in asked] == [Refreshed.JUST_READ] * 4
        assert len(read) == round_


def ask_until_just_read(keeper: Keeper) -> Refreshed:
    while (said := keeper.try_refresh()) is Refreshed.DONE:
        pass
    return said
