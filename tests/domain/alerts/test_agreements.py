"""Conventions that end, wait or have ended with Promeneurs still there are told once, with their figures."""

from datetime import date

import pytest

from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.alerts import Urgency

SIGNED = {"caf_signed_on": date(2018, 10, 1), "structure_signed_on": date(2018, 10, 1)}


def test_a_convention_inside_its_notice_period_is_to_renew(told):
    (alert,) = told({"C-1": {"ends_on": date(2019, 5, 31)}})
    assert alert.urgency is Urgency.SOON
    assert alert.title == "Convention à renouveler\u00a0: Centre social"
    assert "31 mai 2019, dans 80\u00a0jours" in alert.detail
    assert (alert.table, alert.record_id, alert.due_on) == ("agreement", "C-1", date(2019, 5, 31))


def test_the_notice_period_is_a_setting(told):
    assert told({"C-1": {"ends_on": date(2019, 5, 31)}}, notice_days=30) == ()


def test_a_signed_renewal_silences_it(told):
    renewal = Agreement(
        id="C-2", number="2019-01", structure_id="S-1", renews_id="C-1", starts_on=date(2019, 6, 1), **SIGNED
    )
    assert told({"C-1": {"ends_on": date(2019, 5, 31)}}, renewal) == ()


def test_an_ended_convention_with_promeneurs_still_there_is_late(told):
    (alert,) = told({"C-1": {"ends_on": date(2019, 2, 28)}})
    assert alert.urgency is Urgency.OVERDUE
    assert alert.title == "Convention échue\u00a0: Centre social"
    assert "échue depuis le 28 février 2019\u00a0; 1\u00a0Promeneur y est encore." in alert.detail
    assert alert.due_on == date(2019, 2, 28)


def test_an_ended_convention_that_nobody_is_left_in_is_history(told):
    assert told({"C-1": {"ends_on": date(2019, 2, 28)}, "P-1": {"left_on": date(2019, 2, 28)}}) == ()


def test_an_amendment_that_prolongs_it_silences_it(told):
    amendment = Amendment(id="AV-1", agreement_id="C-1", signed_on=date(2019, 2, 1), new_end=date(2021, 2, 28))
    assert told({"C-1": {"ends_on": date(2019, 2, 28)}}, amendment) == ()


def test_a_terminated_convention_says_so(told):
    (alert,) = told({"C-1": {"terminated_on": date(2019, 1, 31)}})
    assert alert.title == "Convention résiliée\u00a0: Centre social"
    assert alert.due_on == date(2019, 1, 31)


def test_of_several_ended_conventions_the_last_one_is_told(told):
    older = Agreement(id="C-0", number="2017-01", structure_id="S-1", ends_on=date(2018, 9, 30), **SIGNED)
    (alert,) = told({"C-1": {"ends_on": date(2019, 2, 28)}}, older)
    assert alert.record_id == "C-1"


def test_the_follow_up_being_signed_is_told(told):
    follow_up = Agreement(id="C-2", number="2019-01", structure_id="S-1", sent_on=date(2019, 3, 1))
    (alert,) = told({"C-1": {"ends_on": date(2019, 2, 28)}}, follow_up)
    assert alert.detail.endswith("La suite est en signature.")


@pytest.mark.parametrize(
    ("fields", "urgency", "title", "table"),
    [
        ({"structure_signed_on": None}, Urgency.SOON, "Convention à conclure", "agreement"),
        ({"starts_on": date(2019, 4, 1)}, Urgency.INFO, "Convention bientôt en vigueur", "agreement"),
        (None, Urgency.OVERDUE, "Sans convention", "structure"),
    ],
)
def test_promeneurs_without_a_convention_in_force_are_told_by_structure(told, fields, urgency, title, table):
    (alert,) = told({"C-1": fields}, signing_days=365)
    assert (alert.urgency, alert.table) == (urgency, table)
    assert alert.title == f"{title}\u00a0: Centre social"


@pytest.mark.parametrize(
    ("caf", "structure", "who"),
    [
        (None, None, "la Caf et la structure n’ont pas signé"),
        (date(2019, 1, 20), None, "la structure n’a pas signé"),
        (None, date(2019, 1, 20), "la Caf n’a pas signé"),
    ],
)
def test_a_convention_sent_more_than_60_days_ago_waits_for_someone(told, caf, structure, who):
    waiting = Agreement(
        id="C-2", number="2019-01", structure_id="S-1", sent_on=date(2019, 1, 10), caf_signed_on=caf,
        structure_signed_on=structure,
    )  # fmt: skip
    (alert,) = told({}, waiting)
    assert alert.urgency is Urgency.OVERDUE
    assert alert.due_on == date(2019, 3, 11)
    assert who in alert.detail


def test_on_the_sixtieth_day_it_is_not_late_yet_and_the_delay_is_a_setting(told):
    waiting = Agreement(id="C-2", number="2019-01", structure_id="S-1", sent_on=date(2019, 1, 11))
    assert told({}, waiting) == ()
    assert len(told({}, waiting, signing_days=30)) == 1
