"""The pictures of the conventions: the funnel of structures (R5) and the timeline (R26)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import altair as alt
import pandas as pd

from pdn.domain.agreement import AgreementStatus
from pdn.domain.agreement_timeline import AgreementSpan
from pdn.domain.funnel import FunnelStep
from pdn.domain.structure import Structure
from pdn.french import count, day
from pdn.schema import Dataset
from pdn.ui.charts import AMBER, BLUE, GREEN, GREY, PALETTE, RED, TEAL
from pdn.ui.figures import LOOKS

STEP_COLORS = {
    FunnelStep.SPOTTED: GREY,
    FunnelStep.CONTACTED: GREY,
    FunnelStep.INTERESTED: GREY,
    FunnelStep.SIGNING: BLUE,
    FunnelStep.AGREED: TEAL,
    FunnelStep.LEFT: AMBER,
}
STATUS_COLORS = {
    AgreementStatus.TO_PREPARE: PALETTE[3],
    AgreementStatus.BEING_SIGNED: BLUE,
    AgreementStatus.UPCOMING: GREEN,
    AgreementStatus.IN_FORCE: TEAL,
    AgreementStatus.TO_RENEW: AMBER,
    AgreementStatus.EXPIRED: GREY,
    AgreementStatus.TERMINATED: RED,
}
STEP_HEIGHT, ROW_HEIGHT, AXES_HEIGHT = 41, 24, 90
LEGEND_COLUMNS = 2
"""More would be cut on a telephone."""

OPEN_END_DAYS = 365
"""How far past today a convention without an end is drawn."""


def funnel_chart(counts: Mapping[FunnelStep, int]) -> alt.LayerChart:
    """The structures at each step as bars, from the first step down to the way out."""
    rows = pd.DataFrame(
        [
            {"Étape": step.value, "Structures": found, "En clair": count(found, "structure")}
            for step, found in counts.items()
        ]
    )
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "Étape:N", sort=[step.value for step in FunnelStep], title=None,
            axis=alt.Axis(labelLimit=200, labelFontSize=13, ticks=False, domain=False),
        ),
        x=alt.X("Structures:Q", axis=None, scale=alt.Scale(domain=[0, max(*counts.values(), 1) * 1.1])),
        tooltip=[alt.Tooltip("Étape:N"), alt.Tooltip("En clair:N", title="Structures")],
    )  # fmt: skip
    colors = alt.Scale(domain=[step.value for step in STEP_COLORS], range=list(STEP_COLORS.values()))
    bars = base.mark_bar(cornerRadiusEnd=4).encode(color=alt.Color("Étape:N", scale=colors, legend=None))
    figures = base.mark_text(align="left", dx=6, fontSize=14, fontWeight="bold").encode(text="Structures:Q")
    return alt.LayerChart(layer=[bars, figures]).properties(height=STEP_HEIGHT * len(counts))


def timeline_chart(spans: Sequence[AgreementSpan], data: Dataset, today: date) -> alt.LayerChart:
    """One bar a convention, on the row of its structure, coloured and signed by its status, with the line of today."""
    horizon = max([today + timedelta(days=OPEN_END_DAYS), *(span.ends_on for span in spans if span.ends_on)])
    rows = pd.DataFrame(
        [
            {
                "Structure": data.title(Structure, span.agreement.structure_id, empty="sans structure"),
                "Convention": span.agreement.title,
                "Statut": span.status.value,
                "Signe": LOOKS[span.status].sign,
                "Début": pd.Timestamp(span.starts_on),
                "Fin": pd.Timestamp(max(span.ends_on or horizon, span.starts_on) + timedelta(days=1)),
                "Effet": day(span.starts_on),
                "Échéance": day(span.ends_on, empty="sans fin"),
            }
            for span in spans
        ]
    )
    present = [status for status in AgreementStatus if status in {span.status for span in spans}]
    base = alt.Chart(rows).encode(
        y=alt.Y(
            "Structure:N", sort=list(dict.fromkeys(rows["Structure"])), title=None,
            axis=alt.Axis(labelLimit=140, ticks=False, domain=False),
        ),
        x=alt.X("Début:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", orient="top")),
        tooltip=["Structure:N", "Convention:N", "Statut:N", "Effet:N", "Échéance:N"],
    )  # fmt: skip
    bars = base.mark_bar(cornerRadius=3, height=ROW_HEIGHT - 8).encode(
        x2="Fin:T",
        color=alt.Color(
            "Statut:N",
            scale=alt.Scale(
                domain=[status.value for status in present], range=[STATUS_COLORS[status] for status in present]
            ),
            legend=alt.Legend(orient="top", title=None, columns=LEGEND_COLUMNS, columnPadding=6, labelFontSize=12),
        ),
    )
    signs = base.mark_text(align="left", dx=5, color="white", fontWeight="bold").encode(text="Signe:N")
    line = (
        alt.Chart(pd.DataFrame([{"Aujourd’hui": pd.Timestamp(today), "En clair": day(today)}]))
        .mark_rule(color=RED, strokeDash=[4, 3], strokeWidth=2)
        .encode(x=alt.X("Aujourd’hui:T"), tooltip=[alt.Tooltip("En clair:N", title="Aujourd’hui")])
    )
    height = ROW_HEIGHT * rows["Structure"].nunique() + AXES_HEIGHT
    return alt.LayerChart(layer=[bars, signs, line]).properties(height=height)
