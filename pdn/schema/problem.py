"""A problem of the data: where it stands, what stands there, what was expected and how to mend it."""

from dataclasses import dataclass

from pdn.schema.cells import column_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that reading the sheets could not understand, as a value.

    Attributes:
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
    """

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
