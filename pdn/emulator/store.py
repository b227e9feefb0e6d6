"""Workbooks on disk: one SQLite file, one record per row of a tab, each answered change synced."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pdn.emulator.model import ErrorValue, Row, Scalar, Sheet, Styles, Workbook

_SCHEMA = """
CREATE TABLE IF NOT EXISTS spreadsheets (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS sheets (
  spreadsheet INTEGER NOT NULL,
  sheet_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (spreadsheet, sheet_id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS grid_rows (
  spreadsheet INTEGER NOT NULL,
  sheet_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (spreadsheet, sheet_id, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS styles (
  spreadsheet INTEGER NOT NULL,
  id INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (spreadsheet, id)
) WITHOUT ROWID;
"""


class Store:
    """The file, and the workbooks read from it.

    A workbook read stays in memory until another process commits to the file; then only the tabs whose
    version moved are read again.

    Args:
        path: the file, made if it is not there; `:memory:` for none.
    """

    def __init__(self, path: str | Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.executescript(_SCHEMA)
        self._known: dict[str, Workbook] = {}
        self._stale: dict[str, Workbook] = {}
        self._seen = self._data_version()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is saved inside reaches the disk together, or nothing does."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            # A COMMIT that failed (a full disk) may have ended the transaction itself.
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Several reads of one state, also while another process commits."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN")
        try:
            yield
        finally:
            self._db.execute("ROLLBACK")

    def _data_version(self) -> int:
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def _refresh(self) -> None:
        version = self._data_version()
        if version != self._seen:
            self._seen = version
            self._stale.update(self._known)
            self._known.clear()

    def keys(self) -> list[str]:
        """The keys of all workbooks, the last made first."""
        return [row[0] for row in self._db.execute("SELECT key FROM spreadsheets ORDER BY id DESC")]

    def load(self, key: str) -> Workbook | None:
        """The workbook of a key, as it stands on disk; not to be changed."""
        self._refresh()
        if key not in self._known:
            with self._snapshot():
                book = self._read(key)
            if book is None:
                return None
            self._known[key] = book
        return self._known[key]

    def _read(self, key: str) -> Workbook | None:
        head = self._db.execute("SELECT id, created, modified, body FROM spreadsheets WHERE key = ?", (key,)).fetchone()
        stale = self._stale.pop(key, None)
        if head is None:
            return None
        row_id, created, modified, body = head
        before = {s.sheet_id: s for s in stale.sheets} if stale and stale.row_id == row_id else {}
        found = self._db.execute(
            "SELECT sheet_id, version, body FROM sheets WHERE spreadsheet = ? ORDER BY position", (row_id,)
        ).fetchall()
        sheets = []
        for sheet_id, version, text in found:
            old = before.get(sheet_id)
            sheets.append(old if old and old.version == version else self._read_sheet(row_id, sheet_id, version, text))
        styles = Styles(
            text for (text,) in self._db.execute("SELECT body FROM styles WHERE spreadsheet = ? ORDER BY id", (row_id,))
        )
        parts = json.loads(body)
        return Workbook(
            key,
            parts["properties"],
            sheets,
            styles,
            parts["namedRanges"],
            parts["drive"],
            created,
            modified,
            row_id,
        )

    def _read_sheet(self, row_id: int, sheet_id: int, version: int, text: str) -> Sheet:
        head = json.loads(text)
        sheet = Sheet(sheet_id, head["properties"], head["rows"], head["columns"], [], head["parts"], version)
        for position, body in self._db.execute(
            "SELECT position, body FROM grid_rows WHERE spreadsheet = ? AND sheet_id = ? ORDER BY position",
            (row_id, sheet_id),
        ):
            sheet.put_row(position, _row_from(body))
        return sheet

    def save(self, book: Workbook, before: Workbook | None) -> None:
        """Write what differs between a draft and the workbook it was drawn from.

        Args:
            book: the draft; it becomes the published workbook with `publish`, after the commit.
            before: what it was drawn from; None for a new workbook.
        """
        body = json.dumps(
            {"properties": book.properties, "namedRanges": book.named_ranges, "drive": book.drive},
            ensure_ascii=False,
        )
        if before is None:
            cursor = self._db.execute(
                "INSERT INTO spreadsheets (key, created, modified, body) VALUES (?, ?, ?, ?)",
                (book.key, book.created, book.modified, body),
            )
            book.row_id = cursor.lastrowid or 0
        else:
            self._db.execute(
                "UPDATE spreadsheets SET modified = ?, body = ? WHERE id = ?", (book.modified, body, book.row_id)
            )
        old = {sheet.sheet_id: sheet for sheet in before.sheets} if before else {}
        for sheet_id in old.keys() - {sheet.sheet_id for sheet in book.sheets}:
            for table in ("sheets", "grid_rows"):
                self._db.execute(
                    f"DELETE FROM {table} WHERE spreadsheet = ? AND sheet_id = ?",  # noqa: S608 - two fixed names
                    (book.row_id, sheet_id),
                )
        for position, sheet in enumerate(book.sheets):
            self._save_sheet(book.row_id, position, sheet, old.get(sheet.sheet_id))
        self._save_styles(book)

    def _save_sheet(self, row_id: int, position: int, sheet: Sheet, before: Sheet | None) -> None:
        if sheet is before:
            self._db.execute(
                "UPDATE sheets SET position = ? WHERE spreadsheet = ? AND sheet_id = ? AND position <> ?",
                (position, row_id, sheet.sheet_id, position),
            )
            return
        head = {
            "properties": sheet.properties,
            "rows": sheet.row_count,
            "columns": sheet.column_count,
            "parts": sheet.parts,
        }
        # A token, not a count: a tab deleted and made again under its id must not pass for the old one.
        sheet.version = secrets.randbits(62)
        self._db.execute(
            "INSERT OR REPLACE INTO sheets (spreadsheet, sheet_id, position, version, body) VALUES (?, ?, ?, ?, ?)",
            (row_id, sheet.sheet_id, position, sheet.version, json.dumps(head, ensure_ascii=False)),
        )
        old = before.rows if before else []
        changed = [
            (row_id, sheet.sheet_id, i, _row_text(row))
            for i, row in enumerate(sheet.rows)
            if i >= len(old) or row is not old[i]
        ]
        self._db.executemany(
            "INSERT OR REPLACE INTO grid_rows (spreadsheet, sheet_id, position, body) VALUES (?, ?, ?, ?)", changed
        )
        if len(old) > len(sheet.rows):
            self._db.execute(
                "DELETE FROM grid_rows WHERE spreadsheet = ? AND sheet_id = ? AND position >= ?",
                (row_id, sheet.sheet_id, len(sheet.rows)),
            )

    def _save_styles(self, book: Workbook) -> None:
        saved = self._db.execute("SELECT COUNT(*) FROM styles WHERE spreadsheet = ?", (book.row_id,)).fetchone()[0]
        self._db.executemany(
            "INSERT INTO styles (spreadsheet, id, body) VALUES (?, ?, ?)",
            [(book.row_id, i, book.styles.text(i)) for i in range(saved + 1, len(book.styles))],
        )

    def publish(self, book: Workbook) -> None:
        """Make a saved and committed draft the workbook that `load` gives."""
        self._known[book.key] = book.published()

    def delete(self, book: Workbook) -> None:
        """Remove a workbook and all it holds."""
        self._db.execute("DELETE FROM spreadsheets WHERE id = ?", (book.row_id,))
        for table in ("sheets", "grid_rows", "styles"):
            self._db.execute(f"DELETE FROM {table} WHERE spreadsheet = ?", (book.row_id,))  # noqa: S608 - fixed names

    def forget(self, key: str) -> None:
        """Drop a deleted workbook from memory."""
        self._known.pop(key, None)


def _row_text(row: Row) -> str:
    values: list[object] = [
        {"error": value.text, "message": value.message} if isinstance(value, ErrorValue) else value
        for value in row.values
    ]
    body: list[object] = [values, row.styles]
    if row.formulas:
        body.append({str(column): formula for column, formula in row.formulas.items()})
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _row_from(text: str) -> Row:
    body: list[Any] = json.loads(text)
    values: tuple[Scalar | None, ...] = tuple(body[0])
    formulas: dict[int, str] = {}
    if len(body) > 2:  # noqa: PLR2004 - formulas are written third, when there are any
        formulas = {int(column): formula for column, formula in body[2].items()}
        values = tuple(
            ErrorValue(value["error"], value["message"]) if isinstance(value, dict) else value for value in values
        )
    return Row(values, tuple(body[1]), formulas)
