"""How French is written: dates, numbers, money, plurals and lists, from the CLDR's data (Babel)."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal

from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

LOCALE = "fr_FR"
NBSP = "\u00a0"
MONTHS: tuple[str, ...] = tuple(get_month_names("wide", locale=LOCALE)[month] for month in range(1, 13))
MINUTES_PER_HOUR, HOURS_PER_DAY = 60, 24
INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""What nobody sees and comes along when text is pasted: soft hyphens, marks of direction, blanks of no width."""

KEYBOARD = str.maketrans(
    {"’": "'", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys(f"{INVISIBLE}\ufe0e\ufe0f")
)
"""What typography writes and a keyboard does not have: apostrophe, ligatures, dashes, the minus sign; and what is not
seen at all, the marks that make ✔ an emoji among it."""


ACCENTS = re.compile("[\u0300-\u036f]+")
LAST_OF_LATIN = "\u0482"
"""Up to here no sign but `ACCENTS` combines with another: whole presentations are folded when somebody searches."""


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


def ago(elapsed: timedelta) -> str:
    """How long ago, by its largest unit: « il y a 12 minutes », « il y a moins d’une minute », « il y a 2 jours »."""
    minutes = int(elapsed.total_seconds() // 60)
    if minutes < 1:
        return "il y a moins d’une minute"
    if minutes < MINUTES_PER_HOUR:
        return f"il y a {count(minutes, 'minute')}"
    whole = minutes // MINUTES_PER_HOUR
    return f"il y a {count(whole, 'heure') if whole < HOURS_PER_DAY else count(whole // HOURS_PER_DAY, 'jour')}"


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
    if text.isascii():
        return " ".join(text.lower().split())
    plain = ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(KEYBOARD)))
    if plain and max(plain) > LAST_OF_LATIN:
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def sort_key(text: str) -> tuple[str, str]:
    """How a French dictionary orders: letters first, accents only between equals."""
    return fold(text), text
