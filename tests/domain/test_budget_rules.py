from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.checks import check
from pdn.domain.envelope import Envelope
from pdn.domain.settings import Coordinator, Institution, Proration, Settings
from pdn.domain.settings_rules import check_settings
from pdn.schema import Dataset

SETTINGS = Settings(
    coordination_starts_on=date(2018, 10, 1), training_starts_on=date(2018, 10, 1), proration=Proration.BY_MONTH
)
TODAY = date(2018, 12, 1)
ENVELOPES = [
    Envelope(id="E-1", year=2018, strand=Strand.COORDINATION, amount=Decimal(20_000)),
    Envelope(id="E-2", year=2018, strand=Strand.TRAINING, amount=Decimal(10_000)),
]
LINE = BudgetLine(
    id="B-1", year=2018, strand=Strand.COORDINATION, account=Account.STAFF, name="Salaire d’octobre",
    spent=Decimal(1000), dated_on=date(2018, 10, 31),
)  # fmt: skip


def told(record, *others):
    return check(record, Dataset.of(*ENVELOPES, *others), SETTINGS, TODAY)


def fields(record, *others):
    return [finding.field for finding in told(record, *others)]


def test_an_ordinary_expense_is_let_through_in_silence():
    assert told(LINE) == ()


def test_nothing_about_a_line_is_ever_refused():
    odd = replace(LINE, spent=Decimal(-1), planned=Decimal(-5), committed=Decimal(90_000), dated_on=date(2030, 1, 1))
    assert told(odd)
    assert not any(finding.blocking for finding in told(odd))


@pytest.mark.parametrize("field", ["planned", "committed", "spent"])
def test_a_negative_amount_asks_whether_it_is_a_credit_note(field):
    findings = told(replace(LINE, **{field: Decimal(-10)}))
    assert any(finding.field == field and "avoir" in finding.message for finding in findings)


def test_an_amount_spent_without_a_date_is_told():
    assert fields(replace(LINE, dated_on=None)) == ["dated_on"]
    assert fields(replace(LINE, dated_on=None, spent=None, committed=Decimal(5))) == []


def test_a_date_outside_of_the_year_or_to_come_is_told():
    assert "exercice 2018" in told(replace(LINE, dated_on=date(2017, 10, 31)))[0].message
    assert "à venir" in told(replace(LINE, dated_on=date(2018, 12, 31)))[0].message


def test_an_expense_past_the_envelope_is_told_with_its_figures():
    (finding,) = told(replace(LINE, id="", spent=Decimal(4500)), LINE)
    assert not finding.blocking
    plain = finding.message.replace("\u202f", " ").replace("\u00a0", " ")
    assert "Cette dépense porterait le volet coordination 2018 à 5 500,00 €" in plain
    assert "au-dessus de son enveloppe de 5 000,00 €" in plain
    assert "500,00 € de trop" in plain


def test_a_commitment_past_the_envelope_is_told_too():
    assert "5" in told(replace(LINE, id="", spent=None, committed=Decimal(4500)), LINE)[0].message
    assert told(replace(LINE, id="", spent=None, committed=Decimal(4000)), LINE) == ()


def test_correcting_a_line_counts_it_once():
    assert told(replace(LINE, spent=Decimal(5000)), LINE) == ()
    assert len(told(replace(LINE, spent=Decimal("5000.01")), LINE)) == 1


def test_lowering_an_expense_of_a_strand_that_is_past_its_envelope_is_let_through():
    stored = replace(LINE, spent=Decimal(9000))
    assert told(replace(stored, spent=Decimal(8000)), stored) == ()
    assert told(replace(stored, name="Autre libellé"), stored) == ()


def test_moving_an_expense_to_the_other_strand_weighs_on_that_one_alone():
    stored = replace(LINE, spent=Decimal(4000))
    (finding,) = told(replace(stored, strand=Strand.TRAINING), stored)
    assert "formation et supervision" in finding.message


def test_bringing_back_an_archived_line_counts_it_again():
    stored = replace(LINE, spent=Decimal(6000), archived_on=date(2018, 11, 1))
    assert told(stored, stored) == ()
    assert len(told(replace(stored, archived_on=None), stored)) == 1


def test_a_plan_past_the_envelope_is_told():
    (finding,) = told(replace(LINE, spent=None, planned=Decimal(5001)))
    assert "de prévu" in finding.message


def test_income_is_measured_against_no_envelope():
    assert told(replace(LINE, account=Account.SUBSIDIES, spent=Decimal(90_000))) == ()


def test_a_year_without_envelope_is_told():
    assert (
        "Aucune enveloppe" in told(replace(LINE, year=2019, dated_on=None, spent=None, planned=Decimal(1)))[0].message
    )


def test_a_line_spent_past_its_own_plan_is_told():
    assert fields(replace(LINE, planned=Decimal(900))) == ["spent"]


def test_a_blank_line_breaks_no_rule():
    assert fields(BudgetLine()) == ["planned"]


def test_one_strand_has_one_envelope_a_year():
    assert fields(replace(ENVELOPES[0], amount=Decimal(5))) == []
    (finding,) = told(replace(ENVELOPES[0], id=""))
    assert finding.blocking
    assert told(Envelope(id="", amount=Decimal(-1)))[0].field == "amount"


def test_a_last_day_before_the_first_is_refused():
    for record in (Coordinator(first_name="Léa"), Institution(name="Caf")):
        dated = replace(record, from_on=date(2021, 1, 1), until_on=date(2020, 1, 1))
        assert [finding.field for finding in told(dated)] == ["until_on"]
        assert told(record) == ()


def test_settings_that_contradict_each_other_are_told():
    wrong = Settings(
        coordination_starts_on=date(2019, 1, 1), coordination_ends_on=date(2018, 1, 1),
        budget_warning_percent=90, budget_alert_percent=80, phase_min=20, phase_max=15,
    )  # fmt: skip
    assert [f.field for f in check_settings(wrong)] == ["coordination_ends_on", "budget_alert_percent", "phase_max"]
    assert check_settings(Settings()) == ()
