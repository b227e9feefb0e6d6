"""The journal, as a visitor has it: what was saved, what was typed in the sheets, what was put away."""

from dataclasses import replace

import pytest

from pdn.domain.archives import archives
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.schema.cells import a1
from pdn.sheets import Change
from pdn.ui import journal_undo
from pdn.ui.store import get_store

PAGE = "pages/administration/journal.py"
DIRECTORY = "pages/reseau/annuaire.py"
PHONE = "06 39 98 44 55"


def text(app):
    kinds = (app.markdown, app.caption, app.header, app.warning)
    return " ".join(found.value for kind in kinds for found in kind).replace("\u00a0", " ")


def table(app, header):
    return next(found.value for found in app.dataframe if header in found.value.columns)


def commits(app):
    """The lines of the journal that a test wrote: those that filled the workbook may be of the same second."""
    found = table(app, "Champs")
    return found[found["Action"] != "Ajout"]


def keys(app, start):
    return [found.key for found in app.button if found.key and found.key.startswith(start)]


def promeneur(index=0):
    return get_store().snapshot().data.live(Promeneur)[index]


def save(*changes, author="Ana Roy"):
    return get_store().commit(list(changes), author=author)


def changed(record, **values):
    return Change(replace(record, **values), before=record)


def typed(header, value, index=0):
    """Somebody types in the row of a Promeneur past the app, between two readings."""
    store = get_store()
    store.refresh()
    reading = store.snapshot().data.reading(Promeneur)
    row = reading.rows[promeneur(index).id]
    field = next(column.field for column in Promeneur.table.columns if column.header == header)
    cell = f"'Promeneurs'!{a1(row, reading.columns[field])}"
    client = store.connection.client
    client.values_update("pdn-reseau", cell, {"valueInputOption": "RAW"}, {"values": [[value]]})
    store.refresh()


@pytest.fixture
def commit(open_page):
    """Ana changed two fields of a Promeneur."""
    open_page(PAGE)
    return save(changed(promeneur(), phone="+33639984455", online_slot="mardi 10 h – 12 h"))


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("Enregistrements", "Rien n’a encore été enregistré"),
        ("Dans la feuille", "Personne n’a rien changé"),
        ("Archives", "Rien n’est archivé"),
    ],
)
def test_an_empty_view_says_what_will_stand_there(open_page, view, said):
    app = open_page(PAGE, "empty", query={"vue": view})
    assert said in text(app)
    assert not app.dataframe


def test_a_commit_is_one_line_with_who_what_and_how_much(open_page, commit):
    assert commit.commit_id
    line = commits(open_page(PAGE)).iloc[0]
    assert (line["Qui"], line["Action"], line["Onglet"], line["Fiche"]) == (
        "Ana Roy", "Modification", "Promeneurs", promeneur().title,
    )  # fmt: skip
    assert (line["Champs"], line["Nombre"]) == ("Téléphone et Permanence", 2)


def test_filters_in_the_address_keep_what_they_say(open_page, commit):
    other = promeneur(1)
    save(changed(other, position="Cheffe d’orchestre"), author="Bob Petit")
    assert commit.commit_id
    for query, kept in (
        ({"qui": "Bob Petit"}, [other.title]),
        ({"fiche": other.id}, [other.title]),
        ({"mots": "ORCHESTRE"}, [other.title]),
        ({"mots": PHONE}, [promeneur().title]),
        ({"dans": "Promeneurs", "periode": "aujourd’hui"}, [other.title, promeneur().title]),
    ):
        assert list(commits(open_page(PAGE, query=query))["Fiche"]) == kept, query
    app = open_page(PAGE, query={"mots": "zzzzzz"})
    assert "Aucun enregistrement ne correspond" in text(app)
    app = open_page(PAGE, query={"fiche": other.id})
    app.button(key="toutes-les-fiches").click().run()
    assert list(commits(app)["Fiche"]) == [other.title, promeneur().title]


def test_a_commit_opens_with_before_and_after(open_page, commit):
    app = open_page(PAGE, query={"enregistrement": commit.commit_id})
    assert promeneur().title in [found.value for found in app.header]
    assert f"→ {PHONE}" in text(app)
    undo = f"undo-commit-{commit.commit_id}"
    assert keys(app, undo) == [undo, f"{undo}-1", f"{undo}-2"]
    assert "n’existe pas" in text(open_page(PAGE, query={"enregistrement": "EN-00000000"}))


def test_undoing_one_entry_leaves_the_others(open_page, commit):
    before = get_store().journal(Promeneur)[-2].before
    app = open_page(PAGE, query={"enregistrement": commit.commit_id})
    app.button(key=f"undo-commit-{commit.commit_id}-1").click().run()
    assert not app.exception
    stands = get_store().refresh().data.get(Promeneur, promeneur().id)
    assert Promeneur.table.by_field["phone"].kind.show(stands.phone) == before
    assert stands.online_slot == "mardi 10 h – 12 h"
    assert "Annulé le" in text(app)
    assert keys(app, f"undo-commit-{commit.commit_id}-") == [f"undo-commit-{commit.commit_id}-2"]


def test_undoing_a_commit_brings_every_field_back_and_is_journaled(open_page, commit):
    id_, entries = promeneur().id, get_store().journal(Promeneur)[-2:]
    app = open_page(PAGE, query={"enregistrement": commit.commit_id})
    app.button(key=f"undo-commit-{commit.commit_id}").click().run()
    stands = get_store().refresh().data.get(Promeneur, id_)
    assert Promeneur.table.by_field["phone"].kind.show(stands.phone) == entries[0].before
    assert stands.online_slot == entries[1].before
    assert [one.action for one in get_store().journal(Promeneur)[-2:]] == ["Annulation"] * 2
    assert not keys(app, f"undo-commit-{commit.commit_id}")


def test_a_refused_undo_says_each_reason_and_offers_the_rest(open_page, commit):
    typed("Téléphone", "06 39 98 77 77")
    app = open_page(PAGE, query={"enregistrement": commit.commit_id})
    app.button(key=f"undo-commit-{commit.commit_id}").click().run()
    (refusal,) = [found.value.replace("\u00a0", " ") for found in app.warning]
    assert "Rien n’a été annulé" in refusal
    assert "Téléphone" in refusal
    assert "06 39 98 77 77" in refusal
    app.button(key="notice-0").click().run()
    stands = get_store().refresh().data.get(Promeneur, promeneur().id)
    assert stands.phone == "+33639987777"
    assert stands.online_slot != "mardi 10 h – 12 h"


def test_undoing_an_addition_archives_it(open_page):
    open_page(PAGE)
    done = save(Change(Structure(name="Maison des jeunes de la Dune")))
    app = open_page(PAGE, query={"enregistrement": done.commit_id})
    assert "Maison des jeunes de la Dune" in text(app)
    app.button(key=f"undo-commit-{done.commit_id}").click().run()
    assert get_store().refresh().data.get(Structure, done.records[0].id).archived
    assert "Archivé depuis" in text(app)


def test_a_journal_that_lost_the_commit_says_so(open_page, commit):
    app = open_page(PAGE, query={"enregistrement": commit.commit_id})
    client = get_store().connection.client
    client.values_clear("pdn-reseau", "'Journal'!A2:Z")
    app.button(key=f"undo-commit-{commit.commit_id}").click().run()
    assert not app.exception
    assert "n’est plus dans l’onglet « Journal »" in text(app)


def test_an_undo_that_google_refuses_can_be_tried_again(open_page, commit):
    app = open_page(PAGE, query={"enregistrement": commit.commit_id})
    faults = get_store().connection.emulator.faults
    faults.add(status=403, on="write")
    app.button(key=f"undo-commit-{commit.commit_id}-2").click().run()
    assert not app.exception
    assert len(app.warning) == 1
    assert get_store().refresh().data.get(Promeneur, promeneur().id).online_slot == "mardi 10 h – 12 h"
    faults.clear()
    app.button(key="notice-0").click().run()
    assert get_store().refresh().data.get(Promeneur, promeneur().id).online_slot != "mardi 10 h – 12 h"


def test_a_journal_that_cannot_be_read_says_why_and_can_be_asked_again(open_page, monkeypatch):
    monkeypatch.setattr("pdn.sheets.journal_reader.BACK_OFF", 0.0)
    open_page(PAGE, query={"vue": "Archives"})
    faults = get_store().connection.emulator.faults
    faults.add(status=403, on="read")
    app = open_page(PAGE)
    assert len(app.warning) == 1
    assert not app.dataframe
    faults.clear()
    app.button(key="retry-journal").click().run()
    assert app.dataframe


def test_a_long_journal_shows_more_when_asked(open_page, monkeypatch):
    monkeypatch.setattr("pdn.ui.journal_commits.PAGE_OF_COMMITS", 2)
    open_page(PAGE)
    for number in range(3):
        save(changed(promeneur(), online_slot=f"mardi {number} h"))
    app = open_page(PAGE)
    assert len(table(app, "Champs")) == 2
    app.button(key="afficher-plus").click().run()
    assert len(table(app, "Champs")) == 4


def test_what_somebody_typed_in_the_sheet_is_listed_with_before_and_after(open_page):
    open_page(PAGE)
    typed("Permanence", "samedi 9 h – 11 h")
    app = open_page(PAGE, query={"vue": "Dans la feuille"})
    (row,) = table(app, "Quoi").to_dict("records")
    assert (row["Quoi"], row["Onglet"], row["Champ"]) == ("Cellule modifiée", "Promeneurs", "Permanence")
    assert (row["Fiche"], row["Après"]) == (promeneur().title, "samedi 9 h – 11 h")
    assert "depuis le démarrage" in text(app)
    assert "Aucun changement ne correspond" in text(open_page(PAGE, query={"vue": "Dans la feuille", "dans": "Budget"}))


def test_archived_records_of_all_tables_are_listed_and_brought_back(open_page):
    open_page(PAGE)
    save(changed(promeneur(), archived_on=get_store().clock.now().date()))
    data = get_store().snapshot().data
    found = archives(data)
    app = open_page(PAGE, query={"vue": "Archives"})
    assert list(table(app, "Archivé le")["Identifiant"]) == [one.record.id for one in found]
    assert {type(one.record) for one in found} >= {Promeneur, OnlineProfile}
    profile = next(one.record for one in found if isinstance(one.record, OnlineProfile))
    app = open_page(PAGE, query={"vue": "Archives", "archive": profile.id})
    app.button(key=f"restore-{profile.id}").click().run()
    assert not app.exception
    assert not get_store().refresh().data.get(OnlineProfile, profile.id).archived
    assert profile.id not in list(table(app, "Archivé le")["Identifiant"])


def test_the_link_of_an_archived_record_opens_it_and_brings_it_back(open_page):
    open_page(DIRECTORY)
    gone = promeneur()
    save(changed(gone, archived_on=get_store().clock.now().date()))
    app = open_page(DIRECTORY, query={"promeneur": gone.id})
    assert gone.title in [found.value for found in app.header]
    assert "Archivé le" in text(app)
    app.button(key=f"restore-{gone.id}").click().run()
    assert not get_store().refresh().data.get(Promeneur, gone.id).archived
    assert keys(app, f"edit-{gone.id}")


def test_the_history_of_a_record_is_asked_for_only_when_it_is_opened(open_page, commit):
    id_ = promeneur().id
    assert commit.commit_id
    log = get_store().connection.emulator.log
    log.clear()
    app = open_page(DIRECTORY, query={"promeneur": id_})
    assert list(log) == []
    app.button(key=f"history-{id_}").click().run()
    assert f"→ {PHONE}" in text(app)
    assert len(keys(app, "undo-history-")) == 2


def test_a_record_that_was_never_changed_says_so(open_page):
    open_page(DIRECTORY)
    app = open_page(DIRECTORY, query={"promeneur": promeneur(3).id})
    app.button(key=f"history-{promeneur(3).id}").click().run()
    assert "Rien n’a été changé dans cette fiche" in text(app)


def test_the_last_thing_saved_can_be_undone_at_once_and_only_once(open_page):
    open_page(DIRECTORY)
    record = promeneur()
    app = open_page(DIRECTORY, query={"promeneur": record.id})
    assert not keys(app, "undo-last")
    app.button(key=f"archive-{record.id}").click().run()
    app.button(key="undo-last").click().run()
    assert not app.exception
    assert get_store().refresh().data.get(Promeneur, record.id) == record
    assert not keys(app, "undo-last")


def test_the_last_thing_saved_is_forgotten_after_ten_minutes(open_page, monkeypatch):
    open_page(DIRECTORY)
    record = promeneur()
    app = open_page(DIRECTORY, query={"promeneur": record.id})
    app.button(key=f"archive-{record.id}").click().run()
    assert keys(app, "undo-last")
    later = journal_undo.now() + journal_undo.FRESH * 2
    monkeypatch.setattr(journal_undo, "now", lambda: later)
    app.run()
    assert not keys(app, "undo-last")
