from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.agreement_status import (
    agreement_in_force,
    agreement_status,
    end_of,
    expiring,
    is_renewed,
    lapsed,
    promeneurs_covered,
    status_ignoring_notice,
)
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

SETTINGS = Settings(notice_days=90)
STRUCTURES = (Structure(id="S-1", name="Maison des jeunes"), Structure(id="S-2", name="Centre social"))
SIGNED = Agreement(
    id="C-1",
    number="2018-01",
    structure_id="S-1",
    sent_on=date(2018, 9, 3),
    caf_signed_on=date(2018, 9, 20),
    structure_signed_on=date(2018, 9, 12),
    starts_on=date(2018, 10, 1),
    ends_on=date(2021, 9, 30),
    promeneurs_covered=2,
)
RENEWAL = Agreement(
    id="C-2",
    number="2021-01",
    structure_id="S-1",
    starts_on=date(2021, 10, 1),
    ends_on=date(2024, 9, 30),
    renews_id="C-1",
)
SIGNED_RENEWAL = replace(
    RENEWAL, sent_on=date(2021, 8, 2), caf_signed_on=date(2021, 8, 16), structure_signed_on=date(2021, 8, 20)
)


def status(today, *others, agreement=SIGNED, settings=SETTINGS):
    return agreement_status(agreement, Dataset.of(agreement, *others), settings, today)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2018, 9, 2), AgreementStatus.TO_PREPARE),
        (date(2018, 9, 3), AgreementStatus.BEING_SIGNED),
        (date(2018, 9, 12), AgreementStatus.BEING_SIGNED),
        (date(2018, 9, 20), AgreementStatus.UPCOMING),
        (date(2018, 9, 30), AgreementStatus.UPCOMING),
        (date(2018, 10, 1), AgreementStatus.IN_FORCE),
        (date(2021, 7, 1), AgreementStatus.IN_FORCE),
        (date(2021, 7, 2), AgreementStatus.TO_RENEW),
        (date(2021, 9, 30), AgreementStatus.TO_RENEW),
        (date(2021, 10, 1), AgreementStatus.EXPIRED),
    ],
)
def test_a_convention_goes_through_its_life(today, expected):
    assert status(today) is expected


def test_a_convention_without_any_date_is_to_prepare():
    assert status(date(2026, 11, 2), agreement=Agreement(id="C-9")) is AgreementStatus.TO_PREPARE


@pytest.mark.parametrize("field", ["sent_on", "caf_signed_on", "structure_signed_on"])
def test_one_step_towards_the_signature_is_being_signed(field):
    agreement = Agreement(id="C-9", **{field: date(2018, 9, 3)})
    assert status(date(2018, 9, 3), agreement=agreement) is AgreementStatus.BEING_SIGNED


def test_signed_by_one_party_only_is_not_in_force_on_the_date_of_effect():
    half_signed = replace(SIGNED, caf_signed_on=None)
    assert status(date(2018, 10, 1), agreement=half_signed) is AgreementStatus.BEING_SIGNED


def test_signed_by_both_after_the_date_of_effect_is_in_force_from_the_signature_on():
    late = replace(SIGNED, caf_signed_on=date(2018, 10, 15))
    assert status(date(2018, 10, 14), agreement=late) is AgreementStatus.BEING_SIGNED
    assert status(date(2018, 10, 15), agreement=late) is AgreementStatus.IN_FORCE


def test_without_a_date_of_effect_the_later_signature_counts():
    undated = replace(SIGNED, starts_on=None)
    assert status(date(2018, 9, 19), agreement=undated) is AgreementStatus.BEING_SIGNED
    assert status(date(2018, 9, 20), agreement=undated) is AgreementStatus.IN_FORCE


def test_without_an_end_it_stays_in_force_and_is_never_to_renew():
    assert status(date(2099, 1, 1), agreement=replace(SIGNED, ends_on=None)) is AgreementStatus.IN_FORCE


def test_terminated_from_that_day_on_and_in_force_the_day_before():
    terminated = replace(SIGNED, terminated_on=date(2020, 3, 1))
    assert status(date(2020, 2, 29), agreement=terminated) is AgreementStatus.IN_FORCE
    assert status(date(2020, 3, 1), agreement=terminated) is AgreementStatus.TERMINATED
    assert status(date(2022, 1, 1), agreement=terminated) is AgreementStatus.TERMINATED


def test_the_notice_period_is_a_setting():
    assert status(date(2021, 7, 2), settings=Settings(notice_days=30)) is AgreementStatus.IN_FORCE
    assert status(date(2021, 3, 31), settings=Settings(notice_days=183)) is AgreementStatus.TO_RENEW
    assert status(date(2021, 9, 29), settings=Settings()) is AgreementStatus.IN_FORCE


def test_a_renewal_that_is_not_signed_leaves_the_convention_to_renew():
    assert status(date(2021, 8, 15), RENEWAL) is AgreementStatus.TO_RENEW
    assert status(date(2021, 8, 19), SIGNED_RENEWAL) is AgreementStatus.TO_RENEW


def test_a_signed_renewal_takes_the_convention_back_in_force_until_its_end():
    assert status(date(2021, 8, 20), SIGNED_RENEWAL) is AgreementStatus.IN_FORCE
    assert status(date(2021, 10, 1), SIGNED_RENEWAL) is AgreementStatus.EXPIRED


def test_a_renewal_that_was_terminated_or_archived_renews_nothing():
    today = date(2021, 8, 25)
    assert not is_renewed(SIGNED, Dataset.of(SIGNED, replace(SIGNED_RENEWAL, terminated_on=date(2021, 8, 24))), today)
    assert not is_renewed(SIGNED, Dataset.of(SIGNED, replace(SIGNED_RENEWAL, archived_on=date(2021, 8, 24))), today)


def test_an_amendment_moves_the_end_once_it_is_signed():
    longer = Amendment(id="AV-1", agreement_id="C-1", signed_on=date(2021, 9, 1), new_end=date(2022, 3, 31))
    data = Dataset.of(SIGNED, longer)
    assert end_of(SIGNED, data, date(2021, 8, 31)) == date(2021, 9, 30)
    assert end_of(SIGNED, data, date(2021, 9, 1)) == date(2022, 3, 31)
    assert status(date(2021, 10, 1), longer) is AgreementStatus.IN_FORCE


def test_the_latest_signed_amendment_counts_each_for_what_it_changes():
    data = Dataset.of(
        SIGNED,
        Amendment(id="AV-2", agreement_id="C-1", signed_on=date(2020, 6, 1), new_promeneurs_covered=4),
        Amendment(id="AV-1", agreement_id="C-1", signed_on=date(2020, 1, 1), new_end=date(2022, 9, 30)),
        Amendment(id="AV-0", agreement_id="C-1", signed_on=date(2020, 6, 15), new_end=date(2021, 12, 31)),
        Amendment(id="AV-3", agreement_id="C-1", new_end=date(2030, 1, 1), new_promeneurs_covered=9),
        Amendment(id="AV-4", agreement_id="C-2", signed_on=date(2020, 7, 1), new_promeneurs_covered=7),
    )
    assert end_of(SIGNED, data, date(2020, 6, 14)) == date(2022, 9, 30)
    assert end_of(SIGNED, data, date(2020, 7, 1)) == date(2021, 12, 31)
    assert promeneurs_covered(SIGNED, data, date(2020, 5, 31)) == 2
    assert promeneurs_covered(SIGNED, data, date(2020, 7, 1)) == 4


def test_an_imposed_status_counts_only_with_its_reason():
    forced = replace(SIGNED, forced_status=AgreementStatus.IN_FORCE, forced_reason="  ")
    assert status(date(2022, 1, 1), agreement=forced) is AgreementStatus.EXPIRED
    forced = replace(forced, forced_reason="prolongée par courrier de la Caf")
    assert status(date(2022, 1, 1), agreement=forced) is AgreementStatus.IN_FORCE


def test_an_imposed_status_does_not_rewrite_the_years_before_the_convention():
    forced = replace(SIGNED, forced_status=AgreementStatus.IN_FORCE, forced_reason="accord verbal")
    assert status(date(2018, 9, 2), agreement=forced) is AgreementStatus.TO_PREPARE


def test_in_force_means_whatever_the_notice():
    data = Dataset.of(*STRUCTURES, SIGNED)
    assert agreement_in_force("S-1", data, date(2018, 9, 30)) is None
    assert agreement_in_force("S-1", data, date(2021, 9, 30)) is SIGNED
    assert agreement_in_force("S-1", data, date(2021, 10, 1)) is None
    assert agreement_in_force("", Dataset.of(replace(SIGNED, structure_id="")), date(2020, 1, 1)) is None


def test_of_two_conventions_in_force_the_latest_begun_is_the_one():
    second = replace(SIGNED, id="C-3", starts_on=date(2020, 1, 1))
    assert agreement_in_force("S-1", Dataset.of(*STRUCTURES, SIGNED, second), date(2020, 6, 1)) is second


def test_an_archived_convention_binds_nobody():
    archived = replace(SIGNED, archived_on=date(2019, 1, 1))
    assert agreement_in_force("S-1", Dataset.of(*STRUCTURES, archived), date(2020, 1, 1)) is None


def test_expiring_lists_what_ends_within_the_horizon_the_next_first():
    sooner = replace(SIGNED, id="C-3", number="2018-03", structure_id="S-2", ends_on=date(2021, 8, 31))
    data = Dataset.of(*STRUCTURES, SIGNED, sooner)
    today = date(2021, 8, 1)
    assert expiring(data, SETTINGS, today, 60) == (sooner, SIGNED)
    assert expiring(data, SETTINGS, today, 59) == (sooner,)
    assert expiring(data, SETTINGS, date(2021, 9, 1), 30) == (SIGNED,)


def test_expiring_leaves_out_what_is_renewed_terminated_or_never_signed():
    today = date(2021, 9, 1)
    assert expiring(Dataset.of(*STRUCTURES, SIGNED, RENEWAL), SETTINGS, today, 90) == (SIGNED,)
    assert expiring(Dataset.of(*STRUCTURES, SIGNED, SIGNED_RENEWAL), SETTINGS, today, 90) == ()
    assert expiring(Dataset.of(*STRUCTURES, replace(SIGNED, terminated_on=today)), SETTINGS, today, 90) == ()
    assert expiring(Dataset.of(*STRUCTURES, replace(SIGNED, caf_signed_on=None)), SETTINGS, today, 90) == ()


def lapsed_on(today, *agreements, structure=STRUCTURES[0]):
    return lapsed(Dataset.of(structure, *agreements), today)


def test_a_convention_that_ended_with_nothing_after_it_has_lapsed():
    assert lapsed_on(date(2021, 9, 30), SIGNED) == ()
    assert lapsed_on(date(2021, 10, 1), SIGNED) == (SIGNED,)
    assert lapsed_on(date(2021, 10, 1), SIGNED, RENEWAL) == ()
    assert lapsed_on(date(2024, 10, 1), SIGNED, SIGNED_RENEWAL) == (SIGNED_RENEWAL,)


def test_a_termination_or_a_structure_that_left_calls_for_nothing():
    today = date(2022, 1, 1)
    assert lapsed_on(today, replace(SIGNED, terminated_on=date(2020, 1, 1))) == ()
    assert lapsed_on(today, SIGNED, structure=replace(STRUCTURES[0], left_on=date(2021, 9, 30))) == ()
    assert lapsed_on(today, SIGNED, structure=replace(STRUCTURES[0], archived_on=today)) == ()
    assert lapsed_on(today) == ()


def test_lapsed_conventions_come_with_the_latest_end_first():
    other = replace(SIGNED, id="C-3", structure_id="S-2", ends_on=date(2021, 12, 31))
    assert lapsed(Dataset.of(*STRUCTURES, SIGNED, other), date(2022, 1, 1)) == (other, SIGNED)


days = st.none() | st.dates(date(2018, 1, 1), date(2022, 12, 31))
agreements = st.builds(
    Agreement,
    id=st.just("C-1"),
    structure_id=st.just("S-1"),
    sent_on=days,
    caf_signed_on=days,
    structure_signed_on=days,
    starts_on=days,
    ends_on=days,
    terminated_on=days,
    renews_id=st.sampled_from(["", "C-1"]),
)


@given(agreements, st.dates(date(2018, 1, 1), date(2022, 12, 31)))
def test_any_mixture_of_dates_has_a_status_and_a_past_day_ignores_what_came_after(agreement, today):
    known = {
        field: None if (value := getattr(agreement, field)) and value > today else value
        for field in ("sent_on", "caf_signed_on", "structure_signed_on", "terminated_on")
    }
    then = replace(agreement, **known)
    found = status_ignoring_notice(agreement, Dataset.of(agreement), today)
    assert found is status_ignoring_notice(then, Dataset.of(then), today)
    assert agreement_status(agreement, Dataset.of(agreement), SETTINGS, today) in AgreementStatus


@given(agreements, st.dates(date(2018, 1, 1), date(2022, 12, 30)))
def test_a_convention_that_has_ended_never_comes_back(agreement, today):
    data = Dataset.of(agreement)
    ended = {AgreementStatus.EXPIRED, AgreementStatus.TERMINATED}
    if status_ignoring_notice(agreement, data, today) in ended:
        assert status_ignoring_notice(agreement, data, today + timedelta(days=1)) in ended
