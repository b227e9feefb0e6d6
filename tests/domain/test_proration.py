from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdn.domain.proration import funded_part, prorated
from pdn.domain.settings import Proration

OCTOBER_1 = date(2018, 10, 1)
COORDINATION, TRAINING = Decimal(20_000), Decimal(10_000)
BY_MONTH, BY_DAY = Proration.BY_MONTH, Proration.BY_DAY


@pytest.mark.parametrize(
    ("amount", "method", "expected"),
    [
        (COORDINATION, BY_MONTH, "5000.00"),
        (TRAINING, BY_MONTH, "2500.00"),
        (COORDINATION, BY_DAY, "5041.10"),
        (TRAINING, BY_DAY, "2520.55"),
    ],
)
def test_the_first_year_from_1_october_2018_gives_the_figures_of_the_cahier_des_charges(amount, method, expected):
    assert prorated(amount, 2018, OCTOBER_1, None, method) == Decimal(expected)


def test_a_whole_year_gets_the_whole_amount():
    for method in Proration:
        assert prorated(COORDINATION, 2019, OCTOBER_1, None, method) == COORDINATION


def test_the_last_partial_year_is_prorated_too():
    assert prorated(COORDINATION, 2021, OCTOBER_1, date(2021, 6, 30), BY_MONTH) == Decimal(10_000)
    assert prorated(COORDINATION, 2021, OCTOBER_1, date(2021, 6, 30), BY_DAY) == Decimal("9917.81")  # 181/365


def test_a_strand_that_starts_and_ends_in_one_year_is_prorated_on_both_sides():
    assert prorated(Decimal(1200), 2019, date(2019, 3, 1), date(2019, 5, 31), BY_MONTH) == Decimal(300)
    assert funded_part(2019, date(2019, 3, 1), date(2019, 5, 31), BY_MONTH).describe() == (
        "3\N{NO-BREAK SPACE}mois sur 12, du 1er mars 2019 au 31 mai 2019"
    )


def test_by_months_a_month_begun_counts():
    assert prorated(COORDINATION, 2018, date(2018, 10, 15), None, BY_MONTH) == Decimal(5000)
    assert prorated(COORDINATION, 2021, OCTOBER_1, date(2021, 1, 2), BY_MONTH) == Decimal("1666.67")


def test_by_days_a_leap_year_has_366():
    assert prorated(Decimal(366), 2020, date(2020, 12, 31), None, BY_DAY) == Decimal(1)
    assert (
        funded_part(2020, date(2020, 12, 31), None, BY_DAY).describe()
        == "1\N{NO-BREAK SPACE}jour sur 366, depuis le 31 décembre 2020"
    )


def test_outside_of_the_strand_nothing_is_given():
    assert prorated(COORDINATION, 2017, OCTOBER_1, None, BY_MONTH) == 0
    assert prorated(COORDINATION, 2022, OCTOBER_1, date(2021, 12, 31), BY_DAY) == 0
    assert prorated(COORDINATION, 2019, date(2019, 6, 1), date(2019, 5, 1), BY_MONTH) == 0
    assert funded_part(2017, OCTOBER_1, None, BY_MONTH).describe() == "volet non financé en 2017"


def test_an_unknown_start_prorates_nothing_and_a_known_end_still_counts():
    assert prorated(COORDINATION, 2018, None, None, BY_MONTH) == COORDINATION
    assert prorated(COORDINATION, 2018, None, date(2018, 3, 31), BY_MONTH) == Decimal(5000)


def test_halves_of_a_cent_are_rounded_up():
    assert prorated(Decimal("0.06"), 2018, date(2018, 12, 1), None, BY_MONTH) == Decimal("0.01")


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "method", "told"),
    [
        (OCTOBER_1, None, BY_MONTH, "3\N{NO-BREAK SPACE}mois sur 12, depuis le 1er octobre 2018"),
        (OCTOBER_1, None, BY_DAY, "92\N{NO-BREAK SPACE}jours sur 365, depuis le 1er octobre 2018"),
        (None, date(2018, 6, 30), BY_MONTH, "6\N{NO-BREAK SPACE}mois sur 12, jusqu’au 30 juin 2018"),
        (date(2018, 1, 1), None, BY_MONTH, "année entière"),
    ],
)
def test_how_the_proration_was_made_is_said_in_words(starts_on, ends_on, method, told):
    assert funded_part(2018, starts_on, ends_on, method).describe() == told


def test_without_a_method_months_count():
    assert prorated(COORDINATION, 2018, OCTOBER_1, None, None) == Decimal(5000)


@given(
    amount=st.decimals(0, 1_000_000, places=2),
    starts_on=st.dates(date(2015, 1, 1), date(2024, 12, 31)),
    days=st.integers(0, 2000),
    method=st.sampled_from(Proration),
)
def test_no_year_gets_less_than_nothing_or_more_than_its_amount(amount, starts_on, days, method):
    for year in range(2014, 2032):
        assert 0 <= prorated(amount, year, starts_on, starts_on + timedelta(days=days), method) <= amount


@given(starts_on=st.dates(date(2015, 1, 1), date(2020, 12, 31)), days=st.integers(0, 3000))
def test_by_days_every_funded_day_counts_once(starts_on, days):
    ends_on = starts_on + timedelta(days=days)
    assert sum(funded_part(year, starts_on, ends_on, BY_DAY).counted for year in range(2014, 2032)) == days + 1
