"""An unknown header is proposed for the missing column that it means, and never out of the blue."""

import pytest

from pdn.domain.agreement import Agreement
from pdn.domain.attendance import Attendance
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.structure import Structure
from pdn.schema import ProblemKind, read_tab
from pdn.schema.likeness import suggest


def proposed(record_type, *headers):
    """The header proposed for each column, were all columns missing."""
    table = record_type.table
    found = suggest(table, table.columns, dict(enumerate(headers)))
    return {table.by_field[field].header: headers[place] for field, place in found.items()}


@pytest.mark.parametrize(
    ("record_type", "typed", "meant"),
    [
        (Promeneur, "Tél. pro", "Téléphone"), (Promeneur, "Tel pro", "Téléphone"),
        (Promeneur, "Téléphonne", "Téléphone"), (Promeneur, "Telephon", "Téléphone"),
        (Promeneur, "Tél. portable", "Téléphone"), (Promeneur, "N° de tél.", "Téléphone"),
        (Promeneur, "Nom de famille", "Nom"), (Promeneur, "Nom d’usage", "Nom"), (Promeneur, "Nom *", "Nom"),
        (Promeneur, "Nom du Promeneur", "Nom"), (Promeneur, "Prénoms", "Prénom"), (Promeneur, "Pérnom", "Prénom"),
        (Promeneur, "E-mail", "Mail"), (Promeneur, "Mail pro (obligatoire)", "Mail"),
        (Promeneur, "Date entrée (jj/mm/aaaa)", "Entrée le"), (Promeneur, "Permanance", "Permanence"),
        (Promeneur, "Identifient", "Identifiant"), (Promeneur, "Struct.", "Structure"),
        (Structure, "Ville / Commune", "Commune"), (Structure, "Tel responsable", "Téléphone du responsable"),
        (Structure, "Code postale", "Code postal"), (Structure, "Nom de structure", "Nom"),
        (Session, "Date séance", "Date"), (Session, "Nb de places", "Places"), (Session, "Durée (heures)", "Durée"),
        (Agreement, "Numéro convention", "Numéro"), (Agreement, "Montant (€)", "Montant"),
    ],
)  # fmt: skip
def test_a_header_is_proposed_for_the_column_that_it_means(record_type, typed, meant):
    assert proposed(record_type, typed) == {meant: typed}


@pytest.mark.parametrize(
    ("record_type", "typed"),
    [
        (Promeneur, "Commentaire de l’élu"), (Structure, "Commentaire de l’élu"), (Promeneur, "Nom du maire"),
        (Structure, "Téléphone du maire"), (Promeneur, "Mail 2"), (Promeneur, "Mail perso"),
        (Promeneur, "Nom et prénom"),
        (Promeneur, "Date de naissance"), (Promeneur, "Date"), (Promeneur, "Couleur préférée"), (Promeneur, "Âge"),
        (Promeneur, "Présence"), (Structure, "Contact"), (Structure, "Responsable"), (Agreement, "Statut"),
        (Session, "Coût total par personne"), (Attendance, "Date de la séance"), (Promeneur, "Fin"),
        (Promeneur, "#REF!"),
        (Promeneur, "🙂"), (Promeneur, "2026"), (Promeneur, "de la"), (Promeneur, "N°"), (Structure, "Nombre"),
    ],
)  # fmt: skip
def test_a_false_friend_is_proposed_for_nothing(record_type, typed):
    assert proposed(record_type, typed) == {}


def test_a_first_name_is_no_last_name(member):
    reading = read_tab(member, "Membres", [["Identifiant", "Prénom"], ["ME-00000001", "Ana"]])
    assert all(problem.suggestion == "" for problem in reading.problems)


def test_nothing_is_chosen_between_two_headers_that_are_as_good():
    assert proposed(Promeneur, "Tél. pro", "Tel pro") == {}
    assert proposed(Promeneur, "Tél. pro", "Tél. pro") == {}


def test_the_better_of_two_headers_is_proposed():
    assert proposed(Promeneur, "Téléphonne pro", "Téléphone (pro)") == {"Téléphone": "Téléphone (pro)"}


def test_a_header_is_proposed_for_one_column_alone():
    assert proposed(Structure, "Nom du responsable", "Mail responsables") == {
        "Nom du responsable": "Nom du responsable", "Mail du responsable": "Mail responsables",
    }  # fmt: skip


def test_the_problem_names_the_header_as_it_stands_and_where_it_is(member, header, row):
    header[2] = "Tél. pro\u00a0"
    reading = read_tab(member, "Membres", [["Nos membres"], header, row])
    (problem,) = reading.problems
    assert (problem.kind, problem.address) == (ProblemKind.COLUMN_MISSING, "Membres!C2")
    assert (problem.field, problem.header, problem.suggestion, problem.found) == (
        "phone", "Téléphone", "Tél. pro", "Tél. pro",
    )  # fmt: skip
    assert (
        problem.message.replace("\u00a0", " ") == "La colonne « Téléphone » manque. « Tél. pro » est probablement elle."
    )
    assert "Qualité des données" in problem.mend


def test_a_header_that_is_known_is_proposed_for_nothing_else(member, header, row):
    del header[2], row[2]
    reading = read_tab(member, "Membres", [[*header, "Nom"], [*row, "x"]])
    assert {problem.kind: problem.suggestion for problem in reading.problems} == {
        ProblemKind.COLUMN_MISSING: "", ProblemKind.COLUMN_TWICE: "",
    }  # fmt: skip
