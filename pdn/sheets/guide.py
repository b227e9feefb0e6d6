"""The tab « Mode d’emploi »: what each tab is for and what partners may do, written from the declarations."""

from collections.abc import Sequence

from pdn.french import NBSP
from pdn.schema import Workbook

TITLE = "Mode d’emploi"
RULES = (
    "Triez, filtrez, insérez, copiez-collez, changez l’ordre des lignes et des colonnes : l’application suit.",
    "Vous pouvez ajouter vos propres colonnes : l’application n’y touche pas.",
    "L’application remplit les colonnes « Identifiant » et « Étiquette » : ne les modifiez ni ne les recopiez.",
    "Pour ajouter une ligne, laissez « Identifiant » et « Étiquette » vides.",
    "Gardez une ligne d’en-tête et le nom des onglets.",
    "Pour une ligne qui n’a plus cours, remplissez « Archivée le » (ou « Archivé le ») au lieu de la supprimer.",
    "Les dates s’écrivent 12/03/2019 ou 12 mars 2019, les montants 1 234,50 €, les durées 2,5 ou 2 h 30.",
    "Une cellule que l’application ne comprend pas est signalée sur ses pages, jamais effacée.",
    "Pour plusieurs choix dans une cellule, séparez-les par des virgules.",
    "L’onglet « Journal » garde ce qui a été fait depuis l’application : il se lit, il ne se modifie pas.",
)


def guide(workbooks: Sequence[Workbook]) -> tuple[tuple[str, str, bool], ...]:
    """The lines of the guide: two cells and whether they are a heading."""
    lines: list[tuple[str, str, bool]] = [("Promeneurs du Net", "", True)]
    lines += [(workbook.title, workbook.purpose, False) for workbook in workbooks]
    lines += [("", "", False), ("Les onglets", "", True)]
    lines += [
        (record_type.table.tab, record_type.table.purpose, False)
        for workbook in workbooks
        for record_type in workbook.records
    ]
    lines += [("", "", False), ("Les règles", "", True)]
    lines += [(str(number), rule.replace(" :", f"{NBSP}:"), False) for number, rule in enumerate(RULES, start=1)]
    return tuple(lines)
