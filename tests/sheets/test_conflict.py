"""Two people change the same record: both keep their work, or one of them is asked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from pdn.domain.agreement import Agreement
from pdn.domain.structure import Structure
from pdn.sheets import Change, Committed, Conflicted
from tests.sheets.conftest import Bench
from tests.sheets.test_commit import add, change


def test_different_fields_merge_in_silence(bench: Bench):
    seen = add(bench.store, Structure(name="Bacalan"))
    bench.partner.tab("Structures").update_cell(2, bench.partner.column_of("Structures", "Commune"), "Bordeaux")
    outcome = change(bench.store, seen, epci="Bordeaux Métropole")
    assert outcome.records[0].commune == "Bordeaux"
    assert bench.store.refresh().data.all(Structure) == outcome.records


def test_the_same_field_is_asked_about_and_nothing_is_written(bench: Bench):
    seen = add(bench.store, Agreement(number="12", ends_on=date(2019, 3, 1), amount=Decimal(100)))
    bench.partner.tab("Conventions").update_cell(
        2, bench.partner.column_of("Conventions", "Date de fin"), "1 avril 2019"
    )
    outcome = change(bench.store, seen, ends_on=date(2019, 5, 1), amount=Decimal(200))
    assert isinstance(outcome, Conflicted)
    (conflict,) = outcome.conflicts
    assert (conflict.seen, conflict.wanted, conflict.current) == ("01/03/2019", "01/05/2019", "01/04/2019")
    assert (conflict.header, conflict.field, conflict.title) == ("Date de fin", "ends_on", "12")
    assert not conflict.formula
    assert bench.store.refresh().data.all(Agreement)[0].amount == 100


def test_the_person_may_overwrite_after_having_been_asked(bench: Bench):
    seen = add(bench.store, Structure(name="Bacalan", commune="A"))
    bench.partner.tab("Structures").update_cell(2, bench.partner.column_of("Structures", "Commune"), "B")
    wanted = Change(replace(seen, commune="C"), before=seen, overwrite=frozenset({"commune"}))
    assert isinstance(bench.store.commit([wanted], author="Léa"), Committed)
    assert bench.store.refresh().data.all(Structure)[0].commune == "C"
    assert bench.store.journal(Structure)[-1].before == "B", "what was overwritten can be read back"


def test_wanting_what_stands_there_already_is_no_conflict(bench: Bench):
    seen = add(bench.store, Structure(name="Bacalan"))
    bench.partner.tab("Structures").update_cell(2, bench.partner.column_of("Structures", "Commune"), "Bordeaux")
    bench.forget()
    assert isinstance(change(bench.store, seen, commune="Bordeaux"), Committed)
    assert bench.sent() == ["read"]


def test_a_formula_is_never_overwritten_unasked(bench: Bench):
    seen = add(bench.store, Agreement(number="12"))
    column = bench.partner.column_of("Conventions", "Montant")
    letter = "ABCDEFGHIJKLMNOP"[column - 1]
    bench.partner.type("Conventions", f"{letter}2", "=50+50")
    seen = bench.store.refresh().data.all(Agreement)[0]
    assert seen.amount == 100
    outcome = change(bench.store, seen, amount=Decimal(120))
    assert isinstance(outcome, Conflicted)
    assert outcome.conflicts[0].formula
    assert outcome.conflicts[0].current == "=50+50"
    assert isinstance(change(bench.store, seen, number="13"), Committed), "the rest of the row can be saved"
    cells = bench.partner.tab("Conventions").get_values(value_render_option="FORMULA")
    assert cells[1][column - 1] == "=50+50"
    now = bench.store.snapshot().data.all(Agreement)[0]
    assert now.amount == 100
    wanted = Change(replace(now, amount=Decimal(120)), before=now, overwrite=frozenset({"amount"}))
    assert isinstance(bench.store.commit([wanted], author="Léa"), Committed)
    assert bench.store.refresh().data.all(Agreement)[0].amount == 120
    assert bench.store.journal(Agreement)[-1].before == "=50+50"


def test_a_text_that_is_not_understood_is_never_overwritten_unasked(bench: Bench):
    add(bench.store, Agreement(number="12"))
    bench.partner.tab("Conventions").update_cell(2, bench.partner.column_of("Conventions", "Date de fin"), "à voir")
    seen = bench.store.refresh().data.all(Agreement)[0]
    assert seen.ends_on is None
    outcome = change(bench.store, seen, ends_on=date(2019, 5, 1))
    assert outcome.conflicts[0].current == "à voir"


def test_a_conflict_says_who_changed_it_when_it_was_through_the_app(bench: Bench):
    seen = add(bench.store, Structure(name="Bacalan"))
    bench.store.commit([Change(replace(seen, commune="A"), before=seen)], author="Paul")
    outcome = change(bench.store, seen, commune="B")
    assert outcome.conflicts[0].by == "Paul"
    assert outcome.conflicts[0].at.replace(tzinfo=UTC) == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_one_conflict_holds_back_the_whole_commit(bench: Bench):
    one, other = add(bench.store, Structure(name="A"), Structure(name="B"))
    change(bench.store, one, commune="X")
    outcome = bench.store.commit(
        [Change(replace(one, commune="Y"), before=one), Change(replace(other, commune="Z"), before=other)], author="Léa"
    )
    assert isinstance(outcome, Conflicted)
    assert bench.store.refresh().data.get(Structure, other.id).commune == ""


def test_two_sessions_of_two_processes_keep_both_their_work(bench: Bench):
    seen = add(bench.store, Structure(name="Bacalan"))
    other = bench.open()
    theirs = other.snapshot().data.get(Structure, seen.id)
    change(bench.store, seen, commune="Bordeaux")
    outcome = change(other, theirs, epci="Métropole")
    assert (outcome.records[0].commune, outcome.records[0].epci) == ("Bordeaux", "Métropole")


def test_twenty_sessions_that_save_at_once_all_land(bench: Bench):
    structures = add(bench.store, *(Structure(name=f"Structure {n}") for n in range(20)))
    with ThreadPoolExecutor(20) as sessions:
        outcomes = list(sessions.map(lambda s: change(bench.store, s, commune=s.name), structures))
    assert all(isinstance(outcome, Committed) for outcome in outcomes)
    assert all(s.commune == s.name for s in bench.store.refresh().data.all(Structure))
    assert len(bench.store.journal(Structure)) == 40


def test_a_conflict_names_nobody_where_the_sheet_itself_was_changed_since(bench: Bench):
    seen = add(bench.store, Structure(name="Bacalan"))
    bench.store.commit([Change(replace(seen, commune="A"), before=seen)], author="Paul")
    bench.partner.tab("Structures").update_cell(2, bench.partner.column_of("Structures", "Commune"), "B")
    (conflict,) = change(bench.store, seen, commune="C").conflicts
    assert (conflict.current, conflict.by, conflict.at) == ("B", "", None)


def test_a_conflict_names_who_saved_a_moment_ago_through_another_process(bench: Bench):
    seen = add(bench.store, Agreement(number="12", ends_on=date(2019, 3, 1)))
    bench.store.journal(Agreement)
    bench.time.pass_(5)
    other = bench.open()
    theirs = other.snapshot().data.get(Agreement, seen.id)
    other.commit([Change(replace(theirs, ends_on=date(2019, 4, 1)), before=theirs)], author="Paul")
    (conflict,) = change(bench.store, seen, ends_on=date(2019, 5, 1)).conflicts
    assert (conflict.by, conflict.current) == ("Paul", "01/04/2019")
    assert conflict.at == datetime(2026, 3, 2, 10, 30, 5)


def test_a_conflict_names_nobody_where_the_journal_can_t_be_read(bench: Bench):
    seen = add(bench.store, Structure(name="Bacalan"))
    bench.store.commit([Change(replace(seen, commune="A"), before=seen)], author="Paul")
    bench.emulator.faults.add(on="read", times=1)
    bench.emulator.faults.add(on="read", status=503, times=1000)
    (conflict,) = change(bench.store, seen, commune="B").conflicts
    assert (conflict.current, conflict.by) == ("A", "")


def test_a_text_that_looks_like_a_formula_is_a_text_for_whoever_has_not_read_it_yet(bench: Bench):
    seen = add(bench.store, Structure(name="Bacalan", commune="A"))
    other = bench.open()
    theirs = other.snapshot().data.get(Structure, seen.id)
    change(bench.store, seen, commune="=1+1")
    bench.forget()
    (conflict,) = change(other, theirs, commune="B").conflicts
    assert (conflict.current, conflict.formula, conflict.by) == ("=1+1", False, "Léa")
    assert bench.sent() == ["read", "read", "read"], "the tab, what looks like a formula, the journal"
    over = Change(replace(theirs, commune="B"), before=theirs, overwrite=frozenset({"commune"}))
    done = other.commit([over], author="Paul")
    other.undo(done.commit_id, author="Paul")
    assert bench.store.refresh().data.all(Structure)[0].commune == "=1+1", "it was put back as a text"
