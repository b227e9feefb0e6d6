"""What a session last read of the raw tabs: kept for seconds, so that a click that changes nothing reads nothing."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from pdn.sheets.book import Tab
from pdn.sheets.raw import PAGE_ROWS, RawRow, RawWorkbook
from pdn.ui.page import Page

STATE = "feuilles-lues"
MAX_AGE = 5.0
"""Seconds: for what somebody else types meanwhile. What the application saves is read again at once."""

T = TypeVar("T")


def tabs(page: Page, book: RawWorkbook) -> tuple[Tab, ...]:
    """The tabs of a spreadsheet: a request where they were not just read.

    Raises:
        SheetsError: they can't be read.
    """
    return _kept(page, (book.key,), book.tabs)


def rows(page: Page, book: RawWorkbook, tab: Tab, first: int) -> tuple[RawRow, ...]:
    """A page of a tab's rows: a request where it was not just read.

    Raises:
        SheetsError: they can't be read.
    """
    return _kept(page, (book.key, tab, first), lambda: book.rows(tab, first, PAGE_ROWS))


def forget(*, sizes: bool = True) -> None:
    """Read again the next time: the cells, and where asked the tabs with their sizes."""
    kept = st.session_state.get(STATE, {})
    for key in list(kept):
        if sizes or len(key) > 1:
            del kept[key]


def _kept(page: Page, key: tuple[Any, ...], read: Callable[[], T]) -> T:
    """What was read under a key, read again when it is old or when the application has read or written since."""
    kept = st.session_state.setdefault(STATE, {})
    now = page.store.clock.monotonic()
    if key in kept:
        value, read_at, snapshot = kept[key]
        if now - read_at <= MAX_AGE and snapshot is page.snapshot:
            return value  # type: ignore[no-any-return] # what the same `read` gave
    value = read()
    kept[key] = value, now, page.snapshot
    return value
