"""Plain values: how they are read, written, appended, cleared."""

from __future__ import annotations

import pytest

SIX_BY_FOUR = [[f"{row}{column}" for column in "abcd"] for row in range(6)]


def test_trailing_blanks_are_trimmed_and_an_empty_inner_row_is_a_list(both_doors):
    both_doors.write("A1:D4", [["", "Hi", "Mom", ""], ["My", "Name", "is", "bon"], ["", "", "", ""], ["1"]])
    assert both_doors.read("Sheet1") == {
        "range": "Sheet1!A1:Z1000",
        "majorDimension": "ROWS",
        "values": [["", "Hi", "Mom"], ["My", "Name", "is", "bon"], [], ["1"]],
    }


def test_nothing_at_all_has_no_values(both_doors):
    assert both_doors.read("A1:B2") == {"range": "Sheet1!A1:B2", "majorDimension": "ROWS"}


def test_columns_are_trimmed_one_by_one(api):
    api.write("A1:B3", [["a", "b"], ["", "c"], ["", ""]])
    assert api.values("A1:C3", majorDimension="COLUMNS") == [["a"], ["b", "c"]]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("A1:A", "Sheet1!A1:A1000"),
        ("A2:2", "Sheet1!A2:Z2"),
        ("D4:A1", "Sheet1!A1:D4"),
        ("D4", "Sheet1!D4"),
        ("A1:A1", "Sheet1!A1"),
        ("B:C", "Sheet1!B1:C1000"),
        ("3:4", "Sheet1!A3:Z4"),
        ("$A$1:$B$2", "Sheet1!A1:B2"),
        ("sheet1!a1:b2", "Sheet1!A1:B2"),
        ("Sheet1!A1:Z2000", "Sheet1!A1:Z1000"),
    ],
)
def test_a_range_is_answered_normalised(api, asked, answered):
    assert api.read(asked)["range"] == answered


def test_a_range_follows_a_resize(api):
    grid = {"rowCount": 4, "columnCount": 3}
    api.apply(
        {
            "updateSheetProperties": {
                "properties": {"gridProperties": grid},
                "fields": "gridProperties(rowCount,columnCount)",
            }
        }
    )
    assert api.read("Sheet1")["range"] == "Sheet1!A1:C4"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("D3", "'D3'!A1:D4"),
        ("ZZZ1", "'ZZZ1'!A1:D4"),
        ("🌵 plante", "'🌵 plante'!A1:D4"),
        ("L'été", "'L''été'!A1:D4"),
        ("Budget_2018", "Budget_2018!A1:D4"),
    ],
)
def test_titles_are_quoted_in_answers_when_needed(api, title, written):
    api.apply({"addSheet": {"properties": {"title": title}}})
    quoted = title.replace("'", "''")
    assert api.read(f"'{quoted}'!A1:D4")["range"] == written


def test_an_unquoted_title_with_spaces_is_understood(api):
    api.apply({"addSheet": {"properties": {"title": "🌵 des plantes"}}})
    assert api.read("🌵 des plantes!A:A")["range"] == "'🌵 des plantes'!A1:A1000"


def test_a_named_range_resolves_alone_and_after_its_tab(api):
    api.write("B1:C1", [["x", "y"]])
    place = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 3}
    api.apply({"addNamedRange": {"namedRange": {"name": "Duo", "range": place}}})
    for text in ("Duo", "Sheet1!Duo"):
        assert api.read(text)["range"] == "Sheet1!B1:C3"


@pytest.mark.parametrize("text", ["Nowhere!A1", "Sheet1!A1:B2:C3", "no such name", "A0"])
def test_an_unparsable_range_is_named(api, text):
    status, answer = api.sheets("GET", f"/values/{text}")
    assert status == 400
    assert answer["error"]["message"] == f"Unable to parse range: {text}"


def test_a_range_that_starts_outside_of_the_grid_is_refused(api):
    status, answer = api.sheets("GET", "/values/Sheet1!AB1")
    assert status == 400
    assert answer["error"]["message"] == "Range (Sheet1!AB1) exceeds grid limits. Max rows: 1000, max columns: 26"


def test_from_one_cell_a_write_grows_to_its_data(api):
    _, answer = api.write("A1", [["a", "b"], ["c"]])
    assert answer == {
        "spreadsheetId": api.key,
        "updatedRange": "Sheet1!A1:B2",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 3,
    }


def test_a_range_larger_than_its_data_is_answered_as_small_as_the_data(api):
    _, answer = api.write("A1:B2", [["a", "b"]])
    assert answer["updatedRange"] == "Sheet1!A1:B1"


def test_ragged_rows_give_the_widest_but_count_cells(api):
    _, answer = api.write("A1", [["a"], ["b", "c", "d", "e"]])
    assert (answer["updatedRange"], answer["updatedCells"]) == ("Sheet1!A1:D2", 5)


def test_an_empty_text_clears_and_counts_while_null_does_neither(api):
    api.write("A1:D6", SIX_BY_FOUR)
    corners = [["A1", None, None, "D1"], *[[None] * 4] * 4, ["", None, None, "D6"]]
    _, answer = api.write("A1:D6", corners)
    assert (answer["updatedRange"], answer["updatedRows"], answer["updatedColumns"], answer["updatedCells"]) == (
        "Sheet1!A1:D6", 2, 2, 4,
    )  # fmt: skip
    values = api.values("A1:D6")
    assert values[0] == ["A1", "0b", "0c", "D1"]
    assert values[5] == ["", "5b", "5c", "D6"]


def test_more_values_than_the_range_has_room_for_are_refused_whole(api):
    status, answer = api.write("A1:B2", [["a"], ["b"], ["c"]])
    assert status == 400
    assert "tried writing to row [3]" in answer["error"]["message"]
    status, answer = api.write("A1:B2", [["a", "b", "c"]])
    assert "tried writing to column [C]" in answer["error"]["message"]
    assert api.values("A1:C3") is None


def test_a_batch_counts_distinct_rows_and_columns(api):
    data = [{"range": f"A{row}:D{row}", "values": [["a", "b", "", "d"]]} for row in (1, 4)]
    _, answer = api.sheets("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    totals = {name: value for name, value in answer.items() if name.startswith("total")}
    assert totals == {
        "totalUpdatedRows": 2,
        "totalUpdatedColumns": 4,
        "totalUpdatedCells": 8,
        "totalUpdatedSheets": 1,
    }


def test_one_bad_range_keeps_a_whole_batch_of_values_out(api):
    data = [{"range": "A1", "values": [["x"]]}, {"range": "Absent!A1", "values": [["y"]]}]
    status, answer = api.sheets("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    assert status == 400
    assert answer["error"]["message"] == "Invalid data[1]: Unable to parse range: Absent!A1"
    assert api.values("A1") is None


def test_a_write_gives_back_what_it_wrote_when_asked(api):
    _, answer = api.write(
        "A1:B1",
        [["=1+1", "12%"]],
        "USER_ENTERED",
        includeValuesInResponse="true",
        responseValueRenderOption="UNFORMATTED_VALUE",
    )
    assert answer["updatedData"] == {"range": "Sheet1!A1:B1", "majorDimension": "ROWS", "values": [[2, 0.12]]}


def test_a_write_must_say_how_values_are_meant(api):
    status, answer = api.sheets("PUT", "/values/A1", {"values": [["x"]]})
    assert status == 400
    assert "valueInputOption" in answer["error"]["message"]


def test_values_that_are_no_lists_are_googles_error(api):
    text = "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\""
    assert api.write("A1", "X") == (
        400,
        {
            "error": {
                "code": 400,
                "message": text,
                "status": "INVALID_ARGUMENT",
                "details": [
                    {
                        "@type": "type.googleapis.com/google.rpc.BadRequest",
                        "fieldViolations": [{"field": "data.values", "description": text}],
                    }
                ],
            }
        },
    )


def test_values_and_range_swapped_name_the_values_before_the_range(api):
    status, answer = api.write("[['1']]", "A1:D4")
    assert status == 400
    assert "data.values" in answer["error"]["message"]


def test_the_first_append_has_no_table_and_the_next_ones_follow_it(api):
    first = api.append("Sheet1", [["a", "b"]])
    assert "tableRange" not in first
    assert first["updates"]["updatedRange"] == "Sheet1!A1:B1"
    second = api.append("Sheet1", [["c", "d"], ["e", "f"]])
    assert (second["tableRange"], second["updates"]["updatedRange"]) == ("Sheet1!A1:B1", "Sheet1!A2:B3")


def test_a_whole_tab_takes_its_last_table_and_a_cell_its_own(api):
    api.write("A1:C1", [["x", "", "z"]])
    own = api.append("A1", [["1", "2", "3"]])
    assert (own["tableRange"], own["updates"]["updatedRange"]) == ("Sheet1!A1", "Sheet1!A2:C2")
    api.sheets("POST", "/values/Sheet1!A2:C2:clear")
    last = api.append("Sheet1", [["1", "2", "3"]])
    assert (last["tableRange"], last["updates"]["updatedRange"]) == ("Sheet1!C1", "Sheet1!C2:E2")


def test_a_table_with_gaps_is_one_table(api):
    api.write("A1:D4", [["id", "a", "b", "c"], ["1", "", "", ""], ["2", "", "x", ""], ["3", "", "", "y"]])
    answer = api.append("Sheet1", [["4"]])
    assert (answer["tableRange"], answer["updates"]["updatedRange"]) == ("Sheet1!A1:D4", "Sheet1!A5")


def test_of_two_tables_below_each_other_the_lower_one_is_the_last(api):
    api.write("A1:B6", [["up", "up"], ["up", "up"], ["", ""], ["", ""], ["low", ""], ["low", ""]])
    assert api.append("Sheet1", [["x"]])["tableRange"] == "Sheet1!A5:A6"
    assert api.append("A1:B2", [["x"]])["tableRange"] == "Sheet1!A1:B2"


def test_a_range_without_data_is_written_in_place_even_next_to_a_table(api):
    api.write("A1:A3", [["x"], [""], ["z"]])
    answer = api.append("A2", [["y"]])
    assert "tableRange" not in answer
    assert api.values("A1:A3") == [["x"], ["y"], ["z"]]


def test_insert_rows_makes_room_where_overwrite_writes_over(api):
    api.write("A1:A3", [["table"], [""], ["below"]])
    api.append("A1", [["new"]], insertDataOption="INSERT_ROWS")
    assert api.values("A1:A4") == [["table"], ["new"], [], ["below"]]
    api.append("A1", [["1"], ["2"], ["3"]])
    assert api.values("A1:A5") == [["table"], ["new"], ["1"], ["2"], ["3"]]


def test_an_append_past_the_grid_adds_rows_and_columns(api):
    grid = {"rowCount": 1, "columnCount": 1}
    api.apply({"addSheet": {"properties": {"title": "Petit", "gridProperties": grid}}})
    api.append("Petit", [["a"]])
    api.append("Petit", [["b", "c"]])
    assert api.read("Petit") == {"range": "Petit!A1:B2", "majorDimension": "ROWS", "values": [["a"], ["b", "c"]]}


def test_clear_answers_its_range_and_leaves_formats(api):
    api.write("A1", [["2020-01-01"]], "USER_ENTERED")
    _, answer = api.sheets("POST", "/values/Sheet1:clear")
    assert answer == {"spreadsheetId": api.key, "clearedRange": "Sheet1!A1:Z1000"}
    assert api.values("A1") is None
    assert api.grid("A1", "userEnteredFormat.numberFormat.type") == [
        [{"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}]
    ]


def test_several_ranges_are_cleared_at_once(api):
    api.write("A1:E2", [list("abcde"), list("fghij")])
    _, answer = api.sheets("POST", "/values:batchClear", {"ranges": ["A1:B1", "Sheet1!C2:E2"]})
    assert answer["clearedRanges"] == ["Sheet1!A1:B1", "Sheet1!C2:E2"]
    assert api.values("A1:E2") == [["", "", "c", "d", "e"], ["f", "g"]]


def test_many_ranges_are_read_in_one_request(both_doors):
    both_doors.write("A1:B2", [["a", 1], ["b", 2]])
    _, answer = both_doors.sheets(
        "GET", "/values:batchGet", ranges=["A:A", "B2"], valueRenderOption="UNFORMATTED_VALUE"
    )
    assert [item["values"] for item in answer["valueRanges"]] == [[["a"], ["b"]], [[2]]]


def test_ranges_can_be_told_by_data_filters(api):
    api.write("A1:B2", [["a", "b"], ["c", "d"]])
    filters = [{"gridRange": {"startRowIndex": 1, "endRowIndex": 2}}, {"a1Range": "Sheet1!B1"}]
    _, answer = api.sheets("POST", "/values:batchGetByDataFilter", {"dataFilters": filters})
    assert [item["valueRange"]["values"] for item in answer["valueRanges"]] == [[["c", "d"]], [["b"]]]
    assert answer["valueRanges"][1]["dataFilters"] == [filters[1]]
