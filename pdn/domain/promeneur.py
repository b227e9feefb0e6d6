"""Promeneurs du Net: the professionals whom their employer mandates (R1, R24)."""

from datetime import date
from enum import StrEnum

from pdn.domain import headers
from pdn.schema import Record, column, label_column, table
from pdn.schema.kinds import Choices, Consent, Date, Email, LongText, OpenChoice, Phone, Reference, Text, Url

PRESENTATION_LENGTH = 700
POSITIONS = (
    "Animateur", "Animatrice", "Éducateur", "Éducatrice", "Informateur jeunesse", "Informatrice jeunesse",
    "Conseiller en insertion", "Conseillère en insertion", "Médiateur numérique", "Médiatrice numérique",
)  # fmt: skip


class Audience(StrEnum):
    """Whom a Promeneur is there for."""

    YOUNG = "jeunes 11–25 ans"
    PARENTS = "parents"


@table(
    "promeneur", "Promeneurs", "P", singular="Promeneur", plural="Promeneurs",
    purpose="Les Promeneurs du Net du département, présents, à venir ou partis.",
)  # fmt: skip
class Promeneur(Record):
    """A Promeneur du Net; whether he or she is active is computed (R1: `pdn.domain.activity`)."""

    first_name: str = column(Text(), "Prénom", "Prénom.", required=True)
    last_name: str = column(Text(), "Nom", "Nom de famille.", required=True, aliases=headers.LAST_NAME)
    position: str = column(OpenChoice(*POSITIONS), "Fonction", "Métier dans la structure.", aliases=("Poste", "Métier"))
    structure_id: str = column(
        Reference("structure"),
        "Structure",
        "Structure qui emploie et mandate.",
        required=True,
        aliases=("Employeur", "Structure employeuse"),
    )
    phase_id: str = column(
        Reference("phase"),
        "Phase",
        "Phase de déploiement de l’entrée dans le réseau.",
        aliases=("Phase de déploiement",),
    )
    email: str = column(
        Email(),
        "Mail",
        "Adresse professionnelle.",
        required=True,
        aliases=headers.MAIL,
        group="Contacts",
    )
    phone: str = column(
        Phone(), "Téléphone", "Téléphone professionnel.",
        aliases=(*headers.PHONE, "Téléphone professionnel", "Téléphone portable", "Portable", "Mobile"),
        group="Contacts",
    )  # fmt: skip
    mandate_on: date | None = column(
        Date(),
        "Mandat le",
        "Date du mandat donné par l’employeur.",
        aliases=("Mandaté le", "Mandat", "Mandat de l’employeur", "Date du mandat"),
        group="Parcours",
    )
    entered_on: date | None = column(
        Date(), "Entrée le", "Entrée dans le réseau.", aliases=("Entrée", "Date d’entrée"), group="Parcours"
    )
    left_on: date | None = column(Date(), "Sortie le", "Sortie du réseau.", aliases=headers.LEFT, group="Parcours")
    charter_version: str = column(
        Text(width=110), "Version de la charte", "Version de la charte qui a été signée.", group="Parcours"
    )
    charter_signed_on: date | None = column(
        Date(),
        "Charte signée le",
        "Signature de la charte départementale.",
        aliases=("Charte", "Signature de la charte"),
        group="Parcours",
    )
    audiences: tuple[Audience, ...] = column(
        Choices(Audience),
        "Publics",
        "À qui la présence en ligne s’adresse.",
        aliases=("Public",),
        group="Présence en ligne",
    )
    online_slot: str = column(
        Text(),
        "Permanence",
        "Jours et horaires de présence en ligne, par exemple « mercredi 14 h – 18 h ».",
        group="Présence en ligne",
    )
    presentation: str = column(
        LongText(PRESENTATION_LENGTH),
        "Présentation",
        "Quelques lignes pour l’annuaire public, 700 caractères au plus.",
        group="Présence en ligne",
    )
    photo: str = column(Url(), "Photo", "Lien vers une photo.", group="Présence en ligne")
    listing_consent: date | None = column(
        Consent(),
        "Accord annuaire public",
        "Date de l’accord pour paraître dans l’annuaire public.",
        group="Accords",
    )
    phone_consent: date | None = column(
        Consent(), "Accord téléphone", "Date de l’accord pour publier le téléphone.", group="Accords"
    )
    photo_consent: date | None = column(
        Consent(), "Accord photo", "Date de l’accord pour publier la photo.", group="Accords"
    )
    label: str = label_column()
    archived_on: date | None = column(
        Date(), "Archivé le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip() or self.id
