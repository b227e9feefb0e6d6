"""A fictitious Gironde, from October 2018 on: real communes, invented people and structures."""

from datetime import date

from pdn.demo.agreements import agreements
from pdn.demo.attendances import attendances
from pdn.demo.budget import budget_lines
from pdn.demo.chance import Ids
from pdn.demo.people import people
from pdn.demo.phases import milestones, phases
from pdn.demo.profiles import profiles
from pdn.demo.promeneurs import promeneurs
from pdn.demo.sessions import sessions
from pdn.demo.steering import coordinators, envelopes, institutions, parameters
from pdn.demo.structures import members
from pdn.schema import Record

SEED = 33
"""The Gironde's own number."""


def build(today: date, seed: int = SEED) -> list[Record]:
    """Every record of both workbooks, as a coordination that began in October 2018 would have them.

    Args:
        today: The day when it is looked at: something is always due then. From 2020 on.
        seed: What the dice are seeded with.

    Returns:
        The same list for the same day and seed. From one day to the next the past stays as it is, but for the
        few records whose place is to be due today.
    """
    ids, cast = Ids(seed), people(seed)
    deployment = phases(ids, today)
    structures = members(deployment, cast, ids, seed, today)
    walkers = promeneurs(structures, deployment, cast, ids, seed, today)
    signed, amended = agreements(structures, walkers, ids, seed, today)
    held = sessions(structures, cast, ids, seed, today)
    return [
        *(member.structure for member in structures),
        *walkers,
        *profiles(walkers, ids, seed, today),
        *signed,
        *amended,
        *deployment,
        *milestones(deployment, ids, seed, today),
        *held,
        *attendances(held, walkers, ids, seed, today),
        *parameters(),
        *institutions(ids),
        *coordinators(cast, ids, today),
        *envelopes(ids, today),
        *budget_lines(held, ids, seed, today),
    ]
