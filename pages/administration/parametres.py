"""Paramètres: what changes from one département to the next, envelopes, institutions and coordinators."""

from collections.abc import Callable, Sequence

import streamlit as st

from pdn.domain.envelope import Envelope
from pdn.domain.settings import Coordinator, Institution, Parameter
from pdn.domain.settings_edit import setting_groups
from pdn.domain.settings_rules import check_settings
from pdn.french import plural
from pdn.schema import Column, Problem, Record
from pdn.ui.card import draw_archive, draw_edit, draw_missing, draw_problems, shown
from pdn.ui.figures import draw_facts, link
from pdn.ui.forms import open_form
from pdn.ui.history import draw_history
from pdn.ui.messages import empty_state
from pdn.ui.opened import draw_back, draw_views, open_record, opened
from pdn.ui.page import Page, open_page
from pdn.ui.settings_form import open_settings_form
from pdn.ui.sheets_panel import draw_sharing
from pdn.ui.tables import Row, draw_list_head, draw_table
from pdn.ui.text import md

VIEWS = ("Réglages", "Enveloppes", "Institutions", "Coordinateurs", "Partage")
BACK = "Retour aux paramètres"
CARDS: dict[str, type[Record]] = {"enveloppe": Envelope, "institution": Institution, "coordinateur": Coordinator}
"""Which parameter of the address opens a record of which table."""


def draw_settings(page: Page) -> None:
    """Every setting under its heading, each heading with its form."""
    for finding in check_settings(page.settings):
        st.warning(md(finding.message), icon=":material/warning:")
    problems = {problem.record_id: problem for problem in page.settings_problems}
    for heading, columns in setting_groups().items():
        with st.container(border=True):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.header(heading, width="content")
                if st.button("Modifier", icon=":material/edit:", key=f"modifier-{columns[0].field}"):
                    open_settings_form(page, heading, columns)
            draw_facts([(column.header, setting_text(page, column)) for column in columns])
            for column in columns:
                if column.field in problems:
                    draw_problem(page, problems[column.field])


def setting_text(page: Page, declared: Column) -> str:
    """A setting's value in French, with where it comes from when nobody chose it."""
    value = getattr(page.settings, declared.field)
    if value == declared.kind.blank:
        return "*non renseigné*"
    row = page.data.get(Parameter, declared.field)
    chosen = row is not None and declared.kind.parse(row.value) == value
    text = md(declared.kind.show(value))
    return text if chosen else f"{text} *(par défaut)*"


def draw_problem(page: Page, problem: Problem) -> None:
    """A setting that could not be read, beside it, with its cell."""
    where = page.snapshot.link_to(problem)
    place = link(problem.address, where) if where else md(problem.address)
    found = f"«\u00a0{md(problem.found)}\u00a0» n’a pas été compris. "
    st.warning(f"{found}{md(problem.message)} {md(problem.mend)} ({place})", icon=":material/report:")


def draw_records(
    page: Page,
    records: Sequence[Record],
    fields: Sequence[str],
    draft: Record,
    *,
    parameter: str,
    add: str,
    advice: str,
) -> None:
    """A list of records: a click opens a card; the button adds one.

    Args:
        page: The page.
        records: What is listed.
        fields: The fields that are its columns.
        draft: What a new record begins with.
        parameter: The parameter of the address that opens a card.
        add: The button's label.
        advice: What is said while there is none.
    """
    table = draft.table
    rows: list[Row] = [
        {table.by_field[field].header: table.by_field[field].kind.show(getattr(record, field)) for field in fields}
        for record in records
    ]
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, table.tab, rows, len(rows), (table.singular, table.plural))
        if st.button(add, icon=":material/add:", type="primary", key=f"ajouter-{table.key}"):
            open_form(page, draft)
    if not rows:
        empty_state(advice)
        return
    draw_table(
        rows, f"table-{table.key}", alt=f"Liste\u00a0: {table.plural}",
        on_open=lambda index: open_record(parameter, records[index].id),
    )  # fmt: skip


def draw_card(page: Page, parameter: str, record: Record) -> None:
    """One envelope, institution or coordinator."""
    draw_back(parameter, BACK)
    st.header(md(card_title(record)))
    with st.container(horizontal=True):
        draw_edit(page, record)
        if record.table.archivable:
            draw_archive(page, record, parameter)
        draw_history(page, record)
    draw_problems(page, record)
    hidden = {"id", "label", "archived_on"}
    draw_facts(
        [(column.header, shown(record, column.field)) for column in record.table.columns if column.field not in hidden]
    )


def card_title(record: Record) -> str:
    """How a card is headed: an envelope has no name of its own."""
    if isinstance(record, Envelope):
        return f"Enveloppe {record.year or ''} · {record.strand or 'sans volet'}"
    return record.title


def draw_envelopes(page: Page) -> None:
    """The ceilings, the latest year first."""
    found = sorted(page.data.live(Envelope), key=lambda row: (-(row.year or 0), str(row.strand or "")))
    draw_records(
        page, found, ("year", "strand", "amount", "notes"), Envelope(year=page.today.year),
        parameter="enveloppe", add="Ajouter une enveloppe",
        advice="Aucune enveloppe pour l’instant\u00a0: sans elles, le budget ne se compare à rien. Ajoutez celle de "
        "chaque volet, pour une année entière\u00a0: le prorata se calcule.",
    )  # fmt: skip


def draw_institutions(page: Page) -> None:
    """Who signs, funds and steers."""
    draw_records(
        page, page.data.live(Institution), ("name", "short_name", "role", "from_on", "until_on"), Institution(),
        parameter="institution", add="Ajouter une institution",
        advice="Aucune institution pour l’instant\u00a0: ajoutez celles qui financent et pilotent.",
    )  # fmt: skip


def draw_coordinators(page: Page) -> None:
    """Who coordinates, and since when."""
    fields = ("first_name", "last_name", "email", "phone", "fte_percent", "from_on", "until_on")
    draw_records(
        page, page.data.live(Coordinator), fields, Coordinator(from_on=page.today),
        parameter="coordinateur", add="Ajouter un coordinateur",
        advice="Personne pour l’instant\u00a0: ajoutez qui tient la coordination. La supervision ne peut pas être "
        "menée par cette personne.",
    )  # fmt: skip


DRAWERS: dict[str, Callable[[Page], None]] = dict(
    zip(VIEWS, (draw_settings, draw_envelopes, draw_institutions, draw_coordinators, draw_sharing), strict=True)
)


def draw_overview(page: Page) -> None:
    """Everything but an opened card: one of the five views."""
    wrong = len(page.settings_problems)
    if wrong:
        st.warning(
            f"{wrong} {plural(wrong, 'réglage')} de la feuille "
            f"{plural(wrong, 'n’a pas été compris', 'n’ont pas été compris')}\u00a0: "
            "la valeur par défaut en tient lieu, voyez ci-dessous.",
            icon=":material/report:",
        )
    DRAWERS[draw_views(VIEWS)](page)


page = open_page("Paramètres")
for parameter, record_type in CARDS.items():
    if record_id := opened(parameter):
        record = page.data.get(record_type, record_id)
        if record is None or record.archived:
            draw_missing(page, record, parameter, BACK)
        else:
            draw_card(page, parameter, record)
        break
else:
    draw_overview(page)
