"""Formulas: arithmetic, comparison, text, references to cells and the functions that people's sheets use most."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from pdn.emulator.a1 import Bounds, parse_bounds
from pdn.emulator.functions import FUNCTIONS, Argument, FormulaError, Matrix, as_number, as_text
from pdn.emulator.model import ErrorValue, Scalar
from pdn.emulator.typed import number_value

Lookup: TypeAlias = Callable[[str | None, Bounds], Matrix]
"""Gives the values of a range: (title or None for the formula's own tab, bounds) -> rows of values."""

_CELLS = (
    r"\$?[A-Za-z]{1,3}\$?[0-9]+(?::\$?[A-Za-z]{0,3}\$?[0-9]*)?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]+:\$?[0-9]+"
)
_TITLE = r"(?:'(?:[^']|'')+'|[A-Za-z_]\w*)!"
REFERENCE = re.compile(rf"({_TITLE})?({_CELLS})(?![\w(.])")
_GONE = re.compile(r"#REF!")
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_NAME = re.compile(r"[A-Za-z_][\w.]*")
_STRING = re.compile(r'"((?:[^"]|"")*)"')
_OPERATOR = re.compile(r"<>|<=|>=|[-+*/^&=<>()%,;]")


def evaluate(formula: str, lookup: Lookup, decimal: str = ".") -> Scalar:
    """The value of a formula.

    Args:
        formula: with its `=`.
        lookup: how it reads cells.
        decimal: the locale's decimal separator; where it is a comma, `;` alone parts arguments.

    Returns:
        the value, an ErrorValue where there is none. Never raises on what people write.
    """
    try:
        parser = _Parser(formula[1:], lookup, decimal)
        value = parser.comparison()
        parser.end()
        result = _single(value)
    except FormulaError as error:
        return ErrorValue(error.text, error.message)
    except (RecursionError, OverflowError):
        return ErrorValue("#NUM!", "The formula has no result.")
    if result is None:
        return 0
    if isinstance(result, bool | str | ErrorValue):
        return result
    return number_value(result)


def _single(value: Argument) -> Scalar | None:
    if isinstance(value, Matrix):
        return value.rows[0][0] if value.rows and value.rows[0] else None
    return value


class _Parser:
    def __init__(self, text: str, lookup: Lookup, decimal: str) -> None:
        self._text = text
        self._at = 0
        self._lookup = lookup
        self._number = re.compile(r"\d+(?:,\d+)?(?:[eE][-+]?\d+)?") if decimal == "," else _NUMBER
        self._separators = {";"} if decimal == "," else {",", ";"}

    def _skip(self) -> None:
        while self._at < len(self._text) and self._text[self._at].isspace():
            self._at += 1

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        self._skip()
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()
        return found

    def _operator(self, *wanted: str) -> str | None:
        self._skip()
        found = _OPERATOR.match(self._text, self._at)
        if found and found[0] in wanted:
            self._at = found.end()
            return found[0]
        return None

    def end(self) -> None:
        """Check that nothing is left.

        Raises:
            FormulaError: something is.
        """
        self._skip()
        if self._at != len(self._text):
            raise FormulaError("#ERROR!", "Formula parse error.")

    def comparison(self) -> Argument:
        left = self._joined()
        while operator := self._operator("=", "<>", "<=", ">=", "<", ">"):
            left = _compare(operator, _scalar(left), _scalar(self._joined()))
        return left

    def _joined(self) -> Argument:
        left = self._sum()
        while self._operator("&"):
            left = as_text(_scalar(left)) + as_text(_scalar(self._sum()))
        return left

    def _sum(self) -> Argument:
        left = self._product()
        while operator := self._operator("+", "-"):
            right = as_number(_scalar(self._product()))
            left = as_number(_scalar(left)) + (right if operator == "+" else -right)
        return left

    def _product(self) -> Argument:
        left = self._power()
        while operator := self._operator("*", "/"):
            right = as_number(_scalar(self._power()))
            if operator == "/" and right == 0:
                raise FormulaError("#DIV/0!", "Function DIVIDE parameter 2 cannot be zero.")
            number = as_number(_scalar(left))
            left = number * right if operator == "*" else number / right
        return left

    def _power(self) -> Argument:
        left = self._unary()
        if self._operator("^"):
            exponent = as_number(_scalar(self._power()))
            base = as_number(_scalar(left))
            if (base == 0 and exponent < 0) or (base < 0 and exponent != int(exponent)):
                raise FormulaError("#NUM!", "POWER evaluates to an imaginary or undefined number.")
            return float(base**exponent)
        return left

    def _unary(self) -> Argument:
        operator = self._operator("-", "+")
        if operator:
            number = as_number(_scalar(self._unary()))
            return -number if operator == "-" else number
        value = self._atom()
        while self._operator("%"):
            value = as_number(_scalar(value)) / 100
        return value

    def _atom(self) -> Argument:
        if self._operator("("):
            value = self.comparison()
            if not self._operator(")"):
                raise FormulaError("#ERROR!", "Formula parse error.")
            return value
        if self._take(_GONE):
            raise FormulaError("#REF!", "Reference does not exist.")
        string = self._take(_STRING)
        if string:
            return string[1].replace('""', '"')
        reference = self._take(REFERENCE)
        if reference:
            return self._read(reference)
        number = self._take(self._number)
        if number:
            return float(number[0].replace(",", "."))
        name = self._take(_NAME)
        if name:
            return self._named(name[0])
        raise FormulaError("#ERROR!", "Formula parse error.")

    def _read(self, reference: re.Match[str]) -> Argument:
        bounds = parse_bounds(reference[2])
        if bounds is None:
            raise FormulaError("#ERROR!", "Formula parse error.")
        title = reference[1][:-1] if reference[1] else None
        if title and title.startswith("'"):
            title = title[1:-1].replace("''", "'")
        matrix = self._lookup(title, bounds)
        return _single(matrix) if bounds.single else matrix

    def _named(self, name: str) -> Argument:
        if not self._operator("("):
            if name.upper() in {"TRUE", "FALSE"}:
                return name.upper() == "TRUE"
            raise FormulaError("#NAME?", f"Unknown range name: '{name.upper()}'.")
        arguments: list[Argument] = []
        while not self._operator(")"):
            if arguments and not self._operator(*self._separators):
                raise FormulaError("#ERROR!", "Formula parse error.")
            arguments.append(self._argument())
        function = FUNCTIONS.get(name.upper())
        if function is None:
            raise FormulaError("#NAME?", f"Unknown function: '{name.upper()}'.")
        try:
            return function(*arguments)
        except TypeError:
            raise FormulaError("#N/A", f"Wrong number of arguments to {name.upper()}.") from None

    def _argument(self) -> Argument:
        """An argument; its error is a value here, which IFERROR may catch."""
        start = self._at
        try:
            return self.comparison()
        except FormulaError as error:
            if error.text == "#ERROR!":
                raise
            self._skip_argument(start)
            return ErrorValue(error.text, error.message)

    def _skip_argument(self, start: int) -> None:
        self._at = start
        depth = 0
        while self._at < len(self._text):
            string = _STRING.match(self._text, self._at)
            if string:
                self._at = string.end()
                continue
            char = self._text[self._at]
            if depth == 0 and (char == ")" or char in self._separators):
                return
            depth += (char == "(") - (char == ")")
            self._at += 1


def _scalar(value: Argument) -> Scalar | None:
    result = _single(value)
    if isinstance(result, ErrorValue):
        raise FormulaError(result.text, result.message)
    return result


def _compare(operator: str, left: Scalar | None, right: Scalar | None) -> bool:
    first, second = _sort_key(left, right), _sort_key(right, left)
    return {
        "=": first == second,
        "<>": first != second,
        "<": first < second,
        ">": first > second,
        "<=": first <= second,
        ">=": first >= second,
    }[operator]


def _sort_key(value: Scalar | None, other: Scalar | None) -> tuple[int, float, str]:
    """Numbers before texts before booleans; an empty cell counts as the other side's empty value."""
    if value is None:
        value = "" if isinstance(other, str) else 0
    if isinstance(value, bool):
        return 2, float(value), ""
    return (1, 0.0, value.casefold()) if isinstance(value, str) else (0, as_number(value), "")
