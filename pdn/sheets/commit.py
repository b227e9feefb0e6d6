"""A commit: read afresh, merge, write atomically with the journal, check where it landed, mend if need be."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pdn.domain.journal import CELL_LENGTH, JournalEntry
from pdn.schema import Dataset, Record, mint
from pdn.schema.ids import is_provisional
from pdn.sheets.after import After, afters
from pdn.sheets.book import Book
from pdn.sheets.cells import CellWrite
from pdn.sheets.change import Change, Conflict, Conflicted, Renaming
from pdn.sheets.clock import Clock
from pdn.sheets.debt import Debt
from pdn.sheets.errors import ErrorKind, SheetsError
from pdn.sheets.fresh import FreshTabs, read_tabs
from pdn.sheets.headers import is_renamed, to_rename
from pdn.sheets.journal import Action, mint_commit, renamed, sign
from pdn.sheets.journal_reader import JournalReader
from pdn.sheets.merge import Merged, find_row, merge, new_row
from pdn.sheets.plan import Landing, Plan, RowWrites, landing
from pdn.sheets.references import References
from pdn.sheets.repair import PutBack
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
        entries: Its journal entries.
    """

    commit_id: str
    records: tuple[Record, ...]
    replaced: frozenset[tuple[type[Record], str]] = frozenset()
    entries: tuple[JournalEntry, ...] = ()


@dataclass
class Committer:
    """Writes to one spreadsheet, one commit at a time.

    Attributes:
        book: The spreadsheet.
        record_types: Every record type that can be referred to.
        clock: Time.
        journal: The spreadsheet's journal.
        debts: What went astray and is still to be put back, because nothing answered any more: the next commit does.
    """

    book: Book
    record_types: tuple[type[Record], ...]
    clock: Clock
    journal: JournalReader
    debts: list[Debt] = field(default_factory=list)
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
                # Whoever corrects a word before saving again asks for other changes, but for the same rows.
                error.ids = dict(ids)
                raise

    def signed(self, conflicts: Sequence[Conflict]) -> tuple[Conflict, ...]:
        """The conflicts with who left in each field what stands there and when, where the journal knows."""
        try:
            # Another process may have written a moment ago.
            entries = self.journal.entries(afresh=True)
        except SheetsError:
            return tuple(conflicts)
        last = {(one.tab, one.record_id, one.field): one for one in entries if one.action != Action.PUT_BACK}
        found = []
        for conflict in conflicts:
            one = last.get((conflict.record_type.table.tab, conflict.record_id, conflict.header))
            # What was typed in the sheet after it is nobody's that we know.
            known = one is not None and one.after == conflict.current[:CELL_LENGTH]
            found.append(dataclasses.replace(conflict, by=one.author, at=one.made_at) if one and known else conflict)
        return tuple(found)


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
        self._settle_debts()
        pending: Plan | None = None
        merged: list[Merged] = []
        done: tuple[JournalEntry, ...] = ()
        for attempt in range(ATTEMPTS):
            tabs = self._read(pending, afresh=attempt > 0)
            if pending is not None and pending.commit_id in tabs.commit_ids:
                now = {state.tab.sheet_id: state for state in tabs.states.values()}
                if not PutBack(now).take_back_unseen(pending, whole=True):
                    self.owner.journal.add(pending.entries)
                    return self._written(merged, pending.entries)
                self._mend(self._owes(pending))
                pending = None
                continue
            merged = self._merge(tabs)
            if conflicts := [conflict for one in merged for conflict in one.conflicts]:
                return Conflicted(self.owner.signed(conflicts))
            renamings = to_rename(self.renamings, tabs.states)
            if not renamings and not any(one.changes_anything for one in merged):
                return self._written(merged, done)
            plan = self._plan(merged, renamings, tabs, pending.commit_id if pending else "")
            after = self._try(plan, attempt, pending)
            if after is None:
                pending = plan
                continue
            pending, done = None, plan.entries
            self.owner.journal.add(plan.entries)
            landed = landing(plan, after)
            if landed.astray:
                self._mend(self._owes(plan, landed))
            elif all(is_renamed(state, renaming, after) for state, renaming in plan.renamings):
                return self._written(merged, plan.entries)
        if pending is not None:
            self.owner.debts.append(self._owes(pending))
            raise SheetsError(ErrorKind.NETWORK, UNKNOWN, unknown_outcome=True)
        raise SheetsError(ErrorKind.UNSETTLED, UNSETTLED)

    def _read(self, pending: Plan | None, *, afresh: bool) -> FreshTabs:
        """Step 1: the tabs to be touched, with their formulas, and the Journal's header: one request.

        After a request whose outcome is unknown (`pending`), the codes of the Journal too, to know whether it landed.
        """
        touched = (*(type(change.after) for change in self.changes), *(one.record_type for one in self.renamings))
        types = tuple(dict.fromkeys(touched))
        codes, headers = (pending.commit_range(), self._owes(pending).headers()) if pending else ("", {})
        try:
            return read_tabs(self.owner.book, types, codes, afresh=afresh, written=headers)
        except SheetsError as error:
            if pending is None:
                raise
            raise self._unknown(error, self._owes(pending)) from error

    def _try(self, plan: Plan, attempt: int, pending: Plan | None) -> Mapping[int, After] | None:
        """Send a plan; where that is refused, one sent before may still land (`pending`)."""
        try:
            return self._send(plan, attempt)
        except SheetsError as error:
            if pending is None:
                raise
            raise self._unknown(error, self._owes(pending)) from error

    def _unknown(self, error: SheetsError, debt: Debt) -> SheetsError:
        """The error of a commit that may have landed: whoever commits next puts back what is astray of it."""
        self.owner.debts.append(debt)
        return SheetsError(error.kind, UNKNOWN, detail=error.detail, unknown_outcome=True)

    def _send(self, plan: Plan, attempt: int) -> Mapping[int, After] | None:
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
            self._give_id(index, change, tabs, references)
            references.add(dataclasses.replace(change.after, id=self.ids[index]))
        return [
            merge(change, self.ids[index], tabs.states[type(change.after)], references)
            for index, change in enumerate(self.changes)
        ]

    def _give_id(self, index: int, change: Change, tabs: FreshTabs, references: References) -> None:
        record_type = type(change.after)
        state = tabs.states[record_type]
        known = change.before.id if change.before else change.after.id
        if known and not is_provisional(known):
            self.ids[index] = known
            return
        if change.before is not None:
            row = find_row(change, self.ids.get(index, ""), state, references)
            if row is not None and state.has_own_id(row):
                # Another process, or a partner, gave it one since: others may refer to it already.
                self.ids[index] = state.id_at(row)
                return
        if index not in self.ids:
            taken = {*state.rows, *self.ids.values()}
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

    def _written(self, merged: Sequence[Merged], entries: tuple[JournalEntry, ...]) -> Written:
        # By what they hold: the reading in memory may be younger than the person's, and number its rows otherwise.
        left = [r for one in {type(c.after) for c in self.changes} for r in self.data.all(one) if is_provisional(r.id)]
        replaced = set()
        for change in self.changes:
            if change.before is not None and is_provisional(change.before.id):
                nameless = dataclasses.replace(change.before, id="")
                alike = [one for one in left if dataclasses.replace(one, id="") == nameless]
                known = next((one for one in alike if one.id == change.before.id), next(iter(alike), None))
                if known is not None:
                    left.remove(known)
                    replaced.add((type(known), known.id))
        code = next((one.commit_id for one in entries), "")
        return Written(code, tuple(one.record for one in merged), frozenset(replaced), entries)

    def _settle_debts(self) -> None:
        """What earlier commits wrote astray, and could not put back because nothing answered any more."""
        for debt in tuple(self.owner.debts):
            try:
                self._put_back(debt, whole=False)
            except SheetsError as error:
                # A tab or a column that somebody took away must not keep everybody from saving elsewhere.
                if error.kind not in {ErrorKind.TAB_MISSING, ErrorKind.COLUMN_MISSING}:
                    raise
            else:
                self.owner.debts.remove(debt)

    def _mend(self, debt: Debt) -> None:
        """Step 4, when something moved in the instant between reading and writing: all of it is put back, journaled.

        It is the whole of the plan that is put back, not what went astray alone: a commit is made whole or not at all.
        """
        try:
            self._put_back(debt, whole=True)
        except SheetsError as error:
            raise self._unknown(error, debt) from error

    def _owes(self, plan: Plan, landed: Landing | None = None) -> Debt:
        return Debt(plan, landed, self.author)

    def _put_back(self, debt: Debt, *, whole: bool) -> None:
        types = tuple(dict.fromkeys(state.record_type for state in debt.plan.states))
        raced = False
        for attempt in range(ATTEMPTS):
            codes = debt.plan.commit_range() if debt.unseen else ""
            tabs = read_tabs(self.owner.book, types, codes, afresh=True, written=debt.headers())
            back = PutBack({state.tab.sheet_id: state for state in tabs.states.values()})
            back.take_back(debt.lost(whole=whole))
            for plan in debt.unseen:
                if plan.commit_id in tabs.commit_ids:
                    back.take_back_unseen(plan, whole=whole and plan is debt.plan)
            if debt.landed and (whole or debt.landed.columns_moved):
                back.take_out(debt.plan)
            if not back.rows:
                return
            commit_id = mint_commit(self.owner.clock, tabs.zone)
            signed = sign(back.entries, commit_id, debt.author, self.owner.clock.wall(tabs.zone))
            plan = Plan(commit_id, tuple(back.rows), (), {}, signed, tabs.journal, tabs.journal_columns)
            after = self._send(plan, attempt)
            if after is None:
                # It landed or not: what is still to be put back shows at the next reading.
                debt.unseen.append(plan)
                continue
            self.owner.journal.add(plan.entries)
            landed = landing(plan, after)
            # A row that was emptied looks like any other blank one: the next reading tells if it was the right one.
            if not landed.astray and not raced and not back.emptied:
                return
            # What this hit by mistake may have hidden what was to be put back: it shows at the next reading.
            raced = landed.astray
            debt.missed += back.missed(landed.hits)
        raise SheetsError(ErrorKind.UNSETTLED, UNSETTLED)
