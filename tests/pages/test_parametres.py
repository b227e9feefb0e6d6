"""The settings, as a visitor has them: read in French, changed by their form, with what contradicts told."""

from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.envelope import Envelope
from pdn.domain.settings import Coordinator, Institution, Parameter, Proration, read_settings
from pdn.domain.settings_edit import setting_groups
from pdn.sheets import Change, open_store
from pdn.ui.forms import STATE as FORM
from pdn.ui.settings_form import STATE
from pdn.ui.store import data_dir, get_store

PAGE = "pages/administration/parametres.py"
VIEWS = ("Réglages", "Enveloppes", "Institutions", "Coordinateurs")


def data():
    return get_store().snapshot().data


def settings():
    return read_settings(data())[0]


def text(app):
    kinds = (app.markdown, app.caption, app.header, app.warning, app.error)
    return " ".join(found.value for kind in kinds for found in kind).replace("\\", "").replace("\u00a0", " ")


def edit(app, heading_field, **values):
    """Open the form of a heading (named by its first setting) and fill it in."""
    app.button(key=f"modifier-{heading_field}").click().run()
    for field, value in values.items():
        key = f"settings-form-{field}"
        if isinstance(value, date) or value is None:
            app.date_input(key=key).set_value(value)
        elif field == "proration":
            app.selectbox(key=key).set_value(value)
        else:
            app.text_input(key=key).set_value(value)
    app.button(key="settings-form-save").click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("workbook", ["empty", "demo"])
def test_every_view_opens(open_page, view, workbook):
    open_page(PAGE, workbook, query={"vue": view})


def test_every_setting_is_shown_under_its_heading(open_page):
    app = open_page(PAGE)
    shown = text(app)
    for heading, columns in setting_groups().items():
        assert heading in [found.value for found in app.header]
        for column in columns:
            assert column.header in shown
    assert "01/10/2018" in shown
    assert "Gironde" in shown


def test_a_setting_that_nobody_filled_in_says_so(open_page):
    assert "non renseigné" in text(open_page(PAGE, "empty"))


def test_settings_are_saved_in_one_commit(open_page):
    app = open_page(PAGE)
    edit(app, "coordination_starts_on", proration="par jour", training_starts_on=date(2019, 4, 1))
    assert settings().proration is Proration.BY_DAY
    assert settings().training_starts_on == date(2019, 4, 1)
    assert data().get(Parameter, "training_starts_on").value == "01/04/2019"
    assert "01/04/2019" in text(open_page(PAGE))


def test_a_value_that_is_not_understood_is_refused_at_its_field(open_page):
    app = edit(open_page(PAGE), "agreement_months", notice_days="bientôt")
    assert "On attendait un nombre entier" in app.session_state[STATE].misreads["notice_days"]
    assert settings().notice_days == 90


def test_settings_that_contradict_each_other_are_refused(open_page):
    app = edit(open_page(PAGE), "phase_min", phase_min="25")
    assert ["moins de Promeneurs" in finding.message for finding in app.session_state[STATE].findings] == [True]
    assert settings().phase_min == 15


def test_emptying_a_setting_brings_its_default_back_and_says_so(open_page):
    edit(open_page(PAGE), "agreement_months", notice_days="30")
    assert settings().notice_days == 30
    edit(open_page(PAGE), "agreement_months", notice_days="")
    assert settings().notice_days == 90
    assert "par défaut" in text(open_page(PAGE))


def test_saving_without_a_change_writes_nothing(open_page):
    app = open_page(PAGE)
    before = data()
    edit(app, "agreement_months")
    assert data() is before


def test_a_value_of_the_sheet_that_cannot_be_read_is_told_at_its_field(open_page):
    open_page(PAGE)
    row = data().get(Parameter, "phase_min")
    get_store().commit([Change(replace(row, value="quinze"), before=row)], author="Quelqu’un")
    app = open_page(PAGE)
    assert "« quinze » n’a pas été compris" in text(app)
    app.button(key="modifier-phase_min").click().run()
    assert "Dans la feuille : « quinze »" in text(app)
    edit(open_page(PAGE), "phase_min", phase_min="12")
    assert (settings().phase_min, read_settings(data())[1]) == (12, ())


def test_two_people_changing_one_setting_are_asked_and_the_sheet_keeps_what_it_has_meanwhile(open_page):
    app = open_page(PAGE)
    app.button(key="modifier-agreement_months").click().run()
    app.text_input(key="settings-form-notice_days").set_value("45")
    # Somebody writes in the same file, which this process has not read again.
    elsewhere = open_store({}, data_dir=data_dir(), environ={})
    row = elsewhere.snapshot().data.get(Parameter, "notice_days")
    elsewhere.commit([Change(replace(row, value=60), before=row)], author="Une collègue")
    elsewhere.connection.emulator.close()
    app.button(key="settings-form-save").click().run()
    (conflict,) = app.session_state[STATE].conflicts
    assert (conflict.record_id, conflict.current, conflict.wanted) == ("notice_days", "60", "45")
    get_store().refresh()
    assert settings().notice_days == 60


def test_an_envelope_opens_and_can_be_corrected(open_page):
    open_page(PAGE)
    envelope = data().live(Envelope)[0]
    app = open_page(PAGE, query={"enveloppe": envelope.id})
    app.button(key=f"edit-{envelope.id}").click().run()
    app.text_input(key=f"form-envelope-{envelope.id}-amount").set_value("21 000")
    app.button(key=f"form-envelope-{envelope.id}-save").click().run()
    assert data().get(Envelope, envelope.id).amount == 21_000


def test_a_second_envelope_for_one_strand_and_year_is_refused(open_page):
    app = open_page(PAGE, query={"vue": "Enveloppes"})
    count = len(data().live(Envelope))
    app.button(key="ajouter-envelope").click().run()
    app.selectbox(key="form-envelope-new-strand").set_value("coordination")
    app.text_input(key="form-envelope-new-amount").set_value("5")
    app.button(key="form-envelope-new-save").click().run()
    assert ["a déjà une enveloppe" in finding.message for finding in app.session_state[FORM].findings] == [True]
    assert len(data().live(Envelope)) == count


def test_an_institution_and_a_coordinator_can_be_added(open_page):
    app = open_page(PAGE, "empty", query={"vue": "Institutions"})
    app.button(key="ajouter-institution").click().run()
    app.text_input(key="form-institution-new-name").set_value("Caisse d’allocations familiales")
    app.button(key="form-institution-new-save").click().run()
    assert [found.name for found in data().live(Institution)] == ["Caisse d’allocations familiales"]
    app = open_page(PAGE, "empty", query={"vue": "Coordinateurs"})
    app.button(key="ajouter-coordinator").click().run()
    app.text_input(key="form-coordinator-new-first_name").set_value("Léa")
    app.text_input(key="form-coordinator-new-last_name").set_value("Martin")
    app.button(key="form-coordinator-new-save").click().run()
    assert [found.title for found in data().live(Coordinator)] == ["Léa Martin"]


def test_an_address_of_a_record_that_is_not_there_says_so(open_page):
    assert "n’existe pas" in text(open_page(PAGE, query={"institution": "I-00000000"}))
