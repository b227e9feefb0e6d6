"""Conventions between a structure and the CAF, and their amendments (R26)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pdn.domain import headers
from pdn.schema import Record, column, label_column, table
from pdn.schema.kinds import Choice, Date, LongText, Money, Reference, Text, Url, WholeNumber

MOST_COVERED = 200


class AgreementStatus(StrEnum):
    """Where a convention stands; computed, unless it is overridden with a reason."""

    TO_PREPARE = "à préparer"
    BEING_SIGNED = "en signature"
    UPCOMING = "signée, à venir"
    IN_FORCE = "en vigueur"
    TO_RENEW = "à renouveler"
    EXPIRED = "échue"
    TERMINATED = "résiliée"


@table(
    "agreement", "Conventions", "C", singular="convention", plural="conventions", feminine=True,
    purpose="Le registre des conventions entre les structures et la Caf : des faits datés, le statut se calcule.",
)  # fmt: skip
class Agreement(Record):
    """A convention (R26): only facts are stored, the status is computed."""

    number: str = column(
        Text(width=120),
        "Numéro",
        "Numéro de la convention.",
        required=True,
        aliases=("N°", "N° de convention"),
    )
    structure_id: str = column(Reference("structure"), "Structure", "Structure conventionnée.", required=True)
    signatory: str = column(
        Text(),
        "Gestionnaire signataire",
        "Personne morale qui signe, si ce n’est pas le gestionnaire habituel.",
    )
    sent_on: date | None = column(
        Date(), "Transmise le", "Envoi de la convention à signer.", aliases=("Envoyée le",), group="Signature"
    )
    caf_signed_on: date | None = column(
        Date(),
        "Signée par la Caf le",
        "Signature de la Caf.",
        aliases=("Signature Caf", "Signature de la Caf"),
        group="Signature",
    )
    structure_signed_on: date | None = column(
        Date(),
        "Signée par la structure le",
        "Signature du gestionnaire.",
        aliases=("Signature structure", "Signature de la structure"),
        group="Signature",
    )
    starts_on: date | None = column(
        Date(), "Date d’effet", "Premier jour de la convention.", aliases=("Début", "Date de début"), group="Durée"
    )
    ends_on: date | None = column(
        Date(),
        "Date de fin",
        "Dernier jour de la convention.",
        aliases=("Fin", "Échéance", "Date d’échéance"),
        group="Durée",
    )
    promeneurs_covered: int | None = column(
        WholeNumber(0, MOST_COVERED),
        "Promeneurs couverts",
        "Nombre de Promeneurs que la convention prévoit.",
        aliases=("Nombre de Promeneurs",),
        group="Contenu",
    )
    amount: Decimal | None = column(Money(), "Montant", "Aide prévue par la convention, en euros.", group="Contenu")
    renews_id: str = column(
        Reference("agreement"), "Renouvelle", "Convention à laquelle celle-ci fait suite.", group="Contenu"
    )
    document: str = column(Url(), "Document", "Lien vers la convention signée.", group="Contenu")
    terminated_on: date | None = column(Date(), "Résiliée le", "Jour de la résiliation.", group="Fin anticipée")
    termination_reason: str = column(
        Text(), "Motif de résiliation", "Pourquoi la convention a été résiliée.", group="Fin anticipée"
    )
    forced_status: AgreementStatus | None = column(
        Choice(AgreementStatus),
        "Statut imposé",
        "À remplir seulement pour corriger le statut calculé, avec son motif.",
        group="Correction",
    )
    forced_reason: str = column(
        Text(), "Motif du statut imposé", "Obligatoire avec un statut imposé.", group="Correction"
    )
    notes: str = column(LongText(), "Remarques", "Texte libre : la structure peut le lire.", aliases=headers.REMARKS)
    label: str = label_column()
    archived_on: date | None = column(
        Date(), "Archivée le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """Its number."""
        return self.number or self.id


@table(
    "amendment", "Avenants", "AV", singular="avenant", plural="avenants",
    purpose="Les avenants aux conventions, un par ligne.",
)  # fmt: skip
class Amendment(Record):
    """An amendment to a convention; where it gives a new end or number of Promeneurs, that one counts."""

    agreement_id: str = column(Reference("agreement"), "Convention", "Convention modifiée.", required=True)
    number: str = column(Text(width=120), "Numéro", "Numéro de l’avenant.", required=True, aliases=("N°",))
    signed_on: date | None = column(Date(), "Date", "Date de l’avenant.", required=True, aliases=("Signé le",))
    subject: str = column(LongText(), "Objet", "Ce que l’avenant change.", required=True)
    new_end: date | None = column(Date(), "Nouvelle date de fin", "Si l’avenant prolonge ou raccourcit la convention.")
    new_promeneurs_covered: int | None = column(
        WholeNumber(0, MOST_COVERED),
        "Nouveau nombre de Promeneurs",
        "Si l’avenant change le nombre de Promeneurs couverts.",
    )
    document: str = column(Url(), "Document", "Lien vers l’avenant signé.")
    archived_on: date | None = column(
        Date(), "Archivé le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """Its number."""
        return self.number or self.id
