"""Every record that was read, immutable, with its references resolved and its indexes made when asked for."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pdn.french import fold
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import LABEL_SEPARATOR, Reference
from pdn.schema.problem import Problem
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
        self._by_id: dict[type[Record], dict[str, Record]] = {}
        self._indexes: dict[tuple[type[Record], str], dict[Any, tuple[Record, ...]]] = {}

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

    def all(self, record_type: type[R]) -> tuple[R, ...]:
        """All records of a table, archived ones included, in the order of the sheet."""
        reading = self._readings.get(record_type)
        return reading.records if reading else ()

    def live(self, record_type: type[R]) -> tuple[R, ...]:
        """The records of a table that are not archived."""
        return tuple(record for record in self.all(record_type) if not record.archived)

    def get(self, record_type: type[R], record_id: str) -> R | None:
        """The record of that id, or None."""
        if record_type not in self._by_id:
            self._by_id[record_type] = {record.id: record for record in self.all(record_type)}
        return self._by_id[record_type].get(record_id)  # type: ignore[return-value] # the index is by type

    def where(self, record_type: type[R], field: str, value: object) -> tuple[R, ...]:
        """The records, archived ones left out, whose field has that value: `where(Promeneur, "structure_id", id)`."""
        key = (record_type, field)
        if key not in self._indexes:
            index: dict[Any, list[Record]] = defaultdict(list)
            for record in self.live(record_type):
                index[getattr(record, field)].append(record)
            self._indexes[key] = {found: tuple(group) for found, group in index.items()}
        return self._indexes[key].get(value, ())  # type: ignore[return-value] # the index is by type

    def title(self, record_type: type[Record], record_id: str, *, empty: str = "—") -> str:
        """The title of the record of that id; `empty` where there is none."""
        record = self.get(record_type, record_id)
        return record.title if record else empty

    def reading(self, record_type: type[R]) -> TabReading[R] | None:
        """How the table was read, with its places; None where it was not."""
        return self._readings.get(record_type)

    def problems_of(self, record: Record) -> tuple[Problem, ...]:
        """The problems of one record."""
        return tuple(
            problem for problem in self.problems if problem.table == record.table.key and problem.record_id == record.id
        )

    def with_records(self, records: Sequence[Record], replaced: Collection[tuple[type[Record], str]] = ()) -> "Dataset":
        """This dataset after records were added or changed: what a person sees before the next reading.

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
            if not {(problem.table, problem.record_id), (problem.table, problem.record_id, problem.field)} & mended
        )
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
                    problems.append(_unresolved(reading, record, declared.field, value, len(bearers)))
        resolved[record_type] = dataclasses.replace(reading, records=tuple(records))
    return resolved, problems


def _names(records: Iterable[Record]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for record in records:
        if not is_provisional(record.id):
            names[fold(record.title)].append(record.id)
    return names


def _unresolved(reading: TabReading[Any], record: Record, field: str, value: str, bearers: int) -> Problem:
    declared = record.table.by_field[field]
    reason = (
        f"{bearers} fiches portent le nom « {value} »." if bearers else f"« {value} » ne correspond à aucune fiche."
    )
    return Problem(
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
