"""The journal as people read it: what was saved together, found again, and what became of it since."""

from datetime import date, datetime, timedelta

import pytest

from pdn.domain.archives import archived_around, archives, name_of
from pdn.domain.attendance import Attendance
from pdn.domain.envelope import Envelope
from pdn.domain.journal import JournalEntry
from pdn.domain.journal_view import (
    ADDED,
    MEANING,
    PUT_BACK,
    UNDONE,
    JournalFilters,
    Period,
    Sequel,
    Standing,
    authors,
    commits,
    matching_commits,
    shortened,
    titled,
    titles_of,
)
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.structure import Structure
from pdn.schema import Dataset
from pdn.sheets.journal import Action

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0)
LEA = Promeneur(id="P-1", first_name="Léa", last_name="Martin", phone="+33639980001")
DATA = Dataset.of(LEA, Structure(id="S-1", name="Le Relais"))


def entry(commit_id="EN-1", field="Téléphone", before="1", after="2", **others):
    number = others.pop("number", 1)
    told = {
        "made_at": NOON, "author": "Ana", "action": "Modification", "tab": "Promeneurs", "record_id": "P-1",
        "record_title": "Léa Martin",
    }  # fmt: skip
    return JournalEntry(
        id=f"{commit_id}-{number}-{field}",
        commit_id=commit_id,
        field=field,
        before=before,
        after=after,
        **told | others,
    )


def ids(found):
    return [one.id for one in found]


def test_entries_of_one_code_are_one_commit_the_newest_first():
    first = entry("EN-1"), entry("EN-1", "Mail")
    later = entry("EN-2", made_at=NOON + timedelta(hours=1))
    found = commits([*first, later])
    assert ids(found) == ["EN-2", "EN-1"]
    assert found[1].entries == first
    assert found[1].fields == ("Téléphone", "Mail")


def test_of_one_second_what_was_written_last_comes_first():
    assert ids(commits([entry("EN-1"), entry("EN-2"), entry("EN-3")])) == ["EN-3", "EN-2", "EN-1"]


def test_an_entry_whose_date_or_code_somebody_emptied_is_still_there_at_the_end():
    undated, nameless = entry("EN-9", made_at=None), entry("", made_at=None)
    found = commits([undated, nameless, entry("EN-1")])
    assert ids(found) == ["EN-1", nameless.id, "EN-9"]


def test_a_commit_names_its_records_and_the_first_few_of_many():
    many = [entry(record_id=f"P-{n}", record_title=f"Nom {n}", number=n) for n in range(1, 7)]
    (found,) = commits(many)
    assert titled(found, {}) == "Nom 1, Nom 2, Nom 3 et 3\u00a0autres"
    (header,) = commits([entry(record_id="", record_title="", action="En-tête")])
    assert titled(header, {}) == "Onglet «\u00a0Promeneurs\u00a0»"
    assert shortened(["a", "b", "c", "d"]) == "a, b, c et d"
    assert shortened(["a", "b", "c", "d", "e"]) == "a, b, c et 2\u00a0autres"


def test_a_record_without_a_name_of_its_own_is_named_by_what_it_is_about():
    attendance = Attendance(id="A-1", session_id="SE-1", promeneur_id="P-1")
    data = Dataset.of(LEA, Session(id="SE-1", name="Écoute"), attendance)
    found = commits([entry(tab="Présences", record_id="A-1", record_title="A-1")])
    name = titled(found[0], titles_of(found, data))
    assert "Léa Martin" in name
    assert "Écoute" in name
    assert name_of(Envelope(id="E-1", year=2026), Dataset()).startswith("2026")
    assert name_of(Attendance(id="A-2"), Dataset()) == "A-2"


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (JournalFilters(), ["EN-3", "EN-2", "EN-1"]),
        (JournalFilters(author="Bob"), ["EN-2"]),
        (JournalFilters(record_id="P-1"), ["EN-1"]),
        (JournalFilters(tab="Structures"), ["EN-3"]),
        (JournalFilters(since=TODAY), ["EN-3", "EN-2"]),
        (JournalFilters(text="TELEPHONE lea"), ["EN-1"]),
        (JournalFilters(author="Bob", record_id="P-1"), []),
        (JournalFilters(tab="Structures", record_id="P-1"), []),
    ],
)
def test_filters_add_up(filters, kept):
    found = commits(
        [
            entry("EN-1", made_at=NOON - timedelta(days=3)),
            entry("EN-2", author="Bob", record_id="P-2", record_title="Ana Roy", field="Mail"),
            entry("EN-3", tab="Structures", record_id="S-1", record_title="Le Relais", field="Mail"),
        ]
    )
    assert ids(matching_commits(found, filters)) == kept


def test_periods_count_today():
    assert Period.TODAY.since(TODAY) == TODAY
    assert Period.WEEK.since(TODAY) == date(2026, 11, 17)
    assert Period.MONTH.since(TODAY) == date(2026, 10, 25)


def test_whoever_saved_is_listed_once_in_the_order_of_a_dictionary():
    assert authors([entry(author="Zoé"), entry(author="Éric"), entry(author="Zoé"), entry(author="")]) == [
        "Éric",
        "Zoé",
    ]


def test_the_last_entry_of_a_field_can_be_undone_and_nothing_happened_to_it():
    other = entry("EN-2", "Mail")
    standing = Sequel([entry(), other], DATA).of(entry())
    assert (standing.undoable, standing.words) == (True, "")


def test_a_field_changed_since_can_no_longer_be_undone_and_says_by_whom():
    later = entry("EN-2", before="2", after="3", author="Bob")
    standing = Sequel([entry(), later], DATA).of(entry())
    assert not standing.undoable
    assert standing.words == "Modifié à nouveau le 23 novembre 2026 à 12\u00a0h\u00a000 par Bob."
    assert Sequel([entry(), later], DATA).of(later).undoable


def test_an_entry_that_was_undone_says_so_and_its_undo_can_be_undone():
    undo = entry("EN-2", before="2", after="1", action=UNDONE)
    sequel = Sequel([entry(), undo], DATA)
    assert not sequel.of(entry()).undoable
    assert sequel.of(entry()).words.startswith("Annulé le")
    assert sequel.of(undo).undoable


def test_an_entry_whose_value_came_back_can_be_undone_again():
    later, undo = entry("EN-2", before="2", after="3"), entry("EN-3", before="3", after="2", action=UNDONE)
    standing = Sequel([entry(), later, undo], DATA).of(entry())
    assert standing.undoable
    assert standing.words.endswith("puis la valeur est revenue.")


def test_what_the_application_put_back_and_ids_are_not_undone():
    assert not Sequel([], DATA).of(entry(action=PUT_BACK)).undoable
    assert not Sequel([], DATA).of(entry(field="Identifiant")).undoable
    assert not Sequel([], DATA).of(entry(tab="Un onglet d’avant")).undoable


def test_a_tab_filled_at_once_is_not_undone_and_is_not_said_to_be_gone():
    filled = entry(field="", record_id="", record_title="En une fois", action=ADDED)
    assert Sequel([filled], DATA).of(filled) == Standing(undoable=False)


def test_an_added_record_can_be_put_away_until_it_is_changed_archived_or_gone():
    added = entry(field="", action=ADDED, before="", after="Nom : Martin")
    changed = entry("EN-2")
    back = entry("EN-3", before="2", after="1", action=UNDONE)
    archived = Dataset.of(Promeneur(id="P-1", archived_on=TODAY))
    assert Sequel([added], DATA).of(added).undoable
    assert Sequel([added, changed], DATA).of(added).words == "Modifié à nouveau depuis\u00a0: Téléphone."
    assert not Sequel([added, changed], DATA).of(added).undoable
    assert Sequel([added, changed, back], DATA).of(added).undoable
    assert Sequel([added], archived).of(added).words == "Archivé depuis."
    assert not Sequel([added], archived).of(added).undoable
    assert not Sequel([added], Dataset()).of(added).undoable


def test_the_actions_that_are_read_in_a_way_of_their_own_are_the_journals():
    assert {ADDED, PUT_BACK, UNDONE, *MEANING} <= set(Action)


def test_archives_are_of_all_tables_the_latest_first():
    data = Dataset.of(
        LEA,
        Promeneur(id="P-2", last_name="Roy", archived_on=date(2026, 1, 2)),
        Structure(id="S-2", name="L’Abri", archived_on=date(2026, 3, 4)),
    )
    assert [(one.record.id, one.name, one.on) for one in archives(data)] == [
        ("S-2", "L’Abri", date(2026, 3, 4)),
        ("P-2", "Roy", date(2026, 1, 2)),
    ]
    assert "abri" in archives(data)[0].words


def test_what_an_archived_record_hangs_on_is_named_when_it_is_archived_too():
    gone = Promeneur(id="P-2", structure_id="S-1", archived_on=TODAY)
    profile = OnlineProfile(id="R-1", promeneur_id="P-2", archived_on=TODAY)
    data = Dataset.of(gone, profile, Structure(id="S-1", name="Le Relais"))
    assert archived_around(profile, data) == (gone,)
    assert archived_around(gone, data) == ()
