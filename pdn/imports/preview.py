"""What an import would do, row by row: add, change, leave; nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pdn.domain.checks import check
from pdn.domain.settings import Settings
from pdn.domain.workbooks import record_type_of
from pdn.french import listing
from pdn.imports.pairing import Pairs, pair
from pdn.imports.rows import FileRow
from pdn.schema import Column, Dataset, Problem, ProblemKind, Record, label_of
from pdn.schema.kinds import Reference


class Outcome(StrEnum):
    """What becomes of a row of the file."""

    ADDED = "à ajouter"
    CHANGED = "à modifier"
    UNCHANGED = "sans changement"
    ARCHIVED = "fiche archivée"
    LEFT_OUT = "laissée de côté"
    REFUSED = "refusée"


WRITTEN = frozenset({Outcome.ADDED, Outcome.CHANGED})
ARCHIVED = "archived_on"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record: what the sheet says and what the file says, in French."""

    header: str
    before: str
    after: str


@dataclass(frozen=True)
class RowPreview:
    """What becomes of one row.

    Attributes:
        source: The row.
        outcome: What becomes of it.
        before: The record that it is about; None for one to be added.
        after: The record as it would stand; None where nothing is written.
        changes: The fields that would change, or that a new record would have.
        reasons: Why it is refused or left, as French sentences.
        warnings: What the rules have to say of it without refusing it.
    """

    source: FileRow
    outcome: Outcome
    before: Record | None = None
    after: Record | None = None
    changes: tuple[FieldChange, ...] = ()
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """How a person names it."""
        shown = self.before or self.after
        return shown.title if shown and shown.title != shown.id else self.source.title


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Attributes:
        rows: Every row of the file, in its order.
        problems: What was not understood of the rows, apart from those that are refused.
    """

    rows: tuple[RowPreview, ...]
    problems: tuple[Problem, ...]

    def of(self, *outcomes: Outcome) -> tuple[RowPreview, ...]:
        """The rows of some outcomes."""
        return tuple(row for row in self.rows if row.outcome in outcomes)

    @property
    def doubtful(self) -> int:
        """The rows that would be written, or are left out, although something of them was not understood."""
        return sum(bool(row.source.problems) for row in self.of(*WRITTEN, Outcome.LEFT_OUT))


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person says of an import.

    Attributes:
        doubtful: Rows of which something was not understood are written too, without that.
        restored: Records that are in the archives and that the file names come back from there.
    """

    doubtful: bool = False
    restored: bool = False


def preview(
    rows: Sequence[FileRow], data: Dataset, settings: Settings, today: date, choices: Choices = Choices()
) -> Preview:
    """Hold the rows of a file against the records.

    Args:
        rows: The rows, all of one table.
        data: The records.
        settings: The settings that rules look at.
        today: The day.
        choices: What the person says of it.
    """
    if not rows:
        return Preview((), ())
    record_type = type(rows[0].record)
    copied = {row.row for row in rows if any(found.kind is ProblemKind.COPIED_ID for found in row.problems)}
    pairs = pair(record_type, [row for row in rows if row.row not in copied], data.all(record_type))
    first_look = [_look(row, pairs, data, choices, copied=row.row in copied) for row in rows]
    written = [one.after for one in first_look if one.outcome in WRITTEN and one.after]
    after = data.with_records(written)
    told = [_checked(one, after, settings, today) for one in first_look]
    kept = [one.source.problems for one in told if one.outcome is not Outcome.REFUSED]
    return Preview(tuple(told), tuple(problem for problems in kept for problem in problems))


def _look(row: FileRow, pairs: Pairs, data: Dataset, choices: Choices, *, copied: bool) -> RowPreview:
    """What becomes of a row, before the rules have been asked."""
    if refusal := _refusal(row, pairs, copied=copied):
        return RowPreview(row, Outcome.REFUSED, reasons=(refusal,))
    before = pairs.records.get(row.row)
    if before is None and not row.values:
        return RowPreview(row, Outcome.LEFT_OUT, reasons=tuple(problem.message for problem in row.problems))
    if before is None:
        return _held(RowPreview(row, Outcome.ADDED, after=row.record, changes=_fields(row, None, data)), choices)
    if before.archived and not choices.restored:
        reason = f"«\u00a0{before.title}\u00a0» est dans les archives\u00a0: la ligne n’y change rien."
        return RowPreview(replace(row, problems=()), Outcome.ARCHIVED, before, reasons=(reason,))
    # A record that exists has what the file does not say: only a new one lacks what is to be filled.
    known = replace(row, problems=tuple(found for found in row.problems if found.kind is not ProblemKind.REQUIRED))
    values = _changed(known, before)
    changes = _fields(known, before, data)
    if before.archived and ARCHIVED not in row.values:
        column = row.record.table.by_field[ARCHIVED]
        values[ARCHIVED] = None
        changes += (FieldChange(column.header, _shown(column, getattr(before, ARCHIVED), data), ""),)
    if not changes:
        return RowPreview(known, Outcome.UNCHANGED, before)
    return _held(RowPreview(known, Outcome.CHANGED, before, replace(before, **values), changes), choices)


def _refusal(row: FileRow, pairs: Pairs, *, copied: bool) -> str:
    """Why a row can't be told from another; empty where it can."""
    if copied:
        return "L’identifiant est déjà celui d’une ligne au-dessus."
    if (twin := pairs.repeats.get(row.row)) is not None:
        return f"Cette ligne parle de la même fiche que la ligne {twin + 1}."
    if among := pairs.unclear.get(row.row):
        return f"Plusieurs fiches lui correspondent\u00a0: {listing(label_of(record) for record in among)}."
    return ""


def _held(one: RowPreview, choices: Choices) -> RowPreview:
    """The row, left out where something of it was not understood and the person did not say to take it all the same."""
    if not one.source.problems or choices.doubtful:
        return one
    reasons = tuple(problem.message for problem in one.source.problems)
    return replace(one, outcome=Outcome.LEFT_OUT, reasons=reasons)


def _checked(one: RowPreview, after: Dataset, settings: Settings, today: date) -> RowPreview:
    """The row after the rules have looked at it, beside all that would be written with it."""
    if one.outcome not in WRITTEN or one.after is None:
        return one
    findings = check(one.after, after, settings, today)
    refusals = tuple(finding.message for finding in findings if finding.blocking)
    if refusals:
        return replace(one, outcome=Outcome.REFUSED, reasons=refusals)
    return replace(one, warnings=tuple(finding.message for finding in findings))


def _changed(row: FileRow, before: Record) -> dict[str, Any]:
    return {name: value for name, value in row.values.items() if getattr(before, name) != value}


def _fields(row: FileRow, before: Record | None, data: Dataset) -> tuple[FieldChange, ...]:
    columns = row.record.table.by_field
    values = row.values if before is None else _changed(row, before)
    return tuple(
        FieldChange(
            columns[name].header,
            _shown(columns[name], getattr(before, name), data) if before else "",
            _shown(columns[name], value, data),
        )
        for name, value in values.items()
    )


def _shown(column: Column, value: Any, data: Dataset) -> str:  # noqa: ANN401 - of the column's kind
    if isinstance(column.kind, Reference) and value:
        return data.title(record_type_of(column.kind.target), value, empty=value)
    return column.kind.show(value)
