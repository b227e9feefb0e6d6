"""The clients people use: gspread through both doors, Google's own one over HTTP, Drive."""

from __future__ import annotations

import gspread
import httplib2
import pytest
from googleapiclient.discovery import build
from googleapiclient.http import HttpError

from pdn.emulator import serve


def test_gspread_makes_opens_lists_copies_and_deletes(gc):
    book = gc.create("Un classeur")
    assert gc.open("Un classeur").id == book.id
    assert [found["name"] for found in gc.list_spreadsheet_files("Un classeur")] == ["Un classeur"]
    copy = gc.copy(book.id, copy_comments=False)
    assert copy.title == "Copy of Un classeur"
    gc.del_spreadsheet(book.id)
    with pytest.raises(gspread.SpreadsheetNotFound):
        gc.open("Un classeur")
    with pytest.raises(gspread.SpreadsheetNotFound):
        gc.open_by_key(book.id)


def test_gspread_works_on_a_tab(gc):
    sheet = gc.create("T").add_worksheet("Données", rows=10, cols=5)
    sheet.update([["id", "nom"], ["1", "Zoé"], ["2", "Ana"]], "A1")
    sheet.append_row(["3", "Ida"])
    assert sheet.get_all_records() == [{"id": n, "nom": nom} for n, nom in ((1, "Zoé"), (2, "Ana"), (3, "Ida"))]
    sheet.sort((2, "asc"), range="A2:B4")
    assert sheet.col_values(2) == ["nom", "Ana", "Ida", "Zoé"]
    assert sheet.find("Ida").address == "B3"
    sheet.delete_rows(3)
    sheet.insert_row(["9", "Eve"], 2)
    assert sheet.col_values(1) == ["id", "9", "2", "1"]
    sheet.format("A1:B1", {"textFormat": {"bold": True}})
    sheet.freeze(rows=1)
    assert sheet.frozen_row_count == 1
    sheet.update_note("A1", "Identifiant")
    assert sheet.get_note("A1") == "Identifiant"
    sheet.batch_clear(["A2:B9"])
    assert sheet.get_all_values() == [["id", "nom"]]
    sheet.resize(3, 2)
    assert (sheet.row_count, sheet.col_count) == (3, 2)


def test_gspread_shares_and_renames(gc):
    book = gc.create("Avant")
    book.share("ana@example.org", perm_type="user", role="reader")
    ana = next(item for item in book.list_permissions() if item.get("emailAddress") == "ana@example.org")
    assert ana["role"] == "reader"
    book.remove_permissions("ana@example.org")
    assert len(book.list_permissions()) == 1
    book.update_title("Après")
    assert gc.open("Après").id == book.id


def test_a_csv_goes_out_without_final_newline_and_comes_in_under_the_files_title(gc):
    book = gc.create("Fichier")
    book.sheet1.update([["a", "b,c"], ["d", ""]], "A1")
    assert book.export(gspread.utils.ExportFormat.CSV) == b'a,"b,c"\r\nd,'
    gc.import_csv(book.id, "x,1\ny,2")
    sheet = gc.open_by_key(book.id).sheet1
    assert sheet.title == "Fichier"
    assert sheet.get_all_values() == [["x", "1"], ["y", "2"]]
    assert (sheet.row_count, sheet.col_count) == (1000, 26)


def test_the_modified_time_grows_over_a_write_and_not_over_a_read(gc):
    book = gc.create("T")
    before = book.get_lastUpdateTime()
    assert book.get_lastUpdateTime() == before
    book.sheet1.update_acell("A1", "x")
    assert book.get_lastUpdateTime() > before


def test_the_modified_time_grows_also_when_the_clock_stands(api, monkeypatch):
    monkeypatch.setattr("pdn.emulator.core._now", lambda: 0)
    times = []
    for _ in range(3):
        api.write("A1", [["x"]])
        _, file = api.call("GET", f"/drive/v3/files/{api.key}", fields="modifiedTime")
        times.append(file["modifiedTime"])
    assert times == sorted(set(times))


def test_files_come_in_pages(api, emulator):
    for number in range(4):
        emulator.create_spreadsheet(f"F{number}")
    names, token = [], None
    while True:
        page = {"pageToken": token} if token else {}
        _, answer = api.call("GET", "/drive/v3/files", pageSize=2, fields="nextPageToken,files(name)", **page)
        names += [file["name"] for file in answer["files"]]
        token = answer.get("nextPageToken")
        if token is None:
            break
    assert sorted(names) == ["F0", "F1", "F2", "F3", "Test"]


def test_drive_finds_by_name_part_and_says_when_it_cannot(api, emulator):
    emulator.create_spreadsheet("L'été")
    query = "name contains 'été' and trashed = false and 'root' in parents"
    _, answer = api.call("GET", "/drive/v3/files", q=query)
    assert [file["name"] for file in answer["files"]] == ["L'été"]
    assert api.call("GET", "/drive/v3/files", q="colour = 'red'")[0] == 400
    status, answer = api.call("GET", "/drive/v3/files/absent")
    assert (status, answer["error"]["message"]) == (404, "File not found: absent.")


@pytest.fixture
def google(emulator):
    """Google's own client, over HTTP."""
    http = httplib2.Http()
    with serve(emulator) as base:
        service = build("sheets", "v4", http=http, client_options={"api_endpoint": base + "/"}, static_discovery=True)
        yield service.spreadsheets()
        http.close()


def test_googles_client_creates_writes_reads_and_formats(google):
    key = google.create(body={"properties": {"title": "G", "locale": "fr_FR"}}).execute()["spreadsheetId"]
    values = google.values()
    body = {"values": [["Date", "Montant"], ["12/03/2019", "1234,5"]]}
    written = values.update(spreadsheetId=key, range="A1", valueInputOption="USER_ENTERED", body=body).execute()
    assert written["updatedCells"] == 4
    cell = {"userEnteredFormat": {"numberFormat": {"type": "CURRENCY", "pattern": '#,##0.00 "€"'}}}
    place = {"startRowIndex": 1, "startColumnIndex": 1, "endColumnIndex": 2}
    request = {"repeatCell": {"range": place, "cell": cell, "fields": "userEnteredFormat.numberFormat"}}
    google.batchUpdate(spreadsheetId=key, body={"requests": [request]}).execute()
    read = values.batchGet(spreadsheetId=key, ranges=["A2:B2", "B2"]).execute()
    assert read["valueRanges"][0]["values"] == [["12/03/2019", "1\u202f234,50 €"]]
    raw = values.get(spreadsheetId=key, range="A2:B2", valueRenderOption="UNFORMATTED_VALUE").execute()
    assert raw["values"] == [[43536, 1234.5]]


def test_googles_client_sends_a_long_read_as_a_post_and_it_counts_as_a_read(google, emulator):
    key = emulator.create_spreadsheet("Long")
    ranges = [f"Sheet1!A{row}:Z{row}" for row in range(1, 200)]
    answer = google.values().batchGet(spreadsheetId=key, ranges=ranges).execute()
    assert len(answer["valueRanges"]) == 199
    assert [(entry.method, entry.kind) for entry in emulator.log] == [("GET", "read")]


def test_googles_client_understands_the_errors(google, emulator):
    key = emulator.create_spreadsheet("E")
    with pytest.raises(HttpError, match="Unable to parse range: Nowhere!A1"):
        google.values().get(spreadsheetId=key, range="Nowhere!A1").execute()


def test_a_connection_is_kept_open_for_many_requests(emulator):
    key = emulator.create_spreadsheet("K")
    with serve(emulator) as base:
        http = httplib2.Http()
        for _ in range(5):
            response, _ = http.request(f"{base}/v4/spreadsheets/{key}")
            assert response.status == 200
        assert len(http.connections) == 1
        http.close()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v4/spreadsheets/{key}/developerMetadata:search"),
        ("DELETE", "/v4/spreadsheets/{key}"),
        ("POST", "/drive/v3/files/{key}/comments"),
        ("GET", "/drive/v3/about"),
    ],
)
def test_a_method_that_is_not_there_is_refused_by_name(api, method, path):
    path = path.format(key=api.key)
    status, answer = api.call(method, path)
    assert status == 400
    assert path in answer["error"]["message"]


def test_a_parameter_that_is_not_there_is_refused_by_name(api):
    status, answer = api.sheets("GET", "/values/A1", valueRenderOptions="FORMULA")
    assert status == 400
    assert 'Unknown name "valueRenderOptions"' in answer["error"]["message"]
    status, answer = api.sheets("GET", "/values/A1", valueRenderOption="formula")
    assert status == 400
    assert "Invalid value at 'value_render_option'" in answer["error"]["message"]
