"""Deployment phases and their milestones (R39, R40)."""

from datetime import date

from pdn.domain import headers
from pdn.schema import Record, column, label_column, table
from pdn.schema.kinds import Date, LongText, Reference, Text, WholeNumber

MOST_PROMENEURS = 1000


@table(
    "phase", "Phases", "PH", singular="phase", plural="phases", feminine=True,
    purpose="Les phases de la montée en charge, chacune avec son objectif de Promeneurs.",
)  # fmt: skip
class DeploymentPhase(Record):
    """A phase of the deployment, « de 15 à 20 Promeneurs » (R39)."""

    name: str = column(Text(), "Nom", "Nom de la phase, par exemple « Phase 1 ».", required=True, aliases=("Phase",))
    starts_on: date | None = column(Date(), "Début", "Premier jour de la phase.", required=True)
    planned_end: date | None = column(
        Date(), "Fin prévue", "Jour où l’objectif doit être atteint.", required=True, aliases=("Fin",)
    )
    target: int | None = column(
        WholeNumber(0, MOST_PROMENEURS),
        "Objectif",
        "Nombre de Promeneurs visé : 15 à 20 selon le cahier des charges.",
        required=True,
    )
    notes: str = column(LongText(), "Remarques", "Texte libre.", aliases=headers.REMARKS)
    label: str = label_column()
    archived_on: date | None = column(
        Date(), "Archivée le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """Its name."""
        return self.name or self.id


@table(
    "milestone", "Jalons", "J", singular="jalon", plural="jalons",
    purpose="Le calendrier de mise en œuvre : ce qui doit être fait, et quand.",
)  # fmt: skip
class Milestone(Record):
    """A dated step of the implementation calendar (R40)."""

    name: str = column(Text(width=280), "Jalon", "Ce qui doit être atteint.", required=True, aliases=("Nom", "Libellé"))
    phase_id: str = column(Reference("phase"), "Phase", "Phase dont le jalon fait partie, s’il y en a une.")
    planned_on: date | None = column(Date(), "Prévu le", "Jour prévu.", required=True, aliases=("Date prévue",))
    reached_on: date | None = column(Date(), "Atteint le", "Jour où c’est fait.", aliases=("Réalisé le",))
    archived_on: date | None = column(
        Date(), "Archivé le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """Its name."""
        return self.name or self.id
