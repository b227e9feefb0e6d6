"""What every kind of column knows: to read a cell, to write one, to show a value."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from pdn.schema.cells import ERROR_VALUES, Cell, visible

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a cell could not be read, as a value: data that people type is never an exception.

    Attributes:
        expected: What was expected, in French, as the end of « On attendait … ».
        mend: What to do about it, a whole French sentence; empty where `expected` says it all.
    """

    expected: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format of Google's cells: its type (DATE, CURRENCY, NUMBER…) and its pattern."""

    type: str
    pattern: str


class Kind(ABC, Generic[T]):
    """One kind of column; `T` is the type of its values in records.

    Attributes:
        name: What the data dictionary calls it, in French.
        expected: What a cell should hold, as the end of « On attendait … ».
        number_format: The format that provisioning gives to the column, or None for plain text.
        width: The column's width in pixels when provisioning creates it; 0 hides it.
        app_owned: Whether the app alone writes it (ids and labels): absent from forms, protected in the sheet.
        multiline: Whether a form gives it several lines.
    """

    name: ClassVar[str]
    expected: str
    number_format: ClassVar[NumberFormat | None] = None
    width: int = 140
    app_owned: ClassVar[bool] = False
    multiline: ClassVar[bool] = False

    @property
    @abstractmethod
    def blank(self) -> T:
        """The value of an empty cell."""

    @abstractmethod
    def read(self, cell: Cell) -> T | Misread:
        """The value of a cell that is neither blank nor a formula in error; a text comes without blanks around it."""

    @abstractmethod
    def encode(self, value: T) -> Cell:
        """What to write in the cell for a value; None empties it."""

    @abstractmethod
    def show(self, value: T) -> str:
        """The value for a person to read, in French; empty for the blank value."""

    @property
    def options(self) -> tuple[str, ...]:
        """What the drop-down proposes; nothing for most kinds."""
        return ()

    @property
    def strict(self) -> bool:
        """Whether only the options are allowed."""
        return False

    def parse(self, cell: Cell) -> T | Misread:
        """The value of any cell, or why it has none."""
        if isinstance(cell, str):
            cell = visible(cell)
            if not cell:
                return self.blank
            if cell.startswith("#") and cell.upper() in ERROR_VALUES:
                return Misread(self.expected, "La formule de cette cellule est en erreur : corrigez-la.")
        return self.blank if cell is None else self.read(cell)

    def untidy(self, cell: Cell, value: T) -> bool:
        """Whether the cell, which was read as this value, costs the partner something as it is written.

        A date or an amount typed as text does not sort or add up; another spelling of one choice counts as another in
        the sheet's own filters; a blank at the end finds nothing. What the app would only write in another manner, such
        as a link without its « https:// », is left alone.
        """
        return isinstance(cell, str) and cell != self.encode(value)

    def write(self, value: T) -> str:
        """The value as it stands in a form's text box: what `parse` reads back."""
        return self.show(value)
