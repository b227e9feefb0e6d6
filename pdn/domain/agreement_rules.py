"""What is looked at before a convention or an amendment is saved (R26)."""

from collections.abc import Iterator
from datetime import date, timedelta

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.agreement_status import IN_FORCE, end_of, signature_facts, signed_on, start_of
from pdn.domain.finding import Finding
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.french import NBSP, day
from pdn.schema import Dataset

RULE = "R26"


def check_agreement(
    agreement: Agreement,
    data: Dataset,
    settings: Settings,  # noqa: ARG001 - every check takes the same
    today: date,
) -> tuple[Finding, ...]:
    """The refusals and warnings on a convention as it would be saved."""
    return (
        *_check_dates(agreement, today),
        *_check_termination(agreement),
        *_check_content(agreement),
        *_check_renewal(agreement, data),
        *_check_overlap(agreement, data, today),
    )


def check_amendment(
    amendment: Amendment,
    data: Dataset,
    settings: Settings,  # noqa: ARG001 - every check takes the same
    today: date,  # noqa: ARG001 - every check takes the same
) -> tuple[Finding, ...]:
    """The refusals and warnings on an amendment as it would be saved."""
    agreement = data.get(Agreement, amendment.agreement_id)
    start = start_of(agreement) if agreement else None
    findings = []
    if start and amendment.new_end and amendment.new_end < start:
        findings.append(
            Finding(
                message=f"La nouvelle date de fin ({day(amendment.new_end)}) précède la date d’effet "
                f"de la convention ({day(start)}).",
                field="new_end",
                rule=RULE,
            )
        )
    signed = signed_on(agreement) if agreement else None
    if signed and amendment.signed_on and amendment.signed_on < signed:
        findings.append(
            Finding(
                message=f"L’avenant est daté du {day(amendment.signed_on)}, avant la signature de la convention "
                f"({day(signed)}){NBSP}: vérifiez les deux dates.",
                field="signed_on",
                blocking=False,
                rule=RULE,
            )
        )
    if amendment.new_promeneurs_covered == 0:
        findings.append(_covers_nobody("new_promeneurs_covered", "L’avenant"))
    return tuple(findings)


def _check_dates(agreement: Agreement, today: date) -> Iterator[Finding]:
    if agreement.starts_on and agreement.ends_on and agreement.ends_on < agreement.starts_on:
        yield Finding(
            message=f"La convention finirait le {day(agreement.ends_on)}, avant sa date d’effet du "
            f"{day(agreement.starts_on)}.",
            field="ends_on",
            rule=RULE,
        )
    for field, who in (("caf_signed_on", "La Caf"), ("structure_signed_on", "La structure")):
        signed: date | None = getattr(agreement, field)
        if signed and agreement.sent_on and signed < agreement.sent_on:
            yield Finding(
                message=f"{who} aurait signé le {day(signed)}, avant l’envoi du {day(agreement.sent_on)}"
                f"{NBSP}: vérifiez les deux dates.",
                field=field,
                blocking=False,
                rule=RULE,
            )
        if signed and signed > today:
            yield Finding(
                message=f"La signature du {day(signed)} est à venir{NBSP}: elle ne comptera qu’à partir de ce jour.",
                field=field,
                blocking=False,
                rule=RULE,
            )


def _check_termination(agreement: Agreement) -> Iterator[Finding]:
    facts = signature_facts(agreement)
    if agreement.terminated_on and facts and agreement.terminated_on < min(facts):
        yield Finding(
            message=f"La convention serait résiliée le {day(agreement.terminated_on)}, avant d’avoir été transmise ou "
            f"signée ({day(min(facts))}){NBSP}: vérifiez les dates.",
            field="terminated_on",
            blocking=False,
            rule=RULE,
        )


def _check_content(agreement: Agreement) -> Iterator[Finding]:
    if agreement.promeneurs_covered == 0:
        yield _covers_nobody("promeneurs_covered", "La convention")
    if agreement.forced_status is not None and not agreement.forced_reason.strip():
        yield Finding(
            message=f"Un statut imposé demande son motif{NBSP}: sans lui, le statut reste celui que donnent les dates.",
            field="forced_reason",
            rule=RULE,
        )


def _check_renewal(agreement: Agreement, data: Dataset) -> Iterator[Finding]:
    if not agreement.renews_id:
        return
    if agreement.renews_id == agreement.id:
        yield Finding(message="Une convention ne peut pas se renouveler elle-même.", field="renews_id", rule=RULE)
        return
    renewed = data.get(Agreement, agreement.renews_id)
    if renewed is None:
        return
    if renewed.structure_id != agreement.structure_id:
        holder = data.title(Structure, renewed.structure_id, empty="une autre structure")
        yield Finding(
            message=f"La convention {renewed.title} est celle d’une autre structure ({holder})"
            f"{NBSP}: on ne renouvelle que les conventions de la même structure.",
            field="renews_id",
            rule=RULE,
        )
    elif agreement.id and _leads_to(renewed, agreement.id, data):
        yield Finding(
            message=f"La convention {renewed.title} fait déjà suite à celle-ci{NBSP}: "
            "deux conventions ne peuvent pas se renouveler l’une l’autre.",
            field="renews_id",
            rule=RULE,
        )


def _leads_to(agreement: Agreement, wanted: str, data: Dataset) -> bool:
    """Whether going back from renewal to renewed comes to that id."""
    seen: set[str] = set()
    current: Agreement | None = agreement
    while current is not None and current.id not in seen:
        if current.renews_id == wanted:
            return True
        seen.add(current.id)
        current = data.get(Agreement, current.renews_id)
    return False


def _check_overlap(agreement: Agreement, data: Dataset, today: date) -> Iterator[Finding]:
    # What is being saved is not in the data yet: its own amendments are, by its id.
    period = _period(agreement, data, today)
    if period is None or not agreement.structure_id:
        return
    for other in data.where(Agreement, "structure_id", agreement.structure_id):
        held = _period(other, data, today) if other.id != agreement.id else None
        if held is None or max(held[0], period[0]) > min(held[1], period[1]):
            continue
        since = "" if held[0] == date.min else f"depuis le {day(held[0])}"
        until = "" if held[1] == date.max else f"jusqu’au {day(held[1])}"
        when = ", ".join(filter(None, (since, until)))
        yield Finding(
            message=f"La structure a déjà la convention {other.title} sur cette période"
            f"{f' ({when})' if when else ''}{NBSP}: vérifiez les dates, ou préparez un avenant.",
            field="starts_on",
            blocking=False,
            rule=RULE,
        )


def _period(agreement: Agreement, data: Dataset, today: date) -> tuple[date, date] | None:
    """The first and last day that a convention binds, `date.max` where it has no end; None where it does not bind.

    A status that somebody imposed with a reason says so whatever the dates.
    """
    forced = agreement.forced_status if agreement.forced_reason.strip() else None
    if (forced is not None and forced not in IN_FORCE) or (forced is None and signed_on(agreement) is None):
        return None
    last = end_of(agreement, data, today) or date.max
    if agreement.terminated_on is not None:
        last = min(last, agreement.terminated_on - timedelta(days=1))
    return start_of(agreement) or (date.max if forced is None else date.min), last


def _covers_nobody(field: str, subject: str) -> Finding:
    return Finding(
        message=f"{subject} ne couvre aucun Promeneur{NBSP}: indiquez leur nombre, ou laissez la case vide.",
        field=field,
        blocking=False,
        rule=RULE,
    )
