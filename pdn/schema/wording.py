"""What reading a tab tells of it, in French: its problems, and its notices."""

from dataclasses import dataclass
from typing import Any

from pdn.french import NBSP
from pdn.schema.cells import Cell, shown, visible
from pdn.schema.kinds import Misread
from pdn.schema.problem import Problem, ProblemKind
from pdn.schema.table import Column, Table

MEND_PAGE = f"depuis la page «{NBSP}Qualité des données{NBSP}»"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is told of: a tab, a column of it, or a cell.

    Attributes:
        table: What the tab holds.
        tab: Its title.
        column: The column meant, if any.
        row: The row, counted from 0.
        place: The column's place, counted from 0.
        record_id: The id of the row's record.
    """

    table: Table
    tab: str
    column: Column | None = None
    row: int | None = None
    place: int | None = None
    record_id: str = ""

    def tell(
        self, kind: ProblemKind, message: str, *, mend: str = "", found: str = "", suggestion: str = ""
    ) -> Problem:
        """A problem, or a notice, of this place."""
        return Problem(
            kind=kind,
            tab=self.tab,
            message=message,
            mend=mend,
            row=self.row,
            column=self.place,
            header=self.column.header if self.column else "",
            found=found,
            table=self.table.key,
            record_id=self.record_id,
            field=self.column.field if self.column else "",
            suggestion=suggestion,
        )


def quote(text: str) -> str:
    """The text between French quotation marks."""
    return f"«{NBSP}{text}{NBSP}»"


def tab_missing(table: Table, tab: str) -> Problem:
    """The tab is not in the spreadsheet."""
    return Spot(table, tab).tell(
        ProblemKind.TAB_MISSING,
        f"L’onglet {quote(tab)} manque.",
        mend=f"Redonnez son nom à l’onglet, ou recréez-le {MEND_PAGE}.",
    )


def header_lost(table: Table, tab: str) -> Problem:
    """The tab holds something, under no header that is known."""
    return Spot(table, tab).tell(
        ProblemKind.HEADER_LOST,
        f"La ligne d’en-tête de l’onglet {quote(tab)} est introuvable.",
        mend="Remettez les en-têtes sur une ligne, au-dessus des données.",
    )


def column_missing(spot: Spot, column: Column) -> Problem:
    """No header stands for a column."""
    return spot.tell(
        ProblemKind.COLUMN_MISSING,
        f"La colonne {quote(column.header)} manque dans l’onglet {quote(spot.tab)}.",
        mend=f"Remettez l’en-tête, ou complétez la feuille {MEND_PAGE}.",
    )


def column_renamed(spot: Spot, column: Column, written: str) -> Problem:
    """No header stands for a column, and one resembles it."""
    return spot.tell(
        ProblemKind.COLUMN_MISSING,
        f"La colonne {quote(column.header)} manque. {quote(written)} est probablement elle.",
        mend=f"Renommez l’en-tête en {quote(column.header)}, dans la feuille ou {MEND_PAGE}.",
        found=written,
        suggestion=written,
    )


def column_twice(spot: Spot, column: Column, read: str, written: str) -> Problem:
    """A second header stands for a column."""
    return spot.tell(
        ProblemKind.COLUMN_TWICE,
        f"Deux colonnes portent l’en-tête {quote(column.header)}{NBSP}: une seule est lue."
        if read == written
        else f"{quote(read)} et {quote(written)} sont deux noms d’une même colonne{NBSP}: {quote(read)} seule est lue.",
        mend="Renommez l’une des deux colonnes.",
        found=written,
    )


def column_alias(spot: Spot, column: Column, written: str) -> Problem:
    """A header is understood under another of its names."""
    return spot.tell(
        ProblemKind.ALIAS,
        f"L’en-tête {quote(written)} est compris{NBSP}; l’application l’écrit {quote(column.header)}.",
        found=written,
    )


def misread_cell(spot: Spot, column: Column, kind: ProblemKind, cell: Cell, misread: Misread) -> Problem:
    """A cell has no value, or not the one that it needs."""
    found = shown(cell)
    what = quote(found) if visible(found) else "Cellule vide"
    return spot.tell(
        kind, f"{column.header}{NBSP}: {what}. On attendait {misread.expected}.", mend=misread.mend, found=found
    )


def untidiness(column: Column, cell: Cell, value: Any) -> str:  # noqa: ANN401 - a value of the column's kind
    """The sentence on a cell that is understood and would be better written otherwise."""
    kind, found = column.kind, visible(shown(cell))
    written = shown(kind.encode(value))
    what = f"{column.header}{NBSP}: {quote(found)} est compris"
    if kind.number_format is not None and kind.number_format.type.startswith("DATE"):
        day = quote(kind.show(value))
        return f"{what}, mais ce texte ne se trie pas{NBSP}; l’application en fait la date {day}."
    if kind.number_format is not None:
        return f"{what}, mais ce texte ne s’additionne pas{NBSP}; l’application en fait le nombre {quote(written)}."
    if " ".join(found.split()) == " ".join(written.split()):
        return f"{what}{NBSP}; l’application l’écrit sans les espaces et les caractères invisibles en trop."
    return f"{what}{NBSP}; l’application l’écrit {quote(written)}."
