"""References between tabs: by label, by id, by a name that only one record bears."""

import pytest

from pdn.schema import Dataset, label_of, labelled, read_tab

CLUB, MEMBER = ["Identifiant", "Nom", "Étiquette"], ["Identifiant", "Nom", "Club"]


@pytest.fixture
def data_of(club, member):
    """A dataset of two clubs and of one member whose cell « Club » holds this."""

    def make(cell, *clubs):
        rows = clubs or (("CL-00000001", "Étoile sportive"), ("CL-00000002", "Ciné · Bacalan"))
        readings = (
            read_tab(club, "Clubs", [CLUB, *rows]),
            read_tab(
                member, "Membres",
                [["Identifiant", "Nom", "Téléphone", "Entrée le", "Cotisation", "Jeune", "Club"],
                 ["ME-00000001", "Diaz", None, None, None, None, cell]],
            ),
        )  # fmt: skip
        data = Dataset(readings)
        return data, data.all(member)[0]

    return make


def reference_problems(data):
    return [problem for problem in data.problems if problem.field == "club_id"]


@pytest.mark.parametrize(
    "cell",
    [
        "CL-00000001", "Étoile sportive · CL-00000001", "Ancien nom · CL-00000001", "Étoile sportive",
        "etoile  SPORTIVE", " Étoile sportive ",
    ],
)  # fmt: skip
def test_a_reference_is_understood_by_label_by_id_and_by_a_name_of_its_own(data_of, cell):
    data, member = data_of(cell)
    assert member.club_id == "CL-00000001"
    assert reference_problems(data) == []


@pytest.mark.parametrize("cell", ["Ciné · Bacalan", "Ciné · Bacalan · CL-00000002"])
def test_a_name_may_hold_the_separator_of_labels(data_of, cell):
    assert data_of(cell)[1].club_id == "CL-00000002"


def test_a_name_that_two_records_bear_is_a_problem_and_nothing_is_guessed(data_of):
    data, member = data_of("Étoile", ("CL-00000001", "Étoile"), ("CL-00000002", "etoile"))
    assert member.club_id == ""
    (problem,) = reference_problems(data)
    assert problem.address == "Membres!G2"
    assert problem.message == "Club : 2 fiches portent le nom « Étoile »."


@pytest.mark.parametrize(("cell", "told"), [("Comète", "Comète"), ("Comète · CL-99999999", "CL-99999999")])
def test_a_reference_to_nothing_is_a_problem_that_names_the_cell(data_of, cell, told):
    data, member = data_of(cell)
    assert member.club_id == ""
    (problem,) = reference_problems(data)
    assert (problem.address, problem.found, problem.record_id) == ("Membres!G2", told, "ME-00000001")
    assert "ne correspond à aucune fiche" in problem.message


def test_an_empty_reference_is_no_problem(data_of):
    data, member = data_of(None)
    assert member.club_id == ""
    assert reference_problems(data) == []


def test_a_label_says_the_name_and_the_id_and_reads_back_as_the_reference(club, member):
    star = labelled(club(id="CL-00000001", name="Étoile"))
    assert star.label == label_of(star) == "Étoile · CL-00000001"
    assert member.table.by_field["club_id"].kind.parse(star.label) == star.id


def test_a_dataset_finds_records_by_id_by_field_and_without_the_archived_ones(club, member):
    star, comet = club(id="CL-00000001", name="Étoile"), club(id="CL-00000002", name="Comète")
    diaz = member(id="ME-00000001", name="Diaz", club_id=star.id)
    data = Dataset.of(star, comet, diaz)
    assert data.get(club, comet.id) == comet
    assert data.get(club, "CL-99999999") is None
    assert data.where(member, "club_id", star.id) == (diaz,)
    assert data.where(member, "club_id", comet.id) == ()
    assert data.title(club, star.id) == "Étoile"
    assert data.title(club, "") == "—"


def test_a_dataset_with_records_added_and_changed_leaves_the_first_one_as_it_was(club):
    star, comet = club(id="CL-00000001", name="Étoile"), club(id="CL-00000002", name="Comète")
    before = Dataset.of(star)
    after = before.with_records([club(id=star.id, name="Étoile filante"), comet])
    assert [found.name for found in after.all(club)] == ["Étoile filante", "Comète"]
    assert before.all(club) == (star,)
