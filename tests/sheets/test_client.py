"""Patience: what is sent again, how long, and what never is."""

import pytest

from pdn.domain.structure import Structure
from pdn.sheets import Change, Committed, ErrorKind, SheetsError
from tests.sheets.conftest import Bench


@pytest.mark.parametrize(
    "fault", [{"status": 429}, {"status": 500}, {"status": 503}, {"drop": "before"}, {"drop": "after"}]
)
def test_a_reading_that_fails_twice_is_sent_again(bench: Bench, fault):
    bench.emulator.faults.add(times=2, on="read", **fault)
    assert bench.store.refresh().error is None
    assert len(bench.time.slept) == 2
    assert bench.time.slept[0] < bench.time.slept[1]


def test_the_wait_that_google_asks_for_is_kept(bench: Bench):
    bench.emulator.faults.add(status=429, retry_after=7, on="read")
    bench.store.refresh()
    assert bench.time.slept == [7.0]


def test_a_wait_longer_than_our_patience_is_not_begun(bench: Bench):
    bench.emulator.faults.add(status=429, retry_after=60, on="read")
    assert bench.store.refresh().error.kind is ErrorKind.QUOTA
    assert bench.time.slept == []


def test_patience_ends_after_some_twenty_seconds(bench: Bench):
    bench.emulator.faults.add(status=503, times=1000)
    started = bench.time.now
    assert bench.store.refresh().error.kind is ErrorKind.SERVER
    assert 8 < (bench.time.now - started).total_seconds() <= 20


def test_a_refusal_for_good_is_not_sent_again(bench: Bench):
    bench.emulator.faults.add(status=404, on="read", times=1000)
    bench.store.refresh()
    assert bench.sent() == ["read"]


def test_a_write_over_the_quota_is_sent_again(bench: Bench):
    bench.emulator.faults.add(status=429, on="write", times=2)
    assert isinstance(bench.store.commit([Change(Structure(name="A"))], author="Léa"), Committed)
    assert len(bench.time.slept) == 2


def test_a_write_that_is_refused_is_told_as_such(bench: Bench):
    bench.emulator.faults.add(status=403, on="write")
    with pytest.raises(SheetsError) as caught:
        bench.store.commit([Change(Structure(name="A"))], author="Léa")
    assert caught.value.kind is ErrorKind.READ_ONLY
    assert not caught.value.unknown_outcome


def test_requests_of_the_last_minute_are_counted(bench: Bench):
    reads, writes = bench.store.requests.reads, bench.store.requests.writes
    bench.store.commit([Change(Structure(name="A"))], author="Léa")
    assert (bench.store.requests.reads, bench.store.requests.writes) == (reads + 1, writes + 1)
    bench.time.pass_(61)
    assert (bench.store.requests.reads, bench.store.requests.writes) == (0, 0)
