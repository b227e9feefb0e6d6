"""Chance that can be replayed: each thing draws from its own seeded dice, so that adding one moves no other."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from pdn.schema import Record, mint

OFFICE_OPENS, OFFICE_MINUTES = 9, 8 * 60


def dice(seed: int, *about: object) -> Random:
    """The dice of one thing: the same for the same seed and words, whatever else is drawn."""
    return Random("/".join(str(word) for word in (seed, *about)))  # noqa: S311 - a demonstration, nothing secret


def cents(rng: Random, least: int, most: int) -> Decimal:
    """An amount between two whole numbers of euros, with its cents."""
    return Decimal(rng.randint(least * 100, most * 100)).scaleb(-2)


class Ids:
    """Mints the ids of the demonstration: as the app's own, but drawn by seeded dice."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._taken: set[str] = set()

    def new(self, record_type: type[Record], made_on: date, *about: object) -> str:
        """A new id, as if the record had been made during the office hours of that day.

        Args:
            record_type: The type of the record.
            made_on: The day when it was made.
            about: What tells this record from the others of its type.
        """
        rng = dice(self._seed, "id", record_type.table.key, *about)
        moment = datetime.combine(made_on, time(OFFICE_OPENS)) + timedelta(minutes=rng.randrange(OFFICE_MINUTES))
        made = mint(record_type.table.prefix, moment, self._taken, rng.randrange)
        self._taken.add(made)
        return made
