"""What a spreadsheet is said to be: made, described, masked."""

from __future__ import annotations

import re

import pytest


def test_a_file_made_through_drive_has_googles_defaults(both_doors):
    mime = "application/vnd.google-apps.spreadsheet"
    status, made = both_doors.call("POST", "/drive/v3/files", {"name": "Neuf", "mimeType": mime})
    assert status == 200
    assert made == {"kind": "drive#file", "id": made["id"], "name": "Neuf", "mimeType": mime}
    both_doors.key = made["id"]
    _, book = both_doors.sheets("GET")
    properties = book["properties"]
    assert (properties["locale"], properties["autoRecalc"], properties["timeZone"]) == ("en_US", "ON_CHANGE", "Etc/GMT")
    assert book["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]
    assert book["spreadsheetUrl"]


def test_what_the_application_makes_is_french_and_under_its_own_key(emulator, api):
    assert emulator.create_spreadsheet("Réseau", key="reseau") == "reseau"
    assert emulator.has_spreadsheet("reseau")
    assert not emulator.has_spreadsheet("pilotage")
    api.key = "reseau"
    _, book = api.sheets("GET")
    assert book["properties"]["locale"] == "fr_FR"
    assert book["properties"]["timeZone"] == "Europe/Paris"


@pytest.mark.parametrize("key", ["a b", "", "é", "a/b"])
def test_a_key_that_google_could_not_have_given_is_refused(emulator, key):
    with pytest.raises(ValueError, match="not a spreadsheet id"):
        emulator.create_spreadsheet("X", key=key)


def test_a_key_is_given_once(emulator):
    emulator.create_spreadsheet("X", key="x")
    with pytest.raises(ValueError, match="already"):
        emulator.create_spreadsheet("Y", key="x")


def test_create_takes_tabs_cells_and_named_ranges(api):
    status, book = api.call(
        "POST",
        "/v4/spreadsheets",
        {
            "properties": {"title": "Avec", "locale": "fr_FR"},
            "sheets": [
                {
                    "properties": {"sheetId": 7, "title": "Un", "gridProperties": {"rowCount": 5, "columnCount": 3}},
                    "data": [{"rowData": [{"values": [{"userEnteredValue": {"stringValue": "a"}}]}]}],
                    "merges": [
                        {"sheetId": 7, "startRowIndex": 2, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
                    ],
                }
            ],
            "namedRanges": [{"name": "Nom", "range": {"sheetId": 7, "endRowIndex": 1}}],
        },
    )
    assert status == 200
    assert book["sheets"][0]["properties"]["gridProperties"] == {"rowCount": 5, "columnCount": 3}
    assert book["sheets"][0]["merges"][0]["endRowIndex"] == 4
    api.key = book["spreadsheetId"]
    assert api.values("Nom") == [["a"]]


def test_a_fields_mask_trims_nested_answers(both_doors):
    both_doors.write("A1:B1", [["x", 2]])
    mask = "sheets(properties(sheetId,title),data(startRow,rowData.values.userEnteredValue))"
    _, book = both_doors.sheets("GET", fields=mask)
    assert book == {
        "sheets": [
            {
                "properties": {"sheetId": 0, "title": "Sheet1"},
                "data": [
                    {
                        "rowData": [
                            {
                                "values": [
                                    {"userEnteredValue": {"stringValue": "x"}},
                                    {"userEnteredValue": {"numberValue": 2}},
                                ]
                            }
                        ]
                    }
                ],
            }
        ]
    }


def test_slashes_in_a_mask_step_like_dots(api):
    assert api.sheets("GET", fields="sheets/properties/title") == api.sheets("GET", fields="sheets.properties.title")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("namedRanges", {}),
        ("sheets.properties.tabColorStyle", {"sheets": [{"properties": {}}]}),
        ("sheets.data.rowData.values.note", {"sheets": [{"data": [{}]}]}),
    ],
)
def test_an_empty_masked_read_keeps_the_frame(api, fields, expected):
    assert api.sheets("GET", fields=fields) == (200, expected)


def test_a_mask_of_what_does_not_exist_is_refused(api):
    status, answer = api.sheets("GET", fields="sheets.colour")
    assert status == 400
    assert (
        "Cannot find matching fields for path 'sheets.colour'"
        in answer["error"]["details"][0]["fieldViolations"][0]["description"]
    )


def test_grid_data_comes_when_asked_and_for_the_ranges_asked(api):
    api.write("A1:C3", [["a", "b", "c"], ["", "e", ""], ["g", "h", "i"]])
    _, book = api.sheets("GET")
    assert "data" not in book["sheets"][0]
    _, book = api.sheets("GET", includeGridData="true", ranges="Sheet1!B2:C3")
    data = book["sheets"][0]["data"][0]
    assert (data["startRow"], data["startColumn"]) == (1, 1)
    assert [[cell.get("formattedValue") for cell in row["values"]] for row in data["rowData"]] == [["e"], ["h", "i"]]
    assert data["rowMetadata"] == [{"pixelSize": 21}] * 2
    assert data["columnMetadata"] == [{"pixelSize": 100}] * 2
    assert data["rowData"][0]["values"][0]["effectiveFormat"]["textFormat"]["fontSize"] == 10


def test_ranges_leave_out_the_other_tabs(api):
    api.apply({"addSheet": {"properties": {"title": "Deux"}}})
    _, book = api.sheets("GET", ranges="Deux!A1", fields="sheets.properties.title")
    assert book == {"sheets": [{"properties": {"title": "Deux"}}]}


def test_a_batch_can_answer_with_the_cells_it_touched(both_doors):
    answer = both_doors.apply(
        {
            "updateCells": {
                "start": {"sheetId": 0, "rowIndex": 4},
                "rows": [{"values": [{"userEnteredValue": {"formulaValue": "=1+1"}}]}],
                "fields": "userEnteredValue",
            }
        },
        includeSpreadsheetInResponse=True,
        responseRanges=["Sheet1!A5:B5"],
        responseIncludeGridData=True,
    )
    data = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]
    assert data["startRow"] == 4
    assert data["rowData"][0]["values"][0]["effectiveValue"] == {"numberValue": 2}


def test_the_answer_of_a_batch_can_be_masked(api):
    status, answer = api.sheets(
        "POST",
        ":batchUpdate",
        {
            "requests": [{"updateCells": {"range": {"endRowIndex": 1}, "fields": "note"}}],
            "includeSpreadsheetInResponse": True,
        },
        fields="updatedSpreadsheet.sheets.properties.title",
    )
    assert status == 200
    assert answer == {"updatedSpreadsheet": {"sheets": [{"properties": {"title": "Sheet1"}}]}}


def test_a_batch_whose_answer_cannot_be_given_is_not_applied(api):
    status, _ = api.sheets(
        "POST",
        ":batchUpdate",
        {
            "requests": [{"addSheet": {"properties": {"title": "Trop"}}}],
            "includeSpreadsheetInResponse": True,
            "responseRanges": ["Nulle part!A1"],
        },
    )
    assert status == 400
    assert "Trop" not in str(api.sheets("GET"))


def test_an_unknown_spreadsheet_is_googles_404(both_doors):
    both_doors.key = "nowhere"
    for answer in (both_doors.sheets("GET"), both_doors.sheets("GET", "/values/A1"), both_doors.batch({})):
        assert answer == (
            404,
            {"error": {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}},
        )


def test_a_tab_is_copied_to_another_file_with_its_formats(api, emulator):
    api.write("A1", [["x"]])
    api.apply({"updateCells": {"start": {}, "rows": [{"values": [{"note": "n"}]}], "fields": "note"}})
    other = emulator.create_spreadsheet("Autre")
    status, properties = api.sheets("POST", "/sheets/0:copyTo", {"destinationSpreadsheetId": other})
    assert status == 200
    assert (properties["title"], properties["index"]) == ("Copy of Sheet1", 1)
    api.key = other
    assert api.values("'Copy of Sheet1'") == [["x"]]
    assert api.grid("'Copy of Sheet1'", "note") == [[{"note": "n"}]]


def test_ids_are_what_google_makes_of_them(api):
    answer = api.apply({"addSheet": {}}, {"addNamedRange": {"namedRange": {"name": "N", "range": {"endRowIndex": 1}}}})
    assert 0 < answer["replies"][0]["addSheet"]["properties"]["sheetId"] < 2**31
    assert answer["replies"][1]["addNamedRange"]["namedRange"]["namedRangeId"].isdigit()
    _, book = api.call("POST", "/v4/spreadsheets", {})
    assert re.fullmatch(r"[A-Za-z0-9_-]{40,}", book["spreadsheetId"])
