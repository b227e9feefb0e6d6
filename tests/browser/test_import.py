"""A list kept elsewhere comes in by the browser; then what stands in the sheet, seen by another client."""

import re

from playwright.sync_api import Page, expect

HEADER = ["Prénom", "Nom", "Structure", "Courriel", "Tél. pro"]
FIRST, SECOND = "helene.muller@example.org", "paul.petit@example.org"


def give(page: Page, rows: list[list[str]]) -> None:
    """Choose a CSV as a French Excel of some years ago writes it."""
    text = "".join(";".join(row) + "\r\n" for row in rows)
    payload = {"name": "promeneurs.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(payload)
    expect(page.get_by_role("heading", name="3. L’aperçu")).to_be_visible()


def figure(page: Page, label: str) -> int:
    """A figure of the preview."""
    return int(page.get_by_test_id("stMetric").filter(has_text=label).get_by_test_id("stMetricValue").inner_text())


def test_a_list_of_promeneurs_comes_in_once_and_only_once(visitor, sheet):
    before = sheet.rows("Promeneurs")
    known = next(row for row in before if row["Téléphone"] and not row["Sortie le"] and row["Prénom"][0] not in "=+-@")
    employer = known["Structure"].rpartition(" · ")[0]
    rows = [
        HEADER,
        [known["Prénom"], known["Nom"], "", known["Mail"], "06 39 98 00 41"],
        ["Hélène", "=1+1 Müller", employer, FIRST, "06 39 98 00 42"],
        ["Paul", "Petit", employer, SECOND, "06 39 98"],
    ]
    page = visitor.open("importer")
    expect(page.get_by_role("button", name="Choisir un fichier")).to_be_visible()
    give(page, rows)
    visitor.settle()
    expect(page.get_by_text("5 colonnes reconnues")).to_be_visible()
    assert [figure(page, label) for label in ("À ajouter", "À modifier", "Laissées de côté")] == [1, 1, 1]
    page.get_by_role("button", name=re.compile("^Importer")).click()
    expect(page.get_by_text(re.compile("Import fait dans"))).to_be_visible()
    after = sheet.rows("Promeneurs")
    (added,) = [row for row in after if row not in before and row["Mail"] == FIRST]
    assert (added["Prénom"], added["Nom"], added["Structure"]) == ("Hélène", "=1+1 Müller", known["Structure"])
    assert sheet.row("Promeneurs", known["Identifiant"]) == known | {"Téléphone": "06 39 98 00 41"}
    assert not [row for row in after if row["Mail"] == SECOND]
    commits = {row["Enregistrement"] for row in sheet.journal() if row["Fiche"] == added["Identifiant"]}
    assert len(commits) == 1
    assert {row["Fiche"] for row in sheet.journal() if row["Enregistrement"] in commits} == {
        added["Identifiant"], known["Identifiant"],
    }  # fmt: skip

    page.get_by_role("button", name="Importer un autre fichier").click()
    give(page, rows[:3])
    expect(page.get_by_text("Rien à changer")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Importer"))).to_have_count(0)
    assert sheet.rows("Promeneurs") == after


def test_an_import_is_undone_at_once(visitor, sheet):
    before = sheet.rows("Structures")
    page = visitor.open("importer")
    give(page, [["Nom", "Commune"], ["Maison des jeunes de l’essai", "Bègles"]])
    visitor.settle()
    page.get_by_role("button", name=re.compile("^Importer")).click()
    page.get_by_role("button", name="Annuler cet import").click()
    expect(page.get_by_text(re.compile("^Annulé"))).to_be_visible()
    expect(page.get_by_role("heading", name="1. Le fichier")).to_be_visible()
    (added,) = [row for row in sheet.rows("Structures") if row not in before]
    assert added["Archivée le"]
