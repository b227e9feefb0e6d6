"""The pictures of the deployment: each phase's gauge, planned against reached, Promeneurs by territory (R39, R40)."""

from collections.abc import Sequence
from datetime import date

import altair as alt
import pandas as pd

from pdn.domain.deployment import PhaseGauge
from pdn.domain.deployment_curve import CurvePoint
from pdn.domain.territory import Territory
from pdn.french import day, number
from pdn.ui.charts import AMBER, BLUE, GREY, PALETTE, TEAL, ink
from pdn.ui.figures import LOOKS, PLAIN

ACTIVE, INCOMPLETE = "Actifs", "Incomplets"
STATES = alt.Scale(domain=[ACTIVE, INCOMPLETE], range=[TEAL, AMBER])
PLANNED, PRESENT, STRUCTURES = "Prévus", "Présents", "Structures conventionnées"
LINES = {
    PLANNED: (GREY, [6, 4]),
    ACTIVE: (TEAL, [1, 0]),
    PRESENT: (BLUE, [2, 2]),
    STRUCTURES: (PALETTE[3], [8, 3, 2, 3]),
}
"""Each curve's colour and dashes: told apart without the colour too."""

GAUGE_STEP, BAND_HEIGHT, BAR_HEIGHT, ROOM_FOR_NAMES = 62, 30, 16, 220


def gauge_chart(gauges: Sequence[PhaseGauge]) -> alt.LayerChart:
    """One bullet a phase: its Promeneurs, the range of the settings behind them, its objective as a stroke.

    The words stand above each bar rather than beside it, so that a telephone shows them whole.
    """
    order = [gauge.phase.id for gauge in gauges]
    rows = pd.DataFrame(
        [
            {
                "phase": gauge.phase.id,
                "Phase": gauge.phase.title,
                "Situation": f"{gauge.phase.title} · {gauge_sign(gauge)} {gauge.words}",
                "Fourchette": f"{number(gauge.low)} à {number(gauge.high)}",
                "low": gauge.low,
                "high": gauge.high,
                "Objectif": gauge.phase.target or None,
                "zero": 0,
            }
            for gauge in gauges
        ]
    )
    parts = pd.DataFrame(
        [
            {
                "phase": gauge.phase.id,
                "Phase": gauge.phase.title,
                "État": state,
                "Promeneurs": len(members),
                "rang": rank,
            }
            for gauge in gauges
            for rank, (state, members) in enumerate(((ACTIVE, gauge.active), (INCOMPLETE, gauge.incomplete)))
        ]
    )
    longest = max(max(gauge.count, gauge.high, gauge.phase.target or 0) for gauge in gauges)
    x = alt.Scale(domain=[0, longest + 1], nice=False)
    base = alt.Chart(rows).encode(y=alt.Y("phase:N", sort=order, axis=None))
    band = base.mark_bar(height=BAND_HEIGHT, color=TEAL, opacity=0.16).encode(
        x=alt.X("low:Q", scale=x, title="Promeneurs", axis=alt.Axis(tickMinStep=1, grid=False)),
        x2="high:Q",
        tooltip=["Phase:N", "Fourchette:N", "Objectif:Q"],
    )
    bars = (
        alt.Chart(parts)
        .mark_bar(height=BAR_HEIGHT)
        .encode(
            y=alt.Y("phase:N", sort=order, axis=None),
            x=alt.X("Promeneurs:Q", scale=x),
            color=alt.Color("État:N", scale=STATES, legend=alt.Legend(orient="bottom", title=None)),
            order="rang:Q",
            tooltip=["Phase:N", "État:N", "Promeneurs:Q"],
        )
    )
    target = base.mark_tick(thickness=4, size=BAND_HEIGHT + 4, color=ink()).encode(
        x=alt.X("Objectif:Q", scale=x), tooltip=["Phase:N", "Objectif:Q"]
    )
    words = base.mark_text(align="left", baseline="bottom", dy=-(BAND_HEIGHT // 2) - 3, fontSize=13).encode(
        x=alt.X("zero:Q", scale=x), text="Situation:N"
    )
    return alt.LayerChart(layer=[band, bars, target, words], height=alt.Step(GAUGE_STEP))


def gauge_sign(gauge: PhaseGauge) -> str:
    """The sign that goes with a gauge's words."""
    return LOOKS.get(gauge.verdict.value, PLAIN).sign


def curve_chart(points: Sequence[CurvePoint], today: date, lines: Sequence[str], height: int) -> alt.LayerChart:
    """Planned against reached over time.

    Args:
        points: The curve.
        today: The day that a rule marks.
        lines: The curves to draw, among the keys of `LINES`.
        height: In pixels.
    """
    wide = pd.DataFrame(
        [{"Jour": pd.Timestamp(point.day), "En clair": day(point.day), **_values(point)} for point in points]
    )
    long = wide.melt(["Jour", "En clair"], list(lines), "Courbe", "Nombre").dropna()
    x = alt.X("Jour:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False))
    drawn = (
        alt.Chart(long)
        .mark_line(strokeWidth=2.5)
        .encode(
            x=x,
            y=alt.Y("Nombre:Q", title=None, axis=alt.Axis(tickMinStep=1, format=",d")),
            color=alt.Color(
                "Courbe:N",
                scale=alt.Scale(domain=list(lines), range=[LINES[line][0] for line in lines]),
                legend=alt.Legend(orient="top", title=None, columns=2, symbolSize=400, labelLimit=220),
            ),
            strokeDash=alt.StrokeDash(
                "Courbe:N", scale=alt.Scale(domain=list(lines), range=[LINES[line][1] for line in lines])
            ),
        )
    )
    nearest = alt.selection_point(nearest=True, on="pointerover", fields=["Jour"], empty=False)
    pointed = (
        alt.Chart(wide)
        .mark_rule(color=GREY)
        .encode(
            x="Jour:T",
            opacity=alt.condition(nearest, alt.value(0.7), alt.value(0)),
            tooltip=[
                alt.Tooltip("En clair:N", title="Au"),
                *(alt.Tooltip(f"{line}:Q", format=",.0f") for line in lines),
            ],
        )
        .add_params(nearest)
    )
    now = (
        alt.Chart(pd.DataFrame([{"Jour": pd.Timestamp(today), "En clair": day(today)}]))
        .mark_rule(color=GREY, strokeDash=[3, 3])
        .encode(x="Jour:T", tooltip=[alt.Tooltip("En clair:N", title="Situation au")])
    )
    return alt.LayerChart(layer=[drawn, now, pointed], height=height)


def _values(point: CurvePoint) -> dict[str, float | None]:
    return {
        PLANNED: round(float(point.planned), 1),
        ACTIVE: point.active,
        PRESENT: point.present,
        STRUCTURES: point.structures,
    }


def territory_chart(territories: Sequence[Territory]) -> alt.LayerChart:
    """The Promeneurs of each territory as bars, with their number at the end."""
    names = [territory.name for territory in territories]
    parts = pd.DataFrame(
        [
            {"Territoire": territory.name, "État": state, "Promeneurs": found, "rang": rank}
            for territory in territories
            for rank, (state, found) in enumerate(((ACTIVE, territory.active), (INCOMPLETE, territory.incomplete)))
        ]
    )
    totals = pd.DataFrame([{"Territoire": each.name, "Promeneurs": each.promeneurs} for each in territories])
    y = alt.Y(
        "Territoire:N", sort=names, title=None, axis=alt.Axis(labelLimit=ROOM_FOR_NAMES, ticks=False, domain=False)
    )
    longest = max(territory.promeneurs for territory in territories)
    x = alt.X("Promeneurs:Q", axis=None, scale=alt.Scale(domain=[0, max(longest, 1) * 1.12]))
    bars = (
        alt.Chart(parts)
        .mark_bar(cornerRadiusEnd=3)
        .encode(
            y=y,
            x=x,
            color=alt.Color("État:N", scale=STATES, legend=alt.Legend(orient="top", title=None)),
            order="rang:Q",
            tooltip=["Territoire:N", "État:N", "Promeneurs:Q"],
        )
    )
    figures = (
        alt.Chart(totals).mark_text(align="left", dx=5, fontSize=13).encode(y=y, x=x, text=alt.Text("Promeneurs:Q"))
    )
    return alt.LayerChart(layer=[bars, figures], height=alt.Step(26))
