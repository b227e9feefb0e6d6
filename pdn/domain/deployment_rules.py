"""What a phase or a milestone may be (R39, R40): its dates in order, its objective in the range."""

from datetime import date

from pdn.domain.finding import Finding
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.domain.settings import Settings
from pdn.french import NBSP, day, number
from pdn.schema import Dataset


def check_phase(phase: DeploymentPhase, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - the signature of a check
    """What the rules have to say of a phase about to be saved: the range warns, it never refuses (R39)."""
    findings = []
    if phase.starts_on is not None and phase.planned_end is not None and phase.planned_end < phase.starts_on:
        findings.append(
            Finding(
                message=f"La phase finirait le {day(phase.planned_end)}, avant de commencer le {day(phase.starts_on)}"
                f"{NBSP}: inversez ou corrigez les dates.",
                field="planned_end",
                rule="R40",
            )
        )
    low, high = settings.phase_min, settings.phase_max
    if phase.target is not None and low is not None and high is not None and not low <= phase.target <= high:
        findings.append(
            Finding(
                message=f"Le cahier des charges prévoit des phases de {number(low)} à {number(high)} "
                f"Promeneurs{NBSP}: un objectif de {number(phase.target)} s’en écarte.",
                field="target",
                blocking=False,
                rule="R39",
            )
        )
    return tuple(findings)


def check_milestone(milestone: Milestone, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - the signature of a check
    """What the rules have to say of a milestone about to be saved: it is not reached before the day comes (R40)."""
    if milestone.reached_on is None or milestone.reached_on <= today:
        return ()
    message = (
        f"Un jalon ne peut pas être atteint dans l’avenir{NBSP}: nous sommes le {day(today)}. "
        "Laissez « Atteint le » vide, ou indiquez un jour passé."
    )
    return (Finding(message=message, field="reached_on", rule="R40"),)
