"""Kinds made of time: dates, moments, and consents, which are dates."""

import re
from datetime import date, datetime, time

from pdn.french import MONTHS, fold, short_day
from pdn.schema.cells import (
    Cell,
    date_of_serial,
    datetime_of_serial,
    is_number,
    serial_of_date,
    serial_of_datetime,
    shown,
)
from pdn.schema.kinds.base import Kind, Misread, NumberFormat

EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)
"""What a date of this trade can be: a year typed alone (2019) would read as 11 July 1905."""

MONTH_NUMBERS = {fold(name): index for index, name in enumerate(MONTHS, start=1)}
MONTH_NUMBERS |= {
    "janv": 1, "jan": 1, "fevr": 2, "fev": 2, "mar": 3, "avr": 4, "jun": 6, "juil": 7, "jul": 7,
    "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
PIVOT = 70
"""A year of two figures is of this century below it: « 12/03/98 » is of 1998, as Google understands it too."""

WEEKDAY = re.compile(
    r"(?:le )?(?:(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:lun|mar|mer|jeu|ven|sam|dim)\.?),? )?"
    r"(?:le )?(?=\d)"
)
FIGURES = re.compile(r"(\d{1,2})(?: ?[/.\-] ?| )(\d{1,2})(?: ?[/.\-] ?| )(\d{4}|\d{2})")
ISO = re.compile(r"(\d{4})[/\-](\d{1,2})[/\-](\d{1,2})")
WORDS = re.compile(r"(\d{1,2})(?: ?er)?[ /.\-]?([a-z]+)\.?[ /.\-]?(\d{4}|\d{2})")
TIME = re.compile(r"(.+?)(?: a |[ t,])\s*(\d{1,2})\s*[h:]\s*([0-5]?\d)?(?::([0-5]\d))?")


def date_of_text(text: str) -> date | None:
    """The day that a person typed: 12/03/2019, 12.3.19, 2019-03-12, « 12 mars 2019 », « mardi 1er mars 2019 »."""
    folded = WEEKDAY.sub("", fold(text), count=1)
    if match := ISO.fullmatch(folded):
        year, month, day = match[1], int(match[2]), int(match[3])
    elif match := FIGURES.fullmatch(folded):
        day, month, year = int(match[1]), int(match[2]), match[3]
    elif (match := WORDS.fullmatch(folded)) and match[2] in MONTH_NUMBERS:
        day, month, year = int(match[1]), MONTH_NUMBERS[match[2]], match[3]
    else:
        return None
    try:
        return date(_whole_year(year), month, day)
    except ValueError:
        return None


def _whole_year(figures: str) -> int:
    year = int(figures)
    if len(figures) > 2:  # noqa: PLR2004 - written whole
        return year
    return year + (2000 if year < PIVOT else 1900)


def moment_of_text(text: str) -> datetime | None:
    """The moment that a person typed: a day, alone (its midnight) or with a time, « 12/03/2019 14:30 »."""
    midnight = date_of_text(text)
    if midnight is not None:
        return datetime.combine(midnight, time())
    match = TIME.fullmatch(fold(text))
    day = date_of_text(match[1]) if match else None
    if match is None or day is None:
        return None
    try:
        return datetime.combine(day, time(int(match[2]), int(match[3] or 0), int(match[4] or 0)))
    except ValueError:
        return None


class Date(Kind[date | None]):
    """A day."""

    name = "date"
    expected = "une date, par exemple 12/03/2019"
    number_format = NumberFormat("DATE", "dd/mm/yyyy")
    width = 110

    @property
    def blank(self) -> date | None:
        """No date."""
        return None

    def read(self, cell: Cell) -> date | Misread | None:
        """The day of a serial number or of a typed text, whose time counts for nothing; refused outside 1950–2100."""
        if is_number(cell):
            try:
                value: date | None = date_of_serial(float(cell or 0))
            except OverflowError:
                value = None
        else:
            moment = moment_of_text(shown(cell))
            value = moment and moment.date()
        if value is None or not EARLIEST <= value <= LATEST:
            return Misread(self.expected)
        return value

    def encode(self, value: date | None) -> Cell:
        """A serial number, shown by the column's format."""
        return None if value is None else serial_of_date(value)

    def show(self, value: date | None) -> str:
        """« 12/03/2019 »."""
        return short_day(value)


class Consent(Date):
    """A consent: the day it was given, or None while it has not been (DOMAIN §4: each consent is dated)."""

    name = "accord daté"
    expected = "la date à laquelle l’accord a été donné (vide ou « non » sans accord)"

    def read(self, cell: Cell) -> date | Misread | None:
        """The day; « non » is no consent, « oui » alone is refused because it has no date."""
        if cell is False or (isinstance(cell, str) and fold(cell) in {"non", "faux", "n"}):
            return None
        if cell is True or (isinstance(cell, str) and fold(cell) in {"oui", "vrai", "x", "o"}):
            return Misread(self.expected, "Remplacez « oui » par la date de l’accord.")
        return super().read(cell)


class DateTime(Kind[datetime | None]):
    """A moment, by the clock on the wall, to the second."""

    name = "date et heure"
    expected = "une date et une heure, par exemple 12/03/2019 14:30"
    number_format = NumberFormat("DATE_TIME", "dd/mm/yyyy hh:mm:ss")
    width = 150

    @property
    def blank(self) -> datetime | None:
        """No moment."""
        return None

    def read(self, cell: Cell) -> datetime | Misread | None:
        """The moment of a serial number or of a typed text; a day alone is its midnight."""
        if is_number(cell):
            try:
                value: datetime | None = datetime_of_serial(float(cell or 0))
            except OverflowError:
                value = None
        else:
            value = moment_of_text(shown(cell))
        if value is None or not EARLIEST <= value.date() <= LATEST:
            return Misread(self.expected)
        return value

    def encode(self, value: datetime | None) -> Cell:
        """A serial number with its fraction of a day."""
        return None if value is None else serial_of_datetime(value)

    def show(self, value: datetime | None) -> str:
        """« 12/03/2019 14:30:00 »."""
        return "" if value is None else value.strftime("%d/%m/%Y %H:%M:%S")
