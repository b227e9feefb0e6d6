"""References in formulas: they follow the rows and columns they name, and the tab's title."""

from __future__ import annotations

import re
from collections.abc import Callable

from pdn.emulator.a1 import column_index, column_letters, quote_title

_ENDPOINT = r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]+)"
_REFERENCE = re.compile(
    rf"""("(?:[^"]|"")*")|((?:'(?:[^']|'')+'|[A-Za-z_]\w*)!)?(?<![\w$.]){_ENDPOINT}(?::{_ENDPOINT})?(?![\w(.])"""
)


def _title_of(prefix: str | None) -> str | None:
    if not prefix:
        return None
    name = prefix[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def moved_formula(
    formula: str, dimension: str, span: Callable[[int, int], tuple[int, int] | None], *, own: bool, title: str
) -> str:
    """A formula after rows or columns of a tab came, went or moved.

    Args:
        formula: with its `=`.
        dimension: ROWS or COLUMNS.
        span: where a span of indexes lies now; None when it is gone.
        own: whether the formula stands in that tab, so that bare references mean it.
        title: of that tab.
    """

    def replaced(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        named = _title_of(found[2])
        if (named is None and not own) or (named is not None and named.casefold() != title.casefold()):
            return found[0]
        first = _index(found, 3, dimension)
        last = _index(found, 7, dimension) if found[8] else first
        moved = span(min(first, last), max(first, last) + 1)
        if moved is None:
            return "#REF!"
        text = (found[2] or "") + _endpoint(found, 3, dimension, moved[0])
        return text + (":" + _endpoint(found, 7, dimension, moved[1] - 1) if found[8] else "")

    return _REFERENCE.sub(replaced, formula)


def _index(found: re.Match[str], group: int, dimension: str) -> int:
    return int(found[group + 3]) - 1 if dimension == "ROWS" else column_index(found[group + 1])


def _endpoint(found: re.Match[str], group: int, dimension: str, index: int) -> str:
    letters, digits = found[group + 1], found[group + 3]
    if dimension == "ROWS":
        digits = str(index + 1)
    else:
        letters = column_letters(index)
    return f"{found[group]}{letters}{found[group + 2]}{digits}"


def offset_formula(formula: str, rows: int, columns: int) -> str:
    """A formula copied so many rows down and columns right: references without `$` move along."""

    def replaced(found: re.Match[str]) -> str:
        if found[1]:
            return found[0]
        ends = [_offset(found, group, rows, columns) for group in (3, 7) if found[group + 1]]
        return "#REF!" if None in ends else (found[2] or "") + ":".join(end for end in ends if end)

    return _REFERENCE.sub(replaced, formula)


def _offset(found: re.Match[str], group: int, rows: int, columns: int) -> str | None:
    column = column_index(found[group + 1]) + (0 if found[group] else columns)
    row = int(found[group + 3]) + (0 if found[group + 2] else rows)
    if column < 0 or row < 1:
        return None
    return f"{found[group]}{column_letters(column)}{found[group + 2]}{row}"


def retitled_formula(formula: str, old: str, new: str) -> str:
    """A formula after a tab got another title."""

    def replaced(found: re.Match[str]) -> str:
        named = _title_of(found[2])
        if found[1] or named is None or named.casefold() != old.casefold():
            return found[0]
        return quote_title(new) + "!" + found[0][len(found[2]) :]

    return _REFERENCE.sub(replaced, formula)
