"""The data dictionary says everything of every table, and docs/dictionnaire.md is the one of today."""

from pathlib import Path

import pytest

from pdn.domain.workbooks import RECORD_TYPES, WORKBOOKS
from pdn.schema.dictionary import dictionary

PAGE = Path(__file__).parents[2] / "docs" / "dictionnaire.md"


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == dictionary(WORKBOOKS), "run: make dictionary"


@pytest.mark.parametrize("record_type", RECORD_TYPES, ids=lambda found: found.table.tab)
def test_every_tab_has_its_purpose_and_each_column_its_line(record_type):
    page = dictionary(WORKBOOKS)
    section = page.split(f"### {record_type.table.tab}\n")[1].split("\n### ")[0]
    assert record_type.table.purpose in section
    for column in record_type.table.columns:
        (line,) = [line for line in section.splitlines() if line.startswith(f"| **{column.header}** |")]
        assert column.help in line
        assert column.kind.name in line
        assert all(alias in line for alias in column.aliases)
        assert all(option in line for option in column.kind.options)


def test_a_reference_names_the_tab_that_it_points_to():
    line = next(line for line in dictionary(WORKBOOKS).splitlines() if "Structure qui emploie et mandate." in line)
    assert "| une fiche de l’onglet Structures |" in line


def test_every_line_of_a_table_has_as_many_cells():
    lines = [line for line in dictionary(WORKBOOKS).splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in lines} == {7}
