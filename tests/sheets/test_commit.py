"""A commit: what it costs, what it writes, what it leaves alone, what the journal says."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from pdn.domain.agreement import Agreement
from pdn.domain.budget_line import BudgetLine, Strand
from pdn.domain.promeneur import Audience, Promeneur
from pdn.domain.session import Session
from pdn.domain.settings import Parameter
from pdn.domain.structure import Structure
from pdn.schema.ids import is_provisional
from pdn.sheets import Change, Committed, Conflicted, ErrorKind, SheetsError, Store
from tests.sheets.conftest import Bench


def add(store: Store, *records):
    outcome = store.commit([Change(record) for record in records], author="Léa")
    assert isinstance(outcome, Committed)
    return outcome.records if len(outcome.records) > 1 else outcome.records[0]


def change(store: Store, record, **fields):
    return store.commit([Change(replace(record, **fields), before=record)], author="Léa")


def test_a_commit_costs_one_reading_and_one_writing(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    assert bench.sent() == ["read", "write"]
    bench.forget()
    change(bench.store, structure, commune="Bordeaux")
    assert bench.sent() == ["read", "write"]
    assert bench.store.snapshot().data.get(Structure, structure.id).commune == "Bordeaux"
    assert bench.sent() == ["read", "write"], "the person sees it without another reading"


def test_a_group_is_committed_at_once(bench: Bench):
    records = add(bench.store, *(Structure(name=f"Structure {n}") for n in range(20)))
    assert bench.sent() == ["read", "write"]
    assert len({record.id for record in records}) == 20
    bench.forget()
    outcome = bench.store.commit(
        [Change(replace(record, commune="Bègles"), before=record) for record in records], author="Léa"
    )
    assert isinstance(outcome, Committed)
    assert bench.sent() == ["read", "write"]
    assert {record.commune for record in bench.store.refresh().data.all(Structure)} == {"Bègles"}


def test_nothing_to_change_is_not_written(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    bench.forget()
    outcome = change(bench.store, structure)
    assert outcome.commit_id == ""
    assert bench.sent() == ["read"]
    assert bench.store.commit([], author="Léa").records == ()


def test_what_is_committed_is_what_is_read_again(bench: Bench):
    structure = add(
        bench.store, Structure(name="L’Éclaircie « sud »", phone="+33524736021", postcode="01000", priority_area=True)
    )
    promeneur = add(
        bench.store,
        Promeneur(
            first_name="Zoé", last_name="D’Argent", structure_id=structure.id, email="zoe@example.org",
            mandate_on=date(2019, 3, 12), audiences=(Audience.YOUNG, Audience.PARENTS), presentation="Deux\nlignes",
        ),
    )  # fmt: skip
    session = add(bench.store, Session(name="Écoute", held_on=date(2019, 3, 1), minutes=150, cost=Decimal("1234.50")))
    line = add(bench.store, BudgetLine(year=2019, strand=Strand.COORDINATION, name="Salaire", planned=Decimal("12.10")))
    data = bench.store.refresh().data
    for record in (structure, promeneur, session, line):
        assert data.get(type(record), record.id) == record


def test_numbers_and_dates_are_written_as_numbers_under_their_format(bench: Bench):
    add(bench.store, Session(name="Écoute", held_on=date(2019, 3, 12), cost=Decimal("1234.50")))
    shown = bench.partner.tab("Séances").get_values(value_render_option="FORMATTED_VALUE")
    row = dict(zip(shown[0], shown[1], strict=False))
    assert row["Date"] == "12/03/2019"
    assert row["Coût"].replace("\u202f", " ").replace("\xa0", " ") == "1 234,50 €"
    assert bench.partner.cells("Séances")[1][bench.partner.column_of("Séances", "Date") - 1] == 43536


@pytest.mark.parametrize(
    "text", ["=1+1", "+33 6", "-5", "@home", "'apostrophe", "12,50", "0524736021", "007", "VRAI", "1e5", "12/03/2019"]
)
def test_text_stays_the_text_that_was_typed(bench: Bench, text: str):
    structure = add(bench.store, Structure(name="Bacalan", notes=text))
    assert bench.store.refresh().data.all(Structure)[0].notes == text
    cells = bench.partner.cells("Structures")
    assert cells[1][bench.partner.column_of("Structures", "Remarques") - 1] == text
    assert isinstance(change(bench.store, structure, notes=f"{text} bis"), Committed), "nor is it taken for a formula"
    assert bench.store.refresh().data.all(Structure)[0].notes == f"{text} bis"


def test_what_partners_type_keeps_its_zeros(bench: Bench):
    add(bench.store, Structure(name="Bacalan"))
    for header, typed in (("Téléphone", "0524736021"), ("Code postal", "01000"), ("SIRET", "05212345600004")):
        column = bench.partner.column_of("Structures", header)
        bench.partner.tab("Structures").update_cell(2, column, typed)
    structure = bench.store.refresh().data.all(Structure)[0]
    assert (structure.phone, structure.postcode) == ("+33524736021", "01000")
    cells = bench.partner.cells("Structures")[1]
    assert cells[bench.partner.column_of("Structures", "SIRET") - 1] == "05212345600004"


def test_an_amount_typed_with_a_comma_is_that_amount(bench: Bench):
    add(bench.store, BudgetLine(year=2019, name="Timbres"))
    column = bench.store.snapshot().data.reading(BudgetLine).columns["planned"]
    bench.partner.tab("Budget", "pdn-pilotage").update([["12,50"]], f"{'ABCDEFGHIJ'[column]}2", raw=True)
    assert bench.store.refresh().data.all(BudgetLine)[0].planned == Decimal("12.50")


def test_only_the_cells_that_changed_are_written(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", commune="bordeaux"))
    bench.partner.type("Structures", "C2", "  association ")
    change(bench.store, structure, commune="Bordeaux")
    assert bench.partner.cells("Structures")[1][2] == "  association "


def test_a_field_is_emptied(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", commune="Bordeaux", spotted_on=date(2019, 1, 1)))
    change(bench.store, structure, commune="", spotted_on=None)
    emptied = bench.store.refresh().data.all(Structure)[0]
    assert (emptied.commune, emptied.spotted_on) == ("", None)


def test_references_are_written_as_labels_and_read_as_ids(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    other = add(bench.store, Structure(name="Pessac"))
    promeneur = add(bench.store, Promeneur(first_name="Zoé", last_name="Roy", structure_id=structure.id))
    assert f"Bacalan · {structure.id}" in bench.partner.cells("Promeneurs")[1]
    change(bench.store, promeneur, structure_id=other.id)
    assert f"Pessac · {other.id}" in bench.partner.cells("Promeneurs")[1]
    assert bench.store.refresh().data.all(Promeneur)[0].structure_id == other.id


def test_records_added_together_may_refer_to_each_other(bench: Bench):
    structure = Structure(id="S-00000001", name="Bacalan")
    add(bench.store, structure, Promeneur(first_name="Zoé", last_name="Roy", structure_id=structure.id))
    assert "Bacalan · S-00000001" in bench.partner.cells("Promeneurs")[1]


def test_a_reference_that_a_partner_typed_by_name_is_no_conflict(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    other = add(bench.store, Structure(name="Pessac"))
    add(bench.store, Promeneur(first_name="Zoé", last_name="Roy", structure_id=structure.id))
    column = bench.partner.column_of("Promeneurs", "Structure")
    bench.partner.tab("Promeneurs").update_cell(2, column, "pessac")
    promeneur = bench.store.refresh().data.all(Promeneur)[0]
    assert promeneur.structure_id == other.id
    assert isinstance(change(bench.store, promeneur, structure_id=structure.id), Committed)


def test_the_label_follows_the_name(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    change(bench.store, structure, name="Bacalan Nord")
    assert f"Bacalan Nord · {structure.id}" in bench.partner.cells("Structures")[1]


def test_the_journal_says_who_what_before_and_after(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan", spotted_on=date(2019, 3, 1)))
    change(bench.store, structure, name="Bacalan Nord", spotted_on=None)
    entries = bench.store.journal(Structure)
    assert [(e.action, e.field, e.before, e.after) for e in entries] == [
        ("Ajout", "", "", "Nom\u00a0: Bacalan\nRepérée le\u00a0: 01/03/2019"),
        ("Modification", "Nom", "Bacalan", "Bacalan Nord"),
        ("Modification", "Repérée le", "01/03/2019", ""),
    ]
    assert {(e.author, e.tab, e.record_id) for e in entries} == {("Léa", "Structures", structure.id)}
    assert len({e.id for e in entries}) == 3
    assert len({e.commit_id for e in entries}) == 2
    assert entries[0].made_at == datetime(2026, 3, 2, 10, 30), "by the clock of the spreadsheet, Paris in winter"


def test_archiving_and_its_return_are_named_in_the_journal(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    archived = change(bench.store, structure, archived_on=date(2026, 3, 2)).records[0]
    assert bench.store.snapshot().data.live(Structure) == ()
    change(bench.store, archived, archived_on=None)
    assert [e.action for e in bench.store.journal(Structure)][1:] == ["Archivage", "Retour d’archive"]


def test_each_workbook_has_its_own_journal(bench: Bench):
    add(bench.store, BudgetLine(name="Timbres"))
    assert bench.store.journal(Structure) == ()
    assert {e.tab for e in bench.store.journal(BudgetLine)} == {"Budget"}


def test_a_commit_over_two_workbooks_is_refused(bench: Bench):
    with pytest.raises(ValueError, match="one workbook"):
        bench.store.commit([Change(Structure(name="A")), Change(BudgetLine(name="B"))], author="Léa")
    assert bench.sent() == []


def test_columns_are_found_wherever_they_were_moved(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    sheet = bench.partner.tab("Structures")
    bench.partner.batch(
        {"insertDimension": {"range": {"sheetId": sheet.id, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 3}}},
        {
            "moveDimension": {
                "source": {"sheetId": sheet.id, "dimension": "COLUMNS", "startIndex": 8, "endIndex": 9},
                "destinationIndex": 0,
            }
        },
    )
    bench.partner.type("Structures", "C1", "Ma colonne")
    change(bench.store, structure, commune="Bordeaux", name="Bacalan Nord")
    add(bench.store, Structure(name="Pessac", commune="Pessac"))
    data = bench.store.refresh().data
    assert [(s.name, s.commune) for s in data.all(Structure)] == [("Bacalan Nord", "Bordeaux"), ("Pessac", "Pessac")]
    assert data.problems == ()


def test_rows_are_found_wherever_they_were_sorted(bench: Bench):
    first, second = add(bench.store, Structure(name="Zola"), Structure(name="Ambès"))
    bench.partner.tab("Structures").sort((2, "asc"), range="A2:Y100")
    assert bench.partner.cells("Structures")[1][1] == "Ambès"
    change(bench.store, first, commune="Bordeaux")
    data = bench.store.refresh().data
    assert data.get(Structure, first.id).commune == "Bordeaux"
    assert data.get(Structure, second.id).commune == ""


def test_a_row_that_is_gone_is_told_and_nothing_is_written(bench: Bench):
    kept, gone = add(bench.store, Structure(name="Bacalan"), Structure(name="Pessac"))
    bench.partner.tab("Structures").delete_rows(3)
    with pytest.raises(SheetsError) as caught:
        bench.store.commit(
            [Change(replace(kept, commune="A"), before=kept), Change(replace(gone, commune="B"), before=gone)],
            author="Léa",
        )
    assert caught.value.kind is ErrorKind.ROW_GONE
    assert "Pessac" in caught.value.message
    assert bench.store.refresh().data.all(Structure) == (kept,)


def test_a_missing_column_is_named_and_nothing_is_written(bench: Bench):
    structure = add(bench.store, Structure(name="Bacalan"))
    bench.partner.tab("Structures").update_cell(1, bench.partner.column_of("Structures", "Commune"), "Où donc")
    with pytest.raises(SheetsError) as caught:
        change(bench.store, structure, commune="Bordeaux")
    assert caught.value.kind is ErrorKind.COLUMN_MISSING
    assert "« Commune »" in caught.value.message
    assert isinstance(change(bench.store, structure, epci="Métropole"), Committed), "other fields can be saved"


@pytest.mark.parametrize("title", ["Structures", "Journal"])
def test_a_missing_tab_is_named_with_what_to_do(bench: Bench, title: str):
    bench.partner.client.open_by_key("pdn-reseau").del_worksheet(bench.partner.tab(title))
    with pytest.raises(SheetsError) as caught:
        add(bench.store, Structure(name="Bacalan"))
    assert caught.value.kind is ErrorKind.TAB_MISSING
    assert f"« {title} »" in caught.value.message
    assert "Qualité des données" in caught.value.message


def test_a_row_that_a_partner_typed_gets_an_id_when_it_is_changed(bench: Bench):
    bench.partner.tab("Structures").append_row(["", "Bacalan", "", "Mairie"])
    typed = bench.store.refresh().data.all(Structure)[0]
    assert is_provisional(typed.id)
    record = change(bench.store, typed, commune="Bordeaux").records[0]
    assert not is_provisional(record.id)
    assert bench.store.snapshot().data.all(Structure) == (record,)
    assert bench.store.snapshot().data.problems == ()
    data = bench.store.refresh().data
    assert data.all(Structure) == (record,)
    assert record.label == f"Bacalan · {record.id}"


def test_a_row_without_an_id_is_found_by_what_it_holds_when_it_moved(bench: Bench):
    bench.partner.tab("Structures").append_rows([["", "Bacalan"], ["", "Pessac"]])
    pessac = bench.store.refresh().data.all(Structure)[1]
    bench.partner.tab("Structures").insert_row(["", "Ambès"], 2)
    change(bench.store, pessac, commune="Pessac")
    assert {s.name: s.commune for s in bench.store.refresh().data.all(Structure)} == {
        "Ambès": "", "Bacalan": "", "Pessac": "Pessac",
    }  # fmt: skip


def test_a_row_without_an_id_that_changed_under_us_is_told_gone(bench: Bench):
    bench.partner.tab("Structures").append_row(["", "Bacalan"])
    typed = bench.store.refresh().data.all(Structure)[0]
    bench.partner.type("Structures", "B2", "Autre")
    with pytest.raises(SheetsError) as caught:
        change(bench.store, typed, commune="Bordeaux")
    assert caught.value.kind is ErrorKind.ROW_GONE


def test_every_row_without_an_id_gets_one_in_one_commit(bench: Bench):
    bench.partner.tab("Structures").append_rows([["", f"Structure {n}"] for n in range(5)])
    bench.partner.tab("Promeneurs").append_row(["", "Zoé", "Roy"])
    problems = bench.store.refresh().data.problems
    bench.forget()
    bench.store.mend(problems, author="Léa")
    assert bench.sent() == ["read", "write"]
    data = bench.store.refresh().data
    records = [*data.all(Structure), *data.all(Promeneur)]
    assert len(records) == 6
    assert not any(is_provisional(record.id) for record in records)
    assert all(record.label == f"{record.title} · {record.id}" for record in records)
    assert bench.store.mend(data.problems, author="Léa") == ()


def test_a_copied_row_gets_an_id_of_its_own(bench: Bench):
    original = add(bench.store, Structure(name="Bacalan"))
    bench.partner.tab("Structures").append_row([original.id, "Bacalan Nord"])
    bench.store.mend(bench.store.refresh().data.problems, author="Léa")
    ids = [record.id for record in bench.store.refresh().data.all(Structure)]
    assert ids[0] == original.id
    assert len(set(ids)) == 2


def test_a_setting_is_changed_by_its_row(bench: Bench):
    row = bench.store.snapshot().data.get(Parameter, "notice_days")
    assert isinstance(change(bench.store, row, value=120), Committed)
    assert bench.store.refresh().data.get(Parameter, "notice_days").value == 120


def test_an_id_given_by_the_page_is_kept_and_added_once(bench: Bench):
    add(bench.store, Agreement(id="C-00000001", number="1"))
    again = bench.store.commit([Change(Agreement(id="C-00000001", number="2"))], author="Paul")
    assert isinstance(again, Conflicted), "the same id twice is the same record"
