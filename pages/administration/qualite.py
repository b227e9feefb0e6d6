"""Qualité des données: what in the sheets is to mend, as a list to work through (R25)."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from pdn.domain.quality import is_doubt, to_mend
from pdn.domain.quality_register import QualityFilters, code_of, coded, matching, tally
from pdn.domain.structure import Structure
from pdn.domain.workbooks import RECORD_TYPES
from pdn.french import NBSP, count, number, sort_key
from pdn.schema import Problem, ProblemKind
from pdn.schema.problem import NOTICES
from pdn.ui.messages import empty_state
from pdn.ui.opened import close_record, open_record, opened
from pdn.ui.page import Page, open_page
from pdn.ui.quality_detail import POINT, draw_detail
from pdn.ui.quality_letter import draw_letter
from pdn.ui.quality_mend import draw_mends, is_certain
from pdn.ui.tables import Row, draw_filter, draw_list_head, draw_search, draw_table

TAB, KIND, STRUCTURE, HARMONISE = "onglet", "nature", "structure", "harmoniser"
"""The parameters of the address that narrow the list."""

ALL_WELL = f"Tout est compris{NBSP}: rien à corriger."
WIDTHS = {"Adresse": "medium", "Nature": "medium", "Problème": "large", "Que faire": "large", "Lien": "small"}


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


def draw_tallies(problems: Sequence[Problem]) -> None:
    """How many points by tab and by nature; a click on a line narrows the list to it."""
    by_tab, by_kind = tally(problems, lambda one: one.tab), tally(problems, lambda one: one.kind)
    left, right = st.columns(2, gap="medium")
    for place, header, key, counted in ((left, "Onglet", TAB, by_tab), (right, "Nature", KIND, by_kind)):
        rows: list[Row] = [{header: name, "Points": points} for name, points in counted]
        with place:
            draw_table(
                rows, f"table-{key}-{len(problems)}", alt=f"Points par {header.lower()}",
                on_open=lambda index, key=key, counted=counted: narrow(key, counted[index][0]),
            )  # fmt: skip


def narrow(parameter: str, value: str) -> None:
    """Set a filter, as if its box had been used."""
    st.session_state[parameter] = value


def draw_filters(page: Page) -> QualityFilters:
    """The search and the filters, which the page's address keeps."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = draw_search("Adresse, contenu, problème…")
        titles = structure_titles(page)
        structure = draw_filter("Structure", list(titles), STRUCTURE, titles)
        with st.popover("Filtres", icon=":material/filter_list:"):
            tab = draw_filter("Onglet", tab_titles(page), TAB)
            kind = draw_filter("Nature", [str(kind) for kind in ProblemKind], KIND)
    return QualityFilters(tab=tab, kind=kind, structure_id=structure, text=text)


def tab_titles(page: Page) -> list[str]:
    """The titles of the tabs, as they are in the spreadsheets."""
    readings = [page.data.reading(record_type) for record_type in RECORD_TYPES]
    return [reading.title for reading in readings if reading is not None]


def structure_titles(page: Page) -> dict[str, str]:
    """What each structure is called, in the order of a dictionary, with its id where two have one name."""
    structures = sorted(page.data.live(Structure), key=lambda found: sort_key(found.title))
    counts = Counter(found.title for found in structures)
    return {found.id: f"{found.title} ({found.id})" if counts[found.title] > 1 else found.title for found in structures}


def draw_list(page: Page, kept: Sequence[Problem], total: int) -> None:
    """The points, each with the way to its cell; a click opens one."""
    rows = [row_of(page, problem) for problem in kept]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, "À corriger", rows, total, ("point", "points"))
    if not rows:
        empty_state(f"Rien ne correspond{NBSP}: retirez un filtre ou un mot.", ":material/search_off:")
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
        "Nature": str(problem.kind),
        "Ce qui se trouve là": problem.found,
        "Problème": problem.message,
        "Que faire": problem.mend,
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
        st.info("Ce point n’est plus dans la liste : il a été corrigé.", icon=":material/check_circle:")
        return
    draw_detail(page, problem)


def draw_quality(page: Page) -> None:
    """Everything."""
    problems, notices = to_mend(page.data, page.settings, page.today), page.data.notices
    told = (*problems, *notices)
    if not told:
        empty_state(ALL_WELL, ":material/check_circle:")
        draw_opened(page, told)
        return
    draw_answer(problems, notices)
    draw_mends(page, told)
    st.header("Liste")
    filters = draw_filters(page)
    with_notices = filters.kind in NOTICES
    if notices:
        with_notices |= st.toggle(
            "Afficher aussi les écritures à harmoniser", key=HARMONISE, bind="query-params", persist_state="session"
        )
    listed = told if with_notices else problems
    draw_tallies(listed)
    kept = matching(listed, filters, page.data)
    structure = page.data.get(Structure, filters.structure_id)
    if structure is not None and kept:
        draw_letter(page, structure, kept)
    draw_opened(page, told)
    draw_list(page, kept, len(listed))


page = open_page("Qualité des données")
draw_quality(page)
