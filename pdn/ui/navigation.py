"""The pages, in the order of the menu, and the addresses of records."""

from dataclasses import dataclass

import streamlit as st

from pdn.schema import Record
from pdn.ui.store import local


@dataclass(frozen=True, slots=True)
class Screen:
    """A page of the menu.

    Attributes:
        path: Its module.
        slug: Its address.
        title: Its name in the menu.
        icon: Its icon.
        embedded_only: Whether it is of use on a workbook of this machine alone.
    """

    path: str
    slug: str
    title: str
    icon: str
    embedded_only: bool = False


SCREENS = (
    Screen("pages/aujourdhui/tableau_de_bord.py", "tableau-de-bord", "Tableau de bord", ":material/dashboard:"),
    Screen("pages/reseau/annuaire.py", "annuaire", "Annuaire", ":material/contacts:"),
    Screen("pages/reseau/conventions.py", "conventions", "Conventions", ":material/handshake:"),
    Screen("pages/pilotage/deploiement.py", "deploiement", "Déploiement", ":material/trending_up:"),
    Screen(
        "pages/accompagnement/formation_supervision.py", "formation", "Formation et supervision", ":material/school:"
    ),
    Screen("pages/pilotage/budget.py", "budget", "Budget", ":material/euro:"),
    Screen("pages/administration/qualite.py", "qualite", "Qualité des données", ":material/fact_check:"),
    Screen("pages/administration/journal.py", "journal", "Journal", ":material/history:"),
    Screen("pages/administration/importer.py", "importer", "Import", ":material/upload_file:"),
    Screen("pages/administration/feuilles.py", "feuilles", "Feuilles", ":material/table_view:", embedded_only=True),
    Screen("pages/administration/parametres.py", "parametres", "Paramètres", ":material/settings:"),
)
BY_SLUG = {screen.slug: screen for screen in SCREENS}

RECORD_PAGES = {
    "structure": ("annuaire", "structure"),
    "promeneur": ("annuaire", "promeneur"),
    "agreement": ("conventions", "convention"),
    "phase": ("deploiement", "phase"),
    "milestone": ("deploiement", "jalon"),
    "session": ("formation", "seance"),
    "budget_line": ("budget", "ligne"),
    "envelope": ("parametres", "enveloppe"),
    "institution": ("parametres", "institution"),
    "coordinator": ("parametres", "coordinateur"),
}
"""Which page opens a record of a table, and with which parameter of its address."""


def pages() -> list["st.Page"]:
    """The pages for `st.navigation`, a flat list: named sections would break the menu's list for screen readers."""
    return [
        st.Page(screen.path, title=screen.title, icon=screen.icon, url_path=screen.slug, default=index == 0)
        for index, screen in enumerate(SCREENS)
        if local() or not screen.embedded_only
    ]


def record_query(record: Record) -> tuple[Screen, dict[str, str]]:
    """The page that opens a record and the query that names it.

    Raises:
        KeyError: no page opens records of that table.
    """
    slug, parameter = RECORD_PAGES[record.table.key]
    return BY_SLUG[slug], {parameter: record.id}


def record_link(record: Record, label: str | None = None) -> None:
    """Draw a link that opens a record on its page."""
    screen, query = record_query(record)
    st.page_link(screen.path, label=label or record.title, icon=screen.icon, query_params=query)
