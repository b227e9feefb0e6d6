"""A record's form, derived from its declaration, in a dialog: checked, saved in one commit, its typing never lost."""

import dataclasses
import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from pdn.domain.checks import check
from pdn.domain.finding import Finding
from pdn.french import listing
from pdn.schema import Column, Dataset, Record
from pdn.schema.kinds import Misread
from pdn.sheets import Change, Committed, Conflict, Conflicted, ErrorKind, SheetsError
from pdn.ui.fields import draw_field, field_value, told
from pdn.ui.page import Page
from pdn.ui.saving import FAILED, KEPT, RETRY, attempt, draw_conflict, told_failure
from pdn.ui.text import md

R = TypeVar("R", bound=Record)
PER_ROW = 2
STATE = "form"
"""Where an open form keeps what it has to say between two reruns."""

GONE = "Votre saisie est toujours là\u00a0: enregistrée comme nouvelle fiche, elle retrouve son identifiant."


@dataclasses.dataclass
class FormState:
    """What an open form has to say.

    Attributes:
        misreads: What could not be understood, by field.
        findings: What the rules say.
        conflicts: What somebody else changed meanwhile.
        warned: The warnings that the person has read and saves in spite of.
        failure: Why the last attempt to save came to nothing.
        record_id: The id that the last attempt was about to give to a new record.
        saved: The record once it is saved.
    """

    misreads: dict[str, str] = dataclasses.field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    warned: tuple[Finding, ...] = ()
    failure: SheetsError | None = None
    record_id: str = ""
    saved: Record | None = None


def form_columns(record_type: type[Record], fields: Sequence[str] | None = None) -> tuple[Column, ...]:
    """The columns that a form shows: those asked for, or all that people fill in."""
    if fields is not None:
        return tuple(record_type.table.by_field[field] for field in fields)
    return tuple(
        column for column in record_type.table.columns if not column.kind.app_owned and column.field != "archived_on"
    )


def open_form(
    page: Page,
    draft: R,
    *,
    before: R | None = None,
    title: str = "",
    fields: Sequence[str] | None = None,
    success: str = "",
    then: Callable[[R], None] | None = None,
) -> None:
    """Open the form of a record in a dialog. Call it at once when its button is clicked.

    Args:
        page: The page.
        draft: What the fields show at first: the record itself, or a new one (its id empty) with what is known of it.
        before: The record as the person saw it; None to add one.
        title: The dialog's title; « Modifier … » or « Ajouter … » by default.
        fields: The fields to show; all that people fill in by default.
        success: What is told once it is saved.
        then: Called with the saved record before the page reruns, for example to open its card.
    """
    table = draft.table
    st.session_state.pop(STATE, None)
    heading = title or (
        f"Modifier : {draft.title}" if before else f"Ajouter {'une' if table.feminine else 'un'} {table.singular}"
    )
    columns = form_columns(type(draft), fields)

    @st.dialog(heading, width="medium", dismissible=False)
    def dialog() -> None:
        _draw_form(page, draft, before, columns, success, then)

    dialog()


def _draw_form(
    page: Page,
    draft: R,
    before: R | None,
    columns: Sequence[Column],
    success: str,
    then: Callable[[R], None] | None,
) -> None:
    state: FormState = st.session_state.setdefault(STATE, FormState())
    prefix = f"form-{draft.table.key}-{before.id if before else 'new'}"
    with st.form(prefix, border=False):
        _draw_fields(page, draft, before, columns, prefix, state)
        for conflict in state.conflicts:
            draw_conflict(conflict, f"{prefix}-keep-{conflict.field}")
        for finding in state.findings:
            draw = st.error if finding.blocking else st.warning
            draw(md(finding.message), icon=":material/block:" if finding.blocking else ":material/warning:")
        draw_to_mend(columns, state.misreads)
        draw_failure(state.failure)
        with st.container(horizontal=True, horizontal_alignment="right"):
            cancelled = st.form_submit_button("Annuler", key=f"{prefix}-cancel")
            st.form_submit_button(
                _label(state), type="primary", key=f"{prefix}-save", on_click=_submit,
                args=(page, draft, before, columns, prefix, success),
            )  # fmt: skip
    if cancelled:
        st.session_state.pop(STATE, None)
        st.rerun()
    if state.saved is not None:
        st.session_state.pop(STATE, None)
        if then is not None:
            then(state.saved)  # type: ignore[arg-type] # the saved record is of the draft's type
        st.rerun()


def _draw_fields(
    page: Page, draft: Record, before: Record | None, columns: Sequence[Column], prefix: str, state: FormState
) -> None:
    """Every field under its heading."""
    unread = {problem.field: problem.found for problem in page.problems_of(before)} if before else {}
    for group, members in itertools.groupby(columns, key=lambda column: column.group):
        if group:
            st.markdown(f"**{group}**")
        draw_rows(list(members), draft, prefix, page.data, state.misreads, unread)


def draw_rows(
    columns: Sequence[Column],
    values: object,
    prefix: str,
    data: Dataset,
    misreads: Mapping[str, str],
    unread: Mapping[str, str],
) -> None:
    """Draw fields by rows of two, each with what is wrong with it just below.

    Args:
        columns: The fields.
        values: What holds their values, each as an attribute: a record, or the settings.
        prefix: What their session keys begin with; the field follows, after a hyphen.
        data: What references choose among.
        misreads: What was typed and could not be understood, by field.
        unread: What stands in the sheet and could not be understood, by field.
    """
    for pair in side_by_side(columns):
        for place, column in zip(st.columns(len(pair) if pair[0].kind.multiline else PER_ROW), pair, strict=False):
            with place:
                draw_field(column, getattr(values, column.field), f"{prefix}-{column.field}", data)
                if column.field in misreads:
                    st.error(md(misreads[column.field]), icon=":material/error:")
                elif found := unread.get(column.field):
                    st.caption(f"Dans la feuille : « {md(found)} », qui n’a pas été compris.")


def draw_to_mend(columns: Sequence[Column], misreads: Mapping[str, str]) -> None:
    """Say, beside the buttons of a form, which of its fields are to be mended first."""
    if misreads:
        names = listing(f"« {column.header} »" for column in columns if column.field in misreads)
        st.error(f"À corriger avant d’enregistrer : {md(names)}.", icon=":material/error:")


def side_by_side(columns: Sequence[Column]) -> list[tuple[Column, ...]]:
    """The fields by rows of two, in their order; one of several lines has a row to itself."""
    rows: list[tuple[Column, ...]] = []
    waiting: list[Column] = []
    for column in columns:
        if column.kind.multiline:
            rows += [tuple(waiting)] if waiting else []
            rows.append((column,))
            waiting = []
            continue
        waiting.append(column)
        if len(waiting) == PER_ROW:
            rows.append(tuple(waiting))
            waiting = []
    return rows + ([tuple(waiting)] if waiting else [])


def draw_failure(failure: SheetsError | None) -> None:
    """Say, beside the buttons of a form, why the last attempt to save came to nothing: the typing is still there."""
    if failure is not None:
        st.error(f"{told_failure(failure)} {GONE if is_gone(failure) else KEPT}", icon=FAILED)


def is_gone(failure: SheetsError | None) -> bool:
    """Whether the last attempt failed because the row is no longer in the sheet."""
    return failure is not None and failure.kind is ErrorKind.ROW_GONE


def save_label(failure: SheetsError | None, otherwise: str = "Enregistrer") -> str:
    """What the button of a form says: « Réessayer » after a failure."""
    return RETRY if failure is not None else otherwise


def _label(state: FormState) -> str:
    if is_gone(state.failure):
        return "Enregistrer comme nouvelle fiche"
    return save_label(state.failure, "Enregistrer quand même" if _only_warnings(state) else "Enregistrer")


def _only_warnings(state: FormState) -> bool:
    return bool(state.findings) and not any(finding.blocking for finding in state.findings)


def _submit(
    page: Page, draft: Record, before: Record | None, columns: Sequence[Column], prefix: str, success: str
) -> None:
    state: FormState = st.session_state.setdefault(STATE, FormState())
    values, state.misreads = _values(columns, prefix)
    overwrite = set()
    for conflict in state.conflicts:
        if st.session_state.get(f"{prefix}-keep-{conflict.field}"):
            overwrite.add(conflict.field)
        elif before is not None:
            values[conflict.field] = getattr(before, conflict.field)
    if state.misreads:
        state.findings = ()
        return
    wanted = dataclasses.replace(draft, **values)
    if before is None and state.record_id:
        wanted = dataclasses.replace(wanted, id=state.record_id)
    findings = check(wanted, page.data, page.settings, page.today)
    refused = any(finding.blocking for finding in findings)
    if refused or (findings and findings != state.warned):
        state.findings = findings
        state.warned = () if refused else findings
        return
    state.findings = ()
    noun = wanted.table.singular
    done = success or f"{noun[0].upper()}{noun[1:]} : enregistrement fait."
    # A row that is gone comes back under its own id, and finds again what refers to it.
    seen = None if is_gone(state.failure) else before
    outcome = attempt(page, [Change(wanted, before=seen, overwrite=frozenset(overwrite))], done)
    state.failure = None
    if isinstance(outcome, Committed):
        state.saved = outcome.records[0] if outcome.records else wanted
    elif isinstance(outcome, Conflicted):
        state.conflicts = tuple(outcome.conflicts)
    else:
        state.failure = outcome
        state.record_id = outcome.ids.get(0, "")


def _values(columns: Sequence[Column], prefix: str) -> tuple[dict[str, Any], dict[str, str]]:
    """What the widgets hold, and what of it can't be saved, by field."""
    values: dict[str, Any] = {}
    misreads: dict[str, str] = {}
    for column in columns:
        value = field_value(column.kind, f"{prefix}-{column.field}")
        if isinstance(value, Misread):
            misreads[column.field] = told(value)
        elif column.required and value == column.kind.blank:
            misreads[column.field] = "À remplir."
        else:
            values[column.field] = value
    return values, misreads
