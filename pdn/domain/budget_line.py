"""Budget lines: what is planned, committed and spent, by year, strand and account (R42–R44)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pdn.schema import Record, column, table
from pdn.schema.kinds import Choice, Date, Money, Text, WholeNumber

FIRST_YEAR, LAST_YEAR = 2010, 2100


class Strand(StrEnum):
    """The two strands, each with its own envelope: nothing spills from one to the other (R43, R44)."""

    COORDINATION = "coordination"
    TRAINING = "formation et supervision"


class Account(StrEnum):
    """The accounts of the plan comptable associatif that the dossier uses."""

    PURCHASES = "60 – Achats"
    EXTERNAL_SERVICES = "61 – Services extérieurs"
    OTHER_EXTERNAL_SERVICES = "62 – Autres services extérieurs"
    TAXES = "63 – Impôts et taxes"
    STAFF = "64 – Charges de personnel"
    OTHER_CURRENT_EXPENSES = "65 – Autres charges de gestion courante"
    FINANCIAL_EXPENSES = "66 – Charges financières"
    EXCEPTIONAL_EXPENSES = "67 – Charges exceptionnelles"
    DEPRECIATION = "68 – Dotations aux amortissements"
    SALES = "70 – Rémunération des services"
    SUBSIDIES = "74 – Subventions d’exploitation"
    OTHER_CURRENT_INCOME = "75 – Autres produits de gestion courante"
    FINANCIAL_INCOME = "76 – Produits financiers"
    REVERSALS = "78 – Reprises sur amortissements et provisions"
    VOLUNTARY_USE = "86 – Emploi des contributions volontaires"
    VOLUNTARY_INCOME = "87 – Contributions volontaires en nature"

    @property
    def number(self) -> int:
        """Its two figures."""
        return int(self.value[:2])

    @property
    def is_expense(self) -> bool:
        """Class 6: what the envelopes are consumed by."""
        return self.value.startswith("6")

    @property
    def is_income(self) -> bool:
        """Class 7."""
        return self.value.startswith("7")


@table(
    "budget_line", "Budget", "B", singular="ligne de budget", plural="lignes de budget", feminine=True,
    purpose="Les charges et produits des deux volets : prévu, engagé, réalisé.",
)  # fmt: skip
class BudgetLine(Record):
    """One line of the budget: a plan, a commitment or an expense, or the three of them."""

    year: int | None = column(
        WholeNumber(FIRST_YEAR, LAST_YEAR), "Exercice", "Année du budget.", required=True, aliases=("Année",)
    )
    strand: Strand | None = column(Choice(Strand), "Volet", "Coordination, ou formation et supervision.", required=True)
    account: Account | None = column(Choice(Account), "Compte", "Compte du plan comptable associatif.", required=True)
    name: str = column(Text(width=280), "Libellé", "À quoi correspond la ligne.", required=True)
    planned: Decimal | None = column(
        Money(), "Prévu", "Montant inscrit au budget prévisionnel.", aliases=("Prévisionnel",)
    )
    committed: Decimal | None = column(Money(), "Engagé", "Montant commandé ou signé, payé ou non.")
    spent: Decimal | None = column(Money(), "Réalisé", "Montant payé ou reçu.", aliases=("Payé",))
    dated_on: date | None = column(Date(), "Date", "Date de la pièce, ou de l’engagement tant qu’il n’y en a pas.")
    document: str = column(Text(), "Pièce", "Numéro de facture ou de pièce.", aliases=("N° de pièce", "Facture"))
    supplier: str = column(Text(), "Fournisseur", "Qui facture ou verse.", aliases=("Financeur", "Tiers"))
    archived_on: date | None = column(
        Date(), "Archivée le", "Rempli pour retirer la ligne des comptes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """Its name."""
        return self.name or self.id
