"""A1 notation: column letters, quoting of titles, and ranges read from and written to text."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENDPOINT = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?")
_PLAIN_TITLE = re.compile(r"[^\W\d]\w*", re.ASCII)
_LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*")
_LETTERS = 26


def column_letters(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number - 1


def cell_name(row: int, column: int) -> str:
    """0, 0 -> A1."""
    return f"{column_letters(column)}{row + 1}"


def quote_title(title: str) -> str:
    """A tab's title as it stands before `!`: quoted when it has spaces, accents or reads as a cell."""
    if _PLAIN_TITLE.fullmatch(title) and not _LOOKS_LIKE_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Box:
    """A range of cells inside a grid: zero-based, ends excluded."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left

    def name(self, title: str) -> str:
        """`Sheet1!A1:B2`; one cell is `Sheet1!A1`."""
        first = cell_name(self.top, self.left)
        last = cell_name(self.bottom - 1, self.right - 1)
        return f"{quote_title(title)}!{first if first == last else f'{first}:{last}'}"

    def contains(self, row: int, column: int) -> bool:
        """Whether a cell lies inside."""
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: Box) -> bool:
        """Whether two ranges share a cell."""
        return (
            self.top < other.bottom and other.top < self.bottom and self.left < other.right and other.left < self.right
        )


@dataclass(frozen=True, slots=True)
class Bounds:
    """A range as written, zero-based, ends excluded; None where it is open."""

    top: int | None = None
    left: int | None = None
    bottom: int | None = None
    right: int | None = None
    single: bool = False


def parse_bounds(text: str) -> Bounds | None:
    """`A1`, `A1:B2`, `A:B`, `2:3`, `A2:2`, `D4:A1`; None when the text is none of these."""
    first, colon, last = text.partition(":")
    start, end = _ENDPOINT.fullmatch(first), _ENDPOINT.fullmatch(last if colon else first)
    if not start or not end or not (start[1] or start[2]) or not (end[1] or end[2]):
        return None
    if not colon and not (start[1] and start[2]):
        return None
    columns = [column_index(match[1]) for match in (start, end) if match[1]]
    rows = [int(match[2]) - 1 for match in (start, end) if match[2]]
    # In A2:2 the one column given is where the range starts, and it runs to the last one.
    return Bounds(
        top=min(rows) if rows else None,
        left=min(columns) if columns else None,
        bottom=max(rows) + 1 if len(rows) > 1 else None,
        right=max(columns) + 1 if len(columns) > 1 else None,
        single=not colon,
    )


def split_title(text: str) -> tuple[str | None, str | None, bool]:
    """`'My tab'!A1` -> ("My tab", "A1", True): title, what follows, whether the title was quoted."""
    quoted = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", text, re.DOTALL)
    if quoted:
        return quoted[1].replace("''", "'"), quoted[2], True
    title, mark, rest = text.rpartition("!")
    return (title, rest, False) if mark else (None, text, False)
