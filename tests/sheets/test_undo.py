"""Undo: the inverse of a commit's entries, itself journaled, refused where somebody has worked on since."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pdn.domain.agreement import Agreement
from pdn.domain.envelope import Envelope
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Parameter
from pdn.domain.structure import Structure
from pdn.sheets import Change, Committed, Refused
from tests.sheets.conftest import Bench
from tests.sheets.test_commit import add, change


def undo(bench: Bench, committed: Committed, entry_ids=None) -> Committed | Refused:
    return bench.store.undo(committed.commit_id, author="Paul", entry_ids=entry_ids)


def test_each_kind_of_field_gets_back_what_it_held(bench: Bench):
    one, other = add(bench.store, Structure(name="Bacalan"), Structure(name="Ambès"))
    first = Agreement(
        number="12", structure_id=one.id, starts_on=date(2019, 3, 1), amount=Decimal("1234.50"), notes="À revoir\n!"
    )
    agreement = add(bench.store, first)
    done = change(
        bench.store, agreement,
        number="13", structure_id=other.id, starts_on=None, amount=Decimal(0), notes="",
    )  # fmt: skip
    cells = bench.partner.cells("Conventions")
    outcome = undo(bench, done)
    assert isinstance(outcome, Committed)
    assert outcome.records == (agreement,)
    assert bench.store.refresh().data.all(Agreement) == (agreement,)
    assert bench.partner.cells("Conventions") != cells
    last = bench.store.journal(Agreement)[-5:]
    assert {(entry.action, entry.author) for entry in last} == {("Annulation", "Paul")}


def test_undoing_costs_the_journal_a_read_and_a_write(bench: Bench):
    done = change(bench.store, add(bench.store, Structure(name="Bacalan")), commune="Bordeaux")
    bench.forget()
    undo(bench, done)
    assert bench.sent() == ["read", "read", "write"]


def test_an_undo_can_be_undone(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", commune="A"))
    done = change(bench.store, structure, commune="B")
    undone = undo(bench, done)
    assert isinstance(undo(bench, undone), Committed)
    assert bench.store.refresh().data.all(Structure) == done.records


def test_one_field_alone_is_undone(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", commune="A", epci="C"))
    done = change(bench.store, structure, commune="B", epci="D")
    (entry,) = [entry for entry in bench.store.journal(Structure) if entry.after == "B"]
    assert isinstance(undo(bench, done, [entry.id]), Committed)
    now = bench.store.refresh().data.all(Structure)[0]
    assert (now.commune, now.epci) == ("A", "D")


def test_a_field_that_was_changed_since_is_left_with_the_reason_and_nothing_is_undone(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", commune="A", epci="C"))
    done = change(bench.store, structure, commune="B", epci="D")
    bench.partner.tab("Structures").update_cell(2, bench.partner.column_of("Structures", "Commune"), "E")
    outcome = undo(bench, done)
    assert isinstance(outcome, Refused)
    (refusal,) = outcome.refusals
    assert refusal.entry.after == "B"
    assert refusal.reason == "« Commune » a été modifié depuis\u00a0: on y trouve « E »."
    assert bench.store.refresh().data.all(Structure)[0].epci == "D"


def test_a_refusal_names_who_changed_it_through_the_app(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", commune="A"))
    done = change(bench.store, structure, commune="B")
    seen = done.records[0]
    bench.store.commit([Change(replace(seen, commune=""), before=seen)], author="Zoé")
    outcome = undo(bench, done)
    assert outcome.refusals[0].reason == "« Commune » a été modifié depuis par Zoé\u00a0: la cellule est vide."


def test_a_value_that_a_partner_only_wrote_otherwise_is_undone(bench: Bench):
    agreement = add(bench.store, Agreement(number="12"))
    done = change(bench.store, agreement, starts_on=date(2019, 3, 1))
    column = bench.partner.column_of("Conventions", "Date d’effet")
    bench.partner.tab("Conventions").update_cell(2, column, "1er mars 2019")
    assert isinstance(undo(bench, done), Committed)
    assert bench.store.refresh().data.all(Agreement) == (agreement,)


@pytest.mark.parametrize("typed", ["à voir", "=40000+500", 12.5, True])
def test_what_was_overwritten_comes_back_as_it_was_typed(bench: Bench, typed):
    add(bench.store, Agreement(number="12"))
    tab, column = bench.partner.tab("Conventions"), bench.partner.column_of("Conventions", "Date de fin")
    tab.update_cell(2, column, typed)
    before = tab.get_values(value_render_option="FORMULA")[1][column - 1]
    seen = bench.store.refresh().data.all(Agreement)[0]
    wanted = Change(replace(seen, ends_on=date(2019, 5, 1)), before=seen, overwrite=frozenset({"ends_on"}))
    done = bench.store.commit([wanted], author="Léa")
    assert bench.store.refresh().data.all(Agreement)[0].ends_on == date(2019, 5, 1)
    outcome = undo(bench, done)
    assert isinstance(outcome, Committed)
    assert tab.get_values(value_render_option="FORMULA")[1][column - 1] == before
    assert outcome.snapshot.data.all(Agreement)[0].ends_on == seen.ends_on


def test_an_addition_is_undone_by_archiving(bench: Bench):
    done = bench.store.commit([Change(Structure(name="A")), Change(Structure(name="B"))], author="Léa")
    assert isinstance(undo(bench, done), Committed)
    data = bench.store.refresh().data
    assert data.live(Structure) == ()
    assert {record.archived_on for record in data.all(Structure)} == {date(2026, 3, 2)}


def test_an_addition_that_somebody_has_worked_on_is_left(bench: Bench):
    done = bench.store.commit([Change(Structure(name="A"))], author="Léa")
    bench.partner.tab("Structures").update_cell(2, bench.partner.column_of("Structures", "Commune"), "Bordeaux")
    bench.store.refresh()
    outcome = undo(bench, done)
    assert outcome.refusals[0].reason == "La fiche a été modifiée depuis\u00a0: « Commune »."


def test_an_addition_of_an_envelope_is_undone_too(bench: Bench):
    done = bench.store.commit([Change(Envelope(year=2026, amount=Decimal(20_000)))], author="Léa")
    assert isinstance(undo(bench, done), Committed)
    assert bench.store.refresh().data.live(Envelope) == ()


def test_a_setting_gets_its_value_back(bench: Bench):
    row = bench.store.snapshot().data.get(Parameter, "notice_days")
    done = change(bench.store, row, value=120)
    assert isinstance(undo(bench, done), Committed)
    assert bench.store.refresh().data.get(Parameter, "notice_days") == row


def test_a_row_that_was_deleted_since_is_told(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    done = change(bench.store, structure, commune="B")
    bench.partner.tab("Structures").delete_rows(2)
    bench.store.refresh()
    assert undo(bench, done).refusals[0].reason == "Sa ligne n’est plus dans la feuille."


def test_an_id_that_was_given_stays(bench: Bench):
    bench.partner.tab("Promeneurs").append_row(["", "Zoé", "Roy"])
    problems = bench.store.refresh().data.problems
    (done,) = bench.store.mend(problems, author="Léa")
    assert undo(bench, done).refusals[0].reason.startswith("Un identifiant donné reste")
    assert bench.store.refresh().data.all(Promeneur)[0].id.startswith("P-")


def test_without_the_exact_values_the_texts_serve(bench: Bench):
    agreement = add(bench.store, Agreement(number="12", starts_on=date(2019, 3, 1)))
    done = change(bench.store, agreement, starts_on=None)
    tab = bench.partner.tab("Journal")
    tab.update_cell(1, bench.partner.column_of("Journal", "Valeurs exactes"), "Notes")
    assert isinstance(undo(bench, done), Committed)
    assert bench.store.refresh().data.all(Agreement)[0].starts_on == date(2019, 3, 1)
    assert bench.partner.cells("Conventions")[1][bench.partner.column_of("Conventions", "Date d’effet") - 1] == 43525


def test_an_unknown_commit_is_told(bench: Bench):
    with pytest.raises(KeyError):
        bench.store.undo("EN-?", author="Paul")
