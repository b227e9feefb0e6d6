"""Somebody moves rows or columns in the very instant between our reading and our writing."""

from dataclasses import replace

from pdn.domain.structure import Structure
from pdn.sheets import Change, Committed, ErrorKind, SheetsError
from tests.sheets.conftest import Bench
from tests.sheets.test_commit import add, change


def three(bench: Bench) -> tuple[Structure, ...]:
    return add(
        bench.store,
        Structure(name="Ambès", commune="Ambès"),
        Structure(name="Bacalan", commune="Bordeaux"),
        Structure(name="Cenon", commune="Cenon"),
    )


def communes(bench: Bench) -> dict[str, str]:
    return {structure.name: structure.commune for structure in bench.store.refresh().data.all(Structure)}


def put_back(bench: Bench) -> list[tuple[str, str, str]]:
    return [
        (entry.record_id, entry.before, entry.after)
        for entry in bench.store.journal(Structure)
        if entry.action == "Remise en place"
    ]


def test_a_row_inserted_in_that_instant_costs_nobody_a_word(bench: Bench):
    ambes, bacalan, _ = three(bench)
    bench.before_next_write(lambda: bench.partner.tab("Structures").insert_row(["", "Nouvelle", "", "", "", ""], 2))
    outcome = change(bench.store, bacalan, commune="Bordeaux Nord")
    assert isinstance(outcome, Committed)
    assert communes(bench) == {"Nouvelle": "", "Ambès": "Ambès", "Bacalan": "Bordeaux Nord", "Cenon": "Cenon"}
    assert put_back(bench) == [(ambes.id, "Bordeaux Nord", "Ambès")]


def test_a_sort_in_that_instant_costs_nobody_a_word(bench: Bench):
    ambes, bacalan, cenon = three(bench)
    bench.before_next_write(lambda: bench.partner.tab("Structures").sort((2, "des"), range="A2:Y100"))
    outcome = bench.store.commit(
        [
            Change(replace(ambes, commune="Ambès 2", epci="M1"), before=ambes),
            Change(replace(bacalan, commune="Bordeaux 2"), before=bacalan),
        ],
        author="Léa",
    )
    assert isinstance(outcome, Committed)
    assert communes(bench) == {"Ambès": "Ambès 2", "Bacalan": "Bordeaux 2", "Cenon": "Cenon"}
    data = bench.store.snapshot().data
    assert data.get(Structure, ambes.id).epci == "M1"
    assert data.get(Structure, cenon.id) == cenon
    assert all(record.label.endswith(record.id) for record in data.all(Structure))


def test_columns_inserted_in_that_instant_cost_nobody_a_word(bench: Bench):
    _, bacalan, _ = three(bench)
    bench.before_next_write(lambda: bench.partner.tab("Structures").insert_cols([["Ma colonne", "x", "y", "z"]], 2))
    outcome = bench.store.commit(
        [Change(replace(bacalan, commune="Bordeaux 2"), before=bacalan), Change(Structure(name="Dax", commune="Dax"))],
        author="Léa",
    )
    assert isinstance(outcome, Committed)
    assert communes(bench) == {"Ambès": "Ambès", "Bacalan": "Bordeaux 2", "Cenon": "Cenon", "Dax": "Dax"}
    assert [row[1] for row in bench.partner.cells("Structures")[:4]] == ["Ma colonne", "x", "y", "z"]


def test_a_formula_that_was_hit_is_put_back_as_a_formula(bench: Bench):
    ambes, bacalan, _ = three(bench)
    column = bench.partner.column_of("Structures", "Commune")
    bench.partner.tab("Structures").update_cell(2, column, '=UPPER("ambès")')
    bench.before_next_write(lambda: bench.partner.tab("Structures").insert_row([""], 2))
    change(bench.store, bacalan, commune="Bordeaux 2")
    cells = bench.partner.tab("Structures").get_values(value_render_option="FORMULA")
    hit = next(row for row in cells if ambes.id in row)
    assert hit[column - 1] == '=UPPER("ambès")'


def test_a_row_deleted_in_that_instant_is_told_and_the_others_are_as_they_were(bench: Bench):
    _, bacalan, cenon = three(bench)
    bench.before_next_write(lambda: bench.partner.tab("Structures").delete_rows(3))
    try:
        change(bench.store, bacalan, commune="Bordeaux 2")
    except SheetsError as error:
        assert error.kind is ErrorKind.ROW_GONE  # noqa: PT017 - either way, what matters is below
    assert communes(bench) == {"Ambès": "Ambès", "Cenon": "Cenon"}
    assert put_back(bench) == [(cenon.id, "Bordeaux 2", "Cenon")]


def test_a_row_without_an_id_that_moved_in_that_instant_gets_its_own(bench: Bench):
    three(bench)
    bench.partner.tab("Structures").append_row(["", "Dax", "", "", "", "40100", "", "Dax"])
    typed = bench.store.refresh().data.all(Structure)[3]
    bench.before_next_write(lambda: bench.partner.tab("Structures").insert_row([""], 2))
    outcome = change(bench.store, typed, epci="Grand Dax")
    records = bench.store.refresh().data.all(Structure)
    assert [record.name for record in records] == ["Ambès", "Bacalan", "Cenon", "Dax"]
    assert records[3].id == outcome.records[0].id
    assert records[3].epci == "Grand Dax"
    assert {record.epci for record in records[:3]} == {""}


def test_a_tab_renamed_in_that_instant_is_found_again(bench: Bench):
    _, bacalan, _ = three(bench)
    bench.before_next_write(lambda: bench.partner.tab("Structures").update_title("STRUCTURES"))
    assert isinstance(change(bench.store, bacalan, commune="Bordeaux 2"), Committed)
    assert communes(bench)["Bacalan"] == "Bordeaux 2"


def test_another_cell_of_the_row_typed_in_that_instant_is_no_matter(bench: Bench):
    _, bacalan, _ = three(bench)
    column = bench.partner.column_of("Structures", "EPCI")
    bench.before_next_write(lambda: bench.partner.tab("Structures").update_cell(3, column, "Métropole"))
    bench.forget()
    change(bench.store, bacalan, commune="Bordeaux 2")
    assert put_back(bench) == []
    assert bench.store.refresh().data.get(Structure, bacalan.id).epci == "Métropole"
