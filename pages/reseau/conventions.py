"""Conventions: the funnel, the registry, its timeline, what ends soon, one card each (R5, R26)."""

from collections.abc import Sequence

import streamlit as st

from pdn.domain.agreement import Agreement, AgreementStatus
from pdn.domain.agreement_registry import (
    AgreementEntry,
    AgreementFilters,
    agreement_entries,
    agreement_figures,
    matching_agreements,
)
from pdn.domain.agreement_status import IN_FORCE, expiring, lapsed
from pdn.domain.agreement_timeline import timeline
from pdn.domain.funnel import FunnelStep, funnel_counts, structures_by_step
from pdn.domain.renewal import agreement_draft, months_later
from pdn.domain.structure import Structure
from pdn.french import NBSP, count, day, number, plural, sort_key
from pdn.ui.agreement_card import BACK, NEW_FIELDS, draw_card, draw_open, draw_renewal, remaining
from pdn.ui.agreement_charts import funnel_chart, timeline_chart
from pdn.ui.card import draw_missing
from pdn.ui.charts import draw_chart
from pdn.ui.figures import Figure, badge, draw_figures, signed
from pdn.ui.forms import open_form
from pdn.ui.messages import empty_state
from pdn.ui.navigation import record_query
from pdn.ui.opened import draw_views, open_record, opened
from pdn.ui.page import Page, open_page
from pdn.ui.tables import Row, draw_exports, draw_filter, draw_list_head, draw_search, draw_table
from pdn.ui.text import md

VIEWS = ("Registre", "Frise", "Échéances")
HORIZONS = {"30 jours": 30, "90 jours": 90, "180 jours": 180, "1 an": 365}
"""The days that each choice stands for; the address keeps its words."""

WANTED_STRUCTURE = "conventions-structure"
"""Where a click on a structure of the funnel waits until the page can leave for its card."""

MOST_ON_TIMELINE = 60
"""Structures drawn at once: beyond, nobody can read the picture."""


def draw_overview(page: Page) -> None:
    """Everything but an opened card: figures, funnel, and one of the three views of the conventions."""
    entries = agreement_entries(page.data, page.settings, page.today)
    figures = agreement_figures(entries)
    draw_figures(
        [
            Figure("Structures conventionnées", number(figures.structures), help="Une convention y est en vigueur."),
            Figure("Conventions en vigueur", number(figures.in_force), help="Celles à renouveler comprises."),
            Figure(
                "À renouveler", number(figures.to_renew),
                help=f"La fin approche (préavis{NBSP}: {count(page.settings.notice_days or 0, 'jour')}) "
                "et aucun renouvellement n’est signé.",
            ),
            Figure(
                "En préparation ou en signature", number(figures.pending),
                help="À préparer, en signature, ou signées mais pas encore commencées.",
            ),
        ]
    )  # fmt: skip
    draw_funnel(page, entries)
    st.header("Les conventions")
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        view = draw_views(VIEWS)
        if st.button("Nouvelle convention", icon=":material/add:", type="primary", key="nouvelle-convention"):
            draft = agreement_draft(page.settings, page.today)
            open_form(
                page, draft, title="Nouvelle convention", fields=NEW_FIELDS,
                then=lambda made: open_record("convention", made.id),
            )  # fmt: skip
    if view == VIEWS[2]:
        draw_deadlines(page, {entry.agreement.id: entry for entry in entries})
        return
    kept = draw_filters(entries)
    if not entries:
        empty_state(
            "Aucune convention pour l’instant. Ajoutez la première avec «\u00a0Nouvelle convention\u00a0», "
            "ou remplissez l’onglet «\u00a0Conventions\u00a0» de la feuille."
        )
    elif not kept:
        empty_state("Aucune convention ne correspond : retirez un filtre ou un mot.", ":material/search_off:")
    elif view == VIEWS[1]:
        draw_timeline(page, kept)
    else:
        draw_registry(page, kept, len(entries))


def draw_funnel(page: Page, entries: Sequence[AgreementEntry]) -> None:
    """How many structures stand at each step, now and a year ago, and which they are."""
    st.header("De la structure repérée à la structure conventionnée")
    groups = structures_by_step(page.data, page.today)
    if not any(groups.values()):
        empty_state("Aucune structure pour l’instant : ajoutez la première dans l’annuaire.")
        return
    counts = {step: len(structures) for step, structures in groups.items()}
    before = funnel_counts(page.data, months_later(page.today, -12))
    picture, table = st.columns([3, 2], gap="medium")
    with picture:
        words = ", ".join(f"{step}{NBSP}: {found}" for step, found in counts.items())
        draw_chart(funnel_chart(counts), f"Nombre de structures à chaque étape. {words}.", "entonnoir")
    with table:
        draw_table(
            [{"Étape": signed(step), "Aujourd’hui": counts[step], "Il y a un an": before[step]} for step in counts],
            "table-entonnoir", alt="Nombre de structures à chaque étape, aujourd’hui et il y a un an",
        )  # fmt: skip
    chosen = st.pills(
        "Voir les structures de l’étape", [step.value for step in FunnelStep], default=FunnelStep.SIGNING.value,
        key="parcours", bind="query-params",
    )  # fmt: skip
    if chosen:
        draw_step(page, FunnelStep(chosen), groups[FunnelStep(chosen)], entries)


def draw_step(page: Page, step: FunnelStep, structures: Sequence[Structure], entries: Sequence[AgreementEntry]) -> None:
    """The structures at one step; a click opens the latest convention, or the structure where there is none."""
    if not structures:
        empty_state(f"Aucune structure à l’étape «{NBSP}{step}{NBSP}».")
        return
    latest = {entry.structure.id: entry for entry in entries if entry.structure}
    ordered = sorted(structures, key=lambda structure: sort_key(structure.title))
    rows: list[Row] = [
        {
            "Structure": structure.title,
            "Commune": structure.commune,
            "Convention": entry.agreement.title if entry else "",
            "Statut": signed(entry.status) if entry else "",
            "Repérée le": structure.spotted_on,
            "Contactée le": structure.contacted_on,
            "Intéressée le": structure.interested_on,
        }
        for structure in ordered
        for entry in [latest.get(structure.id)]
    ]

    def open_row(index: int) -> None:
        structure_id = ordered[index].id
        if structure_id in latest:
            open_record("convention", latest[structure_id].agreement.id)
        else:
            st.session_state[WANTED_STRUCTURE] = structure_id

    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, f"Structures {step}", rows, len(rows), ("structure", "structures"))
    draw_table(rows, f"table-{step.name.lower()}", alt=f"Structures à l’étape {step}", on_open=open_row)


def draw_filters(entries: Sequence[AgreementEntry]) -> tuple[AgreementEntry, ...]:
    """The search and the filters of the registry and of the timeline; what they keep."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text = draw_search("Numéro, structure, commune, gestionnaire…", key="texte")
        with st.popover("Filtres", icon=":material/filter_list:"):
            titles = {entry.structure.id: entry.structure.title for entry in entries if entry.structure}
            structure = draw_filter("Structure", list(titles), "chez", titles)
            horizon = draw_filter("Finit d’ici", list(HORIZONS), "fin")
    status = st.pills(
        "Statut", [status.value for status in AgreementStatus], key="statut", bind="query-params",
        persist_state="session",
    )  # fmt: skip
    filters = AgreementFilters(
        text=text, status=status or "", structure_id=structure, horizon_days=HORIZONS.get(horizon)
    )
    return matching_agreements(entries, filters)


def registry_rows(entries: Sequence[AgreementEntry]) -> list[Row]:
    """The conventions as rows of a table or an export."""
    return [
        {
            "Numéro": entry.agreement.title,
            "Structure": entry.structure.title if entry.structure else "",
            "Statut": signed(entry.status),
            "Date d’effet": entry.starts_on,
            "Date de fin": entry.ends_on,
            "Jours restants": entry.days_left if entry.status in IN_FORCE else None,
            "Promeneurs couverts": entry.covered,
            "Montant": entry.agreement.amount,
            "Avenants": len(entry.amendments),
            "Commune": entry.structure.commune if entry.structure else "",
            "Signataire": entry.agreement.signatory or (entry.structure.managing_body if entry.structure else ""),
        }
        for entry in entries
    ]


def draw_registry(page: Page, kept: Sequence[AgreementEntry], total: int) -> None:
    """The table of the conventions; a click opens one."""
    rows = registry_rows(kept)
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_list_head(page, "Registre des conventions", rows, total, ("convention", "conventions"))
    draw_table(
        rows, "table-conventions", alt="Registre des conventions",
        on_open=lambda index: open_record("convention", kept[index].agreement.id),
    )  # fmt: skip


def draw_timeline(page: Page, kept: Sequence[AgreementEntry]) -> None:
    """The conventions as bars over the years, and the same as a table."""
    wanted = {entry.agreement.id for entry in kept}
    spans = [span for span in timeline(page.data, page.settings, page.today) if span.agreement.id in wanted]
    rows_drawn = list(dict.fromkeys(span.agreement.structure_id for span in spans))[:MOST_ON_TIMELINE]
    drawn = [span for span in spans if span.agreement.structure_id in rows_drawn]
    undated = len(kept) - len(spans)
    if undated:
        verb = plural(undated, "ne peut pas être dessinée", "ne peuvent pas être dessinées")
        st.caption(f"{count(undated, 'convention')} sans aucune date {verb}.")
    if len(drawn) < len(spans):
        st.caption(f"Les {MOST_ON_TIMELINE} premières structures sont dessinées{NBSP}: filtrez pour voir les autres.")
    if drawn:
        draw_chart(
            timeline_chart(drawn, page.data, page.today),
            f"Frise de {count(len(drawn), 'convention')} par structure, de leur date d’effet à leur fin.",
            "frise",
        )
    draw_registry(page, kept, len(kept))


def draw_deadlines(page: Page, by_id: dict[str, AgreementEntry]) -> None:
    """What ends over a chosen horizon, and what has ended with nothing after it."""
    horizon = st.segmented_control(
        "Conventions qui finissent d’ici", list(HORIZONS), default="90 jours", required=True, key="horizon",
        bind="query-params",
    )  # fmt: skip
    ending = [by_id[found.id] for found in expiring(page.data, page.settings, page.today, HORIZONS[horizon])]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{count(len(ending), 'convention')}**")
        draw_exports(page, "Échéances des conventions", registry_rows(ending), [f"fin d’ici {horizon}"])
    if not ending:
        empty_state("Aucune convention ne finit dans ce délai sans renouvellement signé.", ":material/event_available:")
    for entry in ending:
        draw_deadline(page, entry)
    over = [by_id[found.id] for found in lapsed(page.data, page.today)]
    if over:
        st.header("Déjà échues, sans suite")
        st.markdown(
            f"Leurs Promeneurs ne sont plus actifs{NBSP}: préparez le renouvellement, "
            "ou notez la sortie de la structure dans l’annuaire."
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            draw_exports(page, "Conventions échues sans suite", registry_rows(over))
        for entry in over:
            draw_deadline(page, entry)


def draw_deadline(page: Page, entry: AgreementEntry) -> None:
    """One convention that ends or has ended, and the way to its renewal."""
    agreement = entry.agreement
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        holder = entry.structure.title if entry.structure else "sans structure"
        st.markdown(
            f"**{md(agreement.title)}** · {md(holder)}  \nFin le {day(entry.ends_on)} ({remaining(entry)})",
            width="stretch",
        )
        badge(entry.status)
        draw_open(agreement, "Ouvrir", "echeance")
        draw_renewal(page, entry)


page = open_page("Conventions")
if wanted := page.data.get(Structure, st.session_state.pop(WANTED_STRUCTURE, "")):
    screen, query = record_query(wanted)
    st.switch_page(screen.path, query_params=query)
if agreement_id := opened("convention"):
    known = {entry.agreement.id: entry for entry in agreement_entries(page.data, page.settings, page.today)}
    if agreement_id in known:
        draw_card(page, known[agreement_id])
    else:
        draw_missing(page, page.data.get(Agreement, agreement_id), "convention", BACK)
else:
    draw_overview(page)
