"""The journal: each change made through the app, one row per field, never edited."""

from datetime import datetime

from pdn.schema import Record, column, table
from pdn.schema.kinds import DateTime, Identifier, LongText, Text

CELL_LENGTH = 50_000


@table(
    "journal_entry", "Journal", "JO", singular="entrée du journal", plural="entrées du journal", feminine=True,
    append_only=True,
    purpose="Ce que l’application a changé : quand, qui, où, avant et après. À lire, jamais à modifier.",
)  # fmt: skip
class JournalEntry(Record):
    """One field of one record as one commit changed it, or one record that it added with all that it held.

    Its id is the entry's own, `commit_id` the commit's. An addition has no field: `after` has a line per field.
    """

    commit_id: str = column(Identifier(), "Enregistrement", "Code commun à tout ce qui a été enregistré ensemble.")
    made_at: datetime | None = column(DateTime(), "Quand", "Date et heure.")
    author: str = column(Text(), "Qui", "Personne qui a enregistré.")
    action: str = column(Text(width=110), "Action", "Ajout, modification, archivage…")
    tab: str = column(Text(width=130), "Onglet", "Onglet modifié.")
    record_id: str = column(Text(width=120), "Fiche", "Identifiant de la fiche.")
    record_title: str = column(Text(), "Nom de la fiche", "Comment la fiche s’appelait.")
    field: str = column(Text(width=150), "Champ", "Colonne modifiée.")
    before: str = column(LongText(CELL_LENGTH), "Avant", "Ce qui se trouvait dans la cellule.")
    after: str = column(LongText(CELL_LENGTH), "Après", "Ce qui s’y trouve.")
    exact: str = column(
        Text(width=0),
        "Valeurs exactes",
        "Les deux mêmes valeurs telles que la feuille les garde, pour que l’application puisse annuler.",
    )
