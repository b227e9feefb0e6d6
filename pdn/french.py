"""How French is written: dates, numbers, money, plurals and lists, from the CLDR's data (Babel)."""

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

LOCALE = "fr_FR"
NBSP = "\u00a0"
MONTHS: tuple[str, ...] = tuple(get_month_names("wide", locale=LOCALE)[month] for month in range(1, 13))
MINUTES_PER_HOUR = 60
KEYBOARD = str.maketrans(
    {"’": "'", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
)
"""What typography writes and a keyboard does not have: apostrophe, ligatures, dashes, the minus sign."""


def day(value: date | None, *, empty: str = "—") -> str:
    """A date in words: « 12 mars 2019 », « 1er mars 2019 »; `empty` for none."""
    if value is None:
        return empty
    text = format_date(value, "d MMMM y", locale=LOCALE)
    return f"1er{text[1:]}" if value.day == 1 else text


def short_day(value: date | None, *, empty: str = "") -> str:
    """A date in figures: « 12/03/2019 »; `empty` for none."""
    return empty if value is None else value.strftime("%d/%m/%Y")


def month(value: date) -> str:
    """A month in words: « mars 2019 »."""
    return format_date(value, "MMMM y", locale=LOCALE)


def moment(value: datetime | None, *, empty: str = "—") -> str:
    """A date and a time: « 12 mars 2019 à 14 h 05 »."""
    if value is None:
        return empty
    return f"{day(value.date())} à {value.hour}{NBSP}h{NBSP}{value.minute:02}"


def number(value: Decimal | float, decimals: int | None = None) -> str:
    """A number: « 1 234,5 » (narrow no-break spaces); as many decimals as asked, at most three by default."""
    pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=LOCALE)


def euros(value: Decimal | None, *, cents: bool = True, empty: str = "—") -> str:
    """An amount: « 1 234,50 € »; without its cents (rounded) where `cents` is false."""
    if value is None:
        return empty
    if cents:
        return format_currency(value, "EUR", locale=LOCALE)
    return format_currency(value, "EUR", format=f"#,##0{NBSP}¤", currency_digits=False, locale=LOCALE)


def percent(value: float | Decimal | None, decimals: int = 0, *, empty: str = "—") -> str:
    """A share between 0 and 1 as « 75 % »."""
    if value is None:
        return empty
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + f"{NBSP}%"
    return format_percent(value, format=pattern, locale=LOCALE)


def hours(minutes: int | None, *, empty: str = "—") -> str:
    """A duration given in minutes: « 2 h 30 », « 3 h », « 45 min »."""
    if minutes is None:
        return empty
    whole, rest = divmod(minutes, MINUTES_PER_HOUR)
    if not whole:
        return f"{rest}{NBSP}min"
    return f"{number(whole)}{NBSP}h{NBSP}{rest:02}" if rest else f"{number(whole)}{NBSP}h"


def plural(count: float, one: str, many: str | None = None) -> str:
    """The word that agrees with a count: French has its singular up to 2 excluded (0 jour, 1 jour, 2 jours)."""
    return one if abs(count) < 2 else many or f"{one}s"  # noqa: PLR2004 - the rule itself


def count(value: int, one: str, many: str | None = None) -> str:
    """A count and its word: « 0 séance », « 12 séances »."""
    return f"{number(value)}{NBSP}{plural(value, one, many)}"


def listing(words: Iterable[str]) -> str:
    """Words in a row: « a, b et c »."""
    return format_list(list(words), locale=LOCALE)


def of(word: str) -> str:
    """The word after « de », elided before a vowel or a mute h: « d’Ambès », « de Bègles »."""
    return f"d’{word}" if fold(word)[:1] in tuple("aeiouyh") else f"de {word}"


def fold(text: str) -> str:
    """The text as compared by people: no case, no accents, plain spaces, apostrophes and hyphens."""
    decomposed = unicodedata.normalize("NFKD", text.translate(KEYBOARD))
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())


def sort_key(text: str) -> tuple[str, str]:
    """How a French dictionary orders: letters first, accents only between equals."""
    return fold(text), text
