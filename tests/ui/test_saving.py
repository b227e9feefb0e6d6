"""What a person is told of a field that somebody else changed."""

from datetime import datetime

import pytest

from pdn.domain.promeneur import Promeneur
from pdn.sheets import Conflict
from pdn.ui.saving import changed_by

AT = datetime(2026, 3, 12, 14, 5)


@pytest.mark.parametrize(
    ("by", "at", "told"),
    [
        ("Zoé", AT, "modifié entre-temps par Zoé, le 12 mars 2026 à 14 h 05"),
        ("Zoé", None, "modifié entre-temps par Zoé"),
        ("", None, "modifié directement dans la feuille"),
    ],
)
def test_a_conflict_says_who_and_when_as_far_as_the_journal_knows(by, at, told):
    conflict = Conflict(
        record_type=Promeneur, record_id="P-1", title="Zoé Petit", field="phone", header="Téléphone", seen="1",
        wanted="2", current="3", by=by, at=at,
    )  # fmt: skip
    assert changed_by(conflict).replace("\u00a0", " ") == told
