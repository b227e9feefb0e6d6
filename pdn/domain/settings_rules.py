"""What settings have to agree on between themselves, and the dates of institutions and coordinators."""

from datetime import date

from pdn.domain.budget_line import Strand
from pdn.domain.finding import Finding
from pdn.domain.settings import Coordinator, Institution, Settings
from pdn.french import short_day
from pdn.schema import Dataset

Dated = Institution | Coordinator
STRAND_ENDS = {Strand.COORDINATION: "coordination_ends_on", Strand.TRAINING: "training_ends_on"}


def check_settings(settings: Settings) -> tuple[Finding, ...]:
    """What settings contradict: ends before beginnings, thresholds and bounds the wrong way round."""
    findings = []
    for strand, field in STRAND_ENDS.items():
        starts_on, ends_on = settings.strand_dates(strand)
        if starts_on and ends_on and ends_on < starts_on:
            message = (
                f"Le volet {strand.value} finit le {short_day(ends_on)}, avant son début ({short_day(starts_on)})."
            )
            findings.append(Finding(message=message, field=field, rule="R45"))
    warning, alert = settings.budget_warning_percent, settings.budget_alert_percent
    if warning is not None and alert is not None and alert < warning:
        message = "Le seuil d’alerte du budget est plus bas que le seuil d’attention."
        findings.append(Finding(message=message, field="budget_alert_percent"))
    least, most = settings.phase_min, settings.phase_max
    if least is not None and most is not None and most < least:
        message = "Une phase aurait moins de Promeneurs au plus qu’au moins."
        findings.append(Finding(message=message, field="phase_max", rule="R39"))
    return tuple(findings)


def check_dates(record: Dated, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - the signature of a check
    """Refuse a last day before the first."""
    if record.from_on and record.until_on and record.until_on < record.from_on:
        message = f"Le dernier jour ({short_day(record.until_on)}) est avant le premier ({short_day(record.from_on)})."
        return (Finding(message=message, field="until_on"),)
    return ()
