"""Kinds made of choices: one of a list, several of a list, yes or no."""

import re
from enum import StrEnum
from typing import Generic, TypeVar

from pdn.french import fold
from pdn.schema.cells import Cell, shown
from pdn.schema.kinds.base import Kind, Misread
from pdn.schema.kinds.text import one_line

E = TypeVar("E", bound=StrEnum)
YES = frozenset({"oui", "o", "x", "vrai", "true", "1", "ok", "✓", "✔", "✅", "☑"})
NO = frozenset({"non", "n", "faux", "false", "0", "✗", "✘", "❌"})
ENDINGS = ("", "e", "s", "es")
"""What the feminine and the plural add: « présente » and « absents » are choices of a list that says « présent »."""


def _by_fold(choices: type[E]) -> dict[str, E]:
    """The choice that each spelling stands for; what a label says itself outweighs another one's ending."""
    found: dict[str, E] = {}
    for ending in ENDINGS:
        for choice in choices:
            found.setdefault(fold(choice.value) + ending, choice)
    return found


class Choice(Kind[E | None], Generic[E]):
    """One value of a closed list, an enumeration whose values are the French labels."""

    name = "choix"
    width = 170

    def __init__(self, choices: type[E]) -> None:
        self.choices = choices
        self.expected = "un choix de la liste : " + ", ".join(f"« {choice.value} »" for choice in choices)
        self._by_fold = _by_fold(choices)

    @property
    def options(self) -> tuple[str, ...]:
        """The labels."""
        return tuple(choice.value for choice in self.choices)

    @property
    def strict(self) -> bool:
        """The list is closed."""
        return True

    @property
    def blank(self) -> E | None:
        """No choice."""
        return None

    def read(self, cell: Cell) -> E | Misread | None:
        """The choice, whatever its case, accents, gender and number."""
        return self._by_fold.get(fold(shown(cell))) or Misread(self.expected)

    def encode(self, value: E | None) -> Cell:
        """The label."""
        return None if value is None else value.value

    def show(self, value: E | None) -> str:
        """The label."""
        return "" if value is None else value.value


class OpenChoice(Kind[str]):
    """One value of a list that people may add to; a known one is spelled as in the list."""

    name = "choix ouvert"
    expected = "un texte, de préférence de la liste"
    width = 170

    def __init__(self, *options: str) -> None:
        self._options = options
        self._by_fold = {fold(option): option for option in options}

    @property
    def options(self) -> tuple[str, ...]:
        """What the list proposes."""
        return self._options

    @property
    def blank(self) -> str:
        """The empty text."""
        return ""

    def read(self, cell: Cell) -> str | Misread:
        """The text, in the list's spelling where it is there."""
        text = one_line(shown(cell))
        return self._by_fold.get(fold(text), text)

    def encode(self, value: str) -> Cell:
        """The text."""
        return value or None

    def show(self, value: str) -> str:
        """The text."""
        return value


class Choices(Kind[tuple[E, ...]], Generic[E]):
    """Several values of a closed list, parted by commas in the cell as Google's own multiple choice does."""

    name = "plusieurs choix"
    width = 220

    def __init__(self, choices: type[E]) -> None:
        if any("," in choice.value or ";" in choice.value for choice in choices):
            raise ValueError(f"{choices.__name__}: a label with a comma could not be read back")
        self.choices = choices
        self.expected = "un ou plusieurs choix de la liste, séparés par des virgules : " + ", ".join(
            f"« {choice.value} »" for choice in choices
        )
        self._by_fold = _by_fold(choices)

    @property
    def options(self) -> tuple[str, ...]:
        """The labels."""
        return tuple(choice.value for choice in self.choices)

    @property
    def blank(self) -> tuple[E, ...]:
        """No choice."""
        return ()

    def read(self, cell: Cell) -> tuple[E, ...] | Misread:
        """The choices in the list's order, each once."""
        wanted = [fold(part) for part in re.split(r"[,;\n]", shown(cell)) if part.strip()]
        if any(part not in self._by_fold for part in wanted):
            return Misread(self.expected)
        found = {self._by_fold[part] for part in wanted}
        return tuple(choice for choice in self.choices if choice in found)

    def encode(self, value: tuple[E, ...]) -> Cell:
        """The labels, with commas."""
        return self.show(value) or None

    def show(self, value: tuple[E, ...]) -> str:
        """The labels, with commas."""
        return ", ".join(choice.value for choice in value)

    def untidy(self, cell: Cell, value: tuple[E, ...]) -> bool:
        """Another spelling; not another order, which Google's own multiple choice gives too."""
        return isinstance(cell, str) and sorted(cell.split(", ")) != sorted(choice.value for choice in value)


class YesNo(Kind[bool | None]):
    """Yes or no; an empty cell is neither."""

    name = "oui / non"
    expected = "« oui » ou « non »"
    width = 90

    @property
    def options(self) -> tuple[str, ...]:
        """Oui, non."""
        return ("oui", "non")

    @property
    def strict(self) -> bool:
        """Nothing else is allowed."""
        return True

    @property
    def blank(self) -> bool | None:
        """Not said."""
        return None

    def read(self, cell: Cell) -> bool | Misread | None:
        """Yes for a ticked box, « oui », « x », « VRAI » or 1; no for their opposites."""
        word = fold(shown(cell))
        if word in YES:
            return True
        return False if word in NO else Misread(self.expected)

    def encode(self, value: bool | None) -> Cell:  # noqa: FBT001 - the kind's own value
        """The word."""
        return self.show(value) or None

    def show(self, value: bool | None) -> str:  # noqa: FBT001 - the same
        """« oui », « non », or nothing."""
        return {True: "oui", False: "non", None: ""}[value]

    def untidy(self, cell: Cell, value: bool | None) -> bool:  # noqa: FBT001 - the same
        """Another word than « oui » and « non »; a tick box is well as it is."""
        return not isinstance(cell, bool) and cell != self.show(value)
