"""The model: what should stand in every cell, whoever typed it, wherever its row and column went."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.sheets.interleavings.ground import HEADER, Formula, Place, Still, Value


@dataclass(frozen=True)
class Edit:
    """One thing that changed, said without rows' and columns' numbers.

    `column` is empty for a whole row, `row` for a whole column; `gone` takes it away.
    """

    table: int
    row: str = ""
    column: str = ""
    value: Value = None
    cells: tuple[tuple[str, Value], ...] = ()
    gone: bool = False


@dataclass
class Model:
    """Cells by row and column; blank ones are not kept.

    Attributes:
        cells: By table, row, column.
        either: Cells of which nobody can know what stands there: typed in the very instant in which they were written.
        owed: Cells that the app wrote astray and could not put back yet, because nothing answers: to be settled later.
    """

    cells: dict[int, dict[str, dict[str, Value]]] = field(default_factory=dict)
    either: dict[Place, list[Value]] = field(default_factory=dict)
    owed: set[Place] = field(default_factory=set)

    @classmethod
    def of(cls, ground: Still) -> "Model":
        """What stands there to begin with."""
        return cls({table: {key: dict(cells) for key, cells in view.rows} for table, view in enumerate(ground.views)})

    def get(self, place: Place) -> Value:
        """What should stand in a cell."""
        table, row, column = place
        return self.cells[table].get(row, {}).get(column)

    def set(self, place: Place, value: Value) -> None:
        """Somebody wrote in a cell."""
        table, row, column = place
        self.either.pop(place, None)
        self.owed.discard(place)
        if value is None:
            self.cells[table].get(row, {}).pop(column, None)
        else:
            self.cells[table].setdefault(row, {})[column] = value

    def apply(self, edits: Iterable[Edit]) -> None:
        """What a partner did."""
        for edit in edits:
            rows = self.cells[edit.table]
            if not edit.gone and not edit.cells:
                self.set((edit.table, edit.row, edit.column), edit.value)
            elif not edit.gone:
                for column, value in edit.cells:
                    self.set((edit.table, edit.row, column), value)
            elif edit.row:
                rows.pop(edit.row, None)
                self._forget(edit.table, row=edit.row)
            else:
                for cells in rows.values():
                    cells.pop(edit.column, None)
                self._forget(edit.table, column=edit.column)

    def rename_row(self, table: int, old: str, new: str) -> None:
        """A row is known by another key from now on."""
        if old in self.cells[table]:
            self.cells[table][new] = self.cells[table].pop(old)
        for place in [*self.either, *self.owed]:
            if place[:2] == (table, old):
                moved = (table, new, place[2])
                if place in self.either:
                    self.either[moved] = self.either.pop(place)
                if place in self.owed:
                    self.owed.remove(place)
                    self.owed.add(moved)

    def follow_emptied(self, table: int, ground: Still) -> list[str]:
        """Rows that a repair emptied but for what a partner typed there: no id tells them any more, what stands does.

        Returns:
            Their keys from now on, until somebody notes something beside them.
        """
        rows, there = self.cells[table], dict(ground.view(table).rows)
        left = [key for key, cells in rows.items() if key.startswith("fiche:") and cells and key not in there]
        found = []
        for key in left:
            new = next((k for k, c in there.items() if k.startswith("?") and k not in rows and c == rows[key]), None)
            if new is not None:
                self.rename_row(table, key, new)
                found.append(new)
        return found

    def _forget(self, table: int, *, row: str = "", column: str = "") -> None:
        for place in [*self.either, *self.owed]:
            if place[0] == table and (place[1] == row or place[2] == column):
                self.either.pop(place, None)
                self.owed.discard(place)

    def differences(self, ground: Still) -> list[str]:
        """Every cell that is not as it should be; what nobody can know is taken as it stands."""
        found = []
        for table, rows in self.cells.items():
            actual: dict[str, dict[str, Value]] = {}
            for key, cells in ground.view(table).rows:
                if key in actual:
                    found.append(f"two rows {key} in table {table}")
                actual[key] = cells
            for key in rows.keys() | actual.keys():
                for column in rows.get(key, {}).keys() | actual.get(key, {}).keys():
                    place = (table, key, column)
                    wanted, there = self.get(place), actual.get(key, {}).get(column)
                    if place in self.either and any(same(there, one) for one in self.either[place]):
                        self.set(place, there)
                    elif not same(wanted, there) and place not in self.owed:
                        found.append(f"{place}: {wanted!r} should stand there, {there!r} does")
        return sorted(found)

    def header(self, table: int, column: str) -> Value:
        """The text of a header."""
        return self.get((table, HEADER, column))


def same(one: Value, other: Value) -> bool:
    """Whether two cells hold the same; 12 and 12.0 do."""
    if isinstance(one, bool) or isinstance(other, bool) or isinstance(one, Formula):
        return type(one) is type(other) and one == other
    return one == other
