"""Invented people: a name, a mail at example.org, a telephone of the range reserved for fiction."""

import re
from typing import NamedTuple

from pdn.demo.chance import dice
from pdn.demo.places import rows
from pdn.french import fold

FICTION = "+3353649"
"""05 36 49 xx xx: the range of the south-west that Arcep keeps for works of fiction."""

NUMBERS = 10_000
MANAGERS, STAFF = 70, 118
"""Where the managers and the coordination's own people begin in the list of people; Promeneurs come first."""


class Person(NamedTuple):
    """Somebody who does not exist."""

    first_name: str
    last_name: str
    feminine: bool

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        """A professional address."""
        return f"{slug(self.first_name)}.{slug(self.last_name)}@example.org"


def people(seed: int) -> tuple[Person, ...]:
    """The people of the demonstration, in an order that the seed decides; no two have the same name."""
    names = rows("names.csv")
    given = [(row["name"], row["kind"] == "F") for row in names if row["kind"] != "L"]
    last_names = [row["name"] for row in names if row["kind"] == "L"]
    rng = dice(seed, "people")
    rng.shuffle(last_names)
    made: dict[str, Person] = {}
    deck: list[tuple[str, bool]] = []
    for last_name in last_names:
        if not deck:
            deck = rng.sample(given, len(given))
        person = next(
            drawn
            for first_name, feminine in deck
            if (drawn := Person(first_name, last_name, feminine)).name not in made
        )
        deck.remove((person.first_name, person.feminine))
        made[person.name] = person
    return tuple(made.values())


def phone(index: int) -> str:
    """A telephone that nobody has, different for each index below 10 000."""
    return f"{FICTION}{index * 3571 % NUMBERS:04}"


def slug(text: str) -> str:
    """The text as it stands in an address: « thi-lan », « d-almeida »."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
