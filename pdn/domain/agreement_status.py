"""Where a convention stands on a day (R26): computed from its dated facts, never stored."""

from datetime import date, timedelta

from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

IN_FORCE = frozenset({AgreementStatus.IN_FORCE, AgreementStatus.TO_RENEW})
"""The convention binds today."""

PENDING = frozenset({AgreementStatus.TO_PREPARE, AgreementStatus.BEING_SIGNED, AgreementStatus.UPCOMING})
"""The convention does not bind yet."""

ENDED = frozenset({AgreementStatus.EXPIRED, AgreementStatus.TERMINATED})
"""The convention binds no more."""


def amendments_of(agreement: Agreement, data: Dataset) -> tuple[Amendment, ...]:
    """The convention's amendments by date; those without a date come last."""
    found = data.where(Amendment, "agreement_id", agreement.id) if agreement.id else ()
    return tuple(sorted(found, key=lambda amendment: (amendment.signed_on or date.max, amendment.id)))


def end_of(agreement: Agreement, data: Dataset, today: date) -> date | None:
    """The last day of a convention, as the amendments signed by `today` leave it; None where it has no end."""
    ends = [amendment.new_end for amendment in _signed_amendments(agreement, data, today) if amendment.new_end]
    return ends[-1] if ends else agreement.ends_on


def promeneurs_covered(agreement: Agreement, data: Dataset, today: date) -> int | None:
    """How many Promeneurs a convention provides for, as the amendments signed by `today` leave it."""
    counts = [
        amendment.new_promeneurs_covered
        for amendment in _signed_amendments(agreement, data, today)
        if amendment.new_promeneurs_covered is not None
    ]
    return counts[-1] if counts else agreement.promeneurs_covered


def signed_on(agreement: Agreement) -> date | None:
    """The day of the later of the two signatures; None until both parties have signed."""
    if agreement.caf_signed_on is None or agreement.structure_signed_on is None:
        return None
    return max(agreement.caf_signed_on, agreement.structure_signed_on)


def start_of(agreement: Agreement) -> date | None:
    """The first day of a convention: the date of effect or, without one, the day when both had signed."""
    return agreement.starts_on or signed_on(agreement)


def status_ignoring_notice(agreement: Agreement, data: Dataset, today: date) -> AgreementStatus:
    """Where a convention stands, whatever the notice period: « à renouveler » is still « en vigueur » here (R26).

    Facts dated after `today` are not known yet, so that any past day can be asked about.
    """
    forced = _forced_status(agreement, today)
    if forced is not None:
        return forced
    end = end_of(agreement, data, today)
    if agreement.terminated_on is not None and agreement.terminated_on <= today:
        return AgreementStatus.TERMINATED
    if end is not None and end < today:
        return AgreementStatus.EXPIRED
    signed = signed_on(agreement)
    if signed is not None and signed <= today:
        start = start_of(agreement)
        return AgreementStatus.UPCOMING if start and start > today else AgreementStatus.IN_FORCE
    started = any(fact <= today for fact in signature_facts(agreement))
    return AgreementStatus.BEING_SIGNED if started else AgreementStatus.TO_PREPARE


def agreement_status(agreement: Agreement, data: Dataset, settings: Settings, today: date) -> AgreementStatus:
    """Where a convention stands on a day (R26).

    « À renouveler » begins `notice_days` before the end, the last day included, and lasts until a renewing convention
    (`renews_id`) is signed by both: while the renewal is only being prepared or signed, there is still work to do.
    « Signée, à venir » is neither in signature nor in force: both have signed, the date of effect is still ahead.
    """
    status = status_ignoring_notice(agreement, data, today)
    if status is not AgreementStatus.IN_FORCE or _forced_status(agreement, today) is not None:
        return status
    end = end_of(agreement, data, today)
    if end is None or (end - today).days > (settings.notice_days or 0) or is_renewed(agreement, data, today):
        return status
    return AgreementStatus.TO_RENEW


def renewals_of(agreement: Agreement, data: Dataset) -> tuple[Agreement, ...]:
    """The conventions that say they renew this one."""
    return data.where(Agreement, "renews_id", agreement.id) if agreement.id else ()


def is_renewed(agreement: Agreement, data: Dataset, today: date) -> bool:
    """Whether a renewing convention is signed by both parties, in force or still to begin."""
    secured = IN_FORCE | {AgreementStatus.UPCOMING}
    return any(status_ignoring_notice(renewal, data, today) in secured for renewal in renewals_of(agreement, data))


def agreement_in_force(structure_id: str, data: Dataset, today: date) -> Agreement | None:
    """The convention that binds a structure on a day; the latest begun where several do."""
    if not structure_id:
        return None
    binding = [
        agreement
        for agreement in data.where(Agreement, "structure_id", structure_id)
        if status_ignoring_notice(agreement, data, today) in IN_FORCE
    ]
    return max(binding, key=lambda agreement: start_of(agreement) or date.min, default=None)


def expiring(data: Dataset, settings: Settings, today: date, horizon_days: int) -> tuple[Agreement, ...]:
    """The conventions in force that end within a horizon without a signed renewal, the next to end first (R26)."""
    limit = today + timedelta(days=horizon_days)
    found = []
    for agreement in data.live(Agreement):
        end = end_of(agreement, data, today)
        if (
            end is not None
            and today <= end <= limit
            and agreement_status(agreement, data, settings, today) in IN_FORCE
            and not is_renewed(agreement, data, today)
        ):
            found.append((end, agreement.number, agreement.id, agreement))
    return tuple(entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1]))


def lapsed(data: Dataset, today: date) -> tuple[Agreement, ...]:
    """The last conventions that ended with nothing after them, of structures that did not leave; the latest end first.

    Their Promeneurs are not active any more (R1): the convention is to be renewed, or the leaving to be dated.
    """
    found = []
    for structure in data.live(Structure):
        if structure.left_on is not None and structure.left_on <= today:
            continue
        agreements = data.where(Agreement, "structure_id", structure.id)
        statuses = {agreement.id: status_ignoring_notice(agreement, data, today) for agreement in agreements}
        if not agreements or not ENDED.issuperset(statuses.values()):
            continue
        last = max(agreements, key=lambda agreement: (_last_day(agreement, data, today), agreement.id))
        if statuses[last.id] is AgreementStatus.EXPIRED:
            found.append(last)
    return tuple(sorted(found, key=lambda agreement: (_last_day(agreement, data, today), agreement.id), reverse=True))


def signature_facts(agreement: Agreement) -> tuple[date, ...]:
    """The dates of what was done towards the signature."""
    dates = (agreement.sent_on, agreement.caf_signed_on, agreement.structure_signed_on)
    return tuple(fact for fact in dates if fact is not None)


def _last_day(agreement: Agreement, data: Dataset, today: date) -> date:
    return agreement.terminated_on or end_of(agreement, data, today) or date.min


def _signed_amendments(agreement: Agreement, data: Dataset, today: date) -> tuple[Amendment, ...]:
    return tuple(
        amendment
        for amendment in amendments_of(agreement, data)
        if amendment.signed_on is not None and amendment.signed_on <= today
    )


def _forced_status(agreement: Agreement, today: date) -> AgreementStatus | None:
    """The status that somebody imposed with a reason.

    It bears no date: it counts from the convention's own first date on, so that it does not rewrite the years before.
    """
    if agreement.forced_status is None or not agreement.forced_reason.strip():
        return None
    dates = [*signature_facts(agreement), *((agreement.starts_on,) if agreement.starts_on else ())]
    return agreement.forced_status if not dates or min(dates) <= today else None
