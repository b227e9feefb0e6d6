"""Kinds that say which record: its id, its label, a reference to another record, and a raw value."""

import re

from pdn.schema.cells import Cell, shown
from pdn.schema.kinds.base import Kind, Misread
from pdn.schema.kinds.text import TextKind

LABEL_SEPARATOR = " · "
ID_AT_END = re.compile(r"(?:^|·\s*)([A-Z]{1,4}-[0-9A-Z]{8})$")
"""An id alone, or at the end of a label (« Centre social Bacalan · S-4T7K29QX »)."""


class Identifier(TextKind):
    """The id of a record: minted by the app, never typed."""

    name = "identifiant"
    expected = "l’identifiant donné par l’application"
    app_owned = True
    width = 60

    def read(self, cell: Cell) -> str | Misread:
        """The id."""
        return shown(cell)

    def untidy(self, cell: Cell, value: str) -> bool:
        """Never: the app alone writes it."""
        del cell, value
        return False


class Label(TextKind):
    """The name and id of a record in one text, kept by the app: what other tabs' drop-downs propose."""

    name = "étiquette"
    expected = "l’étiquette écrite par l’application"
    app_owned = True
    width = 60

    def read(self, cell: Cell) -> str | Misread:
        """The label."""
        return shown(cell)

    def untidy(self, cell: Cell, value: str) -> bool:
        """Never: the app alone writes it."""
        del cell, value
        return False


class Reference(TextKind):
    """Another record, named by its id in records and by its label in cells, so that people can read it.

    A cell may hold a label, an id, or a name that only one record bears; `pdn.schema.reading` resolves it once
    every table is read, because a cell alone cannot tell.
    """

    name = "lien vers une fiche"
    width = 240

    def __init__(self, target: str) -> None:
        """`target` is the key of the table referred to, for example « structure »."""
        self.target = target
        self.expected = "le nom d’une fiche existante"

    def read(self, cell: Cell) -> str | Misread:
        """The id where the cell holds one; otherwise the text, still to be resolved."""
        text = shown(cell)
        match = ID_AT_END.search(text)
        return match[1] if match else text

    def untidy(self, cell: Cell, value: str) -> bool:
        """Never: which record a name stands for is known once every table is read."""
        del cell, value
        return False


class Raw(Kind[Cell]):
    """Whatever stands in the cell, read later by somebody who knows (the values of the tab Paramètres)."""

    name = "valeur"
    expected = "une valeur"
    width = 260

    @property
    def blank(self) -> Cell:
        """Nothing."""
        return None

    def read(self, cell: Cell) -> Cell | Misread:
        """The cell."""
        return cell

    def encode(self, value: Cell) -> Cell:
        """The cell."""
        return value

    def show(self, value: Cell) -> str:
        """The cell as a person would recognise it."""
        return shown(value)

    def untidy(self, cell: Cell, value: Cell) -> bool:
        """Never: whoever knows what the value means tells."""
        del cell, value
        return False
