"""A Promeneur's dates, employer and twins; a profile whose owner left."""

from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.checks import check
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

TODAY = date(2019, 3, 12)
EMPLOYER = Structure(id="S-1", name="Centre social")
INES = Promeneur(
    id="P-1", first_name="Inès", last_name="Martin", structure_id="S-1", email="ines@example.org",
    entered_on=date(2018, 10, 1), mandate_on=date(2018, 9, 20), charter_signed_on=date(2018, 10, 5),
)  # fmt: skip
PROFILE = OnlineProfile(id="PR-1", promeneur_id="P-1", network="Instagram", handle="ines")


def told(record, *others):
    records = {found.id: found for found in (EMPLOYER, INES, *others, record)}
    return [
        (finding.field, finding.blocking) for finding in check(record, Dataset.of(*records.values()), Settings(), TODAY)
    ]


def test_one_in_order_is_told_nothing_of():
    assert told(INES) == []
    assert told(replace(INES, left_on=date(2019, 2, 28))) == []


def test_nobody_leaves_before_entering():
    assert told(replace(INES, left_on=date(2018, 9, 30), mandate_on=None, charter_signed_on=None)) == [
        ("left_on", True)
    ]


@pytest.mark.parametrize("field", ["mandate_on", "charter_signed_on"])
def test_what_is_dated_after_the_leaving_is_to_be_checked(field):
    assert told(replace(INES, left_on=date(2019, 1, 31), **{field: date(2019, 2, 1)})) == [(field, False)]


def test_one_who_is_archived_is_let_through():
    assert told(replace(INES, left_on=date(2018, 1, 1), archived_on=TODAY)) == []


@pytest.mark.parametrize("gone", [{"archived_on": date(2019, 1, 1)}, {"left_on": TODAY}])
def test_an_employer_that_is_gone_is_told_until_the_promeneur_has_left(gone):
    employer = replace(EMPLOYER, **gone)
    assert told(INES, employer) == [("structure_id", False)]
    assert told(replace(INES, left_on=TODAY), employer) == []


def test_an_employer_that_leaves_later_is_still_there():
    assert told(INES, replace(EMPLOYER, left_on=date(2019, 3, 13))) == []


def test_two_people_have_not_one_mail():
    other = Promeneur(id="P-2", first_name="Léo", last_name="Petit", structure_id="S-1", email=INES.email)
    assert told(INES, other) == [("email", False)]
    assert told(other) == [("email", False)]
    assert told(INES, replace(other, archived_on=TODAY)) == []


def test_somebody_who_left_and_came_back_by_another_structure_is_no_twin():
    before = replace(INES, id="P-0", structure_id="S-2", left_on=date(2018, 9, 1), entered_on=None, mandate_on=None,
                     charter_signed_on=None)  # fmt: skip
    assert told(INES, before, Structure(id="S-2", name="Autre")) == []


def test_one_name_twice_in_one_structure_is_told_whatever_its_case_and_accents():
    twin = Promeneur(id="P-2", first_name="INES", last_name="martin", structure_id="S-1")
    assert told(INES, twin) == [("last_name", False)]
    assert told(INES, replace(twin, structure_id="S-2")) == []


def test_two_rows_without_a_name_are_no_twins():
    assert told(Promeneur(id="P-8", structure_id="S-1"), Promeneur(id="P-9", structure_id="S-1")) == []


def test_a_profile_of_somebody_who_left_or_was_put_away_is_to_be_taken_off():
    assert told(PROFILE) == []
    assert told(PROFILE, replace(INES, left_on=date(2019, 3, 11))) == [("promeneur_id", False)]
    assert told(PROFILE, replace(INES, left_on=TODAY)) == [], "the last day counts"
    assert told(PROFILE, replace(INES, archived_on=TODAY)) == [("promeneur_id", False)]
    assert told(replace(PROFILE, archived_on=TODAY), replace(INES, archived_on=TODAY)) == []
