"""A problem of the data: where it stands, what stands there, what was expected and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum

from pdn.schema.cells import column_letters


class ProblemKind(StrEnum):
    """What sort of problem it is, as a person filters them."""

    UNREADABLE = "Cellule non comprise"
    REQUIRED = "Cellule à remplir"
    NO_ID = "Ligne sans identifiant"
    COPIED_ID = "Identifiant recopié"
    REFERENCE = "Fiche introuvable"
    TAB_MISSING = "Onglet manquant"
    HEADER_LOST = "En-tête introuvable"
    COLUMN_MISSING = "Colonne manquante"
    COLUMN_TWICE = "Colonne en double"
    RULE = "Incohérence"
    UNTIDY = "Écriture à harmoniser"
    ALIAS = "En-tête à harmoniser"


NOTICES = frozenset({ProblemKind.UNTIDY, ProblemKind.ALIAS})
"""What is understood all the same, and would only be better otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that reading the sheets could not understand, as a value.

    Attributes:
        kind: What sort of problem it is.
        tab: The title of the tab.
        message: The whole sentence for the person: what is wrong and what was expected, in French.
        mend: How to mend it, in French; empty where the message says it all.
        row: The row, counted from 0; None where the whole tab is meant.
        column: The column, counted from 0; None where the whole row or tab is meant.
        header: The header of the column, as declared; empty where none is meant.
        found: What stands in the cell, as a person would recognise it.
        table: The key of the table (« promeneur »).
        record_id: The id of the record; empty where none is meant.
        field: The record's field; empty where none is meant.
        suggestion: The header, as it stands, that is probably the missing column's; empty where none is.
    """

    kind: ProblemKind
    tab: str
    message: str
    mend: str = ""
    row: int | None = None
    column: int | None = None
    header: str = ""
    found: str = ""
    table: str = ""
    record_id: str = ""
    field: str = ""
    suggestion: str = ""

    @property
    def cell(self) -> str:
        """The address within the tab: « E14 », « 14:14 » for a row, « E:E » for a column, empty for the tab."""
        if self.row is None:
            return "" if self.column is None else f"{column_letters(self.column)}:{column_letters(self.column)}"
        if self.column is None:
            return f"{self.row + 1}:{self.row + 1}"
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def address(self) -> str:
        """The address within the workbook: « Promeneurs!E14 »."""
        return f"{self.tab}!{self.cell}" if self.cell else self.tab
