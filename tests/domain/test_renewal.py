from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.renewal import agreement_draft, months_later, renewal_chain, renewal_draft, usual_end
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

STRUCTURE = Structure(id="S-1", name="Maison des jeunes")
SETTINGS = Settings(agreement_months=36)
AGREEMENT = Agreement(
    id="C-1",
    number="2018-01",
    structure_id="S-1",
    signatory="Commune de Bègles",
    starts_on=date(2018, 10, 1),
    ends_on=date(2021, 9, 30),
    promeneurs_covered=2,
)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2018, 10, 1), 36, date(2021, 10, 1)),
        (date(2018, 10, 1), 3, date(2019, 1, 1)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2019, 12, 31), 12, date(2020, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(start, months, expected):
    assert months_later(start, months) == expected


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)), st.integers(1, 120))
def test_months_later_moves_by_exactly_that_many_months(start, months):
    later = months_later(start, months)
    assert (later.year - start.year) * 12 + later.month - start.month == months
    assert later.day <= start.day


def test_the_usual_end_is_the_eve_of_the_anniversary():
    assert usual_end(date(2018, 10, 1), SETTINGS) == date(2021, 9, 30)
    assert usual_end(date(2018, 10, 1), Settings()) is None


def test_a_new_convention_is_proposed_from_today_for_the_usual_length():
    assert agreement_draft(SETTINGS, date(2018, 10, 1)) == Agreement(
        starts_on=date(2018, 10, 1), ends_on=date(2021, 9, 30)
    )


def test_a_renewal_starts_the_day_after_the_end_for_the_usual_length():
    assert renewal_draft(AGREEMENT, Dataset.of(STRUCTURE, AGREEMENT), SETTINGS, date(2021, 8, 1)) == Agreement(
        structure_id="S-1",
        signatory="Commune de Bègles",
        starts_on=date(2021, 10, 1),
        ends_on=date(2024, 9, 30),
        promeneurs_covered=2,
        renews_id="C-1",
    )


def test_a_renewal_follows_the_end_and_the_number_that_an_amendment_gave():
    amendment = Amendment(
        id="AV-1",
        agreement_id="C-1",
        signed_on=date(2021, 1, 1),
        new_end=date(2021, 12, 31),
        new_promeneurs_covered=5,
    )
    draft = renewal_draft(AGREEMENT, Dataset.of(STRUCTURE, AGREEMENT, amendment), SETTINGS, date(2021, 8, 1))
    assert (draft.starts_on, draft.ends_on, draft.promeneurs_covered) == (date(2022, 1, 1), date(2024, 12, 31), 5)


def test_a_late_renewal_or_one_of_an_endless_convention_starts_today():
    today = date(2023, 2, 1)
    assert renewal_draft(AGREEMENT, Dataset.of(STRUCTURE, AGREEMENT), SETTINGS, today).starts_on == today
    endless = replace(AGREEMENT, ends_on=None)
    assert renewal_draft(endless, Dataset.of(STRUCTURE, endless), SETTINGS, date(2019, 1, 1)).starts_on == date(
        2019, 1, 1
    )


def test_the_chain_is_the_same_from_each_of_its_links():
    second = replace(AGREEMENT, id="C-2", starts_on=date(2021, 10, 1), renews_id="C-1")
    third = replace(AGREEMENT, id="C-3", starts_on=date(2024, 10, 1), renews_id="C-2")
    data = Dataset.of(STRUCTURE, third, AGREEMENT, second, replace(AGREEMENT, id="C-9"))
    for link in (AGREEMENT, second, third):
        assert renewal_chain(link, data) == (AGREEMENT, second, third)
    alone = data.get(Agreement, "C-9")
    assert renewal_chain(alone, data) == (alone,)


def test_a_circle_of_renewals_ends():
    first = replace(AGREEMENT, renews_id="C-2")
    second = replace(AGREEMENT, id="C-2", starts_on=date(2021, 10, 1), renews_id="C-1")
    assert renewal_chain(first, Dataset.of(STRUCTURE, first, second)) == (first, second)
