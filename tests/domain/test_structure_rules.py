"""A structure's dates in the order of the funnel, and no second row for it."""

from dataclasses import replace
from datetime import date

from pdn.domain.checks import check
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

TODAY = date(2019, 3, 12)
CENTRE = Structure(
    id="S-1", name="Centre social", commune="Bègles", siret="00000000000018", managing_body="Ville de Bègles",
    spotted_on=date(2018, 9, 1), contacted_on=date(2018, 9, 10), interested_on=date(2018, 10, 1),
)  # fmt: skip


def told(structure, *others):
    found = check(structure, Dataset.of(structure, *others), Settings(), TODAY)
    assert not any(finding.blocking for finding in found)
    return [finding.field for finding in found]


def test_one_in_order_is_told_nothing_of():
    assert told(CENTRE) == []
    assert told(replace(CENTRE, contacted_on=CENTRE.spotted_on)) == []


def test_a_step_dated_before_the_one_that_it_follows_is_told():
    assert told(replace(CENTRE, contacted_on=date(2018, 8, 31))) == ["contacted_on"]
    assert told(replace(CENTRE, left_on=date(2018, 9, 20))) == ["left_on"]


def test_a_step_that_is_not_dated_is_stepped_over():
    assert told(replace(CENTRE, contacted_on=None, interested_on=date(2018, 8, 1))) == ["interested_on"]


def test_one_name_twice_in_one_commune_is_told_and_in_two_communes_not():
    twin = Structure(id="S-2", name="centre  SOCIAL", commune="BEGLES")
    assert told(CENTRE, twin) == ["name"]
    assert told(CENTRE, replace(twin, commune="Pessac")) == []
    assert told(CENTRE, replace(twin, archived_on=TODAY)) == []


def test_a_siret_of_two_managing_bodies_is_told_and_of_one_with_two_centres_not():
    other = Structure(id="S-2", name="Maison des jeunes", siret=CENTRE.siret, managing_body="Association Alpha")
    assert told(CENTRE, other) == ["siret"]
    assert told(CENTRE, replace(other, managing_body="ville de begles")) == []
    assert told(replace(CENTRE, siret=""), replace(other, siret="")) == []


def test_one_that_is_archived_is_let_through():
    assert told(replace(CENTRE, contacted_on=date(2018, 8, 31), archived_on=TODAY)) == []
