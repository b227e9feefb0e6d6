"""Which rules look at a record before it is saved: one line per record type."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pdn.domain.finding import Finding
from pdn.domain.settings import Settings
from pdn.schema import Dataset, Record

Check = Callable[[Any, Dataset, Settings, date], tuple[Finding, ...]]
"""(record as it would be saved, data, settings, today) -> findings; it says nothing of what is right."""

CHECKS: Mapping[type[Record], tuple[Check, ...]] = {}


def check(record: Record, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:
    """What the rules have to say of a record before it is saved; refusals first."""
    findings = [finding for rule in CHECKS.get(type(record), ()) for finding in rule(record, data, settings, today)]
    return tuple(sorted(findings, key=lambda finding: not finding.blocking))
