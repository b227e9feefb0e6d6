"""The form of a group of settings, in a dialog: the widgets of their kinds, saved in one commit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from pdn.domain.finding import Finding
from pdn.domain.settings import Settings
from pdn.domain.settings_edit import parameter_changes, with_values
from pdn.domain.settings_rules import check_settings
from pdn.schema import Column
from pdn.schema.kinds import Misread
from pdn.sheets import Change, Committed, Conflict, Conflicted, SheetsError
from pdn.ui.fields import field_value, told
from pdn.ui.forms import draw_failure, draw_rows, draw_to_mend, save_label
from pdn.ui.messages import flash
from pdn.ui.page import Page
from pdn.ui.saving import attempt, draw_conflict
from pdn.ui.text import md

STATE = "settings-form"
NOTHING_CHANGED = "Rien n’a changé."


@dataclass
class SettingsState:
    """What an open form has to say between two reruns.

    Attributes:
        misreads: What could not be understood, by field.
        findings: What the settings would contradict.
        conflicts: What somebody else changed meanwhile.
        failure: Why the last attempt to save came to nothing.
        saved: Whether it is saved.
    """

    misreads: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    failure: SheetsError | None = None
    saved: bool = False


def open_settings_form(page: Page, heading: str, columns: Sequence[Column]) -> None:
    """Open the form of the settings of a heading. Call it at once when its button is clicked."""
    st.session_state.pop(STATE, None)

    @st.dialog(f"Modifier\u00a0: {heading}", width="medium", dismissible=False)
    def dialog() -> None:
        _draw(page, columns)

    dialog()


def _key(declared: Column) -> str:
    return f"{STATE}-{declared.field}"


def _draw(page: Page, columns: Sequence[Column]) -> None:
    state: SettingsState = st.session_state.setdefault(STATE, SettingsState())
    unread = {problem.record_id: problem.found for problem in page.settings_problems}
    with st.form(f"{STATE}-fields", border=False):
        draw_rows(columns, page.settings, STATE, page.data, state.misreads, unread)
        for conflict in state.conflicts:
            st.markdown(f"**{md(conflict.title)}**")
            draw_conflict(conflict, f"{STATE}-keep-{conflict.record_id}")
        for finding in state.findings:
            st.error(md(finding.message), icon=":material/block:")
        draw_to_mend(columns, state.misreads)
        draw_failure(state.failure)
        with st.container(horizontal=True, horizontal_alignment="right"):
            cancelled = st.form_submit_button("Annuler", key=f"{STATE}-cancel")
            st.form_submit_button(
                save_label(state.failure), type="primary", key=f"{STATE}-save", on_click=_submit, args=(page, columns)
            )
    if cancelled or state.saved:
        st.session_state.pop(STATE, None)
        st.rerun()


def _submit(page: Page, columns: Sequence[Column]) -> None:
    state: SettingsState = st.session_state.setdefault(STATE, SettingsState())
    held = {declared.field: field_value(declared.kind, _key(declared)) for declared in columns}
    state.misreads = {name: told(value) for name, value in held.items() if isinstance(value, Misread)}
    state.findings = () if state.misreads else _contradictions(page.settings, held)
    if state.misreads or state.findings:
        return
    overwrite = _overwritten(state.conflicts)
    kept = {name: value for name, value in held.items() if overwrite.get(name, True)}
    changes = [
        Change(after, before=before, overwrite=frozenset({"value"} if after.id in overwrite else ()))
        for after, before in parameter_changes(page.data, kept)
    ]
    if not changes:
        flash(NOTHING_CHANGED, ":material/info:")
        state.saved = True
        return
    outcome = attempt(page, changes, "Paramètres enregistrés.")
    state.failure = outcome if isinstance(outcome, SheetsError) else None
    if isinstance(outcome, Committed):
        state.saved = True
    elif isinstance(outcome, Conflicted):
        state.conflicts = tuple(outcome.conflicts)


def _contradictions(settings: Settings, values: Mapping[str, Any]) -> tuple[Finding, ...]:
    """What the settings would contradict with these values; what they contradicted elsewhere already is let through."""
    return tuple(finding for finding in check_settings(with_values(settings, values)) if finding.field in values)


def _overwritten(conflicts: Sequence[Conflict]) -> dict[str, bool]:
    """For each setting that somebody else changed: whether the person's own value is kept."""
    return {
        conflict.record_id: bool(st.session_state.get(f"{STATE}-keep-{conflict.record_id}")) for conflict in conflicts
    }
