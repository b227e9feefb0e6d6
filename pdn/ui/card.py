"""What every record's card has: its actions, its problems, its contacts as links."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from pdn.schema import Record
from pdn.ui.figures import link
from pdn.ui.forms import open_form
from pdn.ui.opened import close_record
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


def draw_problems(page: Page, record: Record) -> None:
    """Draw what could not be read of a record, each with its address in the sheet."""
    for problem in page.problems_of(record):
        where = page.snapshot.link_to(problem)
        place = link(problem.address, where) if where else md(problem.address)
        st.warning(f"{md(problem.message)} {md(problem.mend)} ({place})", icon=":material/report:")
