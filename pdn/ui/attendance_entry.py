"""The attendance being entered for a group: what the person saw, does, and wants saved, kept between two reruns."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.attendance_rates import attendances
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.french import sort_key
from pdn.schema.kinds import Misread
from pdn.sheets import Change, Conflict, SheetsError
from pdn.ui.fields import told
from pdn.ui.page import Page

STATE = "presences"
"""Where the session keeps the entry that is open."""

ADD = "ajouter"
"""The list that is always drawn: Streamlit forgets it, and all the form with it, once the page is left."""


@dataclasses.dataclass
class Entry:
    """The attendance being entered for a session.

    Attributes:
        session_id: The session.
        before: The rows as the person first saw them, by Promeneur: what a merge compares with.
        added: Those whom the person adds.
        removed: Those whom the person takes off the list.
        detailed: Whether hours and satisfaction are shown.
        misreads: Hours that could not be understood, by Promeneur.
        conflicts: What somebody else changed meanwhile.
        failure: Why the last attempt to save came to nothing.
        ids: The ids that it was about to give, by Promeneur: saved again under its own, nobody is added twice.
        round: Changes once it is saved, so that the widgets begin anew.
    """

    session_id: str
    before: dict[str, Attendance] = dataclasses.field(default_factory=dict)
    added: list[str] = dataclasses.field(default_factory=list)
    removed: set[str] = dataclasses.field(default_factory=set)
    detailed: bool = False
    misreads: dict[str, str] = dataclasses.field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    failure: SheetsError | None = None
    ids: dict[str, str] = dataclasses.field(default_factory=dict)
    round: int = 0

    def key(self, promeneur_id: str, what: str) -> str:
        """The session key of a widget."""
        return f"presence-{self.session_id}-{self.round}-{promeneur_id}-{what}"


def open_entry(page: Page, session: Session) -> Entry:
    """The entry that goes on, or a new one: for another session, or where the page was left and its widgets with it."""
    entry: Entry | None = st.session_state.get(STATE)
    rows = {row.promeneur_id: row for row in attendances(session, page.data) if row.promeneur_id}
    left = entry is None or entry.session_id != session.id or entry.key("", ADD) not in st.session_state
    if entry is None or left:
        entry = begin(Entry(session.id, round=entry.round + 1 if entry else 0))
    for promeneur_id, row in rows.items():
        entry.before.setdefault(promeneur_id, row)
        if promeneur_id in entry.added:
            entry.added.remove(promeneur_id)
    for promeneur_id in [each for each in entry.before if each not in rows]:
        # Taken off the sheet meanwhile: what is entered here for that person is saved as a new row.
        del entry.before[promeneur_id]
        if promeneur_id not in entry.removed:
            entry.added.append(promeneur_id)
    return entry


def begin(entry: Entry) -> Entry:
    """Make it the entry that is open."""
    st.session_state[STATE] = entry
    st.session_state[entry.key("", ADD)] = []
    return entry


def listed(page: Page, entry: Entry) -> list[Promeneur]:
    """The people of the list: those of the sheet by name, then those who are being added."""
    known = [page.data.get(Promeneur, each) for each in entry.before if each not in entry.removed]
    by_name = sorted(
        (promeneur for promeneur in known if promeneur is not None),
        key=lambda promeneur: sort_key(f"{promeneur.last_name} {promeneur.title}"),
    )
    added = [promeneur for each in entry.added if (promeneur := page.data.get(Promeneur, each)) is not None]
    return [*by_name, *added]


def all_present(entry: Entry, rows: Iterable[Promeneur]) -> None:
    """Whoever is still « inscrit » becomes present."""
    for promeneur in rows:
        key = entry.key(promeneur.id, "etat")
        if st.session_state.get(key) == AttendanceState.ENROLLED.value:
            st.session_state[key] = AttendanceState.PRESENT.value


def show_details(entry: Entry) -> None:
    """Show hours and satisfaction from now on."""
    entry.detailed = True


def add(entry: Entry, key: str, everybody: Sequence[str] | None) -> None:
    """Add those whom the list under a key names, or these, to the group."""
    for promeneur_id in st.session_state[key] if everybody is None else everybody:
        if promeneur_id in entry.removed:
            entry.removed.discard(promeneur_id)
        elif promeneur_id not in entry.added:
            entry.added.append(promeneur_id)
    st.session_state[key] = []


def remove(entry: Entry, key: str) -> None:
    """Take those whom the list under a key names off the group, once it is saved."""
    for promeneur_id in st.session_state[key]:
        if promeneur_id in entry.added:
            entry.added.remove(promeneur_id)
        else:
            entry.removed.add(promeneur_id)
    st.session_state[key] = []


def wanted_row(session: Session, entry: Entry, promeneur: Promeneur) -> Attendance:
    """A person's row as the widgets say; what is not shown stays as it was."""
    before = entry.before.get(promeneur.id)
    values: dict[str, Any] = {"state": AttendanceState(st.session_state[entry.key(promeneur.id, "etat")])}
    entry.misreads.pop(promeneur.id, None)
    hours_key, stars_key = entry.key(promeneur.id, "heures"), entry.key(promeneur.id, "satisfaction")
    if hours_key in st.session_state:
        minutes = Attendance.table.by_field["minutes"].kind.parse(st.session_state[hours_key])
        if isinstance(minutes, Misread):
            entry.misreads[promeneur.id] = f"Heures\u00a0: {told(minutes)}"
        else:
            values["minutes"] = minutes
    if stars_key in st.session_state:
        stars = st.session_state[stars_key]
        values["satisfaction"] = None if stars is None else stars + 1
    known = entry.ids.get(promeneur.id, "")
    row = before or Attendance(id=known, session_id=session.id, promeneur_id=promeneur.id)
    return dataclasses.replace(row, **values)


def resolved_change(entry: Entry, row: Attendance, before: Attendance | None) -> Change:
    """The change of a row after the person chose, field by field, between what is typed and what the sheet says."""
    overwrite = set()
    for conflict in entry.conflicts:
        if before is None or conflict.record_id != before.id:
            continue
        if st.session_state.get(conflict_key(entry, conflict)):
            overwrite.add(conflict.field)
        else:
            row = dataclasses.replace(row, **{conflict.field: getattr(before, conflict.field)})
    return Change(row, before=before, overwrite=frozenset(overwrite))


def conflict_key(entry: Entry, conflict: Conflict) -> str:
    """The session key of the choice that a conflict asks for."""
    return entry.key(conflict.record_id, f"garder-{conflict.field}")
