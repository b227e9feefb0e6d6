"""Qualité des données: what in the sheets is to mend, as a list to work through (R25)."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from pdn.domain.quality import is_doubt, to_mend
from pdn.domain.quality_register import QualityFilters, advice, code_of, coded, matching, tally, title_of
from pdn.domain.structure import Structure
from pdn.french import NBSP, count, number, sort_key
from pdn.schema import Problem
from pdn.schema.problem import NOTICES
from pdn.ui.messages import empty_state
from pdn.ui.opened import close_record, follow_address, keep_choice, open_record, opened
from pdn.ui.page import Page, open_page
from pdn.ui.quality_detail import POINT, draw_detail
from pdn.ui.quality_letter import draw_letter
from pdn.ui.quality_mend import draw_mends, is_certain
from pdn.ui.tables import Row, draw_filter, draw_list_head, draw_search, draw_table
from pdn.ui.text import md

SEARCH, TAB, KIND, STRUCTURE, HARMONISE = "contenu", "onglets", "nature", "structure", "harmoniser"
"""The parameters of the address that narrow the list."""

ALL_WELL = f"Tout est compris{NBSP}: rien à corriger."
WIDTHS = {
    "Adresse": 125, "Fiche": 150, "Ce qui se trouve là": 150, "Problème": 330, "Que faire": 300, "Nature": 150,
    "Lien": 70,
}  # fmt: skip


def draw_answer(problems: Sequence[Problem], notices: Sequence[Problem]) -> None:
    """How much is to do, and what of it the application does."""
    doubts = sum(is_doubt(problem) for problem in problems)
    wrong = len(problems) - doubts
    certain = sum(is_certain(problem) for problem in problems)
    told = [f"**{count(wrong, 'point')} à corriger**"] if wrong else ["**Rien à corriger**"]
    if certain:
        told.append(f"dont {number(certain)} que l’application peut corriger seule")
    parts = [", ".join(told) + "."]
    if doubts:
        parts.append(f"{count(doubts, 'point')} à vérifier{NBSP}: c’est peut-être voulu.")
    if notices:
        found = count(len(notices), "écriture comprise", "écritures comprises")
        parts.append(f"{found}, que l’application peut harmoniser.")
    st.markdown("  \n".join(parts))


def draw_tally(label: str, parameter: str, counted: Sequence[tuple[str, int]]) -> str:
    """How many points bear each name, as pills that narrow the list; the name that is chosen."""
    points = dict(counted)
    known = opened(parameter)
    if known and known not in points:
        points[known] = 0
    chosen = follow_address(parameter, points)
    st.pills(
        label, list(points), key=parameter, on_change=keep_choice, args=(parameter,),
        format_func=lambda name: f"{md(name)} · {number(points[name])}",
    )  # fmt: skip
    return chosen


def structure_titles(page: Page) -> dict[str, str]:
    """What each structure is called, in the order of a dictionary, with its id where two have one name."""
    structures = sorted(page.data.live(Structure), key=lambda found: sort_key(found.title))
    counts = Counter(found.title for found in structures)
    return {found.id: f"{found.title} ({found.id})" if counts[found.title] > 1 else found.title for found in structures}


def draw_list(page: Page, problems: Sequence[Problem], notices: Sequence[Problem]) -> None:
    """The points, each with the way to its cell; a click opens one."""
    st.header("Liste")
    text = draw_search("Adresse, fiche, contenu, problème…", SEARCH)
    with_notices = opened(KIND) in NOTICES
    if notices:
        with_notices |= st.toggle(
            "Afficher aussi les écritures à harmoniser", key=HARMONISE, bind="query-params", persist_state="session"
        )
    listed = (*problems, *notices) if with_notices else problems
    found = matching(listed, QualityFilters(text=text), page.data)
    tab = draw_tally("Onglet", TAB, tally(found, lambda one: one.tab))
    kind = draw_tally("Nature", KIND, tally(found, lambda one: one.kind))
    kept = matching(found, QualityFilters(tab=tab, kind=kind), page.data)
    draw_opened(page, (*problems, *notices))
    rows = [row_of(page, problem) for problem in kept]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, "À corriger", rows, len(listed), ("point", "points"))
    if not rows:
        nothing = f"Rien ne correspond{NBSP}: retirez un filtre ou un mot." if listed else ALL_WELL
        empty_state(nothing, ":material/search_off:" if listed else ":material/check_circle:")
        return
    # A key of its own for each opened point: the same row can be clicked again once its point is closed.
    draw_table(
        rows, f"table-points-{opened(POINT)}", alt="Ce qui est à corriger dans les feuilles, avec son adresse",
        widths=WIDTHS, on_open=lambda index: open_record(POINT, code_of(kept[index])),
    )  # fmt: skip


def row_of(page: Page, problem: Problem) -> Row:
    """A point as a row; a column of links only where cells have an address."""
    row = {
        "Adresse": problem.address,
        "Fiche": title_of(problem, page.data),
        "Ce qui se trouve là": problem.found,
        "Problème": problem.message,
        "Que faire": advice(problem),
        "Nature": str(problem.kind),
    }
    return row | {"Lien": page.snapshot.link_to(problem) or ""} if page.snapshot.places else row


def draw_opened(page: Page, told: Sequence[Problem]) -> None:
    """The opened point, or that it is no more."""
    code = opened(POINT)
    if not code:
        return
    problem = coded(told, code)
    if problem is None:
        close_record(POINT)
        st.info(f"Ce point n’est plus dans la liste{NBSP}: il a été corrigé.", icon=":material/check_circle:")
        return
    draw_detail(page, problem)


def draw_quality(page: Page) -> None:
    """Everything, or what concerns one structure."""
    answer = st.container()
    titles = structure_titles(page)
    problems = to_mend(page.data, page.settings, page.today)
    notices = page.data.notices
    structure = None
    if problems or notices:
        structure = page.data.get(Structure, draw_filter("Structure", list(titles), STRUCTURE, titles))
    if structure is not None:
        of_structure = QualityFilters(structure_id=structure.id)
        problems = matching(problems, of_structure, page.data)
        notices = matching(notices, of_structure, page.data)
    told = (*problems, *notices)
    if not told:
        empty_state(
            f"Rien à corriger pour {md(structure.title)}." if structure else ALL_WELL, ":material/check_circle:"
        )
        draw_opened(page, told)
        return
    with answer:
        draw_answer(problems, notices)
    if structure is not None and problems:
        draw_letter(page, structure, problems)
    draw_mends(page, told)
    draw_list(page, problems, notices)


page = open_page("Qualité des données")
draw_quality(page)
