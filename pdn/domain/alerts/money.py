"""Alerts on the two envelopes, each for itself: thresholds, forecast, what is not filled in (R43–R45)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pdn.domain.alerts.alert import Alert, Urgency
from pdn.domain.budget_line import Strand
from pdn.domain.consumption import Consumption, Level
from pdn.domain.forecast import Forecast, forecast
from pdn.domain.settings import Settings
from pdn.french import NBSP
from pdn.schema import Dataset

RULES = {Strand.COORDINATION: "R43", Strand.TRAINING: "R44"}
ENOUGH_ELAPSED = Decimal("0.25")
"""Before a quarter of the funded days has passed, one large invoice would make any forecast cry wolf."""


def money_alerts(data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    """Every alert on this year's envelopes; past years are closed, nothing can be done about them."""
    for strand in Strand:
        found = forecast(data, settings, today.year, strand, today)
        if found.consumption.envelope is None:
            yield from _without_envelope(found.consumption, begun=settings.strand_dates(strand)[0] is not None)
        elif found.consumption.level is not Level.OK:
            yield _threshold(found.consumption)
        elif _leads_past(found):
            yield _alert(
                found.consumption,
                Urgency.SOON,
                f"Dépassement prévu{NBSP}: volet {strand.value}",
                found.sentence,
                found.used_up_on,
            )


def _threshold(known: Consumption) -> Alert:
    name = f"volet {known.strand.value}"
    if known.envelope is not None and known.due > known.envelope:
        return _alert(known, Urgency.OVERDUE, f"Enveloppe dépassée{NBSP}: {name}", known.sentence)
    if known.level is Level.OVER:
        return _alert(known, Urgency.SOON, f"Seuil d’alerte du budget atteint{NBSP}: {name}", known.sentence)
    return _alert(known, Urgency.INFO, f"Budget à surveiller{NBSP}: {name}", known.sentence)


def _leads_past(found: Forecast) -> bool:
    known = found.consumption
    return (
        known.envelope is not None
        and found.projected is not None
        and found.projected > known.envelope
        and (known.elapsed or 0) >= ENOUGH_ELAPSED
    )


def _without_envelope(known: Consumption, *, begun: bool) -> Iterator[Alert]:
    """An envelope is missed where the strand is known to be funded that year, or something was entered."""
    if (begun and known.funded.first is not None) or not known.is_empty:
        title = f"Enveloppe {known.year} à renseigner{NBSP}: volet {known.strand.value}"
        detail = f"Aucun plafond n’est enregistré pour {known.year}{NBSP}: la consommation ne peut pas être jugée."
        yield _alert(known, Urgency.INFO, title, detail)


def _alert(known: Consumption, urgency: Urgency, title: str, detail: str, due_on: date | None = None) -> Alert:
    return Alert(urgency=urgency, title=title, detail=detail, rule=RULES[known.strand], due_on=due_on, page="budget")
