"""Step 3 of an import: what would be added, changed and left, row by row; then one commit."""

from collections.abc import Sequence

import streamlit as st

from pdn.french import NBSP, count, listing, moment, plural
from pdn.imports.columns import Layout
from pdn.imports.preview import Choices, Outcome, Preview, RowPreview, preview
from pdn.imports.rows import read_rows
from pdn.sheets import Change, Conflicted, SheetsError
from pdn.ui.figures import Figure, draw_figures
from pdn.ui.import_file import Chosen
from pdn.ui.import_state import Done, ImportState
from pdn.ui.journal_undo import remember
from pdn.ui.messages import flash
from pdn.ui.page import Page
from pdn.ui.tables import Row, draw_list_head, draw_table
from pdn.ui.text import md

NOT_WRITTEN = (Outcome.LEFT_OUT, Outcome.REFUSED, Outcome.ARCHIVED)


def draw_preview(page: Page, state: ImportState, chosen: Chosen, layout: Layout) -> None:
    """Draw the step."""
    st.header("3. L’aperçu")
    save_key = state.key("save")
    place = st.container()
    with place:
        draw_conflicts(state)
    choices = _choices(state)
    # What a click writes is what the person has before them, even if the sheets were read anew in that instant.
    if not st.session_state.get(save_key):
        _look(page, state, chosen, layout, choices)
    shown = state.shown
    if shown is None or not shown.rows:
        st.info("Aucune ligne à importer sous la ligne des en-têtes.", icon=":material/info:")
        return
    added, changed = len(shown.of(Outcome.ADDED)), len(shown.of(Outcome.CHANGED))
    draw_figures(
        [
            Figure("À ajouter", str(added)),
            Figure("À modifier", str(changed)),
            Figure("Sans changement", str(len(shown.of(Outcome.UNCHANGED)))),
            Figure("Laissées de côté", str(len(shown.of(*NOT_WRITTEN)))),
        ]
    )
    _draw_choices(state, shown, choices)
    if not added and not changed:
        _draw_nothing(shown)
    else:
        if st.button(
            f"Importer{NBSP}: {_told(added, changed)}", type="primary", icon=":material/upload:", key=save_key
        ):
            _save(page, state, chosen, shown)
        if state.error:
            st.error(f"{md(state.error)} Rien n’est perdu{NBSP}: réessayez.", icon=":material/cloud_off:")
    _draw_changes(page, shown)
    _draw_added(page, shown)
    draw_remarks(page, _remarks(chosen, shown))


def draw_conflicts(state: ImportState) -> None:
    """Say what somebody else changed between the preview and the click."""
    if not state.conflicts:
        return
    st.warning(
        f"Rien n’a été importé{NBSP}: ces fiches ont changé entre-temps dans la feuille. "
        "L’aperçu ci-dessous est refait avec ce qui s’y trouve maintenant.",
        icon=":material/sync_problem:",
    )
    rows: list[Row] = [
        {
            "Fiche": conflict.title, "Champ": conflict.header, "Vous aviez vu": conflict.seen,
            "Dans la feuille maintenant": conflict.current, "Dans le fichier": conflict.wanted,
            "Par": conflict.by or "dans la feuille", "Quand": moment(conflict.at, empty=""),
        }
        for conflict in state.conflicts
    ]  # fmt: skip
    draw_table(rows, "import-conflicts", alt="Fiches modifiées entre-temps")


def _look(page: Page, state: ImportState, chosen: Chosen, layout: Layout, choices: Choices) -> None:
    """Make the preview, unless it is there: the same file, columns and choices, against the same records."""
    basis = (state.source, chosen.place, layout.record_type, layout.header_row, tuple(layout.fields.items()), choices)
    if state.shown is not None and state.basis == basis and state.data is page.data:
        return
    with st.spinner("Comparaison avec les feuilles…"):
        rows = read_rows(chosen.sheet, layout, page.data)
        state.shown = preview(rows, page.data, page.settings, page.today, choices)
    if state.basis != basis:
        state.conflicts, state.error = (), ""
    state.basis, state.data = basis, page.data


def _choices(state: ImportState) -> Choices:
    return Choices(
        doubtful=bool(st.session_state.get(state.key("doubtful"))),
        restored=bool(st.session_state.get(state.key("restored"))),
    )


def _draw_choices(state: ImportState, shown: Preview, choices: Choices) -> None:
    """What the person may say of rows that are not plain."""
    if shown.doubtful:
        rows = plural(shown.doubtful, "la ligne", f"les {shown.doubtful} lignes")
        st.checkbox(
            f"Importer aussi {rows} à problème{NBSP}: les cellules non comprises resteront comme elles sont dans "
            "la feuille, ou vides pour une nouvelle fiche",
            key=state.key("doubtful"),
        )
    archived = len(shown.of(Outcome.ARCHIVED))
    if archived or choices.restored:
        st.checkbox(
            f"Faire revenir des archives {plural(archived, 'la fiche', 'les fiches')} que le fichier nomme",
            key=state.key("restored"),
        )


def _draw_nothing(shown: Preview) -> None:
    if len(shown.of(Outcome.UNCHANGED)) == len(shown.rows):
        st.success(
            f"Rien à changer{NBSP}: la feuille dit déjà tout ce que dit le fichier.", icon=":material/check_circle:"
        )
    else:
        st.info(f"Rien à importer{NBSP}: voyez ci-dessous pourquoi.", icon=":material/info:")


def _told(added: int, changed: int) -> str:
    """« 3 ajouts et 2 modifications »."""
    parts = [count(added, "ajout")] if added else []
    return listing([*parts, *([count(changed, "modification")] if changed else [])])


def _save(page: Page, state: ImportState, chosen: Chosen, shown: Preview) -> None:
    """One commit of all that is shown; nothing where somebody changed one of its fields meanwhile."""
    written = shown.of(Outcome.ADDED, Outcome.CHANGED)
    changes = [Change(row.after, before=row.before) for row in written if row.after is not None]
    try:
        with st.spinner(f"Enregistrement de {count(len(changes), 'ligne')} dans la feuille…"):
            outcome = page.store.commit(changes, author=page.person.name)
    except SheetsError as error:
        state.error = error.message
        return
    state.error, state.shown = "", None
    if isinstance(outcome, Conflicted):
        state.conflicts = outcome.conflicts
        _read_again(page)
    else:
        told = _told(len(shown.of(Outcome.ADDED)), len(shown.of(Outcome.CHANGED)))
        tab = chosen.record_type.table.tab
        state.conflicts = ()
        left = len(shown.of(*NOT_WRITTEN))
        state.done = Done(outcome.commit_id, chosen.record_type, told, left, _remarks(chosen, shown))
        remember(f"Import dans «{NBSP}{tab}{NBSP}»{NBSP}: {told}.", outcome.commit_id)
        flash(f"Import fait{NBSP}: {told}.")
    st.rerun()


def _read_again(page: Page) -> None:
    try:
        page.store.refresh()
    except SheetsError:
        return  # the page says it


def _draw_changes(page: Page, shown: Preview) -> None:
    changed = shown.of(Outcome.CHANGED)
    rows: list[Row] = [
        {
            "Ligne": row.source.row + 1, "Fiche": row.title, "Champ": change.header,
            "Dans la feuille": change.before, "Dans le fichier": change.after,
        }
        for row in changed
        for change in row.changes
    ]  # fmt: skip
    if rows:
        _draw_list(page, "Ce qui sera modifié", rows, ("champ", "champs"), "changed")


def _draw_added(page: Page, shown: Preview) -> None:
    added = shown.of(Outcome.ADDED)
    headers = list(dict.fromkeys(change.header for row in added for change in row.changes))
    rows: list[Row] = [
        {"Ligne": row.source.row + 1} | dict.fromkeys(headers, "") | {c.header: c.after for c in row.changes}
        for row in added
    ]
    if rows:
        _draw_list(page, "Ce qui sera ajouté", rows, ("ligne", "lignes"), "added")


def draw_remarks(page: Page, rows: Sequence[Row]) -> None:
    """Draw what is to be known of the rows of the file."""
    if rows:
        _draw_list(page, "À regarder", rows, ("remarque", "remarques"), "remarks")


def _remarks(chosen: Chosen, shown: Preview) -> tuple[Row, ...]:
    return tuple(told for row in shown.rows for told in _to_look_at(chosen, row))


def _to_look_at(chosen: Chosen, row: RowPreview) -> list[Row]:
    """What is to be known of a row: its cells that were not understood, why it is left, what the rules say."""
    line = f"{chosen.sheet.title}, ligne {row.source.row + 1}"
    told: list[tuple[str, str, str, str]] = []
    if row.outcome in {Outcome.REFUSED, Outcome.ARCHIVED}:
        told += [(line, "", reason, "") for reason in row.reasons]
    else:
        told += [
            (problem.address if problem.column is not None else line, problem.found, problem.message, problem.mend)
            for problem in row.source.problems
        ]
    told += [(line, "", warning, "") for warning in row.warnings]
    return [
        {
            "Adresse": address, "Fiche": row.title, "Devient": row.outcome.value, "Ce qui se trouve là": found,
            "Remarque": f"{message} {mend}".strip(),
        }
        for address, found, message, mend in told
    ]  # fmt: skip


def _draw_list(page: Page, title: str, rows: Sequence[Row], words: tuple[str, str], key: str) -> None:
    st.header(title)
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, title, rows, len(rows), words)
    draw_table(rows, f"import-{key}", alt=title)
