"""The one store of the process, shared by all sessions."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pdn.sheets import Store, open_store
from pdn.sheets.connection import is_embedded, is_local
from pdn.ui.clock import now

ROOT = Path(__file__).parent.parent.parent


def secrets() -> Mapping[str, Any]:
    """The secrets, or nothing where there is no file of them (Streamlit raises then)."""
    try:
        return st.secrets.to_dict()
    except FileNotFoundError:
        return {}


def data_dir() -> Path:
    """Where the embedded workbook lives: PDN_DATA, or `data` in the checkout."""
    return Path(os.environ.get("PDN_DATA") or ROOT / "data")


def local() -> bool:
    """Whether the data is on a machine of ours and not on Google Sheets: only there may anybody try everything."""
    return is_local(secrets(), os.environ)


@st.cache_resource(show_spinner="Ouverture des feuilles…")
def get_store() -> Store:
    """The store that the secrets and the environment ask for; a first embedded one holds the demonstration.

    Raises:
        SheetsError: the secrets are wrong; nothing is cached then, the next session tries again.
    """
    known, folder = secrets(), data_dir()
    if is_embedded(known, os.environ):
        from pdn.demo.workbook import make_workbook  # noqa: PLC0415 - of no use on Google Sheets

        make_workbook(folder, now().date())
    return open_store(known, data_dir=folder)
