"""The pictures of training: attendance rates, and the two matrices that show the gaps (R31)."""

import json
from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd

from pdn.domain.attendance_rates import Tally
from pdn.domain.session import TrainingField
from pdn.domain.training_matrix import Offer, PromeneurTraining
from pdn.french import count, hours, percent, plural
from pdn.ui.charts import TEAL

BAR_HEIGHT, CELL_HEIGHT, PERSON_HEIGHT = 340, 44, 22


def two_lines(name: str) -> list[str]:
    """A name broken in two near its middle, so that it leaves room for the cells on a telephone."""
    breaks = [index + 1 for index, sign in enumerate(name) if sign in " -"]
    middle = min(breaks, key=lambda index: abs(index - len(name) / 2), default=len(name))
    return [name[:middle].strip(), name[middle:]]


FIELD_LABELS = f"({json.dumps({field.value: two_lines(field.value) for field in TrainingField})})[datum.label]"

NARROW = 520
PLANNED, NONE, TO_COME = "prévue", "aucune", "—"
SIGNS = {PLANNED: "→", NONE: "0", TO_COME: ""}
"""What stands in a cell too narrow for the word."""

SPACED = alt.Scale(paddingInner=0.06)
GAP_FILL, GAP_TEXT, TEXT = "#fff4e5", "#6b5b45", "#1f2a2e"
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


def offers_chart(offers: Sequence[Offer], this_year: int) -> alt.LayerChart:
    """Field × year: how many sessions were held, and in words where none was or is planned."""
    values = [
        {
            "champ": offer.field.value,
            "année": str(offer.year),
            "séances": offer.sessions,
            "mot": str(offer.sessions or offer_word(offer, this_year).replace(TO_COME, "")),
            "signe": str(offer.sessions or SIGNS[offer_word(offer, this_year)]),
            "fond": offer_word(offer, this_year),
            "détail": offer_text(offer, this_year),
        }
        for offer in offers
    ]
    base = (
        alt.Chart(pd.DataFrame(values))
        .transform_calculate(texte=f"width < {NARROW} ? datum.signe : datum.mot")
        .encode(
            x=alt.X(
                "année:O",
                title=None,
                scale=SPACED,
                axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False),
            ),
            y=_field_axis(),
            tooltip=[
                alt.Tooltip("champ:N", title="Champ"),
                alt.Tooltip("année:O", title="Année"),
                alt.Tooltip("détail:N", title="Séances"),
            ],
        )
    )
    cells = base.mark_rect(cornerRadius=3).encode(
        color=alt.condition(
            "datum.séances > 0",
            alt.Color("séances:Q", scale=alt.Scale(range=[LIGHT_TEAL, "#5fb3a8"]), legend=None),
            alt.value(GAP_FILL),
        ),
        opacity=alt.condition(f"datum.fond === '{TO_COME}'", alt.value(0), alt.value(1)),
    )
    texts = base.mark_text(color=TEXT).encode(text="texte:N")
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
            scale=SPACED,
            sort=[field.value for field in TrainingField],
            axis=alt.Axis(
                orient="top", labelAngle=-90, labelLimit=200, labelExpr=FIELD_LABELS, domain=False, ticks=False
            ),
        ),
        y=alt.Y(
            "promeneur:N",
            title=None,
            scale=SPACED,
            sort=[row.promeneur.title for row in rows],
            axis=alt.Axis(labelLimit=130, labelOverlap=False, domain=False, ticks=False),
        ),
        tooltip=[
            alt.Tooltip("promeneur:N", title="Promeneur"),
            alt.Tooltip("champ:N", title="Champ"),
            alt.Tooltip("détail:N", title="Suivi"),
        ],
    )
    cells = base.mark_rect(cornerRadius=2).encode(
        color=alt.condition(alt.datum.manque, alt.value(GAP_FILL), alt.value("#8fcac2"))
    )
    texts = base.mark_text(fontSize=11).encode(
        text="texte:N", color=alt.condition(alt.datum.manque, alt.value(GAP_TEXT), alt.value(TEXT))
    )
    return alt.LayerChart(layer=[cells, texts]).properties(height=PERSON_HEIGHT * max(1, len(rows)))


def offer_word(offer: Offer, this_year: int) -> str:
    """Why no session was held: « prévue », « aucune », or nothing said of a year to come."""
    if offer.planned:
        return PLANNED
    return TO_COME if offer.year > this_year else NONE


def offer_text(offer: Offer, this_year: int) -> str:
    """What a field offered in a year, in words: « 2 séances, 6 h », « aucune », « 1 séance prévue »."""
    planned = f"{count(offer.planned, 'séance')} {plural(offer.planned, PLANNED)}" if offer.planned else ""
    if offer.gap:
        return planned or offer_word(offer, this_year)
    held = f"{count(offer.sessions, 'séance')}, {hours(offer.minutes or None)}"
    return f"{held}\u00a0; {planned}" if planned else held


def _field_axis() -> alt.Y:
    return alt.Y(
        "champ:N",
        title=None,
        scale=SPACED,
        sort=[field.value for field in TrainingField],
        axis=alt.Axis(labelExpr=FIELD_LABELS, labelLimit=150, labelOffset=-6, domain=False, ticks=False),
    )
