"""Tableau de bord: the state of the scheme at a date, and what is to be done (R1, R9, R26, R39, R43–R45)."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from pdn.domain.alerts import Alert, Urgency, alerts
from pdn.domain.consumption import Level
from pdn.domain.deployment_curve import deployment_curve
from pdn.domain.forecast import Forecast
from pdn.domain.network_meetings import NetworkMeetings
from pdn.domain.overview import Overview, overview
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.french import NBSP, count, day, euros, number, percent, plural, short_day
from pdn.ui.charts import draw_chart
from pdn.ui.deployment_charts import ACTIVE, PLANNED, curve_chart
from pdn.ui.figures import LOOKS, Figure, draw_figures, draw_gauge
from pdn.ui.messages import empty_state
from pdn.ui.navigation import BY_SLUG, RECORD_PAGES
from pdn.ui.page import Page, open_page
from pdn.ui.tables import Row, draw_exports
from pdn.ui.text import md

FIRST_SHOWN = 8
CURVE_HEIGHT = 210


def draw_state(state: Overview) -> None:
    """The figures that answer « où en est le dispositif ? »."""
    attendance, year = state.attendance, state.meetings.year
    objective, incomplete = state.objective, count(state.incomplete, "incomplet")
    draw_figures(
        [
            Figure(
                "Promeneurs actifs", number(state.active),
                f"objectif{NBSP}: {number(objective.expected)}" if objective.final else incomplete,
                "Mandat de l’employeur, convention en vigueur et charte signée. "
                f"L’objectif est celui des phases à cette date ; {number(objective.final)} à la fin.",
            ),
            Figure(
                "Structures conventionnées", number(state.agreed), f"sur {number(state.known)} repérées",
                "Une convention y est en vigueur.",
            ),
            Figure(
                "Conventions à renouveler", number(state.to_renew),
                f"dès le {short_day(state.next_end)}" if state.next_end else "aucune proche de sa fin",
                "Leur fin approche et leur suite n’est pas signée.",
            ),
            Figure(
                f"Séances en {year}", number(state.sessions_held), f"et {number(state.sessions_planned)} à venir",
                "Formations, analyses des pratiques, supervisions, rencontres et réunions.",
            ),
            Figure(
                f"Présence en {year}", percent(attendance.rate), "" if attendance.rate is None else attendance.text,
                "Présents parmi ceux dont la présence est renseignée.",
            ),
        ]
    )  # fmt: skip


def draw_budget(found: Forecast) -> None:
    """One envelope's gauge, its words, and how it stands."""
    known = found.consumption
    label = f"{known.strand.value[:1].upper()}{known.strand.value[1:]}"
    if not known.envelope:
        without = "enveloppe non renseignée" if known.envelope is None else "pas d’enveloppe cette année"
        draw_gauge(label, None, f"{euros(known.due, cents=False)}, {without}")
        return
    share = known.due_share or 0
    standing = "dépassée" if share > 1 else "" if known.level is Level.OK else str(known.level)
    words = f"{euros(known.due, cents=False)} sur {euros(known.envelope, cents=False)}"
    draw_gauge(label, float(share), f"{words} ({percent(share)}{', ' if standing else ''}{standing})")


def draw_meetings(meetings: NetworkMeetings) -> None:
    """How many of the year's departmental meetings were held, and how many are planned."""
    held, planned = len(meetings.held), len(meetings.planned)
    if not meetings.wanted:
        return
    more = f", {number(planned)} {plural(planned, 'programmée')}" if planned else ""
    words = f"{number(held)} {plural(held, 'tenue')} sur {number(meetings.wanted)}{more}"
    draw_gauge("Rencontres départementales", held / meetings.wanted, words)


def draw_progress(page: Page, state: Overview, day_shown: date) -> None:
    """The envelopes, the meetings and the curve."""
    st.header(f"Budget et rencontres {state.meetings.year}", help="Payé ou à payer, sur l’enveloppe de chaque volet.")
    for found in state.budgets:
        draw_budget(found)
    draw_meetings(state.meetings)
    st.header("Déploiement")
    points = deployment_curve(page.data, page.settings, day_shown)
    if not points:
        empty_state("Ajoutez une phase dans «\u00a0Déploiement\u00a0» pour voir le prévu et l’atteint.")
        return
    draw_chart(
        curve_chart(points, day_shown, [PLANNED, ACTIVE], CURVE_HEIGHT),
        f"Promeneurs prévus et actifs depuis le {day(points[0].day)}{NBSP}: au {day(day_shown)}, "
        f"{number(state.objective.expected)} prévus et {number(state.active)} actifs.", "courbe",
    )  # fmt: skip
    screen = BY_SLUG["deploiement"]
    st.page_link(screen.path, label="Phases, jalons et chiffres de la courbe", icon=screen.icon)


def alert_rows(found: Sequence[Alert]) -> list[Row]:
    """The alerts as rows of an export."""
    return [
        {
            "Urgence": alert.urgency.value,
            "Objet": alert.title,
            "Détail": alert.detail,
            "Date": alert.due_on,
            "Règle": alert.rule,
        }
        for alert in found
    ]


def draw_alert(alert: Alert) -> None:
    """One alert: a link to what it speaks of, its urgency, what there is to say."""
    look = LOOKS[alert.urgency.value]
    slug, query = alert.page, dict(alert.query)
    if alert.record_id:
        slug, parameter = RECORD_PAGES[alert.table]
        query = {parameter: alert.record_id}
    screen = BY_SLUG[slug]
    with st.container(gap=None):
        st.page_link(screen.path, label=f"**{md(alert.title)}**", icon=screen.icon, query_params=query)
        st.markdown(f":small[:{look.color}-badge[{look.icon} {alert.urgency.value}] {md(alert.detail)}]")


def draw_alerts(page: Page, day_shown: date) -> None:
    """« À faire », the most urgent first; the rest on demand."""
    found = alerts(page.data, page.settings, day_shown)
    counts = {urgency.value: sum(alert.urgency is urgency for alert in found) for urgency in Urgency}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("À faire", width="content")
        if found:
            st.markdown(" · ".join(f"{number(counts[urgency])} {urgency}" for urgency in counts), width="content")
        draw_exports(page, "À faire", alert_rows(found))
    if not found:
        st.success(f"Rien à signaler{NBSP}: tout est à jour.", icon=":material/check_circle:")
        return
    chosen = st.pills("Urgence", list(counts), key="urgence", bind="query-params", label_visibility="collapsed")
    kept = [alert for alert in found if chosen in {None, alert.urgency.value}]
    if not kept:
        empty_state("Aucune alerte de cette urgence.", ":material/check_circle:")
    with st.container(gap="xsmall"):
        for alert in kept[:FIRST_SHOWN]:
            draw_alert(alert)
    rest = kept[FIRST_SHOWN:]
    if rest:
        with st.expander(f"Voir {plural(len(rest), 'l’autre', f'les {number(len(rest))} autres')}"):
            for alert in rest:
                draw_alert(alert)


def draw_start() -> None:
    """What to do first with an empty workbook."""
    st.header("Bienvenue")
    st.write("Le classeur est vide. Trois étapes suffisent pour commencer :")
    settle = "Le nom du département, de la coordination, et les dates des deux volets."
    add = "Puis ses Promeneurs, ici ou directement dans la feuille."
    share = (
        "Donnez aux structures le droit de modifier le classeur «\u00a0Réseau\u00a0»\u00a0: elles y tiennent à jour "
        "leurs Promeneurs et leurs profils."
    )
    steps = (
        ("parametres", "Réglages", "1. Régler le département", settle),
        ("annuaire", "Structures", "2. Ajouter une structure", add),
        ("parametres", "Partage", "3. Partager la feuille", share),
    )
    for column, (slug, view, title, detail) in zip(st.columns(3), steps, strict=True):
        screen = BY_SLUG[slug]
        with column.container(border=True, height="stretch"):
            st.page_link(screen.path, label=f"**{title}**", icon=screen.icon, query_params={"vue": view})
            st.write(detail)


page = open_page("Tableau de bord")
if not page.data.live(Structure) and not page.data.live(Promeneur):
    draw_start()
else:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Situation au", width="content")
        day_shown = st.date_input(
            "Situation au", page.today, key="date", bind="query-params", format="DD/MM/YYYY", width=170,
            label_visibility="collapsed",
        ) or page.today  # fmt: skip
        if day_shown != page.today:
            st.markdown(f"Les chiffres et les alertes sont ceux du **{day(day_shown)}**.")
    state = overview(page.data, page.settings, day_shown)
    draw_state(state)
    progress, todo = st.columns([2, 3], gap="medium")
    with progress:
        draw_progress(page, state, day_shown)
    with todo:
        draw_alerts(page, day_shown)
