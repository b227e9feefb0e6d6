"""A connection that breaks during a write: what landed is never written twice, what did not is written."""

from dataclasses import replace

import pytest

from pdn.domain.structure import Structure
from pdn.sheets import Change, Committed, ErrorKind, SheetsError
from tests.sheets.conftest import Bench
from tests.sheets.test_commit import add, change

BROKEN = [{"drop": "before"}, {"drop": "after"}, {"status": 500}, {"status": 503}]


@pytest.mark.parametrize("fault", BROKEN)
def test_an_addition_lands_once(bench: Bench, fault):
    bench.emulator.faults.add(on="write", **fault)
    outcome = bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    assert isinstance(outcome, Committed)
    assert bench.store.refresh().data.all(Structure) == outcome.records
    assert len(bench.store.journal(Structure)) == 1


@pytest.mark.parametrize("fault", BROKEN)
def test_a_change_lands_once(bench: Bench, fault):
    structure = add(bench.store, Structure(name="Bacalan"))
    bench.emulator.faults.add(on="write", **fault)
    outcome = change(bench.store, structure, commune="Bordeaux")
    assert isinstance(outcome, Committed)
    assert bench.store.refresh().data.all(Structure) == outcome.records
    assert [e.after for e in bench.store.journal(Structure)] == ["Nom\u00a0: Bacalan", "Bordeaux"]


def test_a_row_without_an_id_gets_one_once(bench: Bench):
    bench.partner.tab("Structures").append_row(["", "Bacalan"])
    typed = bench.store.refresh().data.all(Structure)[0]
    bench.emulator.faults.add(on="write", drop="after")
    outcome = change(bench.store, typed, commune="Bordeaux")
    assert bench.store.refresh().data.all(Structure) == outcome.records


def test_what_landed_on_a_moved_row_before_the_answer_was_lost_is_put_right(bench: Bench):
    add(bench.store, Structure(name="Ambès", commune="Ambès"))
    bacalan = add(bench.store, Structure(name="Bacalan"))
    row = {"sheetId": bench.partner.tab("Structures").id, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}

    def insert_a_row() -> None:
        bench.partner.batch({"insertDimension": {"range": row}})
        bench.emulator.faults.add(on="write", drop="after")

    bench.before_next_write(insert_a_row)
    assert isinstance(change(bench.store, bacalan, commune="Bordeaux"), Committed)
    data = bench.store.refresh().data
    assert {s.name: s.commune for s in data.all(Structure)} == {"Ambès": "Ambès", "Bacalan": "Bordeaux"}


def test_what_landed_and_was_changed_by_a_partner_since_is_no_conflict(bench: Bench):
    bacalan = add(bench.store, Structure(name="Bacalan"))
    column = bench.partner.column_of("Structures", "Commune")
    bench.emulator.faults.add(on="write", drop="after")
    sleep = bench.time.sleep

    def while_we_wait(seconds: float) -> None:
        sleep(seconds)
        bench.partner.tab("Structures").update_cell(2, column, "Bordeaux Nord")

    bench.time.sleep = while_we_wait  # type: ignore[method-assign] # the store's clock calls it
    store = bench.open()
    store.snapshot()
    assert isinstance(change(store, bacalan, commune="Bordeaux"), Committed)
    assert store.refresh().data.all(Structure)[0].commune == "Bordeaux Nord"


@pytest.mark.parametrize("drop", ["before", "after"])
def test_saving_again_after_an_outcome_nobody_knows_writes_nothing_twice(bench: Bench, drop: str):
    wanted = [Change(Structure(name="Bacalan")), Change(Structure(name="Bacalan"))]
    bench.emulator.faults.add(on="write", drop=drop)
    bench.emulator.faults.add(on="read", times=1)
    bench.emulator.faults.add(on="read", drop="before", times=1000)
    with pytest.raises(SheetsError) as caught:
        bench.store.commit(wanted, author="Léa")
    assert caught.value.unknown_outcome
    assert "deux fois" in caught.value.message
    bench.emulator.faults.clear()
    outcome = bench.store.commit(wanted, author="Léa")
    assert isinstance(outcome, Committed)
    assert bench.store.refresh().data.all(Structure) == outcome.records
    assert len(outcome.records) == 2, "two alike were asked for, two stand there"


def test_a_write_that_never_gets_through_is_told(bench: Bench):
    bench.emulator.faults.add(on="write", status=503, times=1000)
    with pytest.raises(SheetsError) as caught:
        bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    assert caught.value.kind is ErrorKind.NETWORK
    assert bench.store.refresh().data.all(Structure) == ()


def test_a_quota_hit_before_the_reading_leaves_nothing_behind(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    bench.emulator.faults.add(status=429, times=1000)
    with pytest.raises(SheetsError) as caught:
        bench.store.commit([Change(replace(structure, name="B"), before=structure)], author="Léa")
    assert caught.value.kind is ErrorKind.QUOTA
    assert not caught.value.unknown_outcome


def test_a_refusal_after_a_write_whose_answer_was_lost_is_no_proof_that_nothing_landed(bench: Bench):
    bench.emulator.faults.add(on="write", drop="before")
    bench.emulator.faults.add(on="write", status=403)
    with pytest.raises(SheetsError) as caught:
        bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    assert caught.value.unknown_outcome, "what was sent first may still be on its way"
    assert isinstance(bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa"), Committed)
    assert len(bench.store.refresh().data.all(Structure)) == 1


def test_an_id_that_only_looks_like_that_of_a_row_without_one_is_never_taken_for_one(bench: Bench):
    bench.partner.tab("Structures").append_rows([["", "Bacalan"], ["?2", "Cenon"]])
    bacalan, _ = bench.store.refresh().data.all(Structure)
    assert bacalan.id == "?2"
    assert isinstance(change(bench.store, bacalan, commune="Bordeaux"), Committed)
    assert {one.name: one.commune for one in bench.store.refresh().data.all(Structure)} == {
        "Bacalan": "Bordeaux", "Cenon": "",
    }  # fmt: skip
