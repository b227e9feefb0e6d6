"""What a spreadsheet's locale changes: separators, order of dates, names of months, words for true and false."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """How numbers and dates are written somewhere."""

    decimal: str
    group: str
    groups_typed: str
    """Characters taken as a thousands separator when typed."""
    day_first: bool
    date_pattern: str
    currency: str
    currency_pattern: str
    true: str
    false: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    days: tuple[str, ...]
    days_short: tuple[str, ...]


_ENGLISH = Locale(
    decimal=".",
    group=",",
    groups_typed=",",
    day_first=False,
    date_pattern="M/d/yyyy",
    currency="$",
    currency_pattern='"$"#,##0.00',
    true="TRUE",
    false="FALSE",
    months=(
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    days_short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)  # fmt: skip

_FRENCH = Locale(
    decimal=",",
    group="\u202f",
    groups_typed=" \u00a0\u202f",
    day_first=True,
    date_pattern="dd/MM/yyyy",
    currency="€",
    currency_pattern='#,##0.00\u00a0"€"',
    true="VRAI",
    false="FAUX",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    months_short=(
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ),
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    days_short=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
)  # fmt: skip


def locale_of(name: str) -> Locale:
    """The locale of a name as `fr_FR`; every other language than French is written the American way."""
    return _FRENCH if name.partition("_")[0] == "fr" else _ENGLISH
