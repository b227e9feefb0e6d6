"""What the journal says of a commit: one entry per field that changed."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from pdn.domain.journal import CELL_LENGTH, JournalEntry
from pdn.schema import Column, Record, mint
from pdn.schema.ids import ALPHABET
from pdn.sheets.cells import cell_data, format_of
from pdn.sheets.clock import Clock

COMMIT_PREFIX, COMMIT_TAIL = "EN", 6
ARCHIVED_FIELD = "archived_on"


class Action(StrEnum):
    """What was done."""

    ADDED = "Ajout"
    CHANGED = "Modification"
    ARCHIVED = "Archivage"
    RESTORED = "Retour d’archive"
    PUT_BACK = "Remise en place"


def mint_commit(clock: Clock, zone: str) -> str:
    """The code of a commit; longer than an id, because looking whether it landed relies on it alone."""
    tail = "".join(secrets.choice(ALPHABET) for _ in range(COMMIT_TAIL))
    return mint(COMMIT_PREFIX, clock.wall(zone)) + tail


def entry(record: Record, column: Column, before: str, after: str, *, added: bool = False) -> JournalEntry:
    """The entry of one field, to be signed by `sign`; `before` and `after` as a person reads them."""
    return JournalEntry(
        action=Action.ADDED if added else _action(column, before, after),
        tab=record.table.tab,
        record_id=record.id,
        record_title=record.title,
        field=column.header,
        before=before[:CELL_LENGTH],
        after=after[:CELL_LENGTH],
    )


def sign(entries: Sequence[JournalEntry], commit_id: str, author: str, made_at: datetime) -> tuple[JournalEntry, ...]:
    """The entries of one commit, with who and when."""
    return tuple(
        JournalEntry(
            id=f"{commit_id}-{index}", commit_id=commit_id, made_at=made_at, author=author,
            action=one.action, tab=one.tab, record_id=one.record_id, record_title=one.record_title,
            field=one.field, before=one.before, after=one.after,
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
