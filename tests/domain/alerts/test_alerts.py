"""« À faire » is empty when nothing is to be done, and the most urgent comes first."""

from datetime import date

from pdn.domain.alerts import Alert, Urgency, alerts
from pdn.domain.phase import Milestone
from pdn.domain.settings import Settings
from pdn.schema import Dataset


def _alert(urgency, due_on=None, title="Titre"):
    return Alert(urgency=urgency, title=title, detail="", rule="R1", due_on=due_on)


def test_a_well_kept_workbook_has_nothing_to_do(told):
    assert told() == ()


def test_what_is_late_comes_before_what_is_near_and_the_nearest_day_first():
    found = [
        _alert(Urgency.INFO),
        _alert(Urgency.INFO, date(2019, 1, 1)),
        _alert(Urgency.SOON),
        _alert(Urgency.SOON, date(2019, 5, 1)),
        _alert(Urgency.SOON, date(2019, 4, 1)),
        _alert(Urgency.OVERDUE, date(2019, 2, 1)),
        _alert(Urgency.OVERDUE, date(2019, 1, 1)),
        _alert(Urgency.OVERDUE),
        _alert(Urgency.OVERDUE, title="Autre"),
    ]
    ordered = sorted(found, key=lambda alert: alert.order(date(2019, 3, 12)))
    assert [(alert.urgency.value, alert.due_on, alert.title) for alert in ordered] == [
        ("en retard", None, "Autre"),
        ("en retard", None, "Titre"),
        ("en retard", date(2019, 2, 1), "Titre"),
        ("en retard", date(2019, 1, 1), "Titre"),
        ("bientôt", date(2019, 4, 1), "Titre"),
        ("bientôt", date(2019, 5, 1), "Titre"),
        ("bientôt", None, "Titre"),
        ("à savoir", date(2019, 1, 1), "Titre"),
        ("à savoir", None, "Titre"),
    ]


def test_alerts_come_in_that_order(told):
    late = Milestone(id="J-1", name="Bilan", planned_on=date(2019, 2, 1))
    found = told({"P-1": {"charter_signed_on": None}, "PR-1": {"checked_on": None}}, late)
    assert [alert.rule for alert in found] == ["R40", "R1", "R24"]


def test_an_empty_workbook_asks_for_its_settings_and_breaks_nothing():
    found = alerts(Dataset(), Settings(), date(2019, 3, 12))
    assert {alert.page for alert in found} == {"parametres"}


def test_every_alert_opens_a_record_or_a_page(told):
    found = told({"P-1": {"charter_signed_on": None}, "PR-1": {"checked_on": None}, "SE-1": None, "CO-1": None})
    assert len(found) == 4
    assert all((alert.table and alert.record_id) or alert.page for alert in found)
