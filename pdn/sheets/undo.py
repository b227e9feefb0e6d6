"""Undoing a commit: the inverse of its journal's entries, refused where somebody has worked on since."""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pdn.domain.journal import JournalEntry
from pdn.french import NBSP
from pdn.schema import Cell, Column, Dataset, Record
from pdn.schema.kinds import Misread
from pdn.sheets.change import Change, Conflict, Refusal, Renaming, Restored
from pdn.sheets.journal import ARCHIVED_FIELD, Action, Exact, exact
from pdn.sheets.references import References

GONE = "Sa ligne n’est plus dans la feuille."
NO_DETAIL = "Le journal n’en a pas gardé le détail."
PUT_BACK = "C’est une remise en place par l’application : elle a rendu à la feuille ce qui s’y trouvait."
ID_STAYS = "Un identifiant donné reste : d’autres fiches peuvent s’y référer."
ARCHIVED = "Elle est déjà archivée."


@dataclass
class Undoing:
    """What undoing comes to.

    Attributes:
        changes: What to commit.
        renamings: The headers to put back.
        refusals: What can't be undone; nothing is then.
        entries: The entry behind each field, by table's tab, record's id and header.
    """

    changes: list[Change] = field(default_factory=list)
    renamings: list[Renaming] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    entries: dict[tuple[str, str, str], JournalEntry] = field(default_factory=dict)

    @property
    def formulas(self) -> bool:
        """Whether a formula comes back: what it gives is known at the next reading only."""
        return any(one.formula for change in self.changes for one in change.restored)

    def refused(self, conflicts: Iterable[Conflict]) -> tuple[Refusal, ...]:
        """The refusals that conflicts come to."""
        found = []
        for conflict in conflicts:
            tab = conflict.record_type.table.tab
            one = (
                self.entries.get((tab, conflict.record_id, conflict.header))
                or self.entries[tab, conflict.record_id, ""]
            )
            by = f" par {conflict.by}" if conflict.by else ""
            now = f"on y trouve « {conflict.current} »" if conflict.current else "la cellule est vide"
            found.append(Refusal(one, f"« {conflict.header} » a été modifié depuis{by}{NBSP}: {now}."))
        return tuple(found)


def undoing(
    entries: Sequence[JournalEntry],
    data: Dataset,
    record_types: Iterable[type[Record]],
    references: References,
    today: date,
) -> Undoing:
    """What undoing these entries of one commit comes to.

    Args:
        entries: The entries.
        data: The data as it stands.
        record_types: The tables of the journal's workbook.
        references: Names of other records.
        today: The day that an addition is archived on.
    """
    by_tab = {record_type.table.tab: record_type for record_type in record_types}
    made = Undoing()
    restored: dict[Record, list[Restored]] = {}
    real = [one for one in entries if not _is_id(one, by_tab)]
    for one in real or entries:
        record_type = by_tab.get(one.tab)
        if reason := _never(one, record_type):
            made.refusals.append(Refusal(one, reason))
            continue
        assert record_type is not None  # noqa: S101 - `_never` refuses what has none
        made.entries[one.tab, one.record_id, one.field] = one
        if one.action == Action.HEADER or (not one.record_id and one.field):
            made.renamings.append(Renaming(record_type, one.after, one.before))
            continue
        record = data.get(record_type, one.record_id)
        if record is None:
            made.refusals.append(Refusal(one, GONE))
        elif not one.field:
            _add_removal(made, one, record, references, today)
        else:
            restored.setdefault(record, []).append(_cell(one, record, references))
    made.changes += [Change(record, before=record, restored=tuple(cells)) for record, cells in restored.items()]
    return made


def _never(one: JournalEntry, record_type: type[Record] | None) -> str:
    """Why an entry can't be undone whatever stands in the sheet; empty where it can."""
    if one.action == Action.PUT_BACK:
        return PUT_BACK
    if record_type is None or (not one.record_id and one.action == Action.ADDED):
        return NO_DETAIL
    if one.field == record_type.table.by_field["id"].header and one.record_id:
        return ID_STAYS
    known = {column.header for column in record_type.table.columns}
    return NO_DETAIL if one.field and one.field not in known else ""


def _is_id(one: JournalEntry, by_tab: dict[str, type[Record]]) -> bool:
    record_type = by_tab.get(one.tab)
    return bool(record_type and one.record_id and one.field == record_type.table.by_field["id"].header)


def _cell(one: JournalEntry, record: Record, references: References) -> Restored:
    column = next(column for column in record.table.columns if column.header == one.field)
    kept: Exact | None = exact(one)
    if kept is not None and not isinstance(kept.after, dict):
        return Restored(column.field, kept.before, _as_cell(kept.after), formula=kept.formula)
    before, after = (_of_text(column, text, references) for text in (one.before, one.after))
    return Restored(column.field, before, after, formula=one.before.startswith("="))


def _of_text(column: Column, text: str, references: References) -> Cell:
    """The cell that a text of the journal stands for: what the app writes for its value, else the very text."""
    value = references.parse(column, text)
    return (text or None) if isinstance(value, Misread) else references.encode(column, value)


def _as_cell(value: Any) -> Cell:  # noqa: ANN401 - what JSON gave
    return value if isinstance(value, str | int | float | bool) else None


def _add_removal(made: Undoing, one: JournalEntry, record: Record, references: References, today: date) -> None:
    """An addition is undone by archiving, if the record is still what was added; a setting gets empty again."""
    if record.archived:
        made.refusals.append(Refusal(one, ARCHIVED))
        return
    kept = exact(one)
    if kept is None or not isinstance(kept.after, dict):
        made.refusals.append(Refusal(one, NO_DETAIL))
        return
    changed = []
    for column in record.table.columns:
        if column.kind.app_owned:
            continue
        value = references.parse(column, kept.after.get(column.field))
        if isinstance(value, Misread) or value != getattr(record, column.field):
            changed.append(column.header)
    if changed:
        names = ", ".join(f"« {header} »" for header in changed)
        made.refusals.append(Refusal(one, f"La fiche a été modifiée depuis{NBSP}: {names}."))
    elif record.table.archivable:
        put_away: dict[str, Any] = {ARCHIVED_FIELD: today}
        made.changes.append(Change(dataclasses.replace(record, **put_away), before=record))
    else:
        blanks = {c.field: c.kind.blank for c in record.table.columns if not c.kind.app_owned}
        made.changes.append(Change(dataclasses.replace(record, **blanks), before=record))
