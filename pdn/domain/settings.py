"""Settings: what changes from one département to the next, kept in the sheet and never in the code."""

import dataclasses
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pdn.domain import headers
from pdn.domain.budget_line import Strand
from pdn.schema import Cell, Dataset, Problem, ProblemKind, Record, column, table
from pdn.schema.kinds import Choice, Date, Email, LongText, Misread, Phone, Raw, Siret, Text, Url, WholeNumber
from pdn.schema.table import METADATA_KEY, Column

MOST = 10_000


class Proration(StrEnum):
    """How a partial year is prorated: the source does not say (R45), so the coordination does."""

    BY_MONTH = "par mois"
    BY_DAY = "par jour"


@table(
    "parameter", "Paramètres", "PM", singular="paramètre", plural="paramètres",
    purpose="Les réglages de la coordination : une ligne par réglage, la valeur dans la colonne « Valeur ».",
)  # fmt: skip
class Parameter(Record):
    """One setting as a row; `Settings` reads its value by the kind that it declares. Its id is the setting's field."""

    name: str = column(Text(width=300), "Paramètre", "Nom du réglage.")
    value: Cell = column(Raw(), "Valeur", "Valeur du réglage : c’est la colonne à remplir.")
    help: str = column(LongText(), "Explication", "À quoi sert le réglage.")

    @property
    def title(self) -> str:
        """Its name."""
        return self.name or self.id


@table(
    "institution", "Institutions", "I", singular="institution", plural="institutions", feminine=True,
    purpose="Les institutions qui financent et pilotent, avec leurs dates : leur nom peut changer.",
)  # fmt: skip
class Institution(Record):
    """An institution that signs or steers, from a day until another (R2: never a constant in code)."""

    name: str = column(Text(width=280), "Nom", "Nom complet.", required=True)
    short_name: str = column(Text(width=110), "Sigle", "Sigle d’usage.")
    role: str = column(Text(), "Rôle", "Signataire, financeur…")
    from_on: date | None = column(Date(), "Depuis le", "Premier jour.")
    until_on: date | None = column(Date(), "Jusqu’au", "Dernier jour, vide si elle est toujours là.")
    archived_on: date | None = column(
        Date(), "Archivée le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """Its short name, or its name."""
        return self.short_name or self.name or self.id


@table(
    "coordinator", "Coordinateurs", "CO", singular="coordinateur", plural="coordinateurs",
    purpose="Les personnes qui tiennent ou ont tenu la coordination, avec leurs dates.",
)  # fmt: skip
class Coordinator(Record):
    """Who coordinates, from a day until another: the one who may not supervise (R36)."""

    first_name: str = column(Text(), "Prénom", "Prénom.", required=True)
    last_name: str = column(Text(), "Nom", "Nom de famille.", required=True, aliases=headers.LAST_NAME)
    email: str = column(Email(), "Mail", "Adresse professionnelle.", aliases=headers.MAIL)
    phone: str = column(Phone(), "Téléphone", "Téléphone professionnel.", aliases=headers.PHONE)
    fte_percent: int | None = column(
        WholeNumber(0, 100),
        "Temps de travail (%)",
        "Part d’un temps plein consacrée à la coordination : 50 pour un demi-poste (R43).",
    )
    from_on: date | None = column(Date(), "Depuis le", "Premier jour.", required=True, aliases=headers.STARTED)
    until_on: date | None = column(
        Date(), "Jusqu’au", "Dernier jour, vide si la personne est en poste.", aliases=headers.ENDED
    )
    archived_on: date | None = column(
        Date(), "Archivé le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip() or self.id


COORDINATION, STRANDS, AGREEMENTS = "Département et coordination", "Volets et budget", "Conventions"
DEPLOYMENT, TRAINING, ALERTS = "Déploiement", "Formation", "Alertes"
"""The headings under which settings stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, typed; one that is missing or cannot be read has no value or its default."""

    departement_code: str = column(Text(), "Code du département", "Par exemple 33.", group=COORDINATION)
    departement_name: str = column(Text(), "Nom du département", "Par exemple Gironde.", group=COORDINATION)
    coordination_name: str = column(
        Text(),
        "Nom de la coordination",
        "Tel qu’il paraît sur les pages et les documents.",
        group=COORDINATION,
    )
    host_name: str = column(
        Text(), "Structure porteuse", "Nom de la structure qui porte la coordination.", group=COORDINATION
    )
    host_siret: str = column(Siret(), "SIRET de la structure porteuse", "14 chiffres.", group=COORDINATION)
    host_email: str = column(Email(), "Mail de la coordination", "Adresse de contact.", group=COORDINATION)
    host_phone: str = column(Phone(), "Téléphone de la coordination", "Téléphone de contact.", group=COORDINATION)
    host_website: str = column(Url(), "Site de la coordination", "Site ou page de la coordination.", group=COORDINATION)
    reference_text: str = column(
        LongText(),
        "Cadre de référence",
        "Schéma, mesure et action dans lesquels le dispositif s’inscrit ; repris sur les documents.",
        group=COORDINATION,
    )
    coordination_starts_on: date | None = column(
        Date(), "Début du volet coordination", "Premier jour financé (R45).", group=STRANDS
    )
    coordination_ends_on: date | None = column(
        Date(),
        "Fin du volet coordination",
        "Dernier jour financé ; vide s’il continue.",
        group=STRANDS,
    )
    training_starts_on: date | None = column(
        Date(),
        "Début du volet formation et supervision",
        "Il peut commencer après le volet coordination.",
        group=STRANDS,
    )
    training_ends_on: date | None = column(
        Date(), "Fin du volet formation et supervision", "Vide s’il continue.", group=STRANDS
    )
    proration: Proration | None = column(
        Choice(Proration),
        "Méthode de prorata",
        "Par mois entiers ou par jours : le cahier des charges ne le dit pas (R45).",
        group=STRANDS,
    )
    agreement_months: int | None = column(
        WholeNumber(1, 120),
        "Durée habituelle d’une convention (mois)",
        "Proposée à la création ; aucune durée n’est imposée.",
        group=AGREEMENTS,
    )
    notice_days: int | None = column(
        WholeNumber(0, MOST),
        "Préavis de renouvellement (jours)",
        "Une convention est « à renouveler » ce nombre de jours avant sa fin.",
        group=AGREEMENTS,
    )
    signing_days: int | None = column(
        WholeNumber(0, MOST),
        "Délai de signature d’une convention (jours)",
        "Au-delà, une convention transmise et pas encore signée par tous est signalée (R26).",
        group=AGREEMENTS,
    )
    phase_min: int | None = column(
        WholeNumber(0, MOST),
        "Promeneurs par phase, au moins",
        "15 selon le cahier des charges (R39).",
        group=DEPLOYMENT,
    )
    phase_max: int | None = column(
        WholeNumber(0, MOST),
        "Promeneurs par phase, au plus",
        "20 selon le cahier des charges (R39).",
        group=DEPLOYMENT,
    )
    milestone_notice_days: int | None = column(
        WholeNumber(0, MOST),
        "Rappel d’un jalon ou d’une fin de phase (jours)",
        "Un jalon ou une fin de phase est annoncé ce nombre de jours avant sa date (R40).",
        group=DEPLOYMENT,
    )
    network_meetings_per_year: int | None = column(
        WholeNumber(0, 50),
        "Rencontres départementales par an",
        "2 au moins selon le cahier des charges (R9).",
        group=TRAINING,
    )
    experience_months: int | None = column(
        WholeNumber(0, 120),
        "Ancienneté pour la formation-action (mois)",
        "En deçà, l’application avertit sans bloquer (R34).",
        group=TRAINING,
    )
    profile_check_months: int | None = column(
        WholeNumber(0, 120),
        "Vérification des profils (mois)",
        "Un profil vérifié depuis plus longtemps est signalé (R24).",
        group=ALERTS,
    )
    attendance_entry_days: int | None = column(
        WholeNumber(0, 365),
        "Délai de saisie des présences (jours)",
        "Une séance sans présences est signalée après ce délai.",
        group=TRAINING,
    )
    budget_warning_percent: int | None = column(
        WholeNumber(0, 100),
        "Seuil d’attention du budget (%)",
        "Part de l’enveloppe à partir de laquelle la jauge avertit.",
        group=ALERTS,
    )
    budget_alert_percent: int | None = column(
        WholeNumber(0, 200),
        "Seuil d’alerte du budget (%)",
        "Part de l’enveloppe à partir de laquelle la jauge alerte.",
        group=ALERTS,
    )

    def strand_dates(self, strand: Strand) -> tuple[date | None, date | None]:
        """The first and last funded days of a strand; None where there is none."""
        if strand is Strand.COORDINATION:
            return self.coordination_starts_on, self.coordination_ends_on
        return self.training_starts_on, self.training_ends_on


DEFAULTS = {
    "proration": Proration.BY_MONTH, "agreement_months": 36, "notice_days": 90, "signing_days": 60,
    "phase_min": 15, "phase_max": 20, "milestone_notice_days": 30,
    "network_meetings_per_year": 2, "experience_months": 6, "profile_check_months": 12, "attendance_entry_days": 7,
    "budget_warning_percent": 80, "budget_alert_percent": 100,
}  # fmt: skip
"""What a new workbook is provisioned with, and what stands in for a value that is missing."""


def setting_columns() -> tuple[Column, ...]:
    """The declaration of every setting, in order."""
    return tuple(
        dataclasses.replace(declared.metadata[METADATA_KEY], field=declared.name)
        for declared in dataclasses.fields(Settings)
    )


def default_parameters() -> tuple[Parameter, ...]:
    """The rows that a new tab Paramètres begins with."""
    return tuple(
        Parameter(
            id=declared.field,
            name=declared.header,
            value=declared.kind.encode(DEFAULTS[declared.field]) if declared.field in DEFAULTS else None,
            help=declared.help,
        )
        for declared in setting_columns()
    )


def read_settings(data: Dataset) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings of a dataset, and the values that could not be read (their default stands in)."""
    values = dict(DEFAULTS)
    problems: list[Problem] = []
    reading = data.reading(Parameter)
    for declared in setting_columns():
        row = data.get(Parameter, declared.field)
        if row is None:
            continue
        value = declared.kind.parse(row.value)
        if isinstance(value, Misread):
            problems.append(
                Problem(
                    kind=ProblemKind.UNREADABLE,
                    tab=reading.title if reading else Parameter.table.tab,
                    table=Parameter.table.key,
                    record_id=row.id,
                    row=reading.rows.get(row.id) if reading else None,
                    column=reading.columns.get("value") if reading else None,
                    header=Parameter.table.by_field["value"].header,
                    field="value",
                    found=Parameter.table.by_field["value"].kind.show(row.value),
                    message=f"{declared.header} : on attendait {value.expected}.",
                    mend=value.mend,
                )
            )
        elif value != declared.kind.blank:
            values[declared.field] = value
    return Settings(**values), tuple(problems)  # type: ignore[arg-type] # each value was read by its field's kind
