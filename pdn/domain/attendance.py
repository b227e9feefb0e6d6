"""Attendance: who was enrolled, present, absent or excused at a session (R35: never what was said)."""

from datetime import date
from enum import StrEnum

from pdn.schema import Record, column, table
from pdn.schema.kinds import Choice, Date, Hours, Reference, WholeNumber


class AttendanceState(StrEnum):
    """What happened."""

    ENROLLED = "inscrit"
    PRESENT = "présent"
    ABSENT = "absent"
    EXCUSED = "excusé"


@table(
    "attendance", "Présences", "A", singular="présence", plural="présences", feminine=True,
    purpose="Les présences aux séances, une ligne par Promeneur et par séance.",
)  # fmt: skip
class Attendance(Record):
    """One Promeneur at one session."""

    session_id: str = column(Reference("session"), "Séance", "Séance concernée.", required=True)
    promeneur_id: str = column(Reference("promeneur"), "Promeneur", "Personne concernée.", required=True)
    state: AttendanceState | None = column(
        Choice(AttendanceState),
        "État",
        "Inscrit, présent, absent ou excusé.",
        required=True,
        aliases=("Présence",),
    )
    minutes: int | None = column(
        Hours(), "Heures", "Temps de présence, s’il diffère de la durée de la séance.", aliases=("Durée",)
    )
    satisfaction: int | None = column(WholeNumber(1, 5), "Satisfaction", "De 1 (pas du tout) à 5 (tout à fait).")
    archived_on: date | None = column(
        Date(), "Archivée le", "Rempli pour retirer une inscription faite par erreur sans la supprimer."
    )
