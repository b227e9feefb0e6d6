"""Formation et supervision."""

from pdn.ui.page import open_page

open_page("Formation et supervision")
