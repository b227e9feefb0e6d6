"""What a file may be at most, and why it can't be read."""

from pdn.french import NBSP, number

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 150 * 1024 * 1024
"""What a compressed file may come to once unpacked: a « zip bomb » declares more, or breaks on the way."""

MOST_ROWS, MOST_COLUMNS = 20_000, 200

NO_TABLE = (
    "Ce fichier n’est pas un tableau que l’on sait lire. "
    f"Formats acceptés{NBSP}: Excel (.xlsx), LibreOffice (.ods) et CSV."
)
EMPTY = "Ce fichier est vide."
BROKEN = "Ce fichier est abîmé ou incomplet. Ouvrez-le dans votre tableur et enregistrez-le de nouveau."
ENCRYPTED = (
    "Ce fichier est protégé par un mot de passe. Enregistrez-en une copie sans mot de passe, puis choisissez-la."
)
OLD_EXCEL = (
    "Ce fichier est d’un ancien format d’Excel (.xls ou .xlsb). "
    f"Ouvrez-le et choisissez «{NBSP}Enregistrer sous{NBSP}», format .xlsx."
)
WEB_PAGE = (
    "Ce fichier est une page web qui porte le nom d’un tableau. "
    f"Ouvrez-le dans votre tableur et choisissez «{NBSP}Enregistrer sous{NBSP}», format .xlsx."
)
TOO_HEAVY = f"Ce fichier est trop lourd{NBSP}: {MOST_BYTES // 1024**2}{NBSP}Mo au plus. N’y gardez que le tableau."
TOO_MANY_ROWS = f"Ce tableau compte plus de {number(MOST_ROWS)} lignes{NBSP}: partagez-le en plusieurs fichiers."
TOO_MANY_COLUMNS = f"Ce tableau compte plus de {MOST_COLUMNS} colonnes{NBSP}: n’y gardez que celles à importer."


class UnreadableError(Exception):
    """The file can't be read; its text says why, in French."""
