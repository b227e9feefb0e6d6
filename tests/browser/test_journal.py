"""Undo, from a record's own history: it comes back in the sheet, or is refused where a partner has typed since."""

import pytest
from playwright.sync_api import expect

HERE, THERE = "06 39 98 61 61", "06 39 98 62 62"
SLOT = "jeudi 9 h – 11 h"


@pytest.fixture
def someone(sheet):
    """A Promeneur whom no test has changed yet."""
    untouched = [row for row in sheet.rows("Promeneurs") if row["Téléphone"] and row["Permanence"] != SLOT]
    return [row for row in untouched if not row["Sortie le"]][-3]


@pytest.fixture
def card(visitor, someone):
    """That Promeneur's card, once the telephone and the slot were changed in the app."""
    page = visitor.open(f"annuaire?promeneur={someone['Identifiant']}")
    page.get_by_role("button", name="Modifier", exact=True).first.click()
    form = page.get_by_role("dialog")
    form.get_by_role("textbox", name="Téléphone").fill(HERE)
    form.get_by_role("textbox", name="Permanence").fill(SLOT)
    form.get_by_role("button", name="Enregistrer").click()
    expect(form).to_have_count(0)
    return page


def undo_telephone(card):
    """Open the history and undo the last change of the telephone; the dialog, which closes if that was possible."""
    card.get_by_role("button", name="Historique").click()
    history = card.get_by_role("dialog")
    expect(history.get_by_text(f"→ {HERE}").first).to_be_visible()
    history.get_by_role("button", name="Annuler").first.click()
    return history


def test_a_field_is_undone_from_the_history_and_the_journal_says_so(card, sheet, someone):
    history = undo_telephone(card)
    expect(history).to_have_count(0)
    expect(card.get_by_role("link", name=someone["Téléphone"])).to_be_visible()
    stands = sheet.row("Promeneurs", someone["Identifiant"])
    assert (stands["Téléphone"], stands["Permanence"]) == (someone["Téléphone"], SLOT)
    said = sheet.journal()[-1]
    assert (said["Action"], said["Champ"], said["Fiche"]) == ("Annulation", "Téléphone", someone["Identifiant"])
    assert (said["Avant"], said["Après"]) == (HERE, someone["Téléphone"])


def test_what_a_partner_typed_since_is_kept_and_the_undo_is_refused_with_the_reason(card, sheet, someone):
    sheet.type("Promeneurs", someone["Identifiant"], "Téléphone", THERE)
    entries = len(sheet.journal())
    history = undo_telephone(card)
    refusal = history.get_by_role("alert")
    expect(refusal).to_contain_text("Rien n’a été annulé")
    expect(refusal).to_contain_text("« Téléphone » a été modifié depuis")
    expect(refusal).to_contain_text(THERE)
    assert sheet.row("Promeneurs", someone["Identifiant"])["Téléphone"] == THERE
    assert len(sheet.journal()) == entries


def test_what_was_just_saved_is_undone_from_the_sidebar(card, sheet, someone):
    card.get_by_role("button", name="Revenir en arrière").click()
    expect(card.get_by_role("button", name="Revenir en arrière")).to_have_count(0)
    expect(card.get_by_text(SLOT)).to_have_count(0)
    stands = sheet.row("Promeneurs", someone["Identifiant"])
    assert (stands["Téléphone"], stands["Permanence"]) == (someone["Téléphone"], someone["Permanence"])
