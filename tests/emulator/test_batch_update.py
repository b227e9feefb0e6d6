"""The requests of batchUpdate: each does what Google's does, and a batch does all or nothing."""

from __future__ import annotations

import pytest

FOUR_ROWS = [["a", "1"], ["b", "2"], ["c", "3"], ["d", "4"]]


def text(value):
    return {"userEnteredValue": {"stringValue": value}}


def rows(*values):
    return [{"values": [text(value) for value in row]} for row in values]


def note(row, column, words):
    return {
        "updateCells": {
            "start": {"rowIndex": row, "columnIndex": column},
            "rows": [{"values": [{"note": words}]}],
            "fields": "note",
        }
    }


def span(dimension, start, end):
    return {"sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": end}


def titles(api):
    _, book = api.sheets("GET", fields="sheets.properties")
    return [sheet["properties"]["title"] for sheet in book["sheets"]]


def sheet_of(api, part):
    return api.sheets("GET")[1]["sheets"][0].get(part)


def test_a_batch_is_applied_whole_or_not_at_all(both_doors):
    status, answer = both_doors.batch(
        {"updateCells": {"start": {}, "rows": rows(["x"]), "fields": "userEnteredValue"}},
        {"addSheet": {"properties": {"title": "Deux"}}},
        {"deleteSheet": {"sheetId": 99}},
    )
    assert status == 400
    assert answer["error"]["message"].startswith("Invalid requests[2].deleteSheet:")
    assert both_doors.values("A1") is None
    assert titles(both_doors) == ["Sheet1"]


def test_snake_case_a_bare_object_and_nested_lists_are_accepted(api):
    body = {"requests": {"add_sheet": {"properties": {"title": "Un"}}}}
    assert api.sheets("POST", ":batchUpdate", body)[0] == 200
    body = {"requests": [[{"addSheet": {"properties": {"title": "Deux"}}}]]}
    assert api.sheets("POST", ":batchUpdate", body)[0] == 200
    assert titles(api) == ["Sheet1", "Un", "Deux"]


def test_a_new_tab_goes_last_and_moving_renumbers_all(api):
    for title in ("S2", "S3"):
        api.apply({"addSheet": {"properties": {"title": title, "gridProperties": {"rowCount": 3, "columnCount": 2}}}})
    assert titles(api) == ["Sheet1", "S2", "S3"]

    def move(index):
        api.apply({"updateSheetProperties": {"properties": {"sheetId": 0, "index": index}, "fields": "index"}})
        return titles(api)

    assert move(1) == ["Sheet1", "S2", "S3"]
    assert move(2) == ["S2", "Sheet1", "S3"]
    assert move(0) == ["Sheet1", "S2", "S3"]
    assert move(3) == ["S2", "S3", "Sheet1"]
    _, book = api.sheets("GET", fields="sheets.properties.index")
    assert [sheet["properties"]["index"] for sheet in book["sheets"]] == [0, 1, 2]


def test_what_is_false_or_zero_is_left_out_of_properties(api):
    properties = {"hidden": False, "gridProperties": {"frozenRowCount": 0, "hideGridlines": False}}
    fields = "hidden,gridProperties.frozenRowCount,gridProperties.hideGridlines"
    api.apply({"updateSheetProperties": {"properties": properties, "fields": fields}})
    assert sheet_of(api, "properties") == {
        "sheetId": 0,
        "title": "Sheet1",
        "index": 0,
        "sheetType": "GRID",
        "gridProperties": {"rowCount": 1000, "columnCount": 26},
    }


def test_colours_are_kept_on_255_steps_and_twice(api):
    color = {"red": 1.0, "green": 0.0, "blue": 0.5}
    api.apply(
        {"updateSheetProperties": {"properties": {"tabColorStyle": {"rgbColor": color}}, "fields": "tabColorStyle"}}
    )
    properties = sheet_of(api, "properties")
    assert properties["tabColor"] == {"red": 1, "blue": 0.49803922}
    assert properties["tabColorStyle"] == {"rgbColor": {"red": 1, "blue": 0.49803922}}


def test_a_duplicate_has_the_cells_and_ranges_of_its_source(api):
    api.write("A1", [["x"]])
    api.apply({"mergeCells": {"range": {"endRowIndex": 2, "endColumnIndex": 2}}})
    answer = api.apply({"duplicateSheet": {"sourceSheetId": 0, "insertSheetIndex": 1, "newSheetName": "Bis"}})
    made = answer["replies"][0]["duplicateSheet"]["properties"]
    assert (made["title"], made["index"]) == ("Bis", 1)
    assert api.values("Bis") == [["x"]]
    _, book = api.sheets("GET", fields="sheets.merges")
    assert book["sheets"][1]["merges"][0]["sheetId"] == made["sheetId"]


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (
            {"deleteSheet": {"sheetId": 0}},
            "Invalid requests[0].deleteSheet: You can't remove all the sheets in a document.",
        ),
        (
            {"updateSheetProperties": {"properties": {"hidden": True}, "fields": "hidden"}},
            "Invalid requests[0].updateSheetProperties: You can't hide all the sheets in a document.",
        ),
        (
            {"deleteDimension": {"range": span("ROWS", 0, 1000)}},
            "Invalid requests[0].deleteDimension: You can't delete all the rows on the sheet.",
        ),
        (
            {"addSheet": {"properties": {"title": "sheet1"}}},
            'Invalid requests[0].addSheet: A sheet with the name "sheet1" already exists. Please enter another name.',
        ),
        (
            {"addSheet": {"properties": {"sheetId": 0}}},
            "Invalid requests[0].addSheet: A sheet with id 0 already exists.",
        ),
        (
            {"appendDimension": {"dimension": "ROWS", "length": 1_000_000}},
            "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
        ),
        ({"updateSheetProperties": {"properties": {"title": "X"}}}, "At least one field must be listed in 'fields'"),
        ({"updateCells": {"start": {}, "fields": "colour"}}, "Invalid field: colour"),
        ({"updateCells": {"start": {}, "fields": "effectiveValue"}}, "read only"),
        (
            {"repeatCell": {"range": {"endRowIndex": 1001}, "cell": {}, "fields": "note"}},
            "Range (Sheet1!A1:Z1001) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        ({"repeatCell": {"range": {"sheetId": 5}, "cell": {}, "fields": "note"}}, "No grid with id: 5"),
        ({"updateCells": {"start": {"rowIndex": -1}, "rows": rows(["x"]), "fields": "note"}}, "negative"),
        ({"deleteProtectedRange": {"protectedRangeId": 4}}, "No protectedRange with id: 4"),
        ({"findReplace": {"find": "x", "replacement": "y"}}, "One of range, sheetId or allSheets"),
    ],
)
def test_what_cannot_be_done_is_refused_in_googles_words(api, request_, words):
    assert words in api.refused(request_)


def test_an_unknown_field_is_named_with_its_place(api):
    assert api.refused({"addShet": {}}) == (
        "Invalid JSON payload received. Unknown name \"addShet\" at 'requests[0]': Cannot find field."
    )
    assert "Unknown name \"colour\" at 'requests[0].add_sheet.properties'" in api.refused(
        {"addSheet": {"properties": {"colour": 1}}}
    )


def test_a_value_of_the_wrong_type_is_named_with_its_place(api):
    assert api.refused({"deleteSheet": {"sheetId": "one"}}) == (
        "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"one\""
    )
    assert "requests[0].merge_cells.merge_type" in api.refused({"mergeCells": {"mergeType": "MERGE_SOME"}})


@pytest.mark.parametrize("name", ["addChart", "addSlicer", "createDeveloperMetadata", "textToColumns"])
def test_what_google_knows_and_the_emulator_does_not_is_refused_by_name(api, name):
    from pdn.emulator.messages import snake  # noqa: PLC0415

    message = api.refused({name: {}})
    assert snake(name) in message
    assert "not supported" in message


def test_no_request_at_all_is_refused(api):
    assert api.refused() == "Must specify at least one request."


def test_inserted_rows_are_empty_and_take_formats_from_before_or_after(api):
    api.write("A1:B4", FOUR_ROWS)
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    api.apply(
        {"repeatCell": {"range": {"startRowIndex": 1, "endRowIndex": 2}, "cell": bold, "fields": "userEnteredFormat"}},
        {"insertDimension": {"range": span("ROWS", 2, 3), "inheritFromBefore": True}},
    )
    assert api.values("A1:A5") == [["a"], ["b"], [], ["c"], ["d"]]
    assert api.grid("A3", "userEnteredFormat") == [[bold]]
    api.apply({"insertDimension": {"range": span("ROWS", 4, 5)}})
    assert api.grid("A5", "userEnteredFormat") == []
    assert sheet_of(api, "properties")["gridProperties"]["rowCount"] == 1002


def test_columns_are_inserted_deleted_and_appended(api):
    api.write("A1:B4", FOUR_ROWS)
    api.apply({"insertDimension": {"range": span("COLUMNS", 1, 3)}})
    assert api.values("A1:D1") == [["a", "", "", "1"]]
    api.apply({"deleteDimension": {"range": span("COLUMNS", 0, 2)}})
    assert api.values("A1:B1") == [["", "1"]]
    api.apply({"appendDimension": {"dimension": "COLUMNS", "length": 4}})
    assert sheet_of(api, "properties")["gridProperties"]["columnCount"] == 30


@pytest.mark.parametrize(("to", "order"), [(0, "bcad"), (4, "adbc"), (3, "abcd"), (1, "abcd")])
def test_rows_move_before_an_index_counted_before_the_move(api, to, order):
    api.write("A1:B4", FOUR_ROWS)
    api.apply({"moveDimension": {"source": span("ROWS", 1, 3), "destinationIndex": to}})
    assert "".join(row[0] for row in api.values("A1:A4")) == order


def test_ranges_follow_inserted_and_deleted_rows(api):
    place = {"startRowIndex": 2, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
    api.apply(
        {"mergeCells": {"range": place}},
        {"addProtectedRange": {"protectedRange": {"range": place, "warningOnly": True}}},
        {"addNamedRange": {"namedRange": {"name": "N", "range": place}}},
        {"setBasicFilter": {"filter": {"range": place}}},
        {
            "addConditionalFormatRule": {
                "rule": {"ranges": [place], "booleanRule": {"condition": {"type": "NOT_BLANK"}, "format": {}}}
            }
        },
        {"insertDimension": {"range": span("ROWS", 0, 1)}},
    )
    moved = {**place, "startRowIndex": 3, "endRowIndex": 5}
    _, book = api.sheets("GET")
    sheet = book["sheets"][0]
    assert sheet["merges"] == [moved]
    assert sheet["protectedRanges"][0]["range"] == moved
    assert sheet["basicFilter"]["range"] == moved
    assert sheet["conditionalFormats"][0]["ranges"] == [moved]
    assert book["namedRanges"][0]["range"] == moved
    api.apply({"deleteDimension": {"range": span("ROWS", 3, 5)}})
    _, book = api.sheets("GET")
    assert "namedRanges" not in book
    assert book["sheets"][0].keys() == {"properties"}


def test_notes_formats_and_validation_follow_their_row_through_a_sort(api):
    api.write("A1:B4", [["c", "1"], ["a", "2"], ["", "9"], ["B", "3"]])
    api.apply(
        note(0, 0, "de c"),
        {
            "setDataValidation": {
                "range": {"startRowIndex": 1, "endRowIndex": 2, "endColumnIndex": 1},
                "rule": {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "a"}]}, "strict": True},
            }
        },
        {"sortRange": {"range": {"endRowIndex": 4, "endColumnIndex": 2}, "sortSpecs": [{"sortOrder": "ASCENDING"}]}},
    )
    assert api.values("A1:B4") == [["a", "2"], ["B", "3"], ["c", "1"], ["", "9"]]
    assert api.grid("A1:A4", "note") == [[], [], [{"note": "de c"}]]
    assert api.grid("A1", "dataValidation")[0][0]["dataValidation"]["strict"] is True


def test_later_sort_keys_break_ties_and_equal_rows_keep_their_order(api):
    api.write("A1:C5", [["x", 2, "i"], ["y", 1, "ii"], ["x", 1, "iii"], ["y", 1, "iv"], ["x", 10, "v"]])
    specs = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}, {"dimensionIndex": 1, "sortOrder": "ASCENDING"}]
    api.apply({"sortRange": {"range": {"endRowIndex": 5}, "sortSpecs": specs}})
    assert [row[2] for row in api.values("A1:C5")] == ["ii", "iv", "iii", "i", "v"]


def test_update_cells_touches_the_fields_named_and_no_other(api):
    api.write("A1", [["x"]])
    api.apply(note(0, 0, "n"))
    api.apply({"updateCells": {"start": {}, "rows": rows(["y"]), "fields": "userEnteredValue"}})
    assert api.grid("A1", "note") == [[{"note": "n"}]]
    api.apply({"updateCells": {"range": {"endRowIndex": 1, "endColumnIndex": 1}, "fields": "userEnteredValue"}})
    assert api.values("A1") is None
    assert api.grid("A1", "note") == [[{"note": "n"}]]


def test_a_nested_mask_changes_one_property_of_a_format(api):
    def bolded(cell_format, fields):
        cell = {"userEnteredFormat": cell_format}
        place = {"endRowIndex": 1, "endColumnIndex": 1}
        api.apply({"repeatCell": {"range": place, "cell": cell, "fields": fields}})
        return api.grid("A1", "userEnteredFormat")

    first = {"textFormat": {"bold": True, "fontSize": 12}}
    assert bolded(first, "userEnteredFormat") == [[{"userEnteredFormat": first}]]
    after = bolded({"textFormat": {"italic": True}}, "userEnteredFormat.textFormat(bold,italic)")
    assert after == [[{"userEnteredFormat": {"textFormat": {"fontSize": 12, "italic": True}}}]]


def test_cells_are_appended_after_the_last_row_with_data_and_the_grid_grows(api):
    api.apply(
        {
            "updateSheetProperties": {
                "properties": {"gridProperties": {"rowCount": 2}},
                "fields": "gridProperties.rowCount",
            }
        }
    )
    api.write("A1", [["a"]])
    api.apply(note(1, 0, "no data"))
    api.apply({"appendCells": {"rows": rows(["b"], ["c"]), "fields": "userEnteredValue"}})
    assert api.read("Sheet1") == {"range": "Sheet1!A1:Z3", "majorDimension": "ROWS", "values": [["a"], ["b"], ["c"]]}
    assert api.grid("A1:A3", "note") == [[], [{"note": "no data"}]]


def test_merges_split_replace_each_other_and_go(api):
    api.write("A1:B2", [["1", "2"], ["3", "4"]])
    square = {"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2}
    api.apply({"mergeCells": {"range": square, "mergeType": "MERGE_ROWS"}})
    assert sheet_of(api, "merges") == [{**square, "endRowIndex": 1}, {**square, "startRowIndex": 1}]
    assert api.values("A1:B2") == [["1"], ["3"]]
    api.apply({"mergeCells": {"range": square, "mergeType": "MERGE_ALL"}})
    assert sheet_of(api, "merges") == [square]
    api.apply({"unmergeCells": {"range": square}})
    assert sheet_of(api, "merges") is None


def test_grid_ranges_leave_out_the_tab_of_id_zero_alone(api):
    added = api.apply({"addSheet": {"properties": {"sheetId": 5, "title": "Cinq"}}})
    assert added["replies"][0]["addSheet"]["properties"]["sheetId"] == 5
    answer = api.apply(
        {
            "addNamedRange": {
                "namedRange": {"name": "Zero", "range": {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 1}}
            }
        },
        {
            "addNamedRange": {
                "namedRange": {"name": "Five", "range": {"sheetId": 5, "startRowIndex": 0, "endRowIndex": 1}}
            }
        },
    )
    first, second = (reply["addNamedRange"]["namedRange"]["range"] for reply in answer["replies"])
    assert first == {"startRowIndex": 0, "endRowIndex": 1}
    assert second == {"sheetId": 5, "startRowIndex": 0, "endRowIndex": 1}


def test_a_protected_range_is_kept_changed_and_deleted(api):
    asked = {"range": {"startRowIndex": 0, "endRowIndex": 1}, "requestingUserCanEdit": False, "description": "ids"}
    answer = api.apply({"addProtectedRange": {"protectedRange": asked}})
    made = answer["replies"][0]["addProtectedRange"]["protectedRange"]
    assert made["requestingUserCanEdit"] is True
    assert "warningOnly" not in made
    changed = {"protectedRangeId": made["protectedRangeId"], "warningOnly": True}
    api.apply({"updateProtectedRange": {"protectedRange": changed, "fields": "warningOnly"}})
    kept = sheet_of(api, "protectedRanges")[0]
    assert (kept["warningOnly"], kept["description"]) == (True, "ids")
    api.apply({"deleteProtectedRange": {"protectedRangeId": made["protectedRangeId"]}})
    assert sheet_of(api, "protectedRanges") is None


def test_a_table_is_kept_changed_and_deleted(api):
    table = {
        "name": "Promeneurs",
        "range": {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2},
        "columnProperties": [{"columnName": "id", "columnType": "TEXT"}, {"columnName": "n", "columnType": "DOUBLE"}],
    }
    made = api.apply({"addTable": {"table": table}})["replies"][0]["addTable"]["table"]
    assert made["columnProperties"][1]["columnIndex"] == 1
    assert "overlaps" in api.refused({"addTable": {"table": table}})
    api.apply({"updateTable": {"table": {"tableId": made["tableId"], "name": "PdN"}, "fields": "name"}})
    assert sheet_of(api, "tables")[0]["name"] == "PdN"
    api.apply({"deleteTable": {"tableId": made["tableId"]}})
    assert sheet_of(api, "tables") is None


def test_bands_filter_views_and_conditional_rules_are_kept(api):
    place = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    rule = {
        "ranges": [place],
        "booleanRule": {"condition": {"type": "BLANK"}, "format": {"textFormat": {"bold": True}}},
    }
    answer = api.apply(
        {"addBanding": {"bandedRange": {"range": place, "rowProperties": {"firstBandColor": {"red": 1}}}}},
        {"addFilterView": {"filter": {"title": "Vue", "range": place}}},
        {"addConditionalFormatRule": {"rule": rule, "index": 0}},
    )
    band = answer["replies"][0]["addBanding"]["bandedRange"]
    view = answer["replies"][1]["addFilterView"]["filter"]
    assert band["rowProperties"]["firstBandColorStyle"] == {"rgbColor": {"red": 1}}
    assert answer["replies"][2] == {}
    assert sheet_of(api, "conditionalFormats") == [rule]
    api.apply(
        {"deleteBanding": {"bandedRangeId": band["bandedRangeId"]}},
        {"deleteFilterView": {"filterId": view["filterViewId"]}},
        {"deleteConditionalFormatRule": {"index": 0}},
    )
    assert api.sheets("GET")[1]["sheets"][0].keys() == {"properties"}


def test_groups_leave_their_control_setting_behind(api):
    answer = api.apply({"addDimensionGroup": {"range": span("ROWS", 0, 2)}})
    group = {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}, "depth": 1}
    assert answer["replies"] == [{"addDimensionGroup": {"dimensionGroups": [group]}}]
    assert api.apply({"deleteDimensionGroup": {"range": span("ROWS", 0, 2)}})["replies"] == [
        {"deleteDimensionGroup": {}}
    ]
    assert sheet_of(api, "rowGroups") is None
    assert sheet_of(api, "properties")["gridProperties"]["rowGroupControlAfter"] is True


def test_widths_and_hidden_columns_are_kept_and_move(api):
    api.apply(
        {
            "updateDimensionProperties": {
                "range": span("COLUMNS", 1, 2),
                "properties": {"pixelSize": 250, "hiddenByUser": True},
                "fields": "pixelSize,hiddenByUser",
            }
        },
        {"insertDimension": {"range": span("COLUMNS", 0, 1)}},
    )
    _, book = api.sheets("GET", ranges="A1:D1", fields="sheets.data.columnMetadata")
    plain = {"pixelSize": 100}
    assert book["sheets"][0]["data"][0]["columnMetadata"] == [
        plain,
        plain,
        {"pixelSize": 250, "hiddenByUser": True},
        plain,
    ]


def test_borders_are_drawn_outside_and_inside(api):
    line = {"style": "SOLID"}
    api.apply({"updateBorders": {"range": {"endRowIndex": 2, "endColumnIndex": 2}, "top": line, "innerVertical": line}})
    borders = [
        [set(cell.get("userEnteredFormat", {}).get("borders", {})) for cell in row]
        for row in api.grid("A1:B2", "userEnteredFormat")
    ]
    assert borders == [[{"top", "right"}, {"top", "left"}], [{"right"}, {"left"}]]


def test_find_and_replace_counts_what_it_did(api):
    api.write("A1:B2", [["chat", "Chat noir"], ["chien", 5]])
    answer = api.apply({"findReplace": {"find": "chat", "replacement": "lion", "allSheets": True}})
    assert answer["replies"][0]["findReplace"] == {
        "valuesChanged": 2,
        "rowsChanged": 1,
        "sheetsChanged": 1,
        "occurrencesChanged": 2,
    }
    assert api.values("A1:B2") == [["lion", "lion noir"], ["chien", "5"]]


def test_pasted_cells_repeat_and_their_references_move(api):
    api.write("A1:B1", [[1, "=A1*2"]], "USER_ENTERED")
    source = {"startColumnIndex": 1, "endColumnIndex": 2, "startRowIndex": 0, "endRowIndex": 1}
    api.write("A2:A3", [[2], [3]])
    api.apply({"copyPaste": {"source": source, "destination": {**source, "startRowIndex": 1, "endRowIndex": 3}}})
    assert api.values("B1:B3") == [["2"], ["4"], ["6"]]
    api.apply(
        {
            "copyPaste": {
                "source": source,
                "destination": {**source, "startRowIndex": 4, "endRowIndex": 5},
                "pasteType": "PASTE_VALUES",
            }
        }
    )
    assert api.values("B5", valueRenderOption="FORMULA") == [[2]]
    api.apply(
        {"cutPaste": {"source": {**source, "startColumnIndex": 0, "endColumnIndex": 1}, "destination": {"rowIndex": 9}}}
    )
    assert api.values("A1:A10")[9] == ["1"]
    assert api.values("A1") is None


def test_pasted_text_is_read_as_typed(api):
    api.apply({"pasteData": {"coordinate": {"rowIndex": 1}, "data": "a;1\nb;2", "delimiter": ";"}})
    assert api.values("A2:B3", valueRenderOption="UNFORMATTED_VALUE") == [["a", 1], ["b", 2]]


def test_cells_can_be_inserted_and_deleted_without_their_row(api):
    api.write("A1:B3", [["a", "1"], ["b", "2"], ["c", "3"]])
    place = {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    api.apply({"insertRange": {"range": place, "shiftDimension": "ROWS"}})
    assert api.values("A1:B4") == [["a", "1"], ["", "2"], ["b", "3"], ["c"]]
    api.apply({"deleteRange": {"range": place, "shiftDimension": "ROWS"}})
    assert api.values("A1:B4") == [["a", "1"], ["b", "2"], ["c", "3"]]
    api.apply({"deleteRange": {"range": place, "shiftDimension": "COLUMNS"}})
    assert api.values("A1:B3") == [["a", "1"], ["2"], ["c", "3"]]


def test_title_locale_and_time_zone_of_the_file_can_be_changed(api):
    api.apply(
        {"updateSpreadsheetProperties": {"properties": {"title": "T", "locale": "fr_FR"}, "fields": "title,locale"}}
    )
    _, book = api.sheets("GET", fields="properties(title,locale)")
    assert book["properties"] == {"title": "T", "locale": "fr_FR"}
