"""The list of what is to mend, as a page filters it, counts it and names each of its points (R25)."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pdn.domain.quality import structures_of
from pdn.domain.workbooks import record_type_of
from pdn.french import fold
from pdn.schema import Dataset, Problem, ProblemKind

ADVICE = {
    ProblemKind.UNREADABLE: "Écrivez-le comme attendu.",
    ProblemKind.REQUIRED: "Remplissez cette cellule.",
    ProblemKind.UNTIDY: "L’application peut le faire d’un clic.",
    ProblemKind.ALIAS: "L’application peut le faire d’un clic.",
}
"""What to do where a problem's own words do not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFilters:
    """What narrows the list; empty for no narrowing.

    Attributes:
        tab: The title of a tab.
        kind: A `ProblemKind`'s words.
        structure_id: A structure that the problem concerns.
        text: Words, all of which stand in the address, the record's name, the cell, the problem or its mend.
    """

    tab: str = ""
    kind: str = ""
    structure_id: str = ""
    text: str = ""


def matching(problems: Iterable[Problem], filters: QualityFilters, data: Dataset) -> tuple[Problem, ...]:
    """The problems that the filters keep, in their order."""
    words = fold(filters.text).split()
    return tuple(
        problem
        for problem in problems
        if (not filters.tab or problem.tab == filters.tab)
        and (not filters.kind or problem.kind == filters.kind)
        and (not filters.structure_id or filters.structure_id in structures_of(problem, data))
        and (not words or _says(problem, data, words))
    )


def tally(problems: Iterable[Problem], name: Callable[[Problem], str]) -> tuple[tuple[str, int], ...]:
    """How many problems bear each name, the most frequent first."""
    return tuple(Counter(name(problem) for problem in problems).most_common())


def code_of(problem: Problem) -> str:
    """A short code for an address, the same while the problem stands, wherever its row is sorted to.

    A problem of a column or a tab is known by its place, one of a record by its record.
    """
    where = problem.record_id or problem.cell
    said = f"{problem.kind}|{problem.table}|{where}|{problem.field}|{problem.found}|{problem.message}"
    return f"{zlib.crc32(said.encode()):08x}"


def coded(problems: Sequence[Problem], code: str) -> Problem | None:
    """The problem that bears a code; None where it was mended since."""
    return next((problem for problem in problems if code_of(problem) == code), None)


def advice(problem: Problem) -> str:
    """What to do about a problem: its own mend, or what goes for its kind."""
    return problem.mend or ADVICE.get(problem.kind, "")


def title_of(problem: Problem, data: Dataset) -> str:
    """The name of the record that a problem is of, which says more than a row that may be sorted away."""
    record = data.get(record_type_of(problem.table), problem.record_id) if problem.record_id else None
    return record.title if record is not None and record.title != record.id else ""


def _says(problem: Problem, data: Dataset, words: Sequence[str]) -> bool:
    told = (
        problem.address, problem.kind, problem.record_id, title_of(problem, data), problem.found, problem.message,
        advice(problem),
    )  # fmt: skip
    folded = fold(" ".join(told))
    return all(word in folded for word in words)
