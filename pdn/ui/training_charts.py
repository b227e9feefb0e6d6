"""The pictures of training: attendance rates, and the two matrices that show the gaps (R31)."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from pdn.domain.attendance_rates import Tally
from pdn.domain.session import TrainingField
from pdn.domain.training_matrix import Offer, PromeneurTraining
from pdn.french import count, hours, percent
from pdn.ui.charts import GREY, TEAL

BAR_HEIGHT, CELL_HEIGHT, PERSON_HEIGHT = 260, 44, 22
TWO_LINES = "split(replace(replace(datum.label, ' et ', '|et '), '-', '-|'), '|')"
"""Breaks the names of fields in two, so that they leave room for the cells on a telephone."""

NARROW = 520
GAP_FILL = "#fff4e5"
LIGHT_TEAL = "#d3ece8"


def rates_chart(tallies: Mapping[int, Tally]) -> alt.LayerChart:
    """The attendance rate of each year, with « 9 sur 12 » under its percentage."""
    values = [
        {
            "année": str(year),
            "taux": float(tally.rate),
            "texte": percent(tally.rate),
            "détail": tally.text,
            "heures": hours(tally.minutes),
        }
        for year, tally in tallies.items()
        if tally.rate is not None
    ]
    base = alt.Chart(pd.DataFrame(values)).encode(
        x=alt.X("année:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("taux:Q", title="Taux de présence", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%")),
        tooltip=[
            alt.Tooltip("année:O", title="Année"),
            alt.Tooltip("texte:N", title="Taux de présence"),
            alt.Tooltip("détail:N", title="Présents"),
            alt.Tooltip("heures:N", title="Heures suivies"),
        ],
    )
    bars = base.mark_bar(color=TEAL, cornerRadiusEnd=3, width={"band": 0.6})
    return alt.LayerChart(layer=[bars, base.mark_text(dy=-9).encode(text="texte:N")]).properties(height=BAR_HEIGHT)


def offers_chart(offers: Sequence[Offer]) -> alt.LayerChart:
    """Field × year: how many sessions were held, and in words where none was."""
    values = [
        {
            "champ": offer.field.value,
            "année": str(offer.year),
            "séances": offer.sessions,
            "mot": str(offer.sessions) if offer.sessions else ("prévue" if offer.planned else "aucune"),
            "signe": str(offer.sessions) if offer.sessions else ("→" if offer.planned else "–"),
            "manque": offer.gap,
            "détail": offer_text(offer),
        }
        for offer in offers
    ]
    base = (
        alt.Chart(pd.DataFrame(values))
        .transform_calculate(texte=f"width < {NARROW} ? datum.signe : datum.mot")
        .encode(
            x=alt.X("année:O", title=None, axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False)),
            y=_field_axis(),
            tooltip=[
                alt.Tooltip("champ:N", title="Champ"),
                alt.Tooltip("année:O", title="Année"),
                alt.Tooltip("détail:N", title="Séances"),
            ],
        )
    )
    cells = base.mark_rect(stroke="white", strokeWidth=2, cornerRadius=3).encode(
        color=alt.condition(
            alt.datum.manque,
            alt.value(GAP_FILL),
            alt.Color("séances:Q", scale=alt.Scale(range=[LIGHT_TEAL, "#5fb3a8"]), legend=None),
        )
    )
    texts = base.mark_text(color="#1f2a2e").encode(text="texte:N")
    return alt.LayerChart(layer=[cells, texts]).properties(height=CELL_HEIGHT * len(TrainingField))


def followed_chart(rows: Sequence[PromeneurTraining]) -> alt.LayerChart:
    """Field × Promeneur: the last year that each was followed, a dash where it never was."""
    values = [
        {
            "promeneur": row.promeneur.title,
            "champ": followed.field.value,
            "texte": "–" if followed.last_year is None else f"{followed.last_year}",
            "manque": followed.gap,
            "détail": "jamais suivi"
            if followed.gap
            else f"{count(followed.sessions, 'séance')}, {hours(followed.minutes)}, en {followed.last_year}",
        }
        for row in rows
        for followed in row.fields
    ]
    base = alt.Chart(pd.DataFrame(values)).encode(
        x=alt.X(
            "champ:N",
            title=None,
            sort=[field.value for field in TrainingField],
            axis=alt.Axis(orient="top", labelAngle=-90, labelLimit=200, labelExpr=TWO_LINES, domain=False, ticks=False),
        ),
        y=alt.Y(
            "promeneur:N",
            title=None,
            sort=[row.promeneur.title for row in rows],
            axis=alt.Axis(labelLimit=130, domain=False, ticks=False),
        ),
        tooltip=[
            alt.Tooltip("promeneur:N", title="Promeneur"),
            alt.Tooltip("champ:N", title="Champ"),
            alt.Tooltip("détail:N", title="Suivi"),
        ],
    )
    cells = base.mark_rect(stroke="white", strokeWidth=1, cornerRadius=2).encode(
        color=alt.condition(alt.datum.manque, alt.value(GAP_FILL), alt.value("#8fcac2"))
    )
    texts = base.mark_text(fontSize=11).encode(
        text="texte:N", color=alt.condition(alt.datum.manque, alt.value(GREY), alt.value("#1f2a2e"))
    )
    return alt.LayerChart(layer=[cells, texts]).properties(height=PERSON_HEIGHT * max(1, len(rows)))


def offer_text(offer: Offer) -> str:
    """What a field offered in a year, in words: « 2 séances, 6 h », « aucune », « 1 séance prévue »."""
    planned = (
        f"{count(offer.planned, 'séance')} {'prévues' if offer.planned > 1 else 'prévue'}" if offer.planned else ""
    )
    if offer.gap:
        return planned or "aucune"
    held = f"{count(offer.sessions, 'séance')}, {hours(offer.minutes)}"
    return f"{held} ; {planned}" if planned else held


def _field_axis() -> alt.Y:
    return alt.Y(
        "champ:N",
        title=None,
        sort=[field.value for field in TrainingField],
        axis=alt.Axis(labelExpr=TWO_LINES, labelLimit=150, domain=False, ticks=False),
    )
