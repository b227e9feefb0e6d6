"""Feuilles: the raw tabs of the embedded workbook, edited as a partner does in Google Sheets."""

from pdn.ui.grid_sheet import draw_elsewhere, draw_raw_tabs
from pdn.ui.page import open_page
from pdn.ui.store import local

page = open_page("Feuilles")
if local():
    draw_raw_tabs(page)
else:
    draw_elsewhere(page)
