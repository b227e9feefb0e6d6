"""A group's attendance in one form: one click per person, everything saved in one commit (R17, R34, R35)."""

import dataclasses
from collections.abc import Sequence

import streamlit as st

from pdn.domain.activity import ActivityState, activity
from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.attendance_rates import is_held
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.session_rules import newcomers
from pdn.domain.structure import Structure
from pdn.french import count, listing, sort_key
from pdn.sheets import Change, Conflicted, SheetsError
from pdn.ui.attendance_entry import (
    ADD,
    Entry,
    add,
    all_present,
    begin,
    conflict_key,
    listed,
    open_entry,
    remove,
    resolved_change,
    show_details,
    wanted_row,
)
from pdn.ui.forms import draw_failure, is_gone, save_label
from pdn.ui.messages import empty_state, flash
from pdn.ui.page import Page
from pdn.ui.saving import attempt, draw_conflict
from pdn.ui.text import md

HELD_STATES = (AttendanceState.PRESENT, AttendanceState.ABSENT, AttendanceState.EXCUSED, AttendanceState.ENROLLED)
COMING_STATES = (AttendanceState.ENROLLED, AttendanceState.EXCUSED)
NAME_WIDTH, HOURS_WIDTH = 210, 110


def draw_attendance_form(page: Page, session: Session) -> None:
    """Draw the whole group, one row a person, and save what was entered in one commit.

    All its buttons submit the form: what was clicked or typed before is never lost. What somebody else changed in the
    sheet meanwhile is asked about, person by person.
    """
    held = is_held(session, page.today)
    states = HELD_STATES if held else COMING_STATES
    entry = open_entry(page, session)
    rows = listed(page, entry)
    _warn_of_newcomers(page, session, rows)
    with st.form(f"presences-{session.id}", enter_to_submit=False):
        if rows:
            with st.container(horizontal=True):
                if held:
                    st.form_submit_button(
                        "Tous présents", icon=":material/done_all:", on_click=all_present, args=(entry, rows),
                        help="Les personnes inscrites deviennent présentes\u00a0; celles qui sont excusées le restent.",
                    )  # fmt: skip
                    if not entry.detailed:
                        st.form_submit_button(
                            "Heures et satisfaction", icon=":material/timer:", on_click=show_details, args=(entry,)
                        )
            if entry.detailed:
                st.caption(
                    "Heures\u00a0: seulement si elles diffèrent de la durée de la séance. "
                    "Étoiles\u00a0: satisfaction, de 1 (pas du tout) à 5 (tout à fait)."
                )
            for promeneur in rows:
                _draw_row(session, entry, promeneur, states)
        else:
            empty_state("Personne n’est inscrit pour l’instant\u00a0: ajoutez les Promeneurs ci-dessous.")
        _draw_people(page, session, entry, rows)
        for conflict in entry.conflicts:
            st.markdown(f"**{md(_person(page, conflict.record_id))}**")
            draw_conflict(conflict, conflict_key(entry, conflict))
        draw_failure(entry.failure)
        label = save_label(entry.failure, "Enregistrer les présences" if held else "Enregistrer les inscriptions")
        submitted = st.form_submit_button(
            label, type="primary", icon=":material/save:", width="stretch", key=entry.key("", "enregistrer")
        )
    if submitted:
        _submit(page, session, entry, rows)


def _warn_of_newcomers(page: Page, session: Session, rows: Sequence[Promeneur]) -> None:
    new = newcomers(session, rows, page.settings)
    if new:
        months = count(page.settings.experience_months or 0, "mois", "mois")
        st.warning(
            f"Formation-action\u00a0: moins de {months} de pratique à cette date pour "
            f"{md(listing(promeneur.title for promeneur in new))}. Vous pouvez enregistrer quand même.",
            icon=":material/warning:",
        )


def _draw_row(session: Session, entry: Entry, promeneur: Promeneur, states: Sequence[AttendanceState]) -> None:
    before = entry.before.get(promeneur.id)
    # Who is added at the door was there; a row of the sheet without a state is an enrolment.
    state = states[0] if before is None else before.state or AttendanceState.ENROLLED
    options = states if state in states else (state, *states)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{md(promeneur.title)}**", width=NAME_WIDTH)
        key = entry.key(promeneur.id, "etat")
        st.session_state.setdefault(key, state.value)
        st.segmented_control(
            f"État de {promeneur.title}", [option.value for option in options], key=key, required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        if entry.detailed:
            _draw_details(session, entry, promeneur, before)
    if promeneur.id in entry.misreads:
        st.error(md(entry.misreads[promeneur.id]), icon=":material/error:")


def _draw_details(session: Session, entry: Entry, promeneur: Promeneur, before: Attendance | None) -> None:
    hours = Attendance.table.by_field["minutes"].kind
    key = entry.key(promeneur.id, "heures")
    st.session_state.setdefault(key, hours.write(before.minutes if before else None))
    st.text_input(
        f"Heures de {promeneur.title}", key=key, width=HOURS_WIDTH, label_visibility="collapsed",
        placeholder=hours.write(session.minutes) or "Heures",
    )  # fmt: skip
    key = entry.key(promeneur.id, "satisfaction")
    if before and before.satisfaction:
        st.session_state.setdefault(key, before.satisfaction - 1)
    st.feedback("stars", key=key)


def _draw_people(page: Page, session: Session, entry: Entry, rows: Sequence[Promeneur]) -> None:
    """Draw the two lists that change who is in the form, shut where there is somebody already."""
    here = {promeneur.id for promeneur in rows}
    others = [promeneur for promeneur in _possible(page, session) if promeneur.id not in here]
    titles = {promeneur.id: _described(page, promeneur) for promeneur in (*others, *rows)}
    with st.expander("Ajouter ou retirer des Promeneurs", expanded=not rows, icon=":material/group_add:"):
        add_key, remove_key = entry.key("", ADD), entry.key("", "retirer")
        st.multiselect(
            "Ajouter des Promeneurs", [promeneur.id for promeneur in others], key=add_key,
            format_func=titles.__getitem__, placeholder="Nom d’un Promeneur",
            select_all=False, filter_mode="contains",
        )  # fmt: skip
        with st.container(horizontal=True):
            st.form_submit_button(
                "Ajouter à la liste", icon=":material/add:", on_click=add, args=(entry, add_key, None)
            )
            active = [each.id for each in others if _is_active(page, session, each)]
            if active:
                st.form_submit_button(
                    "Ajouter tous les actifs", icon=":material/groups:", on_click=add, args=(entry, add_key, active),
                    help="Tous les Promeneurs actifs à la date de la séance.",
                )  # fmt: skip
        if rows:
            st.multiselect(
                "Retirer des Promeneurs", [promeneur.id for promeneur in rows], key=remove_key,
                format_func=titles.__getitem__, placeholder="Inscrit par erreur",
                select_all=False, filter_mode="contains",
            )  # fmt: skip
            st.form_submit_button(
                "Retirer de la liste", icon=":material/remove:", on_click=remove, args=(entry, remove_key)
            )


def _possible(page: Page, session: Session) -> list[Promeneur]:
    """Those who may be added: whoever had not left on the day of the session, by name."""
    on = session.held_on or page.today
    people = [
        promeneur
        for promeneur in page.data.live(Promeneur)
        if activity(promeneur, page.data, on).state is not ActivityState.LEFT
    ]
    return sorted(people, key=lambda promeneur: sort_key(f"{promeneur.last_name} {promeneur.title}"))


def _is_active(page: Page, session: Session, promeneur: Promeneur) -> bool:
    return activity(promeneur, page.data, session.held_on or page.today).state is ActivityState.ACTIVE


def _described(page: Page, promeneur: Promeneur) -> str:
    structure = page.data.title(Structure, promeneur.structure_id, empty="")
    return f"{promeneur.title} · {structure}" if structure else promeneur.title


def _person(page: Page, attendance_id: str) -> str:
    attendance = page.data.get(Attendance, attendance_id)
    return page.data.title(Promeneur, attendance.promeneur_id) if attendance else attendance_id


def _submit(page: Page, session: Session, entry: Entry, rows: Sequence[Promeneur]) -> None:
    """Save all that changed in one commit; what stands in the way is shown in the form, with everything still in it."""
    if entry.failure is not None:
        # What became of the last attempt is in the sheet: whom it added, which row is gone.
        open_entry(dataclasses.replace(page, data=page.store.refresh().data), session)
    wanted = [wanted_row(session, entry, promeneur) for promeneur in rows]
    if entry.misreads:
        st.rerun()
    resolved = [resolved_change(entry, row, entry.before.get(row.promeneur_id)) for row in wanted]
    changes = [change for change in resolved if change.after != change.before]
    changes += [
        Change(dataclasses.replace(before, archived_on=page.today), before=before)
        for promeneur_id in sorted(entry.removed)
        if (before := entry.before.get(promeneur_id)) is not None
    ]
    if changes:
        outcome = attempt(page, changes, _success(wanted))
        if isinstance(outcome, SheetsError):
            _keep_failure(entry, changes, outcome)
            st.rerun()
        if isinstance(outcome, Conflicted):
            entry.conflicts, entry.failure = outcome.conflicts, None
            st.rerun()
    elif entry.failure is not None:
        flash(_success(wanted))  # it had landed all the same
    elif not entry.conflicts:
        st.info("Rien n’a changé\u00a0: tout est déjà enregistré.", icon=":material/check:")
        return
    begin(Entry(session.id, detailed=entry.detailed, round=entry.round + 1))
    st.rerun()


def _keep_failure(entry: Entry, changes: Sequence[Change], failure: SheetsError) -> None:
    """Keep why nothing was saved, and under which ids it will be; a row that is gone is added again under its own."""
    entry.failure = failure
    for place, record_id in failure.ids.items():
        row = changes[place].after
        if isinstance(row, Attendance):
            entry.ids[row.promeneur_id] = record_id
    if is_gone(failure):
        entry.ids |= {promeneur_id: row.id for promeneur_id, row in entry.before.items()}


def _success(rows: Sequence[Attendance]) -> str:
    present = sum(row.state is AttendanceState.PRESENT for row in rows)
    if not present:
        return f"Enregistré\u00a0: {count(len(rows), 'personne')} sur la liste."
    return f"Présences enregistrées\u00a0: {count(present, 'présent')} sur {len(rows)}."
