"""Alerts on conventions: to renew, waiting for a signature, ended while Promeneurs are still there (R1, R26)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from pdn.domain.activity import ActivityState, activity
from pdn.domain.agreement import Agreement, AgreementStatus
from pdn.domain.agreement_status import ENDED, agreement_in_force, agreement_status, end_of, start_of
from pdn.domain.alerts.alert import Alert, Urgency, about
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.french import NBSP, count, day, listing, number, plural
from pdn.schema import Dataset

PRESENT = frozenset({ActivityState.ACTIVE, ActivityState.INCOMPLETE})


def agreement_alerts(data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    """Every alert on conventions."""
    for agreement in data.live(Agreement):
        status = agreement_status(agreement, data, settings, today)
        if status is AgreementStatus.TO_RENEW:
            yield _to_renew(agreement, data, today)
        elif status is AgreementStatus.BEING_SIGNED:
            yield from _waiting(agreement, data, settings, today)
    present: dict[str, int] = defaultdict(int)
    for promeneur in data.live(Promeneur):
        if activity(promeneur, data, today).state in PRESENT:
            present[promeneur.structure_id] += 1
    for structure_id, promeneurs in present.items():
        structure = data.get(Structure, structure_id)
        if structure is not None and agreement_in_force(structure_id, data, today) is None:
            yield _uncovered(structure, promeneurs, data, settings, today)


def _to_renew(agreement: Agreement, data: Dataset, today: date) -> Alert:
    end = end_of(agreement, data, today)
    left = f", dans {count((end - today).days, 'jour')}" if end and end > today else ""
    when = f"fin le {day(end)}{left}" if end else "à renouveler"
    return about(
        agreement,
        Urgency.SOON,
        f"Convention à renouveler{NBSP}: {_structure(agreement, data)}",
        f"Convention {agreement.title}{NBSP}: {when}, sans suite signée.",
        "R26",
        end,
    )


def _waiting(agreement: Agreement, data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    """A convention sent longer ago than the delay of the settings, and who has not signed it."""
    if agreement.sent_on is None or settings.signing_days is None:
        return
    due = agreement.sent_on + timedelta(days=settings.signing_days)
    if due >= today:
        return
    missing = [
        name
        for name, signed in (("la Caf", agreement.caf_signed_on), ("la structure", agreement.structure_signed_on))
        if signed is None or signed > today
    ]
    yield about(
        agreement,
        Urgency.OVERDUE,
        f"Signature en attente{NBSP}: {_structure(agreement, data)}",
        f"La convention {agreement.title} a été transmise le {day(agreement.sent_on)}, il y a "
        f"{count((today - agreement.sent_on).days, 'jour')}{NBSP}: {listing(missing)} "
        f"{'n’a' if len(missing) == 1 else 'n’ont'} pas signé.",
        "R26",
        due,
    )


def _uncovered(structure: Structure, promeneurs: int, data: Dataset, settings: Settings, today: date) -> Alert:
    """Promeneurs in a structure that no convention binds: the last one ended, the next one waits, or none was made."""
    there = f"{number(promeneurs)}{NBSP}{plural(promeneurs, 'Promeneur y est', 'Promeneurs y sont')}"
    of_structure = data.where(Agreement, "structure_id", structure.id)
    statuses = [(agreement_status(each, data, settings, today), each) for each in of_structure]
    pending = [(status, each) for status, each in statuses if status not in ENDED]
    ended = [
        (end_of(each, data, today) or date.min, each.id, status, each) for status, each in statuses if status in ENDED
    ]
    for status, agreement in pending:
        if status is AgreementStatus.UPCOMING:
            start = start_of(agreement)
            detail = f"La convention {agreement.title} est signée et prend effet le {day(start)}{NBSP}; {there} déjà."
            title = f"Convention bientôt en vigueur{NBSP}: {structure.title}"
            return about(agreement, Urgency.INFO, title, detail, "R1", start)
    if ended:
        end, _, status, agreement = max(ended, key=lambda each: each[:2])
        ended_on = agreement.terminated_on if status is AgreementStatus.TERMINATED else end
        dated = f" depuis le {day(ended_on)}" if ended_on not in {None, date.min} else ""
        follow_up = f" La suite est {pending[0][0].value}." if pending else ""
        return about(
            agreement,
            Urgency.OVERDUE,
            f"Convention {status.value}{NBSP}: {structure.title}",
            f"Convention {agreement.title} {status.value}{dated}{NBSP}; {there} encore.{follow_up}",
            "R26",
            ended_on if dated else None,
        )
    if pending:
        status, agreement = pending[0]
        detail = f"La convention {agreement.title} est {status.value}{NBSP}; {there} déjà."
        return about(agreement, Urgency.SOON, f"Convention à conclure{NBSP}: {structure.title}", detail, "R1")
    detail = f"Aucune convention n’est enregistrée pour cette structure{NBSP}; {there} pourtant."
    return about(structure, Urgency.OVERDUE, f"Sans convention{NBSP}: {structure.title}", detail, "R1")


def _structure(agreement: Agreement, data: Dataset) -> str:
    return data.title(Structure, agreement.structure_id, empty=f"convention {agreement.title}")
