"""The conventions, as a visitor has them: funnel, registry, timeline, deadlines, cards, signatures."""

from datetime import timedelta

import pytest

from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.agreement_registry import agreement_entries
from pdn.domain.agreement_status import IN_FORCE, expiring, lapsed
from pdn.domain.funnel import FunnelStep, funnel_counts, funnel_step
from pdn.domain.settings import read_settings
from pdn.domain.structure import Structure
from pdn.ui.page import now
from pdn.ui.store import get_store

PAGE = "pages/reseau/conventions.py"
TODAY = now().date()


def data():
    return get_store().snapshot().data


def settings():
    return read_settings(data())[0]


def entries(*statuses):
    found = agreement_entries(data(), settings(), TODAY)
    return [entry for entry in found if not statuses or entry.status in statuses]


def text(app):
    return " ".join(found.value for kind in (app.markdown, app.caption, app.header, app.warning) for found in kind)


def keys(app, start):
    return [found.key for found in app.button if found.key and found.key.startswith(start)]


def table(app, header):
    return next(found.value for found in app.dataframe if header in found.value.columns)


def funnel(app):
    shown = table(app, "Il y a un an")
    return dict(zip((step.split(" ", 1)[1] for step in shown["Étape"]), shown["Aujourd’hui"], strict=True))


@pytest.mark.parametrize("view", ["Registre", "Frise"])
def test_an_empty_registry_says_what_to_do(open_page, view):
    app = open_page(PAGE, "empty", query={"vue": view})
    assert [found.value for found in app.metric] == ["0", "0", "0", "0"]
    assert "ajoutez la première dans l’annuaire" in text(app)
    assert "Ajoutez la première avec" in text(app)


def test_empty_deadlines_say_so(open_page):
    app = open_page(PAGE, "empty", query={"vue": "Échéances"})
    assert "Aucune convention ne finit" in text(app)


def test_the_funnel_and_the_registry_show_what_the_rules_say(open_page):
    app = open_page(PAGE)
    assert funnel(app) == {step.value: found for step, found in funnel_counts(data(), TODAY).items()}
    registry = table(app, "Numéro")
    assert list(registry["Numéro"]) == [entry.agreement.number for entry in entries()]
    assert app.metric[0].value == str(len({entry.agreement.structure_id for entry in entries(*IN_FORCE)}))


@pytest.mark.parametrize("step", list(FunnelStep))
def test_each_step_lists_its_structures(open_page, step):
    app = open_page(PAGE, query={"parcours": step.value})
    expected = {
        structure.title for structure in data().live(Structure) if funnel_step(structure, data(), TODAY) is step
    }
    assert set(table(app, "Repérée le")["Structure"]) == expected


def test_filters_keep_what_they_say_and_a_search_that_finds_nothing_says_so(open_page):
    app = open_page(PAGE, query={"statut": "échue"})
    assert set(table(app, "Numéro")["Statut"]) == {"✗ échue"}
    app = open_page(PAGE, query={"texte": "zzzzzz"})
    assert "Aucune convention ne correspond" in text(app)
    app = open_page(PAGE, query={"fin": "180 jours"})
    assert table(app, "Numéro")["Jours restants"].between(0, 180).all()


def test_the_timeline_stands_above_its_table(open_page):
    app = open_page(PAGE, query={"vue": "Frise"})
    assert len(app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")) == 2
    assert len(table(app, "Numéro")) == len(entries())


@pytest.mark.parametrize(("horizon", "days"), [("30 jours", 30), ("1 an", 365)])
def test_the_deadlines_over_a_horizon_each_have_their_way_to_a_renewal(open_page, horizon, days):
    app = open_page(PAGE, query={"vue": "Échéances", "horizon": horizon})
    ending = expiring(data(), settings(), TODAY, days)
    over = lapsed(data(), TODAY)
    assert len(keys(app, "ouvrir-echeance-")) == len({*ending, *over})
    renewed = {agreement.renews_id for agreement in data().live(Agreement)}
    assert set(keys(app, "renouveler-")) == {
        f"renouveler-{one.id}" for one in (*ending, *over) if one.id not in renewed
    }


def test_an_address_opens_a_card_of_every_status(open_page):
    open_page(PAGE)
    seen = {entry.status: entry for entry in entries()}
    assert len(seen) >= 6
    for entry in seen.values():
        app = open_page(PAGE, query={"convention": entry.agreement.id})
        assert f"Convention {entry.agreement.number}" in text(app)
        assert entry.status.value in text(app)


def test_cards_with_amendments_and_renewals_show_them(open_page):
    open_page(PAGE)
    amended = next(entry for entry in entries() if entry.amendments)
    app = open_page(PAGE, query={"convention": amended.agreement.id})
    assert amended.amendments[0].number.replace("-", "\\-") in text(app)
    renewed = next(entry for entry in entries() if entry.renewals)
    app = open_page(PAGE, query={"convention": renewed.agreement.id})
    assert "Suite des conventions" in text(app)
    assert keys(app, f"ouvrir-suite-{renewed.renewals[0].id}")


def test_an_old_link_says_that_the_card_is_gone(open_page):
    app = open_page(PAGE, query={"convention": "C-00000000"})
    assert "n’existe pas" in text(app)


def test_signing_a_convention_is_written_and_moves_the_funnel(open_page):
    app = open_page(PAGE)
    before = funnel(app)
    entry = next(
        entry
        for entry in entries(AgreementStatus.BEING_SIGNED)
        if entry.starts_on <= TODAY and funnel_step(entry.structure, data(), TODAY) is FunnelStep.SIGNING
    )
    for field in ("caf_signed_on", "structure_signed_on"):
        if getattr(entry.agreement, field) is None:
            app = open_page(PAGE, query={"convention": entry.agreement.id})
            app.button(key=f"marquer-{field}").click().run()
            app.button(key=f"form-agreement-{entry.agreement.id}-save").click().run()
            assert not app.exception
    written = get_store().refresh().data.get(Agreement, entry.agreement.id)
    assert TODAY in {written.caf_signed_on, written.structure_signed_on}
    after = funnel(open_page(PAGE))
    assert after["convention en signature"] == before["convention en signature"] - 1
    assert after["conventionnée"] == before["conventionnée"] + 1


def test_a_renewal_is_prepared_from_the_deadlines(open_page):
    app = open_page(PAGE, query={"vue": "Échéances", "horizon": "1 an"})
    wanted = keys(app, "renouveler-")[0]
    renewed = data().get(Agreement, wanted.removeprefix("renouveler-"))
    app.button(key=wanted).click().run()
    app.text_input(key="form-agreement-new-number").set_value("2030-001")
    app.button(key="form-agreement-new-save").click().run()
    assert not app.exception
    (made,) = (one for one in get_store().refresh().data.live(Agreement) if one.number == "2030-001")
    assert (made.renews_id, made.structure_id) == (renewed.id, renewed.structure_id)
    assert made.starts_on == max(renewed.ends_on + timedelta(days=1), TODAY)


def test_an_amendment_is_added_to_its_convention(open_page):
    open_page(PAGE)
    entry = entries(AgreementStatus.IN_FORCE)[0]
    app = open_page(PAGE, query={"convention": entry.agreement.id})
    app.button(key="ajouter-avenant").click().run()
    app.text_input(key="form-amendment-new-number").set_value("AV-ESSAI")
    app.text_area(key="form-amendment-new-subject").set_value("Un poste de plus")
    app.text_input(key="form-amendment-new-new_promeneurs_covered").set_value("7")
    app.button(key="form-amendment-new-save").click().run()
    (made,) = (one for one in get_store().refresh().data.live(Amendment) if one.number == "AV-ESSAI")
    assert (made.agreement_id, made.signed_on, made.new_promeneurs_covered) == (entry.agreement.id, TODAY, 7)


def test_a_convention_that_would_end_before_it_starts_is_refused(open_page):
    open_page(PAGE)
    entry = entries(AgreementStatus.IN_FORCE)[0]
    app = open_page(PAGE, query={"convention": entry.agreement.id})
    app.button(key=f"edit-{entry.agreement.id}").click().run()
    prefix = f"form-agreement-{entry.agreement.id}"
    app.date_input(key=f"{prefix}-ends_on").set_value(entry.starts_on - timedelta(days=1))
    app.button(key=f"{prefix}-save").click().run()
    assert get_store().refresh().data.get(Agreement, entry.agreement.id) == entry.agreement
