"""Filling: many records in one request per workbook."""

from decimal import Decimal

from pdn.domain.budget_line import BudgetLine
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Parameter
from pdn.domain.structure import Structure
from pdn.sheets import fill
from tests.sheets.conftest import Bench

STRUCTURES = [Structure(id=f"S-{n:08}", name=f"Structure {n}") for n in range(300)]
PROMENEURS = [Promeneur(id=f"P-{n:08}", last_name=f"Nom {n}", structure_id=f"S-{n:08}") for n in range(300)]


def test_many_records_are_written_at_once_and_read_as_they_were(bench: Bench):
    lines = [BudgetLine(id="B-00000001", name="Timbres", planned=Decimal("12.10"))]
    setting = Parameter(id="notice_days", name="x", value=45)
    assert fill(bench.store, [*PROMENEURS, *STRUCTURES, *lines, setting], author="Léa") == 602
    assert bench.sent().count("write") == 2
    data = bench.store.snapshot().data
    assert [s.name for s in data.all(Structure)] == [s.name for s in STRUCTURES]
    assert [p.structure_id for p in data.all(Promeneur)] == [p.structure_id for p in PROMENEURS]
    assert data.all(BudgetLine)[0].planned == Decimal("12.10")
    assert data.get(Parameter, "notice_days").value == 45
    assert all(s.label == f"{s.name} · {s.id}" for s in data.all(Structure))
    assert "300\u00a0structures" in bench.store.journal(Structure)[-1].record_title


def test_filling_twice_leaves_one_of_each(bench: Bench):
    fill(bench.store, STRUCTURES[:3], author="Léa")
    fill(bench.store, STRUCTURES[:4], author="Léa")
    assert len(bench.store.refresh().data.all(Structure)) == 4


def test_filling_with_nothing_writes_nothing(bench: Bench):
    assert fill(bench.store, [], author="Léa") == 0
    assert "write" not in bench.sent()
