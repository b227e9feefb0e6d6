"""Mends that have one meaning: which problems they are for, and the changes that make them."""

import dataclasses
from collections.abc import Iterable

from pdn.schema import Dataset, Problem, ProblemKind, Record
from pdn.sheets.change import Change, Renaming

IDS = frozenset({ProblemKind.NO_ID, ProblemKind.COPIED_ID})


def can_mend(problem: Problem) -> bool:
    """Whether the app can mend a problem by itself, once a person asks for it."""
    if problem.kind is ProblemKind.COLUMN_MISSING:
        return bool(problem.suggestion)
    return problem.kind in IDS | {ProblemKind.UNTIDY, ProblemKind.ALIAS}


def mends(
    problems: Iterable[Problem], data: Dataset, record_types: Iterable[type[Record]]
) -> tuple[tuple[Change, ...], tuple[Renaming, ...]]:
    """The changes that mend these problems; those that can't be, and those already mended, are left out.

    Args:
        problems: What to mend.
        data: The data that they are about.
        record_types: The tables to mend in.
    """
    by_key = {record_type.table.key: record_type for record_type in record_types}
    changes: dict[tuple[str, str], Change] = {}
    renamings: list[Renaming] = []
    for problem in problems:
        record_type = by_key.get(problem.table)
        if record_type is None or not can_mend(problem):
            continue
        if problem.kind in {ProblemKind.ALIAS, ProblemKind.COLUMN_MISSING}:
            header = record_type.table.by_field[problem.field].header
            renamings.append(Renaming(record_type, problem.suggestion or problem.found, header))
            continue
        record = data.get(record_type, problem.record_id)
        if record is None:
            continue
        place = (problem.table, problem.record_id)
        change = changes.get(place) or Change(record, before=record)
        if problem.kind is ProblemKind.UNTIDY:
            change = dataclasses.replace(change, rewrite=change.rewrite | {problem.field})
        changes[place] = change
    return tuple(changes.values()), tuple(renamings)
