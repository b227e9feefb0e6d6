"""Envelopes: the most that each strand may consume in a year, prorated where the year is partial (R43–R45)."""

from datetime import date
from decimal import Decimal

from pdn.domain.budget_line import FIRST_YEAR, LAST_YEAR, Strand
from pdn.schema import Record, column, table
from pdn.schema.kinds import Choice, Date, Money, Text, WholeNumber


@table(
    "envelope", "Enveloppes", "E", singular="enveloppe", plural="enveloppes", feminine=True,
    purpose="Le plafond annuel de chaque volet, pour une année entière : le prorata se calcule.",
)  # fmt: skip
class Envelope(Record):
    """The ceiling of one strand for one whole year; a partial year is prorated from the strand's dates."""

    year: int | None = column(
        WholeNumber(FIRST_YEAR, LAST_YEAR), "Exercice", "Année.", required=True, aliases=("Année",)
    )
    strand: Strand | None = column(Choice(Strand), "Volet", "Coordination, ou formation et supervision.", required=True)
    amount: Decimal | None = column(
        Money(),
        "Plafond annuel",
        "Plafond d’une année entière, avant prorata.",
        required=True,
        aliases=("Montant",),
    )
    notes: str = column(Text(), "Remarques", "Décision, avenant, arrêté…")
    archived_on: date | None = column(
        Date(), "Archivée le", "Rempli pour retirer l’enveloppe des comptes sans la supprimer."
    )
