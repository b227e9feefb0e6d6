"""Search and filters of the directory."""

from datetime import date

import pytest

from pdn.domain.directory import (
    Filters,
    distinct,
    matching_promeneurs,
    matching_structures,
    promeneur_entries,
    structure_entries,
)
from pdn.domain.phase import DeploymentPhase
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.schema import Dataset

TODAY = date(2026, 11, 23)


@pytest.fixture
def data():
    return Dataset.of(
        Structure(id="S-1", name="Centre social de l’Éveil", commune="Évry", epci="CC du Créonnais", left_on=TODAY),
        Structure(id="S-2", name="Espace jeunes", commune="Bègles", epci="Bordeaux Métropole", spotted_on=TODAY),
        DeploymentPhase(id="PH-1", name="Phase 1"),
        Promeneur(id="P-1", first_name="Zoé", last_name="Étchéberry", structure_id="S-1", phone="+33639981234"),
        Promeneur(id="P-2", first_name="Anne", last_name="Martin", structure_id="S-2", phase_id="PH-1"),
        Promeneur(id="P-3", first_name="Luc", last_name="Zola", structure_id="S-2", left_on=date(2020, 1, 1)),
        Promeneur(id="P-4", first_name="Ida", last_name="Gone", structure_id="S-2", archived_on=TODAY),
        OnlineProfile(id="PR-1", promeneur_id="P-2", network="Discord", handle="anne_pdn"),
    )


def ids(entries):
    return [entry.promeneur.id for entry in entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["P-1", "P-2", "P-3"]),
        ("etcheberry", ["P-1"]),
        ("ZOÉ", ["P-1"]),
        ("evry", ["P-1"]),
        ("l'eveil", ["P-1"]),
        ("06 39 98", ["P-1"]),
        ("0639981234", ["P-1"]),
        ("anne_pdn", ["P-2"]),
        ("discord begles", ["P-2"]),
        ("phase 1", ["P-2"]),
        ("personne de ce nom", []),
    ],
)
def test_a_search_looks_in_every_field_whatever_case_and_accents(data, text, expected):
    assert ids(matching_promeneurs(promeneur_entries(data, TODAY), Filters(text=text))) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(commune="Bègles"), ["P-2", "P-3"]),
        (Filters(epci="CC du Créonnais"), ["P-1"]),
        (Filters(structure_id="S-2"), ["P-2", "P-3"]),
        (Filters(network="Discord"), ["P-2"]),
        (Filters(phase_id="PH-1"), ["P-2"]),
        (Filters(state="parti"), ["P-3"]),
        (Filters(state="incomplet", commune="Bègles"), ["P-2"]),
    ],
)
def test_each_filter_keeps_what_fits_it(data, filters, expected):
    assert ids(matching_promeneurs(promeneur_entries(data, TODAY), filters)) == expected


def test_who_is_archived_is_not_in_the_directory(data):
    assert "P-4" not in ids(promeneur_entries(data, TODAY))


def test_a_structure_counts_only_promeneurs_who_have_not_left(data):
    entries = {entry.structure.id: entry for entry in structure_entries(data, TODAY)}
    assert [promeneur.id for promeneur in entries["S-2"].promeneurs] == ["P-2"]


def test_structures_are_found_by_text_and_by_step(data):
    entries = structure_entries(data, TODAY)
    assert [entry.structure.id for entry in matching_structures(entries, Filters(text="creonnais"))] == ["S-1"]
    assert [entry.structure.id for entry in matching_structures(entries, Filters(state="repérée"))] == ["S-2"]


def test_values_are_in_the_order_of_a_french_dictionary():
    assert distinct(["Èze", "Espelette", "", "Évry", "Espelette"]) == ["Espelette", "Évry", "Èze"]
