"""Every record that was read, immutable, with its references resolved and its indexes made when asked for."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from pdn.french import fold
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import LABEL_SEPARATOR, Reference
from pdn.schema.problem import Problem, ProblemKind
from pdn.schema.reading import TabReading
from pdn.schema.table import Record

R = TypeVar("R", bound=Record)


class Dataset:
    """The records of all tables at one moment; what rules and pages read.

    Nothing in it changes once it is made: sessions share it. Indexes are filled on demand, which two sessions may do
    at once without harm: they would put the same thing.
    """

    def __init__(self, readings: Iterable[TabReading[Any]] = ()) -> None:
        resolved, problems = _resolve({reading.record_type: reading for reading in readings})
        self._readings: Mapping[type[Record], TabReading[Any]] = resolved
        self.problems: tuple[Problem, ...] = tuple(problems)
        self.notices: tuple[Problem, ...] = tuple(notice for reading in resolved.values() for notice in reading.notices)
        self._problems_of: dict[tuple[str, str], tuple[Problem, ...]] | None = None
        self._live: dict[type[Record], tuple[Record, ...]] = {}
        self._by_id: dict[type[Record], dict[str, Record]] = {}
        self._indexes: dict[tuple[type[Record], Hashable], dict[Any, tuple[Record, ...]]] = {}

    @classmethod
    def of(cls, *records: Record) -> "Dataset":
        """A dataset of these records, as rules and tests make it."""
        grouped: dict[type[Record], list[Record]] = defaultdict(list)
        for record in records:
            grouped[type(record)].append(record)
        return cls(
            TabReading(record_type, record_type.table.tab, records=tuple(group))
            for record_type, group in grouped.items()
        )

    @property
    def record_types(self) -> tuple[type[Record], ...]:
        """The tables that were read."""
        return tuple(self._readings)

    def all(self, record_type: type[R]) -> tuple[R, ...]:
        """All records of a table, archived ones included, in the order of the sheet."""
        reading = self._readings.get(record_type)
        return reading.records if reading else ()

    def live(self, record_type: type[R]) -> tuple[R, ...]:
        """The records of a table that are not archived."""
        if record_type not in self._live:
            self._live[record_type] = tuple(record for record in self.all(record_type) if not record.archived)
        return self._live[record_type]  # type: ignore[return-value] # the index is by type

    def get(self, record_type: type[R], record_id: str) -> R | None:
        """The record of that id, or None."""
        if record_type not in self._by_id:
            self._by_id[record_type] = {record.id: record for record in self.all(record_type)}
        return self._by_id[record_type].get(record_id)  # type: ignore[return-value] # the index is by type

    def where(self, record_type: type[R], field: str, value: object) -> tuple[R, ...]:
        """The records, archived ones left out, whose field has that value: `where(Promeneur, "structure_id", id)`."""
        return self._indexed(record_type, field, attrgetter(field)).get(value, ())

    def alike(self, record_type: type[R], key: Callable[[R], Hashable], value: Hashable) -> tuple[R, ...]:
        """The records, archived ones left out, of which a function gives that value.

        Args:
            record_type: Which records.
            key: A function of a module: the index is kept under it.
            value: What it gives of the records that are wanted.
        """
        return self._indexed(record_type, key, key).get(value, ())

    def _indexed(
        self, record_type: type[R], name: Hashable, key: Callable[[R], Hashable]
    ) -> Mapping[Hashable, tuple[R, ...]]:
        if (record_type, name) not in self._indexes:
            index: dict[Hashable, list[Record]] = defaultdict(list)
            for record in self.live(record_type):
                index[key(record)].append(record)
            self._indexes[record_type, name] = {found: tuple(group) for found, group in index.items()}
        return self._indexes[record_type, name]  # type: ignore[return-value] # the index is by type

    def title(self, record_type: type[Record], record_id: str, *, empty: str = "—") -> str:
        """The title of the record of that id; `empty` where there is none."""
        record = self.get(record_type, record_id)
        return record.title if record else empty

    def reading(self, record_type: type[R]) -> TabReading[R] | None:
        """How the table was read, with its places; None where it was not."""
        return self._readings.get(record_type)

    def problems_of(self, record: Record) -> tuple[Problem, ...]:
        """The problems of one record."""
        if self._problems_of is None:
            index: dict[tuple[str, str], list[Problem]] = defaultdict(list)
            for problem in self.problems:
                index[problem.table, problem.record_id].append(problem)
            self._problems_of = {key: tuple(group) for key, group in index.items()}
        return self._problems_of.get((record.table.key, record.id), ())

    def with_records(self, records: Sequence[Record], replaced: Collection[tuple[type[Record], str]] = ()) -> "Dataset":
        """This dataset after records were added or changed: what a person sees before the next reading.

        A problem goes with the value that it was about; every notice of these records goes, because a cell may have
        been written anew with its value: what is still untidy is told by the next reading.

        Args:
            records: Records as they stand now.
            replaced: Provisional ids whose rows have an id of their own now, among `records`.
        """
        readings = dict(self._readings)
        changed: dict[type[Record], dict[str, Record]] = defaultdict(dict)
        for record in records:
            changed[type(record)][record.id] = record
        mended: set[tuple[str, ...]] = {(record_type.table.key, record_id) for record_type, record_id in replaced}
        for record_type, by_id in changed.items():
            reading = readings.get(record_type) or TabReading(record_type, record_type.table.tab)
            before = {record.id: record for record in reading.records}
            mended |= {
                (record_type.table.key, record_id, declared.field)
                for record_id, record in by_id.items()
                for declared in record_type.table.columns
                if record_id in before and getattr(before[record_id], declared.field) != getattr(record, declared.field)
            }
            kept = tuple(
                by_id.pop(record.id, record) for record in reading.records if (record_type, record.id) not in replaced
            )
            readings[record_type] = dataclasses.replace(reading, records=(*kept, *by_id.values()))
        after = Dataset()
        after._readings = readings
        after.problems = tuple(
            problem
            for problem in self.problems
            if (problem.table, problem.record_id) not in mended
            and (problem.table, problem.record_id, problem.field) not in mended
        )
        written = {(record.table.key, record.id) for record in records} | mended
        after.notices = tuple(notice for notice in self.notices if (notice.table, notice.record_id) not in written)
        return after


def _resolve(
    readings: dict[type[Record], TabReading[Any]],
) -> tuple[dict[type[Record], TabReading[Any]], list[Problem]]:
    """Every reference as an id: known already, or the one record that bears the name; otherwise a problem."""
    targets = {record_type.table.key: reading for record_type, reading in readings.items()}
    problems = [problem for reading in readings.values() for problem in reading.problems]
    resolved = dict(readings)
    for record_type, reading in readings.items():
        records = list(reading.records)
        for declared in record_type.table.references:
            assert isinstance(declared.kind, Reference)  # noqa: S101 - what `references` means
            target = targets.get(declared.kind.target)
            ids = {record.id for record in target.records} if target else set()
            names = _names(target.records if target else ())
            for index, record in enumerate(records):
                value = getattr(record, declared.field)
                if not value or value in ids:
                    continue
                bearers = names.get(fold(value)) or names.get(fold(value.rpartition(LABEL_SEPARATOR)[0]), [])
                found = bearers[0] if len(bearers) == 1 else ""
                records[index] = dataclasses.replace(record, **{declared.field: found})
                if not found and reading.header_row is not None:
                    problems.append(unresolved(reading, record, declared.field, value, len(bearers)))
        resolved[record_type] = dataclasses.replace(reading, records=tuple(records))
    return resolved, problems


def _names(records: Iterable[Record]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if not is_provisional(record.id):
            names[fold(record.title)].append(record.id)
    return names


def unresolved(reading: TabReading[Any], record: Record, field: str, value: str, bearers: int) -> Problem:
    """The problem of a reference that leads to no record, or could lead to several.

    Args:
        reading: How the tab, or the file, was read.
        record: The record as it was read.
        field: Its reference.
        value: What stands there.
        bearers: How many records that may mean.
    """
    declared = record.table.by_field[field]
    reason = (
        f"{bearers} fiches portent le nom « {value} »." if bearers else f"« {value} » ne correspond à aucune fiche."
    )
    return Problem(
        kind=ProblemKind.REFERENCE,
        tab=reading.title,
        table=record.table.key,
        row=reading.rows.get(record.id),
        column=reading.columns.get(field),
        header=declared.header,
        field=field,
        record_id=record.id,
        found=value,
        message=f"{declared.header} : {reason}",
        mend="Choisissez la fiche dans la liste déroulante de la cellule.",
    )
