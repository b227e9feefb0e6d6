"""Google fails while somebody types: the typing stays, « Réessayer » saves it, once."""

import re

import pytest
from playwright.sync_api import expect

FOR_EVER = 1_000_000
TYPED = "dimanche 9 h – 11 h"


@pytest.fixture
def faults(running):
    """What Google is told to do wrong; it behaves again afterwards."""
    yield running.emulator.faults
    running.emulator.faults.clear()


@pytest.fixture
def someone(sheet):
    """A Promeneur whom no other test changes."""
    return [row for row in sheet.rows("Promeneurs") if row["Téléphone"] and not row["Sortie le"]][-2]


@pytest.fixture
def dialog(visitor, someone):
    """The form of that Promeneur, open, with something typed."""
    page = visitor.open(f"annuaire?promeneur={someone['Identifiant']}")
    page.get_by_role("button", name="Modifier", exact=True).first.click()
    found = page.get_by_role("dialog")
    found.get_by_role("textbox", name="Permanence").fill(TYPED)
    return found


def press(dialog, name):
    dialog.get_by_role("button", name=name, exact=True).click()


def test_a_form_that_could_not_be_saved_keeps_its_typing_until_it_can(dialog, faults, sheet, someone):
    faults.add(status=403, on="write", times=FOR_EVER)
    before = len(sheet.journal())
    press(dialog, "Enregistrer")
    expect(dialog.get_by_text("Rien n’a été enregistré.")).to_be_visible()
    expect(dialog.get_by_text("Votre saisie est toujours là.")).to_be_visible()
    expect(dialog.get_by_role("textbox", name="Permanence")).to_have_value(TYPED)
    assert sheet.row("Promeneurs", someone["Identifiant"]) == someone
    faults.clear()
    press(dialog, "Réessayer")
    expect(dialog).to_have_count(0)
    assert sheet.row("Promeneurs", someone["Identifiant"])["Permanence"] == TYPED
    assert len(sheet.journal()) == before + 1


def test_an_addition_that_landed_unknown_to_us_and_is_corrected_stands_once(visitor, faults, sheet):
    page = visitor.open("annuaire?vue=Structures")
    page.get_by_role("button", name=re.compile("^Ajouter une structure")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Nom *", exact=True).fill("Maison de la Coupure")
    faults.add(on="write", drop="after")
    faults.add(on="read")
    faults.add(on="read", status=401, times=FOR_EVER)
    press(dialog, "Enregistrer")
    expect(dialog.get_by_text("rien ne sera écrit deux fois")).to_be_visible()
    faults.clear()
    dialog.get_by_role("textbox", name="Adresse", exact=True).fill("1 place du Retour")
    press(dialog, "Réessayer")
    expect(dialog).to_have_count(0)
    (added,) = [row for row in sheet.rows("Structures") if row["Nom"] == "Maison de la Coupure"]
    assert added["Adresse"] == "1 place du Retour"


def test_a_row_deleted_meanwhile_comes_back_under_its_own_id(dialog, sheet, someone):
    sheet.delete("Promeneurs", someone["Identifiant"])
    press(dialog, "Enregistrer")
    expect(dialog.get_by_text("n’est plus dans l’onglet")).to_be_visible()
    expect(dialog.get_by_role("textbox", name="Permanence")).to_have_value(TYPED)
    press(dialog, "Enregistrer comme nouvelle fiche")
    expect(dialog).to_have_count(0)
    after = sheet.row("Promeneurs", someone["Identifiant"])
    assert (after["Permanence"], after["Téléphone"]) == (TYPED, someone["Téléphone"])


def test_a_page_left_open_says_by_itself_that_google_is_back(visitor, faults):
    page = visitor.open("annuaire")
    faults.add(status=403, on="read", times=FOR_EVER)
    refresh = page.get_by_role("button", name="Actualiser")
    warning = page.get_by_text("Les données affichées ont été lues")
    for _ in range(60):
        # A reading less than three seconds old is not made again.
        refresh.click()
        visitor.settle()
        if warning.is_visible():
            break
    expect(warning).to_contain_text("n’est pas partagée")
    faults.clear()
    page.get_by_role("button", name="Afficher les données à jour").click(timeout=60_000)
    expect(warning).to_have_count(0)
