"""A small tab of this room's own: a club and its members."""

from datetime import date
from decimal import Decimal

import pytest

from pdn.schema import Record, column, label_column, table
from pdn.schema.kinds import Date, Money, Phone, Reference, Text, YesNo


@table("club", "Clubs", "CL", singular="club", plural="clubs", purpose="Les clubs.")
class Club(Record):
    """A club."""

    name: str = column(Text(), "Nom", "Nom du club.", required=True)
    label: str = label_column()

    @property
    def title(self) -> str:
        """Its name."""
        return self.name


@table("member", "Membres", "ME", singular="membre", plural="membres", purpose="Les membres des clubs.")
class Member(Record):
    """A member of a club."""

    name: str = column(Text(), "Nom", "Nom de famille.", required=True, aliases=("Nom de famille",))
    phone: str = column(Phone(), "Téléphone", "Où l’appeler.", aliases=("Tél.", "Portable"))
    entered_on: date | None = column(Date(), "Entrée le", "Premier jour.")
    fee: Decimal | None = column(Money(), "Cotisation", "Ce qui est payé.")
    young: bool | None = column(YesNo(), "Jeune", "A-t-il moins de 25 ans ?")
    club_id: str = column(Reference("club"), "Club", "Son club.")


HEADER = ["Identifiant", "Nom", "Téléphone", "Entrée le", "Cotisation", "Jeune", "Club"]
ROW = ["ME-00000001", "Diaz", "06 12 34 56 78", 43536, 12.5, "oui", "CL-00000001"]


@pytest.fixture
def club():
    """The record type of clubs."""
    return Club


@pytest.fixture
def member():
    """The record type of members."""
    return Member


@pytest.fixture
def header():
    """Every header of a member's tab, in order."""
    return list(HEADER)


@pytest.fixture
def row():
    """A member's row in which everything is well."""
    return list(ROW)
