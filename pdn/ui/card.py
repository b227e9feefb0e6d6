"""What every record's card has: its actions, its problems, its contacts as links."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pdn.domain.archives import archived_around, archived_on, name_of, told_fields
from pdn.french import day
from pdn.schema import Record
from pdn.ui.figures import badge, draw_facts, link
from pdn.ui.forms import open_form
from pdn.ui.history import draw_history
from pdn.ui.opened import close_record, draw_back, draw_unknown
from pdn.ui.page import Page
from pdn.ui.saving import Change, save_and_rerun
from pdn.ui.text import md

ARCHIVING = "La fiche quitte les listes ; elle reste dans la feuille et dans les comptes des années passées."


def phone_link(record: Record, field: str = "phone") -> str:
    """A telephone number of a record that a telephone can dial; empty where there is none."""
    value = getattr(record, field)
    return link(record.table.by_field[field].kind.show(value), f"tel:{value}") if value else ""


def mail_link(address: str) -> str:
    """An address that opens a mail program; empty where there is none."""
    return link(address, f"mailto:{address}") if address else ""


def shown(record: Record, field: str) -> str:
    """A field as its kind shows it, harmless as Markdown."""
    return md(record.table.by_field[field].kind.show(getattr(record, field)))


def draw_edit(page: Page, record: Record, fields: Sequence[str] | None = None, label: str = "Modifier") -> None:
    """Draw the button that opens the record's form."""
    if st.button(label, icon=":material/edit:", key=f"edit-{record.id}"):
        open_form(page, record, before=record, fields=fields)


def draw_archive(page: Page, record: Record, parameter: str = "") -> None:
    """Draw the button that puts a record away, once the person has confirmed; its card closes."""
    with st.popover("Archiver", icon=":material/archive:"):
        st.write(ARCHIVING)
        if st.button("Archiver cette fiche", key=f"archive-{record.id}"):
            if parameter:
                close_record(parameter)
            put_away: dict[str, Any] = {"archived_on": page.today}
            done = "archivée" if record.table.feminine else "archivé"
            change = Change(replace(record, **put_away), before=record)
            save_and_rerun(page, [change], f"« {record.title} » est {done}.")


def draw_missing(page: Page, record: Record | None, parameter: str, label: str) -> None:
    """What a link opens to no card: an archived record with the way to bring it back, or nothing that is known."""
    if record is not None and record.archived:
        draw_archived(page, record, parameter, label)
    else:
        draw_unknown(parameter, label)


def draw_archived(page: Page, record: Record, parameter: str, label: str) -> None:
    """The card of an archived record: when it was put away, the way to bring it back, what it holds.

    Args:
        page: The page.
        record: The record.
        parameter: The parameter of the address that opened it.
        label: The label of the way back.
    """
    name = name_of(record, page.data)
    archived = "archivée" if record.table.feminine else "archivé"
    draw_back(parameter, label)
    st.header(md(name))
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(archived)
        since = day(archived_on(record))
        st.markdown(f"{archived.capitalize()} le {since}\u00a0: hors des listes, mais toujours dans la feuille.")
    with st.container(horizontal=True):
        if st.button("Remettre", icon=":material/unarchive:", type="primary", key=f"restore-{record.id}"):
            back: dict[str, Any] = {"archived_on": None}
            save_and_rerun(
                page,
                [Change(replace(record, **back), before=record)],
                f"«\u00a0{name}\u00a0» est de nouveau dans les listes.",
            )
        draw_history(page, record)
    for other in archived_around(record, page.data):
        noun = other.table.singular.capitalize()
        st.caption(f"{noun} «\u00a0{md(name_of(other, page.data))}\u00a0» est aussi dans les archives.")
    draw_facts([(header, md(value)) for header, value in told_fields(record, page.data)])


def draw_problems(page: Page, record: Record) -> None:
    """Draw what could not be read of a record, each with its address in the sheet."""
    for problem in page.problems_of(record):
        where = page.snapshot.link_to(problem)
        place = link(problem.address, where) if where else md(problem.address)
        st.warning(f"{md(problem.message)} {md(problem.mend)} ({place})", icon=":material/report:")
