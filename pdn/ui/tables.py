"""Tables on screen and their export: French dates and amounts whatever the browser, a row that opens its record."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import pandas as pd
import streamlit as st

from pdn.documents.listing import Listing, Value, csv_bytes, made_on, xlsx_bytes
from pdn.french import count, euros, fold, number
from pdn.ui.clock import now
from pdn.ui.opened import follow_address, keep_choice
from pdn.ui.page import Page

Row: TypeAlias = Mapping[str, Value]
Width: TypeAlias = Literal["small", "medium", "large"] | int
ROW_HEIGHT, HEADER_HEIGHT, MOST_ROWS = 35, 38, 15
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def frame(rows: Sequence[Row]) -> pd.DataFrame:
    """The rows as a DataFrame: one column a header, amounts as numbers so that they sort."""
    data = pd.DataFrame([dict(row) for row in rows])
    for header in data.columns:
        kinds = {type(row.get(header)) for row in rows} - {type(None)}
        if kinds == {Decimal}:
            data[header] = data[header].map(float, na_action="ignore").astype("float64")
        elif kinds == {int}:
            data[header] = data[header].astype("Int64")
    return data


def _euros(value: Any) -> str:  # noqa: ANN401 - what a Styler gives
    return "" if pd.isna(value) else euros(Decimal(repr(float(value))))


def _number(value: Any) -> str:  # noqa: ANN401 - the same
    return "" if pd.isna(value) else number(int(value))


def draw_table(
    rows: Sequence[Row],
    key: str,
    *,
    alt: str,
    on_open: Callable[[int], None] | None = None,
    widths: Mapping[str, Width] | None = None,
    height: int | None = None,
) -> None:
    """Draw rows as a table.

    Args:
        rows: One mapping a row, header → value; all rows have the same headers.
        key: The widget's key.
        alt: What the table holds, for who does not see it.
        on_open: Called with a row's index, before the page reruns, when the person clicks one of its cells.
        widths: Widths of columns: « small », « medium », « large », or pixels.
        height: In pixels; what the rows need by default, 15 of them at most.
    """
    config: dict[str, Any] = {}
    styles: dict[Any, str | Callable[[object], str] | None] = {}
    for header in rows[0] if rows else ():
        kinds = {type(row.get(header)) for row in rows} - {type(None)}
        width = (widths or {}).get(header)
        if kinds == {date}:
            config[header] = st.column_config.DateColumn(format="DD/MM/YYYY", width=width)
        elif kinds == {Decimal}:
            styles[header] = _euros
            config[header] = st.column_config.NumberColumn(width=width)
        elif kinds == {int}:
            styles[header] = _number
            config[header] = st.column_config.NumberColumn(width=width)
        elif all(str(row[header]).startswith("https://") for row in rows if row[header]) and any(
            row[header] for row in rows
        ):
            config[header] = st.column_config.LinkColumn(width=width, display_text="Ouvrir")
        else:
            config[header] = st.column_config.Column(width=width)
    data = frame(rows)
    tall = height or HEADER_HEIGHT + ROW_HEIGHT * min(max(len(rows), 1), MOST_ROWS)
    shown = data.style.format(styles) if styles else data
    if on_open is None:
        st.dataframe(shown, hide_index=True, column_config=config, height=tall, key=key, alt=alt, placeholder="")
        return

    def pick() -> None:
        selection = st.session_state[key]["selection"]
        rows_picked = selection["rows"] or [row for row, _ in selection["cells"]]
        if rows_picked and rows_picked[0] < len(rows):
            on_open(rows_picked[0])

    st.dataframe(
        shown, hide_index=True, column_config=config, height=tall, key=key, alt=alt, placeholder="",
        on_select=pick, selection_mode=["single-row", "single-cell"],
    )  # fmt: skip


def draw_exports(page: Page, title: str, rows: Sequence[Row], filters: Sequence[str] = ()) -> None:
    """Draw the two ways out of a list: CSV for a French Excel, and .xlsx; made only when asked for.

    Args:
        page: The page.
        title: What the file is called and says that it holds.
        rows: The rows as they are shown.
        filters: What narrows the list besides what the page's address says, which the file repeats.
    """
    if not rows:
        return
    told = [*filters, *(f"{name} = {value}" for name, value in st.query_params.items())]
    about = (("Filtres", ", ".join(told) or "aucun"), *made_on(now(), page.person.name))

    def listing() -> Listing:
        return Listing(title, list(rows[0]), [list(row.values()) for row in rows], about)

    stem = f"{re.sub(r'[^a-z0-9]+', '-', fold(title)).strip('-')}-{page.today.isoformat()}"
    with st.popover("Exporter", icon=":material/download:"):
        st.download_button(
            "Excel (.xlsx)", lambda: xlsx_bytes(listing()), f"{stem}.xlsx", XLSX, key=f"xlsx-{stem}",
            on_click="ignore", width="stretch", icon=":material/table:",
        )  # fmt: skip
        st.download_button(
            "CSV", lambda: csv_bytes(listing()), f"{stem}.csv", "text/csv", key=f"csv-{stem}",
            on_click="ignore", width="stretch", icon=":material/description:",
        )  # fmt: skip


def draw_list_head(page: Page, title: str, rows: Sequence[Row], total: int, words: tuple[str, str]) -> None:
    """Draw how many rows are shown of how many, and the ways out; call it in a horizontal container with « Ajouter ».

    Args:
        page: The page.
        title: What the export is called.
        rows: The rows that are shown.
        total: How many there are without filters.
        words: What a row is, in the singular and the plural.
    """
    kept = count(len(rows), *words)
    st.markdown(f"**{kept}**" if len(rows) == total else f"**{kept}** sur {number(total)}")
    draw_exports(page, title, rows)


def draw_filter(label: str, options: Sequence[str], key: str, titles: Mapping[str, str] | None = None) -> str:
    """Draw a filter that the page's address keeps; empty where nothing is chosen.

    Args:
        label: Its name.
        options: The values to choose among.
        key: Its parameter in the address.
        titles: What each value is called; itself by default.
    """
    if titles is None:
        return (
            st.selectbox(
                label, options, None, key=key, bind="query-params", persist_state="session", placeholder="Tout"
            )
            or ""
        )
    follow_address(key, options)
    return st.selectbox(
        label, options, None, key=key, placeholder="Tout", format_func=lambda found: titles.get(found, found),
        on_change=keep_choice, args=(key,),
    ) or ""  # fmt: skip


def draw_search(placeholder: str, key: str) -> str:
    """Draw the search box of a list; what was typed, empty at first.

    Args:
        placeholder: What can be searched.
        key: Its parameter in the address: of this page alone, or another one would take over what was typed.
    """
    return (
        st.text_input(
            "Rechercher", key=key, bind="query-params", persist_state="session", live=True,
            placeholder=placeholder, icon=":material/search:", label_visibility="collapsed",
        )
        or ""
    )  # fmt: skip
