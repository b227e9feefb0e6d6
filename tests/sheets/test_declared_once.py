"""Adding a column is one line: the sheet, the reading and the writing follow."""

from dataclasses import replace
from datetime import date

from pdn.schema import Record, Workbook, column, table
from pdn.schema.kinds import Date, Text
from pdn.sheets import Change, provision
from tests.sheets.conftest import Bench, Callable, Emulator, Store, Time, partner_of


@table("outing", "Sorties", "SO", singular="sortie", plural="sorties", purpose="Les sorties.", feminine=True)
class Outing(Record):
    name: str = column(Text(), "Nom", "Nom de la sortie.", required=True)


@table("outing", "Sorties", "SO", singular="sortie", plural="sorties", purpose="Les sorties.", feminine=True)
class OutingToday(Record):
    name: str = column(Text(), "Nom", "Nom de la sortie.", required=True)
    held_on: date | None = column(Date(), "Jour", "Jour de la sortie.")


def test_a_new_column_is_provisioned_read_and_written(emulator: Emulator, opener: Callable[..., Store], time: Time):
    before = opener((Workbook("essai", "Essai", "", (Outing,)),))
    provision(before)
    (kept,) = before.commit([Change(Outing(name="Lac"))], author="Léa").records
    after = opener((Workbook("essai", "Essai", "", (OutingToday,)),))
    (report,) = provision(after)
    assert [header.split()[-1] for header in report.headers] == ["Jour"]
    outing = after.snapshot().data.get(OutingToday, kept.id)
    assert (outing.name, outing.held_on) == ("Lac", None)
    after.commit([Change(replace(outing, held_on=date(2019, 3, 12)), before=outing)], author="Léa")
    assert after.refresh().data.all(OutingToday) == (OutingToday(id=kept.id, name="Lac", held_on=date(2019, 3, 12)),)
    shown = partner_of(emulator).tab("Sorties", "pdn-essai").get_values()
    assert shown[0][-1] == "Jour"
    assert shown[1][-1] == "12/03/2019"
    assert after.journal(OutingToday)[-1].field == "Jour"
    assert time.slept == []


def test_the_bench_of_tests_is_what_it_says(bench: Bench):
    assert bench.store.snapshot().data.problems == ()
