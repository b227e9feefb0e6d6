"""What is done in the grid, made in the sheet: each action once, in order, as a partner's client would send it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pdn.sheets.book import Tab
from pdn.sheets.raw import Dimension, RawWorkbook

Action = Mapping[str, Any]
"""An action of the browser: its number, its tab, its kind, and what the kind needs."""


def pending(actions: Sequence[Action], done: int) -> list[Action]:
    """The actions that were not made yet, in order."""
    return sorted((action for action in actions if action["number"] > done), key=lambda action: int(action["number"]))


def perform(action: Action, book: RawWorkbook, tab: Tab) -> bool:
    """Make an action in the sheet.

    Returns:
        Whether the tab may have another size since.

    Raises:
        SheetsError: the sheet refuses it, or does not answer.
        ValueError: no such action is known.
    """
    match action["kind"]:
        case "cells":
            return _type(action["cells"], book, tab)
        case "sort":
            book.sort(tab, action["column"], descending=action["descending"])
            return False
        case "insert":
            book.insert(tab, Dimension(action["dimension"]), action["at"], action["count"])
        case "delete":
            book.delete(tab, Dimension(action["dimension"]), action["start"], action["end"])
        case "move":
            book.move(tab, Dimension(action["dimension"]), action["start"], action["end"], action["to"])
        case "grow":
            book.grow(tab, rows=action["rows"])
        case kind:
            raise ValueError(f"no such action: {kind}")
    return True


def _type(cells: Sequence[tuple[int, int, str]], book: RawWorkbook, tab: Tab) -> bool:
    """Type in cells; what is pasted past the end of the tab makes it longer, as in Google Sheets."""
    rows = max(row for row, _, _ in cells) + 1 - tab.rows
    columns = max(column for _, column, _ in cells) + 1 - tab.columns
    book.grow(tab, rows=rows, columns=columns)
    book.write(tab, {(row, column): text for row, column, text in cells})
    return rows > 0 or columns > 0
