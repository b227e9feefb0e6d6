"""What a cell holds when the Sheets API reads it unformatted, and how dates are numbered there."""

import math
import re
from datetime import date, datetime, timedelta
from typing import TypeAlias

from pdn.french import INVISIBLE

Cell: TypeAlias = str | int | float | bool | None
"""A value of `values:batchGet` with UNFORMATTED_VALUE and SERIAL_NUMBER; None where the answer stops short."""

EPOCH = date(1899, 12, 30)
"""Day 0 of Sheets' serial dates (Google's documentation: noon on 1 January 1900 is 2.5)."""

ERROR_VALUES = frozenset(
    {
        "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#ERROR!", "#SPILL!", "#CALC!",
        "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!", "#ERREUR!", "#PROPAGATION!", "#CALCUL!",
    }
)  # fmt: skip
"""What a formula in error reads as, also where its French text was pasted as a value."""

INVISIBLES = re.compile(f"[{INVISIBLE}]")

SECONDS_PER_DAY = 86_400


def visible(text: str) -> str:
    """The text without the blanks around it (no-break and thin ones included), and without what nobody sees in it."""
    return text.strip() if text.isascii() else INVISIBLES.sub("", text).strip()


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in the cell: no value, or blanks alone (no-break, thin and invisible ones included)."""
    return cell is None or (isinstance(cell, str) and not visible(cell))


def is_number(cell: Cell) -> bool:
    """Whether the cell holds a number; a tick box (true, false) is none, although Python's bool is an int."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def date_of_serial(serial: float) -> date:
    """The day of a serial number; its time of day is dropped.

    Raises:
        OverflowError: the number is past what a date can be.
    """
    return EPOCH + timedelta(days=math.floor(serial))


def serial_of_date(value: date) -> int:
    """The serial number of a day."""
    return (value - EPOCH).days


def datetime_of_serial(serial: float) -> datetime:
    """The moment of a serial number, to the second.

    Raises:
        OverflowError: the number is past what a date can be.
    """
    start = datetime(EPOCH.year, EPOCH.month, EPOCH.day)  # noqa: DTZ001 - a sheet's times are wall-clock times
    return start + timedelta(seconds=round(serial * SECONDS_PER_DAY))


def serial_of_datetime(value: datetime) -> float:
    """The serial number of a wall-clock moment, to the second."""
    start = datetime(EPOCH.year, EPOCH.month, EPOCH.day)  # noqa: DTZ001 - the same
    return (value.replace(microsecond=0) - start).total_seconds() / SECONDS_PER_DAY


def column_letters(index: int) -> str:
    """The letters of a column counted from 0: A, B, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """The address of a cell from its row and column, both counted from 0: (13, 4) is « E14 »."""
    return f"{column_letters(column)}{row + 1}"


def shown(cell: Cell) -> str:
    """The cell as a person would recognise it in a message."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "VRAI" if cell else "FAUX"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)
