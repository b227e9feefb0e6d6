"""What an import would do: each row added, changed or left, and nothing corrected in silence."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pdn.domain.agreement import Agreement
from pdn.domain.attendance import Attendance
from pdn.domain.budget_line import BudgetLine, Strand
from pdn.domain.envelope import Envelope
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import HalfDay, Session
from pdn.domain.structure import Structure
from pdn.imports.preview import Choices, Outcome
from pdn.schema import Dataset, ProblemKind, label_of
from tests.imports.conftest import imported

HOUSE = Structure(id="S-00000001", name="Maison des jeunes", commune="Bègles", phone="+33556000001")
ZOE = Promeneur(
    id="P-00000001", first_name="Zoé", last_name="Dupont", email="zoe@example.org", structure_id=HOUSE.id,
    phone="+33639980001",
)  # fmt: skip
DISCORD = Session(id="SE-00000001", name="Initiation à Discord", held_on=date(2019, 3, 12))
DATA = Dataset.of(HOUSE, ZOE, DISCORD)
PEOPLE = ["Prénom", "Nom", "Structure", "Mail", "Téléphone"]


def outcomes(found):
    return [row.outcome for row in found.rows]


def test_rows_are_added_changed_or_left_as_they_are():
    found = imported(
        Promeneur,
        [
            PEOPLE,
            ["Zoé", "Dupont", "Maison des jeunes", "zoe@example.org", "06 39 98 00 01"],
            ["Léa", "Martin", "Maison des jeunes", "lea@example.org", "06 39 98 00 02"],
        ],
        DATA,
    )
    assert outcomes(found) == [Outcome.UNCHANGED, Outcome.ADDED]
    assert found.rows[1].after.structure_id == HOUSE.id
    found = imported(Promeneur, [PEOPLE, ["ZOE", "Dupont", "", "zoe@example.org", "06 39 98 00 99"]], DATA)
    assert outcomes(found) == [Outcome.CHANGED]
    assert [(change.header, change.before, change.after) for change in found.rows[0].changes] == [
        ("Prénom", "Zoé", "ZOE"),
        ("Téléphone", "06 39 98 00 01", "06 39 98 00 99"),
    ]
    assert found.rows[0].after == replace(ZOE, first_name="ZOE", phone="+33639980099")


def test_a_blank_cell_never_erases_what_the_sheet_holds():
    found = imported(Promeneur, [PEOPLE, ["Zoé", "Dupont", None, "zoe@example.org", "  "]], DATA)
    assert outcomes(found) == [Outcome.UNCHANGED]


def test_a_record_that_exists_need_not_be_whole_in_the_file():
    found = imported(Promeneur, [["Mail", "Téléphone"], ["zoe@example.org", "06 39 98 00 99"]], DATA)
    assert outcomes(found) == [Outcome.CHANGED]
    assert found.problems == ()


def test_a_row_with_a_cell_that_was_not_understood_is_left_out_with_its_address():
    rows = [PEOPLE, ["Léa", "Martin", "Maison des jeunes", "lea@example.org", "12"]]
    found = imported(Promeneur, rows, DATA)
    assert outcomes(found) == [Outcome.LEFT_OUT]
    (problem,) = found.problems
    assert (problem.address, problem.found, problem.kind) == ("Feuille1!E2", "12", ProblemKind.UNREADABLE)
    found = imported(Promeneur, rows, DATA, Choices(doubtful=True))
    assert outcomes(found) == [Outcome.ADDED]
    assert found.rows[0].after.phone == ""
    assert found.doubtful == 1


def test_taken_all_the_same_a_cell_that_was_not_understood_leaves_what_the_sheet_holds():
    rows = [PEOPLE, ["Zoé", "Durand", "", "zoe@example.org", "12"]]
    assert outcomes(imported(Promeneur, rows, DATA)) == [Outcome.LEFT_OUT]
    (row,) = imported(Promeneur, rows, DATA, Choices(doubtful=True)).rows
    assert row.after == replace(ZOE, last_name="Durand")


def test_a_new_record_that_lacks_what_is_required_is_left_out():
    found = imported(Promeneur, [["Prénom", "Nom", "Mail"], ["Léa", "Martin", ""]], DATA)
    assert outcomes(found) == [Outcome.LEFT_OUT]
    assert {problem.header for problem in found.problems} == {"Structure", "Mail"}
    assert {problem.kind for problem in found.problems} == {ProblemKind.REQUIRED}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_what_looks_like_a_formula_stays_text(text):
    rows = [[*PEOPLE, "Fonction"], ["Léa", text, "Maison des jeunes", "lea@example.org", "", text]]
    (row,) = imported(Promeneur, rows, DATA).rows
    assert (row.after.last_name, row.after.position) == (text.strip(), text.strip())


@pytest.mark.parametrize(
    "name",
    [
        "Zoé Dupont", "DUPONT Zoé", "dupont  zoe", "zoe@example.org", "P-00000001", "Zoé Dupont · P-00000001",
        "Ancien nom · P-00000001",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "session", ["Initiation à Discord", "12/03/2019", "12 mars 2019", 43536, "12/03/2019 Initiation à Discord"]
)
def test_an_attendance_list_names_sessions_and_people_as_people_do(name, session):
    (row,) = imported(Attendance, [["Séance", "Promeneur", "État"], [session, name, "présent"]], DATA).rows
    assert row.outcome is Outcome.ADDED
    assert (row.after.session_id, row.after.promeneur_id) == (DISCORD.id, ZOE.id)


def test_a_name_in_two_columns_and_a_day_lead_to_one_attendance():
    rows = [["Date", "Nom", "Prénom", "Présence"], [43536, "Dupont", "Zoé", "excusé"]]
    (row,) = imported(Attendance, rows, DATA).rows
    assert (row.outcome, row.after.session_id, row.after.promeneur_id) == (Outcome.ADDED, DISCORD.id, ZOE.id)


def test_a_name_that_could_be_two_records_is_a_problem_and_the_day_settles_it():
    later = replace(DISCORD, id="SE-00000002", held_on=date(2019, 4, 2))
    data = Dataset.of(HOUSE, ZOE, DISCORD, later)
    found = imported(
        Attendance, [["Séance", "Promeneur", "État"], ["Initiation à Discord", "Zoé Dupont", "présent"]], data
    )
    assert outcomes(found) == [Outcome.LEFT_OUT]
    assert [(problem.kind, problem.address) for problem in found.problems] == [(ProblemKind.REFERENCE, "Feuille1!A2")]
    rows = [["Séance", "Date", "Promeneur", "État"], ["Initiation à Discord", "2/4/2019", "Zoé Dupont", "présent"]]
    (row,) = imported(Attendance, rows, data).rows
    assert (row.outcome, row.after.session_id) == (Outcome.ADDED, later.id)


def test_a_reference_to_nothing_is_a_problem():
    found = imported(Promeneur, [PEOPLE, ["Léa", "Martin", "Inconnue", "lea@example.org", ""]], DATA)
    assert outcomes(found) == [Outcome.LEFT_OUT]
    assert "ne correspond à aucune fiche" in found.problems[0].message


def test_an_id_of_ours_goes_before_any_name():
    other = replace(ZOE, id="P-00000002", email="autre@example.org", phone="")
    data = Dataset.of(HOUSE, ZOE, other)
    rows = [["Identifiant", "Mail", "Téléphone"], ["P-00000002", "zoe@example.org", "06 39 98 00 99"]]
    (row,) = imported(Promeneur, rows, data).rows
    assert row.before == other


def test_an_id_of_somebody_else_is_no_id():
    header = ["Identifiant", *PEOPLE]
    rows = [
        header,
        ["12", "Zoé", "Dupont", "", "zoe@example.org", ""],
        ["13", "Léa", "Martin", HOUSE.name, "l@example.org", ""],
    ]
    known, new = imported(Promeneur, rows, DATA).rows
    assert (known.outcome, known.before) == (Outcome.UNCHANGED, ZOE)
    assert new.after.id.startswith("?")


def test_an_id_of_ours_that_the_sheet_lost_is_kept_for_those_that_name_it():
    (row,) = imported(Structure, [["Identifiant", "Nom"], ["S-00000009", "Nouvelle"]], DATA).rows
    assert (row.outcome, row.after.id) == (Outcome.ADDED, "S-00000009")


def test_a_copied_id_is_refused():
    rows = [["Identifiant", "Nom"], ["S-00000001", "Maison des jeunes"], ["S-00000001", "Autre"]]
    assert outcomes(imported(Structure, rows, DATA)) == [Outcome.UNCHANGED, Outcome.REFUSED]


def test_a_row_that_speaks_of_the_same_record_as_another_is_refused():
    row = ["Léa", "Martin", HOUSE.name, "lea@example.org", ""]
    found = imported(Promeneur, [PEOPLE, row, row], DATA)
    assert outcomes(found) == [Outcome.ADDED, Outcome.REFUSED]
    assert "ligne 2" in found.rows[1].reasons[0]
    known = ["Zoé", "Dupont", "", "zoe@example.org", "06 39 98 00 99"]
    assert outcomes(imported(Promeneur, [PEOPLE, known, known], DATA)) == [Outcome.CHANGED, Outcome.REFUSED]


def test_homonyms_are_told_apart_by_mail_or_the_row_is_refused():
    other = replace(ZOE, id="P-00000002", email="zoe2@example.org")
    data = Dataset.of(HOUSE, ZOE, other)
    assert (
        imported(Promeneur, [PEOPLE, ["Zoé", "Dupont", "", "zoe2@example.org", "0639980099"]], data).rows[0].before
        == other
    )
    found = imported(Promeneur, [["Prénom", "Nom", "Téléphone"], ["Zoé", "Dupont", "0639980099"]], data)
    assert outcomes(found) == [Outcome.REFUSED]
    assert label_of(other) in found.rows[0].reasons[0]


def test_colleagues_who_share_a_mailbox_are_two_people():
    rows = [PEOPLE, ["Zoé", "Dupont", "", "zoe@example.org", ""], ["Paul", "Petit", HOUSE.name, "zoe@example.org", ""]]
    assert outcomes(imported(Promeneur, rows, DATA)) == [Outcome.UNCHANGED, Outcome.ADDED]


def test_structures_of_one_name_in_two_communes_are_two():
    rows = [["Nom", "Commune"], ["Maison des jeunes", "Talence"], ["Maison des Jeunes", "BEGLES"]]
    found = imported(Structure, rows, DATA)
    assert outcomes(found) == [Outcome.ADDED, Outcome.CHANGED]


def test_structures_of_one_managing_body_share_its_siret():
    known = replace(HOUSE, siret="00091900100016")
    rows = [["Nom", "Commune", "SIRET"], ["Centre social", "Bègles", "000 919 001 00016"]]
    assert outcomes(imported(Structure, rows, Dataset.of(known))) == [Outcome.ADDED]


def test_two_halves_of_a_day_are_two_sessions():
    morning = replace(DISCORD, half_days=(HalfDay.MORNING,))
    rows = [
        ["Intitulé", "Date", "Demi-journées", "Type"],
        ["Initiation à Discord", 43536, "matin", "réunion de réseau"],
        ["Initiation à Discord", 43536, "après-midi", "réunion de réseau"],
    ]
    found = imported(Session, rows, Dataset.of(morning))
    assert outcomes(found) == [Outcome.CHANGED, Outcome.ADDED]


def test_expenses_alike_in_everything_are_as_many_as_the_file_says():
    line = BudgetLine(id="B-00000001", year=2019, strand=Strand.COORDINATION, name="Café", spent=Decimal("12.50"))
    header, row = ["Exercice", "Volet", "Libellé", "Réalisé"], [2019, "coordination", "Café", "12,50"]
    found = imported(BudgetLine, [header, row, row], Dataset.of(line), Choices(doubtful=True))
    assert outcomes(found) == [Outcome.UNCHANGED, Outcome.ADDED]


def test_the_fullest_row_takes_the_expense_that_it_describes():
    line = BudgetLine(id="B-00000001", year=2019, name="Café", spent=Decimal("12.50"))
    rows = [["Exercice", "Libellé", "Réalisé"], [2019, "Café", None], [2019, "Café", 12.5]]
    found = imported(BudgetLine, rows, Dataset.of(line), Choices(doubtful=True))
    assert outcomes(found) == [Outcome.ADDED, Outcome.UNCHANGED]


def test_a_row_goes_to_the_expense_that_is_blank_where_it_is():
    full = BudgetLine(id="B-00000001", dated_on=date(2019, 3, 12), spent=Decimal("12.50"))
    dated = BudgetLine(id="B-00000002", dated_on=date(2019, 3, 12))
    rows = [["Date", "Réalisé"], ["12/03/2019", None], [None, 12.5]]
    found = imported(BudgetLine, rows, Dataset.of(full, dated), Choices(doubtful=True))
    assert [row.before for row in found.rows] == [dated, full]


def test_a_row_of_which_nothing_was_understood_is_never_added():
    rows = [["Libellé", "Réalisé"], [None, "douze"]]
    assert outcomes(imported(BudgetLine, rows, Dataset(), Choices(doubtful=True))) == [Outcome.LEFT_OUT]


def test_a_name_is_enough_for_a_new_mail_but_not_for_a_new_mail_elsewhere():
    known, new = ["Zoé", "Dupont", "zoe.dupont@example.org"], ["Zoé", "Dupont", "Dune", "zoe@dune.example.org"]
    assert outcomes(imported(Promeneur, [["Prénom", "Nom", "Mail"], known], DATA)) == [Outcome.CHANGED]
    data = Dataset.of(HOUSE, ZOE, replace(HOUSE, id="S-00000002", name="Dune"))
    assert outcomes(imported(Promeneur, [["Prénom", "Nom", "Structure", "Mail"], new], data)) == [Outcome.ADDED]


def test_a_shared_mailbox_alone_names_nobody():
    other = replace(ZOE, id="P-00000002", first_name="Paul")
    rows = [["Mail", "Téléphone"], ["zoe@example.org", "06 39 98 00 99"]]
    assert outcomes(imported(Promeneur, rows, Dataset.of(HOUSE, ZOE, other))) == [Outcome.REFUSED]


def test_a_mailbox_taken_over_by_another_row_is_free_for_the_next():
    rows = [PEOPLE, ["Zoé", "Dupont", "", "zoe.dupont@example.org", ""], ["Zoé", "", HOUSE.name, "zoe@example.org", ""]]
    found = imported(Promeneur, rows, DATA, Choices(doubtful=True))
    assert outcomes(found) == [Outcome.CHANGED, Outcome.ADDED]


def test_an_archived_record_is_told_and_left_alone_unless_it_is_to_come_back():
    away = replace(ZOE, archived_on=date(2020, 1, 1))
    data = Dataset.of(HOUSE, away)
    rows = [PEOPLE, ["Zoé", "Dupont", "", "zoe@example.org", "06 39 98 00 99"]]
    found = imported(Promeneur, rows, data)
    assert outcomes(found) == [Outcome.ARCHIVED]
    assert "archives" in found.rows[0].reasons[0]
    (row,) = imported(Promeneur, rows, data, Choices(restored=True)).rows
    assert row.after == replace(ZOE, phone="+33639980099")
    assert ("Archivé le", "01/01/2020", "") in {(one.header, one.before, one.after) for one in row.changes}


def test_what_a_rule_forbids_is_refused_with_the_rules_words():
    envelope = Envelope(id="E-00000001", year=2019, strand=Strand.COORDINATION, amount=Decimal(20000))
    rows = [["Exercice", "Volet", "Plafond annuel"], [2020, "coordination", -5], [2021, "coordination", 20000]]
    found = imported(Envelope, rows, Dataset.of(envelope))
    assert outcomes(found) == [Outcome.REFUSED, Outcome.ADDED]
    assert "négatif" in found.rows[0].reasons[0]


def test_rules_see_the_rows_of_the_file_beside_each_other():
    rows = [
        ["Numéro", "Structure", "Date d’effet", "Date de fin", "Signée par la Caf le", "Signée par la structure le"],
        ["2019-1", HOUSE.name, "1/1/2019", "31/12/2020", "1/12/2018", "1/12/2018"],
        ["2019-2", HOUSE.name, "1/1/2020", "31/12/2021", "1/12/2019", "1/12/2019"],
    ]
    found = imported(Agreement, rows, DATA)
    assert "2019-2" in found.rows[0].warnings[0]
    assert imported(Agreement, rows[:2], DATA).rows[0].warnings == ()


def test_a_profile_of_another_handle_is_another_profile():
    known = OnlineProfile(id="PR-00000001", promeneur_id=ZOE.id, network="Instagram", handle="zoe.pdn")
    rows = [
        ["Promeneur", "Réseau", "Nom de profil"],
        ["Zoé Dupont", "instagram", "zoe.begles"],
        ["Zoé Dupont", "Instagram", "ZOE.PDN"],
    ]
    found = imported(OnlineProfile, rows, Dataset.of(HOUSE, ZOE, known))
    assert outcomes(found) == [Outcome.ADDED, Outcome.CHANGED]


def test_no_row_no_preview():
    assert imported(Promeneur, [PEOPLE], DATA).rows == ()
