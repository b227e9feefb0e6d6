from datetime import date
from decimal import Decimal

from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.consumption import consumption
from pdn.domain.settings import read_settings

NOW = date(2026, 11, 23)


def _consumption(data, year, strand, today):
    settings, _ = read_settings(data)
    return consumption(data, settings, year, strand, today)


def test_every_plan_is_balanced_and_fits_in_its_envelope(demo, today):
    data = demo(today)
    for year in range(2018, today.year + 1):
        for strand in Strand:
            planned = [line for line in data.where(BudgetLine, "year", year) if line.strand is strand and line.planned]
            charges = sum(line.planned for line in planned if line.account.is_expense)
            assert charges == sum(line.planned for line in planned if line.account.is_income)
            assert charges <= _consumption(data, year, strand, today).envelope


def test_the_first_year_is_prorated_and_training_comes_later(demo):
    data = demo(NOW)
    assert _consumption(data, 2018, Strand.COORDINATION, NOW).envelope == Decimal("5000.00")
    assert _consumption(data, 2018, Strand.TRAINING, NOW).envelope == 0
    assert _consumption(data, 2019, Strand.TRAINING, NOW).envelope == Decimal("8333.33")


def test_one_past_year_went_a_little_over_its_envelope(demo, today):
    data = demo(today)
    over = {}
    for year in range(2018, today.year):
        for strand in Strand:
            spent = _consumption(data, year, strand, today)
            if spent.remaining < 0:
                over[year, strand] = spent.share
    assert list(over) == [(2022, Strand.COORDINATION)]
    assert over[2022, Strand.COORDINATION] < Decimal("1.05")


def test_the_training_envelope_of_this_year_is_tight(demo):
    now = _consumption(demo(NOW), 2026, Strand.TRAINING, NOW)
    assert Decimal("0.9") < now.due_share <= 1
    assert now.to_pay > 0


def test_one_line_spent_more_than_it_planned(demo, today):
    lines = [line for line in demo(today).all(BudgetLine) if line.planned and line.spent]
    assert [line.spent > line.planned for line in lines] == [True]


def test_the_salary_is_paid_every_month(demo, today):
    paid = {
        (line.dated_on.year, line.dated_on.month)
        for line in demo(today).all(BudgetLine)
        if line.account is Account.STAFF and line.spent
    }
    months = (today.year - 2018) * 12 + today.month - 10
    assert months <= len(paid) <= months + 1


def test_valued_contributions_are_the_same_on_both_sides(demo):
    lines = demo(NOW).where(BudgetLine, "year", 2024)
    used = sum(line.planned for line in lines if line.account is Account.VOLUNTARY_USE)
    assert used == sum(line.planned for line in lines if line.account is Account.VOLUNTARY_INCOME) > 0


def test_grants_name_the_state_as_it_was_called(demo):
    lines = [line for line in demo(NOW).all(BudgetLine) if line.account is Account.SUBSIDIES]
    assert {line.year for line in lines if line.supplier == "DDCS"} == {2018, 2019, 2020}
    assert min(line.year for line in lines if line.supplier == "SDJES") == 2021
