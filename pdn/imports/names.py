"""How people name a record in a list of their own: its name either way round, its mail, its day."""

from collections import defaultdict
from collections.abc import Callable, Mapping

from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.structure import Structure
from pdn.domain.workbooks import record_type_of
from pdn.french import fold, short_day
from pdn.schema import Dataset, Record
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import LABEL_SEPARATOR, Date, Misread

OTHER_NAMES: Mapping[type[Record], Callable[..., tuple[str, ...]]] = {
    Promeneur: lambda person: (f"{person.last_name} {person.first_name}", person.email),
    Structure: lambda structure: (f"{structure.name} {structure.commune}", f"{structure.name} ({structure.commune})"),
    Session: lambda session: (
        short_day(session.held_on),
        f"{short_day(session.held_on)} {session.name}",
        f"{session.name} {short_day(session.held_on)}",
    ),
}
"""What else than its title leads to a record, where only one answers to it."""


class Names:
    """Finds the record that a cell of a file names."""

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self._titles: dict[str, dict[str, list[Record]]] = {}
        self._others: dict[str, dict[str, list[Record]]] = {}

    def bearers(self, table: str, value: str) -> list[str]:
        """The ids of the records that a text may mean: one where it is understood; archived ones count last."""
        record_type = record_type_of(table)
        if self._data.get(record_type, value):
            return [value]
        if table not in self._titles:
            self._index(table, record_type)
        name = fold(value)
        found = (
            self._titles[table].get(name)
            or self._titles[table].get(fold(value.rpartition(LABEL_SEPARATOR)[0]))
            or self._others[table].get(name)
            or self._others[table].get(_as_day(value))
            or []
        )
        live = [record.id for record in found if not record.archived]
        return live or [record.id for record in found]

    def _index(self, table: str, record_type: type[Record]) -> None:
        titles: dict[str, list[Record]] = defaultdict(list)
        others: dict[str, list[Record]] = defaultdict(list)
        others_of = OTHER_NAMES.get(record_type, _no_other)
        for record in self._data.all(record_type):
            if is_provisional(record.id):
                continue
            titles[fold(record.title)].append(record)
            for name in {fold(name) for name in others_of(record)} - {""}:
                others[name].append(record)
        self._titles[table], self._others[table] = dict(titles), dict(others)


def _no_other(_: Record) -> tuple[str, ...]:
    return ()


def _as_day(text: str) -> str:
    """A day however it is written, as names have it: « 12 mars 2019 » is « 12/03/2019 »."""
    day = Date().parse(text)
    return "" if isinstance(day, Misread) else short_day(day)
