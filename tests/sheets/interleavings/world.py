"""Everything of one interleaving: the sheets, the model, the processes that run the app, their sessions, a partner."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from pdn.emulator import Emulator
from pdn.schema import Column, Dataset
from pdn.schema.ids import is_provisional
from pdn.sheets import Change, Committed, Conflicted, Refused, SheetsError, Store
from tests.sheets.interleavings.afterwards import Done, mendable, mended, owes, seen, undone
from tests.sheets.interleavings.ground import Eye, Place, Still
from tests.sheets.interleavings.line import Event, Line
from tests.sheets.interleavings.model import Edit, Model
from tests.sheets.interleavings.partner import Act, Partner, acts
from tests.sheets.interleavings.tables import KEY, TABLES, House
from tests.sheets.interleavings.trial import Trial, as_kept
from tests.sheets.interleavings.typed import in_form
from tests.sheets.interleavings.want import Effect

FAULTS: tuple[tuple[dict[str, Any], ...], ...] = (
    ({"on": "write", "drop": "before"},),
    ({"on": "write", "drop": "after"},),
    ({"on": "write", "drop": "after"}, {"on": "write", "drop": "before"}),
    ({"on": "write", "status": 503},),
    ({"on": "write", "status": 429},),
    ({"on": "write", "status": 429, "retry_after": 3},),
    ({"on": "read", "status": 503},),
    ({"on": "read", "drop": "after"},),
    ({"on": "read", "status": 429},),
    ({"on": "read", "drop": "before", "times": 1000},),
    ({"on": "write", "status": 503, "times": 1000},),
    ({"on": "write", "drop": "after"}, {"on": "read", "drop": "before", "times": 1000}),
    ({"on": "write", "drop": "before"}, {"on": "read", "status": 503, "times": 1000}),
    ({"on": "write", "status": 429, "times": 1000},),
)
"""What goes wrong during one commit."""


@dataclass(frozen=True)
class Wish:
    """One record that somebody adds or changes; the numbers pick the record and its fields."""

    kind: str
    table: int
    row: int
    fields: tuple[int, ...]
    how: int


@dataclass(frozen=True)
class Weather:
    """What happens while a commit is under way: acts before the request of that number, and a fault."""

    slips: tuple[tuple[int, Act], ...] = ()
    fault: int | None = None


WISHES = st.lists(
    st.builds(
        Wish,
        st.sampled_from(("change", "change", "change", "change", "add", "archive")),
        table=st.sampled_from((0, 0, 1)),
        row=st.integers(0, 7),
        fields=st.lists(st.integers(0, 7), min_size=1, max_size=3).map(tuple),
        how=st.integers(0, 5),
    ),
    min_size=1,
    max_size=3,
)
IN_THE_INSTANT = acts(
    "type", "clear", "insert row", "delete row", "move row", "sort", "insert column", "move column", "rename header",
    "rename tab",
)  # fmt: skip
INSTANTS = st.sampled_from((1, 2, 2, 2, 2, 3, 4, 5, 6))
"""Before which request: a commit reads, reads again what looks like a formula, writes; a repair does the same."""

WEATHER = st.one_of(
    st.just(Weather()),
    st.just(Weather()),
    st.builds(
        Weather,
        st.lists(st.tuples(INSTANTS, IN_THE_INSTANT), min_size=1, max_size=2).map(tuple),
        st.one_of(st.none(), st.none(), st.none(), st.integers(0, len(FAULTS) - 1)),
    ),
    st.builds(Weather, fault=st.integers(0, len(FAULTS) - 1)),
)


@dataclass
class Session:
    """Somebody at the app.

    Attributes:
        process: The number of the process that serves this person.
        seen: The records as this person sees them: as old as the last look.
        asked: A commit that met conflicts, and what they are.
        unsure: A commit of which nobody knew whether it landed, and the ids that it gave.
    """

    process: int
    seen: Dataset
    asked: tuple[tuple[Change, ...], Conflicted] | None = None
    unsure: tuple[tuple[Change, ...], dict[int, str]] | None = None


@dataclass
class World:
    """One interleaving under way."""

    emulator: Emulator
    line: Line
    stores: tuple[Store, ...]
    tabs: tuple[int, ...]
    model: Model
    partner: Partner
    commits: set[str]
    sessions: list[Session] = field(default_factory=list)
    typed: int = 0
    fresh: list[bool] = field(default_factory=list)
    unsettled: tuple[dict[Place, Effect], ...] = ({}, {})
    done: list[Done] = field(default_factory=list)

    @classmethod
    def begin(cls, emulator: Emulator, line: Line, stores: tuple[Store, ...]) -> "World":
        """A world on a copy of the template: three people in two processes."""
        tabs = tabs_of(emulator)
        line.emulator, line.eye = emulator, Eye(tabs)
        line.watch({})
        ground = line.eye.still(emulator)
        world = cls(
            emulator, line, stores, tabs, Model.of(ground), Partner(emulator, line.eye, typed=100),
            {entry.commit_id for entry in ground.journal},
        )  # fmt: skip
        world.sessions = [Session(process, stores[process].snapshot().data) for process in (0, 0, 1)]
        world.fresh = [True for _ in stores]
        world.unsettled = tuple({} for _ in stores)
        return world

    def ground(self) -> Still:
        """What stands there now."""
        return self.line.eye.still(self.emulator)

    def look(self, who: int, *, again: bool) -> None:
        """Somebody opens a page: what the process has, or a new reading."""
        session = self.sessions[who]
        store = self.stores[session.process]
        told = len(store.sheet_edits)
        session.seen = (store.refresh() if again else store.snapshot()).data
        if again:
            assert not self.fresh[session.process] or len(store.sheet_edits) == told, (
                f"the app tells of what it wrote itself: {store.sheet_edits[told:]}"
            )
            self.fresh[session.process] = True
            self._same_as_read(store)

    def act(self, act: Act) -> None:
        """A partner does something."""
        self.fresh = [False for _ in self.stores]
        self.model.apply(self.partner.do(act))
        self.check()

    def annotate(self, table: int, row: int) -> None:
        """A partner notes something beside a row that the app added."""
        keys = self._unmarked(table)
        if keys:
            key = keys[row % len(keys)]
            self._mark(table, key)

    def _mark(self, table: int, key: str) -> None:
        """A partner notes something beside a row, which is known by that from now on."""
        name, edits = self.partner.mark(table, key)
        self.model.rename_row(table, key, name)
        for one in self.done:
            one.rename_row(table, key, name)
        for effects in self.unsettled:
            for place in [place for place in effects if place[:2] == (table, key)]:
                effects[table, name, place[2]] = effects.pop(place)
        self.model.apply(edits)

    def _unmarked(self, table: int) -> list[str]:
        """The rows that the app added and that are known by their id alone."""
        return [key for key in self.ground().view(table).keys if key.startswith("fiche:")]

    def save(self, who: int, wishes: Sequence[Wish], weather: Weather) -> None:
        """Somebody saves."""
        changes = self._changes(self.sessions[who], wishes)
        if changes:
            self._commit(who, changes, weather, {})

    def choose(self, who: int, choice: int, weather: Weather) -> None:
        """Somebody who was asked says what stays: their own values, the others', some of each; or gives up."""
        session = self.sessions[who]
        if session.asked is None:
            return
        changes, conflicted = session.asked
        session.asked = None
        if choice % 4 == 3:
            return
        settled = list(changes)
        for number, conflict in enumerate(conflicted.conflicts):
            mine = choice % 4 == 0 or (choice % 4 == 2 and number % 2 == 0)
            for index, change in enumerate(settled):
                if change.before is None or change.before.id != conflict.record_id:
                    continue
                if mine:
                    settled[index] = replace(change, overwrite=change.overwrite | {conflict.field})
                else:
                    kept = {conflict.field: getattr(change.before, conflict.field)}
                    settled[index] = replace(change, after=replace(change.after, **kept))
        self._commit(who, tuple(settled), weather, {})

    def retry(self, who: int, weather: Weather) -> None:
        """Somebody saves again what nobody knows the outcome of."""
        session = self.sessions[who]
        if session.unsure is not None:
            changes, added = session.unsure
            session.unsure = None
            self._commit(who, changes, weather, added)

    def undo(self, who: int, which: int) -> None:
        """Somebody undoes a commit, whoever made it."""
        store = self._looked(who)
        if store is None or not self.done:
            return
        done, before = self.done[which % len(self.done)], self.ground()
        outcome: Committed | Refused | SheetsError
        try:
            outcome = store.undo(done.commit_id, author=f"personne {who}")
        except SheetsError as error:
            outcome = error
        undone(done, outcome, before, self.ground(), self.model)
        self._written(who)

    def mend(self, who: int, pick: int) -> None:
        """Somebody has some of what can be mended mended."""
        store = self._looked(who)
        if store is None:
            return
        for table in range(len(TABLES)):
            for _ in self._unmarked(table):
                self.annotate(table, 0)  # a row known by its id alone would not be known by another
        problems, before = mendable(store, pick), self.ground()
        refused: SheetsError | None = None
        try:
            store.mend(problems, author=f"personne {who}")
        except SheetsError as error:
            refused = error
        assert refused is None or (not refused.unknown_outcome and self.ground().book is before.book)
        mended(problems, before, self.ground(), self.model)
        self._written(who)

    def see(self, who: int, act: Act) -> None:
        """A partner types, and the next reading tells of it."""
        store = self._looked(who)
        if store is None:
            return
        told, before = len(store.sheet_edits), self.ground()
        self.fresh = [False for _ in self.stores]
        edits = self.partner.do(act)
        self.model.apply(edits)
        self.look(who, again=True)
        seen(store, told, edits, before, self.ground())

    def _looked(self, who: int) -> Store | None:
        """The process of somebody who has just looked; None where it has something to put back first."""
        store = self.stores[self.sessions[who].process]
        if owes(store):
            return None
        self.look(who, again=True)
        return store

    def _written(self, who: int) -> None:
        """Something was written otherwise than by `_commit`."""
        process = self.sessions[who].process
        codes = {entry.commit_id for entry in self.ground().journal}
        if codes - self.commits:
            self.fresh = [number == process and fresh for number, fresh in enumerate(self.fresh)]
        self.commits |= codes
        self.check()
        if self.fresh[process]:
            self._same_as_read(self.stores[process])

    def check(self) -> None:
        """Every cell is as it should be."""
        differences = self.model.differences(self.ground())
        assert not differences, "\n".join(differences)

    def end(self) -> None:
        """What must be true when all is done: also what could not be put back before, once the headers are there."""
        for table in range(len(TABLES)):
            for number, _ in enumerate(self.ground().view(table).columns):
                self.model.apply(self.partner.do(Act("rename header", table, 0, number, 0, 0)))
        for who, session in enumerate(self.sessions):
            seen = self.stores[session.process].refresh().data.all(House)
            if seen and who:
                self._commit(who, (Change(seen[0], before=seen[0]),), Weather(), {})
        assert not self.model.owed, f"never put back: {self.model.owed}"
        for store in self.stores:
            store.refresh()
            self._same_as_read(store)
        self.check()
        ids = [entry.id for entry in self.ground().journal]
        assert len(ids) == len(set(ids)), "an entry stands twice in the journal"

    def _commit(self, who: int, changes: tuple[Change, ...], weather: Weather, added: dict[int, str]) -> None:
        session = self.sessions[who]
        store = self.stores[session.process]
        trial = Trial(
            self.model, changes, f"personne {who}", self.commits, self.unsettled[session.process], dict(added)
        )
        outcome, events = self._sent(store, changes, trial.author, weather)
        trial.follow(events)
        self._name_emptied()
        if trial.slipped or trial.put_back or isinstance(outcome, SheetsError):
            self.fresh = [False for _ in self.stores]
        elif trial.commits:
            self.fresh = [number == session.process and fresh for number, fresh in enumerate(self.fresh)]
        trial.judge(outcome, self.ground())
        self.check()
        if isinstance(outcome, Conflicted):
            session.asked = (changes, outcome)
        elif isinstance(outcome, SheetsError) and outcome.unknown_outcome:
            session.unsure = (changes, trial.added)
        elif isinstance(outcome, Committed):
            if trial.commits:
                self.done.append(Done(outcome.commit_id, dict(trial.effects), dict(trial.new)))
            session.seen = outcome.snapshot.data
            if self.fresh[session.process]:
                self._same_as_read(store)

    def _name_emptied(self) -> None:
        """A partner notes something beside what is left of a row that was emptied."""
        for table in range(len(TABLES)):
            self.model.follow_emptied(table, self.ground())
            for key in [key for key in self.model.cells[table] if key.startswith("?")]:
                self._mark(table, key)

    def _sent(
        self, store: Store, changes: tuple[Change, ...], author: str, weather: Weather
    ) -> tuple[Committed | Conflicted | SheetsError, list[Event]]:
        """A commit in such a weather: what came of it, and what passed on the line."""
        slips: dict[int, list[Any]] = {}
        for number, act in weather.slips:
            slips.setdefault(number, []).append(lambda act=act: self._slip(act))
        for fault in FAULTS[weather.fault] if weather.fault is not None else ():
            self.emulator.faults.add(**fault)
        self.line.watch(slips)
        outcome: Committed | Conflicted | SheetsError
        try:
            outcome = store.commit(changes, author=author)
        except SheetsError as error:
            outcome = error
        finally:
            self.emulator.faults.clear()
        events = self.line.noted()
        self.line.watch({})
        return outcome, events

    def _slip(self, act: Act) -> list[Edit]:
        """A partner does something in the very instant.

        Nothing tells two columns without a header apart: a second one does not come in that instant (README).
        """
        nameless = (act.kind == "insert column" and act.how == 0) or (act.kind == "rename header" and act.how == 5)
        if nameless and self.ground().view(act.table).has_nameless_column:
            act = replace(act, how=1)
        return self.partner.do(act)

    def _same_as_read(self, store: Store) -> None:
        """The reading in memory is what a fresh one gives."""
        read, kept = self.ground().data, store.snapshot().data
        for record_type in TABLES:
            one, other = ({r.id: as_kept(r, read) for r in data.all(record_type)} for data in (kept, read))
            apart = [(one.get(i), other.get(i)) for i in one.keys() | other.keys() if one.get(i) != other.get(i)]
            assert not apart, f"kept and read differ: {apart}"

    def _changes(self, session: Session, wishes: Sequence[Wish]) -> tuple[Change, ...]:
        changes: list[Change] = []
        taken: set[str] = set()
        for wish in wishes:
            record_type = TABLES[wish.table]
            columns = [column for column in record_type.table.columns if not column.kind.app_owned]
            fields = [columns[number % len(columns)] for number in wish.fields]
            if wish.kind == "add":
                values = {column.field: self._value(session, column, wish.how) for column in (columns[0], *fields)}
                changes.append(Change(record_type(**values)))
                continue
            records = [record for record in session.seen.all(record_type) if record.id not in taken]
            if not records:
                continue
            before = records[wish.row % len(records)]
            taken.add(before.id)
            if wish.kind == "archive":
                values = {"archived_on": None if before.archived else date(2026, 3, 2)}
            else:
                values = {column.field: self._value(session, column, wish.how) for column in fields}
            changes.append(Change(replace(before, **values), before=before))
        return tuple(changes)

    def _value(self, session: Session, column: Column, how: int) -> Any:
        """What somebody enters in a form; never entered before where the kind allows it."""
        self.typed += 1
        houses = [house.id for house in session.seen.all(House) if not is_provisional(house.id)]
        return in_form(column, self.typed, how, houses)


def tabs_of(emulator: Emulator) -> tuple[int, ...]:
    """The tabs of the tables, before anybody renames them."""
    titles = {sheet.title: sheet.sheet_id for sheet in emulator.read(KEY).sheets}
    return tuple(titles[record_type.table.tab] for record_type in TABLES)
