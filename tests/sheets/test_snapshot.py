"""The snapshot: what it costs, how it ages, and that it stands when Google does not."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from pdn.domain.structure import Structure
from pdn.schema import Problem, ProblemKind
from pdn.sheets import Change, ErrorKind, SheetsError
from pdn.sheets.snapshot import Place
from tests.sheets.conftest import Bench


def settle() -> None:
    """Wait for the background reading, if there is one."""
    for thread in threading.enumerate():
        if thread.name == "pdn-refresh":
            thread.join(10)


def test_a_warm_snapshot_costs_no_request(bench: Bench):
    for _ in range(10):
        bench.store.snapshot()
    assert bench.sent() == []


def test_a_refresh_costs_one_request_per_workbook(bench: Bench):
    bench.store.refresh()
    assert bench.sent() == ["read", "read"]


def test_opening_costs_two_requests_per_workbook(bench: Bench):
    bench.open().snapshot()
    assert bench.sent() == ["read"] * 4


def test_fifty_sessions_that_come_at_once_make_one_reading(bench: Bench):
    store = bench.open()
    bench.emulator.faults.latency = 0.05
    with ThreadPoolExecutor(50) as sessions:
        snapshots = list(sessions.map(lambda _: store.snapshot(), range(50)))
    assert len({id(snapshot) for snapshot in snapshots}) == 1
    assert bench.sent() == ["read"] * 4


def test_fifty_sessions_that_come_at_once_hear_of_one_failure(bench: Bench):
    store = bench.open()
    bench.emulator.faults.latency = 0.05
    bench.emulator.faults.add(status=404, times=1000)

    def try_it(_: int) -> ErrorKind:
        with pytest.raises(SheetsError) as caught:
            store.snapshot()
        return caught.value.kind

    with ThreadPoolExecutor(50) as sessions:
        assert set(sessions.map(try_it, range(50))) == {ErrorKind.NOT_FOUND}
    assert len(bench.sent()) == 1


def test_an_old_snapshot_is_served_at_once_while_one_reading_runs(bench: Bench):
    old = bench.store.snapshot()
    bench.partner.type("Structures", "B2", "Bacalan")
    bench.time.pass_(31)
    bench.forget()
    bench.emulator.faults.latency = 0.1
    served = [bench.store.snapshot() for _ in range(50)]
    assert all(one is old for one in served)
    settle()
    assert bench.sent() == ["read", "read"]
    fresh = bench.store.snapshot()
    assert [structure.name for structure in fresh.data.all(Structure)] == ["Bacalan"]
    assert fresh.age(bench.time.now) == timedelta(0)


def test_the_last_snapshot_stands_with_its_error_while_google_is_down(bench: Bench):
    bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    good = bench.store.refresh()
    bench.emulator.faults.add(status=503, times=100_000)
    bench.time.pass_(31)
    bench.store.snapshot()
    settle()
    stale = bench.store.snapshot()
    assert stale.data is good.data
    assert stale.error.kind is ErrorKind.SERVER
    assert stale.read_at == good.read_at
    bench.forget()
    bench.store.snapshot()
    settle()
    assert bench.sent() == [], "it waits before it tries again"


def test_the_error_goes_when_google_is_back(bench: Bench):
    bench.emulator.faults.add(status=503, times=100_000)
    assert bench.store.refresh().error is not None
    bench.emulator.faults.clear()
    bench.time.pass_(300)
    bench.store.snapshot()
    settle()
    assert bench.store.snapshot().error is None


def test_a_first_reading_that_fails_is_tried_again_after_a_while(bench: Bench):
    store = bench.open()
    bench.emulator.faults.add(status=404, times=1)
    for _ in range(3):
        with pytest.raises(SheetsError):
            store.snapshot()
    assert len(bench.sent()) == 1
    bench.time.pass_(6)
    assert store.snapshot().error is None


def test_a_reading_that_began_before_a_commit_does_not_undo_it(bench: Bench):
    """The answer of the reading leaves the sheet before the commit, and arrives after it."""
    store = bench.store
    handle = bench.emulator.handle
    held, free = threading.Event(), threading.Event()

    def hold_the_answer(request):
        answer = handle(request)
        if threading.current_thread().name != "committer" and request.path.endswith("values:batchGet"):
            held.set()
            free.wait(10)
        return answer

    reader = threading.Thread(target=store.refresh)
    bench.emulator.handle = hold_the_answer
    reader.start()
    assert held.wait(10)
    bench.emulator.handle = handle
    store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    free.set()
    reader.join(10)
    assert [structure.name for structure in store.snapshot().data.all(Structure)] == ["Bacalan"]


def test_a_renamed_tab_is_found_again_or_told_missing(bench: Bench):
    bench.partner.tab("Structures").update_title("STRUCTURES ")
    assert bench.store.refresh().data.problems == ()
    bench.partner.tab("STRUCTURES ").update_title("Autre chose")
    problems = bench.store.refresh().data.problems
    assert [problem.message for problem in problems] == ["L’onglet « Structures » manque."]
    bench.partner.tab("Autre chose").update_title("Structures")
    assert bench.store.refresh().data.problems == ()


def test_a_title_that_reads_as_a_cell_or_holds_an_apostrophe_does_not_disturb(bench: Bench):
    for title in ("D3", "L'onglet d'à côté"):
        bench.partner.client.open_by_key("pdn-reseau").add_worksheet(title, 5, 5)
    assert bench.store.refresh().error is None


def test_links_lead_to_the_cell_the_row_and_the_tab(bench: Bench):
    bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    snapshot = bench.store.refresh()
    structure = snapshot.data.all(Structure)[0]
    assert snapshot.link_to(structure) is None, "an embedded workbook has no address"
    object.__setattr__(snapshot, "places", {"structure": Place("abc", 12)})
    root = "https://docs.google.com/spreadsheets/d/abc/edit#gid=12"
    assert snapshot.link_to(Structure) == root
    assert snapshot.link_to(structure) == f"{root}&range=2:2"
    problem = Problem(kind=ProblemKind.UNREADABLE, tab="Structures", message="", table="structure", row=13, column=4)
    assert snapshot.link_to(problem) == f"{root}&range=E14"
