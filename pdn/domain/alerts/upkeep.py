"""Alerts on what the rules rest upon: missing settings, cells and rows that could not be read (R3, R36, R45)."""

from collections.abc import Iterator
from datetime import date

from pdn.domain.alerts.alert import Alert, Urgency
from pdn.domain.budget_line import Strand
from pdn.domain.quality import is_doubt, to_mend
from pdn.domain.settings import Coordinator, Settings
from pdn.french import NBSP, count, listing
from pdn.schema import Dataset, ProblemKind


def upkeep_alerts(data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    """Every alert on the settings and on the sheets themselves."""
    yield from _identity(settings)
    yield from _coordinator(data, today)
    yield from _strands(settings)
    yield from _problems(data, settings, today)


def _identity(settings: Settings) -> Iterator[Alert]:
    missing = [
        name
        for name, value in (
            ("le département", settings.departement_name),
            ("le nom de la coordination", settings.coordination_name),
            ("la structure porteuse", settings.host_name),
        )
        if not value
    ]
    if missing:
        yield _info(
            "Paramètres à compléter",
            f"Il manque {listing(missing)}, qui figurent sur les pages et les documents.",
            "R3",
        )


def _coordinator(data: Dataset, today: date) -> Iterator[Alert]:
    in_post = any(
        (person.from_on is None or person.from_on <= today) and (person.until_on is None or today <= person.until_on)
        for person in data.live(Coordinator)
    )
    if not in_post:
        detail = "Sans son nom, l’application ne peut pas vérifier qu’une supervision est menée par quelqu’un d’autre."
        yield _info("Aucun coordinateur en poste", detail, "R36")


def _strands(settings: Settings) -> Iterator[Alert]:
    for strand in Strand:
        if settings.strand_dates(strand)[0] is None:
            detail = "Sans cette date, l’enveloppe de la première année ne peut pas être proratisée."
            yield _info(f"Date de début à renseigner{NBSP}: volet {strand.value}", detail, "R45")


def _problems(data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    """One alert for all that is to correct: the page that it opens lists each cell."""
    problems = [problem for problem in to_mend(data, settings, today) if not is_doubt(problem)]
    if not problems:
        return
    first = problems[0]
    without_id = sum(problem.kind is ProblemKind.NO_ID for problem in problems)
    rows = f" Dont {count(without_id, 'ligne')} sans identifiant." if without_id else ""
    yield Alert(
        urgency=Urgency.INFO,
        title=f"{count(len(problems), 'point')} à corriger dans les feuilles",
        detail=f"Par exemple {first.address}{NBSP}: {first.message}{rows}",
        rule="R25",
        page="qualite",
    )


def _info(title: str, detail: str, rule: str) -> Alert:
    return Alert(urgency=Urgency.INFO, title=title, detail=detail, rule=rule, page="parametres")
