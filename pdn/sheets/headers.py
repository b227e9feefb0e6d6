"""Changing a column's header: found by its text wherever the column has moved, and looked at afterwards."""

from collections.abc import Mapping, Sequence

from pdn.french import NBSP, fold
from pdn.schema import Cell, Record
from pdn.schema.cells import shown
from pdn.sheets.after import After
from pdn.sheets.cells import Request
from pdn.sheets.change import Renaming
from pdn.sheets.errors import ErrorKind, SheetsError
from pdn.sheets.tab_state import TabState


def to_rename(
    renamings: Sequence[Renaming], states: Mapping[type[Record], TabState]
) -> tuple[tuple[TabState, Renaming], ...]:
    """The renamings that are still to be made, each with its tab as it stands.

    Raises:
        SheetsError: a header is no longer there, or another column has the name already.
    """
    found = []
    for one in renamings:
        state = states[one.record_type]
        if not _columns(state.header, one.found):
            if _columns(state.header, one.header):
                continue
            raise _refused(f"L’en-tête « {one.found} » n’est plus dans l’onglet « {state.tab.title} »")
        if fold(one.found) != fold(one.header) and any(fold(shown(c)) == fold(one.header) for c in state.header):
            raise _refused(f"Une colonne de l’onglet « {state.tab.title} » porte déjà l’en-tête « {one.header} »")
        if len(_columns(state.header, one.found)) > 1:
            raise _refused(f"Plusieurs colonnes de l’onglet « {state.tab.title} » portent l’en-tête « {one.found} »")
        found.append((state, one))
    return tuple(found)


def rename_request(state: TabState, renaming: Renaming) -> Request:
    """The request that changes a header: it finds it by its text, not by its place."""
    return {
        "findReplace": {
            "find": renaming.found,
            "replacement": renaming.header,
            "matchCase": True,
            "matchEntireCell": True,
            "range": {
                "sheetId": state.tab.sheet_id,
                "startRowIndex": state.header_row,
                "endRowIndex": state.header_row + 1,
            },
        }
    }


def is_renamed(state: TabState, renaming: Renaming, after: Mapping[int, After]) -> bool:
    """Whether the header stands there now: somebody may have inserted a row above it in that instant."""
    now = after.get(state.tab.sheet_id)
    return now is not None and bool(_columns(now.rows.get(state.header_row, ()), renaming.header))


def _columns(header: Sequence[Cell], text: str) -> list[int]:
    return [column for column, cell in enumerate(header) if shown(cell) == text]


def _refused(why: str) -> SheetsError:
    return SheetsError(ErrorKind.COLUMN_MISSING, f"{why}{NBSP}: rien n’a été enregistré.")
