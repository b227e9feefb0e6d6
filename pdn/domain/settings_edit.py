"""Editing settings: what a person chose becomes rows of the tab Paramètres."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from pdn.domain.settings import DEFAULTS, Parameter, Settings, setting_columns
from pdn.schema import Cell, Column, Dataset
from pdn.schema.kinds import Date


def setting_groups() -> dict[str, tuple[Column, ...]]:
    """The settings by heading, in their order."""
    groups: dict[str, list[Column]] = {}
    for declared in setting_columns():
        groups.setdefault(declared.group, []).append(declared)
    return {heading: tuple(columns) for heading, columns in groups.items()}


def setting_cell(declared: Column, value: Any) -> Cell:  # noqa: ANN401 - of the column's kind
    """What stands in the column « Valeur » for a setting: a date as people write it, for the column has no format."""
    kind = declared.kind
    return (kind.show(value) or None) if isinstance(kind, Date) else kind.encode(value)


def with_values(settings: Settings, values: Mapping[str, Any]) -> Settings:
    """The settings with these values; the default stands in for one that is emptied."""
    columns = {declared.field: declared for declared in setting_columns()}
    kept: dict[str, Any] = {
        field: DEFAULTS.get(field, value) if value == columns[field].kind.blank else value
        for field, value in values.items()
    }
    return dataclasses.replace(settings, **kept)


def parameter_changes(data: Dataset, values: Mapping[str, Any]) -> tuple[tuple[Parameter, Parameter | None], ...]:
    """The rows to write for these values: (as wanted, as it stands), only where they differ.

    Args:
        data: The dataset, with the rows that stand in the tab; one that is missing is added.
        values: Values by setting's field; a blank one empties its cell.
    """
    changes: list[tuple[Parameter, Parameter | None]] = []
    for declared in setting_columns():
        if declared.field not in values:
            continue
        value = values[declared.field]
        row = data.get(Parameter, declared.field)
        wanted = setting_cell(declared, value)
        if row is None:
            if wanted is not None:
                made = Parameter(id=declared.field, name=declared.header, value=wanted, help=declared.help)
                changes.append((made, None))
        elif declared.kind.parse(row.value) != value:
            changes.append((dataclasses.replace(row, value=wanted), row))
    return tuple(changes)
