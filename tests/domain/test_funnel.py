from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.agreement import Agreement, AgreementStatus
from pdn.domain.funnel import FunnelStep, funnel_counts, funnel_step, structures_by_step
from pdn.domain.structure import Structure
from pdn.schema import Dataset

STRUCTURE = Structure(
    id="S-1",
    name="Maison des jeunes",
    spotted_on=date(2018, 3, 1),
    contacted_on=date(2018, 4, 1),
    interested_on=date(2018, 5, 1),
)
AGREEMENT = Agreement(
    id="C-1",
    structure_id="S-1",
    sent_on=date(2018, 9, 3),
    caf_signed_on=date(2018, 9, 20),
    structure_signed_on=date(2018, 9, 12),
    starts_on=date(2018, 10, 1),
    ends_on=date(2021, 9, 30),
)
UNDATED_RENEWAL = Agreement(id="C-2", structure_id="S-1", renews_id="C-1")


def step(today, *records, structure=STRUCTURE):
    return funnel_step(structure, Dataset.of(structure, *records), today)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2018, 2, 28), None),
        (date(2018, 3, 1), FunnelStep.SPOTTED),
        (date(2018, 4, 1), FunnelStep.CONTACTED),
        (date(2018, 5, 1), FunnelStep.INTERESTED),
        (date(2018, 9, 2), FunnelStep.INTERESTED),
        (date(2018, 9, 3), FunnelStep.SIGNING),
        (date(2018, 9, 30), FunnelStep.SIGNING),
        (date(2018, 10, 1), FunnelStep.AGREED),
        (date(2021, 9, 30), FunnelStep.AGREED),
        (date(2021, 10, 1), FunnelStep.LEFT),
    ],
)
def test_a_structure_goes_from_spotted_to_a_convention_and_out(today, expected):
    assert step(today, AGREEMENT) is expected


def test_a_structure_without_any_date_is_spotted():
    assert step(date(2018, 1, 1), structure=Structure(id="S-1")) is FunnelStep.SPOTTED


def test_the_highest_dated_step_counts_whatever_is_missing_below():
    structure = Structure(id="S-1", interested_on=date(2018, 5, 1))
    assert step(date(2018, 5, 1), structure=structure) is FunnelStep.INTERESTED


def test_a_structure_that_left_is_out_whatever_its_convention_says():
    structure = replace(STRUCTURE, left_on=date(2020, 1, 1))
    assert step(date(2019, 12, 31), AGREEMENT, structure=structure) is FunnelStep.AGREED
    assert step(date(2020, 1, 1), AGREEMENT, structure=structure) is FunnelStep.LEFT


def test_a_convention_to_prepare_is_on_the_way_to_signature():
    assert step(date(2018, 6, 1), UNDATED_RENEWAL) is FunnelStep.SIGNING


def test_a_convention_to_prepare_does_not_count_before_its_structure_was_known():
    assert step(date(2018, 2, 28), UNDATED_RENEWAL) is None


def test_a_renewal_on_the_way_keeps_a_structure_in():
    assert step(date(2021, 10, 1), AGREEMENT, UNDATED_RENEWAL) is FunnelStep.SIGNING
    assert step(date(2021, 9, 30), AGREEMENT, UNDATED_RENEWAL) is FunnelStep.AGREED


def test_termination_is_a_way_out_and_an_imposed_status_counts():
    assert step(date(2019, 1, 1), replace(AGREEMENT, terminated_on=date(2019, 1, 1))) is FunnelStep.LEFT
    forced = replace(AGREEMENT, forced_status=AgreementStatus.TO_RENEW, forced_reason="courrier de la Caf")
    assert step(date(2022, 1, 1), forced) is FunnelStep.AGREED


def test_an_archived_convention_moves_nothing():
    assert step(date(2019, 1, 1), replace(AGREEMENT, archived_on=date(2019, 1, 1))) is FunnelStep.INTERESTED


def test_counts_hold_every_step_in_order_and_every_live_structure_once():
    data = Dataset.of(
        STRUCTURE,
        AGREEMENT,
        Structure(id="S-2", contacted_on=date(2018, 6, 1)),
        Structure(id="S-3"),
        Structure(id="S-4", archived_on=date(2018, 1, 1)),
    )
    assert funnel_counts(data, date(2018, 10, 1)) == {
        FunnelStep.SPOTTED: 1,
        FunnelStep.CONTACTED: 1,
        FunnelStep.INTERESTED: 0,
        FunnelStep.SIGNING: 0,
        FunnelStep.AGREED: 1,
        FunnelStep.LEFT: 0,
    }
    assert list(funnel_counts(data, date(2018, 10, 1))) == list(FunnelStep)
    assert structures_by_step(data, date(2018, 10, 1))[FunnelStep.AGREED] == (STRUCTURE,)


def test_signing_a_convention_moves_the_funnel():
    sent = replace(AGREEMENT, caf_signed_on=None)
    today = date(2018, 11, 5)
    before = Dataset.of(STRUCTURE, sent)
    after = before.with_records([replace(sent, caf_signed_on=today)])
    assert (funnel_counts(before, today)[FunnelStep.SIGNING], funnel_counts(before, today)[FunnelStep.AGREED]) == (1, 0)
    assert (funnel_counts(after, today)[FunnelStep.SIGNING], funnel_counts(after, today)[FunnelStep.AGREED]) == (0, 1)
