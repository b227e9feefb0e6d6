"""The spreadsheet grid in the browser: cells edited in place, with the look and the keys of a spreadsheet.

Streamlit's own editable table has English menus, sorts only what is seen, and either hides what a sheet makes of the
text typed or forgets where it was scrolled to at each cell.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from pdn.sheets.book import Tab
from pdn.sheets.raw import RawCell, RawRow

HERE = Path(__file__).parent
KEY = "grille"


def _part(kind: str) -> str:
    return (HERE / f"grid_view.{kind}").read_text(encoding="utf-8")


_grid = st.components.v2.component("pdn_grid", html=_part("html"), css=_part("css"), js=_part("js"))


def draw_grid(
    book: str, tab: Tab, rows: Sequence[RawRow], *, first: int, done: int, on_actions: Callable[[], None]
) -> None:
    """Draw some rows of a tab, to be edited in place.

    Args:
        book: The spreadsheet's key.
        tab: The tab.
        rows: Its frozen rows, then those of the page.
        first: The index of the page's first row.
        done: The number of the last action that was made: the browser shows what it sent until then.
        on_actions: Called when something was typed or chosen; `sent_actions` says what.
    """
    data = {
        "book": book,
        "sheet": tab.sheet_id,
        "title": tab.title,
        "first": first,
        "done": done,
        "size": tab.rows,
        "columns": tab.columns,
        "frozen": min(tab.frozen_rows, len(rows)),
        "rows": [{"index": row.index, "cells": [_shown(cell) for cell in row.cells]} for row in rows],
    }
    _grid(key=KEY, data=data, height="content", on_actions_change=on_actions)


def sent_actions() -> Sequence[dict[str, Any]]:
    """What the browser sent and does not know to be done: the oldest first, each with its number."""
    state = st.session_state.get(KEY) or {}
    actions: Sequence[dict[str, Any]] = state.get("actions") or ()
    return actions


def _shown(cell: RawCell) -> str | dict[str, str | bool]:
    if not cell.formula and not cell.number:
        return cell.shown
    return {"shown": cell.shown, "formula": cell.formula, "number": cell.number}
