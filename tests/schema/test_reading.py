"""From a tab's cells to records and problems."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdn.domain.structure import Structure
from pdn.domain.workbooks import RECORD_TYPES
from pdn.schema import ProblemKind, read_tab
from pdn.schema.ids import is_provisional


def read(record_type, *grid):
    """A tab of these rows."""
    return read_tab(record_type, record_type.table.tab, grid)


def told(reading):
    """Where each problem is, and what stands there."""
    return [(problem.address, problem.found) for problem in reading.problems]


def test_a_row_becomes_a_typed_record(member, header, row):
    reading = read(member, header, row)
    assert reading.records == (
        member(
            id="ME-00000001", name="Diaz", phone="+33612345678", entered_on=date(2019, 3, 12), fee=Decimal("12.50"),
            young=True, club_id="CL-00000001",
        ),
    )  # fmt: skip
    assert reading.rows == {"ME-00000001": 1}
    assert reading.problems == ()


def test_columns_are_found_in_any_order(member, header, row):
    expected = read(member, header, row).records

    @given(st.permutations(range(len(header))))
    def holds(order):
        assert read(member, [header[i] for i in order], [row[i] for i in order]).records == expected

    holds()


@pytest.mark.parametrize(
    "written",
    [
        "Téléphone",
        "TELEPHONE",
        "  téléphone ",
        "telephone",
        "Tél.",
        "PORTABLE",
        "Te\u0301le\u0301phone",
        "\u00a0Téléphone",
    ],
)
def test_a_header_is_recognised_whatever_its_case_accents_and_spaces_and_by_its_other_names(member, written):
    reading = read(member, ["Identifiant", "Nom", written], ["ME-00000001", "Diaz", "0612345678"])
    assert reading.records[0].phone == "+33612345678"


def test_columns_of_the_partner_are_left_alone(member, header, row):
    reading = read(member, [*header, "Couleur préférée", ""], [*row, "bleu", "x"])
    assert reading.problems == ()
    assert reading.records == read(member, header, row).records


def test_a_title_above_the_header_is_no_header(member, header, row):
    reading = read(member, ["Membres de l’année"], [], header, row)
    assert reading.header_row == 2
    assert reading.rows == {"ME-00000001": 3}
    assert reading.problems == ()


def test_a_missing_header_is_a_problem_and_hides_nothing_else(member, header, row):
    reading = read(member, header[:2] + header[3:], row[:2] + row[3:])
    assert [(problem.field, problem.address) for problem in reading.problems] == [("phone", "Membres!1:1")]
    assert "« Téléphone » manque" in reading.problems[0].message
    assert reading.records[0].fee == Decimal("12.50")


def test_a_doubled_header_is_a_problem_and_the_first_one_counts(member, header, row):
    reading = read(member, [*header, "Tél."], [*row, "07 00 00 00 00"])
    assert [problem.address for problem in reading.problems] == ["Membres!H1"]
    assert reading.records[0].phone == "+33612345678"


def test_a_header_counts_before_another_name_of_its_column_wherever_it_stands(member, header, row):
    reading = read(member, ["Portable", *header], ["07 00 00 00 00", *row])
    assert reading.records[0].phone == "+33612345678"
    (problem,) = reading.problems
    assert (problem.address, problem.found) == ("Membres!A1", "Portable")
    assert problem.message.replace("\u00a0", " ") == (
        "« Téléphone » et « Portable » sont deux noms d’une même colonne : « Téléphone » seule est lue."
    )


@pytest.mark.parametrize("written", ["Téléphone", "TELEPHONE "])
def test_of_two_columns_of_one_name_the_first_is_read(member, header, row, written):
    reading = read(member, [*header, written], [*row, "07 00 00 00 00"])
    assert reading.records[0].phone == "+33612345678"
    assert [(problem.kind, problem.address) for problem in reading.problems] == [
        (ProblemKind.COLUMN_TWICE, "Membres!H1")
    ]


def test_a_header_pasted_again_among_the_rows_is_no_record(member, header, row):
    reading = read(member, header, row, header, ["ME-00000002", "Petit"], header[:3])
    assert [record.name for record in reading.records] == ["Diaz", "Petit", "Nom"]
    assert {problem.row for problem in reading.problems} == {4}


def test_a_word_among_the_data_is_no_header(member, row):
    reading = read(member, row, ["ME-00000002", "Portable"])
    assert (reading.header_row, reading.records) == (None, ())


def test_a_header_of_which_one_column_is_left_is_found_above_the_data(member, row):
    reading = read(member, ["Clé", "Nom", "?"], row[:2])
    assert [record.name for record in reading.records] == ["Diaz"]


def test_a_header_that_begins_further_right_is_found_with_its_rows(member, header, row):
    reading = read(
        member, [], ["", "", "Nos membres"], [None, None, *header], ["", "", *row], ["à revoir", True, *[""] * 7]
    )
    assert (reading.header_row, reading.records, reading.problems) == (2, read(member, header, row).records, ())


def test_merged_cells_hold_their_value_at_their_top_left(member, header, row):
    header.insert(3, "")  # « Téléphone » merged over two columns
    row.insert(3, "bureau")
    below = ["ME-00000002", "", "06 00 00 00 00", "maison"]  # the name merged with the one above
    reading = read(member, header, row, below)
    assert [record.phone for record in reading.records] == ["+33612345678", "+33600000000"]
    assert told(reading) == [("Membres!B3", "")]


def test_without_the_column_of_ids_rows_are_read_and_it_is_told_once(member, header, row):
    reading = read(member, header[1:], row[1:], row[1:])
    assert [problem.field for problem in reading.problems] == ["id"]
    assert [is_provisional(record.id) for record in reading.records] == [True, True]


@pytest.mark.parametrize("blank", [[], [None] * 7, ["", " ", "\u00a0"], [None, None, None, None, None, False]])
def test_a_row_without_anything_is_no_record(member, header, row, blank):
    reading = read(member, header, blank, row, blank)
    assert reading.rows == {"ME-00000001": 2}
    assert reading.problems == ()


def test_a_row_in_which_only_the_partners_own_column_is_filled_is_no_record(member, header, row):
    assert read(member, [*header, "Note"], row, [*[None] * 7, "à revoir"]).rows == {"ME-00000001": 1}


def test_an_empty_tab_has_no_record_and_no_problem(member):
    reading = read(member)
    assert (reading.records, reading.problems, reading.header_row) == ((), (), None)


def test_a_missing_tab_is_a_problem_that_says_how_to_mend_it(member):
    (problem,) = read_tab(member, "Membres", None).problems
    assert problem.message == "L’onglet « Membres » manque."
    assert "recréez-le depuis la page" in problem.mend


def test_a_tab_without_its_header_is_a_problem_and_its_rows_are_not_guessed(member, row):
    reading = read(member, row)
    assert reading.records == ()
    assert [problem.address for problem in reading.problems] == ["Membres"]


@pytest.mark.parametrize(
    ("column", "cell", "address"),
    [(2, "demander", "Membres!C3"), (3, 2019, "Membres!D3"), (4, "1.234", "Membres!E3"), (5, "parfois", "Membres!F3")],
)
def test_a_bad_cell_never_hides_its_row_and_says_where_it_is(member, header, row, column, cell, address):
    bad = [*row]
    bad[0], bad[column] = "ME-00000002", cell
    reading = read(member, header, row, bad)
    assert [record.id for record in reading.records] == ["ME-00000001", "ME-00000002"]
    assert reading.records[1].name == "Diaz"
    (problem,) = reading.problems
    assert problem.address == address
    assert problem.found == str(cell)
    assert problem.record_id == "ME-00000002"
    assert problem.message.startswith(f"{header[column]} : « {cell} ». On attendait ")


def test_an_empty_cell_that_has_to_be_filled_is_a_problem(member, header, row):
    row[1] = None
    (problem,) = read(member, header, row).problems
    assert (problem.address, problem.message) == ("Membres!B2", "Nom : Cellule vide. On attendait un texte.")


def test_a_row_cut_short_by_google_reads_as_blanks(member, header):
    reading = read(member, header, ["ME-00000001", "Diaz"])
    assert reading.records == (member(id="ME-00000001", name="Diaz"),)
    assert reading.problems == ()


def test_a_row_added_by_hand_has_a_provisional_id_and_says_that_it_waits_for_one(member, header, row):
    reading = read(member, header, row, [None, "Petit"])
    assert reading.records[1].id == "?3"
    assert told(reading) == [("Membres!A3", "")]
    assert "l’application lui en donnera un" in reading.problems[0].mend


def test_a_row_copied_with_its_id_does_not_take_the_place_of_the_first(member, header, row):
    reading = read(member, header, row, [row[0], "Petit"])
    assert [(record.id, record.name) for record in reading.records] == [("ME-00000001", "Diaz"), ("?3", "Petit")]
    assert told(reading) == [("Membres!A3", "ME-00000001")]
    assert "ligne 2" in reading.problems[0].mend


@pytest.mark.parametrize("typed", ["?", "?3", " ?9 ", "\u200b"])
def test_what_a_row_that_waits_for_an_id_is_called_is_no_id(member, header, typed):
    reading = read(member, header, [typed, "Petit"], ["", "Grand"], [typed, "Autre"])
    assert [record.id for record in reading.records] == ["?2", "?3", "?4"]
    assert [problem.kind for problem in reading.problems] == [ProblemKind.NO_ID] * 3
    assert len(reading.rows) == 3


def test_an_id_that_is_a_formula_in_error_is_told_once(member, header, row):
    row[0] = "#REF!"
    reading = read(member, header, row)
    assert reading.records[0].id == "?2"
    (problem,) = reading.problems
    assert (problem.kind, problem.address) == (ProblemKind.UNREADABLE, "Membres!A2")


def test_the_kind_of_each_problem_is_the_one_that_people_filter_by(member, header, row):
    other = ["", "", "demander"]
    reading = read(member, header[:5], row[:5], row[:2], other)
    assert [problem.kind for problem in reading.problems] == [
        ProblemKind.COLUMN_MISSING, ProblemKind.COLUMN_MISSING, ProblemKind.COPIED_ID, ProblemKind.NO_ID,
        ProblemKind.REQUIRED, ProblemKind.UNREADABLE,
    ]  # fmt: skip
    assert read(member, row).problems[0].kind is ProblemKind.HEADER_LOST
    assert read_tab(member, "Membres", None).problems[0].kind is ProblemKind.TAB_MISSING


CELLS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)


@given(grid=st.lists(st.lists(CELLS, max_size=9), max_size=12))
def test_no_tab_makes_reading_fail(grid):
    for record_type in RECORD_TYPES:
        read_tab(record_type, record_type.table.tab, grid)


@given(rows=st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=8))
def test_every_row_that_says_something_is_a_record_and_every_problem_is_within_the_tab(rows):
    header = ["Identifiant", "Nom", "Téléphone", "SIRET", "Code postal", "Quartier prioritaire", "Repérée le"]
    reading = read_tab(Structure, "Structures", [header, *rows])
    filled = [row for row in rows if any(cell is not None and cell is not False and str(cell).strip() for cell in row)]
    assert len(reading.records) == len(filled)
    assert len(reading.rows) == len(filled)
    for problem in reading.problems:
        if problem.record_id:
            assert 0 < problem.row <= len(rows)
            assert 0 <= problem.column < len(header)
