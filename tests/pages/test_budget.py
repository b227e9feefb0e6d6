"""The budget, as a visitor has it: envelopes, curves, accounts, lines, years, and an expense that moves the curve."""

from decimal import Decimal

import pytest

from pdn.domain.balance import overspent_lines
from pdn.domain.budget_line import Account, BudgetLine, Strand
from pdn.domain.consumption import budget_years, consumption
from pdn.domain.envelope import Envelope
from pdn.domain.forecast import forecast
from pdn.domain.settings import read_settings
from pdn.french import euros
from pdn.sheets import Change
from pdn.ui.forms import STATE
from pdn.ui.page import now
from pdn.ui.store import get_store

PAGE = "pages/pilotage/budget.py"
TODAY = now().date()
THIS_YEAR = str(TODAY.year)
VIEWS = ("Enveloppes", "Comptes", "Lignes", "Années")


def data():
    return get_store().snapshot().data


def known(strand, year=TODAY.year):
    return consumption(data(), read_settings(data())[0], year, strand, TODAY)


def seen(strand, year=TODAY.year):
    return forecast(data(), read_settings(data())[0], year, strand, TODAY)


def text(app):
    kinds = (app.markdown, app.caption, app.header, app.warning, app.error, app.success)
    return plain(" ".join(found.value for kind in kinds for found in kind)).replace("\\", "")


def plain(words):
    """The words with plain spaces."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def table(app, *headers):
    return next(found.value for found in app.dataframe if set(headers) <= set(found.value.columns))


def fill_expense(app, **fields):
    """Open « Ajouter une dépense » and fill it in."""
    app.button(key="ajouter-depense").click().run()
    for field, value in fields.items():
        key = f"form-budget_line-new-{field}"
        if field in {"strand", "account"}:
            app.selectbox(key=key).set_value(value)
        else:
            app.text_input(key=key).set_value(value)
    return app


def paid_line():
    """An expense of this year's coordination."""
    return next(
        line
        for line in data().where(BudgetLine, "year", TODAY.year)
        if line.spent and line.strand is Strand.COORDINATION and line.account is Account.STAFF
    )


def save(app):
    app.button(key="form-budget_line-new-save").click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("view", VIEWS)
def test_an_empty_year_says_what_to_do(open_page, view):
    app = open_page(PAGE, "empty", query={"vue": view})
    shown = text(app)
    assert ("Ajoutez" in shown) or ("ajoutez" in shown) or ("renseignez les enveloppes" in shown)
    if view == "Enveloppes":
        assert shown.count("Enveloppe non renseignée") == 2
        assert "Aucune enveloppe n’est enregistrée" in shown


@pytest.mark.parametrize("view", VIEWS)
def test_every_year_of_the_demonstration_opens(open_page, view):
    open_page(PAGE, query={"vue": view})
    for year in budget_years(data(), read_settings(data())[0], TODAY):
        app = open_page(PAGE, query={"vue": view, "exercice": str(year)})
        assert app.selectbox(key="exercice").value == str(year)


def test_both_strands_stand_against_their_own_envelope(open_page):
    shown = text(open_page(PAGE))
    for strand in Strand:
        assert f"Volet {strand.value}" in shown
        assert f"**{plain(euros(known(strand).envelope))}**" in shown
        assert plain(seen(strand).sentence) in shown


def test_the_first_year_says_how_it_was_prorated(open_page):
    shown = text(open_page(PAGE, query={"exercice": "2018"}))
    assert "**5 000,00 €**" in shown
    assert "3 mois sur 12, depuis le 1er octobre 2018" in shown
    assert "Ce volet n’est pas financé en 2018" in shown


def test_the_curve_is_drawn_with_its_words_and_its_figures(open_page):
    app = open_page(PAGE)
    assert len(app.get("vega_lite_chart")) == 2
    points = table(app, "Courbe", "Montant")
    spent = points[(points["Volet"] == "coordination") & (points["Courbe"] == "Réalisé cumulé")]
    dated = seen(Strand.COORDINATION).curve[-1].amount
    assert spent["Montant"].iloc[-1] == pytest.approx(float(dated))


def test_an_expense_moves_the_curve_and_is_in_the_sheet(open_page):
    app = open_page(PAGE)
    before = seen(Strand.COORDINATION).curve[-1].amount
    fill_expense(
        app, strand="coordination", account=Account.PURCHASES.value, name="Casque de visio", spent="12,50",
        document="F-1",
    )  # fmt: skip
    save(app)
    assert seen(Strand.COORDINATION).curve[-1].amount == before + Decimal("12.50")
    (line,) = [line for line in data().live(BudgetLine) if line.name == "Casque de visio"]
    assert (line.year, line.strand, line.account) == (TODAY.year, Strand.COORDINATION, Account.PURCHASES)
    assert (line.spent, line.dated_on, line.document) == (Decimal("12.50"), TODAY, "F-1")


def test_an_expense_past_the_envelope_is_told_before_anything_is_written(open_page):
    app = open_page(PAGE)
    fill_expense(app, strand="formation et supervision", account=Account.PURCHASES.value, name="Trop", spent="9000")
    save(app)
    (finding,) = app.session_state[STATE].findings
    assert "Cette dépense porterait le volet formation et supervision" in finding.message
    assert not finding.blocking
    assert not [line for line in data().live(BudgetLine) if line.name == "Trop"]


def test_a_strand_past_its_envelope_says_by_how_much(open_page):
    open_page(PAGE)
    line = BudgetLine(
        year=TODAY.year, strand=Strand.TRAINING, account=Account.PURCHASES, name="Trop", spent=Decimal(9000),
        dated_on=TODAY,
    )  # fmt: skip
    get_store().commit([Change(line)], author="Une collègue")
    beyond = known(Strand.TRAINING).available
    assert f"{plain(euros(-beyond))} au-delà de l’enveloppe" in text(open_page(PAGE))


def test_accounts_are_shown_with_a_balanced_plan_and_contributions_apart(open_page):
    app = open_page(PAGE, query={"vue": "Comptes"})
    assert "Le prévisionnel est équilibré" in text(app)
    shown = table(app, "Compte", "Écart")
    total = shown[shown["Compte"] == "Total des charges"].iloc[0]
    expected = sum(known(strand).spent for strand in Strand)
    assert total["Réalisé"] == pytest.approx(float(expected))
    assert not shown["Compte"].str.startswith("8").any()
    assert "Contributions volontaires" in text(app)


def test_a_strand_can_be_looked_at_alone(open_page):
    app = open_page(PAGE, query={"vue": "Comptes", "volet-comptes": "coordination"})
    shown = table(app, "Compte", "Écart")
    total = shown[shown["Compte"] == "Total des charges"].iloc[0]
    assert total["Réalisé"] == pytest.approx(float(known(Strand.COORDINATION).spent))


def test_lines_are_found_by_words_strand_and_account(open_page):
    app = open_page(PAGE, query={"vue": "Lignes", "libelle": "LOYER", "volet": "coordination"})
    found = table(app, "Libellé")
    assert len(found)
    assert found["Libellé"].str.contains("oyer").all()
    app = open_page(PAGE, query={"vue": "Lignes", "compte": Account.TAXES.value})
    assert set(table(app, "Libellé")["Compte"]) == {Account.TAXES.value}
    app = open_page(PAGE, query={"vue": "Lignes", "libelle": "zzzz"})
    assert "Aucune ligne ne correspond" in text(app)


def test_a_line_opens_by_its_address_and_can_be_corrected(open_page):
    open_page(PAGE)
    line = paid_line()
    app = open_page(PAGE, query={"ligne": line.id})
    assert app.header[0].value.replace("\\", "") == line.name
    app.button(key=f"edit-{line.id}").click().run()
    app.text_input(key=f"form-budget_line-{line.id}-document").set_value("F-777")
    app.button(key=f"form-budget_line-{line.id}-save").click().run()
    assert data().get(BudgetLine, line.id).document == "F-777"
    assert data().get(BudgetLine, line.id).spent == line.spent


def test_a_line_can_be_duplicated(open_page):
    open_page(PAGE)
    line = min(
        (line for line in data().live(BudgetLine) if line.spent and line.document), key=lambda found: found.spent
    )
    count = len(data().live(BudgetLine))
    app = open_page(PAGE, query={"ligne": line.id})
    app.button(key="dupliquer").click().run()
    save(app)
    (copy,) = [other for other in data().live(BudgetLine) if other.name == line.name and other.dated_on == TODAY]
    assert len(data().live(BudgetLine)) == count + 1
    assert (copy.document, copy.spent, copy.year) == ("", line.spent, TODAY.year)


def test_archiving_a_line_takes_it_out_of_the_totals(open_page):
    open_page(PAGE)
    line = paid_line()
    before = known(Strand.COORDINATION).spent
    app = open_page(PAGE, query={"ligne": line.id})
    app.button(key=f"archive-{line.id}").click().run()
    assert not app.exception
    assert known(Strand.COORDINATION).spent == before - line.spent
    assert "Archivée le" in text(open_page(PAGE, query={"ligne": line.id}))


def test_an_overspent_line_says_so(open_page):
    open_page(PAGE)
    (line,) = overspent_lines(data().live(BudgetLine))
    assert "Le réalisé dépasse le prévu" in text(open_page(PAGE, query={"ligne": line.id}))


def test_an_address_of_a_line_that_is_not_there_says_so(open_page):
    assert "n’existe pas" in text(open_page(PAGE, query={"ligne": "B-00000000"}))


def test_the_years_stand_against_their_envelopes(open_page):
    shown = table(open_page(PAGE, query={"vue": "Années"}), "Exercice", "Enveloppe")
    first = shown[(shown["Exercice"] == "2018") & (shown["Volet"] == "coordination")].iloc[0]
    assert first["Enveloppe"] == 5000
    assert {"2018", THIS_YEAR} <= set(shown["Exercice"])


def test_a_year_without_envelope_can_be_given_one(open_page):
    app = open_page(PAGE, "empty")
    app.button(key="enveloppe-TRAINING").click().run()
    app.text_input(key="form-envelope-new-amount").set_value("10 000")
    app.button(key="form-envelope-new-save").click().run()
    (envelope,) = data().live(Envelope)
    assert (envelope.year, envelope.strand, envelope.amount) == (TODAY.year, Strand.TRAINING, 10_000)
