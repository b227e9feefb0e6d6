"""Two small tables with each important kind of column, on a workbook that is made once and copied in memory."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

import requests

from pdn.emulator import Emulator, EmulatorAdapter
from pdn.schema import Record, Workbook, column, label_column, table
from pdn.schema.kinds import Choice, Choices, Date, Email, LongText, Money, Phone, Reference, Text
from pdn.sheets import Change, Clock, Store, provision
from pdn.sheets.connection import Connection, embedded_key, http_client


class State(StrEnum):
    """Where a house stands."""

    PLANNED = "en projet"
    OPEN = "ouverte"
    CLOSED = "fermée"


class Skill(StrEnum):
    """What somebody is good at."""

    VIDEO = "vidéo"
    MUSIC = "musique"
    SPORT = "sport"


@table(
    "house", "Maisons", "M", singular="maison", plural="maisons", feminine=True, purpose="Des maisons."
)  # fmt: skip
class House(Record):
    """A table that another one refers to."""

    name: str = column(Text(), "Nom", "Nom.", required=True, aliases=("Nom de la maison", "Maison"))
    town: str = column(Text(), "Commune", "Commune.", aliases=("Ville",))
    state: State | None = column(Choice(State), "État", "État.")
    phone: str = column(Phone(), "Téléphone", "Téléphone.", aliases=("Tél.",))
    opened_on: date | None = column(Date(), "Ouverte le", "Jour.", aliases=("Ouverture",))
    budget: Decimal | None = column(Money(), "Budget", "Budget.", aliases=("Montant",))
    notes: str = column(LongText(), "Remarques", "Texte libre.", aliases=("Commentaire",))
    label: str = label_column()
    archived_on: date | None = column(Date(), "Archivée le", "Jour.")

    @property
    def title(self) -> str:
        """Its name."""
        return self.name or self.id


@table("person", "Personnes", "Q", singular="personne", plural="personnes", feminine=True, purpose="Des personnes.")
class Person(Record):
    """A table that refers to another."""

    name: str = column(Text(), "Nom", "Nom.", required=True, aliases=("Nom complet",))
    house_id: str = column(Reference("house"), "Maison", "Sa maison.", aliases=("Lieu",))
    email: str = column(Email(), "Mail", "Mail.", aliases=("Courriel",))
    skills: tuple[Skill, ...] = column(Choices(Skill), "Talents", "Talents.")
    archived_on: date | None = column(Date(), "Archivée le", "Jour.")

    @property
    def title(self) -> str:
        """Its name."""
        return self.name or self.id


TABLES: tuple[type[Record], ...] = (House, Person)
WORKBOOK = Workbook("reseau", "Réseau", "Un classeur pour l’essai.", TABLES)
KEY = embedded_key(WORKBOOK)
ROWS = 40
"""Rows of a new tab: a thousand would be copied with each interleaving."""


def open_through(mount: Any, clock: Clock, *, host: str = "") -> Store:
    """A store whose readings grow old only when a test says so: through an adapter, or over HTTP."""
    session = requests.Session()
    session.trust_env = False
    if not host:
        session.mount("https://", EmulatorAdapter(mount))
    client, counter = http_client(session, clock, host=host)
    return Store(Connection(client, counter, {WORKBOOK.key: KEY}, "ici"), (WORKBOOK,), clock, max_age=float("inf"))


def make_template(clock: Clock) -> Emulator:
    """The workbook that every interleaving begins with: records that the app added under a header of its own."""
    emulator = Emulator(":memory:")
    emulator.create_spreadsheet(WORKBOOK.title, key=KEY)
    store = open_through(emulator, clock)
    provision(store)
    houses = [
        House(
            name=f"Maison {n}", town=f"Ville {n}", state=State.OPEN, phone=f"+3355600000{n}",
            opened_on=date(2018, 10, n), budget=Decimal(100 + n), notes="=1+1" if n == 2 else f"Note {n}",
        )
        for n in range(1, 4)
    ]  # fmt: skip
    added = store.commit([Change(house) for house in houses], author="Léa")
    people = [
        Person(name=f"Personne {n}", house_id=added.records[n % 3].id, email=f"p{n}@example.org", skills=(Skill.VIDEO,))
        for n in range(1, 4)
    ]
    store.commit([Change(person) for person in people], author="Léa")
    return emulator


def copy_of(emulator: Emulator) -> Emulator:
    """The same workbooks in another emulator."""
    made = Emulator(":memory:")
    emulator._store._db.backup(made._store._db)
    return made
