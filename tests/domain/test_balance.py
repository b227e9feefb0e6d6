from datetime import date
from decimal import Decimal

from pdn.domain.balance import balance, overspent_lines
from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.schema import Dataset


def line(number, account, planned=None, spent=None, **other):
    return BudgetLine(
        **{"id": f"B-{number}", "year": 2019, "strand": Strand.COORDINATION, "account": account,
           "planned": None if planned is None else Decimal(planned),
           "spent": None if spent is None else Decimal(spent), **other}
    )  # fmt: skip


PLAN = [
    line(1, Account.STAFF, 15_000, 7000),
    line(2, Account.PURCHASES, 1000, 1200),
    line(3, Account.STAFF, 4000, None),
    line(4, Account.SUBSIDIES, 20_000, 10_000),
    line(5, Account.VOLUNTARY_USE, 3000),
    line(6, Account.VOLUNTARY_INCOME, 3000),
]


def test_accounts_are_added_up_in_their_order_and_empty_ones_left_out():
    found = balance(Dataset.of(*PLAN), 2019)
    assert [(row.account.number, row.amounts.planned, row.amounts.left) for row in found.expenses.rows] == [
        (60, 1000, -200),
        (64, 19_000, 12_000),
    ]
    assert found.expenses.total.planned == found.income.total.planned == 20_000


def test_a_plan_whose_charges_equal_its_income_is_balanced():
    found = balance(Dataset.of(*PLAN), 2019)
    assert found.is_balanced
    assert found.sentence.startswith("Le prévisionnel est équilibré")


def test_what_income_lacks_is_said_in_words():
    found = balance(Dataset.of(*PLAN, line(7, Account.TAXES, 500)), 2019)
    assert found.gap == 500
    assert "il manque 500,00" in found.sentence
    richer = balance(Dataset.of(*PLAN, line(7, Account.SALES, 30)), 2019)
    assert "les produits dépassent les charges de 30,00" in richer.sentence


def test_valued_contributions_stand_apart_and_equal_each_other():
    found = balance(Dataset.of(*PLAN), 2019)
    assert found.voluntary_use.total.planned == found.voluntary_income.total.planned == 3000
    assert not found.voluntary_gap
    uneven = balance(Dataset.of(*PLAN, line(7, Account.VOLUNTARY_USE, 10)), 2019)
    assert uneven.is_balanced
    assert uneven.voluntary_gap == 10
    assert "devraient être égaux" in uneven.voluntary_sentence


def test_a_strand_has_its_own_plan():
    data = Dataset.of(*PLAN, line(7, Account.STAFF, 900, strand=Strand.TRAINING))
    assert balance(data, 2019, Strand.TRAINING).expenses.total.planned == 900
    assert balance(data, 2019).expenses.total.planned == 20_900
    assert balance(data, 2018).is_empty


def test_an_account_that_spent_more_than_its_plan_is_overspent():
    found = balance(Dataset.of(*PLAN), 2019)
    assert [row.account for row in found.expenses.overspent] == [Account.PURCHASES]


def test_only_a_line_with_a_plan_can_be_overspent():
    lines = [*PLAN, line(7, Account.STAFF, None, 50), line(8, Account.STAFF, 0, 50), line(9, Account.STAFF, 50, 50)]
    assert [found.id for found in overspent_lines(lines)] == ["B-2", "B-8"]


def test_archived_lines_and_lines_without_account_are_in_no_balance():
    data = Dataset.of(line(1, Account.STAFF, 10, archived_on=date(2019, 1, 1)), line(2, None, 10))
    assert balance(data, 2019).is_empty
    assert balance(data, 2019).sentence == "Rien n’est encore inscrit au prévisionnel."
