"""The embedded workbook of a first start, filled with the demonstration."""

import shutil
from datetime import date
from pathlib import Path

from pdn.demo import build
from pdn.sheets import fill, open_store
from pdn.sheets.connection import EMBEDDED_FILE

AUTHOR = "Démonstration"
ASIDE = ".nouveau"


def make_workbook(folder: Path, today: date) -> bool:
    """Make the embedded workbook with the demonstration where the folder has none.

    It is made aside and moved at the end, so that a start that is cut short never leaves half a workbook.

    Returns:
        Whether it was made.
    """
    if (folder / EMBEDDED_FILE).exists():
        return False
    aside = folder / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    store = open_store({}, data_dir=aside, environ={})
    fill(store, build(today), author=AUTHOR)
    store.close()
    (aside / EMBEDDED_FILE).replace(folder / EMBEDDED_FILE)
    shutil.rmtree(aside)
    return True
