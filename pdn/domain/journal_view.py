"""The journal as people read it: entries saved together, what became of each since, and filters."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from pdn.domain.archives import name_of
from pdn.domain.journal import JournalEntry
from pdn.domain.workbooks import RECORD_TYPES
from pdn.french import NBSP, count, fold, listing, moment, sort_key
from pdn.schema import Dataset, Record

ADDED, PUT_BACK, UNDONE = "Ajout", "Remise en place", "Annulation"
"""The actions of the journal that are read in a way of their own."""

MEANING: Mapping[str, str] = {
    PUT_BACK: "Quelqu’un triait ou insérait des lignes dans la feuille à l’instant même où l’application écrivait"
    f"{NBSP}: elle a remis cette cellule comme elle était, puis a écrit au bon endroit.",
    UNDONE: "Un enregistrement précédent a été annulé\u00a0: la valeur d’avant est revenue.",
    "En-tête": "L’en-tête d’une colonne a été renommé pour que l’application la reconnaisse sans hésiter.",
}
"""What an action means that does not say it by its name."""

MOST_NAMES = 4


class Period(StrEnum):
    """How far back the journal is read."""

    TODAY = "aujourd’hui"
    WEEK = "7 jours"
    MONTH = "30 jours"

    def since(self, today: date) -> date:
        """Its first day."""
        return today - timedelta(days={Period.TODAY: 0, Period.WEEK: 6, Period.MONTH: 29}[self])


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalFilters:
    """What is looked for; an empty filter keeps all.

    Attributes:
        author: Who saved it.
        record_id: The record.
        tab: The tab.
        since: The first day.
        text: Words that all stand somewhere in it, accents and case aside.
    """

    author: str = ""
    record_id: str = ""
    tab: str = ""
    since: date | None = None
    text: str = ""

    def keep(
        self,
        *,
        author: str = "",
        places: Iterable[tuple[str, str]],
        made_at: datetime | date | None,
        words: Callable[[], str],
    ) -> bool:
        """Whether something is kept.

        Args:
            author: Who did it; empty where nobody knows.
            places: The (tab, record's id) that it concerns.
            made_at: When it was, by a French clock.
            words: Gives everything that it says, folded; asked only where words are looked for.
        """
        day = made_at.date() if isinstance(made_at, datetime) else made_at
        return (
            self.author in {"", author}
            and self._is_there(places)
            and (self.since is None or (day is not None and day >= self.since))
            and self._says(words)
        )

    def _is_there(self, places: Iterable[tuple[str, str]]) -> bool:
        if not self.tab and not self.record_id:
            return True
        return any(self.tab in {"", tab} and self.record_id in {"", record_id} for tab, record_id in places)

    def _says(self, words: Callable[[], str]) -> bool:
        looked_for = fold(self.text).split()
        said = words() if looked_for else ""
        return all(word in said for word in looked_for)


@dataclass(frozen=True)
class CommitView:
    """What was saved together: entries that share one code, in their order."""

    id: str
    entries: tuple[JournalEntry, ...]

    @property
    def made_at(self) -> datetime | None:
        """When; None where somebody emptied the cell."""
        return self.entries[0].made_at

    @property
    def author(self) -> str:
        """Who saved it."""
        return self.entries[0].author

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """What was done, each action once."""
        return _once(entry.action for entry in self.entries)

    @cached_property
    def tabs(self) -> tuple[str, ...]:
        """The tabs that it changed."""
        return _once(entry.tab for entry in self.entries)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The columns that it changed; none for an added record, which is all of them."""
        return _once(entry.field for entry in self.entries)

    @cached_property
    def by_record(self) -> Mapping[tuple[str, str], tuple[JournalEntry, ...]]:
        """Its entries by (tab, record's id)."""
        found: dict[tuple[str, str], list[JournalEntry]] = {}
        for entry in self.entries:
            found.setdefault((entry.tab, entry.record_id), []).append(entry)
        return {place: tuple(entries) for place, entries in found.items()}

    def words(self) -> str:
        """Everything that it says, folded for a search."""
        said = (
            f"{one.action} {one.tab} {one.record_id} {one.record_title} {one.field} {one.before} {one.after}"
            for one in self.entries
        )
        return fold(f"{self.id} {self.author} {' '.join(said)}")


def commits(entries: Iterable[JournalEntry]) -> tuple[CommitView, ...]:
    """What was saved, the newest first.

    Args:
        entries: The journal, oldest first in each workbook.
    """
    grouped: dict[str, list[JournalEntry]] = {}
    for entry in entries:
        grouped.setdefault(entry.commit_id or entry.id, []).append(entry)
    found = [CommitView(commit_id, tuple(group)) for commit_id, group in grouped.items()]
    # Of one second, what was written last comes first; what has lost its date comes last.
    order = {one.id: place for place, one in enumerate(found)}
    return tuple(sorted(found, key=lambda one: (one.made_at is not None, one.made_at, order[one.id]), reverse=True))


def matching_commits(found: Iterable[CommitView], filters: JournalFilters) -> tuple[CommitView, ...]:
    """The commits that every filter keeps."""
    return tuple(
        one
        for one in found
        if filters.keep(
            author=one.author,
            places=((entry.tab, entry.record_id) for entry in one.entries),
            made_at=one.made_at,
            words=one.words,
        )
    )


def authors(entries: Iterable[JournalEntry]) -> list[str]:
    """Whoever saved something, in the order of a dictionary."""
    return sorted({entry.author for entry in entries if entry.author}, key=sort_key)


def titled(commit: CommitView, titles: Mapping[tuple[str, str], str]) -> str:
    """Which records a commit changed: « Léa Martin », « Léa Martin, Ana Roy, Zoé Petit et 3 autres ».

    A change of no record is named by its tab: a header.

    Args:
        commit: The commit.
        titles: How each record is named today, by (tab, id), where the journal alone does not say it.
    """
    names = _once(
        titles.get(place) or entries[0].record_title or place[1] or f"Onglet «{NBSP}{place[0]}{NBSP}»"
        for place, entries in commit.by_record.items()
    )
    return shortened(names)


def titles_of(found: Iterable[CommitView], data: Dataset) -> dict[tuple[str, str], str]:
    """How the records of some commits are named that have no name of their own, by (tab, id)."""
    places = {
        place
        for commit in found
        for place, entries in commit.by_record.items()
        if entries[0].record_title in {"", entries[0].record_id}
    }
    records = {place: record_at(*place, data) for place in places}
    return {place: name_of(record, data) for place, record in records.items() if record is not None}


def shortened(names: Sequence[str], most: int = MOST_NAMES) -> str:
    """Names in a row, the first few of many: « a, b, c et 12 autres »."""
    if len(names) <= most:
        return listing(names)
    return listing([*names[: most - 1], count(len(names) - most + 1, "autre")])


def type_of_tab(tab: str) -> type[Record] | None:
    """The record type that a tab of the journal holds; None where no table has that name any more."""
    return next((record_type for record_type in RECORD_TYPES if fold(record_type.table.tab) == fold(tab)), None)


def record_at(tab: str, record_id: str, data: Dataset) -> Record | None:
    """The record that an entry speaks of, as it is today, archived or not; None where it is not there any more."""
    record_type = type_of_tab(tab)
    return data.get(record_type, record_id) if record_type else None


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of an entry.

    Attributes:
        undoable: Whether undoing it makes sense, as far as the journal knows: the sheet has the last word.
        words: What happened to it since, in French; empty where nothing did.
    """

    undoable: bool
    words: str = ""


class Sequel:
    """What became of each entry since, by the entries that came after it.

    Args:
        entries: The journal, oldest first in each workbook.
        data: The records as they are today.
    """

    def __init__(self, entries: Iterable[JournalEntry], data: Dataset) -> None:
        self._data = data
        self._records: dict[tuple[str, str], dict[str, list[JournalEntry]]] = {}
        for entry in entries:
            lines = self._records.setdefault((entry.tab, entry.record_id), {})
            lines.setdefault(entry.field, []).append(entry)

    def of(self, entry: JournalEntry) -> Standing:
        """What became of an entry."""
        record_type = type_of_tab(entry.tab)
        if record_type is None or entry.action == PUT_BACK or not (entry.record_id or entry.field):
            return Standing(undoable=False)  # the last one: a whole tab filled at once, without its details
        lines = self._records.get((entry.tab, entry.record_id), {})
        if not entry.field:
            return self._of_added(entry, lines)
        if entry.record_id and entry.field == record_type.table.by_field["id"].header:
            return Standing(undoable=False)  # other records may refer to it by now
        line = lines.get(entry.field, [])
        later = line[line.index(entry) + 1 :] if entry in line else []
        if not later:
            return Standing(undoable=True)
        told = "Annulé" if later[0].action == UNDONE else "Modifié à nouveau"
        back = later[-1].after == entry.after
        since = f"{told} le {moment(later[0].made_at)} par {later[0].author}"
        return Standing(undoable=back, words=f"{since}, puis la valeur est revenue." if back else f"{since}.")

    def _of_added(self, entry: JournalEntry, lines: Mapping[str, list[JournalEntry]]) -> Standing:
        """An added record is put away again, as long as it is what was added."""
        record = record_at(entry.tab, entry.record_id, self._data)
        if record is None:
            return Standing(undoable=False, words="La ligne n’est plus dans la feuille.")
        if record.archived:
            return Standing(undoable=False, words="Archivé depuis.")
        since = [field for field, line in lines.items() if field and line[-1].after != line[0].before]
        if since:
            return Standing(undoable=False, words=f"Modifié à nouveau depuis{NBSP}: {listing(since)}.")
        return Standing(undoable=True)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    """The words that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(word for word in words if word))
