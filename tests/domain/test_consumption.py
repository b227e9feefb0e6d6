from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.consumption import Level, budget_years, consumption, uncounted
from pdn.domain.envelope import Envelope
from pdn.domain.settings import Proration, Settings
from pdn.schema import Dataset

SETTINGS = Settings(
    coordination_starts_on=date(2018, 10, 1),
    training_starts_on=date(2018, 10, 1),
    proration=Proration.BY_MONTH,
    budget_warning_percent=80,
    budget_alert_percent=100,
)
TODAY = date(2019, 7, 1)
COORDINATION = Envelope(id="E-1", year=2019, strand=Strand.COORDINATION, amount=Decimal(20_000))
TRAINING = Envelope(id="E-2", year=2019, strand=Strand.TRAINING, amount=Decimal(10_000))


def line(number, strand=Strand.COORDINATION, account=Account.STAFF, **amounts):
    made = {field: Decimal(amount) for field, amount in amounts.items() if field in {"planned", "committed", "spent"}}
    other = {field: value for field, value in amounts.items() if field not in made}
    return BudgetLine(id=f"B-{number}", **{"year": 2019, "strand": strand, "account": account, **made, **other})


def known(*records, strand=Strand.COORDINATION, year=2019, settings=SETTINGS):
    return consumption(Dataset.of(COORDINATION, TRAINING, *records), settings, year, strand, TODAY)


def test_a_strand_adds_up_what_is_planned_committed_and_spent():
    found = known(line(1, planned=15_000, committed=12_000, spent="9000.10"), line(2, spent="0.20"))
    assert (found.planned, found.committed, found.spent) == (15_000, 12_000, Decimal("9000.30"))
    assert found.envelope == 20_000
    assert found.remaining == Decimal("10999.70")
    assert found.share == Decimal("9000.30") / 20_000


def test_nothing_spills_from_one_envelope_to_the_other():
    found = known(line(1, strand=Strand.TRAINING, spent=12_000))
    assert (found.spent, found.level, found.remaining) == (0, Level.OK, 20_000)
    training = known(line(1, strand=Strand.TRAINING, spent=12_000), strand=Strand.TRAINING)
    assert (training.level, training.remaining) == (Level.OVER, -2000)


def test_income_valued_contributions_and_archived_lines_consume_nothing():
    found = known(
        line(1, account=Account.SUBSIDIES, spent=20_000),
        line(2, account=Account.VOLUNTARY_USE, spent=3000),
        line(3, account=Account.VOLUNTARY_INCOME, spent=3000),
        line(4, spent=100, archived_on=date(2019, 2, 1)),
        line(5, spent=100, year=2018),
    )
    assert found.spent == 0
    assert found.is_empty


def test_what_is_committed_and_not_yet_paid_is_counted_line_by_line():
    found = known(line(1, committed=100, spent=150), line(2, committed=80, spent=30), line(3, committed=10))
    assert found.to_pay == 60  # 0 + 50 + 10: what the first line overran takes nothing from the others
    assert found.due == 240
    assert found.available == 20_000 - 240


def test_a_credit_note_without_commitment_leaves_nothing_to_pay():
    found = known(line(1, spent=-100))
    assert (found.spent, found.to_pay, found.remaining) == (-100, 0, 20_100)


@pytest.mark.parametrize(
    ("spent", "level"),
    [(0, Level.OK), ("15999.99", Level.OK), (16_000, Level.WATCH), ("19999.99", Level.WATCH), (20_000, Level.OVER)],
)
def test_the_level_follows_the_thresholds_of_the_settings(spent, level):
    assert known(line(1, spent=spent)).level is level


def test_what_is_still_to_be_paid_counts_for_the_level():
    found = known(line(1, committed=17_000, spent=1000))
    assert found.level is Level.WATCH
    assert "85" in found.sentence


def test_past_its_envelope_a_strand_is_over_whatever_the_thresholds():
    settings = replace(SETTINGS, budget_warning_percent=None, budget_alert_percent=None)
    assert known(line(1, spent="20000.01"), settings=settings).level is Level.OVER
    assert known(line(1, spent=20_000), settings=settings).level is Level.OK


def test_once_the_year_has_ended_only_what_is_past_the_envelope_is_over():
    old = replace(COORDINATION, id="E-3", year=2018)  # 5 000 € for three months
    assert known(old, line(1, spent=5000, year=2018), year=2018).level is Level.OK
    assert known(old, line(1, spent="5000.01", year=2018), year=2018).level is Level.OVER


def test_the_first_year_is_prorated_from_the_strands_start():
    envelope = replace(COORDINATION, id="E-3", year=2018)
    found = known(envelope, year=2018)
    assert (found.ceiling, found.envelope) == (20_000, 5000)
    assert found.funded.describe() == "3\N{NO-BREAK SPACE}mois sur 12, depuis le 1er octobre 2018"


def test_an_envelope_that_is_missing_is_said_and_no_level_is_invented():
    found = known(line(1, spent=100, year=2020), year=2020)
    assert (found.envelope, found.remaining, found.available, found.share, found.level) == (None,) * 5
    assert ["Aucune enveloppe" in finding.message for finding in found.findings] == [True]


def test_two_envelopes_for_one_strand_are_said_and_the_first_counts():
    found = known(replace(COORDINATION, id="E-3", amount=Decimal(1)))
    assert found.envelope == 20_000
    assert "Gardez-en une seule" in found.findings[0].message


def test_an_unknown_start_is_said_and_the_year_is_whole():
    found = known(settings=replace(SETTINGS, coordination_starts_on=None))
    assert found.envelope == 20_000
    assert "date de début" in found.findings[0].message


def test_before_the_strand_starts_any_expense_is_over():
    envelope = replace(COORDINATION, id="E-3", year=2017)
    found = known(envelope, line(1, spent=1, year=2017), year=2017)
    assert (found.envelope, found.level, found.share) == (0, Level.OVER, None)
    assert known(envelope, year=2017).level is Level.OK


def test_the_share_of_the_funded_days_elapsed_is_told():
    assert known().elapsed == Decimal(182) / 365


def test_a_line_without_year_strand_or_account_is_in_no_total_and_is_told():
    lost = [line(1, year=None, spent=1), line(2, strand=None, spent=1), line(3, account=None, spent=1)]
    data = Dataset.of(*lost, line(4, spent=1))
    assert uncounted(data) == tuple(lost)
    assert uncounted(data, 2020) == (lost[0],)


def test_an_entirely_blank_line_breaks_nothing():
    assert known(BudgetLine(id="B-9"), Envelope(id="E-9")).spent == 0


def test_the_years_are_those_of_envelopes_lines_and_of_the_strands():
    assert budget_years(Dataset.of(line(1, year=2024)), SETTINGS, TODAY) == (2024, 2019, 2018)
    assert budget_years(Dataset(), Settings(), TODAY) == (2019,)
