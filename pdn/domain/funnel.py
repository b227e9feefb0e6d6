"""How far each structure is on the way to a convention (R5): computed from its dates and its conventions."""

from datetime import date
from enum import StrEnum

from pdn.domain.agreement import Agreement
from pdn.domain.agreement_status import IN_FORCE, PENDING, signature_facts, status_ignoring_notice
from pdn.domain.structure import Structure
from pdn.schema import Dataset


class FunnelStep(StrEnum):
    """The steps, in order; the last one is the way out."""

    SPOTTED = "repérée"
    CONTACTED = "contactée"
    INTERESTED = "intéressée"
    SIGNING = "convention en signature"
    AGREED = "conventionnée"
    LEFT = "sortie"


def funnel_step(structure: Structure, data: Dataset, today: date) -> FunnelStep | None:
    """The step of a structure on a day (R5); None if nobody knew of it yet.

    A structure is out from the day that it left, or once all its conventions have ended with none on the way. A
    structure with no date at all is taken as spotted, since it is in the list.
    """
    if structure.left_on is not None and structure.left_on <= today:
        return FunnelStep.LEFT
    dated = _dated_step(structure, today)
    statuses = {
        status_ignoring_notice(agreement, data, today)
        for agreement in data.where(Agreement, "structure_id", structure.id)
        if _known(agreement, dated, today)
    }
    if statuses & IN_FORCE:
        return FunnelStep.AGREED
    if statuses & PENDING:
        return FunnelStep.SIGNING
    return FunnelStep.LEFT if statuses else dated


def structures_by_step(data: Dataset, today: date) -> dict[FunnelStep, tuple[Structure, ...]]:
    """The structures at each step on a day; every step is there, in order."""
    groups: dict[FunnelStep, list[Structure]] = {step: [] for step in FunnelStep}
    for structure in data.live(Structure):
        step = funnel_step(structure, data, today)
        if step is not None:
            groups[step].append(structure)
    return {step: tuple(group) for step, group in groups.items()}


def funnel_counts(data: Dataset, today: date) -> dict[FunnelStep, int]:
    """How many structures stand at each step on a day; every step is there, in order."""
    return {step: len(structures) for step, structures in structures_by_step(data, today).items()}


def _dated_step(structure: Structure, today: date) -> FunnelStep | None:
    dates = {
        FunnelStep.INTERESTED: structure.interested_on,
        FunnelStep.CONTACTED: structure.contacted_on,
        FunnelStep.SPOTTED: structure.spotted_on,
    }
    for step, reached_on in dates.items():
        if reached_on is not None and reached_on <= today:
            return step
    return None if any(dates.values()) else FunnelStep.SPOTTED


def _known(agreement: Agreement, dated: FunnelStep | None, today: date) -> bool:
    """Whether a convention existed on a day.

    One that nothing was done about yet bears no date: it counts as soon as its structure is known.
    """
    facts = signature_facts(agreement)
    return min(facts) <= today if facts else dated is not None
