"""Promeneurs are where their structure is; a place with structures and none of them shows (R4)."""

from datetime import date

from pdn.domain.agreement import Agreement
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.domain.territory import Territory, by_commune, by_epci, uncovered
from pdn.schema import Dataset

TODAY = date(2019, 3, 12)
SIGNED = {"caf_signed_on": date(2018, 10, 1), "structure_signed_on": date(2018, 10, 1)}
COMPLETE = {"mandate_on": date(2018, 10, 1), "entered_on": date(2018, 10, 1), "charter_signed_on": date(2018, 10, 1)}
DATA = Dataset.of(
    Structure(id="S-1", name="A", commune="Bordeaux", epci="Bordeaux Métropole"),
    Structure(id="S-2", name="B", commune="bordeaux", epci="Bordeaux  metropole"),
    Structure(id="S-3", name="C", commune="Bègles", epci="Bordeaux Métropole"),
    Structure(id="S-4", name="D", commune="Langon", epci="CC du Sud Gironde"),
    Structure(id="S-5", name="E", commune="Arès", epci="CA du Bassin", left_on=date(2019, 1, 1)),
    Agreement(id="C-1", number="1", structure_id="S-1", **SIGNED),
    Promeneur(id="P-1", structure_id="S-1", **COMPLETE),
    Promeneur(id="P-2", structure_id="S-2", **COMPLETE),
    Promeneur(id="P-3", structure_id="S-2", left_on=date(2019, 1, 1), **COMPLETE),
    Promeneur(id="P-4", structure_id="", **COMPLETE),
)


def test_spellings_of_one_epci_are_one_and_those_who_left_do_not_count():
    assert by_epci(DATA, TODAY) == (
        Territory("Bordeaux Métropole", "Bordeaux Métropole", structures=3, agreed=1, active=1, incomplete=1),
        Territory("CC du Sud Gironde", "CC du Sud Gironde", structures=1),
        Territory("", "", incomplete=1),
    )


def test_communes_say_their_epci_and_the_most_covered_come_first():
    rows = by_commune(DATA, TODAY)
    assert [(row.name, row.epci, row.promeneurs) for row in rows] == [
        ("Bordeaux", "Bordeaux Métropole", 2),
        ("Bègles", "Bordeaux Métropole", 0),
        ("Langon", "CC du Sud Gironde", 0),
        ("", "", 1),
    ]


def test_the_places_with_structures_and_no_promeneur_are_named():
    assert [row.name for row in uncovered(by_commune(DATA, TODAY))] == ["Bègles", "Langon"]
    assert [row.name for row in uncovered(by_epci(DATA, TODAY))] == ["CC du Sud Gironde"]


def test_structures_without_a_place_are_no_uncovered_place():
    data = Dataset.of(Structure(id="S-1", name="A"))
    assert uncovered(by_epci(data, TODAY)) == ()


def test_an_empty_workbook_has_no_territory():
    assert by_epci(Dataset(), TODAY) == ()
