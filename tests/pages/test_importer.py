"""The import page: a file, its columns, the preview, one commit, and the way back."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.sheets import Change
from pdn.ui.import_file import model
from pdn.ui.store import get_store

PAGE = "pages/administration/importer.py"


def csv(*rows: str) -> bytes:
    return "\n".join(rows).encode("cp1252")


def plain(texts) -> str:
    return "\n".join(found.value for found in texts).replace("\u00a0", " ")


def figures(app) -> dict[str, str]:
    return {found.label: found.value for found in app.metric}


def upload(app, data: bytes, name: str = "liste.csv"):
    app.file_uploader[0].set_value((name, data, "text/csv")).run()
    assert not app.exception
    return app


def click(app, label: str):
    next(found for found in app.button if found.label.replace("\u00a0", " ").startswith(label)).click().run()
    assert not app.exception
    return app


def one(record_type):
    """A record that has all that these tests need."""
    return next(
        found
        for found in get_store().snapshot().data.live(record_type)
        if found.phone and found.email and not found.left_on
    )


@pytest.fixture
def people(open_page):
    """The page, and a file that adds somebody, changes somebody and holds a wrong telephone."""
    app = open_page(PAGE)
    known, structure = one(Promeneur), one(Structure)
    data = csv(
        "Les Promeneurs en mars",
        "Prénom;Nom;Structure;Courriel;Tél. pro;Remarque à moi",
        f"{known.first_name};{known.last_name};;{known.email};06 39 98 00 77;",
        f"Hélène;Müller;{structure.name};helene.muller@example.org;06 39 98 00 78;=1+1",
        f"Paul;Petit;{structure.name};paul.petit@example.org;12;",
    )
    return app, data, known


def test_before_a_file_is_chosen_the_page_says_what_to_do(open_page):
    app = open_page(PAGE)
    assert "Choisissez un fichier" in plain(app.markdown)
    assert [found.value for found in app.header] == ["1. Le fichier"]


def test_a_file_that_cannot_be_read_says_why(open_page):
    app = upload(open_page(PAGE), b"%PDF-1.7\n\x00", "bilan.pdf")
    assert "pas un tableau" in plain(app.error)
    assert [found.value for found in app.header] == ["1. Le fichier"]


def test_the_columns_are_guessed_and_the_preview_tells_each_row(people):
    app, data, known = people
    upload(app, data)
    assert figures(app) == {"À ajouter": "1", "À modifier": "1", "Sans changement": "0", "Laissées de côté": "1"}
    changed, added, remarks = (found.value for found in app.dataframe[:3])
    assert changed[["Fiche", "Champ", "Dans le fichier"]].to_dict("records") == [
        {"Fiche": known.title, "Champ": "Téléphone", "Dans le fichier": "06 39 98 00 77"}
    ]
    assert list(added["Nom"]) == ["Müller"]
    assert "Remarques" not in added
    (remark,) = [row for row in remarks.to_dict("records") if row["Devient"] == "laissée de côté"]
    assert (remark["Adresse"], remark["Ce qui se trouve là"]) == ("liste!E5", "12")


def test_what_is_shown_is_saved_in_one_commit_and_can_be_undone(people):
    app, data, known = people
    upload(app, data)
    click(app, "Importer : 1 ajout et 1 modification")
    assert "Import fait dans « Promeneurs » : 1 ajout et 1 modification." in plain(app.success).replace("**", "")
    store = get_store()
    people_now = store.refresh().data
    assert people_now.get(Promeneur, known.id).phone == "+33639980077"
    (added,) = [found for found in people_now.all(Promeneur) if found.last_name == "Müller"]
    assert added.id.startswith("P-")
    entries = [entry for entry in store.journal(Promeneur) if entry.record_id in {known.id, added.id}]
    assert len({entry.commit_id for entry in entries}) == 1
    click(app, "Annuler cet import")
    assert [found.value for found in app.header] == ["1. Le fichier"]
    after = store.refresh().data
    assert after.get(Promeneur, known.id).phone == known.phone
    assert after.get(Promeneur, added.id).archived


def test_an_import_that_was_undone_elsewhere_is_done_no_more(people):
    app, data, _ = people
    click(upload(app, data), "Importer :")
    (link,) = [found.proto for found in app.get("page_link") if found.proto.label == "Voir dans le journal"]
    assert get_store().journal()[-1].commit_id in link.query_string
    click(app, "Revenir en arrière")
    assert not app.success
    assert app.file_uploader


def test_undoing_something_else_leaves_the_import_on_screen(people):
    app, data, _ = people
    click(upload(app, data), "Importer :")
    app.session_state["just-undone"] = True
    app.run()
    assert "Import fait" in plain(app.success)


def test_the_same_file_again_changes_nothing(people):
    app, data, _ = people
    upload(app, data)
    click(app, "Importer :")
    click(app, "Importer un autre fichier")
    upload(app, data)
    assert figures(app)["À ajouter"] == figures(app)["À modifier"] == "0"
    assert not [found for found in app.button if found.label.startswith("Importer")]


def test_rows_with_a_problem_come_in_only_when_the_person_says_so(people):
    app, data, _ = people
    upload(app, data)
    next(found for found in app.checkbox if "à problème" in found.label).check().run()
    assert figures(app)["À ajouter"] == "2"
    click(app, "Importer :")
    (paul,) = [found for found in get_store().refresh().data.all(Promeneur) if found.last_name == "Petit"]
    assert paul.phone == ""


def test_a_person_corrects_where_a_column_goes(people):
    app, data, _ = people
    upload(app, data)
    box = next(found for found in app.selectbox if "Remarque à moi" in found.label)
    assert box.value == ""
    box.set_value("online_slot").run()
    assert list(app.dataframe[1].value["Permanence"]) == ["=1+1"]
    box = next(found for found in app.selectbox if "Remarque à moi" in found.label)
    box.set_value("email").run()
    assert "n’en gardez qu’une" in plain(app.error)
    assert not app.metric


def test_another_table_may_be_chosen(open_page):
    app = upload(open_page(PAGE), csv("Prénom;Nom;Mail", "Léa;Martin;lea@example.org"))
    tab = next(found for found in app.selectbox if "onglet" in found.label)
    assert tab.value == "Promeneurs"
    tab.set_value("Coordinateurs").run()
    assert not app.exception
    assert "Depuis le" in plain(app.warning)


def test_what_somebody_changed_meanwhile_is_shown_and_the_preview_made_again(people):
    app, data, known = people
    upload(app, data)
    store = get_store()
    before = store.snapshot().data.get(Promeneur, known.id)
    # A partner types another number in that cell, which the app has not read yet.
    reading = store.snapshot().data.reading(Promeneur)
    letter = chr(ord("A") + reading.columns["phone"])
    row = reading.rows[known.id] + 1
    store.connection.client.values_update(
        "pdn-reseau", f"'Promeneurs'!{letter}{row}", {"valueInputOption": "RAW"}, {"values": [["06 39 98 00 11"]]}
    )
    click(app, "Importer :")
    assert "Rien n’a été importé" in plain(app.warning)
    (conflict,) = app.dataframe[0].value.to_dict("records")
    assert (conflict["Fiche"], conflict["Dans la feuille maintenant"]) == (before.title, "06 39 98 00 11")
    click(app, "Importer :")
    assert store.refresh().data.get(Promeneur, known.id).phone == "+33639980077"


def test_archived_records_come_back_only_when_asked_for(open_page):
    app = open_page(PAGE)
    store = get_store()
    known = one(Promeneur)
    store.commit([Change(replace(known, archived_on=date(2020, 1, 1)), before=known)], author="Essai")
    upload(app, csv("Mail;Fonction", f"{known.email};Animatrice"))
    assert figures(app)["Laissées de côté"] == "1"
    next(found for found in app.checkbox if "archives" in found.label).check().run()
    assert figures(app)["À modifier"] == "1"


def test_a_model_holds_the_declared_headers_and_their_help(tmp_path):
    path = tmp_path / "modele.xlsx"
    path.write_bytes(model(Promeneur))
    book = openpyxl.load_workbook(path)
    headers = [cell.value for cell in book.worksheets[0][1]]
    assert headers[:2] == ["Prénom", "Nom"]
    assert not {"Identifiant", "Étiquette", "Archivé le"} & set(headers)
    told = dict(book["À propos"].iter_rows(values_only=True))
    assert "À remplir" in told["Mail"]


def test_an_empty_workbook_takes_its_first_list(open_page):
    app = upload(open_page(PAGE, "empty"), csv("Nom;Commune", "Maison des jeunes;Bègles", "Mission locale;Libourne"))
    click(app, "Importer : 2 ajouts")
    assert {found.name for found in get_store().refresh().data.all(Structure)} == {
        "Maison des jeunes",
        "Mission locale",
    }
