"""The one store of the process, shared by all sessions."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from pdn.sheets import Store, open_store

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


@st.cache_resource(show_spinner=False)
def get_store() -> Store:
    """The store that the secrets and the environment ask for.

    Raises:
        SheetsError: the secrets are wrong; nothing is cached then, the next session tries again.
    """
    return open_store(secrets(), data_dir=data_dir())
