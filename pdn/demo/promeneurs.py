"""The Promeneurs du Net: most of them complete, some not, some gone (R1)."""

from datetime import date, timedelta
from random import Random

from pdn.demo.chance import Ids, dice
from pdn.demo.days import month_end, month_start, working_day
from pdn.demo.people import Person, phone
from pdn.demo.structures import Member
from pdn.domain.phase import DeploymentPhase
from pdn.domain.promeneur import Audience, Promeneur
from pdn.schema import labelled

KNOWN_AHEAD = timedelta(days=45)
"""An entry or a departure is written down so long before it happens."""

SECOND_CHARTER = date(2022, 1, 10)
NEWER_CHARTER_SHARE, LEAVER_SHARE, CONSENT_SHARE, PHONE_CONSENT_SHARE = 0.1, 0.22, 0.85, 0.6
NO_MANDATE, NO_CHARTER, NO_PHONE, NO_PRESENTATION = (53, 59), (45, 62), (12, 41, 55), (8, 20, 33, 47, 61)
"""The places in the list of those of whom something is missing."""

POSITIONS = (
    ("Animateur", "Animatrice"), ("Éducateur", "Éducatrice"), ("Informateur jeunesse", "Informatrice jeunesse"),
    ("Conseiller en insertion", "Conseillère en insertion"), ("Médiateur numérique", "Médiatrice numérique"),
    ("Référent jeunesse", "Référente jeunesse"), ("Assistant d’éducation", "Assistante d’éducation"),
)  # fmt: skip
POSITIONS_OF = {
    "Information jeunesse": (2,), "Prévention spécialisée": (1,), "Mission locale": (3, 3, 4),
    "Espace public numérique": (4,), "Lieu d’accueil et d’écoute": (1, 5), "Établissement scolaire": (6,),
    "Foyer de jeunes travailleurs": (1, 0), "Espace santé": (1, 5),
}  # fmt: skip
"""Which positions a type of structure has; the others have the first two and the sixth."""

SLOTS = (
    "mercredi 14 h – 18 h", "mardi et jeudi 17 h – 19 h", "lundi 18 h – 20 h", "vendredi 16 h – 19 h",
    "mercredi 10 h – 12 h et 14 h – 17 h", "jeudi 18 h – 21 h",
    "du lundi au vendredi 17 h – 18 h", "samedi 10 h – 12 h",
)  # fmt: skip
OPENINGS = (
    "Je suis en ligne chaque semaine pour répondre à vos questions, sans jugement.",
    "On peut parler de tout : études, santé, loisirs, moments difficiles.",
    "Vous avez un projet, une envie de départ, un doute ? Écrivez-moi.",
    "Présence éducative en ligne, dans la continuité de ce que nous faisons sur le quartier.",
    "J’accompagne les jeunes dans leurs démarches et leurs projets numériques.",
)
ENDINGS = (
    "Je réponds sous deux jours, et pendant ma permanence tout de suite.",
    "Si je ne sais pas, je vous oriente vers la bonne personne.",
    "Nous pouvons aussi nous rencontrer à la structure.",
    "Vos messages restent entre nous, dans le respect de la charte.",
)


def promeneurs(
    members: tuple[Member, ...],
    phases: tuple[DeploymentPhase, ...],
    people: tuple[Person, ...],
    ids: Ids,
    seed: int,
    today: date,
) -> tuple[Promeneur, ...]:
    """Everybody who entered the network by today or is about to, in the order of the structures."""
    return tuple(
        made
        for member in members
        if member.joins_on
        for rank in range(len(member.entries))
        if (made := _promeneur(member, rank, phases, people[member.first_slot + rank], ids, seed, today))
    )


def _promeneur(
    member: Member,
    rank: int,
    phases: tuple[DeploymentPhase, ...],
    person: Person,
    ids: Ids,
    seed: int,
    today: date,
) -> Promeneur | None:
    slot, structure = member.first_slot + rank, member.structure
    rng = dice(seed, "promeneur", slot)
    entered = _entered_on(member, rank, phases, rng, today)
    left = _left_on(member, entered, rng, today) if entered else None
    if entered is None or entered > today + KNOWN_AHEAD or (structure.left_on and entered > structure.left_on):
        return None
    charter, version = _charter(entered, left, rng, today)
    upcoming = entered > today
    if slot in NO_CHARTER or upcoming:
        charter, version = None, ""
    consent = working_day(entered + timedelta(days=rng.randint(0, 40)))
    consents = consent <= today and rng.random() < CONSENT_SHARE
    return labelled(
        Promeneur(
            id=ids.new(Promeneur, min(entered, today), slot),
            first_name=person.first_name,
            last_name=person.last_name,
            position=_position(structure.type, person, rng),
            structure_id=structure.id,
            phase_id=phases[member.entries[rank]].id,
            email=person.email,
            phone="" if slot in NO_PHONE else phone(slot),
            mandate_on=None
            if slot in NO_MANDATE
            else min(today, working_day(entered - timedelta(days=rng.randint(5, 30)))),
            entered_on=entered,
            left_on=left,
            charter_version=version,
            charter_signed_on=charter,
            audiences=(Audience.YOUNG, Audience.PARENTS) if rng.random() < 0.25 else (Audience.YOUNG,),  # noqa: PLR2004 - a quarter
            online_slot=rng.choice(SLOTS),
            presentation="" if slot in NO_PRESENTATION else _presentation(structure.name, rng),
            listing_consent=consent if consents else None,
            phone_consent=consent if consents and rng.random() < PHONE_CONSENT_SHARE else None,
        )
    )


def _entered_on(
    member: Member, rank: int, phases: tuple[DeploymentPhase, ...], rng: Random, today: date
) -> date | None:
    """With its structure or in the weeks after, or later in a phase of its own."""
    entry = member.entries[rank]
    delay = rng.randint(3, 20) + 35 * rank
    if entry >= len(phases) or member.joins_on is None:
        return None
    if member.story == "unsigned":
        # In the network before the convention is signed: so is incomplete, and has to be seen.
        return working_day(month_start(today, -1) + timedelta(days=delay))
    if entry == member.entries[0]:
        return working_day(member.joins_on + timedelta(days=delay))
    phase = phases[entry]
    start, end = phase.starts_on or today, phase.planned_end or today
    return working_day(start + timedelta(days=round((end - start).days * (0.1 + 0.4 * rng.random()))))


def _left_on(member: Member, entered: date, rng: Random, today: date) -> date | None:
    """With the structure, or after some years: known a few weeks ahead."""
    leaves = rng.random() < LEAVER_SHARE
    own = month_end(entered, rng.randint(14, 60))
    departures = [day for day in (member.structure.left_on, own if leaves else None) if day]
    left = min(departures, default=None)
    stays = member.story in {"expired", "unsigned"}  # somebody is still there without a convention
    return left if left and left <= today + KNOWN_AHEAD and not stays else None


def _charter(entered: date, left: date | None, rng: Random, today: date) -> tuple[date | None, str]:
    """When the charter was signed, and which version: a few of those who were there signed the second one."""
    signed = working_day(entered + timedelta(days=rng.randint(0, 25)))
    later = working_day(SECOND_CHARTER + timedelta(days=rng.randint(0, 150)))
    resigns = rng.random() < NEWER_CHARTER_SHARE and (left is None or later < left)
    if signed < SECOND_CHARTER and resigns and later <= today:
        signed = later
    if signed > today:
        return None, ""
    return signed, "2022" if signed >= SECOND_CHARTER else "2018"


def _position(structure_type: str, person: Person, rng: Random) -> str:
    return POSITIONS[rng.choice(POSITIONS_OF.get(structure_type, (0, 0, 1, 5)))][person.feminine]


def _presentation(structure: str, rng: Random) -> str:
    return f"{rng.choice(OPENINGS)} {rng.choice(ENDINGS)} ({structure})"
