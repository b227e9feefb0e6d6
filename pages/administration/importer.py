"""Import: a list kept elsewhere comes in: columns, preview, one commit."""

from pdn.ui.page import open_page

page = open_page("Import")
