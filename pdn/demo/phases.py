"""The deployment in phases, spread from October 2018 to the year of today, and their milestones (R39, R40)."""

from datetime import date, timedelta

from pdn.demo.chance import Ids, dice
from pdn.demo.days import month_end, month_start, months_between, working_day
from pdn.demo.steering import COORDINATION_STARTS
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.schema import labelled

PHASES = 4
TARGETS = (18, 16, 20, 18)
NOTES = (
    "Phase de lancement : structures volontaires repérées par l’état des lieux.",
    "Objectif non atteint : plusieurs recrutements reportés, 13 Promeneurs sur 16.",
    "Élargissement au Médoc, au Bassin d’Arcachon et au Sud-Gironde.",
    "Phase en cours : relais dans les territoires encore peu couverts.",
)
SCHOOL_YEAR_TURNS, PHASE_STARTS = 7, 10
LAST_PHASE_MONTHS = 24


def phases(ids: Ids, today: date) -> tuple[DeploymentPhase, ...]:
    """Four phases (fewer in the first years): the last one is under way on any day, and moves once a year, in July."""
    year = today.year if today.month >= SCHOOL_YEAR_TURNS else today.year - 1
    count = max(1, min(PHASES, year - COORDINATION_STARTS.year))
    last_start = max(COORDINATION_STARTS, date(year - 1, PHASE_STARTS, 1))
    step = months_between(COORDINATION_STARTS, last_start) / max(1, count - 1)
    starts = [month_start(COORDINATION_STARTS, round(step * index)) for index in range(count)]
    ends = [month_end(start, -1) for start in starts[1:]]
    ends.append(month_end(last_start, LAST_PHASE_MONTHS - 1))
    return tuple(
        labelled(
            DeploymentPhase(
                id=ids.new(DeploymentPhase, min(start, today), index),
                name=f"Phase {index + 1}",
                starts_on=start,
                planned_end=end,
                target=TARGETS[index],
                notes=NOTES[index],
            )
        )
        for index, (start, end) in enumerate(zip(starts, ends, strict=True))
    )


STEPS = (
    ("lancement et réunion d’information des structures", 0.04, 6),
    ("la moitié de l’objectif atteinte", 0.42, 35),
    ("bilan intermédiaire présenté à l’instance projet", 0.55, 10),
    ("objectif de Promeneurs atteint", 0.92, 50),
)
"""What happens in a phase, at what part of it, and how many days late at most."""


def milestones(phases: tuple[DeploymentPhase, ...], ids: Ids, seed: int, today: date) -> tuple[Milestone, ...]:
    """Those of each phase, and those of the whole scheme; some reached late, one late still, one missed."""
    made = [
        _milestone(
            "Coordination installée, premier comité avec les institutions", None, date(2018, 10, 16), 0, ids, today
        ),
        _milestone("Charte départementale signée par les institutions", None, date(2018, 12, 11), 43, ids, today),
        _milestone("Volet formation et supervision ouvert", None, date(2019, 3, 4), 1, ids, today),
        _milestone("Annuaire départemental en ligne", None, date(2019, 6, 28), 80, ids, today),
    ]
    for number, phase in enumerate(phases, start=1):
        length = ((phase.planned_end or today) - (phase.starts_on or today)).days
        for step, (name, share, latest) in enumerate(STEPS):
            planned = working_day((phase.starts_on or today) + timedelta(days=round(length * share)))
            late = dice(seed, "milestone", number, step).randint(-4, latest)
            missed = number == 2 and step == len(STEPS) - 1  # noqa: PLR2004 - the phase that reached only 13
            made.append(_milestone(f"{phase.name} : {name}", phase, planned, None if missed else late, ids, today))
    overdue, coming = month_start(today, -1) + timedelta(days=9), month_start(today, 1) + timedelta(days=13)
    made.append(_milestone("Nouvelle version de la charte validée", phases[-1], working_day(overdue), None, ids, today))
    made.append(_milestone("Bilan annuel remis aux institutions", phases[-1], working_day(coming), None, ids, today))
    return tuple(sorted(made, key=lambda milestone: milestone.planned_on or today))


def _milestone(
    name: str, phase: DeploymentPhase | None, planned: date, late: int | None, ids: Ids, today: date
) -> Milestone:
    """A milestone reached so many days late; None is never."""
    reached = None if late is None else working_day(planned + timedelta(days=late))
    return Milestone(
        id=ids.new(Milestone, (phase.starts_on if phase else None) or COORDINATION_STARTS, name),
        name=name,
        phase_id=phase.id if phase else "",
        planned_on=planned,
        reached_on=reached if reached and reached <= today else None,
    )
