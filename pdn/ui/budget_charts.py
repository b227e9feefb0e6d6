"""The picture of an envelope: what is spent adds up over the year, under the line that it must not cross."""

from datetime import date

import altair as alt
import pandas as pd

from pdn.domain.forecast import Forecast, Point
from pdn.domain.proration import DECEMBER_31, JANUARY_1
from pdn.french import day, euros
from pdn.ui.charts import AMBER, RED, TEAL

HEIGHT = 260
HEADROOM = 1.15
SPENT, EXPECTED, CEILING, USED_UP = "Réalisé", "Prévision", "Enveloppe", "Enveloppe consommée"
NARROW_MONTHS = "width < 330 ? slice(timeFormat(datum.value, '%B'), 0, 1) : timeFormat(datum.value, '%b')"
"""Names of months, their initials where the picture is narrow."""


def curve_chart(forecast: Forecast) -> alt.LayerChart:
    """The curve of a strand in a year, its forecast dashed, its envelope, and the day when one meets the other."""
    year, envelope = forecast.consumption.year, forecast.consumption.envelope
    heights = [float(point.amount) for point in (*forecast.curve, *forecast.projection)]
    top = max([*heights, float(envelope or 0), 1.0]) * HEADROOM
    low = min([*heights, 0.0]) * HEADROOM
    domain = [pd.Timestamp(date(year, *JANUARY_1)), pd.Timestamp(date(year, *DECEMBER_31))]
    x = alt.X(
        "jour:T",
        title=None,
        scale=alt.Scale(domain=domain),
        axis=alt.Axis(tickCount="month", labelExpr=NARROW_MONTHS, grid=False, labelOverlap=True),
    )
    y = alt.Y(
        "montant:Q", title=None, scale=alt.Scale(domain=[low, top], nice=True),
        axis=alt.Axis(format=",.0f", labelExpr="datum.label + '\u00a0€'", tickCount=5),
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("quoi:N", title="Courbe"),
        alt.Tooltip("date:N", title="Au"),
        alt.Tooltip("euros:N", title="Montant"),
    ]
    spent = alt.Chart(_frame(SPENT, forecast.curve)).encode(x=x, y=y, tooltip=tooltip)
    layers: list[alt.Chart] = [
        spent.mark_area(color=TEAL, opacity=0.12, interpolate="step-after"),
        spent.mark_line(color=TEAL, strokeWidth=2.5, interpolate="step-after"),
        spent.mark_point(color=TEAL, filled=True, size=28, opacity=0.9),
    ]
    if forecast.projection:
        layers.append(
            alt.Chart(_frame(EXPECTED, forecast.projection))
            .mark_line(color=AMBER, strokeWidth=2.5, strokeDash=[6, 4], point={"color": AMBER, "size": 40})
            .encode(x=x, y=y, tooltip=tooltip)
        )
    if envelope is not None:
        ceiling = Point(forecast.consumption.funded.first or domain[0].date(), envelope)
        last = Point(forecast.consumption.funded.last or domain[1].date(), envelope)
        layers += [
            alt.Chart(_frame(CEILING, (ceiling, last)))
            .mark_line(color=RED, strokeWidth=1.5)
            .encode(x=x, y=y, tooltip=tooltip),
            alt.Chart(_frame(CEILING, (ceiling,)))
            .mark_text(color=RED, align="left", dy=-8, dx=4, fontWeight="bold")
            .encode(x=x, y=y, text="étiquette:N"),
        ]
        if forecast.used_up_on is not None:
            layers.append(
                alt.Chart(_frame(USED_UP, (Point(forecast.used_up_on, envelope),)))
                .mark_point(shape="diamond", filled=True, color=RED, size=130, opacity=1)
                .encode(x=x, y=y, tooltip=tooltip)
            )
    chart: alt.LayerChart = alt.layer(*layers).properties(height=HEIGHT)  # type: ignore[assignment] # no facet in it
    return chart


def curve_text(forecast: Forecast) -> str:
    """The curve in words."""
    known = forecast.consumption
    reached = [f"{euros(point.amount, cents=False)} au {day(point.on)}" for point in forecast.curve[-1:]]
    limit = f"enveloppe de {euros(known.envelope, cents=False)}" if known.envelope is not None else "sans enveloppe"
    return (
        f"Réalisé cumulé du volet {known.strand.value} en {known.year}\u00a0: {', '.join(reached) or 'rien encore'}, "
        f"{limit}. {forecast.sentence}"
    )


def _frame(name: str, points: tuple[Point, ...]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "quoi": name,
                "jour": pd.Timestamp(point.on),
                "date": day(point.on),
                "montant": float(point.amount),
                "euros": euros(point.amount),
                "étiquette": f"{name}\u00a0: {euros(point.amount, cents=False)}",
            }
            for point in points
        ],
        columns=["quoi", "jour", "date", "montant", "euros", "étiquette"],
    )
