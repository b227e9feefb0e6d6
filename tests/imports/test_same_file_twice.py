"""Importing what the sheets hold changes nothing, and so does importing a file a second time."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pdn.documents.listing import Listing, Value, csv_bytes, xlsx_bytes
from pdn.domain.settings import Settings
from pdn.domain.workbooks import record_type_of
from pdn.imports.columns import TABLES, guess_table, importable
from pdn.imports.preview import Choices, Outcome, Preview, preview
from pdn.imports.rows import read_rows
from pdn.schema import Column, Dataset, Record, label_of
from pdn.schema.kinds import Date, Money, Reference, WholeNumber
from tests.imports.conftest import TODAY, imported, opened

AS_IT_IS = {Outcome.UNCHANGED, Outcome.ARCHIVED}


def value(record: Record, column: Column, data: Dataset) -> Value:
    """What a list of the records shows of a field."""
    held = getattr(record, column.field)
    if held == column.kind.blank:
        return None
    if isinstance(column.kind, Reference):
        return label_of(data.get(record_type_of(column.kind.target), held))
    return held if isinstance(column.kind, Date | Money | WholeNumber) else column.kind.encode(held)


def listed(record_type: type[Record], data: Dataset, *, with_ids: bool) -> Listing:
    """All records of a table under their declared headers."""
    columns = [column for column in importable(record_type) if with_ids or column.field != "id"]
    rows = [[value(record, column, data) for column in columns] for record in data.all(record_type)]
    return Listing(record_type.table.tab, [column.header for column in columns], rows)


def previewed(data_of_file: bytes, data: Dataset, choices: Choices = Choices()) -> Preview:  # noqa: B008 - frozen
    file = opened(data_of_file)
    place, layout = guess_table(file)
    return preview(read_rows(file.sheets[place], layout, data), data, Settings(), TODAY, choices)


def saved(found: Preview, data: Dataset) -> Dataset:
    """The data after the import, as a commit makes it: new records have ids of their own."""
    written = [row.after for row in found.rows if row.outcome in {Outcome.ADDED, Outcome.CHANGED}]
    prefix = written[0].table.prefix if written else ""
    return data.with_records(
        [
            replace(record, id=f"{prefix}-{number:08}") if record.id.startswith("?") else record
            for number, record in enumerate(written, start=1)
        ]
    )


@pytest.mark.parametrize("with_ids", [True, False], ids=["with ids", "without ids"])
@pytest.mark.parametrize("export", [xlsx_bytes, csv_bytes])
@pytest.mark.parametrize("record_type", TABLES, ids=lambda found: found.table.key)
def test_importing_what_the_sheets_hold_changes_nothing(demo_data, record_type, export, with_ids):
    found = previewed(export(listed(record_type, demo_data, with_ids=with_ids)), demo_data)
    assert len(found.rows) == len(demo_data.all(record_type)) > 0
    assert {row.outcome for row in found.rows} <= AS_IT_IS
    assert found.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "iso8859-15", "mac-roman", "cp850"])
@pytest.mark.parametrize("record_type", TABLES, ids=lambda found: found.table.key)
def test_the_encoding_of_the_file_makes_no_difference(demo_data, record_type, encoding):
    text = csv_bytes(listed(record_type, demo_data, with_ids=True)).decode("utf-8-sig")
    writable = text.encode(encoding, errors="ignore").decode(encoding)
    file = opened(writable.encode(encoding))
    rows = list(csv.reader(io.StringIO(writable, newline=""), delimiter=";"))
    assert len(file.sheets[0].grid) == len(rows)
    assert "".join(str(cell) for cell in file.sheets[0].grid[0]) == "".join(rows[0])
    assert [[str(cell) for cell in row] for row in file.sheets[0].grid] == [
        [cell[1:] if cell[:2] in {"'=", "'+", "'-", "'@"} else cell for cell in row] for row in rows
    ]


@pytest.mark.parametrize("record_type", TABLES, ids=lambda found: found.table.key)
def test_a_table_imported_into_an_empty_workbook_is_there_at_the_second_import(demo_data, record_type):
    # What references lead to stays; the table itself begins empty.
    others = [record for kind in TABLES if kind is not record_type for record in demo_data.all(kind)]
    before = Dataset.of(*others)
    choices = Choices(doubtful=True)
    file = csv_bytes(listed(record_type, demo_data, with_ids=False))
    first = previewed(file, before, choices)
    assert len(first.of(Outcome.ADDED)) > 0
    second = previewed(file, saved(first, before), choices)
    assert second.of(Outcome.ADDED, Outcome.CHANGED) == ()


ROW = {
    "Prénom": st.sampled_from(["Zoé", "ZOE", "Léa", "Paul", ""]),
    "Nom": st.sampled_from(["Dupont", "Martin", ""]),
    "Mail": st.sampled_from(["zoe@example.org", "lea@example.org", "faux", ""]),
    "Structure": st.sampled_from(["Maison", "Dune", "Fantôme", ""]),
    "Téléphone": st.sampled_from(["06 39 98 00 01", "0639980002", "12", ""]),
}
LINE = {
    "Exercice": st.sampled_from([2019, 2020, None]),
    "Libellé": st.sampled_from(["Café", "Thé", ""]),
    "Réalisé": st.sampled_from([12.5, "12,50", 3, "", "douze"]),
    "Date": st.sampled_from(["12/03/2019", 43536, ""]),
}


@pytest.mark.parametrize(("key", "fields"), [("promeneur", ROW), ("budget_line", LINE)])
@settings(max_examples=200)
@given(drawn=st.data(), doubtful=st.booleans(), restored=st.booleans())
def test_a_second_import_of_a_file_whose_rows_were_all_taken_changes_nothing(key, fields, drawn, doubtful, restored):
    record_type, structure = record_type_of(key), record_type_of("structure")
    data = Dataset.of(structure(id="S-00000001", name="Maison"), structure(id="S-00000002", name="Dune"))
    choices = Choices(doubtful=doubtful, restored=restored)
    row = st.tuples(*fields.values()).map(list)
    for label in ("what the sheet holds", "the file"):
        rows = [list(fields), *drawn.draw(st.lists(row, max_size=6), label=label)]
        first = imported(record_type, rows, data, choices if label == "the file" else Choices(doubtful=True))
        data = saved(first, data) if label == "the file" else _renamed(saved(first, data), record_type)
    # A row that was refused may be clear once the others are in: the homonym that it could have meant has moved.
    assume(not first.of(Outcome.REFUSED, Outcome.LEFT_OUT))
    second = imported(record_type, rows, data, choices)
    assert second.of(Outcome.ADDED, Outcome.CHANGED) == ()


def _renamed(data: Dataset, record_type: type[Record]) -> Dataset:
    """The same with ids that a later import does not give again."""
    others = [record for kind in data.record_types if kind is not record_type for record in data.all(kind)]
    return Dataset.of(
        *others, *(replace(record, id=f"{record.id[:-8]}A{record.id[-7:]}") for record in data.all(record_type))
    )
