"""The table, its header row and its columns are guessed as a person would."""

import pytest

from pdn.domain.agreement import Agreement
from pdn.domain.attendance import Attendance
from pdn.domain.budget_line import BudgetLine
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.settings import Parameter
from pdn.domain.structure import Structure
from pdn.imports.columns import (
    TABLES,
    Layout,
    doubled,
    guess_fields,
    guess_layout,
    guess_table,
    importable,
    lacking,
)
from pdn.imports.file import ImportFile
from pdn.imports.rows import prepared, samples
from tests.imports.conftest import opened, sheet


@pytest.mark.parametrize("record_type", TABLES, ids=lambda found: found.table.key)
def test_every_declared_header_is_recognised_in_any_order(record_type):
    columns = list(reversed(importable(record_type)))
    expected = {place: column.field for place, column in enumerate(columns)}
    assert guess_fields(record_type, [column.header.upper() for column in columns]) == expected


@pytest.mark.parametrize("record_type", TABLES, ids=lambda found: found.table.key)
def test_a_table_is_recognised_by_its_headers_alone(record_type):
    headers = [column.header for column in importable(record_type)]
    place, layout = guess_table(opened(";".join(headers).encode()))
    assert (place, layout.record_type) == (0, record_type)


@pytest.mark.parametrize(
    ("record_type", "header", "expected"),
    [
        (Promeneur, ("Tél. pro", "Courriel", "Employeur"), ("phone", "email", "structure_id")),
        (Promeneur, ("PRENOM", "Nom de famille", "Date d’entrée"), ("first_name", "last_name", "entered_on")),
        (Structure, ("Nom de la structure", "Ville", "CP"), ("name", "commune", "postcode")),
        (Session, ("Thème", "Date", "Champ de formation"), ("name", "held_on", "field")),
        (BudgetLine, ("Année", "Montant prévu", "Financeur"), ("year", "planned", "supplier")),
        (Attendance, ("Séance", "Nom", "Prénom", "Présence"), ("session_id", "promeneur_id", "promeneur_id", "state")),
        (Attendance, ("Date", "Promeneur", "État"), ("session_id", "promeneur_id", "state")),
    ],
)
def test_headers_of_ones_own_are_understood(record_type, header, expected):
    assert tuple(guess_fields(record_type, header).values()) == expected


def test_what_means_something_else_is_not_imported():
    assert guess_fields(Promeneur, ("Couleur préférée", "N° de badge", "")) == {}


def test_the_label_is_never_imported():
    assert guess_fields(Structure, ("Étiquette",)) == {}


def test_the_header_is_found_below_a_title():
    grid = sheet(["Les Promeneurs"], [], ["Prénom", "Nom", "Mail"], ["Léa", "Structure", "x"]).grid
    assert guess_layout(Promeneur, grid) == Layout(Promeneur, 2, {0: "first_name", 1: "last_name", 2: "email"})


def test_without_any_known_header_the_first_row_that_holds_something_is_shown():
    assert guess_layout(Promeneur, sheet([], ["A", "B"], ["C", "D"]).grid) == Layout(Promeneur, 1, {})


def test_of_several_sheets_the_one_that_is_a_table_is_proposed():
    file = ImportFile("a.xlsx", (sheet(["À propos"], ["Fait le", "12/03/2019"]), sheet(["Numéro", "Structure"])))
    place, layout = guess_table(file)
    assert (place, layout.record_type) == (1, Agreement)


def test_the_name_of_the_file_decides_between_tables_of_the_same_headers():
    data = "Prénom;Nom;Mail;Téléphone\n".encode()
    assert guess_table(opened(data, "coordinateurs 2019.csv"))[1].record_type.table.key == "coordinator"
    assert guess_table(opened(data, "promeneurs.csv"))[1].record_type is Promeneur


def test_ids_of_ours_tell_the_table():
    data = b"Identifiant;Nom;Mail\nS-4T7K29QX;A;a@example.org\n"
    assert guess_table(opened(data))[1].record_type is Structure


def test_settings_are_no_list():
    assert Parameter not in TABLES


def test_two_columns_go_into_one_field_only_where_they_name_a_record():
    assert [column.field for column in doubled(Layout(Promeneur, 0, {0: "email", 1: "email"}))] == ["email"]
    assert doubled(Layout(Attendance, 0, {0: "promeneur_id", 1: "promeneur_id"})) == ()


def test_what_a_new_record_needs_and_no_column_gives_is_told():
    layout = Layout(Promeneur, 0, {0: "first_name", 1: "last_name"})
    assert [column.header for column in lacking(layout)] == ["Structure", "Mail"]


def test_cells_keep_their_places_and_names_are_joined():
    grid = sheet(["x", "Nom", "Prénom", "Date", "État"], ["a", "Dupont", "Zoé", 43536, "présent"])
    layout = Layout(Attendance, 0, {1: "promeneur_id", 2: "promeneur_id", 3: "session_id", 4: "state"})
    assert prepared(grid, layout) == [
        [None, "Promeneur", None, "Séance", "État"],
        [None, "Dupont Zoé", None, "12/03/2019", "présent"],
    ]


def test_samples_are_shown_as_a_person_reads_them():
    grid = sheet(["Nom", "Entrée le"], ["A", 43536], ["A", 43537], ["B", None])
    layout = guess_layout(Promeneur, grid.grid)
    assert samples(grid, layout, 0, 3) == ["A", "B"]
    assert samples(grid, layout, 1, 1) == ["12/03/2019"]
