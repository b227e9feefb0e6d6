"""Step 2 of an import: which column of the file goes where; guessed, and corrected by the person."""

import streamlit as st

from pdn.french import NBSP, count, listing, plural
from pdn.imports.columns import Layout, doubled, guess_fields, guess_layout, importable, lacking
from pdn.imports.rows import samples
from pdn.schema.cells import column_letters, shown
from pdn.schema.reading import HEADER_SEARCH_ROWS
from pdn.ui.import_file import Chosen
from pdn.ui.import_state import ImportState
from pdn.ui.text import md

NOTHING = "Ne pas importer"
SAMPLES = 3
WIDTHS = (3, 4, 3)


def draw_columns(state: ImportState, chosen: Chosen) -> Layout | None:
    """Draw the step; None while the columns can't be read as they are matched."""
    guessed = guess_layout(chosen.record_type, chosen.sheet.grid)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.header("2. Les colonnes", width="content")
        rows = min(HEADER_SEARCH_ROWS, len(chosen.sheet.grid))
        header_row = st.selectbox(
            "Ligne des en-têtes", range(rows), guessed.header_row, format_func=lambda row: f"Ligne {row + 1}",
            key=state.key(f"header-{chosen.place}-{chosen.record_type.table.key}"), width=160,
        )  # fmt: skip
    header = chosen.sheet.grid[header_row]
    layout = Layout(chosen.record_type, header_row, guess_fields(chosen.record_type, header))
    fields = _draw_matching(state, chosen, layout)
    if not fields:
        st.warning("Choisissez où va au moins une colonne.", icon=":material/view_column:")
        return None
    layout = Layout(chosen.record_type, header_row, fields)
    if twice := doubled(layout):
        names = listing(f"«{NBSP}{column.header}{NBSP}»" for column in twice)
        st.error(f"Plusieurs colonnes du fichier vont dans {names}{NBSP}: n’en gardez qu’une.", icon=":material/block:")
        return None
    if missing := lacking(layout):
        names = listing(f"«{NBSP}{column.header}{NBSP}»" for column in missing)
        verb = plural(len(missing), "est à remplir et ne reçoit", "sont à remplir et ne reçoivent")
        st.warning(
            f"{names} {verb} aucune colonne{NBSP}: une ligne qui ajoute une fiche sera à problème.",
            icon=":material/warning:",
        )
    return layout


def _draw_matching(state: ImportState, chosen: Chosen, guessed: Layout) -> dict[int, str]:
    """A line for each column of the file, and the field that the person gives it."""
    columns = {column.field: column for column in importable(chosen.record_type)}
    header = chosen.sheet.grid[guessed.header_row]
    width = max((len(row) for row in chosen.sheet.grid), default=0)
    prefix = f"column-{chosen.place}-{chosen.record_type.table.key}-{guessed.header_row}"
    fields: dict[int, str] = {}
    with st.container(border=True):
        matched = len(guessed.fields)
        found = plural(matched, "reconnue", "reconnues")
        st.markdown(f"**{count(matched, 'colonne')} {found}** sur {width}{NBSP}: vérifiez, corrigez.")
        for place in range(width):
            name = shown(header[place]).strip() if place < len(header) else ""
            values = samples(chosen.sheet, guessed, place, SAMPLES)
            if not name and not values:
                continue
            title = name or f"Colonne {column_letters(place)}, sans en-tête"
            left, middle, right = st.columns(WIDTHS, vertical_alignment="center")
            left.markdown(f"**{md(title)}**" if name else f"*{md(title)}*")
            middle.text(" · ".join(_short(value) for value in values) or "vide")
            field = right.selectbox(
                f"«{NBSP}{title}{NBSP}» va dans", ["", *columns], [*columns].index(guessed.fields[place]) + 1
                if place in guessed.fields else 0, label_visibility="collapsed", key=state.key(f"{prefix}-{place}"),
                format_func=lambda field: _offered(columns[field].header, columns[field].required)
                if field else NOTHING,
            )  # fmt: skip
            if field:
                fields[place] = field
    return fields


def _offered(header: str, required: bool) -> str:  # noqa: FBT001 - a column's own
    return f"{header} *" if required else header


def _short(value: str, most: int = 40) -> str:
    return value if len(value) <= most else f"{value[: most - 1]}…"
