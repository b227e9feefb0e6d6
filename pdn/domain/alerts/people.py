"""Alerts on Promeneurs: what they miss to be active, profiles to look at again, those in no phase (R1, R24, R39)."""

from collections.abc import Iterator
from datetime import date

from pdn.domain.activity import AGREEMENT, ActivityState, activity
from pdn.domain.alerts.alert import Alert, Urgency, about
from pdn.domain.deployment import without_phase
from pdn.domain.phase import DeploymentPhase
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.renewal import months_later
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.french import NBSP, count, listing, plural
from pdn.schema import Dataset

MOST_NAMED = 3
"""A grouped alert names the first few; the page that it opens shows them all."""


def people_alerts(data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    """Every alert on Promeneurs."""
    present = set()
    for promeneur in data.live(Promeneur):
        found = activity(promeneur, data, today)
        if found.state in {ActivityState.ACTIVE, ActivityState.INCOMPLETE}:
            present.add(promeneur.id)
        if found.state is ActivityState.INCOMPLETE:
            yield from _incomplete(promeneur, found.missing, data)
    yield from _unchecked_profiles(present, data, settings, today)
    yield from _without_phase(data, today)


def _incomplete(promeneur: Promeneur, missing: tuple[str, ...], data: Dataset) -> Iterator[Alert]:
    """What a Promeneur lacks; the convention alone is the structure's affair, and has its own alert."""
    structure = data.get(Structure, promeneur.structure_id)
    if structure is not None and missing == (AGREEMENT,):
        return
    employer = f"{structure.title}." if structure else "Sans structure."
    yield about(
        promeneur,
        Urgency.OVERDUE,
        f"Promeneur incomplet{NBSP}: {promeneur.title}",
        f"{employer} Il manque{NBSP}: {listing(missing)}.",
        "R1",
        promeneur.entered_on,
    )


def _unchecked_profiles(present: set[str], data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    months = settings.profile_check_months
    if not months:
        return
    old = [
        profile
        for profile in data.live(OnlineProfile)
        if profile.promeneur_id in present
        and (profile.checked_on is None or months_later(profile.checked_on, months) < today)
    ]
    if not old:
        return
    names = _named([data.title(Promeneur, profile.promeneur_id) for profile in old])
    yield Alert(
        urgency=Urgency.INFO,
        title=f"{count(len(old), 'profil')} en ligne à vérifier",
        detail=f"{plural(len(old), 'Vérifié', 'Vérifiés')} il y a plus de {count(months, 'mois', 'mois')}, ou "
        f"jamais{NBSP}: {names}.",
        rule="R24",
        page="annuaire",
    )


def _without_phase(data: Dataset, today: date) -> Iterator[Alert]:
    """Those whom no phase counts, once there are phases."""
    if not data.live(DeploymentPhase):
        return
    found = without_phase(data, today)
    if found:
        yield Alert(
            urgency=Urgency.INFO,
            title=f"{count(len(found), 'Promeneur')} sans phase",
            detail=f"Aucune phase ne {plural(len(found), 'le', 'les')} compte{NBSP}: "
            f"{_named([promeneur.title for promeneur in found])}.",
            rule="R39",
            page="deploiement",
        )


def _named(names: list[str]) -> str:
    """The first few names, each once, and how many more."""
    distinct = list(dict.fromkeys(names))
    shown, rest = distinct[:MOST_NAMED], len(distinct) - MOST_NAMED
    return listing([*shown, count(rest, "autre")] if rest > 0 else shown)
