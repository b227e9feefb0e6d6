from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.envelope import Envelope
from pdn.domain.forecast import Point, forecast
from pdn.domain.settings import Proration, Settings
from pdn.schema import Dataset

SETTINGS = Settings(coordination_starts_on=date(2018, 10, 1), proration=Proration.BY_MONTH)
ENVELOPES = [
    Envelope(id=f"E-{year}", year=year, strand=Strand.COORDINATION, amount=Decimal(20_000)) for year in (2018, 2019)
]


def paid(number, spent, on, year=2019, **other):
    return BudgetLine(
        id=f"B-{number}", year=year, strand=Strand.COORDINATION, account=Account.STAFF,
        spent=None if spent is None else Decimal(spent), dated_on=on, **other,
    )  # fmt: skip


def seen(today, *lines, year=2019, settings=SETTINGS):
    return forecast(Dataset.of(*ENVELOPES, *lines), settings, year, Strand.COORDINATION, today)


def test_the_curve_adds_up_what_was_spent_day_by_day_until_today():
    found = seen(
        date(2019, 6, 30), paid(1, 100, date(2019, 3, 1)), paid(2, 50, date(2019, 2, 1)), paid(3, 1, date(2019, 3, 1))
    )
    assert found.curve == (
        Point(date(2019, 1, 1), Decimal(0)),
        Point(date(2019, 2, 1), Decimal(50)),
        Point(date(2019, 3, 1), Decimal(151)),
        Point(date(2019, 6, 30), Decimal(151)),
    )


def test_the_pace_of_the_days_elapsed_is_projected_to_the_last_funded_day():
    found = seen(date(2019, 3, 14), paid(1, 1460, date(2019, 2, 1)))  # 73 days of 365: 20 € a day
    assert found.projected == Decimal("7300.00")
    assert found.projection == (Point(date(2019, 3, 14), Decimal(1460)), Point(date(2019, 12, 31), Decimal(7300)))
    assert found.used_up_on is None
    assert found.sentence.endswith("L’enveloppe suffirait.")


def test_in_the_first_year_only_funded_days_make_the_pace():
    found = seen(date(2018, 10, 23), paid(1, 2300, date(2018, 10, 5), 2018), year=2018)  # 23 days of 92: 100 € a day
    assert found.projected == Decimal("9200.00")
    assert found.used_up_on == date(2018, 11, 19)  # 5 000 € on the 50th funded day


def test_the_day_when_the_envelope_would_be_used_up_is_the_one_that_reaches_it():
    # 3 333,33 € in 60 days: 20 000 € are reached on the 361st day, not the 360th.
    assert seen(date(2019, 3, 1), paid(1, "3333.33", date(2019, 1, 5))).used_up_on == date(2019, 12, 27)
    assert seen(date(2019, 3, 1), paid(1, "3333.34", date(2019, 1, 5))).used_up_on == date(2019, 12, 26)


def test_an_envelope_already_used_up_says_since_when():
    found = seen(date(2019, 6, 1), paid(1, 15_000, date(2019, 2, 1)), paid(2, 6000, date(2019, 4, 1)))
    assert (found.is_used_up, found.used_up_on) == (True, date(2019, 4, 1))
    assert "depuis le 1er avril 2019" in found.sentence


def test_a_credit_note_that_brings_spending_back_moves_that_day():
    found = seen(
        date(2019, 9, 1),
        paid(1, 21_000, date(2019, 2, 1)),
        paid(2, -2000, date(2019, 3, 1)),
        paid(3, 1500, date(2019, 8, 1)),
    )
    assert found.used_up_on == date(2019, 8, 1)


def test_a_year_that_is_over_is_what_was_spent():
    found = seen(date(2020, 5, 1), paid(1, 18_000, date(2019, 7, 1)))
    assert (found.projected, found.projection, found.used_up_on) == (18_000, (), None)
    assert found.curve[-1] == Point(date(2019, 12, 31), Decimal(18_000))


def test_what_is_committed_adds_to_what_the_year_will_cost_but_not_to_the_pace():
    found = seen(date(2019, 3, 14), paid(1, 1460, date(2019, 2, 1), committed=Decimal(2000)))
    assert (found.secured, found.projected) == (2000, 7300)


def test_the_year_never_ends_below_what_is_already_committed():
    # 100 € paid in 73 days would make 500 € at this pace, but 21 900 € are to be paid: 75 € a day over 292 days.
    found = seen(date(2019, 3, 14), paid(1, 100, date(2019, 2, 1), committed=Decimal(22_000)))
    assert found.projected == found.secured == 22_000
    assert found.used_up_on == date(2019, 12, 5)  # 19 900 € at 75 € a day: on the 266th day from today
    assert found.sentence.startswith("Avec ce qui reste à payer")


def test_before_the_first_funded_day_nothing_is_forecast():
    found = seen(date(2018, 9, 30), year=2018)
    assert (found.projected, found.projection, found.curve, found.used_up_on) == (None, (), (), None)


def test_an_expense_without_a_date_is_in_the_totals_and_told_but_not_on_the_curve():
    found = seen(date(2019, 3, 14), paid(1, 1000, None), paid(2, 460, date(2019, 2, 1)))
    assert found.curve[-1].amount == 460
    assert found.consumption.spent == 1460
    assert [line.id for line in found.undated] == ["B-1"]
    assert "sans date" in found.findings[0].message


def test_an_expense_paid_in_the_next_year_counts_on_the_last_day():
    found = seen(date(2020, 2, 1), paid(1, 300, date(2020, 1, 15)))
    assert found.curve[-1] == Point(date(2019, 12, 31), Decimal(300))
    assert "hors de l’exercice 2019" in found.findings[0].message


def test_a_strand_that_is_not_funded_in_the_year_says_so():
    assert seen(date(2019, 1, 1), year=2017).sentence == "Le volet n’est pas financé en 2017."


@given(
    amounts=st.lists(st.decimals("0.01", 9000, places=2), max_size=8),
    months=st.lists(st.integers(1, 6), min_size=8, max_size=8),
)
def test_the_curve_never_loses_a_cent(amounts, months):
    lines = [paid(n, amount, date(2019, months[n], 15)) for n, amount in enumerate(amounts)]
    found = seen(date(2019, 6, 30), *lines)
    assert found.curve[-1].amount == found.consumption.spent == sum(amounts, Decimal(0))
    assert (found.used_up_on is not None) == (found.consumption.spent * 365 >= Decimal(20_000) * 181)
