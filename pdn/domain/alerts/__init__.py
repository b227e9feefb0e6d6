"""« À faire »: what the dated facts ask somebody to do or to know, the most urgent first."""

from datetime import date

from pdn.domain.alerts.agreements import agreement_alerts
from pdn.domain.alerts.alert import Alert, Urgency
from pdn.domain.alerts.deployment import deployment_alerts
from pdn.domain.alerts.money import money_alerts
from pdn.domain.alerts.people import people_alerts
from pdn.domain.alerts.sessions import session_alerts
from pdn.domain.alerts.upkeep import upkeep_alerts
from pdn.domain.settings import Settings
from pdn.schema import Dataset

FAMILIES = (agreement_alerts, people_alerts, session_alerts, deployment_alerts, money_alerts, upkeep_alerts)
"""One small module each; an alert of a new kind is one function in one of them."""

__all__ = ["Alert", "Urgency", "alerts"]


def alerts(data: Dataset, settings: Settings, today: date) -> tuple[Alert, ...]:
    """Every alert of a day, the most urgent first, then those whose day is nearest."""
    found = [alert for family in FAMILIES for alert in family(data, settings, today)]
    return tuple(sorted(found, key=lambda alert: alert.order(today)))
