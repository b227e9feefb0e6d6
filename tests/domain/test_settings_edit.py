from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.settings import Parameter, Proration, Settings, default_parameters, read_settings, setting_columns
from pdn.domain.settings_edit import parameter_changes, setting_cell, setting_groups, with_values
from pdn.schema import Dataset

DATA = Dataset.of(*default_parameters())


def edited(values, data=DATA):
    """The settings that the sheet would give back."""
    rows = {row.id: row for row in data.all(Parameter)}
    rows |= {after.id: after for after, _ in parameter_changes(data, values)}
    return read_settings(Dataset.of(*rows.values()))


def test_every_setting_stands_under_one_heading():
    groups = setting_groups()
    assert "" not in groups
    assert sorted(column.field for columns in groups.values() for column in columns) == sorted(
        column.field for column in setting_columns()
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("training_starts_on", date(2019, 3, 1)),
        ("proration", Proration.BY_DAY),
        ("phase_min", 12),
        ("host_phone", "+33556000033"),
        ("host_website", "https://exemple.fr"),
        ("departement_name", "Landes"),
    ],
)
def test_a_value_that_is_saved_reads_back_the_same(field, value):
    settings, problems = edited({field: value})
    assert getattr(settings, field) == value
    assert problems == ()


def test_a_date_is_written_as_people_write_it():
    (column,) = [column for column in setting_columns() if column.field == "training_starts_on"]
    assert setting_cell(column, date(2019, 3, 1)) == "01/03/2019"
    assert setting_cell(column, None) is None


def test_only_what_differs_is_written():
    assert parameter_changes(DATA, {"phase_min": 15, "departement_name": ""}) == ()
    ((after, before),) = parameter_changes(DATA, {"phase_min": 14, "phase_max": 20})
    assert (after.id, after.value, before.value) == ("phase_min", 14, 15)


def test_a_row_that_somebody_deleted_is_added_again():
    ((after, before),) = parameter_changes(Dataset(), {"phase_min": 14, "host_name": ""})
    assert (after.id, after.name, before) == ("phase_min", "Promeneurs par phase, au moins", None)


def test_a_value_that_could_not_be_read_is_written_over():
    row = replace(DATA.get(Parameter, "phase_min"), value="quinze")
    ((after, before),) = parameter_changes(Dataset.of(row), {"phase_min": 15})
    assert (after.value, before.value) == (15, "quinze")


def test_emptying_a_setting_brings_its_default_back():
    settings, _ = edited({"phase_min": None})
    assert settings.phase_min == with_values(Settings(phase_min=3), {"phase_min": None}).phase_min == 15
    assert with_values(Settings(host_name="A"), {"host_name": ""}).host_name == ""
