"""A form's widgets, one for each kind of column, and the values that they hold."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from pdn.domain.workbooks import record_type_of
from pdn.french import short_day, sort_key
from pdn.schema import Column, Dataset
from pdn.schema.kinds import Choice, Choices, Date, Kind, Misread, OpenChoice, Reference, YesNo
from pdn.schema.kinds.moment import EARLIEST, LATEST

NOTHING = "Choisir…"


def draw_field(column: Column, value: Any, key: str, data: Dataset, *, required: bool | None = None) -> None:  # noqa: ANN401 - of the column's kind
    """Draw the widget of a column under a session key; its label carries a star where it has to be filled."""
    kind = column.kind
    star = " *" if (column.required if required is None else required) else ""
    label, tip = f"{column.header}{star}", column.help
    match kind:
        case Date():
            st.date_input(label, value, EARLIEST, LATEST, key=key, help=tip, format="DD/MM/YYYY")
        case YesNo() | Choice():
            options = list(kind.options)
            shown = kind.show(value)
            index = options.index(shown) if shown else None
            st.selectbox(label, options, index, key=key, help=tip, placeholder=NOTHING)
        case OpenChoice():
            options = [*kind.options, *([value] if value and value not in kind.options else [])]
            index = options.index(value) if value else None
            st.selectbox(label, options, index, key=key, help=tip, placeholder=NOTHING, accept_new_options=True)
        case Choices():
            chosen = kind.show(value).split(", ") if value else []
            st.pills(label, kind.options, selection_mode="multi", default=chosen, key=key, help=tip)
        case Reference():
            ids = reference_ids(kind, data, value)
            titles = reference_titles(kind, data, ids)
            index = ids.index(value) if value else None
            st.selectbox(
                label, ids, index, format_func=lambda found: titles[found], key=key, help=tip, placeholder=NOTHING
            )
        case _ if kind.multiline:
            st.text_area(label, kind.write(value), key=key, help=tip)
        case _:
            st.text_input(label, kind.write(value), key=key, help=tip)


def reference_ids(kind: Reference, data: Dataset, value: str) -> list[str]:
    """The records to choose among, in the order of a dictionary; the one that stands there even if archived."""
    target = record_type_of(kind.target)
    records = sorted(data.live(target), key=lambda record: sort_key(record.title))
    ids = [record.id for record in records]
    return ids if not value or value in ids else [value, *ids]


def reference_titles(kind: Reference, data: Dataset, ids: Sequence[str]) -> dict[str, str]:
    """How each record is named in the list, with its id where two have one name."""
    target = record_type_of(kind.target)
    titles = {found: _described(data, target, found) for found in ids}
    names = list(titles.values())
    return {found: f"{title} ({found})" if names.count(title) > 1 else title for found, title in titles.items()}


def _described(data: Dataset, target: type, found: str) -> str:
    record = data.get(target, found)
    if record is None:
        return found
    held = getattr(record, "held_on", None)
    return f"{short_day(held)} · {record.title}" if isinstance(held, date) else record.title


def field_value(kind: Kind[Any], key: str) -> Any:  # noqa: ANN401 - of the kind
    """The value that a widget holds, or a Misread where what was typed can't be understood."""
    held = st.session_state.get(key)
    match kind:
        case Date():
            return held
        case Choices():
            return kind.parse(", ".join(held or ()))
        case Reference():
            return held or ""
        case _:
            return kind.parse(held)


def told(misread: Misread) -> str:
    """What a form says under a field that could not be understood."""
    return f"On attendait {misread.expected}. {misread.mend}".strip()
