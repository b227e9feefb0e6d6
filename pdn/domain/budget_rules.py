"""What a budget line or an envelope may be: looked at before saving, mostly to warn (R43–R45)."""

import dataclasses
from datetime import date
from decimal import Decimal

from pdn.domain.budget_line import BudgetLine, Strand
from pdn.domain.consumption import ZERO, Consumption, consumption, to_pay
from pdn.domain.envelope import Envelope
from pdn.domain.finding import Finding
from pdn.domain.settings import Settings
from pdn.french import day, euros
from pdn.schema import Dataset

AMOUNTS = {"planned": "prévu", "committed": "engagé", "spent": "réalisé"}


def check_budget_line(line: BudgetLine, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:
    """What the rules have to say of a line about to be saved: warnings only, because accounts hold exceptions."""
    if line.archived:
        return ()
    return (*_check_amounts(line), *_check_date(line, today), *_check_envelope_holds(line, data, settings, today))


def check_envelope(envelope: Envelope, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - the signature of a check
    """What the rules have to say of an envelope: no negative one, and one only for a year and strand."""
    findings = []
    if envelope.amount is not None and envelope.amount < 0:
        findings.append(Finding(message="Un plafond ne peut pas être négatif.", field="amount", rule="R43–R44"))
    twins = [
        row
        for row in data.where(Envelope, "year", envelope.year)
        if row.strand is envelope.strand and row.id != envelope.id
    ]
    if twins and envelope.year is not None and envelope.strand is not None:
        message = (
            f"Le volet {envelope.strand.value} a déjà une enveloppe en {envelope.year} "
            f"({euros(twins[0].amount)})\u00a0: modifiez celle-ci."
        )
        findings.append(Finding(message=message, field="year", rule="R43–R44"))
    return tuple(findings)


def _check_amounts(line: BudgetLine) -> list[Finding]:
    findings = []
    if line.planned is None and line.committed is None and line.spent is None:
        findings.append(_warning("Aucun montant n’est saisi\u00a0: la ligne ne comptera dans aucun total.", "planned"))
    findings += [
        _warning(f"Le montant {name} est négatif\u00a0: est-ce bien un avoir ou un remboursement\u00a0?", field)
        for field, name in AMOUNTS.items()
        if (getattr(line, field) or ZERO) < 0
    ]
    if line.planned is not None and (line.spent or ZERO) > line.planned:
        findings.append(
            _warning(f"Le réalisé ({euros(line.spent)}) dépasse le prévu de la ligne ({euros(line.planned)}).", "spent")
        )
    return findings


def _check_date(line: BudgetLine, today: date) -> list[Finding]:
    if line.dated_on is None:
        if line.spent is None:
            return []
        return [_warning("Un montant réalisé sans date compte dans les totaux, mais pas sur la courbe.", "dated_on")]
    findings = []
    if line.year is not None and line.dated_on.year != line.year:
        findings.append(_warning(f"La date ({day(line.dated_on)}) n’est pas dans l’exercice {line.year}.", "dated_on"))
    if line.spent is not None and line.dated_on > today:
        findings.append(
            _warning(f"Un montant réalisé au {day(line.dated_on)}\u00a0: cette date est à venir.", "dated_on")
        )
    return findings


def _check_envelope_holds(line: BudgetLine, data: Dataset, settings: Settings, today: date) -> list[Finding]:
    """Warn where this line takes its strand past its own envelope; one that was past it without it stays silent."""
    if line.year is None or line.strand is None or line.account is None or not line.account.is_expense:
        return []
    stored = data.get(BudgetLine, line.id) if line.id else None
    if stored == line:
        return []  # it adds nothing to the totals; summing them for each line of a year would be long
    known = consumption(data, settings, line.year, line.strand, today)
    before = _share_in(stored, known) if stored else dataclasses.replace(line, planned=None, committed=None, spent=None)
    spend = _due(line) - _due(before)
    plan = (line.planned or ZERO) - (before.planned or ZERO)
    if not spend and not plan:
        return []
    if known.envelope is None:
        return [
            _warning(
                f"Aucune enveloppe n’est enregistrée pour le volet {line.strand.value} en {line.year}\u00a0: "
                "ajoutez-la dans les paramètres.",
                "year",
            )
        ]
    findings = []
    if spend > 0 and known.due + spend > known.envelope:
        findings.append(_past("Cette dépense porterait", known, known.due + spend, "de payé et à payer"))
    if plan > 0 and known.planned + plan > known.envelope:
        findings.append(_past("Cette ligne porterait", known, known.planned + plan, "de prévu"))
    return findings


def _share_in(stored: BudgetLine, known: Consumption) -> BudgetLine:
    """The stored line if the strand's totals hold it, otherwise the same without amounts."""
    held = (
        not stored.archived
        and stored.year == known.year
        and stored.strand is known.strand
        and stored.account is not None
        and stored.account.is_expense
    )
    return stored if held else dataclasses.replace(stored, planned=None, committed=None, spent=None)


def _due(line: BudgetLine) -> Decimal:
    return (line.spent or ZERO) + to_pay(line)


def _past(opening: str, known: Consumption, reached: Decimal, what: str) -> Finding:
    envelope = known.envelope or ZERO
    message = (
        f"{opening} le volet {known.strand.value} {known.year} à {euros(reached)} {what}, "
        f"au-dessus de son enveloppe de {euros(envelope)} ({known.funded.describe()})\u00a0: "
        f"{euros(reached - envelope)} de trop. L’autre volet ne peut pas le couvrir."
    )
    return Finding(message=message, blocking=False, rule="R44" if known.strand is Strand.TRAINING else "R43")


def _warning(message: str, field: str) -> Finding:
    return Finding(message=message, field=field, blocking=False)
