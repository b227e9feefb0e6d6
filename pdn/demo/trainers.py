"""Who leads the sessions: the coordinator, colleagues of the host body, outside professionals (R33, R36)."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import NamedTuple

from pdn.demo.people import STAFF, Person
from pdn.demo.steering import coordinator_on
from pdn.domain.session import TrainerKind, TrainingField


class Trainer(NamedTuple):
    """Somebody who leads sessions.

    Attributes:
        name: How the session and the invoice name them.
        kind: One of the three.
        listening_skills: Whether they are competent in listening; None where nobody asked.
        hourly: What an hour costs, in euros.
    """

    name: str
    kind: TrainerKind
    listening_skills: bool | None = None
    hourly: int = 0

    def cost(self, minutes: int) -> Decimal | None:
        """What a session of that length costs; None for who is paid by the host body."""
        return Decimal(self.hourly * minutes) / 60 if self.hourly else None


AGENCY = Trainer("Collectif Octet", TrainerKind.EXTERNAL, None, 145)
STUDIO = Trainer("Atelier Pixel et Parole", TrainerKind.EXTERNAL, None, 130)
PRACTICE = Trainer("Cabinet Lien et posture", TrainerKind.EXTERNAL, listening_skills=True, hourly=165)
PSYCHOLOGIST, MEDIA_OFFICER, SUPERVISOR, LAWYER = STAFF + 2, STAFF + 3, STAFF + 4, STAFF + 5
"""Their places in the list of people: two colleagues of the host body, then two on their own account."""


def trainer_of(field: TrainingField, day: date, people: tuple[Person, ...], rng: Random) -> Trainer:
    """Somebody who leads a training session or a practice review in that field."""
    coordinator = Trainer(coordinator_on(day, people).name, TrainerKind.COORDINATOR)
    colleague = Trainer(people[MEDIA_OFFICER].name, TrainerKind.HOST_COLLEAGUE)
    lawyer = Trainer(f"{people[LAWYER].name}, juriste", TrainerKind.EXTERNAL, None, 155)
    choices = {
        TrainingField.YOUTH_PRACTICES: (AGENCY, colleague),
        TrainingField.TECHNICAL: (coordinator, colleague, colleague, AGENCY),
        TrainingField.DIGITAL_COMMUNICATION: (STUDIO, colleague),
        TrainingField.POSTURE_CHARTER: (coordinator, coordinator, PRACTICE),
        TrainingField.PRACTICE_REVIEW: (PRACTICE, _supervisor(people)),
        TrainingField.LEGAL: (lawyer,),
        TrainingField.ACTION_TRAINING: (PRACTICE,),
    }
    return rng.choice(choices[field])


def supervisor(people: tuple[Person, ...], rng: Random) -> Trainer:
    """Somebody who may supervise: never the coordinator (R36)."""
    colleague = Trainer(f"{people[PSYCHOLOGIST].name}, psychologue", TrainerKind.HOST_COLLEAGUE, listening_skills=True)
    return rng.choice((colleague, _supervisor(people), _supervisor(people), PRACTICE))


def _supervisor(people: tuple[Person, ...]) -> Trainer:
    return Trainer(f"{people[SUPERVISOR].name}, psychologue", TrainerKind.EXTERNAL, listening_skills=True, hourly=120)
