"""USER_ENTERED: what Google makes of a text as if somebody had typed it, by the spreadsheet's locale."""

from __future__ import annotations

import re
from datetime import datetime

from pdn.emulator.errors import Json
from pdn.emulator.locales import Locale
from pdn.emulator.patterns import EPOCH

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([AaPp][Mm]))?")
_CENTURY = 100
_PIVOT = 50
_LARGEST_EXACT = 10**15


def number_value(value: float) -> int | float:
    """A double as JSON writes it: 43831, not 43831.0."""
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < 10 * _LARGEST_EXACT else number


def read_typed(text: str, locale: Locale) -> tuple[str | int | float | bool, Json | None]:
    """What a typed text means, formulas aside.

    Args:
        text: as typed.
        locale: of the spreadsheet.

    Returns:
        the value, and the number format that the text brings along, if any.
    """
    if text.startswith("'"):
        return text[1:], None
    stripped = text.strip(" \u00a0\u202f")
    if stripped.upper() in {locale.true, locale.false, "TRUE", "FALSE"}:
        return stripped.upper() in {locale.true, "TRUE"}, None
    return _read_number(stripped, locale) or _read_moment(stripped, locale) or (text, None)


def _read_number(text: str, locale: Locale) -> tuple[int | float, Json | None] | None:
    body, kind = text, ""
    if body.endswith("%"):
        body, kind = body[:-1].rstrip(), "PERCENT"
    else:
        without = body.removeprefix("-").removeprefix(locale.currency).removesuffix(locale.currency)
        if without != body.removeprefix("-"):
            sign = "-" if body.startswith("-") else ""
            body, kind = sign + without.strip(" \u00a0\u202f"), "CURRENCY"
    group = f"[{re.escape(locale.groups_typed)}]"
    decimal = re.escape(locale.decimal)
    shape = rf"([-+]?)(\d{{1,3}}(?:{group}\d{{3}})+|\d+)?(?:{decimal}(\d*))?([eE][-+]?\d+)?"
    found = re.fullmatch(shape, body)
    if not found or not (found[2] or found[3]):
        return None
    whole, fraction = found[2] or "0", found[3]
    grouped = not whole.isdigit()
    digits = re.sub(group, "", whole)
    number = float(f"{found[1]}{digits}.{fraction or '0'}{found[4] or ''}")
    places = f"0.{'0' * len(fraction)}" if fraction else "0"
    if kind == "PERCENT":
        return number_value(number / 100), {"type": kind, "pattern": f"{places}%"}
    if kind == "CURRENCY":
        return number_value(number), {"type": kind, "pattern": locale.currency_pattern}
    if found[4]:
        return number_value(number), {"type": "SCIENTIFIC", "pattern": "0.00E+00"}
    return number_value(number), {"type": "NUMBER", "pattern": f"#,##{places}"} if grouped else None


def _read_moment(text: str, locale: Locale) -> tuple[int | float, Json] | None:
    date_text, _, time_text = text.partition(" ")
    if _TIME.fullmatch(text):
        time = _read_time(text)
        return None if time is None else (number_value(time), {"type": "TIME", "pattern": "HH:mm:ss"})
    date = _read_date(date_text, locale)
    if date is None:
        return None
    days, pattern = date
    if not time_text:
        return days, {"type": "DATE", "pattern": pattern}
    time = _read_time(time_text)
    if time is None:
        return None
    return number_value(days + time), {"type": "DATE_TIME", "pattern": f"{pattern} HH:mm:ss"}


def _read_date(text: str, locale: Locale) -> tuple[int, str] | None:
    iso, slashed = _ISO.fullmatch(text), _SLASHED.fullmatch(text)
    if iso:
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
        pattern = "yyyy-mm-dd"
    elif slashed:
        first, second, year = int(slashed[1]), int(slashed[2]), int(slashed[3])
        day, month = (first, second) if locale.day_first else (second, first)
        if year < _CENTURY:
            year += 2000 if year < _PIVOT else 1900
        pattern = locale.date_pattern
    else:
        return None
    try:
        return (datetime(year, month, day) - EPOCH).days, pattern  # noqa: DTZ001 - a serial has no time zone
    except ValueError:
        return None


def _read_time(text: str) -> float | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hours = hours % 12 + (12 if found[4].lower() == "pm" else 0)
    if minutes > 59 or seconds > 59:  # noqa: PLR2004 - sixty of them make one of the next
        return None
    return (hours * 3600 + minutes * 60 + seconds) / 86_400
