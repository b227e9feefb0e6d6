"""Each envelope for itself: thresholds, forecast, and an envelope that nobody filled in (R43–R45)."""

from datetime import date
from decimal import Decimal

import pytest

from pdn.domain.alerts import Urgency
from pdn.domain.budget_line import Account, BudgetLine, Strand


def _spent(amount, strand=Strand.TRAINING, on=date(2019, 1, 15)):
    return BudgetLine(
        id="B-1", year=2019, strand=strand, account=Account.OTHER_EXTERNAL_SERVICES, name="Prestataire",
        spent=Decimal(amount), dated_on=on,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("amount", "urgency", "title"),
    [
        (10001, Urgency.OVERDUE, "Enveloppe dépassée"),
        (10000, Urgency.SOON, "Seuil d’alerte du budget atteint"),
        (8000, Urgency.INFO, "Budget à surveiller"),
    ],
)
def test_the_thresholds_of_10_000_euros(told, amount, urgency, title):
    (alert,) = told({}, _spent(amount))
    assert (alert.urgency, alert.rule, alert.page) == (urgency, "R44", "budget")
    assert alert.title == f"{title}\u00a0: volet formation et supervision"
    assert "10\u202f000,00" in alert.detail


def test_nothing_spills_from_one_envelope_to_the_other(told):
    assert told({}, _spent(2000, Strand.TRAINING), today=date(2019, 3, 12)) == ()
    (alert,) = told({}, _spent(19000, Strand.COORDINATION))
    assert alert.rule == "R43"


def test_a_pace_that_leads_past_the_envelope_is_told_with_the_day(told):
    # 5 000 € in the first 181 days of 365 lead to 10 083 €.
    (alert,) = [alert for alert in told({}, _spent(5000), today=date(2019, 6, 30)) if alert.page == "budget"]
    assert alert.urgency is Urgency.SOON
    assert alert.title == "Dépassement prévu\u00a0: volet formation et supervision"
    assert alert.due_on == date(2019, 12, 28)


def test_before_a_quarter_of_the_year_one_invoice_foretells_nothing(told):
    assert told({}, _spent(5000)) == ()


def test_an_envelope_that_is_missing_is_asked_for(told):
    (alert,) = told({"E-2": None})
    assert alert.urgency is Urgency.INFO
    assert alert.title == "Enveloppe 2019 à renseigner\u00a0: volet formation et supervision"


def test_a_strand_that_has_not_begun_needs_none(told):
    assert told({"E-2": None}, training_starts_on=date(2020, 1, 1)) == ()
