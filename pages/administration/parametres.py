"""Paramètres."""

from pdn.ui.page import open_page

open_page("Paramètres")
