from datetime import date
from decimal import Decimal

from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.budget_register import LineFilters, consumption_by_year, copy_of, matching_lines
from pdn.domain.settings import Settings
from pdn.schema import Dataset

RENT = BudgetLine(
    id="B-1", year=2019, strand=Strand.COORDINATION, account=Account.EXTERNAL_SERVICES, name="Loyer d’été",
    supplier="SCI Les Platanes", spent=Decimal(270), dated_on=date(2019, 7, 5), document="F-12",
)  # fmt: skip
TRAINER = BudgetLine(
    id="B-2", year=2019, strand=Strand.TRAINING, account=Account.OTHER_EXTERNAL_SERVICES, name="Intervention",
    dated_on=date(2019, 9, 1),
)  # fmt: skip
PLAN = BudgetLine(id="B-3", year=2019, strand=Strand.COORDINATION, account=Account.STAFF, name="Salaire")
LINES = [RENT, TRAINER, PLAN]


def ids(**filters):
    return [line.id for line in matching_lines(LINES, LineFilters(**filters))]


def test_the_most_recent_lines_come_first_then_those_without_a_date():
    assert ids() == ["B-2", "B-1", "B-3"]


def test_words_are_found_anywhere_whatever_their_accents():
    assert ids(text="ETE platanes") == ["B-1"]
    assert ids(text="f-12") == ["B-1"]
    assert ids(text="loyer intervention") == []


def test_filters_add_up():
    assert ids(strand=Strand.COORDINATION) == ["B-1", "B-3"]
    assert ids(strand=Strand.COORDINATION, account=Account.STAFF) == ["B-3"]


def test_a_copy_is_a_new_line_of_today_without_its_document():
    copy = copy_of(RENT, date(2020, 8, 1))
    assert (copy.id, copy.document, copy.spent) == ("", "", 270)
    assert (copy.year, copy.dated_on) == (2020, date(2020, 8, 1))


def test_a_copy_of_a_plan_stays_in_its_year():
    copy = copy_of(PLAN, date(2020, 8, 1))
    assert (copy.id, copy.year, copy.dated_on) == ("", 2019, None)


def test_the_years_stand_side_by_side_with_both_strands():
    found = consumption_by_year(Dataset.of(*LINES), Settings(), date(2020, 1, 1))
    assert [[(c.year, c.strand, c.spent) for c in row] for row in found] == [
        [(2020, Strand.COORDINATION, 0), (2020, Strand.TRAINING, 0)],
        [(2019, Strand.COORDINATION, 270), (2019, Strand.TRAINING, 0)],
    ]


def test_a_blank_line_is_found_like_any_other():
    assert matching_lines([BudgetLine()], LineFilters()) == (BudgetLine(),)
