"""What people type, in the sheet and in the app: never typed before, where the kind of the column allows it."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from pdn.schema import Column
from pdn.schema.kinds import Choice, Choices, Date, Email, Kind, Money, Phone, Reference
from tests.sheets.interleavings.ground import Formula, Value

FORMULA, WRONG, UNTIDY, BLANK = 5, 4, 3, 5
"""How something is typed; a partner's formula is what a form leaves blank."""

Typing: TypeAlias = Callable[[int, Any], Any]

IN_SHEET: tuple[tuple[type[Kind[Any]], Typing, Typing], ...] = (
    (Date, lambda n, _: 43_900 + n, lambda n, _: f"{n % 27 + 1}.{n % 11 + 1}.2021"),
    (Money, lambda n, _: n + 0.5, lambda n, _: f"{n} 500,10 €"),
    (Phone, lambda n, _: f"06 12 {n:06}", lambda n, _: 612_000_000 + n),
    (Email, lambda n, _: f"partenaire{n}@example.org", lambda n, _: f" P{n}@Example.org "),
    (Choice, lambda n, kind: _one_of(kind.options, n), lambda n, kind: _one_of(kind.options, n).upper()),
    (Choices, lambda n, kind: _one_of(kind.options, n), lambda n, kind: _one_of(kind.options, n).upper()),
)
"""What a partner types in a column of that kind, as the app would write it and otherwise."""

IN_FORM: tuple[tuple[type[Kind[Any]], Typing], ...] = (
    (Date, lambda n, _: date(2019, 1, 1) + timedelta(days=n)),
    (Money, lambda n, _: Decimal(1000 + n)),
    (Phone, lambda n, _: f"+336{n:08}"),
    (Email, lambda n, _: f"appli{n}@example.org"),
    (Choice, lambda n, kind: _one_of(tuple(kind.choices), n % 3)),
    (Choices, lambda n, kind: tuple(kind.choices)[: n % 4]),
)
"""What a person enters in a field of that kind."""

TEXTS = ("appli {}", "=appli{}", "+33 {}", "appli {} 🙂", "@appli {}", "-{}")


def in_sheet(column: Column | None, number: int, how: int, houses: Sequence[dict[str, Value]]) -> Value:
    """Something for a cell: right, untidy, wrong, or a formula.

    Args:
        column: What is declared of it; None for a partner's own.
        number: A number that no other has.
        how: Which of these.
        houses: The rows that a reference may name.
    """
    kind = column.kind if column else None
    if how == FORMULA:
        return Formula(f"={number}+43000") if isinstance(kind, Date | Money) else Formula(f'="calcul {number}"')
    if how == WRONG:
        return f"à voir {number}"
    if isinstance(kind, Reference):
        house = houses[number % len(houses)] if len(houses) > 1 else {}
        return house.get("name" if how == UNTIDY else "label")
    for known, tidy, untidy in IN_SHEET:
        if isinstance(kind, known):
            value: Value = (untidy if how == UNTIDY else tidy)(number, kind)
            return value
    return f" {number} partenaire" if how == UNTIDY else f"partenaire {number}"


def in_form(column: Column, number: int, how: int, houses: Sequence[str]) -> Any:
    """Something for a field of a form.

    Args:
        column: The field's column.
        number: A number that no other has.
        how: Which of the ways to enter it; blank is one.
        houses: The ids that a reference may have.
    """
    kind = column.kind
    if how == BLANK and not column.required:
        return kind.blank
    if isinstance(kind, Reference):
        return houses[number % len(houses)] if houses else ""
    for known, entered in IN_FORM:
        if isinstance(kind, known):
            return entered(number, kind)
    return TEXTS[0 if column.required else how].format(number)


def _one_of(options: Sequence[Any], number: int) -> Any:
    return options[number % len(options)]
