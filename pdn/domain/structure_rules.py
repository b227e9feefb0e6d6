"""What is looked at before a structure is saved: its dates in order, and no second row for it (R4, R5)."""

from collections.abc import Iterator
from datetime import date

from pdn.domain.finding import Finding
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.domain.twins import twin_of
from pdn.french import NBSP, day, fold
from pdn.schema import Dataset

COURSE = ("spotted_on", "contacted_on", "interested_on", "left_on")
"""The dated steps in the order in which they happen."""


def check_structure(structure: Structure, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - the signature of a check
    """The warnings on a structure as it would be saved; one that is archived is let through."""
    if structure.archived:
        return ()
    return (*_check_course(structure), *_check_twins(structure, data))


def siret_of(structure: Structure) -> str:
    """Its SIRET."""
    return structure.siret


def name_and_commune(structure: Structure) -> tuple[str, str]:
    """Its name and its commune as people compare them."""
    return fold(structure.name), fold(structure.commune)


def _check_course(structure: Structure) -> Iterator[Finding]:
    last: tuple[str, date] | None = None
    for field in COURSE:
        reached: date | None = getattr(structure, field)
        if reached is None:
            continue
        if last is not None and reached < last[1]:
            columns = structure.table.by_field
            yield Finding(
                message=f"«{NBSP}{columns[field].header}{NBSP}» ({day(reached)}) précède "
                f"«{NBSP}{columns[last[0]].header}{NBSP}» ({day(last[1])}){NBSP}: vérifiez les deux dates.",
                field=field,
                blocking=False,
                rule="R5",
            )
        last = field, reached


def _check_twins(structure: Structure, data: Dataset) -> Iterator[Finding]:
    name, commune = name_and_commune(structure)
    if name and (twin := twin_of(structure, data, name_and_commune)) is not None:
        where = f" à {structure.commune}" if commune else ""
        yield Finding(
            message=f"Une autre structure porte ce nom{where} ({twin.id}){NBSP}: archivez celle qui est de trop, "
            "ou distinguez leurs noms.",
            field="name",
            blocking=False,
            rule="R4",
        )
    elif structure.siret and (twin := twin_of(structure, data, siret_of)) is not None:
        if structure.managing_body and fold(structure.managing_body) == fold(twin.managing_body):
            return  # the number is the managing body's: one commune may run two centres
        yield Finding(
            message=f"«{NBSP}{twin.title}{NBSP}» ({twin.id}) a le même SIRET sous un autre gestionnaire{NBSP}: "
            "corrigez l’un des deux numéros, ou le nom du gestionnaire.",
            field="siret",
            blocking=False,
            rule="R4",
        )
