"""« Qualité des données »: all that is to mend, narrowed, opened, mended by a click, written to a partner."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from pdn.domain.budget_line import BudgetLine
from pdn.domain.promeneur import Promeneur
from pdn.domain.quality import to_mend
from pdn.domain.quality_register import code_of
from pdn.domain.settings import read_settings
from pdn.domain.structure import Structure
from pdn.domain.workbooks import JOURNAL
from pdn.schema import ProblemKind
from pdn.schema.cells import a1
from pdn.ui.clock import now
from pdn.ui.navigation import BY_SLUG
from pdn.ui.store import get_store
from tests.pages.conftest import well

PAGE = "pages/administration/qualite.py"


def data():
    return get_store().snapshot().data


def text(app):
    kinds = (app.markdown, app.caption, app.header, app.warning, app.error, app.info)
    return " ".join(found.value for kind in kinds for found in kind).replace("\\", "").replace("\u00a0", " ")


def listed(app):
    """The rows of the list."""
    return app.dataframe[0].value.to_dict("records")


def problem_at(field, kind):
    settings = read_settings(data())[0]
    found = (*to_mend(data(), settings, now().date()), *data().notices)
    return next(problem for problem in found if problem.field == field and problem.kind is kind)


class Partner:
    """Somebody who edits the sheets past the app."""

    def __init__(self):
        self.store = get_store()
        self.client = self.store.connection.client

    def _write(self, row, column, value, record_type):
        reading = data().reading(record_type)
        place = f"'{reading.title}'!{a1(row, column)}"
        key = self.store.book_of(record_type).key
        self.client.values_update(key, place, {"valueInputOption": "RAW"}, {"values": [[value]]})
        self.store.refresh()

    def type(self, record, field, value):
        """Type in the cell of a record."""
        reading = data().reading(type(record))
        self._write(reading.rows[record.id], reading.columns[field], value, type(record))

    def head(self, record_type, field, header):
        """Type another header."""
        reading = data().reading(record_type)
        self._write(reading.header_row, reading.columns[field], header, record_type)

    def add(self, tab, *cells):
        """Type a row at the end of a tab."""
        self.client.values_append("pdn-reseau", f"'{tab}'!A1", {"valueInputOption": "RAW"}, {"values": [list(cells)]})
        self.store.refresh()

    def delete_tab(self, record_type, title=""):
        """Delete a whole tab: a record's, or another one of its workbook."""
        book = self.store.book_of(record_type)
        sheet_id = book.metadata().find(title or record_type.table.tab).sheet_id
        self.client.batch_update(book.key, {"requests": [{"deleteSheet": {"sheetId": sheet_id}}]})
        self.store.refresh()


@pytest.fixture
def partner(open_page):
    open_page(PAGE)
    get_store().refresh()
    return Partner()


@pytest.fixture
def someone(partner):
    """A Promeneur who has not left."""
    del partner  # the workbook has to be open
    return next(found for found in data().live(Promeneur) if found.left_on is None and found.structure_id)


def test_an_empty_workbook_has_nothing_to_mend(open_page):
    app = open_page(PAGE, "empty")
    assert "Tout est compris : rien à corriger." in text(app)
    assert not app.dataframe


def test_a_cell_that_was_not_understood_is_listed_with_all_that_mends_it(open_page, partner, someone):
    partner.type(someone, "phone", "demander à Léa")
    app = open_page(PAGE)
    assert "1 point à corriger" in text(app)
    (row,) = [row for row in listed(app) if row["Ce qui se trouve là"] == "demander à Léa"]
    assert row["Adresse"].startswith("Promeneurs!")
    assert row["Fiche"] == someone.title
    assert "numéro de téléphone" in row["Problème"]
    assert row["Que faire"]
    assert row["Nature"] == "Cellule non comprise"


def test_what_rules_find_between_records_is_listed_too(open_page, partner, someone):
    other = next(found for found in data().live(Promeneur) if found.left_on is None and found.id != someone.id)
    partner.type(someone, "email", other.email)
    rows = [
        row for row in listed(open_page(PAGE)) if row["Nature"] == "Incohérence" and "même adresse" in row["Problème"]
    ]
    assert {row["Fiche"] for row in rows} == {someone.title, other.title}


def test_the_address_narrows_the_list_and_pills_count_it(open_page, partner, someone):
    partner.type(someone, "phone", "demander")
    partner.add("Structures", "", "Maison de la Dune")
    app = open_page(PAGE, query={"onglets": "Structures", "nature": "Ligne sans identifiant"})
    assert [row["Fiche"] for row in listed(app)] == ["Maison de la Dune"]
    assert "Structures · 1" in [option.content for option in app.button_group[0].proto.options]
    app = open_page(PAGE, query={"contenu": "DEMANDER"})
    assert [row["Fiche"] for row in listed(app)] == [someone.title]


def test_a_pill_narrows_the_list_and_the_address_keeps_it(open_page, partner):
    partner.add("Structures", "", "Maison de la Dune")
    app = open_page(PAGE)
    next(found for found in app.button_group if found.label == "Onglet").set_value("Structures").run()
    assert not app.exception
    assert {row["Adresse"].partition("!")[0] for row in listed(app)} == {"Structures"}
    assert app.query_params["onglets"] == "Structures"


def test_a_filter_that_keeps_nothing_says_so(open_page, partner):
    partner.add("Structures", "", "Maison de la Dune")
    assert "Rien ne correspond" in text(open_page(PAGE, query={"contenu": "introuvable"}))


def test_what_is_understood_all_the_same_is_shown_when_asked_for(open_page, partner, someone):
    partner.type(someone, "phone", "06.39.98.00.12")
    app = open_page(PAGE)
    assert "1 écriture comprise" in text(app)
    assert not any(row["Nature"] == "Écriture à harmoniser" for row in (listed(app) if app.dataframe else []))
    app.toggle(key="harmoniser").set_value(True).run()
    (row,) = [row for row in listed(app) if row["Nature"] == "Écriture à harmoniser"]
    assert (row["Fiche"], row["Ce qui se trouve là"]) == (someone.title, "06.39.98.00.12")


def test_an_opened_point_shows_where_and_how(open_page, partner, someone):
    partner.type(someone, "phone", "demander à Léa")
    point = problem_at("phone", ProblemKind.UNREADABLE)
    app = open_page(PAGE, query={"point": code_of(point)})
    assert point.address in [found.value.replace("\\", "") for found in app.header]
    assert "Que faire : Écrivez-le" in text(app).replace("**", "")
    assert app.button(key=f"edit-{someone.id}")
    assert not [found for found in app.button if found.key == "corriger-ce-point"]


def test_an_opened_point_leads_to_the_form_which_says_what_stands_in_the_sheet(open_page, partner, someone):
    partner.type(someone, "phone", "demander à Léa")
    app = open_page(PAGE, query={"point": code_of(problem_at("phone", ProblemKind.UNREADABLE))})
    app.button(key=f"edit-{someone.id}").click().run()
    assert "Dans la feuille : « demander à Léa »" in text(app)


def test_a_point_that_was_mended_since_says_so(open_page, partner, someone):
    partner.type(someone, "phone", "demander à Léa")
    assert "il a été corrigé" in text(open_page(PAGE, query={"point": "00000000"}))


def test_one_point_is_mended_by_its_button(open_page, partner, someone):
    partner.type(someone, "phone", "06.39.98.00.12")
    app = open_page(PAGE, query={"point": code_of(problem_at("phone", ProblemKind.UNTIDY))})
    app.button(key="corriger-ce-point").click().run()
    assert not app.exception
    assert get_store().refresh().data.notices == ()


def test_a_row_typed_by_hand_gets_its_id(open_page, partner):
    partner.add("Structures", "", "Maison des jeunes de la Dune")
    app = open_page(PAGE)
    assert "1 ligne sans identifiant" in text(app)
    app.button(key="corriger-no_id").click().run()
    assert not app.exception
    (added,) = [found for found in get_store().refresh().data.all(Structure) if "Dune" in found.name]
    assert added.id.startswith("S-")


def test_all_certain_mends_are_one_commit_a_workbook(open_page, partner, someone):
    partner.type(someone, "phone", "06.39.98.00.12")
    partner.head(Promeneur, "phone", "Tél.")
    partner.add("Structures", "", "Maison de la Dune")
    partner.add("Promeneurs", someone.id, "Zoé", "Copie")
    app = open_page(PAGE)
    before = len(get_store().journal())
    app.button(key="tout-corriger").click().run()
    assert not app.exception
    after = get_store().refresh().data
    assert after.notices == ()
    assert not {ProblemKind.NO_ID, ProblemKind.COPIED_ID} & {problem.kind for problem in after.problems}
    entries = get_store().journal()[before:]
    assert len({entry.commit_id for entry in entries}) == 1
    assert [found.title for found in after.all(Promeneur) if found.first_name == "Zoé"] == ["Zoé Copie"]


def test_a_header_that_only_resembles_one_is_renamed_on_its_own(open_page, partner):
    partner.head(Promeneur, "online_slot", "Permanance")
    partner.add("Structures", "", "Maison de la Dune")
    partner.add("Structures", "S-00000000", "Une")
    partner.add("Structures", "S-00000000", "Autre")
    assert problem_at("online_slot", ProblemKind.COLUMN_MISSING).suggestion == "Permanance"
    app = open_page(PAGE)
    app.button(key="tout-corriger").click().run()
    assert problem_at("online_slot", ProblemKind.COLUMN_MISSING)
    app.button(key="renommer-promeneur-online_slot").click().run()
    assert not app.exception
    assert "online_slot" in get_store().refresh().data.reading(Promeneur).columns


def test_a_tab_that_is_missing_is_put_back(open_page, partner):
    partner.delete_tab(Structure)
    app = open_page(PAGE)
    assert "1 onglet manquant" in text(app)
    app.button(key="completer").click().run()
    assert not app.exception
    assert not [problem for problem in data().problems if problem.kind is ProblemKind.TAB_MISSING]


def test_a_cell_that_holds_a_formula_is_left_alone_and_the_others_are_mended(open_page, partner, someone):
    reading = data().reading(Promeneur)
    place = f"'Promeneurs'!{a1(reading.rows[someone.id], reading.columns['phone'])}"
    formula = '="06.39.98.00."&"12"'
    partner.client.values_update("pdn-reseau", place, {"valueInputOption": "USER_ENTERED"}, {"values": [[formula]]})
    partner.store.refresh()
    partner.add("Structures", "", "Maison de la Dune")
    app = open_page(PAGE)
    app.button(key="tout-corriger").click().run()
    assert not app.exception
    assert f"Laissé tel quel : {place.replace(chr(39), '')}" in text(app)
    assert "formule" in text(app)
    after = get_store().refresh().data
    assert ProblemKind.NO_ID not in {problem.kind for problem in after.problems}
    assert [notice.found for notice in after.notices] == ["06.39.98.00.12"]


def test_a_structure_chosen_shows_only_its_own_and_a_message_to_it(open_page, partner, someone):
    structure = data().get(Structure, someone.structure_id)
    other = next(
        found for found in data().live(Promeneur) if found.structure_id != structure.id and found.left_on is None
    )
    partner.type(someone, "phone", "demander à Léa")
    partner.type(other, "phone", "demander à Paul")
    app = open_page(PAGE, query={"structure": structure.id})
    assert "Léa" in str(listed(app))
    assert "Paul" not in str(listed(app))
    (link,) = app.get("link_button")
    assert link.proto.url.startswith(f"mailto:{structure.email or structure.manager_email}?subject=")
    body = parse_qs(urlsplit(link.proto.url).query)["body"][0]
    assert "demander à Léa" in body
    assert "Paul" not in unquote(link.proto.url) + app.code[0].value
    assert someone.title in app.code[0].value


def test_a_structure_in_order_has_nothing_and_no_message(open_page, partner):
    del partner
    concerned = {found.structure_id for found in data().live(Promeneur)}
    free = next(found for found in data().live(Structure) if found.id not in concerned)
    app = open_page(PAGE, query={"structure": free.id})
    assert "Rien à corriger pour" in text(app)
    assert not app.get("link_button")


def test_the_workbook_pilotage_is_listed_and_never_in_a_structures_view(open_page, partner):
    line = data().live(BudgetLine)[0]
    partner.type(line, "year", "l’an dernier")
    assert any(row["Ce qui se trouve là"] == "l’an dernier" for row in listed(open_page(PAGE)))
    structure = data().live(Structure)[0]
    app = open_page(PAGE, query={"structure": structure.id})
    assert not app.dataframe or "l’an dernier" not in str(listed(app))


def test_a_filter_by_name_keeps_the_records_code_in_the_address_and_is_found_again(open_page, partner, someone):
    partner.type(someone, "phone", "demander à Léa")
    app = open_page(PAGE)
    app.selectbox(key="structure").select(someone.structure_id).run()
    assert app.query_params["structure"] == someone.structure_id
    assert {row["Fiche"] for row in listed(app)} == {someone.title}
    app.switch_page(BY_SLUG["parametres"].path)
    well(app.run())
    app.query_params.clear()
    app.switch_page(PAGE)
    assert well(app.run()).selectbox(key="structure").value == someone.structure_id
    well(app.selectbox(key="structure").select(None).run())
    assert "structure" not in app.query_params


def test_a_mend_is_undone_from_the_sidebar(open_page, partner, someone):
    partner.type(someone, "phone", "06.39.98.00.12")
    partner.add("Structures", "", "Maison de la Dune")
    app = open_page(PAGE)
    app.button(key="tout-corriger").click().run()
    assert "2 corrections faites. Les identifiants donnés restent." in text(app.sidebar)
    app.button(key="undo-last").click().run()
    assert not app.exception
    assert "1 écriture comprise" in text(app)
    assert [notice.found for notice in data().notices] == ["06.39.98.00.12"]


def test_a_mend_that_only_gave_ids_is_not_offered_to_be_undone(open_page, partner):
    partner.add("Structures", "", "Maison de la Dune")
    app = open_page(PAGE)
    app.button(key="corriger-no_id").click().run()
    assert "undo-last" not in [button.key for button in app.button]


def test_mends_in_both_workbooks_are_undone_together(open_page, partner, someone):
    partner.type(someone, "phone", "06.39.98.00.12")
    line = next(found for found in data().live(BudgetLine) if found.planned)
    partner.type(line, "planned", "1 234,50 €")
    app = open_page(PAGE)
    app.button(key="corriger-untidy").click().run()
    assert not data().notices
    app.button(key="undo-last").click().run()
    assert not app.exception
    assert sorted(notice.found for notice in data().notices) == ["06.39.98.00.12", "1 234,50 €"]
    assert "undo-last" not in [button.key for button in app.button]


def test_a_missing_journal_is_put_back_and_its_page_says_where(open_page, partner):
    key = partner.store.book_of(Promeneur).key
    partner.delete_tab(Promeneur, JOURNAL.table.tab)
    app = open_page("pages/administration/journal.py")
    assert "L’onglet « Journal » manque dans une feuille" in text(app)
    assert [found.proto.page for found in app.get("page_link")] == ["qualite"]
    app = open_page(PAGE)
    assert "**1 onglet manquant** · Journal" in text(app)
    open_page(PAGE, query={"point": code_of(data().problems[0])})
    app.button(key="completer").click().run()
    assert not app.exception
    assert partner.client.values_get(key, "'Journal'!A1")["values"]
    assert not data().problems
