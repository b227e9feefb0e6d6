"""What is to mend in the sheets: cells that were not understood, and records that contradict each other (R25)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.attendance import Attendance
from pdn.domain.checks import CHECKS
from pdn.domain.finding import Finding
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.settings import Parameter, Settings, read_settings
from pdn.domain.settings_rules import check_settings
from pdn.domain.structure import Structure
from pdn.domain.workbooks import RECORD_TYPES, record_type_of
from pdn.french import NBSP, fold
from pdn.schema import Dataset, Problem, ProblemKind, Record
from pdn.schema.kinds import Reference

CORRECT = "Corrigez cette cellule."
CHECK = f"Vérifiez, et corrigez si ce n’est pas voulu{NBSP}: l’application le signale sans le refuser."
SAID_ELSEWHERE = frozenset({("attendance", "R34")})
"""The rules that say of each row what they say of another row already: a session names all of its newcomers."""

KEPT = 2
"""The readings whose answer is kept: the one that stands, and the one that takes its place."""


def to_mend(data: Dataset, settings: Settings, today: date) -> tuple[Problem, ...]:
    """All that is to mend, in the order of the tabs: what was not understood, then what contradicts."""
    order = {record_type.table.key: index for index, record_type in enumerate(RECORD_TYPES)}
    found = (*data.problems, *read_settings(data)[1], *inconsistencies(data, settings, today))
    return tuple(sorted(found, key=lambda problem: order.get(problem.table, len(order))))


def is_doubt(problem: Problem) -> bool:
    """Whether a rule only asks to look again: what it warns of may be meant."""
    return problem.kind is ProblemKind.RULE and problem.mend == CHECK


@lru_cache(maxsize=KEPT)
def inconsistencies(data: Dataset, settings: Settings, today: date) -> tuple[Problem, ...]:
    """Every finding of the rules on the records that are not archived, each at the address of its cell.

    A dataset never changes and is equal to itself alone: the answer is kept, so that the pages and alerts that ask
    again while a reading stands cost nothing, and one commit, which gives another dataset, makes it anew.
    """
    known = {(problem.table, problem.record_id, problem.field) for problem in data.problems}
    return tuple(
        _problem(data, record, finding)
        for record, finding in _findings(data, settings, today)
        if (record.table.key, record.id, finding.field) not in known
    )


def structures_of(problem: Problem, data: Dataset) -> frozenset[str]:
    """The ids of the structures that a problem concerns; none for a whole tab and for the workbook Pilotage."""
    if not problem.record_id or problem.table not in OWNERS:
        return frozenset()
    record = data.get(record_type_of(problem.table), problem.record_id)
    owners = OWNERS[problem.table](record, data) if record is not None else ()
    return frozenset(owner for owner in owners if owner and data.get(Structure, owner) is not None)


def folded_name(structure: Structure) -> str:
    """A structure's name as people compare it."""
    return fold(structure.name)


def _findings(data: Dataset, settings: Settings, today: date) -> Iterator[tuple[Record, Finding]]:
    for record_type in RECORD_TYPES:
        for rule in CHECKS.get(record_type, ()):
            for record in data.live(record_type):
                for finding in rule(record, data, settings, today):
                    if (record.table.key, finding.rule) not in SAID_ELSEWHERE:
                        yield record, finding
    for finding in check_settings(settings):
        yield Parameter(id=finding.field), Finding(message=finding.message, field="value", rule=finding.rule)


def _problem(data: Dataset, record: Record, finding: Finding) -> Problem:
    reading = data.reading(type(record))
    declared = record.table.by_field.get(finding.field)
    stored = data.get(type(record), record.id) or record
    return Problem(
        kind=ProblemKind.RULE,
        tab=reading.title if reading else record.table.tab,
        table=record.table.key,
        record_id=record.id,
        row=reading.rows.get(record.id) if reading else None,
        column=reading.columns.get(finding.field) if reading else None,
        header=declared.header if declared else "",
        field=finding.field,
        found=_shown(data, stored, finding.field),
        message=finding.message,
        mend=CORRECT if finding.blocking else CHECK,
    )


def _shown(data: Dataset, record: Record, field: str) -> str:
    """What stands in a field, as a person would recognise it; the record's name where the whole row is meant."""
    declared = record.table.by_field.get(field)
    if declared is None:
        return record.title
    value: Any = getattr(record, field)
    if isinstance(declared.kind, Reference):
        return data.title(record_type_of(declared.kind.target), value, empty="")
    return declared.kind.show(value)


def _of_promeneur(promeneur_id: str, data: Dataset) -> str:
    promeneur = data.get(Promeneur, promeneur_id)
    return promeneur.structure_id if promeneur else ""


def _of_agreement(agreement_id: str, data: Dataset) -> str:
    agreement = data.get(Agreement, agreement_id)
    return agreement.structure_id if agreement else ""


def _hosts(session: Session, data: Dataset) -> tuple[str, ...]:
    """The structures that bear the name of the place of a session."""
    if not session.place:
        return ()
    return tuple(structure.id for structure in data.alike(Structure, folded_name, fold(session.place)))


OWNERS: Mapping[str, Callable[[Any, Dataset], tuple[str, ...]]] = {
    Structure.table.key: lambda record, _: (record.id,),
    Promeneur.table.key: lambda record, _: (record.structure_id,),
    OnlineProfile.table.key: lambda record, data: (_of_promeneur(record.promeneur_id, data),),
    Agreement.table.key: lambda record, _: (record.structure_id,),
    Amendment.table.key: lambda record, data: (_of_agreement(record.agreement_id, data),),
    Session.table.key: _hosts,
    Attendance.table.key: lambda record, data: (_of_promeneur(record.promeneur_id, data),),
}
"""How a record leads to its structures; the tables that are not here are nobody's in particular."""
