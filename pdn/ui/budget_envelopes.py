"""Both envelopes side by side: gauges, what is left, the curve of the year and where it leads (R43–R45)."""

from collections.abc import Sequence

import streamlit as st

from pdn.domain.budget_line import Strand
from pdn.domain.consumption import Consumption, Level
from pdn.domain.envelope import Envelope
from pdn.domain.finding import Finding
from pdn.domain.forecast import METHOD, Forecast, forecast
from pdn.french import euros, percent
from pdn.ui.budget_charts import curve_chart, curve_text
from pdn.ui.charts import draw_chart
from pdn.ui.figures import badge, draw_gauge
from pdn.ui.forms import open_form
from pdn.ui.messages import empty_state
from pdn.ui.page import Page
from pdn.ui.tables import Row, draw_exports, draw_table
from pdn.ui.text import md


def draw_envelopes(page: Page, year: int) -> None:
    """Both strands side by side, each against its own envelope: gauges, curve, forecast."""
    found = [forecast(page.data, page.settings, year, strand, page.today) for strand in Strand]
    if all(each.consumption.is_empty for each in found):
        empty_state(
            f"Rien n’est encore saisi pour {year}. Ajoutez une dépense ou une ligne du prévisionnel, "
            "ou remplissez l’onglet «\u00a0Budget\u00a0» de la feuille.",
            ":material/savings:",
        )
    for place, each in zip(st.columns(len(found), gap="medium"), found, strict=True):
        with place, st.container(border=True, height="stretch"):
            draw_envelope(page, each)
    st.header(f"Le réalisé au fil de {year}")
    for place, each in zip(st.columns(len(found), gap="medium"), found, strict=True):
        with place, st.container(border=True, height="stretch"):
            draw_curve(each)
    st.caption(f"**Comment se lit la prévision.** {METHOD} Rien ne passe d’une enveloppe à l’autre.")
    with st.expander("Les chiffres des courbes", icon=":material/table:"):
        rows = [row for each in found for row in curve_rows(each)]
        if rows:
            draw_exports(page, f"Courbe du budget {year}", rows)
            draw_table(rows, "table-courbe", alt=f"Réalisé cumulé et prévision de {year}")
        else:
            st.write("Aucun montant réalisé et daté pour l’instant.")


def draw_envelope(page: Page, found: Forecast) -> None:
    """One strand: how it stands, and how its envelope was prorated."""
    known = found.consumption
    st.header(f"Volet {known.strand.value}")
    if known.funded.last is None and known.is_empty:
        empty_state(f"Ce volet n’est pas financé en {known.year}.", ":material/event_busy:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if known.level is not None:
            badge(known.level)
        if known.envelope is None:
            st.markdown("**Enveloppe non renseignée**")
        else:
            st.markdown(f"Enveloppe {known.year}\u00a0: **{euros(known.envelope)}** ({prorated_text(known)})")
    if known.envelope is None and st.button(
        "Renseigner l’enveloppe", icon=":material/add:", key=f"enveloppe-{known.strand.name}"
    ):
        open_form(page, Envelope(year=known.year, strand=known.strand))
    draw_gauges(known)
    draw_available(page, known)
    draw_findings((*known.findings, *found.findings))


def draw_curve(found: Forecast) -> None:
    """One strand's curve and where it leads."""
    known = found.consumption
    st.markdown(f"**Volet {known.strand.value}** · {found.sentence}")
    if known.envelope or not known.is_empty:
        draw_chart(curve_chart(found), curve_text(found), f"courbe-{known.strand.name}")


def prorated_text(known: Consumption) -> str:
    """How the envelope was prorated: « 3 mois sur 12, depuis le 1er octobre 2018, d’un plafond de 20 000 € »."""
    told = known.funded.describe()
    if known.funded.is_whole or not known.envelope:
        return told
    return f"{told}, d’un plafond annuel de {euros(known.ceiling, cents=False)}"


def draw_gauges(known: Consumption) -> None:
    """What is planned, due and spent, on one scale: the envelope."""
    left = f", dont {euros(known.to_pay)} à payer" if known.to_pay else ""
    gauges = (
        ("Prévu", known.planned, ""),
        ("Engagé, payé ou à payer", known.due, left),
        ("Réalisé", known.spent, ""),
    )
    for name, amount, more in gauges:
        share = amount / known.envelope if known.envelope else None
        told = "" if share is None else f" · {percent(share)}"
        draw_gauge(name, None if share is None else float(share), f"{euros(amount)}{told}{more}")


def draw_available(page: Page, known: Consumption) -> None:
    """What can still be committed, with the threshold that was reached."""
    if known.available is None:
        return
    if known.available < 0:
        once = ", une fois payé ce qui est engagé" if known.to_pay else ""
        st.error(f"**{euros(-known.available)} au-delà de l’enveloppe**{once}.", icon=":material/error:")
        return
    left = f"Encore disponible, engagements déduits\u00a0: **{euros(known.available)}**."
    if known.level is Level.OK:
        st.markdown(left)
        return
    threshold, draw = (
        (f"seuil d’alerte, {page.settings.budget_alert_percent}\u00a0%", st.error)
        if known.level is Level.OVER
        else (f"seuil d’attention, {page.settings.budget_warning_percent}\u00a0%", st.warning)
    )
    draw(f"{left} {percent(known.due_share)} sont payés ou à payer ({threshold}).", icon=":material/visibility:")


def draw_findings(findings: Sequence[Finding]) -> None:
    """What is missing or doubtful in the figures above."""
    for finding in findings:
        st.warning(md(finding.message), icon=":material/help:")


def curve_rows(found: Forecast) -> list[Row]:
    """The points of a strand's curve, then of its forecast."""
    kinds = (("Réalisé cumulé", found.curve), ("Prévision", found.projection[1:]))
    return [
        {"Volet": found.consumption.strand.value, "Date": point.on, "Courbe": name, "Montant": point.amount}
        for name, points in kinds
        for point in points
    ]
