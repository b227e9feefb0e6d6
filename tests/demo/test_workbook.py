"""The embedded workbook of a first start."""

from datetime import date

from pdn.demo.workbook import make_workbook
from pdn.domain.promeneur import Promeneur
from pdn.sheets import open_store
from pdn.sheets.connection import EMBEDDED_FILE

TODAY = date(2026, 11, 23)


def read(folder):
    store = open_store({}, data_dir=folder, environ={})
    try:
        return store.snapshot().data
    finally:
        store.close()


def test_a_first_start_makes_the_demonstration_whole_and_leaves_nothing_else(tmp_path):
    assert make_workbook(tmp_path, TODAY)
    assert [path.name for path in tmp_path.iterdir()] == [EMBEDDED_FILE]
    data = read(tmp_path)
    assert len(data.all(Promeneur)) == 65
    assert data.problems == ()


def test_a_second_start_keeps_what_is_there(tmp_path):
    make_workbook(tmp_path, TODAY)
    before = (tmp_path / EMBEDDED_FILE).read_bytes()
    assert not make_workbook(tmp_path, TODAY)
    assert (tmp_path / EMBEDDED_FILE).read_bytes() == before


def test_a_start_that_was_cut_short_is_made_again(tmp_path):
    half = tmp_path / ".nouveau"
    half.mkdir()
    (half / EMBEDDED_FILE).write_bytes(b"cut short")
    assert make_workbook(tmp_path, TODAY)
    assert len(read(tmp_path).all(Promeneur)) == 65
