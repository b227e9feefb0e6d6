"""How a record maps to a tab: declarations, kinds of column, reading, problems."""

from pdn.schema.cells import Cell
from pdn.schema.dataset import Dataset
from pdn.schema.ids import mint
from pdn.schema.problem import Problem, ProblemKind
from pdn.schema.reading import TabReading, read_tab
from pdn.schema.table import Column, Record, Table, Workbook, column, label_column, label_of, labelled, table

__all__ = [
    "Cell", "Column", "Dataset", "Problem", "ProblemKind", "Record", "TabReading", "Table", "Workbook",
    "column", "label_column", "label_of", "labelled", "mint", "read_tab", "table",
]  # fmt: skip
