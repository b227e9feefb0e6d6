"""What the rules find in the sheets, each at the address of its cell, and whom it concerns."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.checks import CHECKS
from pdn.domain.envelope import Envelope
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.quality import inconsistencies, is_doubt, structures_of, to_mend
from pdn.domain.session import Session, SessionKind, TrainerKind, TrainingField
from pdn.domain.settings import Coordinator, Institution, Parameter, Settings, default_parameters, read_settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset, Problem, ProblemKind, read_tab

TODAY = date(2019, 3, 12)
START = date(2018, 10, 1)
S1 = Structure(id="S-1", name="Centre social", commune="Bègles")
P1 = Promeneur(id="P-1", first_name="Inès", last_name="Martin", structure_id="S-1", entered_on=START)
SIGNED = Agreement(
    id="C-1", number="2018-01", structure_id="S-1", caf_signed_on=START, structure_signed_on=START, starts_on=START
)
LOU = Coordinator(id="CO-1", first_name="Lou", last_name="Durand", from_on=START)


def found(*records, settings=None):
    data = Dataset.of(*records)
    return inconsistencies(data, settings or read_settings(data)[0], TODAY)


def places(*records):
    return {(problem.table, problem.record_id, problem.field) for problem in found(*records)}


def test_records_in_order_contradict_nothing():
    assert found(S1, P1, SIGNED, LOU, *default_parameters()) == ()


CASES = {
    "two conventions in force": (S1, SIGNED, replace(SIGNED, id="C-2", number="2018-02")),
    "one ends before it begins": (S1, replace(SIGNED, ends_on=date(2018, 9, 1))),
    "an amendment older than its convention": (
        S1, SIGNED, Amendment(id="AV-1", agreement_id="C-1", number="1", signed_on=date(2018, 9, 1)),
    ),
    "a structure contacted before it was spotted": (replace(S1, spotted_on=START, contacted_on=date(2018, 9, 1)),),
    "one who left before entering": (S1, replace(P1, left_on=date(2018, 9, 1))),
    "a mail twice": (S1, replace(P1, email="a@example.org"), Promeneur(id="P-2", last_name="B", email="a@example.org")),
    "an employer put away": (replace(S1, archived_on=TODAY), P1),
    "a profile of somebody who left": (
        S1, replace(P1, left_on=date(2019, 1, 1)), OnlineProfile(id="PR-1", promeneur_id="P-1", network="X"),
    ),
    "a supervisor who coordinates": (
        LOU,
        Session(id="SE-1", kind=SessionKind.GROUP_SUPERVISION, name="S", held_on=START, trainer="Mme Durand Lou",
                trainer_kind=TrainerKind.EXTERNAL),
    ),
    "attendance of somebody who had left": (
        S1, replace(P1, left_on=date(2019, 1, 1)),
        Session(id="SE-1", kind=SessionKind.TEAM_MEETING, name="R", held_on=date(2019, 2, 1)),
        Attendance(id="A-1", session_id="SE-1", promeneur_id="P-1", state=AttendanceState.PRESENT),
    ),
    "a phase that ends before it begins": (
        DeploymentPhase(id="PH-1", name="1", starts_on=START, planned_end=date(2018, 1, 1), target=18),
    ),
    "a milestone reached tomorrow": (Milestone(id="J-1", name="J", reached_on=date(2019, 3, 13)),),
    "an institution that ends before it begins": (
        Institution(id="I-1", name="Caf", from_on=START, until_on=date(2018, 1, 1)),
    ),
    "a coordinator who ends before beginning": (replace(LOU, until_on=date(2018, 1, 1)),),
    "an envelope twice": (
        Envelope(id="E-1", year=2019, strand=Strand.TRAINING, amount=Decimal(1)),
        Envelope(id="E-2", year=2019, strand=Strand.TRAINING, amount=Decimal(1)),
    ),
    "an expense of tomorrow": (
        BudgetLine(id="B-1", year=2019, strand=Strand.TRAINING, account=Account.PURCHASES, name="P", spent=Decimal(1),
                   dated_on=date(2019, 3, 13)),
    ),
}  # fmt: skip
EXPECTED = {
    "two conventions in force": {("agreement", "C-1", "starts_on"), ("agreement", "C-2", "starts_on")},
    "one ends before it begins": {("agreement", "C-1", "ends_on")},
    "an amendment older than its convention": {("amendment", "AV-1", "signed_on")},
    "a structure contacted before it was spotted": {("structure", "S-1", "contacted_on")},
    "one who left before entering": {("promeneur", "P-1", "left_on")},
    "a mail twice": {("promeneur", "P-1", "email"), ("promeneur", "P-2", "email")},
    "an employer put away": {("promeneur", "P-1", "structure_id")},
    "a profile of somebody who left": {("profile", "PR-1", "promeneur_id")},
    "a supervisor who coordinates": {("session", "SE-1", "trainer")},
    "attendance of somebody who had left": {("attendance", "A-1", "promeneur_id")},
    "a phase that ends before it begins": {("phase", "PH-1", "planned_end")},
    "a milestone reached tomorrow": {("milestone", "J-1", "reached_on")},
    "an institution that ends before it begins": {("institution", "I-1", "until_on")},
    "a coordinator who ends before beginning": {("coordinator", "CO-1", "until_on")},
    "an envelope twice": {("envelope", "E-1", "year"), ("envelope", "E-2", "year")},
    "an expense of tomorrow": {("budget_line", "B-1", "dated_on")},
}


@pytest.mark.parametrize("case", CASES)
def test_what_records_contradict_is_listed_at_the_cells_that_say_it(case):
    assert places(*CASES[case]) == EXPECTED[case]


def test_settings_that_contradict_each_other_are_listed_at_their_row():
    parameters = [replace(row, value=25) if row.id == "phase_min" else row for row in default_parameters()]
    assert places(*parameters) == {("parameter", "phase_max", "value")}


def test_a_point_has_the_address_of_its_cell_and_what_stands_there():
    grid = [
        ["Registre des conventions"],
        ["Date de fin", "Identifiant", "Numéro", "Structure", "Date d’effet"],
        ["01/09/2018", "C-1", "2018-01", "Centre social", "01/10/2018"],
    ]
    data = Dataset([
        read_tab(Structure, "Structures", [["Identifiant", "Nom"], ["S-1", "Centre social"]]),
        read_tab(Agreement, "Les conventions", grid),
    ])  # fmt: skip
    (problem,) = inconsistencies(data, Settings(), TODAY)
    assert problem.address == "Les conventions!A3"
    assert (problem.kind, problem.header, problem.found) == (ProblemKind.RULE, "Date de fin", "01/09/2018")
    assert "avant sa date d’effet" in problem.message


def test_a_reference_is_shown_by_the_name_that_it_bears():
    (problem,) = found(replace(S1, archived_on=TODAY), P1)
    assert problem.found == "Centre social"


def test_records_that_are_archived_are_left_out():
    assert found(S1, replace(P1, left_on=date(2018, 9, 1), archived_on=TODAY)) == ()


def test_a_cell_that_was_not_understood_is_not_told_of_twice():
    grid = [
        ["Identifiant", "Type", "Champ", "Intitulé", "Date"],
        ["SE-1", "formation", "poterie", "Terre", "01/02/2019"],
    ]
    data = Dataset([read_tab(Session, "Séances", grid)])
    assert [problem.kind for problem in data.problems if problem.field == "field"] == [ProblemKind.UNREADABLE]
    assert [problem for problem in inconsistencies(data, Settings(), TODAY) if problem.field == "field"] == []


def test_newcomers_are_told_once_a_session_and_not_once_a_person():
    training = Session(
        id="SE-1", kind=SessionKind.TRAINING, field=TrainingField.ACTION_TRAINING, name="F", held_on=TODAY
    )
    rows = [
        Attendance(id=f"A-{who.id}", session_id="SE-1", promeneur_id=who.id, state=AttendanceState.ENROLLED)
        for who in (P1, replace(P1, id="P-2", first_name="Léo"))
    ]
    problems = found(S1, P1, replace(P1, id="P-2", first_name="Léo"), training, *rows)
    assert [(problem.table, is_doubt(problem)) for problem in problems] == [("session", True)]


def test_what_a_rule_refuses_is_to_correct_and_what_it_warns_of_is_to_check():
    assert [is_doubt(problem) for problem in found(*CASES["one who left before entering"])] == [False]
    assert {is_doubt(problem) for problem in found(*CASES["a mail twice"])} == {True}


def test_the_same_reading_is_looked_at_once_a_day_and_another_one_anew(monkeypatch):
    looked = []
    monkeypatch.setitem(CHECKS, Structure, (lambda *args: looked.append(args) or (),))
    data = Dataset.of(S1)
    for _ in range(3):
        inconsistencies(data, Settings(), TODAY)
    assert len(looked) == 1
    inconsistencies(data.with_records([replace(S1, name="Autre")]), Settings(), TODAY)
    inconsistencies(data, Settings(), date(2019, 3, 13))
    assert len(looked) == 3


def test_a_value_pasted_on_every_row_is_not_compared_with_every_other(monkeypatch):
    compared = []
    people = [replace(P1, id=f"P-{rank}", email="a@example.org") for rank in range(200)]
    data = Dataset.of(S1, *people)
    alike = Dataset.alike

    class Counted(tuple):
        __slots__ = ()

        def __iter__(self):
            for one in super().__iter__():
                compared.append(one)
                yield one

    monkeypatch.setattr(Dataset, "alike", lambda *args: Counted(alike(*args)))
    assert len(inconsistencies(data, Settings(), TODAY)) == 400
    assert len(compared) < 3 * 400


def test_all_that_is_to_mend_stands_in_the_order_of_the_tabs():
    data = Dataset([
        read_tab(Promeneur, "Promeneurs", [["Identifiant", "Nom", "Mail"], ["P-1", "Martin", "rien"]]),
        read_tab(Structure, "Structures", [["Identifiant", "Nom", "SIRET"], ["S-1", "Centre", "12"]]),
        read_tab(Parameter, "Paramètres", [["Identifiant", "Valeur"], ["notice_days", "beaucoup"]]),
    ])  # fmt: skip
    tabs = list(dict.fromkeys(problem.tab for problem in to_mend(data, read_settings(data)[0], TODAY)))
    assert tabs == ["Structures", "Promeneurs", "Paramètres"]


def test_the_demonstration_contradicts_nothing_that_a_rule_refuses(demo_data):
    settings, _ = read_settings(demo_data)
    told = inconsistencies(demo_data, settings, date(2026, 11, 23))
    assert [problem for problem in told if not is_doubt(problem)] == []


def of(record, *others):
    data = Dataset.of(S1, P1, SIGNED, *others, record)
    problem = Problem(kind=ProblemKind.RULE, tab="", message="", table=record.table.key, record_id=record.id)
    return structures_of(problem, data)


OWNED = [
    S1, P1, SIGNED,
    OnlineProfile(id="PR-1", promeneur_id="P-1"),
    Amendment(id="AV-1", agreement_id="C-1"),
    Attendance(id="A-1", session_id="SE-9", promeneur_id="P-1"),
    Session(id="SE-1", place="centre social"),
]  # fmt: skip


@pytest.mark.parametrize("record", OWNED, ids=lambda record: record.table.key)
def test_a_problem_concerns_the_structure_that_its_record_leads_to(record):
    assert of(record) == {"S-1"}


NOBODYS = [
    Session(id="SE-1", place="visio"), DeploymentPhase(id="PH-1"), Milestone(id="J-1"), BudgetLine(id="B-1"),
    Envelope(id="E-1"), LOU, Institution(id="I-1"), Parameter(id="S-1"), Promeneur(id="P-9", structure_id="S-9"),
    OnlineProfile(id="PR-1", promeneur_id="P-9"), Amendment(id="AV-1", agreement_id="C-9"),
]  # fmt: skip


@pytest.mark.parametrize("record", NOBODYS, ids=lambda record: record.table.key)
def test_what_is_of_no_structure_or_of_pilotage_concerns_none(record):
    assert of(record) == frozenset()


def test_a_tab_or_a_record_that_is_not_there_concerns_no_structure():
    data = Dataset.of(S1)
    assert (
        structures_of(Problem(kind=ProblemKind.TAB_MISSING, tab="X", message="", table="structure"), data)
        == frozenset()
    )
    gone = Problem(kind=ProblemKind.RULE, tab="X", message="", table="structure", record_id="S-7")
    assert structures_of(gone, data) == frozenset()
