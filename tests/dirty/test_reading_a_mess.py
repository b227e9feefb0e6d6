"""Whatever partners do to a tab: what is wrong is told at its address, what is right is read and left in peace."""

import pytest
from hypothesis import given

from pdn.domain.settings import Parameter
from pdn.domain.workbooks import RECORD_TYPES
from pdn.schema import Dataset, ProblemKind, read_tab
from tests.dirty.mess import messes, targets

TABS = [
    pytest.param(record_type, id=record_type.table.tab) for record_type in RECORD_TYPES if record_type is not Parameter
]
"""Every tab but the settings, whose values have kinds of their own."""


def read(mess):
    """The tab as reading and resolving leave it, its problems and its notices."""
    table = mess.record_type.table
    others = [found for found in targets() if found.record_type is not mess.record_type]
    data = Dataset([read_tab(mess.record_type, table.tab, mess.grid), *others])
    return data.all(mess.record_type), data.problems, data.notices


def places(told):
    """What is told, where."""
    return {(found.kind, found.row, found.column) for found in told}


@pytest.mark.parametrize("record_type", TABS)
def test_every_spoiled_cell_is_told_once_and_every_right_one_is_read_and_left_in_peace(record_type):
    @given(messes(record_type))
    def holds(mess):
        records, problems, notices = read(mess)
        assert places(problems) == mess.problems
        assert places(notices) == mess.notices
        assert list(records) == mess.records
        addressed = [(found.row, found.column) for found in (*problems, *notices) if found.column is not None]
        assert len(addressed) == len(set(addressed))

    holds()


@pytest.mark.parametrize("record_type", TABS)
def test_columns_and_rows_moved_about_change_nothing_and_a_header_that_resembles_is_proposed(record_type):
    @given(messes(record_type, spoilt=False))
    def holds(mess):
        records, problems, _ = read(mess)
        assert list(records) == mess.records
        assert {found.kind for found in problems} <= {ProblemKind.COLUMN_MISSING}
        assert all(found.suggestion.startswith(found.header) for found in problems)

    holds()
