"""A file that a person chose: what it is, by its content and not by its name, and the grids that it holds."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from pdn.imports.delimited import read_delimited
from pdn.imports.limits import (
    BROKEN,
    EMPTY,
    ENCRYPTED,
    MOST_BYTES,
    MOST_UNPACKED,
    NO_TABLE,
    OLD_EXCEL,
    TOO_HEAVY,
    UnreadableError,
)
from pdn.imports.ods import read_ods
from pdn.imports.xlsx import read_xlsx
from pdn.schema import Cell
from pdn.schema.cells import is_blank

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What Excel's files before 2007 begin with, and the envelope of those that have a password."""

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
EXTENSIONS = ("xlsx", "xlsm", "ods", "csv", "tsv", "txt")


@dataclass(frozen=True)
class FileSheet:
    """One sheet of a file.

    Attributes:
        title: Its title; the file's name where it is a CSV.
        grid: Its cells as the Sheets API would give them, rows trimmed.
    """

    title: str
    grid: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class ImportFile:
    """A file that could be read.

    Attributes:
        name: Its name.
        sheets: Its sheets that hold something.
        encoding: The encoding of a CSV; empty for others.
        separator: What parts the cells of a CSV; empty for others.
    """

    name: str
    sheets: tuple[FileSheet, ...]
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a file can't be read: a French sentence that says what to do."""

    message: str


def read_file(name: str, data: bytes, encoding: str = "") -> ImportFile | Unreadable:
    """Read a file, whatever it is.

    Args:
        name: Its name.
        data: What it holds.
        encoding: The encoding of a CSV where the person says so; guessed otherwise.
    """
    try:
        return _read(name, data, encoding)
    except UnreadableError as error:
        return Unreadable(str(error))
    except Exception:  # noqa: BLE001 - a broken or hostile file may make a library raise whatever it has
        return Unreadable(BROKEN)


def _read(name: str, data: bytes, encoding: str) -> ImportFile:
    if not data:
        raise UnreadableError(EMPTY)
    if len(data) > MOST_BYTES:
        raise UnreadableError(TOO_HEAVY)
    if data.startswith(OLE):
        raise UnreadableError(ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in data else OLD_EXCEL)
    found_encoding = separator = ""
    if data.startswith(b"PK"):
        sheets = _unpack(data)
    else:
        rows, found_encoding, separator = read_delimited(data, encoding)
        sheets = [(PurePath(name).stem, [list[Cell](row) for row in rows])]
    filled = tuple(
        FileSheet(title, tuple(tuple(row) for row in rows))
        for title, rows in sheets
        if any(not is_blank(cell) for row in rows for cell in row)
    )
    if not filled:
        raise UnreadableError(EMPTY)
    return ImportFile(name, filled, found_encoding, separator)


def _unpack(data: bytes) -> list[tuple[str, list[list[Cell]]]]:
    """The sheets of a compressed workbook, once its index has been looked at: never unpack what one has not weighed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        if sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise UnreadableError(TOO_HEAVY)
        if any(part.flag_bits & 1 for part in parts):
            raise UnreadableError(ENCRYPTED)
        if "mimetype" in names and archive.read("mimetype").strip().startswith(ODS):
            if b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise UnreadableError(ENCRYPTED)
            return read_ods(data)
    if "xl/workbook.bin" in names:
        raise UnreadableError(OLD_EXCEL)
    if not any(name.startswith("xl/") for name in names):
        raise UnreadableError(NO_TABLE)
    return read_xlsx(data)
