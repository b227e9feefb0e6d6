"""The directory, as a visitor has it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from pdn.domain.promeneur import Promeneur
from pdn.domain.structure import Structure
from pdn.sheets import Change
from pdn.ui.store import get_store

PAGE = "pages/reseau/annuaire.py"


def button(app, label):
    return next(found for found in app.button if found.label == label)


def test_an_empty_directory_says_what_to_do(open_page):
    app = open_page(PAGE, "empty")
    assert any("Ajoutez le premier" in found.value for found in app.markdown)


def test_an_empty_list_of_structures_says_what_to_do(open_page):
    app = open_page(PAGE, "empty", query={"vue": "Structures"})
    assert any("Ajoutez la première" in found.value for found in app.markdown)


def test_the_list_shows_everybody_and_a_search_keeps_who_fits(open_page):
    app = open_page(PAGE)
    everybody = app.dataframe[0].value
    name = everybody["Nom"].iloc[0]
    app.text_input(key="recherche").set_value(name.upper()).run()
    kept = app.dataframe[0].value
    assert 0 < len(kept) < len(everybody)
    assert set(kept["Nom"]) >= {name}


def test_a_search_that_finds_nobody_says_so(open_page):
    app = open_page(PAGE, query={"recherche": "zzzzzz"})
    assert any("Personne ne correspond" in found.value for found in app.markdown)


@pytest.mark.parametrize(("record_type", "parameter"), [(Promeneur, "promeneur"), (Structure, "structure")])
def test_an_address_opens_a_card(open_page, record_type, parameter):
    open_page(PAGE)
    record = get_store().snapshot().data.all(record_type)[0]
    app = open_page(PAGE, query={parameter: record.id})
    assert record.title in [found.value for found in app.header]


def test_an_old_link_says_that_the_card_is_gone(open_page):
    app = open_page(PAGE, query={"promeneur": "P-00000000"})
    assert any("n’existe pas" in found.value for found in app.markdown)


def test_cards_of_all_kinds_of_promeneurs_open(open_page):
    open_page(PAGE)
    data = get_store().snapshot().data
    for promeneur in data.all(Promeneur)[::9]:
        open_page(PAGE, query={"promeneur": promeneur.id})


def test_a_telephone_is_corrected_in_the_sheet(open_page):
    open_page(PAGE)
    promeneur = get_store().snapshot().data.all(Promeneur)[0]
    app = open_page(PAGE, query={"promeneur": promeneur.id})
    button(app, "Modifier").click().run()
    prefix = f"form-promeneur-{promeneur.id}"
    app.text_input(key=f"{prefix}-phone").set_value("06.39.98.12.34")
    app.button(key=f"{prefix}-save").click().run()
    assert not app.exception
    assert get_store().refresh().data.get(Promeneur, promeneur.id).phone == "+33639981234"


def test_what_cannot_be_understood_is_not_written(open_page):
    open_page(PAGE)
    promeneur = get_store().snapshot().data.all(Promeneur)[0]
    app = open_page(PAGE, query={"promeneur": promeneur.id})
    button(app, "Modifier").click().run()
    prefix = f"form-promeneur-{promeneur.id}"
    app.text_input(key=f"{prefix}-phone").set_value("douze")
    app.button(key=f"{prefix}-save").click().run()
    assert get_store().refresh().data.get(Promeneur, promeneur.id) == promeneur


def test_archiving_takes_the_card_out_of_the_list(open_page):
    open_page(PAGE)
    promeneur = get_store().snapshot().data.all(Promeneur)[0]
    app = open_page(PAGE, query={"promeneur": promeneur.id})
    app.button(key=f"archive-{promeneur.id}").click().run()
    assert get_store().refresh().data.get(Promeneur, promeneur.id).archived
    assert "promeneur" not in app.query_params


def test_archiving_needs_no_mend_first(open_page):
    open_page(PAGE)
    store = get_store()
    promeneur = next(one for one in store.snapshot().data.live(Promeneur) if one.entered_on and not one.left_on)
    wrong = replace(promeneur, left_on=promeneur.entered_on - timedelta(days=9))
    store.commit([Change(wrong, before=promeneur)], author="Ana")
    app = open_page(PAGE, query={"promeneur": promeneur.id})
    app.button(key=f"archive-{promeneur.id}").click().run()
    assert not app.error
    assert store.refresh().data.get(Promeneur, promeneur.id).archived
    app = open_page(PAGE, query={"promeneur": promeneur.id})
    app.button(key=f"restore-{promeneur.id}").click().run()
    assert not app.error
    assert not store.refresh().data.get(Promeneur, promeneur.id).archived
