"""The functions of formulas, by name; an unknown one gives #NAME?."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from pdn.emulator.model import ErrorValue, Scalar
from pdn.emulator.patterns import EPOCH


class FormulaError(Exception):
    """What makes a formula show an error, as `#DIV/0!`."""

    def __init__(self, text: str, message: str) -> None:
        super().__init__(message)
        self.text = text
        self.message = message


@dataclass(frozen=True, slots=True)
class Matrix:
    """The values of a range."""

    rows: list[list[Scalar | None]]


Argument: TypeAlias = Scalar | Matrix | None


def as_number(value: Scalar | None) -> float:
    """The number in a value; an empty cell is 0."""
    if value is None:
        return 0
    if isinstance(value, ErrorValue):
        raise FormulaError(value.text, value.message)
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            raise FormulaError("#VALUE!", f"'{value}' is a text and cannot be coerced to a number.") from None
    return value


def as_text(value: Scalar | None) -> str:
    """The text of a value; an empty cell is ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, ErrorValue):
        raise FormulaError(value.text, value.message)
    return value if isinstance(value, str) else f"{value:.15g}"


def _one(value: Argument) -> Scalar | None:
    single = value.rows[0][0] if isinstance(value, Matrix) else value
    if isinstance(single, ErrorValue):
        raise FormulaError(single.text, single.message)
    return single


def _each(values: tuple[Argument, ...]) -> Iterator[Scalar]:
    """Every value that is not empty, errors raised."""
    for value in values:
        for row in value.rows if isinstance(value, Matrix) else [[value]]:
            for item in row:
                if isinstance(item, ErrorValue):
                    raise FormulaError(item.text, item.message)
                if item is not None:
                    yield item


def _numbers(values: tuple[Argument, ...]) -> list[float]:
    """The numbers among the arguments; texts in a range are passed over."""
    found: list[float] = []
    for value in values:
        if isinstance(value, Matrix):
            found += [v for v in _each((value,)) if isinstance(v, int | float) and not isinstance(v, bool)]
        else:
            found.append(as_number(_one(value)))
    return found


def _average(*values: Argument) -> Scalar:
    numbers = _numbers(values)
    if not numbers:
        raise FormulaError("#DIV/0!", "Evaluation of function AVERAGE caused a divide by zero error.")
    return sum(numbers) / len(numbers)


def _if(test: Argument, then: Argument, otherwise: Argument = False) -> Argument:  # noqa: FBT002 - IF's own default
    return then if _truth(test) else otherwise


def _truth(value: Argument) -> bool:
    single = _one(value)
    return single.upper() == "TRUE" if isinstance(single, str) else bool(single)


def _if_error(value: Argument, otherwise: Argument = "") -> Argument:
    return otherwise if isinstance(value, ErrorValue) else value


def _round(value: Argument, places: Argument = 0) -> Scalar:
    digits = int(as_number(_one(places)))
    return float(Decimal(repr(as_number(_one(value)))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def _date(year: Argument, month: Argument, day: Argument) -> Scalar:
    y, m, d = (int(as_number(_one(part))) for part in (year, month, day))
    first = datetime(y + (m - 1) // 12, (m - 1) % 12 + 1, 1)  # noqa: DTZ001 - a serial number has no time zone
    return (first - EPOCH).days + d - 1


def _moment(value: Argument) -> datetime:
    return EPOCH + timedelta(days=as_number(_one(value)))


def _now() -> float:
    return (datetime.now(UTC).replace(tzinfo=None) - EPOCH) / timedelta(days=1)


def _count_if(values: Argument, wanted: Argument) -> Scalar:
    target = as_text(_one(wanted)).casefold()
    return sum(as_text(item).casefold() == target for item in _each((values,)))


def _concatenate(*values: Argument) -> str:
    return "".join(as_text(item) for item in _each(values))


FUNCTIONS: dict[str, Callable[..., Argument]] = {
    "ABS": lambda value: abs(as_number(_one(value))),
    "AND": lambda *values: all(bool(item) for item in _each(values)),
    "AVERAGE": _average,
    "CONCATENATE": _concatenate,
    "COUNT": lambda *values: len([v for v in _each(values) if not isinstance(v, bool | str)]),
    "COUNTA": lambda *values: sum(1 for _ in _each(values)),
    "COUNTIF": _count_if,
    "DATE": _date,
    "DAY": lambda value: _moment(value).day,
    "FALSE": lambda: False,
    "HYPERLINK": lambda link, label=None: _one(label if label is not None else link),
    "IF": _if,
    "IFERROR": _if_error,
    "INT": lambda value: as_number(_one(value)) // 1,
    "LEFT": lambda text, count=1: as_text(_one(text))[: int(as_number(_one(count)))],
    "LEN": lambda text: len(as_text(_one(text))),
    "LOWER": lambda text: as_text(_one(text)).lower(),
    "MAX": lambda *values: max(_numbers(values), default=0),
    "MIN": lambda *values: min(_numbers(values), default=0),
    "MONTH": lambda value: _moment(value).month,
    "NA": lambda: ErrorValue("#N/A", "Value not available."),
    "NOT": lambda value: not _truth(value),
    "NOW": _now,
    "OR": lambda *values: any(bool(item) for item in _each(values)),
    "ROUND": _round,
    "SUM": lambda *values: sum(_numbers(values)),
    "TODAY": lambda: int(_now()),
    "TRIM": lambda text: " ".join(as_text(_one(text)).split()),
    "TRUE": lambda: True,
    "UPPER": lambda text: as_text(_one(text)).upper(),
    "YEAR": lambda value: _moment(value).year,
}
