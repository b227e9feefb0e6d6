from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.activity import Activity, ActivityState, active_promeneurs, activity
from pdn.domain.agreement import Agreement
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.schema import Dataset

TODAY = date(2019, 6, 15)
STRUCTURES = (Structure(id="S-1", name="Maison des jeunes"), Structure(id="S-2", name="Centre social"))
AGREEMENT = Agreement(
    id="C-1",
    structure_id="S-1",
    caf_signed_on=date(2018, 9, 20),
    structure_signed_on=date(2018, 9, 12),
    starts_on=date(2018, 10, 1),
    ends_on=date(2021, 9, 30),
)
LEA = Promeneur(
    id="P-1",
    first_name="Léa",
    last_name="Castaing",
    structure_id="S-1",
    mandate_on=date(2018, 10, 2),
    charter_signed_on=date(2018, 10, 3),
    entered_on=date(2018, 10, 4),
)


def state(promeneur, today=TODAY):
    return activity(promeneur, Dataset.of(*STRUCTURES, promeneur, AGREEMENT), today)


def test_mandate_convention_and_charter_make_an_active_promeneur():
    assert state(LEA) == Activity(ActivityState.ACTIVE, ())


@pytest.mark.parametrize(
    ("field", "missing"), [("mandate_on", "mandat de l’employeur"), ("charter_signed_on", "charte signée")]
)
def test_without_one_of_them_incomplete_says_what_is_missing(field, missing):
    assert state(replace(LEA, **{field: None})) == Activity(ActivityState.INCOMPLETE, (missing,))
    assert state(replace(LEA, **{field: date(2019, 6, 16)})) == Activity(ActivityState.INCOMPLETE, (missing,))
    assert state(replace(LEA, **{field: TODAY})).state is ActivityState.ACTIVE


def test_everything_missing_is_named_in_order():
    assert state(Promeneur(id="P-2")).missing == ("mandat de l’employeur", "convention en vigueur", "charte signée")


def test_the_convention_must_be_in_force_that_day():
    assert state(LEA, date(2021, 9, 30)).state is ActivityState.ACTIVE
    assert state(LEA, date(2021, 10, 1)) == Activity(ActivityState.INCOMPLETE, ("convention en vigueur",))
    assert state(replace(LEA, structure_id="S-2")).missing == ("convention en vigueur",)


def test_without_a_date_of_entry_the_rest_decides():
    assert state(replace(LEA, entered_on=None)).state is ActivityState.ACTIVE


def test_before_the_entry_a_promeneur_is_upcoming_and_what_is_missing_is_said_already():
    later = replace(LEA, entered_on=date(2019, 6, 16), charter_signed_on=None)
    assert state(later) == Activity(ActivityState.UPCOMING, ("charte signée",))
    assert state(later, date(2019, 6, 16)).state is ActivityState.INCOMPLETE


def test_the_day_of_leaving_is_the_last_day():
    leaving = replace(LEA, left_on=TODAY)
    assert state(leaving).state is ActivityState.ACTIVE
    assert state(leaving, date(2019, 6, 16)) == Activity(ActivityState.LEFT, ())


def test_who_is_archived_has_left():
    assert state(replace(LEA, archived_on=TODAY)).state is ActivityState.LEFT


def test_active_promeneurs_on_any_day():
    noe = replace(LEA, id="P-2", entered_on=date(2020, 1, 6))
    gone = replace(LEA, id="P-3", left_on=date(2019, 8, 31))
    data = Dataset.of(*STRUCTURES, LEA, noe, gone, replace(LEA, id="P-4", archived_on=TODAY), AGREEMENT)
    assert active_promeneurs(data, TODAY) == (LEA, gone)
    assert active_promeneurs(data, date(2020, 1, 6)) == (LEA, noe)
    assert active_promeneurs(data, date(2018, 9, 30)) == ()
