"""Number formats: a pattern as `#,##0.00 "€"` or `dd/mm/yyyy` and a number give the text that a cell shows.

Google's guide: developers.google.com/workspace/sheets/api/guides/formats.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from pdn.emulator.locales import Locale

EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number has no time zone
_SECONDS_A_DAY = 86_400
_LAST_SERIAL = 2_958_465  # 31 December 9999
_PLAIN_DIGITS = 10
_LARGEST_PLAIN = 10**15
_PERCENT = 100
_NOON = 12

_TOKEN = re.compile(
    r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|am/pm|A/P|a/p|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|\.0+|.', re.DOTALL
)
_DATE_TOKENS = re.compile(r"[yYmMdDhHsS]+|\[[hHmMsS]+\]|AM/PM|am/pm|A/P|a/p|\.0+")


def format_general(number: float, locale: Locale) -> str:
    """A number without a format: an integer plainly, else up to ten significant digits."""
    if number == int(number) and abs(number) < _LARGEST_PLAIN:
        return str(int(number))
    text = f"{number:.{_PLAIN_DIGITS}g}"
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        plain = abs(int(exponent)) <= _PLAIN_DIGITS
        text = f"{Decimal(text):f}" if plain else f"{mantissa}E{exponent}"
    return text.replace(".", locale.decimal)


def format_number(number: float, kind: str, pattern: str, locale: Locale) -> str:
    """The text of a number under a number format.

    Args:
        number: the value; a serial date for the kinds of dates.
        kind: NUMBER, PERCENT, CURRENCY, SCIENTIFIC, DATE, TIME, DATE_TIME, TEXT or "".
        pattern: the pattern; "" for the kind's default in this locale.
        locale: separators and names.
    """
    chosen = pattern or _default_pattern(kind, locale)
    if not chosen or kind == "TEXT" or chosen in {"@", "General"}:
        return format_general(number, locale)
    if _is_date(chosen):
        return _format_date(number, chosen, locale)
    sections = _sections(chosen)
    if number < 0 and len(sections) > 1:
        return _format_section(-number, sections[1], locale)
    if number == 0 and len(sections) > 2:  # noqa: PLR2004 - positive;negative;zero
        return _format_section(number, sections[2], locale)
    if number < 0:
        text = _format_section(-number, sections[0], locale)
        return "-" + text if any(c in "123456789" for c in text) else text
    return _format_section(number, sections[0], locale)


def _default_pattern(kind: str, locale: Locale) -> str:
    return {
        "NUMBER": "#,##0.00",
        "PERCENT": "0.00%",
        "CURRENCY": locale.currency_pattern,
        "SCIENTIFIC": "0.00E+00",
        "DATE": locale.date_pattern,
        "TIME": "HH:mm:ss",
        "DATE_TIME": f"{locale.date_pattern} HH:mm:ss",
    }.get(kind, "")


@cache
def _tokens(pattern: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(pattern))


def _is_date(pattern: str) -> bool:
    tokens = _tokens(pattern)
    return any(re.fullmatch(r"[yYmMdDhHsS]+|\[[hHmMsS]+\]", token) for token in tokens)


@cache
def _sections(pattern: str) -> tuple[str, ...]:
    parts = [""]
    for token in _tokens(pattern):
        if token.startswith(";"):
            parts.append("")
        else:
            parts[-1] += token
    return tuple(parts)


def _literal(token: str) -> str | None:
    """The text of a token that stands for itself; None for a placeholder."""
    if len(token) > 1 and token[0] == '"':
        return token[1:-1]
    if len(token) > 1 and token[0] == "\\":
        return token[1]
    if len(token) > 1 and token[0] == "_":
        return " "
    if len(token) > 1 and token[0] in "*[":
        found = re.fullmatch(r"\[\$([^\]-]*)(-[^\]]*)?\]", token)
        return found[1] if found else ""
    return None


def _format_section(number: float, section: str, locale: Locale) -> str:
    """A non-negative number under one section of a pattern."""
    before, digits, after = "", "", ""
    for token in _tokens(section):
        literal = _literal(token)
        placeholder = literal is None and all(c in "0#?.,Ee+-" for c in token)
        if placeholder and (digits or token not in {"-", "+"}):
            digits += token
        elif digits:
            after += literal if literal is not None else token
        else:
            before += literal if literal is not None else token
    if "%" in before + after:
        number *= _PERCENT
    return f"{before}{_digits(number, digits, locale) if digits else ''}{after}"


def _digits(number: float, pattern: str, locale: Locale) -> str:
    mantissa, mark, exponent = pattern.partition("E") if "E" in pattern else pattern.partition("e")
    power = 0
    if mark and number:
        power = Decimal(repr(number)).adjusted()
        number /= 10**power
    whole_pattern, _, fraction_pattern = mantissa.partition(".")
    scale = len(whole_pattern) - len(whole_pattern.rstrip(","))
    places = sum(c in "0#?" for c in fraction_pattern)
    value = (Decimal(repr(number)) / (1000**scale)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, fraction = f"{value:f}".partition(".")
    least = fraction_pattern.count("0")
    while len(fraction) > least and fraction.endswith("0"):
        fraction = fraction[:-1]
    whole = whole.lstrip("0").rjust(whole_pattern.count("0"), "0")
    if "," in whole_pattern.rstrip(","):
        whole = re.sub(r"(?<=\d)(?=(\d{3})+$)", locale.group, whole)
    text = whole + (locale.decimal + fraction if fraction else "")
    if mark:
        sign = "-" if power < 0 else "+" if "+" in exponent else ""
        text += f"E{sign}{str(abs(power)).rjust(exponent.count('0'), '0')}"
    return text


def _format_date(number: float, pattern: str, locale: Locale) -> str:
    if not -_LAST_SERIAL < number <= _LAST_SERIAL + 1:
        return format_general(number, locale)
    tokens = _tokens(pattern)
    moment = EPOCH + timedelta(milliseconds=round(number * _SECONDS_A_DAY * 1000))
    half_days = any(token in {"AM/PM", "am/pm", "A/P", "a/p"} for token in tokens)
    text, last = "", ""
    for i, token in enumerate(tokens):
        literal = _literal(token) if not re.fullmatch(r"\[[hHmMsS]+\]", token) else None
        if literal is not None:
            text += literal
            continue
        if not _DATE_TOKENS.fullmatch(token):
            text += token
            continue
        ahead = next((t for t in tokens[i + 1 :] if re.fullmatch(r"[yYmMdDhHsS]+", t)), "")
        minutes = token[0] in "mM" and (last[:1] in {"h", "H", "["} or ahead[:1] in {"s", "S"})
        text += _date_part(token, moment, number, locale, minutes=minutes, half_days=half_days)
        if token[0] != ".":
            last = token
    return text


def _date_part(token: str, moment: datetime, number: float, locale: Locale, *, minutes: bool, half_days: bool) -> str:
    letter, size = token.strip("[]")[:1].lower(), len(token.strip("[]"))
    if token[0] == "[":
        elapsed = round(number * _SECONDS_A_DAY)
        return str(elapsed // {"h": 3600, "m": 60, "s": 1}[letter]).rjust(size, "0")
    if token[0] == ".":
        return locale.decimal + f"{moment.microsecond:06d}"[: size - 1]
    if letter == "a":
        return _half_day(token, moment)
    if letter == "m" and minutes:
        return f"{moment.minute:0{min(size, 2)}d}"
    hour = (moment.hour - 1) % _NOON + 1 if half_days else moment.hour
    parts: dict[str, Callable[[], str]] = {
        "y": lambda: f"{moment.year:04d}" if size > 2 else f"{moment.year % 100:02d}",  # noqa: PLR2004
        "m": lambda: _named(moment.month - 1, moment.month, size, locale.months, locale.months_short),
        "d": lambda: _named(moment.weekday(), moment.day, size, locale.days, locale.days_short),
        "h": lambda: f"{hour:0{min(size, 2)}d}",
        "s": lambda: f"{moment.second:0{min(size, 2)}d}",
    }
    return parts[letter]()


def _half_day(token: str, moment: datetime) -> str:
    before, after = token.split("/")
    return before if moment.hour < _NOON else after


def _named(index: int, number: int, size: int, names: tuple[str, ...], short: tuple[str, ...]) -> str:
    """A month or day by its count of letters: 1, 01, its short name, its name, its initial."""
    match size:
        case 1 | 2:
            return f"{number:0{size}d}"
        case 3:
            return short[index]
        case 4:
            return names[index]
        case _:
            return names[index][:1]
