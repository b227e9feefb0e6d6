"""A commit: read afresh, merge, write atomically with the journal, check where it landed, mend if need be."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pdn.schema import Dataset, Record, mint
from pdn.schema.ids import is_provisional
from pdn.sheets.after import After, afters
from pdn.sheets.book import Book
from pdn.sheets.cells import CellWrite
from pdn.sheets.change import Change, Conflict, Conflicted, Renaming
from pdn.sheets.clock import Clock
from pdn.sheets.errors import ErrorKind, SheetsError
from pdn.sheets.fresh import FreshTabs, read_tabs
from pdn.sheets.headers import is_renamed, to_rename
from pdn.sheets.journal import Action, mint_commit, renamed, sign
from pdn.sheets.journal_reader import JournalReader
from pdn.sheets.merge import Merged, merge, new_row
from pdn.sheets.plan import Plan, RowWrites, astray
from pdn.sheets.references import References
from pdn.sheets.repair import clear_added, put_back
from pdn.sheets.tab_state import TabState

ATTEMPTS = 5
FIRST_LOOK = 0.5
UNKNOWN = (
    "La connexion s’est interrompue pendant l’enregistrement, et on ne sait pas encore s’il a abouti. "
    "Enregistrez de nouveau : rien ne sera écrit deux fois."
)
UNSETTLED = (
    "La feuille change trop vite en ce moment (tri, lignes ou colonnes déplacées) pour enregistrer sans risque. "
    "Réessayez dans un instant."
)


@dataclass(frozen=True)
class Written:
    """What a commit did.

    Attributes:
        commit_id: The code of its journal entries; empty where there was nothing to write.
        records: The records as they stand, in the order of the changes.
        replaced: The provisional ids that gave way to ids of their own.
    """

    commit_id: str
    records: tuple[Record, ...]
    replaced: frozenset[tuple[type[Record], str]] = frozenset()


@dataclass
class Committer:
    """Writes to one spreadsheet, one commit at a time.

    Attributes:
        book: The spreadsheet.
        record_types: Every record type that can be referred to.
        clock: Time.
        journal: The spreadsheet's journal.
    """

    book: Book
    record_types: tuple[type[Record], ...]
    clock: Clock
    journal: JournalReader
    _minted: dict[tuple[Change, ...], dict[int, str]] = field(default_factory=dict)

    def commit(
        self,
        changes: Sequence[Change],
        data: Dataset,
        author: str,
        *,
        renamings: Sequence[Renaming] = (),
        action: Action | None = None,
    ) -> Written | Conflicted:
        """Make these changes, all of them or none.

        Args:
            changes: What the person wants.
            data: The data that names other records.
            author: Who signs the journal's entries.
            renamings: Headers to change along.
            action: What the journal calls it; what each change is by itself where None.

        Raises:
            SheetsError: nothing was written, or its `unknown_outcome` says that it may have been.
        """
        wanted = tuple(changes)
        with self.book.turn():
            # What was minted for these very changes, if the connection broke before their outcome was known.
            ids = self._minted.pop(wanted, {})
            try:
                return _Run(self, wanted, tuple(renamings), data, author, action, ids).run()
            except SheetsError as error:
                if error.unknown_outcome:
                    self._minted[wanted] = ids
                raise

    def signed(self, conflict: Conflict) -> Conflict:
        """The conflict with who left in the field what stands there and when, where the journal knows."""
        try:
            entries = self.journal.entries()
        except SheetsError:
            return conflict
        place = (conflict.record_type.table.tab, conflict.record_id, conflict.header)
        for one in reversed(entries):
            if (one.tab, one.record_id, one.field) == place:
                # What was typed in the sheet after it is nobody's that we know.
                known = one.after == conflict.current
                return dataclasses.replace(conflict, by=one.author, at=one.made_at) if known else conflict
        return conflict


@dataclass
class _Run:
    """One commit under way."""

    owner: Committer
    changes: tuple[Change, ...]
    renamings: tuple[Renaming, ...]
    data: Dataset
    author: str
    action: Action | None
    ids: dict[int, str]

    def run(self) -> Written | Conflicted:
        pending: Plan | None = None
        merged: list[Merged] = []
        last_id = ""
        for attempt in range(ATTEMPTS):
            tabs = self._read(pending, afresh=attempt > 0)
            after: Mapping[str, After] | None
            if pending is not None and pending.commit_id in tabs.commit_ids:
                plan, after = pending, {s.tab.title: After.of_grid(s.tab, s.grid) for s in tabs.states.values()}
            else:
                merged = self._merge(tabs)
                if conflicts := [conflict for one in merged for conflict in one.conflicts]:
                    return Conflicted(tuple(self.owner.signed(conflict) for conflict in conflicts))
                renamings = to_rename(self.renamings, tabs.states)
                if not renamings and not any(one.changes_anything for one in merged):
                    return self._written(last_id, merged)
                plan = self._plan(merged, renamings, tabs, pending.commit_id if pending else "")
                after = self._send(plan, attempt)
            if after is None:
                pending = plan
                continue
            pending, last_id = None, plan.commit_id
            self.owner.journal.add(plan.entries)
            if any(astray(plan, after)):
                self._mend(plan, after)
            elif all(is_renamed(state, renaming, after) for state, renaming in plan.renamings):
                return self._written(plan.commit_id, merged)
        if pending is not None:
            raise SheetsError(ErrorKind.NETWORK, UNKNOWN, unknown_outcome=True)
        raise SheetsError(ErrorKind.UNSETTLED, UNSETTLED)

    def _read(self, pending: Plan | None, *, afresh: bool) -> FreshTabs:
        """Step 1: the tabs to be touched, with their formulas, and the Journal's header: one request.

        After a request whose outcome is unknown (`pending`), the codes of the Journal too, to know whether it landed.
        """
        touched = (*(type(change.after) for change in self.changes), *(one.record_type for one in self.renamings))
        types = tuple(dict.fromkeys(touched))
        try:
            return read_tabs(self.owner.book, types, pending.commit_range() if pending else "", afresh=afresh)
        except SheetsError as error:
            if pending is None:
                raise
            raise SheetsError(error.kind, UNKNOWN, detail=error.detail, unknown_outcome=True) from error

    def _send(self, plan: Plan, attempt: int) -> Mapping[str, After] | None:
        """Step 3: the one request; None where nobody knows whether it landed, after a wait."""
        try:
            return afters(self.owner.book.batch_update(plan.requests(), plan.ranges()))
        except SheetsError as error:
            if not error.unknown_outcome:
                raise
        # What was sent may still be on its way: looking at once would miss it.
        self.owner.clock.sleep(FIRST_LOOK * 2**attempt)
        return None

    def _merge(self, tabs: FreshTabs) -> list[Merged]:
        """Step 2: every change held against the sheet, once those written along are known to each other."""
        references = References(self.data, self.owner.record_types)
        for index, change in enumerate(self.changes):
            self._give_id(index, change, tabs)
            references.add(dataclasses.replace(change.after, id=self.ids[index]))
        return [
            merge(change, self.ids[index], tabs.states[type(change.after)], references)
            for index, change in enumerate(self.changes)
        ]

    def _give_id(self, index: int, change: Change, tabs: FreshTabs) -> None:
        record_type = type(change.after)
        known = change.before.id if change.before else change.after.id
        if known and not is_provisional(known):
            self.ids[index] = known
        elif index not in self.ids:
            taken = {*tabs.states[record_type].rows, *self.ids.values()}
            taken |= {record.id for record in self.data.all(record_type)}
            self.ids[index] = mint(record_type.table.prefix, self.owner.clock.wall(tabs.zone), taken)

    def _plan(
        self,
        merged: Sequence[Merged],
        renamings: tuple[tuple[TabState, Renaming], ...],
        tabs: FreshTabs,
        commit_id: str,
    ) -> Plan:
        """What step 3 will send; under the code of an attempt whose outcome was unknown, where there is one."""
        references = References(self.data, self.owner.record_types)
        for one in merged:
            references.add(one.record)
        rows: list[RowWrites] = []
        added: dict[type[Record], list[Mapping[int, CellWrite]]] = {}
        ids: dict[str, list[str]] = {}
        for one in merged:
            state = tabs.states[type(one.record)]
            if one.row is None:
                added.setdefault(type(one.record), []).append(new_row(one.record, state.columns, references))
                ids.setdefault(state.tab.title, []).append(one.record.id)
            elif one.writes:
                rows.append(RowWrites(state, one.row, state.id_at(one.row), one.writes, one.record))
        entries = [one for part in merged if part.changes_anything for one in part.entries]
        entries += [renamed(one.record_type.table, one.found, one.header) for _, one in renamings]
        if self.action is not None:
            entries = [dataclasses.replace(one, action=self.action) for one in entries]
        made_at = self.owner.clock.wall(tabs.zone)
        code = commit_id or mint_commit(self.owner.clock, tabs.zone)
        return Plan(
            code,
            tuple(rows),
            tuple((tabs.states[record_type], cells) for record_type, cells in added.items()),
            ids,
            sign(entries, code, self.author, made_at),
            tabs.journal,
            tabs.journal_columns,
            renamings,
        )

    def _written(self, commit_id: str, merged: Sequence[Merged]) -> Written:
        replaced = {
            (type(change.before), change.before.id)
            for change in self.changes
            if change.before is not None and is_provisional(change.before.id)
        }
        return Written(commit_id, tuple(one.record for one in merged), frozenset(replaced))

    def _mend(self, plan: Plan, after: Mapping[str, After]) -> None:
        """Step 4, when something moved in the instant between reading and writing: put it back, with its journal."""
        for _ in range(ATTEMPTS):
            lost, columns_moved = astray(plan, after)
            tabs = self._read(None, afresh=True)
            now = {state.tab.sheet_id: state for state in tabs.states.values()}
            rows, entries = put_back([one for one in lost if one.state.tab.sheet_id in now], now)
            if columns_moved:
                for state, _ in plan.added:
                    if state.tab.sheet_id in now:
                        ids = plan.added_ids[state.tab.title]
                        rows += clear_added(ids, now[state.tab.sheet_id])
            if not rows:
                return
            commit_id = mint_commit(self.owner.clock, tabs.zone)
            signed = sign(entries, commit_id, self.author, self.owner.clock.wall(tabs.zone))
            plan = Plan(commit_id, tuple(rows), (), {}, signed, tabs.journal, tabs.journal_columns)
            after = afters(self.owner.book.batch_update(plan.requests(), plan.ranges()))
            self.owner.journal.add(plan.entries)
            if not any(astray(plan, after)):
                return
        raise SheetsError(ErrorKind.UNSETTLED, UNSETTLED)
