"""The days that each convention spans, for a timeline (R26)."""

from dataclasses import dataclass
from datetime import date

from pdn.domain.agreement import Agreement, AgreementStatus
from pdn.domain.agreement_status import agreement_status, end_of, signature_facts, start_of
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.french import sort_key
from pdn.schema import Dataset


@dataclass(frozen=True, slots=True)
class AgreementSpan:
    """A convention as a bar.

    Attributes:
        agreement: The convention.
        starts_on: Its first day: of effect, else of what was first done about it.
        ends_on: Its last day, cut short where it was terminated; None where it has no end.
        status: Its status on the day asked about.
    """

    agreement: Agreement
    starts_on: date
    ends_on: date | None
    status: AgreementStatus


def timeline(data: Dataset, settings: Settings, today: date) -> tuple[AgreementSpan, ...]:
    """The spans of all conventions by structure, then by start; a convention without any date has none."""
    spans = [span for agreement in data.live(Agreement) if (span := _span(agreement, data, settings, today))]
    return tuple(
        sorted(
            spans,
            key=lambda span: (
                sort_key(data.title(Structure, span.agreement.structure_id)),
                span.starts_on,
                span.agreement.id,
            ),
        )
    )


def _span(agreement: Agreement, data: Dataset, settings: Settings, today: date) -> AgreementSpan | None:
    start = start_of(agreement) or min(signature_facts(agreement), default=None)
    if start is None:
        return None
    ends = [end for end in (end_of(agreement, data, today), agreement.terminated_on) if end is not None]
    end = max(start, min(ends)) if ends else None
    return AgreementSpan(agreement, start, end, agreement_status(agreement, data, settings, today))
