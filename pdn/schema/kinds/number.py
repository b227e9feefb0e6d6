"""Kinds made of numbers: money, hours, whole numbers. A number is never guessed where it has two meanings."""

import re
from decimal import ROUND_HALF_UP, Decimal

from pdn.french import NBSP, euros, fold, hours, number
from pdn.schema.cells import Cell, is_number, shown
from pdn.schema.kinds.base import Kind, Misread, NumberFormat

CENT = Decimal("0.01")
MOST_EUROS = Decimal(1_000_000_000)
MINUTES = 60
MOST_HOURS = 10_000
LEAST_AS_NUMBER = 15
"""Minutes below which a number is more likely a time of day: 0,0833… is « 2:00 » typed in a cell, or 5 minutes."""

MOST_WHOLE = 10**12
MOST_CHARACTERS = 40
FRENCH = re.compile(r"-?(?:\d+|\d{1,3}(?: \d{3})+|\d{1,3}(?:\.\d{3})+)(?:,\d+)?")
PLAIN = re.compile(r"-?(?:\d+|\d{1,3}(?: \d{3})+)\.\d+")
THOUSANDS_OR_DECIMALS = re.compile(r"-?\d{1,3}\.\d{3}")
CURRENCY = r"(?:€|euros?|eur)"
EUROS = re.compile(rf"(?i)(?:{CURRENCY}\s*)?(.*?)(?:\s*{CURRENCY})?")
EUROS_AND_CENTS = re.compile(rf"(?i)(.*\d)\s*{CURRENCY}\s*(\d\d)")
CLOCK = re.compile(r"(\d{1,5}|\d{1,2} \d{3})\s*(?:h|heures?|:)\s*(?:([0-5]?\d)(?::00)?)?(?:\s*(?:min|mn|m)?)?")
HOURS_ONLY = re.compile(r"(.+?)\s*(?:h|heures?)")
MINUTES_ONLY = re.compile(r"(\d{1,6})\s*(?:min|mn|minutes?)")


def decimal_of_text(text: str) -> Decimal | None:
    """The number that a person typed, or None where it is none or could be two.

    « 1 234,50 », « 1.234,50 », « 1234.5 » have one meaning each; « 1.234 » has two and is refused, « 12 34 » has none.
    """
    typed = fold(text)
    if _has_raised_figures(text):
        return None
    if len(typed) > MOST_CHARACTERS or THOUSANDS_OR_DECIMALS.fullmatch(typed):
        return None
    if FRENCH.fullmatch(typed):
        return Decimal(typed.replace(" ", "").replace(".", "").replace(",", "."))
    if PLAIN.fullmatch(typed):
        return Decimal(typed.replace(" ", ""))
    return None


def _has_raised_figures(text: str) -> bool:
    """Whether a number cannot be folded: « 12² » would be 122."""
    return not text.isascii() and any(figure.isdigit() and not figure.isdecimal() for figure in text)


class Money(Kind[Decimal | None]):
    """An amount in euros, exact to the cent (a Decimal, never a binary float)."""

    name = "montant"
    expected = "un montant en euros, par exemple 1 234,50"
    number_format = NumberFormat("CURRENCY", '#,##0.00\\ "€"')
    width = 120

    @property
    def blank(self) -> Decimal | None:
        """No amount, which is not zero."""
        return None

    def read(self, cell: Cell) -> Decimal | Misread | None:
        """The amount; a computed number is rounded to the cent as its format shows it, a typed one never is."""
        if is_number(cell):
            amount: Decimal | None = Decimal(repr(cell))
        else:
            amount = self._of_text(shown(cell))
        if amount is None or abs(amount) > MOST_EUROS:
            return Misread(self.expected)
        cents = amount.quantize(CENT, ROUND_HALF_UP)
        return Misread(self.expected) if cents != amount and not is_number(cell) else cents

    @staticmethod
    def _of_text(text: str) -> Decimal | None:
        """« 12,50 € », « € 12,50 », and « 12€50 », which without its sign would be 1 250."""
        if match := EUROS_AND_CENTS.fullmatch(text):
            return decimal_of_text(f"{match[1]},{match[2]}")
        match = EUROS.fullmatch(text)
        return decimal_of_text(match[1]) if match else None

    def encode(self, value: Decimal | None) -> Cell:
        """A number: below a billion, a double holds every cent."""
        return None if value is None else float(value)

    def show(self, value: Decimal | None) -> str:
        """« 1 234,50 € »."""
        return euros(value, empty="")


class Hours(Kind[int | None]):
    """A duration: whole minutes in records, hours in cells (2,5 is two and a half hours)."""

    name = "durée"
    expected = "une durée en heures, par exemple 2,5 ou 2 h 30"
    number_format = NumberFormat("NUMBER", "0.##")
    width = 90

    @property
    def blank(self) -> int | None:
        """No duration."""
        return None

    def read(self, cell: Cell) -> int | Misread | None:
        """The minutes of « 2 h 30 », « 2:30 », « 45 min », « 2,5 » or 2.5."""
        minutes = self._minutes(cell)
        if minutes is None or not 0 <= minutes <= MOST_HOURS * MINUTES:
            return Misread(self.expected)
        clocklike = is_number(cell) and 0 < minutes < LEAST_AS_NUMBER
        if clocklike or abs(minutes - round(minutes)) > CENT:
            # Google stores « 2:00 » typed in a cell as a time of day, 0,0833…, a fraction of a day.
            return Misread(
                self.expected, "Cette valeur ressemble à une heure du jour : écrivez la durée 2,5 ou 2 h 30."
            )
        return round(minutes)

    @staticmethod
    def _minutes(cell: Cell) -> Decimal | None:
        if is_number(cell):
            return Decimal(repr(cell)) * MINUTES
        if _has_raised_figures(shown(cell)):
            return None
        text = fold(shown(cell))
        if clock := CLOCK.fullmatch(text):
            return Decimal(clock[1].replace(" ", "")) * MINUTES + Decimal(clock[2] or 0)
        if only := MINUTES_ONLY.fullmatch(text):
            return Decimal(only[1])
        alone = HOURS_ONLY.fullmatch(text)
        hours_typed = decimal_of_text(alone[1] if alone else text)
        return None if hours_typed is None else hours_typed * MINUTES

    def encode(self, value: int | None) -> Cell:
        """A number of hours; below a quarter of an hour, the words « 10 min », which no time of day looks like."""
        if value is None or value == 0 or value >= LEAST_AS_NUMBER:
            return None if value is None else value / MINUTES
        return self.write(value)

    def show(self, value: int | None) -> str:
        """« 2 h 30 »."""
        return hours(value, empty="")

    def write(self, value: int | None) -> str:
        """« 2 h 30 » with plain spaces."""
        return self.show(value).replace(NBSP, " ")


class WholeNumber(Kind[int | None]):
    """A whole number, between bounds where there are some."""

    name = "nombre entier"
    number_format = NumberFormat("NUMBER", "0")
    width = 90

    def __init__(self, least: int = 0, most: int = MOST_WHOLE) -> None:
        self.least, self.most = least, most
        bounds = f" entre {least} et {most}" if most < MOST_WHOLE else ""
        self.expected = f"un nombre entier{bounds}"

    @property
    def blank(self) -> int | None:
        """No number, which is not zero."""
        return None

    def read(self, cell: Cell) -> int | Misread | None:
        """The number; 12,0 is 12, 12,5 is refused."""
        value = Decimal(repr(cell)) if is_number(cell) else decimal_of_text(shown(cell))
        if value is None or value != value.to_integral_value() or not self.least <= value <= self.most:
            return Misread(self.expected)
        return int(value)

    def encode(self, value: int | None) -> Cell:
        """The number."""
        return value

    def show(self, value: int | None) -> str:
        """« 1 234 »; a year (bounds within four figures) is written 2019."""
        if value is None:
            return ""
        return str(value) if self.most < 10_000 else number(value)  # noqa: PLR2004 - four figures
