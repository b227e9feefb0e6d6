"""What a coordinator does all day, in the browser; then what stands in the sheet, seen by another client."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

TODAY = datetime.now(ZoneInfo("Europe/Paris")).date()
NAME_COLUMN, FIRST_ROW = 120, 55
"""Where the first row of a table is, in pixels: it is drawn on a canvas and has no element of its own."""


def id_in(label: str) -> str:
    """The id at the end of a label."""
    return label.rpartition(" · ")[2]


def is_past(text: str) -> bool:
    """Whether a date of the sheet is over."""
    return datetime.strptime(text, "%d/%m/%Y").date() < TODAY  # noqa: DTZ007 - a sheet's times are wall-clock times


def euros(text: str) -> int:
    """The cents of the first amount in a text: « 1 234,50 € »."""
    whole, cents = re.search(r"(-?[\d\s]+),(\d\d)\s€", text).groups()
    return int(re.sub(r"\s", "", whole) + cents)


def spent(page: Page) -> int:
    """The cents that the strand « coordination » has spent, as its gauge says; years are chosen before."""
    return euros(page.get_by_text(re.compile("^Réalisé")).first.locator("xpath=..").inner_text())


def curve(page: Page) -> str:
    """What the picture of the strand « coordination » says."""
    picture = page.get_by_label(re.compile("Réalisé cumulé")).first
    expect(picture).to_be_visible()
    return picture.get_attribute("aria-label")


def funnel(page: Page, step: str) -> int:
    """How many structures stand at a step, as the picture's description says."""
    picture = page.get_by_label(re.compile("Nombre de structures à chaque étape")).first
    expect(picture).to_be_visible()
    return int(re.search(rf"{step}\s:\s(\d+)", picture.get_attribute("aria-label"))[1])


def test_find_a_promeneur_and_correct_a_telephone(visitor, sheet):
    someone = next(row for row in sheet.rows("Promeneurs") if row["Téléphone"] and not row["Sortie le"])
    name = f"{someone['Prénom']} {someone['Nom']}"
    page = visitor.open("annuaire")
    page.get_by_role("textbox", name="Rechercher").fill(name.upper())
    expect(page.get_by_text("1 Promeneur")).to_be_visible()
    visitor.settle()
    page.get_by_test_id("stDataFrame").first.click(position={"x": NAME_COLUMN, "y": FIRST_ROW})
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="Modifier", exact=True).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Téléphone").fill("06.39.98.00.33")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("link", name="06 39 98 00 33")).to_be_visible()
    assert sheet.row("Promeneurs", someone["Identifiant"]) == someone | {"Téléphone": "06 39 98 00 33"}


def test_sign_a_convention_and_see_the_funnel_move(visitor, sheet):
    conventions = sheet.rows("Conventions")
    waiting = next(
        row
        for row in conventions
        if row["Transmise le"] and not row["Signée par la Caf le"] and not row["Signée par la structure le"]
        and [other["Structure"] for other in conventions].count(row["Structure"]) == 1
    )  # fmt: skip
    # Whatever the day, the convention has begun: a partner types it, and the page is asked to read the sheet again.
    sheet.type("Conventions", waiting["Identifiant"], "Date d’effet", "1/10/2018")
    page = visitor.open("conventions")
    page.get_by_role("button", name="Actualiser").click()
    visitor.settle()
    before = {step: funnel(page, step) for step in ("convention en signature", "conventionnée")}
    visitor.open(f"conventions?convention={waiting['Identifiant']}")
    expect(page.get_by_text("1er octobre 2018").first).to_be_visible()
    for signatory in ("la Caf", "la structure"):
        page.get_by_role("button", name=f"Marquer comme signée par {signatory}").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name="Enregistrer").click()
        expect(dialog).to_have_count(0)
        visitor.settle()
    visitor.open("conventions")
    assert {step: funnel(page, step) for step in before} == {
        "convention en signature": before["convention en signature"] - 1,
        "conventionnée": before["conventionnée"] + 1,
    }
    signed = TODAY.strftime("%d/%m/%Y")
    assert sheet.row("Conventions", waiting["Identifiant"]) == waiting | {
        "Date d’effet": "01/10/2018", "Signée par la Caf le": signed, "Signée par la structure le": signed,
    }  # fmt: skip


def test_enter_the_attendance_of_a_group(visitor, sheet):
    entered = {id_in(row["Séance"]) for row in sheet.rows("Présences")}
    session = next(
        row
        for row in sheet.rows("Séances")
        if row["Identifiant"] not in entered and is_past(row["Date"]) and not row["Annulée le"]
    )
    page = visitor.open(f"formation?seance={session['Identifiant']}")
    page.get_by_role("button", name="Ajouter tous les actifs").click()
    group = page.get_by_role("radiogroup", name=re.compile("^État de "))
    expect(group.first).to_be_visible()
    visitor.settle()
    names = [found.get_attribute("aria-label").removeprefix("État de ") for found in group.all()]
    assert len(names) > 10
    states = dict.fromkeys(names, "présent") | {names[0]: "excusé", names[1]: "absent"}
    for name in names[:2]:
        page.get_by_role("radiogroup", name=f"État de {name}", exact=True).get_by_role(
            "radio", name=states[name]
        ).click()
    page.get_by_role("button", name="Enregistrer les présences").click()
    expect(page.get_by_text("Présences enregistrées")).to_be_visible()
    rows = [row for row in sheet.rows("Présences") if id_in(row["Séance"]) == session["Identifiant"]]
    assert {row["Promeneur"].rpartition(" · ")[0]: row["État"] for row in rows} == states
    journal = [row for row in sheet.journal() if row["Fiche"] in {found["Identifiant"] for found in rows}]
    assert len({row["Enregistrement"] for row in journal}) == 1, "one commit for the whole group"


def test_enter_an_expense_and_see_the_figures_move(visitor, sheet):
    page = visitor.open("budget")
    before, drawn, lines = spent(page), curve(page), sheet.rows("Budget")
    page.get_by_role("button", name="Ajouter une dépense").click()
    dialog = page.get_by_role("dialog")
    for label, choice in (("Volet", "coordination"), ("Compte", "60 – Achats")):
        dialog.get_by_role("combobox", name=re.compile(label)).click()
        page.get_by_role("option", name=choice).click()
    dialog.get_by_role("textbox", name=re.compile("Libellé")).fill("=1+1 ramettes de papier")
    dialog.get_by_role("textbox", name=re.compile("Réalisé")).fill("123,45 €")
    dialog.get_by_role("button", name="Enregistrer").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("enregistrement fait")).to_be_visible()
    visitor.settle()
    assert spent(page) == before + 12345
    assert curve(page) != drawn
    (added,) = [row for row in sheet.rows("Budget") if row not in lines]
    assert added["Libellé"] == "=1+1 ramettes de papier"
    assert added["Volet"] == "coordination"
    assert euros(added["Réalisé"]) == 12345
    assert added["Date"] == TODAY.strftime("%d/%m/%Y")
