"""Sessions: training, practice review, supervision, network meetings (R8, R9, R31, R33–R36)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pdn.schema import Record, column, label_column, table
from pdn.schema.kinds import Choice, Choices, Date, Hours, Money, Text, Url, WholeNumber, YesNo

MOST_SEATS = 1000


class SessionKind(StrEnum):
    """What a session is."""

    TRAINING = "formation"
    PRACTICE_REVIEW = "analyse des pratiques"
    INDIVIDUAL_SUPERVISION = "supervision individuelle"
    GROUP_SUPERVISION = "supervision collective"
    NETWORK_MEETING = "rencontre départementale"
    TEAM_MEETING = "réunion de réseau"

    @property
    def is_supervision(self) -> bool:
        """Whether R35 and R36 bear on it."""
        return self in {SessionKind.INDIVIDUAL_SUPERVISION, SessionKind.GROUP_SUPERVISION}


class TrainingField(StrEnum):
    """The seven fields of training of the cahier des charges (R31), a closed list."""

    YOUTH_PRACTICES = "jeunes et pratiques"
    TECHNICAL = "technique et réseaux sociaux"
    DIGITAL_COMMUNICATION = "communication numérique"
    POSTURE_CHARTER = "posture et charte"
    PRACTICE_REVIEW = "analyse des pratiques"
    LEGAL = "juridique et dispositifs"
    ACTION_TRAINING = "formation-action"


class TrainerKind(StrEnum):
    """Who may lead a session (R33): three kinds, no fourth."""

    COORDINATOR = "coordinateur"
    HOST_COLLEAGUE = "professionnel de la structure porteuse"
    EXTERNAL = "prestataire extérieur"


class HalfDay(StrEnum):
    """When in the day; each half-day has its own sign-in sheet."""

    MORNING = "matin"
    AFTERNOON = "après-midi"
    EVENING = "soirée"


@table(
    "session", "Séances", "SE", singular="séance", plural="séances", feminine=True,
    purpose="Les formations, analyses des pratiques, supervisions, rencontres et réunions du réseau.",
)  # fmt: skip
class Session(Record):
    """A session of training, practice review, supervision, or a meeting of the network."""

    kind: SessionKind | None = column(
        Choice(SessionKind), "Type", "Nature de la séance.", required=True, aliases=("Type de séance",)
    )
    field: TrainingField | None = column(
        Choice(TrainingField),
        "Champ",
        "L’un des sept champs de formation du cahier des charges.",
        aliases=("Champ de formation",),
    )
    name: str = column(Text(width=280), "Intitulé", "Titre de la séance.", required=True, aliases=("Titre", "Thème"))
    held_on: date | None = column(Date(), "Date", "Jour de la séance.", required=True, aliases=("Date de la séance",))
    half_days: tuple[HalfDay, ...] = column(
        Choices(HalfDay), "Demi-journées", "Moments de la journée.", aliases=("Demi-journée",)
    )
    minutes: int | None = column(
        Hours(), "Durée", "Durée en heures, par exemple 2,5 ou 2 h 30.", aliases=("Durée (h)", "Heures")
    )
    place: str = column(Text(), "Lieu", "Adresse ou « visio ».")
    trainer: str = column(
        Text(), "Intervenant", "Nom de la personne qui anime.", aliases=("Formateur", "Formatrice"), group="Intervenant"
    )
    trainer_kind: TrainerKind | None = column(
        Choice(TrainerKind),
        "Type d’intervenant",
        "Qui conduit la séance : trois cas, selon le cahier des charges.",
        group="Intervenant",
    )
    listening_skills: bool | None = column(
        YesNo(), "Compétence en écoute",
        "Pour une supervision menée en interne : l’intervenant est-il compétent en matière d’écoute ?",
        group="Intervenant",
    )  # fmt: skip
    seats: int | None = column(
        WholeNumber(0, MOST_SEATS), "Places", "Nombre de places.", aliases=("Nombre de places",), group="Organisation"
    )
    cost: Decimal | None = column(Money(), "Coût", "Coût de la séance en euros.", group="Organisation")
    materials: str = column(Url(), "Supports", "Lien vers les supports.", group="Organisation")
    cancelled_on: date | None = column(Date(), "Annulée le", "Rempli si la séance n’a pas lieu.", group="Organisation")
    label: str = label_column()
    archived_on: date | None = column(
        Date(), "Archivée le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """Its name."""
        return self.name or self.id
