from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.checks import check
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

TODAY = date(2020, 6, 15)
STRUCTURE = Structure(id="S-1", name="Maison des jeunes")
GOOD = Agreement(
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
RENEWAL = replace(
    GOOD, id="C-2", number="2021-01", starts_on=date(2021, 10, 1), ends_on=date(2024, 9, 30), renews_id="C-1"
)


def findings(record, *others):
    return [(found.field, found.blocking) for found in check(record, Dataset.of(STRUCTURE, *others), Settings(), TODAY)]


@pytest.mark.parametrize("record", [GOOD, RENEWAL, Agreement(), Amendment(), Amendment(agreement_id="C-1")])
def test_nothing_is_said_of_what_is_right_or_merely_blank(record):
    assert findings(record, GOOD) == []


def test_a_convention_that_ends_before_it_starts_is_refused():
    assert findings(replace(GOOD, ends_on=date(2018, 9, 30))) == [("ends_on", True)]
    assert findings(replace(GOOD, ends_on=GOOD.starts_on)) == []


def test_an_imposed_status_without_its_reason_is_refused():
    forced = replace(GOOD, forced_status=AgreementStatus.EXPIRED)
    assert findings(replace(forced, forced_reason=" ")) == [("forced_reason", True)]
    assert findings(replace(forced, forced_reason="courrier de la Caf")) == []


def test_a_convention_that_covers_nobody_is_only_warned_of():
    assert findings(replace(GOOD, promeneurs_covered=0)) == [("promeneurs_covered", False)]


def test_a_signature_before_the_sending_is_only_warned_of():
    assert findings(replace(GOOD, structure_signed_on=date(2018, 9, 2))) == [("structure_signed_on", False)]


def test_a_signature_still_to_come_is_warned_of():
    assert findings(replace(GOOD, caf_signed_on=date(2020, 6, 16))) == [("caf_signed_on", False)]


def test_a_convention_does_not_renew_itself():
    assert findings(replace(GOOD, renews_id="C-1"), GOOD) == [("renews_id", True)]


def test_a_convention_does_not_renew_that_of_another_structure_and_says_whose_it_is():
    other = replace(RENEWAL, structure_id="S-2")
    assert findings(other, GOOD) == [("renews_id", True)]
    found = check(other, Dataset.of(STRUCTURE, GOOD), Settings(), TODAY)
    assert "Maison des jeunes" in found[0].message


def test_two_conventions_do_not_renew_each_other_even_through_a_third():
    assert findings(replace(GOOD, renews_id="C-2"), GOOD, RENEWAL) == [("renews_id", True)]
    third = replace(RENEWAL, id="C-3", renews_id="C-2", starts_on=date(2024, 10, 1), ends_on=date(2027, 9, 30))
    assert findings(replace(GOOD, renews_id="C-3"), GOOD, RENEWAL, third) == [("renews_id", True)]


def test_a_circle_that_stands_in_the_sheet_already_stops_nothing():
    turning = (
        replace(GOOD, id="C-5", renews_id="C-6", starts_on=date(2010, 1, 1), ends_on=date(2010, 12, 31)),
        replace(GOOD, id="C-6", renews_id="C-5", starts_on=date(2011, 1, 1), ends_on=date(2011, 12, 31)),
    )
    assert findings(replace(GOOD, renews_id="C-5"), *turning) == []


def test_a_second_signed_convention_over_the_same_days_is_warned_of():
    second = replace(RENEWAL, starts_on=date(2021, 9, 30))
    assert findings(second, GOOD) == [("starts_on", False)]
    assert findings(replace(second, structure_id="S-2", renews_id=""), GOOD) == []
    assert findings(replace(second, caf_signed_on=None), GOOD) == []
    assert findings(second, replace(GOOD, archived_on=TODAY)) == []


def test_the_day_of_termination_is_free_for_the_next_convention():
    assert findings(replace(RENEWAL, starts_on=date(2020, 3, 1)), replace(GOOD, terminated_on=date(2020, 3, 1))) == []


def test_conventions_without_an_end_overlap_whatever_follows():
    assert findings(RENEWAL, replace(GOOD, ends_on=None)) == [("starts_on", False)]


def test_an_imposed_status_says_whether_a_convention_binds_whatever_its_dates():
    again = replace(GOOD, id="C-9", number="2019-09")
    ended = replace(GOOD, forced_status=AgreementStatus.TERMINATED, forced_reason="courrier")
    assert findings(again, ended) == []
    assert findings(again, replace(ended, forced_reason="")) == [("starts_on", False)]
    unsigned = replace(GOOD, caf_signed_on=None, structure_signed_on=None)
    in_force = replace(unsigned, forced_status=AgreementStatus.IN_FORCE, forced_reason="accord de principe")
    assert findings(again, unsigned) == []
    assert findings(again, in_force) == [("starts_on", False)]


def test_a_termination_before_the_convention_was_even_sent_is_warned_of():
    assert findings(replace(GOOD, terminated_on=date(2018, 9, 2))) == [("terminated_on", False)]
    assert findings(replace(GOOD, terminated_on=date(2018, 9, 3))) == []


def test_an_amendment_older_than_its_convention_is_warned_of():
    amendment = Amendment(id="AV-1", agreement_id="C-1", signed_on=date(2018, 9, 19))
    assert findings(amendment, GOOD) == [("signed_on", False)]
    assert findings(replace(amendment, signed_on=date(2018, 9, 20)), GOOD) == []


def test_an_amendment_that_ends_before_the_convention_starts_is_refused():
    amendment = Amendment(id="AV-1", agreement_id="C-1", new_end=date(2018, 9, 30), new_promeneurs_covered=0)
    assert findings(amendment, GOOD) == [("new_end", True), ("new_promeneurs_covered", False)]
    assert findings(replace(amendment, new_end=date(2022, 1, 1), new_promeneurs_covered=3), GOOD) == []


def test_every_message_is_a_french_sentence_with_its_rule():
    bad = replace(GOOD, ends_on=date(2018, 1, 1), promeneurs_covered=0, renews_id="C-1", sent_on=date(2021, 1, 1))
    found = check(replace(bad, forced_status=AgreementStatus.EXPIRED), Dataset.of(GOOD), Settings(), TODAY)
    assert len(found) >= 5
    assert all(one.message.endswith(".") and one.rule == "R26" and "'" not in one.message for one in found)
