"""The raw tabs on screen: which one, its grid, and what is done there, past all care of the application."""

from collections.abc import Sequence

import streamlit as st

from pdn.domain.workbooks import RECORD_TYPES
from pdn.french import fold
from pdn.sheets import ErrorKind, SheetsError
from pdn.sheets.book import Tab
from pdn.sheets.raw import PAGE_ROWS, RawWorkbook
from pdn.ui.figures import link
from pdn.ui.grid_actions import pending, perform
from pdn.ui.grid_reading import forget, rows, tabs
from pdn.ui.grid_view import draw_grid, sent_actions
from pdn.ui.messages import empty_state, flash
from pdn.ui.navigation import BY_SLUG
from pdn.ui.page import Page
from pdn.ui.text import md

DONE, REFUSED, TITLE = "feuilles-fait", "feuilles-refus", "feuilles-titre"
REFUSALS = {
    "already exists": "Un autre onglet porte déjà ce nom.",
    "delete all": "Il doit rester au moins une ligne et une colonne.",
    "all non-frozen": "Il doit rester une ligne sous l’en-tête.",
    "exceeds grid limits": "L’onglet a changé de taille entre-temps. Recommencez.",
    "Unable to parse range": "L’onglet a changé de nom entre-temps. Recommencez.",
}
"""What a spreadsheet answers, and how it is told."""

OURS = {fold(record_type.table.tab) for record_type in RECORD_TYPES}


def draw_raw_tabs(page: Page) -> None:
    """Draw a tab of a workbook as a grid to be edited, and what leads to another."""
    st.info(
        "Comme dans Google Sheets\u00a0: rien n’est vérifié ici. Modifiez, triez, déplacez, collez comme le ferait une "
        "structure dans sa feuille, puis regardez ce que l’application en comprend.",
        icon=":material/table_view:",
    )
    try:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            book = _draw_workbooks(page)
            found = tabs(page, book)
            tab = _draw_tabs(found)
            if tab is None:
                empty_state("Ce classeur n’a aucun onglet.")
                return
            first = _draw_parts(tab)
            _draw_rename(book, tab)
            st.button(
                "Relire les feuilles", icon=":material/refresh:", on_click=_read_again, args=(page,),
                help="L’application lit ce qui a été saisi ici sans attendre la prochaine lecture.",
            )  # fmt: skip
        _draw_refusals()
        read = rows(page, book, tab, first)
    except SheetsError as error:
        forget()
        st.error(error.message, icon=":material/cloud_off:")
        st.button("Réessayer", icon=":material/refresh:", key="reessayer")
        return
    draw_grid(
        book.key, tab, read, first=first, done=st.session_state.get(DONE, 0), on_actions=lambda: _apply(page)
    )  # fmt: skip
    _draw_advice()


def draw_elsewhere(page: Page) -> None:
    """Say that the sheets are on Google Sheets, and lead there."""
    st.info(
        "Les feuilles sont sur Google Sheets\u00a0: c’est là qu’elles se modifient à la main.",
        icon=":material/table_view:",
    )
    for workbook in page.store.workbooks:
        if where := page.snapshot.link_to(workbook.records[0]):
            st.markdown(link(f"Ouvrir la feuille {workbook.title}", where))


def _draw_workbooks(page: Page) -> RawWorkbook:
    """The choice of a workbook, kept in the address by its key."""
    books = {book.workbooks[0].key: book for book in page.store.books}
    given = st.query_params.get("classeur", "")
    # A bound widget would put the title in the address, which other pages do not know.
    chosen = st.segmented_control(
        "Classeur", list(books), default=given if given in books else next(iter(books)), required=True,
        key="feuilles-classeur", format_func=lambda key: books[key].title,
    )  # fmt: skip
    st.query_params["classeur"] = chosen
    return RawWorkbook(books[chosen])


def _draw_tabs(found: Sequence[Tab]) -> Tab | None:
    """The choice of a tab, in the order of the workbook: the first of ours where none is chosen."""
    titles = [tab.title for tab in found]
    start = next((index for index, title in enumerate(titles) if fold(title) in OURS), 0)
    chosen = st.selectbox(
        "Onglet", titles, start if titles else None, key="onglet", bind="query-params", placeholder="Aucun onglet",
        width=220,
    )  # fmt: skip
    return next((tab for tab in found if tab.title == chosen), None)


def _draw_parts(tab: Tab) -> int:
    """The choice of a page of rows where there are several; the index of its first row."""
    starts = list(range(0, tab.rows, PAGE_ROWS))
    if len(starts) < 2:  # noqa: PLR2004 - nothing to choose
        return 0
    chosen = st.selectbox(
        "À partir de la ligne", [start + 1 for start in starts], key="ligne", bind="query-params", placeholder="",
        format_func=str, width=160, help=f"{PAGE_ROWS} lignes sont montrées à la fois.",
    )  # fmt: skip
    return int(chosen) - 1


def _draw_rename(book: RawWorkbook, tab: Tab) -> None:
    """The form that gives the tab another title."""
    with st.popover("Renommer l’onglet", icon=":material/edit:"):
        st.text_input("Nom de l’onglet", tab.title, key=f"{TITLE}-{tab.sheet_id}", placeholder="Nom de l’onglet")
        st.button("Renommer", key="renommer", type="primary", on_click=_rename, args=(book, tab))


def _rename(book: RawWorkbook, tab: Tab) -> None:
    title = st.session_state[f"{TITLE}-{tab.sheet_id}"].strip()
    try:
        book.rename(tab, title)
    except SheetsError as error:
        _refuse(error)
    else:
        st.session_state["onglet"] = title
    forget()


def _apply(page: Page) -> None:
    """Make what was done in the grid, each action once, in order; one that is refused does not stop the next."""
    for action in pending(sent_actions(), st.session_state.get(DONE, 0)):
        st.session_state[DONE] = action["number"]
        book = next(RawWorkbook(book) for book in page.store.books if book.key == action["book"])
        try:
            forget(sizes=perform(action, book, _tab_of(tabs(page, book), action["sheet"])))
        except SheetsError as error:
            forget()
            _refuse(error)


def _tab_of(found: Sequence[Tab], sheet_id: int) -> Tab:
    for tab in found:
        if tab.sheet_id == sheet_id:
            return tab
    raise SheetsError(ErrorKind.TAB_MISSING, "Cet onglet n’existe plus.")


def _refuse(error: SheetsError) -> None:
    """Keep why the sheet refused for the drawing that follows: its own words, in French where they are known."""
    told = next((french for words, french in REFUSALS.items() if words in error.detail), error.message)
    st.session_state.setdefault(REFUSED, []).append(told)


def _draw_refusals() -> None:
    for refusal in st.session_state.pop(REFUSED, ()):
        st.error(md(refusal), icon=":material/block:")


def _read_again(page: Page) -> None:
    """Have the application read the sheets now, as it does by itself twice a minute."""
    forget()
    try:
        read = page.store.refresh()
    except SheetsError as error:
        _refuse(error)
        return
    if read.error is None:
        flash("L’application a relu les feuilles.")


def _draw_advice() -> None:
    """How to type in the grid, and where to see what the application makes of it."""
    st.caption(
        "Cliquez sur une cellule et tapez\u00a0; double-clic ou Entrée pour corriger ce qu’elle contient, Suppr pour "
        "la vider, Ctrl+C et Ctrl+V pour copier et coller, Maj pour étendre la sélection, Alt+Entrée pour aller à la "
        "ligne dans la cellule. Un clic sur un numéro ou une lettre choisit toute la ligne ou toute la colonne."
    )
    st.caption(
        "L’application relit les feuilles toutes les trente secondes, ou quand vous le demandez. Ce qui a changé ici "
        "est alors dans le journal, vue «\u00a0Dans la feuille\u00a0»\u00a0; ce qui n’a pas été compris, dans la "
        "qualité des données."
    )
    journal, quality = BY_SLUG["journal"], BY_SLUG["qualite"]
    with st.container(horizontal=True):
        st.page_link(
            journal.path, label=journal.title, icon=journal.icon, query_params={"vue": "Dans la feuille"}
        )  # fmt: skip
        st.page_link(quality.path, label=quality.title, icon=quality.icon)
