"""What a commit may do and what it may not: its requests held, one by one, against the model."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pdn.domain.journal import JournalEntry
from pdn.schema import Dataset, Record
from pdn.schema.ids import is_provisional
from pdn.schema.kinds import LABEL_SEPARATOR, Reference
from pdn.sheets import Change, Committed, Conflicted, SheetsError
from tests.sheets.interleavings.ground import HEADER, Formula, Place, Still, Value
from tests.sheets.interleavings.line import Event, Read, Slip, Write
from tests.sheets.interleavings.model import Model, same
from tests.sheets.interleavings.sending import sent, text
from tests.sheets.interleavings.tables import TABLES, House, Person
from tests.sheets.interleavings.want import Effect, Want, wants_of

PUT_BACK, ADDED = "Remise en place", "Ajout"


@dataclass
class Trial:
    """One commit of one session.

    Attributes:
        model: What should stand in every cell; it follows.
        changes: What the session asked for.
        author: Who signs.
        known_commits: The codes of all commits before.
        unsettled: What earlier commits of the same process wrote whose outcome it did not know: it may take it back.
        added: The ids that earlier attempts of these very changes gave to new records, by the changes' index.
    """

    model: Model
    changes: tuple[Change, ...]
    author: str
    known_commits: set[str]
    unsettled: dict[Place, "Effect"] = field(default_factory=dict)
    added: dict[int, str] = field(default_factory=dict)
    effects: dict[Place, Effect] = field(default_factory=dict)
    new: dict[Place, Effect] = field(default_factory=dict)
    overtaken: list[Want] = field(default_factory=list)
    strays: list[tuple[Place, Value]] = field(default_factory=list)
    put_back: list[JournalEntry] = field(default_factory=list)
    commits: list[str] = field(default_factory=list)
    read: Still | None = None
    slipped: bool = False

    def __post_init__(self) -> None:
        self.wants = [want for change in self.changes for want in wants_of(change)]

    # What passed on the line.

    def follow(self, events: Sequence[Event]) -> None:
        """Take what passed into the model, and check every cell that was written and every entry of the journal."""
        for event in events:
            if isinstance(event, Slip):
                self.slipped = True
                self.model.apply(event.edits)
                typed = {(edit.table, edit.row, edit.column) for edit in event.edits}
                self.strays = [one for one in self.strays if one[0] not in typed]
            elif isinstance(event, Read):
                self.read = event.ground
            else:
                self._written(event)

    def _written(self, write: Write) -> None:
        assert self.read is not None, "a write follows a read"
        entries = write.after.journal[len(write.before.journal) :]
        putting_back = any(entry.action == PUT_BACK for entry in entries) or not entries
        codes = {entry.commit_id for entry in entries}
        assert len(codes) <= 1, "one code for what was sent together"
        assert not codes & self.known_commits, f"written twice: {codes}"
        self.known_commits |= codes
        assert putting_back or all(entry.author == self.author for entry in entries)
        cells, rows = sent(write)
        if putting_back:
            self.put_back += entries
            for place, value in cells:
                self._restored(place, value, write.before)
            assert not rows, "putting back adds no row"
            return
        self.commits += codes
        labels = 0
        effects: list[tuple[Place, Effect]] = []
        for place, value in cells:
            want = self._wanted(place, value, write.before)
            labels += place[0] == 0 and isinstance(value, str) and " · M-" in value
            if want is None:
                self._astray(place, value)
            else:
                effects.append((place, self._effect(place, value, want)))
        for table, row in rows:
            self._row_added(table, row, write.before)
        self.effects |= dict(effects)
        assert len(entries) == len(cells) - labels + len(rows), f"an entry for each cell and each row: {entries}"
        for _, effect in effects:
            if effect.want.field != "label":
                self._journaled(effect, entries)

    def _wanted(self, place: Place, value: Value, ground: Still) -> Want | None:
        """Which of the wants a cell that was written fulfils; None where it was meant for another place."""
        assert self.read is not None
        table, key, column = place
        view = ground.view(table)
        if key in {"", HEADER} or key not in view.keys:
            return None
        record_id = view.value(view.keys.index(key), view.columns.index("id")) if "id" in view.columns else None
        for want in self.wants:
            if want.table != table or column not in {
                self.read.fields(table).get(want.field), ground.fields(table).get(want.field),
            }:  # fmt: skip
                continue
            if want.accepts(value) and (record_id == want.record_id or self._is_unnamed(want, key)):
                return want
        for index, change in enumerate(self.changes):
            if change.before is None or TABLES.index(type(change.after)) != table:
                continue
            mine = record_id == change.before.id or self._unnamed(index, key)
            prefix = f"{change.after.table.prefix}-"
            own = {
                "id": is_provisional(change.before.id) and str(value).startswith(prefix),
                "label": prefix in str(value),
            }
            if mine and own.get(column):
                return Want(table, change.before.id, column, value, None, overwrite=True)
        return None

    def _is_unnamed(self, want: Want, key: str) -> bool:
        return any(
            self._unnamed(index, key)
            for index, change in enumerate(self.changes)
            if change.before is not None and change.before.id == want.record_id
        )

    def _unnamed(self, index: int, key: str) -> bool:
        """Whether a row held all that the person saw of one without an id: it may have been given one since."""
        assert self.read is not None
        before = self.changes[index].before
        if before is None or not is_provisional(before.id):
            return False
        found = self.read.record_at(TABLES.index(type(before)), key)
        if found is None:
            return False
        table = TABLES.index(type(before))
        fields = self.read.fields(table)
        # What a formula gave is not known to whoever reads its text: it says nothing of whose row it is.
        return all(
            getattr(found, name) == getattr(before, name) or text(self.read.at((table, key, column))).startswith("=")
            for name, column in fields.items()
            if name not in {"id", "label"}
        )

    def _effect(self, place: Place, value: Value, want: Want) -> Effect:
        """A cell written at its place: what it replaced had been seen, or shown, or came in that very instant."""
        assert self.read is not None
        read, ideal = self.read.at(place), self.model.get(place)
        if same(read, ideal) and want.field not in {"id", "label"} and not want.overwrite:
            stands, readable = self._stands(place, want.field)
            assert readable, f"{place}: {read!r} could not be read, and was overwritten by {value!r} without a question"
            assert stands == want.seen, f"{place}: {stands!r} was overwritten by {value!r}; {want.seen!r} was seen"
        self.model.set(place, value)
        return Effect(want, ideal, read, value)

    def _stands(self, place: Place, field_: str) -> tuple[Any, bool]:
        """What a fresh reading gave for a field, and whether its cell could be read."""
        assert self.read is not None
        table, key, _ = place
        found = self.read.record_at(table, key)
        if found is None:
            return None, False
        raw, kind = self.read.at(place), found.table.by_field[field_].kind
        if isinstance(kind, Reference) and isinstance(raw, str) and LABEL_SEPARATOR in raw:
            return kind.read(raw), True  # whether that record is still there is another question
        bad = any(problem.field == field_ and problem.found for problem in self.read.data.problems_of(found))
        return getattr(found, field_), not bad and not isinstance(raw, Formula)

    def _astray(self, place: Place, value: Value) -> None:
        assert self.read is not None
        read, ideal = self.read.at(place), self.model.get(place)
        if not same(read, ideal):
            # Somebody typed in the very cell in the very instant (README): what it held is not known to the app.
            self.model.either[place] = [ideal, read, None]
        elif not same(value, ideal):
            self.strays.append((place, value))

    def _restored(self, place: Place, value: Value, ground: Still) -> None:
        assert self.read is not None
        read, ideal = self.read.at(place), self.model.get(place)
        if not same(read, ground.at(place)):
            # Somebody typed in the very cell in the very instant of the repair: what that was is not known to the app.
            self.model.either[place] = [ideal, value, read]
            return
        for effects in (self.effects, self.new, self.unsettled):
            effect = effects.get(place)
            if effect is not None and same(value, effect.read):
                self.model.set(place, effect.before)
                del effects[place]
        if same(value, self.model.get(place)):
            self.model.owed.discard(place)

    def _row_added(self, table: int, row: dict[int, Value], ground: Still) -> None:
        assert self.read is not None
        then, now = self.read.view(table).columns, ground.view(table).columns
        record_id = row.get(then.index("id"))
        assert isinstance(record_id, str)
        index = self._index_of(table, record_id)
        self.model.follow_emptied(table, ground)
        assert not self.model.cells[table].get(f"fiche:{record_id}"), "added twice"
        self.added[index] = record_id
        if any(c >= len(then) or c >= len(now) or then[c] != now[c] for c, v in row.items() if v is not None):
            return
        for column, value in row.items():
            if value is not None:
                place = (table, f"fiche:{record_id}", then[column])
                self.model.set(place, value)
                self.new[place] = Effect(Want(table, record_id, "id", value, None, overwrite=True), None, None, value)
        wanted, fields = self.changes[index].after, self.read.fields(table)
        for declared in wanted.table.columns:
            if declared.field in fields and declared.field not in {"id", "label"}:
                want = Want(table, record_id, declared.field, getattr(wanted, declared.field), None, overwrite=False)
                assert want.accepts(row.get(then.index(fields[declared.field])))

    def _index_of(self, table: int, record_id: str) -> int:
        """Which change a new row is of."""
        for index, known in self.added.items():
            if known == record_id:
                return index
        return next(
            index
            for index, change in enumerate(self.changes)
            if change.before is None and TABLES.index(type(change.after)) == table and index not in self.added
        )

    def _journaled(self, effect: Effect, entries: Sequence[JournalEntry]) -> None:
        declared = TABLES[effect.want.table].table.by_field[effect.want.field]
        mine = [
            entry for entry in entries
            if entry.field == declared.header and entry.record_id in self._ids(effect.want.record_id, entries)
        ]  # fmt: skip
        assert mine, f"no entry for {effect}: {entries}"
        after = text(effect.value)
        exact = [json.loads(entry.exact) for entry in mine if getattr(entry, "exact", "")]
        if exact:
            raw = effect.read.text if isinstance(effect.read, Formula) else effect.read
            told = [pair[0].get("formule") if isinstance(pair[0], dict) else pair[0] for pair in exact]
            assert any(same(one, raw) for one in told), f"the journal says {told}, {effect.read!r} stood there"
            assert any(same(pair[1], effect.value) for pair in exact)
        elif isinstance(effect.value, str):
            assert any(entry.after == after for entry in mine)

    def _ids(self, record_id: str, entries: Sequence[JournalEntry]) -> set[str]:
        return {entry.record_id for entry in entries} if is_provisional(record_id) else {record_id}

    # What came of it.

    def judge(self, outcome: Committed | Conflicted | SheetsError, ground: Still) -> None:
        """Hold the outcome against what happened; `ground` is what stands there now."""
        for effects in (self.effects, self.new):
            # A partner has deleted the row, or typed over it, in the meantime.
            for place in [place for place, one in effects.items() if not same(self.model.get(place), one.value)]:
                self.overtaken.append(effects.pop(place).want)
        if isinstance(outcome, Committed):
            self._committed(outcome, ground)
        elif isinstance(outcome, Conflicted) or not outcome.unknown_outcome:
            assert not self.effects, f"nothing was to be written ({outcome}): {self.effects}"
            assert not self.new, f"nothing was to be added ({outcome}): {self.new}"
        else:
            self.unsettled |= self.effects | self.new
            self.model.owed |= {place for place, _ in self.strays if not same(ground.at(place), self.model.get(place))}
        if isinstance(outcome, Conflicted):
            self._conflicted(outcome)
        told = [entry.before for entry in self.put_back]
        for place, value in self.strays:
            if place not in self.model.owed and place[1] in ground.view(place[0]).by_key:
                assert text(value) in told, f"{place}: {value!r} was put there by mistake; the journal has {told}"

    def _committed(self, outcome: Committed, ground: Still) -> None:
        if self.commits:
            assert outcome.commit_id == self.commits[-1], f"{outcome.commit_id} is said, {self.commits} were written"
        else:
            assert outcome.commit_id == ""
        assert len(outcome.records) == len(self.changes)
        assert self.read is not None
        for index, (change, record) in enumerate(zip(self.changes, outcome.records, strict=True)):
            table = TABLES.index(type(change.after))
            if change.before is None:
                assert record.id == self.added.get(index, record.id)
                continue
            for want in wants_of(change):
                done = want in self.overtaken or any(one.want == want for one in self.effects.values())
                assert done or self._stood(table, record.id, want), f"{want} is in no cell, and was said to be saved"
        if not self.slipped:
            for change, record in zip(self.changes, outcome.records, strict=True):
                fresh = ground.data.get(type(record), record.id)
                assert fresh is not None, f"{record} is not there"
                self._same_record(record, fresh, ground, outcome.snapshot.data)
                kept = outcome.snapshot.data.get(type(record), record.id)
                assert kept is not None
                assert as_kept(kept, ground.data) == as_kept(record, ground.data), (
                    f"the snapshot has {kept}, the commit gave {record} for {change}"
                )

    def _same_record(self, record: Record, fresh: Record, ground: Still, kept: Dataset) -> None:
        table = TABLES.index(type(record))
        view = ground.view(table)
        reading = ground.data.reading(type(record))
        assert reading is not None
        row = reading.rows[record.id]
        for declared in (one for one in record.table.columns if one.field != "label"):  # it follows at the next change
            column = reading.columns.get(declared.field)
            value = None if column is None else view.value(row, column)
            if column is None or isinstance(value, Formula) or str(value).startswith("="):
                continue  # what it gives, or whether it is one, the next reading tells
            one, other = getattr(record, declared.field), getattr(fresh, declared.field)
            if isinstance(declared.kind, Reference) and one != other:
                # A house that another process added, or a partner deleted, since this one's last reading.
                assert kept.get(House, other) is None or ground.data.get(House, one) is None
                continue
            assert one == other, f"{record.id}.{declared.field}: the commit gave {one!r}, the sheet says {other!r}"

    def _stood(self, table: int, record_id: str, want: Want) -> bool:
        """Whether what is wanted stood there already."""
        assert self.read is not None
        found = self.read.data.get(TABLES[table], record_id)
        return found is not None and getattr(found, want.field) == want.value

    def _conflicted(self, outcome: Conflicted) -> None:
        assert outcome.conflicts
        for conflict in outcome.conflicts:
            table = TABLES.index(conflict.record_type)
            want = next(w for w in self.wants if w.record_id == conflict.record_id and w.field == conflict.field)
            assert not want.overwrite, "what was shown and overwritten is not asked again"
            assert self.read is not None
            reading = self.read.data.reading(TABLES[table])
            assert reading is not None
            row = reading.rows.get(conflict.record_id)
            if row is None:
                continue
            view = self.read.view(table)
            place = (table, *view.place(row, reading.columns[conflict.field]))
            stands, readable = self._stands(place, conflict.field)
            if conflict.field == "house_id" and (
                self.read.data.get(House, stands) is None or LABEL_SEPARATOR not in text(self.read.at(place))
            ):
                # A house that was deleted, or that has another name since the app's last reading, is not understood.
                continue
            assert not readable or stands not in {want.seen, want.value}, f"asked about nothing: {conflict}"


def as_kept(record: Record, data: Dataset) -> Record:
    """A record without its label, which is written anew along with another change only, nor a house that is gone."""
    if isinstance(record, Person) and data.get(House, record.house_id) is None:
        return replace(record, house_id="")
    return replace(record, label="") if record.table.labelled else record
