"""Somebody in the browser and somebody in the sheet, at the same time, on the same card."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

TYPED_HERE, TYPED_THERE = "06 39 98 11 11", "06 39 98 22 22"


@pytest.fixture
def someone(sheet):
    """A Promeneur whom no other test changes."""
    return [row for row in sheet.rows("Promeneurs") if row["Téléphone"] and not row["Sortie le"]][-1]


@pytest.fixture
def dialog(visitor, someone):
    """The form of that Promeneur, open."""
    page = visitor.open(f"annuaire?promeneur={someone['Identifiant']}")
    page.get_by_role("button", name="Modifier", exact=True).first.click()
    found = page.get_by_role("dialog")
    expect(found.get_by_role("textbox", name="Téléphone")).to_be_visible()
    return found


def save(dialog):
    dialog.get_by_role("button", name="Enregistrer").click()


def test_what_was_typed_and_not_understood_stays_with_its_reason(dialog, sheet, someone):
    dialog.get_by_role("textbox", name="Téléphone").fill("demander à Léa")
    dialog.get_by_role("textbox", name="Permanence").fill("lundi 9 h – 11 h")
    save(dialog)
    expect(dialog.get_by_text("On attendait un numéro de téléphone")).to_be_visible()
    expect(dialog.get_by_role("textbox", name="Téléphone")).to_have_value("demander à Léa")
    expect(dialog.get_by_role("textbox", name="Permanence")).to_have_value("lundi 9 h – 11 h")
    assert sheet.row("Promeneurs", someone["Identifiant"]) == someone


def test_different_fields_are_both_kept(dialog, sheet, someone):
    sheet.type("Promeneurs", someone["Identifiant"], "Fonction", "Chef d’orchestre")
    dialog.get_by_role("textbox", name="Permanence").fill("samedi 9 h – 11 h")
    save(dialog)
    expect(dialog).to_have_count(0)
    after = sheet.row("Promeneurs", someone["Identifiant"])
    assert (after["Fonction"], after["Permanence"]) == ("Chef d’orchestre", "samedi 9 h – 11 h")


@pytest.mark.parametrize(("choice", "expected"), [("Ma saisie", TYPED_HERE), ("La feuille", TYPED_THERE)])
def test_the_same_field_is_shown_side_by_side_and_the_person_chooses(dialog, sheet, someone, choice, expected):
    here = {"Ma saisie": TYPED_HERE, "La feuille": "06 39 98 33 33"}[choice]
    sheet.type("Promeneurs", someone["Identifiant"], "Téléphone", TYPED_THERE)
    dialog.get_by_role("textbox", name="Téléphone").fill(here)
    save(dialog)
    expect(dialog.get_by_text(f"Ma saisie : {here}")).to_be_visible()
    expect(dialog.get_by_text(f"La feuille : {TYPED_THERE}")).to_be_visible()
    expect(dialog.get_by_text("a été modifié directement dans la feuille")).to_be_visible()
    assert sheet.row("Promeneurs", someone["Identifiant"])["Téléphone"] == TYPED_THERE
    dialog.get_by_text(f"{choice} :").click()
    save(dialog)
    expect(dialog).to_have_count(0)
    assert sheet.row("Promeneurs", someone["Identifiant"])["Téléphone"] == expected


def test_what_another_session_saved_is_told_with_who_and_when(dialog, visitor, someone, context):
    other = Visitor(context.new_page(), visitor.base)
    card = other.open(f"annuaire?promeneur={someone['Identifiant']}")
    card.get_by_role("button", name="Modifier", exact=True).first.click()
    form = card.get_by_role("dialog")
    form.get_by_role("textbox", name="Permanence").fill("mardi 8 h – 9 h")
    save(form)
    expect(form).to_have_count(0)
    dialog.get_by_role("textbox", name="Permanence").fill("mercredi 8 h – 9 h")
    save(dialog)
    told = dialog.get_by_text("Permanence : ce champ a été modifié entre-temps par Démonstration, le ")
    expect(told).to_contain_text(re.compile(r" à \d+\sh\s\d\d"))
    expect(dialog.get_by_text("La feuille : mardi 8 h – 9 h")).to_be_visible()
    expect(dialog.get_by_text("Ma saisie : mercredi 8 h – 9 h")).to_be_visible()
