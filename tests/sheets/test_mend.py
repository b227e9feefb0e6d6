"""Mends with one meaning: ids, writings, headers; one commit per workbook, journaled and undone like any other."""

import threading
from datetime import date

import pytest

from pdn.domain.agreement import Agreement
from pdn.domain.budget_line import BudgetLine
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.schema import Problem, ProblemKind
from pdn.schema.ids import is_provisional
from pdn.sheets import Committed, ErrorKind, SheetsError, can_mend
from tests.sheets.conftest import Bench
from tests.sheets.test_commit import add


def told(bench: Bench) -> list[Problem]:
    data = bench.store.refresh().data
    return [*data.problems, *data.notices]


def test_everything_that_can_be_mended_is_in_one_commit_per_workbook(bench: Bench):
    add(bench.store, Agreement(number="12"))
    tab = bench.partner.tab("Conventions")
    tab.update_cell(2, bench.partner.column_of("Conventions", "Date de fin"), "1er mars 2019")
    promeneurs = bench.partner.tab("Promeneurs")
    promeneurs.append_row(["", "Zoé", "Roy"])
    phone = bench.partner.column_of("Promeneurs", "Téléphone")
    promeneurs.update_cell(2, phone, "06.12.34.56.78")
    promeneurs.update_cell(1, phone, "Tél")
    bench.partner.tab("Budget", "pdn-pilotage").append_row(["", 2026])
    problems = [problem for problem in told(bench) if can_mend(problem)]
    assert {problem.kind for problem in problems} == {ProblemKind.NO_ID, ProblemKind.UNTIDY, ProblemKind.ALIAS}
    bench.forget()
    done = bench.store.mend(problems, author="Léa")
    assert all(isinstance(outcome, Committed) for outcome in done)
    assert bench.sent().count("write") == 2
    assert [problem for problem in told(bench) if can_mend(problem)] == []
    assert bench.partner.cells("Promeneurs")[0][phone - 1] == "Téléphone"
    assert bench.partner.cells("Promeneurs")[1][phone - 1] == "06 12 34 56 78"
    assert bench.store.snapshot().data.all(Agreement)[0].ends_on == date(2019, 3, 1)
    assert bench.store.snapshot().data.all(BudgetLine)[0].year == 2026


def test_mending_a_writing_is_journaled_as_it_stood_and_can_be_undone(bench: Bench):
    add(bench.store, Agreement(number="12"))
    tab, column = bench.partner.tab("Conventions"), bench.partner.column_of("Conventions", "Date de fin")
    tab.update_cell(2, column, "1er mars 2019")
    (done,) = bench.store.mend(told(bench), author="Léa")
    entry = bench.store.journal(Agreement)[-1]
    assert (entry.before, entry.after) == ("1er mars 2019", "01/03/2019")
    assert bench.partner.cells("Conventions")[1][column - 1] == 43525
    assert bench.store.snapshot().data.notices == ()
    assert isinstance(bench.store.undo(done.commit_id, author="Léa"), Committed)
    assert bench.partner.cells("Conventions")[1][column - 1] == "1er mars 2019"


def test_a_formula_is_not_written_anew(bench: Bench):
    add(bench.store, Agreement(number="12"))
    column = bench.partner.column_of("Conventions", "Date de fin")
    tab = bench.partner.tab("Conventions")
    tab.update_cell(2, column, '="1er mars "&2019')
    problems = [problem for problem in told(bench) if problem.kind is ProblemKind.UNTIDY]
    (outcome,) = bench.store.mend(problems, author="Léa")
    assert outcome.commit_id == "", "nothing was written"
    assert tab.get_values(value_render_option="FORMULA")[1][column - 1] == '="1er mars "&2019'


def test_a_cell_that_was_typed_in_meanwhile_is_left(bench: Bench):
    add(bench.store, Agreement(number="12"))
    tab, column = bench.partner.tab("Conventions"), bench.partner.column_of("Conventions", "Date de fin")
    tab.update_cell(2, column, "1er mars 2019")
    problems = told(bench)
    tab.update_cell(2, column, "2 mars 2019")
    bench.store.mend(problems, author="Léa")
    assert bench.partner.cells("Conventions")[1][column - 1] == "2 mars 2019"


def test_a_number_that_lost_its_zero_gets_it_back_and_keeps_it(bench: Bench):
    add(bench.store, Structure(name="Bacalan"))
    tab, column = bench.partner.tab("Structures"), bench.partner.column_of("Structures", "Téléphone")
    tab.update_cell(2, column, 512345678)
    bench.store.mend(told(bench), author="Léa")
    assert bench.partner.cells("Structures")[1][column - 1] == "05 12 34 56 78"


def test_a_copied_id_is_renewed_and_the_first_row_keeps_it(bench: Bench):
    original = add(bench.store, Structure(name="Bacalan"))
    bench.partner.tab("Structures").append_row([original.id, "Bacalan Nord"])
    bench.store.mend(told(bench), author="Léa")
    now = bench.store.refresh().data.all(Structure)
    assert now[0].id == original.id
    assert not is_provisional(now[1].id)
    assert now[1].id != original.id


def rename(bench: Bench, header: str, to: str) -> None:
    bench.partner.tab("Promeneurs").update_cell(1, bench.partner.column_of("Promeneurs", header), to)


def test_a_header_that_is_probably_the_missing_one_is_renamed_and_its_cells_are_read(bench: Bench):
    add(bench.store, Promeneur(first_name="Zoé", phone="+33612345678"))
    rename(bench, "Téléphone", "Tél. pro")
    problem = next(one for one in told(bench) if one.suggestion == "Tél. pro")
    assert bench.store.snapshot().data.all(Promeneur)[0].phone == ""
    (done,) = bench.store.mend([problem], author="Léa")
    assert done.snapshot.data.all(Promeneur)[0].phone == "+33612345678"
    entry = bench.store.journal(Promeneur)[-1]
    assert (entry.action, entry.before, entry.after) == ("En-tête", "Tél. pro", "Téléphone")
    assert isinstance(bench.store.undo(done.commit_id, author="Léa"), Committed)
    assert "Tél. pro" in bench.partner.cells("Promeneurs")[0]


def test_a_column_that_moves_in_that_instant_is_renamed_where_it_is(bench: Bench):
    add(bench.store, Promeneur(first_name="Zoé"))
    rename(bench, "Téléphone", "Tél. pro")
    (problem,) = [one for one in told(bench) if one.suggestion]
    column = {"sheetId": bench.partner.tab("Promeneurs").id, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    bench.before_next_write(lambda: bench.partner.batch({"insertDimension": {"range": column}}))
    bench.store.mend([problem], author="Léa")
    header = bench.partner.cells("Promeneurs")[0]
    assert header.count("Téléphone") == 1
    assert header[0] == ""
    assert "Tél. pro" not in header


def test_a_row_inserted_above_the_header_in_that_instant_does_not_hide_it(bench: Bench):
    add(bench.store, Promeneur(first_name="Zoé"))
    rename(bench, "Téléphone", "Tél. pro")
    (problem,) = [one for one in told(bench) if one.suggestion]
    row = {"sheetId": bench.partner.tab("Promeneurs").id, "dimension": "ROWS", "startIndex": 0, "endIndex": 1}
    bench.before_next_write(lambda: bench.partner.batch({"insertDimension": {"range": row}}))
    assert isinstance(bench.store.mend([problem], author="Léa")[0], Committed)
    assert "Téléphone" in bench.partner.cells("Promeneurs")[1]


def test_a_header_that_is_no_longer_there_is_told_and_nothing_is_written(bench: Bench):
    rename(bench, "Téléphone", "Tél. pro")
    (problem,) = [one for one in told(bench) if one.suggestion]
    rename(bench, "Tél. pro", "Autre chose")
    bench.forget()
    with pytest.raises(SheetsError) as caught:
        bench.store.mend([problem], author="Léa")
    assert caught.value.kind is ErrorKind.COLUMN_MISSING
    assert "« Tél. pro » n’est plus dans l’onglet « Promeneurs »" in caught.value.message
    assert "write" not in bench.sent()


def test_undoing_a_renaming_is_refused_while_another_column_has_the_name(bench: Bench):
    rename(bench, "Téléphone", "Tél. pro")
    (problem,) = [one for one in told(bench) if one.suggestion]
    (done,) = bench.store.mend([problem], author="Léa")
    tab = bench.partner.tab("Promeneurs")
    tab.add_cols(1)
    tab.update_cell(1, tab.col_count, "Tél. pro")
    with pytest.raises(SheetsError, match="porte déjà l’en-tête"):
        bench.store.undo(done.commit_id, author="Léa")


def test_missing_tabs_and_columns_are_completed(bench: Bench):
    bench.partner.batch({"deleteSheet": {"sheetId": bench.partner.tab("Jalons").id}})
    rename(bench, "Téléphone", "")
    assert {one.kind for one in told(bench)} == {ProblemKind.TAB_MISSING, ProblemKind.COLUMN_MISSING}
    bench.store.complete()
    assert told(bench) == []


def test_a_missing_journal_is_told_like_any_other_tab_and_completed(bench: Bench):
    bench.partner.client.open_by_key("pdn-reseau").del_worksheet(bench.partner.tab("Journal"))
    (problem,) = told(bench)
    assert (problem.kind, problem.tab) == (ProblemKind.TAB_MISSING, "Journal")
    bench.store.complete()
    assert told(bench) == []
    add(bench.store, Structure(name="Bacalan"))
    assert [entry.after for entry in bench.store.journal(Structure)] == ["Nom\u00a0: Bacalan"]


def test_a_reading_after_a_renaming_is_not_waited_for_for_ever(bench: Bench, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pdn.sheets.store.PATIENCE", 0.0)
    add(bench.store, Promeneur(first_name="Zoé", phone="+33612345678"))
    column = bench.partner.column_of("Promeneurs", "Téléphone")
    bench.partner.tab("Promeneurs").update_cell(1, column, "Tél")
    problems, handle, free = told(bench), bench.emulator.handle, threading.Event()

    def hold_back_readings_after_the_write(request):
        answer = handle(request)
        if request.method == "POST":
            bench.emulator.handle = lambda later: (free.wait(30), handle(later))[1]
        return answer

    bench.emulator.handle = hold_back_readings_after_the_write
    (done,) = bench.store.mend(problems, author="Léa")
    assert isinstance(done, Committed)
    bench.emulator.handle = handle
    free.set()
    assert ProblemKind.ALIAS not in {one.kind for one in told(bench)}
