"""Promeneurs who miss something are told with what; profiles to check are one alert, not forty."""

from datetime import date

import pytest

from pdn.domain.alerts import Urgency
from pdn.domain.profile import OnlineProfile


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"charter_signed_on": None}, "Centre social. Il manque\u00a0: charte signée."),
        ({"mandate_on": None, "charter_signed_on": None}, "mandat de l’employeur et charte signée."),
    ],
)
def test_an_incomplete_promeneur_is_told_with_what_is_missing(told, fields, missing):
    (alert,) = told({"P-1": fields})
    assert alert.urgency is Urgency.OVERDUE
    assert alert.title == "Promeneur incomplet\u00a0: Inès Martin"
    assert alert.detail.endswith(missing)
    assert (alert.table, alert.record_id) == ("promeneur", "P-1")


def test_a_promeneur_without_a_structure_says_so(told):
    (alert,) = told({"P-1": {"structure_id": ""}})
    assert alert.detail.startswith("Sans structure.")
    assert "convention en vigueur" in alert.detail


def test_the_convention_alone_is_the_structures_affair(told):
    (alert,) = told({"C-1": {"ends_on": date(2019, 2, 28)}})
    assert alert.table == "agreement"


def test_who_left_or_is_to_come_misses_nothing(told):
    assert told({"P-1": {"charter_signed_on": None, "left_on": date(2019, 3, 11)}}) == ()
    assert told({"P-1": {"charter_signed_on": None, "entered_on": date(2019, 3, 13)}}) == ()


def test_profiles_not_checked_for_12_months_are_one_alert(told):
    old = [
        OnlineProfile(id=f"PR-{number}", promeneur_id="P-1", handle=str(number), checked_on=checked)
        for number, checked in ((2, date(2018, 3, 11)), (3, None), (4, date(2018, 3, 12)))
    ]
    (alert,) = told({}, *old)
    assert alert.urgency is Urgency.INFO
    assert alert.title == "2\u00a0profils en ligne à vérifier"
    assert alert.detail.endswith("Inès Martin.")


def test_the_profiles_of_who_left_are_not_checked_any_more(told):
    assert told({"PR-1": {"checked_on": None}, "P-1": {"left_on": date(2019, 3, 11)}}) == ()


def test_the_delay_of_checks_is_a_setting_and_can_be_switched_off(told):
    assert len(told(profile_check_months=1)) == 1
    assert told({"PR-1": {"checked_on": None}}, profile_check_months=0) == ()


def test_promeneurs_whom_no_phase_counts_are_told_once_there_are_phases(told):
    (alert,) = told({"P-1": {"phase_id": ""}})
    assert (alert.rule, alert.page) == ("R39", "deploiement")
    assert alert.title == "1\u00a0Promeneur sans phase"
    assert told({"P-1": {"phase_id": ""}, "PH-1": None}) == ()
