"""The message that asks a structure to mend what concerns it in the shared workbook (R22, R25)."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from pdn.domain.quality import structures_of
from pdn.domain.quality_register import advice, title_of
from pdn.domain.structure import Structure
from pdn.domain.workbooks import NETWORK
from pdn.french import NBSP, count, number, plural
from pdn.schema import Dataset, Problem
from pdn.schema.problem import NOTICES

BODY_LENGTH = 1800
"""How many characters of an encoded body every mail program accepts (Windows gives a link about 2 000 in all)."""

LINE_LENGTH = 300
"""A cell may hold two thousand characters; a mail quotes the beginning."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to a structure.

    Attributes:
        to: The structure's address, else its manager's; empty where neither is known.
        subject: Its subject.
        body: The whole message, to be copied.
        mailto: The address that opens a mail program with it, cut to what such an address may hold; empty without `to`.
    """

    to: str
    subject: str
    body: str
    mailto: str


def letter(
    structure: Structure, problems: Iterable[Problem], data: Dataset, *, signature: str, sheet: str = ""
) -> Letter:
    """The message on those of the problems that concern a structure.

    What is understood all the same asks nothing of a partner, and what stands in the workbook Pilotage concerns none
    (`structures_of`): neither is ever told.

    Args:
        structure: To whom.
        problems: Among which to choose.
        data: What they are about.
        signature: The coordination's name; empty where it has none yet.
        sheet: The address of the shared workbook; empty where it has none.
    """
    points = [
        problem for problem in problems if problem.kind not in NOTICES and structure.id in structures_of(problem, data)
    ]
    to = structure.email or structure.manager_email
    subject = f"Promeneurs du Net{NBSP}: {count(len(points), 'point')} à corriger dans la feuille partagée"
    whole = _body(structure, points, 0, data, signature, sheet)
    mailto = f"mailto:{quote(to, safe='@')}?subject={_encoded(subject)}&body=" if to else ""
    return Letter(to, subject, whole, mailto and mailto + _cut(structure, points, data, signature, sheet))


def _cut(structure: Structure, points: Sequence[Problem], data: Dataset, signature: str, sheet: str) -> str:
    """The encoded body with as many points as it may hold; the others are counted."""
    kept, body = 0, ""
    while True:
        longer = _encoded(_body(structure, points[:kept], len(points) - kept, data, signature, sheet))
        if body and len(longer) > BODY_LENGTH:
            return body
        body = longer
        if kept == len(points):
            return body
        kept += 1


def _body(structure: Structure, points: Sequence[Problem], rest: int, data: Dataset, signature: str, sheet: str) -> str:
    concern = plural(len(points) + rest, "ce point concerne", "ces points concernent")
    parts = [f"Bonjour,\n\nDans le classeur «{NBSP}{NETWORK.title}{NBSP}», {concern} {structure.title}{NBSP}:"]
    parts += [_point(rank, problem, data) for rank, problem in enumerate(points, start=1)]
    if rest:
        where = "la feuille" if sheet else "la coordination pour la liste entière"
        parts.append(f"… et {number(rest)} {plural(rest, 'autre')}{NBSP}: voir {where}.")
    if sheet:
        parts.append(f"La feuille{NBSP}: {sheet}")
    parts.append("Merci d’avance," + (f"\n{signature}" if signature else ""))
    return "\n\n".join(parts)


def _point(rank: int, problem: Problem, data: Dataset) -> str:
    place = f"onglet {problem.tab}" + (f", {problem.cell}" if problem.cell else "")
    name = title_of(problem, data)
    where = f"{place} ({name})" if name and problem.table != Structure.table.key else place
    said = textwrap.shorten(f"{rank}. {where} – {problem.message}", LINE_LENGTH, placeholder=" […]")
    return f"{said}\n{advice(problem)}".rstrip()


def _encoded(text: str) -> str:
    """The text in an address: plain spaces, which take half the room, and the line ends that mail has."""
    return quote(text.replace(NBSP, " ").replace("\n", "\r\n"), safe="")
