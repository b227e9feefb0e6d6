"""One point to mend: where it is, what stands there, what was expected, and every way to mend it."""

import streamlit as st

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.attendance import Attendance
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.quality_register import advice, title_of
from pdn.domain.session import Session
from pdn.domain.settings import Parameter
from pdn.domain.workbooks import record_type_of
from pdn.schema import Dataset, Problem, Record
from pdn.schema.ids import is_provisional
from pdn.ui.card import draw_edit
from pdn.ui.figures import draw_facts
from pdn.ui.navigation import BY_SLUG, RECORD_PAGES, record_link
from pdn.ui.opened import close_record
from pdn.ui.page import Page
from pdn.ui.quality_mend import draw_mend
from pdn.ui.text import md

POINT = "point"
"""The parameter of the address that names the opened point."""


def draw_detail(page: Page, problem: Problem) -> None:
    """Draw an opened point."""
    record = record_of(problem, page.data)
    with st.container(border=True):
        st.header(md(problem.address))
        st.markdown(md(problem.message))
        draw_facts(
            [
                ("Nature", md(problem.kind)),
                ("Fiche", md(title_of(problem, page.data))),
                ("Ce qui se trouve là", md(problem.found) or "*rien*"),
                ("Colonne", md(problem.header)),
                ("Que faire", md(advice(problem))),
            ],
            columns=1,
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            draw_mend(page, problem)
            if record is not None and not isinstance(record, Parameter) and not is_provisional(record.id):
                draw_edit(page, record)
            where = page.snapshot.link_to(problem)
            if where:
                st.link_button("Ouvrir la cellule", where, icon=":material/open_in_new:")
            _draw_home(record, page.data)
            st.button(
                "Fermer", icon=":material/close:", type="tertiary", key="fermer-le-point", on_click=close_record,
                args=(POINT,),
            )  # fmt: skip


def record_of(problem: Problem, data: Dataset) -> Record | None:
    """The record that a problem is of; None for a whole tab or column."""
    return data.get(record_type_of(problem.table), problem.record_id) if problem.record_id else None


def home_of(record: Record, data: Dataset) -> Record | None:
    """The record whose page shows this one: itself, or the one that it belongs to; None where no page does."""
    match record:
        case OnlineProfile():
            return data.get(Promeneur, record.promeneur_id)
        case Amendment():
            return data.get(Agreement, record.agreement_id)
        case Attendance():
            return data.get(Session, record.session_id)
        case _:
            return record if record.table.key in RECORD_PAGES else None


def _draw_home(record: Record | None, data: Dataset) -> None:
    home = home_of(record, data) if record is not None else None
    if home is not None:
        record_link(home, f"Voir la fiche «\u00a0{md(home.title)}\u00a0»")
    elif isinstance(record, Parameter):
        screen = BY_SLUG["parametres"]
        st.page_link(screen.path, label="Voir les réglages", icon=screen.icon)
