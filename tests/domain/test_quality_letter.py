"""The message to a structure: what concerns it, where, what to do; short enough for a link."""

from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from pdn.domain.budget_line import BudgetLine
from pdn.domain.promeneur import Promeneur
from pdn.domain.quality_letter import BODY_LENGTH, letter
from pdn.domain.structure import Structure
from pdn.schema import Dataset, Problem, ProblemKind

CENTRE = Structure(id="S-1", name="Centre social", email="centre@example.org", manager_email="direction@example.org")
INES = Promeneur(id="P-1", first_name="Inès", last_name="Martin", structure_id="S-1")
DATA = Dataset.of(CENTRE, INES, Promeneur(id="P-2", structure_id="S-2"), BudgetLine(id="B-1"))
POINT = Problem(
    kind=ProblemKind.UNREADABLE, tab="Promeneurs", table="promeneur", record_id="P-1", field="phone", row=13, column=4,
    found="?", message="Téléphone : « ? ». On attendait un numéro de téléphone.",
    mend="Écrivez-le comme 06 12 34 56 78.",
)  # fmt: skip
SHEET = "https://docs.google.com/spreadsheets/d/KEY/edit#gid=0"


def made(*problems, structure=CENTRE, sheet=""):
    return letter(structure, problems, DATA, signature="Coordination de Gironde", sheet=sheet)


def body_of(mailto):
    return parse_qs(urlsplit(mailto).query)["body"][0]


def test_it_says_where_what_and_what_to_do():
    found = made(POINT)
    assert found.subject == "Promeneurs du Net\u00a0: 1\u00a0point à corriger dans la feuille partagée"
    assert found.body.startswith(
        "Bonjour,\n\nDans le classeur «\u00a0Réseau\u00a0», ce point concerne Centre social\u00a0:"
    )
    assert "1. onglet Promeneurs, E14 (Inès Martin) – Téléphone : « ? ». On attendait" in found.body
    assert "\nÉcrivez-le comme 06 12 34 56 78." in found.body
    assert found.body.endswith("Merci d’avance,\nCoordination de Gironde")


def test_the_link_opens_a_mail_with_the_same_words():
    found = made(POINT, sheet=SHEET)
    parts = urlsplit(found.mailto)
    assert (parts.scheme, parts.path) == ("mailto", "centre@example.org")
    assert parse_qs(parts.query)["subject"] == [found.subject.replace("\u00a0", " ")]
    assert body_of(found.mailto).replace("\r\n", "\n") == found.body.replace("\u00a0", " ")
    assert SHEET in found.body
    assert "#" not in found.mailto, "a sheet's own # would cut the mail"


def test_it_goes_to_the_manager_where_the_structure_has_no_address_and_to_nobody_without_one():
    assert made(POINT, structure=replace(CENTRE, email="")).to == "direction@example.org"
    nobody = made(POINT, structure=replace(CENTRE, email="", manager_email=""))
    assert (nobody.to, nobody.mailto) == ("", "")
    assert "E14" in nobody.body


@pytest.mark.parametrize("count", [1, 5, 13, 40, 400])
def test_a_long_list_is_cut_between_two_points_and_says_how_many_are_left(count):
    points = [replace(POINT, row=rank) for rank in range(count)]
    found = made(*points, sheet=SHEET)
    assert found.body.count("onglet Promeneurs, E") == count
    encoded = found.mailto.partition("&body=")[2]
    assert len(encoded) <= BODY_LENGTH
    shown = unquote(encoded)
    told = shown.count("onglet Promeneurs, E")
    assert told == shown.count("Écrivez-le comme 06 12 34 56 78.")
    if told < count:
        rest = count - told
        assert f"… et {rest} autre{'s' if rest > 1 else ''} : voir la feuille." in shown
        assert told >= 3
    assert shown.endswith("Coordination de Gironde")


def test_a_cell_of_two_thousand_characters_does_not_fill_the_mail():
    found = made(replace(POINT, message="🙂" + "é x" * 800), POINT)
    assert len(found.mailto.partition("&body=")[2]) <= BODY_LENGTH
    assert "[…]" in found.body


def test_what_concerns_another_structure_or_pilotage_is_never_told():
    budget = replace(POINT, tab="Budget", table="budget_line", record_id="B-1", message="Secret")
    tab = replace(POINT, tab="Promeneurs", record_id="", message="Onglet")
    tidy = replace(POINT, kind=ProblemKind.UNTIDY, message="Compris")
    found = made(POINT, budget, tab, tidy, replace(POINT, record_id="P-2", message="Autre"))
    assert "1\u00a0point " in found.subject
    assert not {"Secret", "Onglet", "Autre", "Compris"} & set(found.body.split())


def test_what_was_typed_in_a_cell_adds_no_recipient():
    found = made(replace(POINT, message="x&cc=quelquun@example.org&bcc=y"))
    assert set(parse_qs(urlsplit(found.mailto).query)) == {"subject", "body"}
