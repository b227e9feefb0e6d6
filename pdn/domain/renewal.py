"""Renewing a convention: the chain of those that follow one another, and the draft of the next (R26)."""

import calendar
from datetime import date, timedelta

from pdn.domain.agreement import Agreement
from pdn.domain.agreement_status import end_of, promeneurs_covered, renewals_of
from pdn.domain.settings import Settings
from pdn.schema import Dataset

MONTHS = 12


def months_later(start: date, months: int) -> date:
    """The same day some months later; the month's last day where it is shorter."""
    year, month = divmod(start.year * MONTHS + start.month - 1 + months, MONTHS)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def usual_end(start: date, settings: Settings) -> date | None:
    """The last day of a convention of the usual length; None where no length is set."""
    if settings.agreement_months is None:
        return None
    return months_later(start, settings.agreement_months) - timedelta(days=1)


def agreement_draft(settings: Settings, today: date) -> Agreement:
    """A new convention ready to be completed: from today, for the usual length."""
    return Agreement(starts_on=today, ends_on=usual_end(today, settings))


def renewal_draft(agreement: Agreement, data: Dataset, settings: Settings, today: date) -> Agreement:
    """A renewal ready to be completed: same structure, from the day after the end, for the usual length.

    Without an end, or when the end is past, it starts today: a convention is not made for days gone by. It has no id
    and no number: the coordination gives it its own.
    """
    end = end_of(agreement, data, today)
    start = max(end + timedelta(days=1), today) if end else today
    return Agreement(
        structure_id=agreement.structure_id,
        signatory=agreement.signatory,
        starts_on=start,
        ends_on=usual_end(start, settings),
        promeneurs_covered=promeneurs_covered(agreement, data, today),
        amount=agreement.amount,
        renews_id=agreement.id,
    )


def renewal_chain(agreement: Agreement, data: Dataset) -> tuple[Agreement, ...]:
    """The conventions that follow one another through this one, the oldest first; itself where it stands alone."""
    first = agreement
    seen = {agreement.id}
    while (before := data.get(Agreement, first.renews_id)) is not None and before.id not in seen:
        seen.add(before.id)
        first = before
    chain: dict[str, Agreement] = {}
    waiting = [first]
    while waiting:
        current = waiting.pop(0)
        if current.id not in chain:
            chain[current.id] = current
            waiting.extend(renewals_of(current, data))
    return tuple(sorted(chain.values(), key=lambda link: (link.starts_on or date.max, link.id)))
