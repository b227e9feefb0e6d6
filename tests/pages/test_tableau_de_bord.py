"""The dashboard, as a visitor has it: the state at a date, « À faire », and the first steps of an empty workbook."""

from urllib.parse import parse_qs

import pytest

from pdn.domain.agreement import Agreement
from pdn.domain.alerts import Urgency, alerts
from pdn.domain.overview import overview
from pdn.domain.settings import read_settings
from pdn.french import number
from pdn.ui.navigation import BY_SLUG, RECORD_PAGES
from pdn.ui.page import now
from pdn.ui.store import get_store

PAGE = "pages/aujourdhui/tableau_de_bord.py"
TODAY = now().date()


def found_alerts(on=TODAY):
    data = get_store().snapshot().data
    return alerts(data, read_settings(data)[0], on)


def links(app):
    """The links of the page: label, slug, query."""
    drawn = [found.proto for found in app.get("page_link")]
    return [(link.label, link.page, parse_qs(link.query_string)) for link in drawn]


def text(app):
    return " ".join(found.value for kind in (app.markdown, app.caption, app.header, app.success) for found in kind)


def test_an_empty_workbook_gives_the_three_first_steps(open_page):
    app = open_page(PAGE, "empty")
    assert not app.metric
    steps = links(app)
    assert [label.strip("*")[:2] for label, _, _ in steps] == ["1.", "2.", "3."]
    assert [slug for _, slug, _ in steps] == ["parametres", "annuaire", "parametres"]


def test_the_dashboard_is_the_page_that_opens_first(open_page):
    assert open_page(PAGE).title[0].value == "Tableau de bord"


@pytest.mark.parametrize("shown", [TODAY.isoformat(), "2021-06-30", "2018-10-01"])
def test_the_figures_are_those_of_the_rules_on_any_day(open_page, shown):
    app = open_page(PAGE, query={"date": shown})
    data = get_store().snapshot().data
    state = overview(data, read_settings(data)[0], TODAY.fromisoformat(shown))
    assert [found.value for found in app.metric][:4] == [
        number(state.active),
        number(state.agreed),
        number(state.to_renew),
        number(state.sessions_held),
    ]


def test_every_alert_is_a_link_to_the_record_that_it_speaks_of(open_page):
    app = open_page(PAGE)
    expected = []
    for alert in found_alerts():
        slug, parameter = RECORD_PAGES[alert.table] if alert.record_id else (alert.page, "")
        expected.append((slug, {parameter: [alert.record_id]} if alert.record_id else {}))
    drawn = [(slug, query) for label, slug, query in links(app) if label.startswith("**")]
    assert len(expected) > 8
    assert drawn == expected
    assert all(BY_SLUG[slug] for slug, _ in drawn)


@pytest.mark.parametrize("urgency", list(Urgency))
def test_the_filter_by_urgency_keeps_one_and_stands_in_the_address(open_page, urgency):
    app = open_page(PAGE, query={"urgence": urgency.value})
    wanted = sum(alert.urgency is urgency for alert in found_alerts())
    assert len([label for label, _, _ in links(app) if label.startswith("**")]) == wanted


def test_both_envelopes_are_shown(open_page):
    app = open_page(PAGE)
    gauges = " ".join(found.proto.text for found in app.get("progress"))
    assert "Coordination" in gauges
    assert "Formation et supervision" in gauges


def test_the_link_of_an_alert_opens_the_card(open_page):
    open_page(PAGE)
    alert = next(alert for alert in found_alerts() if alert.table == "agreement")
    slug, parameter = RECORD_PAGES["agreement"]
    app = open_page(BY_SLUG[slug].path, query={parameter: alert.record_id})
    number_ = get_store().snapshot().data.get(Agreement, alert.record_id).number
    assert number_ in " ".join(found.value for found in app.header)
