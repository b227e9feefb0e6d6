"""Journal: what was changed, by whom and when; undo; archives."""

from collections.abc import Callable

from pdn.ui.journal_archives import draw_archives
from pdn.ui.journal_commits import draw_commits
from pdn.ui.journal_edits import draw_edits, follow_click
from pdn.ui.opened import draw_views
from pdn.ui.page import Page, open_page

VIEWS: dict[str, Callable[[Page], None]] = {
    "Enregistrements": draw_commits,
    "Dans la feuille": draw_edits,
    "Archives": draw_archives,
}

page = open_page("Journal")
follow_click(page)
VIEWS[draw_views(list(VIEWS))](page)
