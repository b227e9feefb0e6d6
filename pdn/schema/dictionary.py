"""The data dictionary: every tab and column of the workbooks, in French, from their declarations."""

from collections.abc import Iterable, Mapping

from pdn.french import NBSP, count
from pdn.schema.kinds import OpenChoice, Reference
from pdn.schema.table import Column, Record, Workbook

HEAD = f"""\
# Le dictionnaire des données

Ce que contiennent les feuilles, onglet par onglet. Cette page est produite par `make dictionary` à partir de la
déclaration des tables{NBSP}: ne la modifiez pas à la main.

L’ordre des colonnes est libre, et vous pouvez ajouter les vôtres. Un en-tête est reconnu quels que soient ses
majuscules, ses accents et ses espaces, ou sous l’un de ses autres noms.
"""
COLUMNS = ("En-tête", "Type", "Obligatoire", "Valeurs acceptées", "À quoi sert la colonne", "Autres noms acceptés")


def dictionary(workbooks: Iterable[Workbook]) -> str:
    """The dictionary of these workbooks, in Markdown."""
    all_workbooks = tuple(workbooks)
    tabs = {found.table.key: found.table.tab for workbook in all_workbooks for found in workbook.records}
    parts = [HEAD]
    for workbook in all_workbooks:
        parts.append(f"## {workbook.title}\n\n{workbook.purpose} {count(len(workbook.records), 'onglet')}.\n")
        parts += [_section(record_type, tabs) for record_type in workbook.records]
    return "\n".join(parts)


def _section(record_type: type[Record], tabs: Mapping[str, str]) -> str:
    table = record_type.table
    lines = [
        f"### {table.tab}",
        "",
        table.purpose,
        "",
        _line(COLUMNS),
        _line("---" for _ in COLUMNS),
        *(_line(_cells(column, tabs)) for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _cells(column: Column, tabs: Mapping[str, str]) -> tuple[str, ...]:
    return (
        f"**{column.header}**",
        column.kind.name,
        "oui" if column.required else "",
        _accepted(column, tabs),
        column.help,
        ", ".join(column.aliases),
    )


def _accepted(column: Column, tabs: Mapping[str, str]) -> str:
    """What may stand in the cell: the choices, the other tab, or the format."""
    kind = column.kind
    if isinstance(kind, Reference):
        return f"une fiche de l’onglet {tabs.get(kind.target, kind.target)}"
    if isinstance(kind, OpenChoice):
        return f"{', '.join(kind.options)}, ou un autre texte"
    return ", ".join(kind.options) or kind.expected


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
