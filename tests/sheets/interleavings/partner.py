"""Somebody who works in the spreadsheet itself: types, sorts, inserts, deletes, moves, renames, pastes."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from pdn.emulator import Emulator
from pdn.emulator.protocol import Request
from tests.sheets.interleavings.ground import BESIDE, COLUMN, HEADER, ROW, Eye, Formula, Still, Value, View
from tests.sheets.interleavings.model import Edit, same
from tests.sheets.interleavings.tables import KEY, TABLES
from tests.sheets.interleavings.typed import in_sheet

SPELLINGS = ("as declared", "alias", "shouted", "unknown", "empty")


@dataclass(frozen=True)
class Act:
    """One thing that a partner does; the numbers pick a row, a column and a place among those that there are."""

    kind: str
    table: int
    row: int
    column: int
    to: int
    how: int


TYPING = ("type", "type", "type", "type", "clear", "note")
MOVING = ("insert row", "insert row", "delete row", "move row", "sort", "insert column", "move column")
ODD = ("delete column", "rename header", "rename header", "paste row", "retype id", "rename tab", "swap")


def acts(*kinds: str) -> st.SearchStrategy[Act]:
    """Any of these acts."""
    return st.builds(
        Act,
        st.sampled_from(kinds or (*TYPING, *MOVING, *ODD)),
        table=st.sampled_from((0, 0, 1)),
        row=st.integers(0, 7),
        column=st.integers(0, 11),
        to=st.integers(0, 11),
        how=st.integers(0, 5),
    )


class Partner:
    """Does what an act says, through the Sheets API, and says what became of the cells."""

    def __init__(self, emulator: Emulator, eye: Eye, typed: int = 0) -> None:
        self.emulator = emulator
        self.eye = eye
        self.tabs = eye.tabs
        self.typed = typed
        self.spellings = {
            table: {column.field: (column.header, *column.aliases) for column in TABLES[table].table.columns}
            for table in range(len(self.tabs))
        }

    def do(self, act: Act) -> list[Edit]:
        """Do it now; nothing where there is nothing to do it to."""
        ground = self.eye.still(self.emulator)
        does: Callable[[Act, Still, View], list[Edit]] = getattr(self, "_" + act.kind.replace(" ", "_"))
        return does(act, ground, ground.view(act.table))

    def settle_in(self) -> None:
        """Make a new workbook theirs: a column of notes beside the rows, a row without an id, a formula."""
        for table, record_type in enumerate(TABLES):
            sheet_id = self.tabs[table]
            names = [*(column.field for column in record_type.table.columns)]
            names.insert(2, BESIDE)
            span = {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": 2, "endIndex": 3}
            notes = [{"note": COLUMN + name} for name in names]
            start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
            self._send(
                {"insertDimension": {"range": span, "inheritFromBefore": span["startIndex"] > 0}},
                self._without_notes(table, column=2),
                {"updateCells": {"start": start, "rows": [{"values": notes}], "fields": "note"}},
            )
            view = self.eye.still(self.emulator).view(table)
            self._send(self._cells(view, 0, 2, "Repère"))
            for key in view.keys[1:]:
                if key:
                    self.mark(table, key)
        view = self.eye.still(self.emulator).view(0)
        self._send(self._cells(view, 3, view.columns.index("budget"), Formula("=1000+42")))
        self._new_row(0, view, 3, {"name": "Sans identifiant", "town": "Bègles"})

    def mark(self, table: int, key: str) -> tuple[str, list[Edit]]:
        """Note something beside a row that has nothing there yet: it is known by that from now on."""
        ground = self.eye.still(self.emulator)
        view = ground.view(table)
        name = self._next("r")
        row, column = view.keys.index(key), view.columns.index(BESIDE)
        self._send(self._cells(view, row, column, name, note=ROW + name))
        return name, [Edit(table, name, BESIDE, name)]

    # What can be done.

    def _type(self, act: Act, ground: Still, view: View) -> list[Edit]:
        row, column = self._row(act, view), self._column(act, view)
        if row is None or view.columns[column] in {"id", "label", BESIDE}:
            return []
        return self._put(act, view, row, column, self._value(act, ground, view.columns[column]))

    def _clear(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        row, column = self._row(act, view), self._column(act, view)
        if row is None or view.columns[column] in {"id", BESIDE}:
            return []
        return self._put(act, view, row, column, None)

    def _note(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        row = self._row(act, view)
        if row is None or not view.keys[row].startswith("r"):
            return []
        return self._put(act, view, row, view.columns.index(BESIDE), self._next("à rappeler "))

    def _retype_id(self, act: Act, ground: Still, view: View) -> list[Edit]:
        """Clear an id, copy another row's, or type a new one."""
        row, other = self._row(act, view), self._row(act, view, act.to)
        column = view.columns.index("id")
        if row is None or other is None or not view.keys[row].startswith("r"):
            return []
        known = ground.view(act.table).value(other, column)
        value = (None, known, f"{TABLES[act.table].table.prefix}-{self._next('X'):0>8}")[act.how % 3]
        return self._put(act, view, row, column, value)

    def _insert_row(self, act: Act, ground: Still, view: View) -> list[Edit]:
        """A row anywhere, even above the header: blank, or with something in it."""
        at = act.to % (len(view.keys) + 1)
        cells: dict[str, Value] = {}
        if act.how % 3:
            cells = {
                column: self._value(act, ground, column)
                for number, column in enumerate(view.columns)
                if column not in {"id", "label", BESIDE} and (act.how + number) % 3 == 0
            }
        return self._new_row(act.table, view, at, cells)

    def _paste_row(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        """A copy of a row, with its id or without."""
        row = self._row(act, view)
        if row is None:
            return []
        cells = {name: view.value(row, column) for column, name in enumerate(view.columns) if name != BESIDE}
        if act.how % 2:
            cells["id"] = None
        return self._new_row(act.table, view, act.to % (len(view.keys) + 1), cells)

    def _new_row(self, table: int, view: View, at: int, cells: dict[str, Value]) -> list[Edit]:
        span = {"sheetId": self.tabs[table], "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}
        requests: list[dict[str, Any]] = [
            {"insertDimension": {"range": span, "inheritFromBefore": span["startIndex"] > 0}},
            self._without_notes(table, row=at),
        ]
        filled = {name: value for name, value in cells.items() if value is not None}
        key = self._next("r")
        if filled:
            filled[BESIDE] = key
            for name, value in filled.items():
                note = ROW + key if name == BESIDE else None
                requests.append(self._cells(view, at, view.columns.index(name), value, note=note))
        self._send(*requests)
        return [Edit(table, key, cells=tuple(filled.items()))] if filled else []

    def _delete_row(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        row = self._row(act, view)
        if row is None:
            return []
        span = {"sheetId": self.tabs[act.table], "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
        self._send({"deleteDimension": {"range": span}})
        return [Edit(act.table, view.keys[row], gone=True)]

    def _move_row(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        row = self._row(act, view)
        if row is not None:
            self._move(act.table, "ROWS", row, act.to % (len(view.keys) + 1))
        return []

    def _sort(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        by = act.column % view.width
        if view.columns[by] in {"id", "label"}:
            by = view.columns.index("name") if "name" in view.columns else by
        if len(view.keys) <= view.header_row + 1:
            return []
        where = {
            "sheetId": self.tabs[act.table],
            "startRowIndex": view.header_row + 1,
            "endRowIndex": len(view.keys),
            "startColumnIndex": 0,
            "endColumnIndex": view.sheet.column_count,
        }
        order = "DESCENDING" if act.how % 2 else "ASCENDING"
        self._send({"sortRange": {"range": where, "sortSpecs": [{"dimensionIndex": by, "sortOrder": order}]}})
        return []

    def _insert_column(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        """A column of their own anywhere, with or without a header, with notes beside some rows."""
        at, name = act.to % (view.width + 1), self._next("c")
        span = {"sheetId": self.tabs[act.table], "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
        header = None if act.how == 0 else f"Suivi {name}"
        requests = [
            {"insertDimension": {"range": span, "inheritFromBefore": span["startIndex"] > 0}},
            self._without_notes(act.table, column=at),
        ]
        requests.append(self._cells(view, view.header_row, at, header, note=COLUMN + name))
        edits = [Edit(act.table, HEADER, name, header)]
        row = self._row(act, view)
        if row is not None and act.how % 2:
            value = f"{view.keys[row]} : {self._next('suivi ')}"
            requests.append(self._cells(view, row, at, value))
            edits.append(Edit(act.table, view.keys[row], name, value))
        self._send(*requests)
        return edits

    def _delete_column(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        column = self._column(act, view)
        name = view.columns[column]
        if name in {"id", "label", "name", BESIDE} or (act.how and not name.startswith("c")):
            return []
        span = {"sheetId": self.tabs[act.table], "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
        self._send({"deleteDimension": {"range": span}})
        return [Edit(act.table, column=name, gone=True)]

    def _move_column(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        self._move(act.table, "COLUMNS", self._column(act, view), act.to % (view.width + 1))
        return []

    def _rename_header(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        column = self._column(act, view)
        name = view.columns[column]
        if name not in self.spellings[act.table]:
            return []
        declared, *aliases = self.spellings[act.table][name]
        header = (declared, declared, (aliases or [declared])[0], f" {declared.upper()}  ", f"Autre {name}", None)[
            act.how
        ]
        if same(view.value(view.header_row, column), header):
            return []
        self._send(self._cells(view, view.header_row, column, header))
        return [Edit(act.table, HEADER, name, header)]

    def _rename_tab(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        declared = TABLES[act.table].table.tab
        title = (declared, declared.upper(), declared.lower())[act.how % 3]
        properties = {"sheetId": self.tabs[act.table], "title": title}
        self._send({"updateSheetProperties": {"properties": properties, "fields": "title"}})
        return []

    def _swap(self, act: Act, ground: Still, view: View) -> list[Edit]:  # noqa: ARG002 - the same for all
        """The cells of one column change places between two rows, by cutting and pasting."""
        one, other, column = self._row(act, view), self._row(act, view, act.to), self._column(act, view)
        if one is None or other is None or one == other or view.columns[column] in {"id", "label", BESIDE}:
            return []
        values = view.value(one, column), view.value(other, column)
        self._send(self._cells(view, one, column, values[1]), self._cells(view, other, column, values[0]))
        name = view.columns[column]
        return [Edit(act.table, view.keys[one], name, values[1]), Edit(act.table, view.keys[other], name, values[0])]

    # How it is done.

    def _row(self, act: Act, view: View, pick: int | None = None) -> int | None:
        known = [row for row, key in enumerate(view.keys) if key and key != HEADER and not key.startswith("?")]
        return known[(act.row if pick is None else pick) % len(known)] if known else None

    def _column(self, act: Act, view: View) -> int:
        known = [column for column, name in enumerate(view.columns) if not name.startswith("?")]
        return known[act.column % len(known)]

    def _put(self, act: Act, view: View, row: int, column: int, value: Value) -> list[Edit]:
        self._send(self._cells(view, row, column, value))
        return [Edit(act.table, view.keys[row], view.columns[column], value)]

    def _cells(self, view: View, row: int, column: int, value: Value, note: str | None = None) -> dict[str, Any]:
        entered: dict[str, Any] = {}
        if isinstance(value, Formula):
            entered = {"formulaValue": value.text}
        elif isinstance(value, bool):
            entered = {"boolValue": value}
        elif isinstance(value, str):
            entered = {"stringValue": value}
        elif value is not None:
            entered = {"numberValue": value}
        data: dict[str, Any] = {"userEnteredValue": entered} if entered else {}
        if note is not None:
            data["note"] = note
        start = {"sheetId": view.sheet.sheet_id, "rowIndex": row, "columnIndex": column}
        fields = "userEnteredValue" if note is None else "userEnteredValue,note"
        return {"updateCells": {"start": start, "rows": [{"values": [data]}], "fields": fields}}

    def _without_notes(self, table: int, row: int | None = None, column: int | None = None) -> dict[str, Any]:
        where: dict[str, int] = {"sheetId": self.tabs[table]}
        if row is not None:
            where |= {"startRowIndex": row, "endRowIndex": row + 1}
        if column is not None:
            where |= {"startColumnIndex": column, "endColumnIndex": column + 1}
        return {"repeatCell": {"range": where, "cell": {}, "fields": "note"}}

    def _move(self, table: int, dimension: str, index: int, to: int) -> None:
        source = {"sheetId": self.tabs[table], "dimension": dimension, "startIndex": index, "endIndex": index + 1}
        self._send({"moveDimension": {"source": source, "destinationIndex": to}})

    def _send(self, *requests: dict[str, Any]) -> None:
        body = json.dumps({"requests": requests}).encode()
        answer = self.emulator._answer(Request("POST", f"/v4/spreadsheets/{KEY}:batchUpdate", {}, body))
        assert answer.status == 200, answer.body

    def _next(self, prefix: str) -> str:
        self.typed += 1
        return f"{prefix}{self.typed}"

    def _value(self, act: Act, ground: Still, column: str) -> Value:
        """Something to type: right, untidy, wrong, or a formula; never typed before where the column allows it."""
        self.typed += 1
        houses = [row for _, row in ground.view(0).rows if "label" in row and "name" in row]
        return in_sheet(TABLES[act.table].table.by_field.get(column), self.typed, act.how, houses)
