"""Structures: the employers of Promeneurs, from the first time they are spotted on (R4, R5)."""

from datetime import date

from pdn.domain import headers
from pdn.schema import Record, column, label_column, table
from pdn.schema.kinds import (
    Date,
    Email,
    InseeCode,
    LongText,
    OpenChoice,
    Phone,
    Postcode,
    Siret,
    Text,
    Url,
    YesNo,
)

STRUCTURE_TYPES = (
    "Association", "Centre socioculturel ou EVS", "Service jeunesse", "Information jeunesse", "Prévention spécialisée",
    "Mission locale", "Foyer de jeunes travailleurs", "Espace public numérique", "Lieu d’accueil et d’écoute",
    "Espace santé", "Établissement scolaire", "Autre",
)  # fmt: skip


@table(
    "structure", "Structures", "S", singular="structure", plural="structures", feminine=True,
    purpose="Les structures jeunesse du département : employeurs de Promeneurs, ou qui pourraient le devenir.",
)  # fmt: skip
class Structure(Record):
    """A youth structure of the département (R4); its step in the funnel is computed from its dates (R5)."""

    name: str = column(
        Text(width=260),
        "Nom",
        "Nom d’usage de la structure.",
        required=True,
        aliases=("Structure", "Nom de la structure"),
    )
    type: str = column(OpenChoice(*STRUCTURE_TYPES), "Type", "Nature de la structure.", aliases=("Type de structure",))
    managing_body: str = column(
        Text(), "Gestionnaire", "Personne morale qui signe la convention : commune, association…",
        aliases=("Organisme gestionnaire",),
    )  # fmt: skip
    siret: str = column(
        Siret(), "SIRET", "Numéro SIRET de 14 chiffres du gestionnaire.", aliases=("N° SIRET", "Numéro SIRET")
    )
    address: str = column(Text(), "Adresse", "Numéro et voie.", aliases=("Adresse postale",), group="Où")
    postcode: str = column(Postcode(), "Code postal", "Cinq chiffres.", aliases=("CP",), group="Où")
    commune: str = column(Text(), "Commune", "Commune où la structure accueille.", aliases=("Ville",), group="Où")
    insee_code: str = column(
        InseeCode(),
        "Code INSEE",
        "Code officiel de la commune, différent du code postal.",
        aliases=("INSEE",),
        group="Où",
    )
    epci: str = column(
        Text(), "EPCI", "Intercommunalité : métropole, communauté d’agglomération ou de communes.",
        aliases=("Intercommunalité",), group="Où",
    )  # fmt: skip
    priority_area: bool | None = column(
        YesNo(),
        "Quartier prioritaire",
        "La structure accueille-t-elle dans un quartier prioritaire ?",
        aliases=("QPV",),
        group="Où",
    )
    phone: str = column(Phone(), "Téléphone", "Téléphone de l’accueil.", aliases=headers.PHONE, group="Contacts")
    email: str = column(Email(), "Mail", "Adresse de contact.", aliases=headers.MAIL, group="Contacts")
    website: str = column(
        Url(), "Site", "Site de la structure.", aliases=("Site internet", "Site web"), group="Contacts"
    )
    manager_first_name: str = column(
        Text(), "Prénom du responsable", "Prénom de la direction.", aliases=("Prénom responsable",), group="Responsable"
    )
    manager_last_name: str = column(
        Text(), "Nom du responsable", "Nom de la direction.", aliases=("Nom responsable",), group="Responsable"
    )
    manager_email: str = column(
        Email(), "Mail du responsable", "Adresse de la direction.", aliases=("Mail responsable",), group="Responsable"
    )
    manager_phone: str = column(
        Phone(),
        "Téléphone du responsable",
        "Téléphone de la direction.",
        aliases=("Téléphone responsable", "Tél. responsable"),
        group="Responsable",
    )
    spotted_on: date | None = column(
        Date(), "Repérée le", "Jour où la coordination a repéré la structure.", group="Parcours"
    )
    contacted_on: date | None = column(Date(), "Contactée le", "Jour du premier échange.", group="Parcours")
    interested_on: date | None = column(
        Date(), "Intéressée le", "Jour où la structure a dit vouloir rejoindre le réseau.", group="Parcours"
    )
    left_on: date | None = column(
        Date(), "Sortie le", "Jour où la structure a quitté le réseau.", aliases=headers.LEFT, group="Parcours"
    )
    notes: str = column(
        LongText(),
        "Remarques",
        "Texte libre : les personnes de la structure peuvent le lire.",
        aliases=headers.REMARKS,
        group="Parcours",
    )
    label: str = label_column()
    archived_on: date | None = column(
        Date(), "Archivée le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """Its name."""
        return self.name or self.id

    @property
    def manager(self) -> str:
        """The manager's full name."""
        return f"{self.manager_first_name} {self.manager_last_name}".strip()
