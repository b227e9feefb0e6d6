"""Provisioning: an empty spreadsheet becomes ours, one that stands is completed, nothing that stands is touched."""

from typing import Any

import pytest

from pdn.domain.settings import setting_columns
from pdn.domain.structure import Structure
from pdn.domain.workbooks import NETWORK
from pdn.schema import ProblemKind
from pdn.schema.kinds import Choice, Reference
from pdn.sheets import Change, provision
from pdn.sheets.guide import guide
from tests.sheets.conftest import Bench

FIELDS = (
    "sheets(properties,protectedRanges,data(columnMetadata(pixelSize),"
    "rowData(values(note,dataValidation,userEnteredFormat,userEnteredValue))))"
)


@pytest.fixture
def empty(bench: Bench) -> Bench:
    """The store on two empty spreadsheets, as somebody creates them by hand."""
    for key in ("vide", "vide-pilotage"):
        bench.emulator.create_spreadsheet("Ma feuille", key=key)
    bench.store = bench.open(keys={"reseau": "vide", "pilotage": "vide-pilotage"})
    bench.forget()
    return bench


def look(bench: Bench, title: str, key: str = "vide") -> dict[str, Any]:
    """A tab with its first rows, as the API describes it."""
    answer = bench.partner.client.http_client.fetch_sheet_metadata(
        key, params={"ranges": [f"'{title}'!1:3"], "fields": FIELDS}
    )
    return answer["sheets"][0]


def cell(sheet: dict[str, Any], row: int, column: int) -> dict[str, Any]:
    rows = sheet["data"][0].get("rowData", [])
    values = rows[row].get("values", []) if row < len(rows) else []
    return values[column] if column < len(values) else {}


def place(field: str) -> int:
    return [column.field for column in Structure.table.columns].index(field)


def test_an_empty_spreadsheet_becomes_ours_in_few_requests(empty: Bench):
    reports = provision(empty.store)
    assert empty.sent().count("write") == 2
    assert len(empty.sent()) <= 8
    titles = [tab.title for tab in empty.store.books[0].metadata().tabs]
    assert titles == ["Mode d’emploi", *(record.table.tab for record in NETWORK.records), "Journal"]
    assert "onglets ajoutés" in reports[0].lines()[0]
    assert empty.store.snapshot().data.problems == ()


def test_provisioning_again_changes_nothing(empty: Bench):
    provision(empty.store)
    empty.forget()
    reports = provision(empty.store)
    assert "write" not in empty.sent()
    assert [report.changed for report in reports] == [False, False]
    assert reports[0].lines() == ("Rien à ajouter : tout y est.",)


def test_provisioning_again_changes_nothing_of_a_sheet_in_use(bench: Bench):
    bench.store.commit([Change(Structure(name="Bacalan"))], author="Léa")
    bench.forget()
    provision(bench.store)
    assert "write" not in bench.sent()


def test_a_tab_is_dressed_from_its_declaration(empty: Bench):
    provision(empty.store)
    sheet = look(empty, "Structures")
    assert sheet["properties"]["gridProperties"]["frozenRowCount"] == 1
    header = cell(sheet, 0, place("name"))
    assert header["userEnteredValue"] == {"stringValue": "Nom"}
    assert header["userEnteredFormat"]["textFormat"]["bold"]
    assert "backgroundColor" in header["userEnteredFormat"]
    assert header["note"].startswith("Nom d’usage de la structure.")
    date_format = cell(sheet, 1, place("spotted_on"))["userEnteredFormat"]["numberFormat"]
    assert date_format == {"type": "DATE", "pattern": "dd/mm/yyyy"}
    assert cell(sheet, 1, place("siret"))["userEnteredFormat"]["numberFormat"]["type"] == "TEXT"
    yes_no = cell(sheet, 1, place("priority_area"))["dataValidation"]
    assert [value["userEnteredValue"] for value in yes_no["condition"]["values"]] == ["oui", "non"]
    widths = [column["pixelSize"] for column in sheet["data"][0]["columnMetadata"]]
    assert widths == [column.kind.width for column in Structure.table.columns]


def test_ids_and_labels_are_protected_by_a_warning_and_the_journal_whole(empty: Bench):
    provision(empty.store)
    protected = look(empty, "Structures")["protectedRanges"]
    assert all(one["warningOnly"] for one in protected)
    assert [one["range"]["startColumnIndex"] for one in protected] == [place("id"), place("label")]
    (journal,) = look(empty, "Journal")["protectedRanges"]
    assert "startColumnIndex" not in journal["range"]


def test_the_exact_values_of_the_journal_are_hidden(empty: Bench):
    provision(empty.store)
    hidden = "sheets(properties(title),data(columnMetadata(hiddenByUser)))"
    params = {"fields": hidden, "includeGridData": True, "ranges": "'Journal'!1:1"}
    answer = empty.partner.client.http_client.fetch_sheet_metadata("pdn-reseau", params)
    columns = answer["sheets"][0]["data"][0]["columnMetadata"]
    header = empty.partner.cells("Journal")[0]
    assert [name for name, column in zip(header, columns, strict=False) if column.get("hiddenByUser")] == [
        "Valeurs exactes"
    ]


def test_drop_downs_propose_and_never_refuse_what_partners_type(empty: Bench):
    provision(empty.store)
    for record_type in NETWORK.records:
        sheet = look(empty, record_type.table.tab)
        for index, column in enumerate(record_type.table.columns):
            rule = cell(sheet, 1, index).get("dataValidation")
            assert not (rule or {}).get("strict"), column.header
            if isinstance(column.kind, Choice):
                values = [value["userEnteredValue"] for value in rule["condition"]["values"]]
                assert values == list(column.kind.options)
            if isinstance(column.kind, Reference):
                assert rule["condition"]["type"] == "ONE_OF_RANGE"


def test_a_reference_proposes_the_labels_of_the_tab_that_it_names(empty: Bench):
    provision(empty.store)
    rule = cell(look(empty, "Promeneurs"), 1, 4)["dataValidation"]
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place("label")]
    assert rule["condition"]["values"] == [{"userEnteredValue": f"='Structures'!${letter}$2:${letter}"}]


def test_a_partner_sheet_is_completed_and_nothing_in_it_is_lost(empty: Bench):
    book = empty.partner.client.open_by_key("vide")
    theirs = [
        ["Mes structures", "", "", ""],
        ["STRUCTURE", "Remarque à moi", "Ville", "Téléphone"],
        ["Bacalan", "=1+1", "Bordeaux", "0524736021"],
        ["Pessac", "gardez-moi", "Pessac", ""],
    ]
    sheet = book.add_worksheet("structures", 50, 4)
    sheet.update(theirs, "A1", value_input_option="USER_ENTERED")
    before = sheet.get_values(value_render_option="FORMULA")
    (report, _) = provision(empty.store)
    after = empty.partner.tab("structures", "vide").get_values(value_render_option="FORMULA")
    assert [row[:4] for row in after] == before
    assert after[1][4] == "Identifiant"
    assert any("Structures" not in tab for tab in report.tabs)
    assert any(header.endswith("Identifiant") for header in report.headers)
    assert not any(header.endswith("Nom") for header in report.headers)
    structures = empty.store.refresh().data.all(Structure)
    assert [(s.name, s.commune, s.phone) for s in structures] == [
        ("Bacalan", "Bordeaux", "+33524736021"),
        ("Pessac", "Pessac", ""),
    ]
    missing = [one for one in empty.store.snapshot().data.problems if one.kind is ProblemKind.NO_ID]
    empty.store.mend(missing, author="Léa")
    assert [
        row[:4] for row in empty.partner.tab("structures", "vide").get_values(value_render_option="FORMULA")
    ] == before
    empty.forget()
    provision(empty.store)
    assert "write" not in empty.sent()


def test_a_header_note_or_a_drop_down_of_a_partner_stays(empty: Bench):
    sheet = empty.partner.client.open_by_key("vide").add_worksheet("Structures", 50, 3)
    sheet.update([["Nom", "Type"]], "A1")
    sheet.insert_note("A1", "Ma note")
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "À moi"}]}, "strict": True}
    where = {"sheetId": sheet.id, "startRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 2}
    empty.partner.batch({"setDataValidation": {"range": where, "rule": rule}}, key="vide")
    provision(empty.store)
    now = look(empty, "Structures")
    assert cell(now, 0, 0)["note"] == "Ma note"
    assert cell(now, 0, 1)["note"].startswith("Nature de la structure.")
    assert cell(now, 1, 1)["dataValidation"]["condition"]["values"] == [{"userEnteredValue": "À moi"}]


def test_a_tab_with_data_under_no_known_header_is_left_alone_and_told(empty: Bench):
    sheet = empty.partner.client.open_by_key("vide").add_worksheet("Structures", 5, 3)
    sheet.update([["x", "y"], ["1", "2"]], "A1")
    (report, _) = provision(empty.store)
    assert report.skipped == ["Structures"]
    assert "laissé tel quel" in report.lines()[-1]
    assert sheet.get_values() == [["x", "y"], ["1", "2"]]


def test_the_default_tab_goes_only_if_it_is_empty(empty: Bench):
    first = empty.partner.client.open_by_key("vide").sheet1
    first.update([["des notes"]], "B2")
    provision(empty.store)
    titles = [tab.title for tab in empty.store.books[0].metadata().tabs]
    assert first.title in titles
    assert first.title not in [tab.title for tab in empty.store.books[1].metadata().tabs]


def test_settings_that_are_missing_are_added_and_the_others_kept(empty: Bench):
    provision(empty.store)
    sheet = empty.partner.tab("Paramètres", "vide-pilotage")
    row = sheet.find("notice_days").row
    sheet.update_cell(row, 3, 45)
    sheet.delete_rows(sheet.find("phase_max").row)
    (_, report) = provision(empty.store)
    assert len(report.settings) == 1
    values = {cells[0]: cells[2] for cells in empty.partner.cells("Paramètres", "vide-pilotage")[1:] if len(cells) > 2}
    assert values["notice_days"] == 45
    assert values["phase_max"] == 20
    ids = [cells[0] for cells in empty.partner.cells("Paramètres", "vide-pilotage")[1:]]
    assert sorted(ids) == sorted(column.field for column in setting_columns())


def test_the_guide_names_every_tab_and_the_rules(empty: Bench):
    provision(empty.store)
    lines = empty.partner.cells("Mode d’emploi", "vide")
    text = "\n".join(cell for row in lines for cell in row if cell)
    for record_type in NETWORK.records:
        assert record_type.table.purpose in text
    assert "Identifiant" in text
    assert all(row[2] for row in guide((NETWORK,)) if not row[1] and row[0])
