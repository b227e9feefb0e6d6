"""What the journal says of a commit: one entry per field that changed."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pdn.domain.journal import CELL_LENGTH, JournalEntry
from pdn.french import NBSP
from pdn.schema import Cell, Column, Record, Table, mint
from pdn.schema.ids import ALPHABET
from pdn.sheets.cells import cell_data, format_of
from pdn.sheets.clock import Clock

COMMIT_PREFIX, COMMIT_TAIL = "EN", 6
ARCHIVED_FIELD = "archived_on"
FORMULA = "formule"
"""What marks a formula among exact values."""


class Action(StrEnum):
    """What was done."""

    ADDED = "Ajout"
    CHANGED = "Modification"
    ARCHIVED = "Archivage"
    RESTORED = "Retour d’archive"
    PUT_BACK = "Remise en place"
    UNDONE = "Annulation"
    HEADER = "En-tête"


def mint_commit(clock: Clock, zone: str) -> str:
    """The code of a commit; longer than an id, because looking whether it landed relies on it alone."""
    tail = "".join(secrets.choice(ALPHABET) for _ in range(COMMIT_TAIL))
    return mint(COMMIT_PREFIX, clock.wall(zone)) + tail


def changed(
    record: Record, column: Column, texts: tuple[str, str], cells: tuple[Cell, Cell], *, formula: bool = False
) -> JournalEntry:
    """The entry of one field, to be signed by `sign`.

    Args:
        record: The record as it will stand.
        column: The field.
        texts: What stood in the cell and what will, as a person reads them.
        cells: The same as the sheet keeps them.
        formula: Whether a formula stood there.
    """
    before, after = texts
    return JournalEntry(
        action=_action(column, before, after),
        tab=record.table.tab,
        record_id=record.id,
        record_title=record.title,
        field=column.header,
        before=before[:CELL_LENGTH],
        after=after[:CELL_LENGTH],
        exact=_exact({FORMULA: cells[0]} if formula else cells[0], cells[1]),
    )


def added(record: Record, texts: Mapping[str, str], cells: Mapping[str, Cell]) -> JournalEntry:
    """The entry of a record that is added, to be signed by `sign`.

    Args:
        record: The record.
        texts: What a person reads of each field that is filled, by header.
        cells: The same as the sheet keeps it, by field.
    """
    lines = "\n".join(f"{header}{NBSP}: {text}" for header, text in texts.items())
    return JournalEntry(
        action=Action.ADDED,
        tab=record.table.tab,
        record_id=record.id,
        record_title=record.title,
        after=lines[:CELL_LENGTH],
        exact=_exact(None, dict(cells)),
    )


def renamed(table: Table, found: str, header: str) -> JournalEntry:
    """The entry of a column whose header is changed, to be signed by `sign`."""
    return JournalEntry(action=Action.HEADER, tab=table.tab, field=header, before=found, after=header)


@dataclass(frozen=True)
class Exact:
    """Both cells of an entry as the sheet keeps them; `after` is by field where a record was added."""

    before: Cell
    after: Cell | Mapping[str, Cell]
    formula: bool


def exact(one: JournalEntry) -> Exact | None:
    """The cells of an entry; None where the sheet has not kept them (a text too long, a column removed)."""
    try:
        before, after = json.loads(one.exact)
    except ValueError:
        return None
    if isinstance(before, dict):
        return Exact(before.get(FORMULA), after, formula=True)
    return Exact(before, after, formula=False)


def _exact(before: Cell | Mapping[str, Cell], after: Cell | Mapping[str, Cell]) -> str:
    text = json.dumps([before, after], ensure_ascii=False)
    return text if len(text) <= CELL_LENGTH else ""


def sign(entries: Sequence[JournalEntry], commit_id: str, author: str, made_at: datetime) -> tuple[JournalEntry, ...]:
    """The entries of one commit, with who and when."""
    return tuple(
        JournalEntry(
            id=f"{commit_id}-{index}", commit_id=commit_id, made_at=made_at, author=author,
            action=one.action, tab=one.tab, record_id=one.record_id, record_title=one.record_title,
            field=one.field, before=one.before, after=one.after, exact=one.exact,
        )
        for index, one in enumerate(entries, start=1)
    )  # fmt: skip


def row_of(one: JournalEntry, columns: Mapping[str, int]) -> dict[int, dict[str, Any]]:
    """The cells of an entry, by column."""
    return {
        columns[declared.field]: cell_data(declared.kind.encode(getattr(one, declared.field)), format_of(declared.kind))
        for declared in JournalEntry.table.columns
        if declared.field in columns
    }


def _action(column: Column, before: str, after: str) -> Action:
    if column.field != ARCHIVED_FIELD or bool(before) == bool(after):
        return Action.CHANGED
    return Action.ARCHIVED if after else Action.RESTORED
