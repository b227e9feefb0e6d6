"""CSV in any French encoding, its cells parted by semicolons, commas, tabs or bars."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from pdn.documents.listing import FORMULA_STARTS
from pdn.imports.encoding import decode, guess_encoding
from pdn.imports.limits import (
    BROKEN,
    EMPTY,
    MOST_COLUMNS,
    MOST_ROWS,
    NO_TABLE,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    WEB_PAGE,
    UnreadableError,
)

SEPARATORS = {";": "point-virgule", "\t": "tabulation", ",": "virgule", "|": "barre verticale"}
"""What parts cells, and what a person calls it."""

SAMPLE_ROWS = 60
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
MARKUP = re.compile(r"\s*<(?:!doctype|html|table|\?xml|meta|head|style)", re.IGNORECASE)
EXCEL_SAYS = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""What Excel writes, or wants, before the first line to name the separator."""


def read_delimited(data: bytes, encoding: str = "") -> tuple[list[list[str]], str, str]:
    """The rows of a CSV, with its encoding and its separator.

    Args:
        data: The file.
        encoding: Its encoding where the person says so; guessed otherwise.

    Raises:
        UnreadableError: it is no table.
    """
    found = encoding or guess_encoding(data)
    text = decode(data, found)
    if text is None or NOT_TEXT.search(text):
        raise UnreadableError(NO_TABLE)
    if MARKUP.match(text):
        raise UnreadableError(WEB_PAGE)
    if not text.strip():
        raise UnreadableError(EMPTY)
    says = EXCEL_SAYS.match(text)
    try:
        separator = says[1] if says else guess_separator(text)
        rows = list(
            islice(csv.reader(_lines(text[says.end() :] if says else text), delimiter=separator), MOST_ROWS + 1)
        )
    except (csv.Error, TypeError, ValueError) as error:
        raise UnreadableError(BROKEN) from error
    if len(rows) > MOST_ROWS:
        raise UnreadableError(TOO_MANY_ROWS)
    if any(len(row) > MOST_COLUMNS for row in rows):
        raise UnreadableError(TOO_MANY_COLUMNS)
    return [[_unquoted(cell) for cell in row] for row in rows], found, separator


def guess_separator(text: str) -> str:
    """The separator that parts the most rows into the same number of cells; the semicolon where none parts any."""
    best, best_score = ";", (0.0, 0)
    for separator in SEPARATORS:
        widths = Counter(
            len(row) for row in islice(csv.reader(_lines(text), delimiter=separator), SAMPLE_ROWS) if any(row)
        )
        width, rows = max(widths.items(), key=lambda found: (found[0] > 1, found[1]), default=(1, 0))
        score = (rows / widths.total(), width) if width > 1 else (0.0, 0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline="")


def _unquoted(cell: str) -> str:
    """The cell without the apostrophe that our own export, and Excel, put before what would be evaluated."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
