"""What is made of what is entered, and how it is shown."""

from __future__ import annotations

import pytest

NARROW = "\u202f"


@pytest.mark.parametrize("text", ["12345", "=sum(A1:A2)", "2020-01-01", "TRUE"])
def test_raw_keeps_texts(api, text):
    api.write("A1", [[text]])
    for option in ("FORMATTED_VALUE", "UNFORMATTED_VALUE"):
        assert api.values("A1", valueRenderOption=option) == [[text]]


def test_raw_numbers_and_booleans_keep_their_type(both_doors):
    both_doors.write("A1:D1", [[1, 2.5, True, 3.0]])
    values = both_doors.values("A1:D1", valueRenderOption="UNFORMATTED_VALUE")[0]
    assert values == [1, 2.5, True, 3]
    assert [type(value) for value in values] == [int, float, bool, int]


@pytest.mark.parametrize(
    ("typed", "shown", "value"),
    [
        ("0042", "42", 42),
        ("2,000,000.01", "2,000,000.01", 2000000.01),
        ("= 1 / 1024", "0.0009765625", 0.0009765625),
        ("=4/2", "2", 2),
        ("3_1_0", "3_1_0", "3_1_0"),
        ("2020-01-01", "2020-01-01", 43831),
        ("12%", "12%", 0.12),
        ("$1,234.50", "$1,234.50", 1234.5),
        ("true", "TRUE", True),
        ("3/12/2019", "3/12/2019", 43536),
        ("'0042", "0042", "0042"),
        ("12:30", "12:30:00", 0.5208333333333334),
        ("1,2,3", "1,2,3", "1,2,3"),
    ],
)
def test_what_is_typed_in_america(api, typed, shown, value):
    api.write("A1", [[typed]], "USER_ENTERED")
    assert api.values("A1") == [[shown]]
    read = api.values("A1", valueRenderOption="UNFORMATTED_VALUE")[0][0]
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("typed", "shown", "value"),
    [
        ("12,50", "12,5", 12.5),
        ("1 234,50 €", f"1{NARROW}234,50\u00a0€", 1234.5),
        ("12/03/2019", "12/03/2019", 43536),
        ("31/12/2018", "31/12/2018", 43465),
        ("VRAI", "VRAI", True),
        ("12.50", "12.50", "12.50"),
        ("1 234", f"1{NARROW}234", 1234),
        ("31/31/2019", "31/31/2019", "31/31/2019"),
        ("=1,5*2", "3", 3),
    ],
)
def test_what_is_typed_in_france(french, typed, shown, value):
    french.write("A1", [[typed]], "USER_ENTERED")
    assert french.values("A1") == [[shown]]
    assert french.values("A1", valueRenderOption="UNFORMATTED_VALUE") == [[value]]


def test_dates_show_by_the_options_asked(api):
    api.write("A1", [["2020-01-01"]], "USER_ENTERED")
    shown = {
        (option, dates): api.values("A1", valueRenderOption=option, dateTimeRenderOption=dates)[0][0]
        for option in ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
        for dates in ("SERIAL_NUMBER", "FORMATTED_STRING")
    }
    assert shown["FORMATTED_VALUE", "SERIAL_NUMBER"] == "2020-01-01"
    assert shown["FORMATTED_VALUE", "FORMATTED_STRING"] == "2020-01-01"
    assert shown["UNFORMATTED_VALUE", "SERIAL_NUMBER"] == 43831
    assert shown["UNFORMATTED_VALUE", "FORMATTED_STRING"] == "2020-01-01"
    assert shown["FORMULA", "SERIAL_NUMBER"] == 43831
    assert isinstance(shown["UNFORMATTED_VALUE", "SERIAL_NUMBER"], int)


@pytest.mark.parametrize(
    ("value", "kind", "pattern", "shown"),
    [
        (43536, "DATE", "dd/mm/yyyy", "12/03/2019"),
        (43536, "DATE", "d mmmm yyyy", "12 mars 2019"),
        (43536.5, "DATE_TIME", "ddd dd/mm/yy hh:mm", "mar. 12/03/19 12:00"),
        (43536, "DATE", "", "12/03/2019"),
        (0.75, "TIME", "hh:mm", "18:00"),
        (1.5, "TIME", "[h]:mm", "36:00"),
        (1234.5, "CURRENCY", '#,##0.00 "€"', f"1{NARROW}234,50 €"),
        (1234567.891, "NUMBER", "#,##0.0", f"1{NARROW}234{NARROW}567,9"),
        (-3.5, "NUMBER", "0.00", "-3,50"),
        (0.125, "PERCENT", "0.0%", "12,5%"),
        (2.5, "NUMBER", "0.##", "2,5"),
        (-2, "NUMBER", "0;(0);-", "(2)"),
        (0, "NUMBER", "0;(0);-", "-"),
        (1.005, "NUMBER", "0.00", "1,01"),
        (12345, "SCIENTIFIC", "0.00E+00", "1,23E+04"),
        (7, "NUMBER", "000", "007"),
    ],
)
def test_patterns_show_numbers_and_dates_the_french_way(french, value, kind, pattern, shown):
    cell = {
        "userEnteredValue": {"numberValue": value},
        "userEnteredFormat": {"numberFormat": {"type": kind, "pattern": pattern}},
    }
    french.apply({"repeatCell": {"range": {"endRowIndex": 1, "endColumnIndex": 1}, "cell": cell, "fields": "*"}})
    assert french.values("A1") == [[shown]]


def test_a_typed_value_keeps_the_format_its_cell_has(french):
    cell_format = {"numberFormat": {"type": "DATE", "pattern": "d mmm yyyy"}}
    french.apply(
        {
            "repeatCell": {
                "range": {"endRowIndex": 1, "endColumnIndex": 1},
                "cell": {"userEnteredFormat": cell_format},
                "fields": "userEnteredFormat",
            }
        }
    )
    french.write("A1", [["12/03/2019"]], "USER_ENTERED")
    assert french.values("A1") == [["12 mars 2019"]]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(A1:A3)", 6),
        ("=A1+A2*2", 5),
        ("=SUM(A:A)", 6),
        ('=IF(A1=1,"oui","non")', "oui"),
        ('="a"&A2', "a2"),
        ("=2^3^2", 512),
        ("=-2%", -0.02),
        ("=COUNTA(A1:B3)", 3),
        ("=AVERAGE(A1:A3)", 2),
        ('=IFERROR(1/0,"rien")', "rien"),
        ("=ROUND(2.345,2)", 2.35),
        ("=DATE(2019,3,12)", 43536),
        ("=Sheet1!A3", 3),
        ('=LEN("é")', 1),
        ("=1/0", "#DIV/0!"),
        ("=FOO(1)", "#NAME?"),
        ("=foo", "#NAME?"),
        ("=AA1", "#REF!"),
        ("=Nowhere!A1", "#REF!"),
        ('="a"+1', "#VALUE!"),
        ("=1+", "#ERROR!"),
    ],
)
def test_formulas_have_values_and_errors_are_values_too(api, formula, value):
    api.write("A1:A3", [[1], [2], [3]])
    api.write("C1", [[formula]], "USER_ENTERED")
    assert api.values("C1", valueRenderOption="UNFORMATTED_VALUE") == [[value]]
    assert api.values("C1", valueRenderOption="FORMULA") == [[formula]]


def test_a_formula_follows_the_cells_it_reads(api):
    api.write("A1:B1", [[1, "=A1*10"]], "USER_ENTERED")
    api.write("A1", [[7]])
    assert api.values("B1") == [["70"]]


def test_a_circle_of_formulas_is_an_error(api):
    api.write("A1:B1", [["=B1", "=A1"]], "USER_ENTERED")
    assert api.values("A1:B1") == [["#REF!", "#REF!"]]


def test_an_error_is_typed_in_grid_data(api):
    api.write("A1", [["=FOO()"]], "USER_ENTERED")
    assert api.grid("A1", "effectiveValue")[0][0]["effectiveValue"]["errorValue"]["type"] == "NAME"


def test_references_move_with_inserted_deleted_and_renamed(api):
    api.write("A1:B2", [[1, ""], [2, "=SUM(A1:A2)+$A$2"]], "USER_ENTERED")
    api.apply({"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 3}}})
    assert api.values("B4", valueRenderOption="FORMULA") == [["=SUM(A1:A4)+$A$4"]]
    api.apply({"deleteDimension": {"range": {"dimension": "ROWS", "startIndex": 1, "endIndex": 2}}})
    assert api.values("B3", valueRenderOption="FORMULA") == [["=SUM(A1:A3)+$A$3"]]
    api.apply({"addSheet": {"properties": {"title": "Deux"}}})
    api.write("Deux!A1", [["=Sheet1!A1"]], "USER_ENTERED")
    api.apply({"updateSheetProperties": {"properties": {"title": "Mon onglet"}, "fields": "title"}})
    assert api.values("Deux!A1", valueRenderOption="FORMULA") == [["='Mon onglet'!A1"]]
    assert api.values("Deux!A1") == [["1"]]


def test_a_reference_to_what_was_deleted_is_an_error(api):
    api.write("A1:B1", [[1, "=A1"]], "USER_ENTERED")
    api.apply({"deleteDimension": {"range": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}}})
    assert api.values("A1") == [["#REF!"]]


def test_a_text_sent_as_a_string_value_is_never_a_formula(api):
    rows = [{"values": [{"userEnteredValue": {"stringValue": '=HYPERLINK("http://x")'}}]}]
    api.apply({"updateCells": {"start": {}, "rows": rows, "fields": "userEnteredValue"}})
    assert api.values("A1") == [['=HYPERLINK("http://x")']]


def test_a_formula_at_the_end_of_a_row_stays_when_another_cell_is_written_along(api):
    def write(column: int, value: dict) -> dict:
        start = {"rowIndex": 0, "columnIndex": column}
        rows = [{"values": [{"userEnteredValue": value}]}]
        return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}

    api.apply(write(2, {"formulaValue": "=1+1"}), write(0, {"stringValue": "a"}))
    assert api.values("A1:C1") == [["a", "", "2"]]
