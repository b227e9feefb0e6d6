"""Online profiles: where a Promeneur can be found; a table of its own because networks change (R24)."""

from datetime import date

from pdn.schema import Record, column, table
from pdn.schema.kinds import Date, OpenChoice, Reference, Text, Url

NETWORKS = ("Instagram", "Snapchat", "TikTok", "Discord", "WhatsApp", "Facebook", "YouTube", "Twitch", "X")


@table(
    "profile", "Profils", "PR", singular="profil en ligne", plural="profils en ligne",
    purpose="Les profils professionnels des Promeneurs sur les réseaux sociaux, un par ligne.",
)  # fmt: skip
class OnlineProfile(Record):
    """One account of a Promeneur on one network."""

    promeneur_id: str = column(Reference("promeneur"), "Promeneur", "À qui est le profil.", required=True)
    network: str = column(OpenChoice(*NETWORKS), "Réseau", "Réseau social.", required=True, aliases=("Réseau social",))
    handle: str = column(
        Text(), "Nom de profil", "Nom affiché ou identifiant public.", required=True, aliases=("Pseudo",)
    )
    link: str = column(Url(), "Lien", "Adresse du profil.", aliases=("URL",))
    checked_on: date | None = column(
        Date(),
        "Vérifié le",
        "Dernière fois que le profil a été ouvert et trouvé juste.",
        aliases=("Date de vérification",),
    )
    archived_on: date | None = column(
        Date(), "Archivé le", "Rempli pour retirer la fiche des listes sans la supprimer."
    )

    @property
    def title(self) -> str:
        """Network and handle."""
        return f"{self.network} : {self.handle}"
