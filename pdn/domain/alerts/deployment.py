"""Alerts on the deployment: phases under their objective or over the range, milestones late or near (R39, R40)."""

from collections.abc import Iterator
from datetime import date

from pdn.domain.alerts.alert import Alert, Urgency, about
from pdn.domain.deployment import (
    PhaseGauge,
    PhasePeriod,
    RangeLevel,
    TargetLevel,
    phase_gauge,
    phase_gauges,
)
from pdn.domain.milestones import MilestoneState, milestones
from pdn.domain.settings import Settings
from pdn.french import NBSP, count, day, number
from pdn.schema import Dataset


def deployment_alerts(data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    """Every alert on phases and milestones."""
    gauges = phase_gauges(data, settings, today)
    for index, gauge in enumerate(gauges):
        followed = any(later.period in {PhasePeriod.RUNNING, PhasePeriod.ENDED} for later in gauges[index + 1 :])
        yield from _phase(gauge, data, settings, today, followed=followed)
    yield from _milestones(data, settings, today)


def _phase(gauge: PhaseGauge, data: Dataset, settings: Settings, today: date, *, followed: bool) -> Iterator[Alert]:
    phase, end = gauge.phase, gauge.phase.planned_end
    if gauge.range_level is RangeLevel.OVER:
        detail = f"{count(gauge.count, 'Promeneur')} pour une fourchette de {number(gauge.low)} à {number(gauge.high)}."
        yield about(phase, Urgency.INFO, f"{phase.title} au-dessus de la fourchette", detail, "R39")
    if gauge.target_level is not TargetLevel.UNDER or end is None:
        return
    if gauge.period is PhasePeriod.ENDED:
        # Who left since its end is no failure of the phase: it is judged by the day it ended.
        at_end = phase_gauge(phase, data, settings, end)
        if at_end.target_level is TargetLevel.UNDER:
            detail = f"Terminée le {day(end)} à {at_end.words}. Aujourd’hui{NBSP}: {number(gauge.count)}."
            urgency = Urgency.INFO if followed else Urgency.OVERDUE
            yield about(phase, urgency, f"{phase.title} terminée sous l’objectif", detail, "R39", end)
    elif gauge.period is PhasePeriod.RUNNING and (end - today).days <= (settings.milestone_notice_days or 0):
        detail = f"{gauge.words}, et la phase se termine le {day(end)}."
        yield about(phase, Urgency.SOON, f"{phase.title} bientôt terminée", detail, "R39", end)


def _milestones(data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    for standing in milestones(data, today):
        milestone, planned = standing.milestone, day(standing.milestone.planned_on)
        if standing.days is None:
            continue
        if standing.state is MilestoneState.LATE:
            detail = f"Prévu le {planned}, il y a {count(standing.days, 'jour')}."
            title = f"Jalon en retard{NBSP}: {milestone.title}"
            yield about(milestone, Urgency.OVERDUE, title, detail, "R40", milestone.planned_on)
        elif standing.state is MilestoneState.COMING and standing.days <= (settings.milestone_notice_days or 0):
            when = f"dans {count(standing.days, 'jour')}" if standing.days else "aujourd’hui"
            title = f"Jalon à venir{NBSP}: {milestone.title}"
            yield about(milestone, Urgency.SOON, title, f"Prévu le {planned}, {when}.", "R40", milestone.planned_on)
