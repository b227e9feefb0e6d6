"""What is changed directly in a sheet is seen at the next reading, and only that."""

from dataclasses import replace
from datetime import date, timedelta

from pdn.domain.agreement import Agreement
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.sheets import Change, EditKind, SheetEdit
from pdn.sheets.edits import EditLog, Own
from tests.sheets.conftest import Bench
from tests.sheets.test_commit import add, change


def seen(bench: Bench) -> list[SheetEdit]:
    """The edits that the next reading shows."""
    before = len(bench.store.sheet_edits)
    bench.store.refresh()
    return list(bench.store.sheet_edits[before:])


def type_in(bench: Bench, tab: str, header: str, value: object, row: int = 2) -> None:
    bench.partner.tab(tab).update_cell(row, bench.partner.column_of(tab, header), value)


def test_a_cell_is_told_with_both_values_and_both_readings(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", commune="A"))
    bench.store.refresh()
    first = bench.time.now
    bench.time.pass_(90)
    type_in(bench, "Structures", "Commune", "B")
    (edit,) = seen(bench)
    assert (edit.kind, edit.record_id, edit.title, edit.header) == (
        EditKind.CHANGED, structure.id, "Bacalan", "Commune",
    )  # fmt: skip
    assert (edit.before, edit.after) == ("A", "B")
    assert (edit.since, edit.seen_at) == (first, first + timedelta(seconds=90))
    assert seen(bench) == []


def test_what_the_app_saves_is_no_direct_edit(bench: Bench):
    one, other = add(bench.store, Structure(name="Bacalan"), Structure(name="Ambès"))
    agreement = add(bench.store, Agreement(number="1", structure_id=one.id, starts_on=date(2019, 3, 1)))
    change(bench.store, agreement, structure_id=other.id, notes="x\ny")
    change(bench.store, one, archived_on=date(2026, 3, 2), name="Bacalan Nord")
    bench.store.commit([Change(replace(other, name="Ambès 2"), before=other)], author="Léa")
    assert seen(bench) == []


def test_rows_and_columns_that_move_are_no_edit(bench: Bench):
    add(bench.store, Structure(name="Bacalan"), Structure(name="Ambès"))
    bench.partner.tab("Structures").append_rows([["", "Sans identifiant"], ["", "Sans identifiant"]])
    bench.store.refresh()
    sheet = bench.partner.tab("Structures").id
    bench.partner.batch(
        {"insertDimension": {"range": {"sheetId": sheet, "dimension": "ROWS", "startIndex": 0, "endIndex": 2}}},
        {"moveDimension": {
            "source": {"sheetId": sheet, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}, "destinationIndex": 5,
        }},
        {"moveDimension": {
            "source": {"sheetId": sheet, "dimension": "ROWS", "startIndex": 3, "endIndex": 4}, "destinationIndex": 7,
        }},
    )  # fmt: skip
    assert seen(bench) == []


def test_rows_that_come_and_go_are_told(bench: Bench):
    one = add(bench.store, Structure(name="Bacalan"))
    bench.partner.tab("Structures").append_row(["", "Ambès"])
    (added,) = seen(bench)
    assert (added.kind, added.title) == (EditKind.ADDED, "Ambès")
    bench.partner.tab("Structures").delete_rows(2)
    (gone,) = seen(bench)
    assert (gone.kind, gone.record_id) == (EditKind.GONE, one.id)
    bench.store.mend(bench.store.snapshot().data.problems, author="Léa")
    assert seen(bench) == [], "an id that the app gives is no edit"


def test_what_can_t_be_understood_is_told_as_it_stands(bench: Bench):
    add(bench.store, Promeneur(first_name="Zoé", phone="+33612345678"))
    type_in(bench, "Promeneurs", "Téléphone", "demander")
    (edit,) = seen(bench)
    assert (edit.before, edit.after) == ("06 12 34 56 78", "demander")
    type_in(bench, "Promeneurs", "Téléphone", "redemander")
    (edit,) = seen(bench)
    assert (edit.before, edit.after) == ("demander", "redemander")


def test_a_reference_is_told_by_its_name(bench: Bench):
    one, other = add(bench.store, Structure(name="Bacalan"), Structure(name="Ambès"))
    add(bench.store, Promeneur(first_name="Zoé", structure_id=one.id))
    type_in(bench, "Promeneurs", "Structure", f"Ambès · {other.id}")
    (edit,) = seen(bench)
    assert (edit.header, edit.before, edit.after) == ("Structure", "Bacalan", "Ambès")


def test_a_header_or_a_tab_that_is_lost_is_no_edit_of_every_row(bench: Bench):
    add(bench.store, Promeneur(first_name="Zoé", phone="+33612345678"))
    bench.store.refresh()
    type_in(bench, "Promeneurs", "Téléphone", "xyz", row=1)
    assert seen(bench) == []
    bench.partner.tab("Promeneurs").update_title("Autre")
    assert seen(bench) == []
    bench.partner.tab("Autre").update_title("Promeneurs")
    assert seen(bench) == []


def test_what_the_app_saves_is_no_edit_even_where_a_reading_shows_it_before_the_app_has_it(bench: Bench):
    one, other = add(bench.store, Structure(name="Bacalan"), Structure(name="Ambès"))
    bench.partner.tab("Structures").append_row(["", "Sans identifiant"])
    typed = bench.store.refresh().data.all(Structure)[-1]
    handle = bench.emulator.handle

    def read_after_the_write(request):
        answer = handle(request)
        if request.method == "POST":
            bench.emulator.handle = handle
            type_in(bench, "Structures", "Commune", "B", row=3)
            bench.store.refresh()
        return answer

    bench.emulator.handle = read_after_the_write
    changes = [Change(replace(one, commune="C"), before=one), Change(replace(typed, commune="D"), before=typed)]
    before = len(bench.store.sheet_edits)
    bench.store.commit([*changes, Change(Structure(name="Cenon"))], author="Léa")
    (edit,) = bench.store.sheet_edits[before:]
    assert (edit.record_id, edit.after) == (other.id, "B"), "what a partner typed in that instant is told"
    assert seen(bench) == []


def test_what_a_commit_finds_changed_in_its_row_is_told_with_it(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", commune="A"))
    first = bench.store.refresh().read_at
    bench.time.pass_(20)
    type_in(bench, "Structures", "Commune", "B")
    before = len(bench.store.sheet_edits)
    change(bench.store, structure, epci="Métropole")
    (edit,) = bench.store.sheet_edits[before:]
    assert (edit.header, edit.before, edit.after) == ("Commune", "A", "B")
    assert (edit.since, edit.seen_at) == (first, bench.time.now)
    assert seen(bench) == []


def test_a_commit_done_while_two_readings_are_compared_is_no_edit_either(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", commune="A"))
    old = bench.store.refresh()
    saved = change(bench.store, structure, commune="B")
    found = bench.store.refresh()
    entries = tuple(one for one in bench.store.journal(Structure) if one.commit_id == saved.commit_id)
    log = EditLog()
    own = Own(saved.records, entries, frozenset(), bench.time.now, log.count)
    log.add_commit(own, found, found.with_records(saved.records))
    log.note(old, found)
    assert log.edits == ()
    type_in(bench, "Structures", "Commune", "C")
    log.note(old, bench.store.refresh())
    assert [edit.after for edit in log.edits] == ["C"], "what is typed over it since is told"


def test_a_row_that_gets_its_id_with_a_cell_that_can_t_be_read_is_no_edit(bench: Bench):
    bench.partner.tab("Promeneurs").append_row(["", "Zoé", "Roy"])
    type_in(bench, "Promeneurs", "Téléphone", "demander")
    bench.store.mend(bench.store.refresh().data.problems, author="Léa")
    assert seen(bench) == []
    type_in(bench, "Promeneurs", "Téléphone", "redemander")
    assert [(edit.before, edit.after) for edit in seen(bench)] == [("demander", "redemander")]
