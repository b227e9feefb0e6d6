"""Step 1 of an import: the file, its sheet, and what it is a list of; or an empty model to fill in."""

from dataclasses import dataclass

import streamlit as st

from pdn.documents.listing import Listing, xlsx_bytes
from pdn.french import NBSP, count
from pdn.imports.columns import TABLES, guess_table, importable
from pdn.imports.delimited import SEPARATORS
from pdn.imports.encoding import ENCODINGS
from pdn.imports.file import FileSheet, ImportFile, Unreadable
from pdn.imports.limits import MOST_BYTES
from pdn.schema import Record
from pdn.ui.import_state import ImportState
from pdn.ui.messages import empty_state
from pdn.ui.tables import XLSX
from pdn.ui.text import md

MEGABYTES = MOST_BYTES // 1024**2
LABEL = f"Fichier à importer{NBSP}: Excel (.xlsx), LibreOffice (.ods) ou CSV, {MEGABYTES}{NBSP}Mo au plus"
UPLOADER = """<style>
[data-testid="stFileUploaderDropzoneInstructions"],
[data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-secondary"] p { display: none; }
[data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-secondary"] [data-testid="stMarkdownContainer"]::after
  { content: "Choisir un fichier"; }
</style>
<script>
window.pdnUploader ??= new MutationObserver(() => {
  for (const button of document.querySelectorAll("[data-testid=stFileUploaderDropzone] button"))
    if (button.textContent.includes("Upload")) button.ariaLabel = "Choisir un fichier";
});
window.pdnUploader.observe(document.body, { childList: true, subtree: true });
</script>"""
"""Streamlit has no setting for the words of its button: « Upload », and the size again, in English; nor for its name,
which who does not see it hears."""

BY_TAB: dict[str, type[Record]] = {record_type.table.tab: record_type for record_type in TABLES}


@dataclass(frozen=True)
class Chosen:
    """What is imported: a sheet of the file (its place and itself) as records of a table."""

    place: int
    sheet: FileSheet
    record_type: type[Record]


def draw_file(state: ImportState) -> Chosen | None:
    """Draw the step; None while there is nothing to go on with."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.header("1. Le fichier", width="content")
        draw_model(state)
    st.html(UPLOADER, unsafe_allow_javascript=True)
    given = st.file_uploader(LABEL, key=state.key("file"), max_upload_size=MEGABYTES)
    if given is None:
        state.file = None
        empty_state(
            f"Choisissez un fichier (ou faites-le glisser ici){NBSP}: rien n’est écrit dans les feuilles avant "
            "l’aperçu. Vous partez de zéro\u00a0? Téléchargez un modèle à remplir.",
            ":material/upload_file:",
        )
        return None
    encoding = st.session_state.get(state.key("encoding")) or ""
    file = state.read(given.file_id, given.name, given.getvalue(), encoding)
    if isinstance(file, Unreadable):
        st.error(md(file.message), icon=":material/block:")
        if encoding:
            _draw_encoding(state, encoding)
        return None
    return _draw_choice(state, file)


def draw_model(state: ImportState) -> None:
    """Draw the way to an empty workbook with the headers of a table."""
    with st.popover("Modèle à remplir", icon=":material/description:"):
        tab = st.selectbox("Pour quelle liste\u00a0?", list(BY_TAB), key=state.key("model"))
        record_type = BY_TAB[tab]
        st.download_button(
            "Télécharger le modèle (.xlsx)", lambda: model(record_type), f"modele-{record_type.table.key}.xlsx", XLSX,
            key=state.key("model-file"), on_click="ignore", icon=":material/download:", width="stretch",
        )  # fmt: skip


def model(record_type: type[Record]) -> bytes:
    """An empty workbook with the headers of a table, and on its second sheet what each column is for."""
    columns = [column for column in importable(record_type) if column.field not in {"id", "archived_on"}]
    about = [
        (column.header, f"{column.help} {'À remplir. ' if column.required else ''}On attend {column.kind.expected}.")
        for column in columns
    ]
    return xlsx_bytes(Listing(record_type.table.tab, [column.header for column in columns], [], about))


def _draw_choice(state: ImportState, file: ImportFile) -> Chosen:
    """What was read of the file, and what to import of it."""
    titles = [sheet.title for sheet in file.sheets]
    place, _ = guess_table(file)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(titles) > 1:
            place = st.selectbox(
                "Feuille du fichier", range(len(titles)), place, key=state.key("sheet"),
                format_func=lambda index: titles[index],
            )  # fmt: skip
        sheet = file.sheets[place]
        _, layout = guess_table(ImportFile(file.name, (sheet,)))
        tab = st.selectbox(
            "C’est une liste pour l’onglet", list(BY_TAB), list(BY_TAB).index(layout.record_type.table.tab),
            key=state.key(f"table-{place}"), help="Deviné d’après les en-têtes\u00a0: changez-le s’il le faut.",
        )  # fmt: skip
        if file.encoding:
            _draw_encoding(state, file.encoding)
    told = f"«{NBSP}{md(sheet.title)}{NBSP}»{NBSP}: {count(len(sheet.grid), 'ligne')}, en-têtes compris"
    if file.separator:
        told += f"\u00a0; séparateur{NBSP}: {SEPARATORS.get(file.separator, md(file.separator))}"
    st.caption(f"{told}.")
    return Chosen(place, sheet, BY_TAB[tab])


def _draw_encoding(state: ImportState, found: str) -> None:
    st.selectbox(
        "Accents", list(ENCODINGS), list(ENCODINGS).index(found), key=state.key("encoding"),
        format_func=lambda name: ENCODINGS[name],
        help="Si les accents sont mal lus plus bas, essayez-en un autre.",
    )  # fmt: skip
