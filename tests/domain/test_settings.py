"""Settings are read from the tab Paramètres, each by its own kind; what can't be read leaves its default."""

from dataclasses import fields, replace
from datetime import date

import pytest

from pdn.domain.budget_line import Strand
from pdn.domain.settings import (
    DEFAULTS,
    Parameter,
    Proration,
    Settings,
    default_parameters,
    read_settings,
    setting_columns,
)
from pdn.schema import Dataset, read_tab

HEADER = ["Identifiant", "Paramètre", "Valeur", "Explication"]


def read(**values):
    """The settings of a tab with these values."""
    return read_settings(Dataset.of(*(Parameter(id=field, value=value) for field, value in values.items())))


def test_without_any_value_the_defaults_stand_and_nothing_is_wrong():
    settings, problems = read_settings(Dataset())
    assert problems == ()
    for field, value in DEFAULTS.items():
        assert getattr(settings, field) == value
    assert settings.departement_name == ""
    assert settings.coordination_starts_on is None


def test_what_a_new_tab_holds_reads_back_as_the_defaults():
    rows = [[row.id, row.name, row.value, row.help] for row in default_parameters()]
    data = Dataset([read_tab(Parameter, "Paramètres", [HEADER, *rows])])
    assert data.problems == ()
    assert read_settings(data) == read_settings(Dataset())


def test_every_setting_has_a_row_with_its_name_and_what_it_is_for():
    rows = {row.id: row for row in default_parameters()}
    assert list(rows) == [field.name for field in fields(Settings)] == [column.field for column in setting_columns()]
    assert all(row.name and row.help for row in rows.values())


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("coordination_starts_on", "1er octobre 2018", date(2018, 10, 1)),
        ("coordination_starts_on", 43374, date(2018, 10, 1)),
        ("proration", "Par jour", Proration.BY_DAY), ("phase_max", "20", 20), ("phase_max", 25.0, 25),
        ("departement_code", 33, "33"), ("host_phone", "05.36.49.00.33", "+33536490033"),
    ],
)  # fmt: skip
def test_a_value_is_understood_as_people_type_it(field, typed, value):
    settings, problems = read(**{field: typed})
    assert getattr(settings, field) == value
    assert problems == ()


def test_a_value_that_cannot_be_read_leaves_its_default_and_is_told_with_its_cell():
    grid = [HEADER, ["notice_days", "Préavis", 60], ["phase_max", "Promeneurs par phase, au plus", "beaucoup"]]
    settings, (problem,) = read_settings(Dataset([read_tab(Parameter, "Paramètres", grid)]))
    assert (settings.notice_days, settings.phase_max) == (60, DEFAULTS["phase_max"])
    assert problem.address == "Paramètres!C3"
    assert problem.found == "beaucoup"
    assert problem.message.startswith("Promeneurs par phase, au plus : on attendait un nombre entier")


def test_an_empty_value_leaves_the_default():
    settings, problems = read(notice_days="", proration=None)
    assert (settings.notice_days, settings.proration) == (DEFAULTS["notice_days"], Proration.BY_MONTH)
    assert problems == ()


def test_each_strand_has_its_own_dates():
    settings = replace(
        read_settings(Dataset())[0], coordination_starts_on=date(2018, 10, 1), training_starts_on=date(2019, 3, 1)
    )
    assert settings.strand_dates(Strand.COORDINATION) == (date(2018, 10, 1), None)
    assert settings.strand_dates(Strand.TRAINING) == (date(2019, 3, 1), None)
