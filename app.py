"""Who is there, and which pages they may open."""

import streamlit as st

from pdn.ui.charts import register_theme
from pdn.ui.frame import draw_frame
from pdn.ui.navigation import pages

st.set_page_config(page_title="Promeneurs du Net", page_icon="🚶", layout="wide")
register_theme()
page = st.navigation(pages())
draw_frame()
page.run()
