"""What comes after commits: undoing them, mending, and what the app tells of what was typed in the sheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from pdn.schema import Problem, ProblemKind
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import Misread
from pdn.sheets import Committed, EditKind, Refused, SheetsError, Store, can_mend
from tests.sheets.interleavings.ground import HEADER, Formula, Place, Still, Value
from tests.sheets.interleavings.model import Edit, Model, same
from tests.sheets.interleavings.tables import KEY, TABLES
from tests.sheets.interleavings.want import Effect

TODAY = 46083
"""The day of the clock, as a sheet keeps it."""

OWNED = {"id", "label"}
"""What the app writes by itself."""


@dataclass
class Done:
    """A commit that was made.

    Attributes:
        commit_id: Its code.
        effects: The cells that it changed.
        new: The cells of the rows that it added.
    """

    commit_id: str
    effects: dict[Place, Effect]
    new: dict[Place, Effect]

    def rename_row(self, table: int, old: str, new: str) -> None:
        """A row is known by another key from now on."""
        for cells in (self.effects, self.new):
            for place in [one for one in cells if one[:2] == (table, old)]:
                cells[table, new, place[2]] = cells.pop(place)


def owes(store: Store) -> bool:
    """Whether the next commit has something to put back first."""
    return bool(store._committers[KEY].debts)


def undone(done: Done, outcome: Committed | Refused | SheetsError, before: Still, after: Still, model: Model) -> None:
    """Hold an undo against what stood there: all of it is as it was before the commit, or nothing was written."""
    touched = {place: one for place, one in done.effects.items() if place[2] not in OWNED}
    if isinstance(outcome, SheetsError):
        assert not outcome.unknown_outcome
    if not isinstance(outcome, Committed):
        assert after.book is before.book, "refused, and written all the same"
        assert not (isinstance(outcome, Refused) and _can_be_undone(done, touched, before)), f"refused: {outcome}"
        return
    if not outcome.commit_id:
        return
    for place, effect in touched.items():
        stood = before.at(place)
        assert _means_the_same(place, effect, stood), f"{place}: {stood!r} was typed since, and taken away"
        model.set(place, effect.read)
    for table, row in {place[:2] for place in done.new}:
        assert after.at((table, row, "archived_on")) == TODAY
        model.set((table, row, "archived_on"), TODAY)
    for table, row in {place[:2] for place in (*touched, *done.new)}:
        _take_label(model, after, table, row)


def _can_be_undone(done: Done, touched: dict[Place, Effect], ground: Still) -> bool:
    """Whether nothing is in the way: no cell was changed since, and each is where the app finds it."""
    if done.new or not touched:
        return False
    for place, effect in touched.items():
        table, row, column = place
        record = ground.record_at(table, row)
        if record is None or is_provisional(record.id) or record.id != effect.want.record_id:
            return False
        if not same(ground.at(place), effect.value) or ground.fields(table).get(effect.want.field) != column:
            return False
    return True


def _means_the_same(place: Place, effect: Effect, stood: Value) -> bool:
    if same(stood, effect.value):
        return True
    kind = TABLES[place[0]].table.by_field[effect.want.field].kind
    if isinstance(stood, Formula):
        return False
    one, other = kind.parse(stood), kind.parse(effect.value)
    return not isinstance(one, Misread) and one == other


def _take_label(model: Model, ground: Still, table: int, row: str) -> None:
    """A record's label follows its name."""
    place = (table, row, "label")
    label, record_id = ground.at(place), ground.at((table, row, "id"))
    if label is not None and record_id is not None and str(label).endswith(str(record_id)):
        model.set(place, label)


def mendable(store: Store, pick: int) -> list[Problem]:
    """Some of what the app can mend, as it was last read."""
    data = store.snapshot().data
    found = [problem for problem in (*data.problems, *data.notices) if can_mend(problem)]
    return found[pick % len(found) :][:3] if found else []


def mended(problems: list[Problem], before: Still, after: Still, model: Model) -> None:
    """Hold a mend against what stood there: only the cells of its problems are changed, and no value with them."""
    allowed = {place for problem in problems for place in _places(problem, before)}
    for place in changed(before, after):
        assert place in allowed, f"{place} was changed from {before.at(place)!r} to {after.at(place)!r}: {problems}"
        declared = TABLES[place[0]].table.by_field.get(place[2])
        if declared is not None and place[1] != HEADER and place[2] not in OWNED:
            assert declared.kind.parse(before.at(place)) == declared.kind.parse(after.at(place))
        model.set(place, after.at(place))


def changed(before: Still, after: Still) -> Iterator[Place]:
    """The cells that differ."""
    for table in range(len(TABLES)):
        one, other = before.view(table).by_key, after.view(table).by_key
        for row in one.keys() | other.keys():
            for column in one.get(row, {}).keys() | other.get(row, {}).keys():
                place = (table, row, column)
                if not same(before.at(place), after.at(place)):
                    yield place


def _places(problem: Problem, ground: Still) -> Iterator[Place]:
    """The cells that mending a problem may change."""
    table = next(n for n, record_type in enumerate(TABLES) if record_type.table.key == problem.table)
    view = ground.view(table)
    if problem.kind in {ProblemKind.ALIAS, ProblemKind.COLUMN_MISSING}:
        for column in range(view.width):
            if view.value(view.header_row, column) == (problem.suggestion or problem.found):
                yield (table, *view.place(view.header_row, column))
        return
    assert problem.row is not None
    row = view.keys[problem.row]
    if is_provisional(problem.record_id):
        yield (table, row, ground.fields(table)["id"])
    if problem.kind is ProblemKind.UNTIDY and problem.column is not None:
        yield (table, row, view.columns[problem.column])
    yield (table, row, "label")


def seen(store: Store, count: int, edits: list[Edit], before: Still, after: Still) -> None:
    """Hold what the app tells of the sheet against what a partner typed in one cell.

    Args:
        store: The app, after a reading that began after it was typed.
        count: How many edits it had told before.
        edits: What was typed; nothing where there was no cell to type in.
        before: The sheets before.
        after: The sheets after.
    """
    told = store.sheet_edits[count:]
    if not edits:
        assert not told, f"nothing was typed; the app tells of {told}"
        return
    (edit,) = edits
    old, new = (one.record_at(edit.table, edit.row) for one in (before, after))
    if old is None or new is None or old.id != new.id or is_provisional(new.id):
        return
    record_type = TABLES[edit.table]
    for one in told:
        if one.kind is EditKind.CHANGED and one.record_type is record_type:
            assert one.record_id == new.id, f"{edit} was typed; the app tells of {one}"
    headers = {one.header for one in told if (one.record_type, one.record_id) == (record_type, new.id)}
    assert headers <= {column.header for column in record_type.table.columns if column.field == edit.column}
    declared = record_type.table.by_field.get(edit.column)
    if declared is not None and edit.column not in OWNED and getattr(old, edit.column) != getattr(new, edit.column):
        assert headers == {declared.header}, f"{edit} was typed; the app tells of {told}"
