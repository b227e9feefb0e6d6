"""LibreOffice's files (OpenDocument), read row by row; a run of equal cells or rows is written once with its length."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from xml.etree.ElementTree import Element, iterparse

from pdn.imports.limits import MOST_COLUMNS, MOST_ROWS, TOO_MANY_COLUMNS, TOO_MANY_ROWS, UnreadableError
from pdn.imports.xlsx import cell_of
from pdn.schema import Cell
from pdn.schema.cells import SECONDS_PER_DAY, is_blank

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DURATION = re.compile(r"-?P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?")
CELLS = {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}


def read_ods(data: bytes) -> list[tuple[str, list[list[Cell]]]]:
    """The sheets of a workbook, each with its cells: formulas by their value, dates as serial numbers.

    Raises:
        UnreadableError: it is larger than what is imported.
        Exception: it is broken.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open("content.xml") as content:
        return list(_sheets(iterparse(content, ("start", "end"))))  # noqa: S314 - expat bounds what entities unfold to


def _sheets(events: Iterator[tuple[str, Element]]) -> Iterator[tuple[str, list[list[Cell]]]]:
    rows: list[list[Cell]] = []
    blanks = 0
    for event, element in events:
        if event == "start":
            if element.tag == f"{TABLE}table":
                rows, blanks = [], 0
        elif element.tag == f"{TABLE}table-row":
            cells, times = _row(element), _repeated(element, "rows")
            element.clear()
            if not cells:
                blanks += times
                continue
            if len(rows) + blanks + times > MOST_ROWS:
                raise UnreadableError(TOO_MANY_ROWS)
            rows += [[] for _ in range(blanks)]
            rows += [list(cells) for _ in range(times)]
            blanks = 0
        elif element.tag == f"{TABLE}table":
            yield element.get(f"{TABLE}name", ""), rows


def _row(element: Element) -> list[Cell]:
    """The cells of a row, up to the last one that holds something."""
    cells: list[Cell] = []
    blanks = 0
    for child in element:
        if child.tag not in CELLS:
            continue
        value, times = _value(child), _repeated(child, "columns")
        if is_blank(value):
            blanks += times
            continue
        if len(cells) + blanks + times > MOST_COLUMNS:
            raise UnreadableError(TOO_MANY_COLUMNS)
        cells += [None] * blanks + [value] * times
        blanks = 0
    return cells


def _repeated(element: Element, what: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", "1")))


def _value(cell: Element) -> Cell:
    match cell.get(f"{OFFICE}value-type"):
        case "float" | "percentage" | "currency":
            return cell_of(float(cell.get(f"{OFFICE}value", "nan")))
        case "date":
            return cell_of(datetime.fromisoformat(cell.get(f"{OFFICE}date-value", "")))
        case "time":
            found = DURATION.fullmatch(cell.get(f"{OFFICE}time-value", ""))
            days, hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0, 0)
            return days + (hours * 3600 + minutes * 60 + seconds) / SECONDS_PER_DAY
        case "boolean":
            return cell.get(f"{OFFICE}boolean-value") == "true"
        case _:
            written = cell.get(f"{OFFICE}string-value")
            return written if written is not None else "\n".join(_text(part) for part in cell.iterfind(f"{TEXT}p"))


def _text(element: Element) -> str:
    """The text of a paragraph; blanks in a row, tabs and line breaks are elements of their own."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            parts.append(" " * min(int(child.get(f"{TEXT}c", "1")), MOST_COLUMNS))
        elif child.tag in {f"{TEXT}tab", f"{TEXT}line-break"}:
            parts.append("\t" if child.tag == f"{TEXT}tab" else "\n")
        elif not child.tag.startswith(OFFICE):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)
