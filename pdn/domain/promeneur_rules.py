"""What is looked at before a Promeneur or an online profile is saved: dates, employer, twins (R1, R24)."""

from collections.abc import Iterator
from datetime import date

from pdn.domain.finding import Finding
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.domain.twins import twin_of
from pdn.french import NBSP, day, fold
from pdn.schema import Dataset

BEFORE_LEAVING = {"mandate_on": "Le mandat", "charter_signed_on": "La charte"}


def check_promeneur(promeneur: Promeneur, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - the signature of a check
    """The refusals and warnings on a Promeneur as it would be saved.

    One who is archived is let through: it must be possible to put away what breaks a rule.
    """
    if promeneur.archived:
        return ()
    return (
        *_check_dates(promeneur),
        *_check_employer(promeneur, data, today),
        *_check_twins(promeneur, data),
    )


def check_profile(profile: OnlineProfile, data: Dataset, settings: Settings, today: date) -> tuple[Finding, ...]:  # noqa: ARG001 - the signature of a check
    """Whether the owner of an online profile is still there (R24): on leaving, what was published is taken off."""
    owner = data.get(Promeneur, profile.promeneur_id)
    if profile.archived or owner is None:
        return ()
    if owner.archived_on is not None:
        gone = f"La fiche de {owner.title} est archivée depuis le {day(owner.archived_on)}"
    elif owner.left_on is not None and owner.left_on < today:
        gone = f"{owner.title} a quitté le réseau le {day(owner.left_on)}"
    else:
        return ()
    message = f"{gone}{NBSP}: remplissez «{NBSP}Archivé le{NBSP}» pour que ce profil ne paraisse plus."
    return (Finding(message=message, field="promeneur_id", blocking=False, rule="R24"),)


def email_in_use(promeneur: Promeneur) -> str:
    """The address of a Promeneur who has not left; somebody may come back by another structure, on another row."""
    return promeneur.email if promeneur.left_on is None else ""


def name_at_employer(promeneur: Promeneur) -> tuple[str, str]:
    """First and last name as people compare them, with the structure."""
    return fold(f"{promeneur.first_name} {promeneur.last_name}"), promeneur.structure_id


def _check_dates(promeneur: Promeneur) -> Iterator[Finding]:
    left = promeneur.left_on
    if left is None:
        return
    if promeneur.entered_on is not None and left < promeneur.entered_on:
        yield Finding(
            message=f"La sortie du {day(left)} précède l’entrée du {day(promeneur.entered_on)}{NBSP}: "
            "inversez ou corrigez les dates.",
            field="left_on",
            rule="R1",
        )
    for field, what in BEFORE_LEAVING.items():
        dated: date | None = getattr(promeneur, field)
        if dated is not None and dated > left:
            yield Finding(
                message=f"{what} est du {day(dated)}, après la sortie du {day(left)}{NBSP}: vérifiez les deux dates.",
                field=field,
                blocking=False,
                rule="R1",
            )


def _check_employer(promeneur: Promeneur, data: Dataset, today: date) -> Iterator[Finding]:
    """Somebody who has not left is mandated by a structure that is still there (R1)."""
    employer = data.get(Structure, promeneur.structure_id)
    if employer is None or (promeneur.left_on is not None and promeneur.left_on <= today):
        return
    if employer.archived_on is not None:
        gone = f"La fiche de la structure «{NBSP}{employer.title}{NBSP}» est archivée"
    elif employer.left_on is not None and employer.left_on <= today:
        gone = f"La structure «{NBSP}{employer.title}{NBSP}» a quitté le réseau le {day(employer.left_on)}"
    else:
        return
    message = f"{gone}{NBSP}: donnez la date de sortie de {promeneur.title}, ou choisissez une autre structure."
    yield Finding(message=message, field="structure_id", blocking=False, rule="R1")


def _check_twins(promeneur: Promeneur, data: Dataset) -> Iterator[Finding]:
    if email_in_use(promeneur) and (twin := twin_of(promeneur, data, email_in_use)) is not None:
        yield Finding(
            message=f"{twin.title} ({twin.id}) a la même adresse mail{NBSP}: donnez à chacun la sienne, "
            "ou archivez la fiche qui est de trop.",
            field="email",
            blocking=False,
            rule="R24",
        )
    name, structure_id = name_at_employer(promeneur)
    if name and structure_id and (twin := twin_of(promeneur, data, name_at_employer)) is not None:
        yield Finding(
            message=f"{twin.title} a une autre fiche dans la même structure ({twin.id}){NBSP}: "
            "archivez celle qui est de trop.",
            field="last_name",
            blocking=False,
            rule="R24",
        )
