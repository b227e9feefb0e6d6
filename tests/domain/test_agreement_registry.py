from dataclasses import replace
from datetime import date

import pytest

from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.agreement_registry import (
    AgreementFigures,
    AgreementFilters,
    agreement_entries,
    agreement_entry,
    agreement_figures,
    matching_agreements,
    promeneurs_under,
)
from pdn.domain.promeneur import Promeneur
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

SETTINGS = Settings(notice_days=90)
TODAY = date(2021, 8, 1)
BEGLES = Structure(id="S-1", name="Maison des jeunes", commune="Bègles")
PESSAC = Structure(id="S-2", name="Centre social", commune="Pessac")
ENDING = Agreement(
    id="C-1",
    number="2018-01",
    structure_id="S-1",
    caf_signed_on=date(2018, 9, 20),
    structure_signed_on=date(2018, 9, 12),
    starts_on=date(2018, 10, 1),
    ends_on=date(2021, 9, 30),
    promeneurs_covered=2,
)
RENEWAL = Agreement(id="C-2", number="2021-07", structure_id="S-1", renews_id="C-1", starts_on=date(2021, 10, 1))
LONG = replace(ENDING, id="C-3", number="2020-04", structure_id="S-2", ends_on=date(2023, 9, 30))
AMENDMENT = Amendment(
    id="AV-1", agreement_id="C-3", signed_on=date(2021, 1, 1), subject="Un poste de plus", new_promeneurs_covered=4
)
DATA = Dataset.of(BEGLES, PESSAC, RENEWAL, ENDING, LONG, AMENDMENT)


def entries():
    return agreement_entries(DATA, SETTINGS, TODAY)


def test_entries_are_ordered_by_structure_then_by_start_and_hold_what_is_computed():
    first, second, third = entries()
    assert [first.agreement.id, second.agreement.id, third.agreement.id] == ["C-3", "C-1", "C-2"]
    assert (first.status, first.covered, first.amendments) == (AgreementStatus.IN_FORCE, 4, (AMENDMENT,))
    assert (second.status, second.days_left, second.renewals) == (AgreementStatus.TO_RENEW, 60, (RENEWAL,))
    assert (third.status, third.days_left, third.starts_on) == (AgreementStatus.TO_PREPARE, None, date(2021, 10, 1))


def test_figures_count_conventions_and_each_structure_once():
    assert agreement_figures(entries()) == AgreementFigures(in_force=2, to_renew=1, pending=1, structures=2)
    twice = Dataset.of(BEGLES, ENDING, replace(ENDING, id="C-9"))
    assert agreement_figures(agreement_entries(twice, SETTINGS, TODAY)).structures == 1
    assert agreement_figures(()) == AgreementFigures(0, 0, 0, 0)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (AgreementFilters(), ["C-3", "C-1", "C-2"]),
        (AgreementFilters(text="begles 2018"), ["C-1"]),
        (AgreementFilters(text="un poste"), ["C-3"]),
        (AgreementFilters(status="à renouveler"), ["C-1"]),
        (AgreementFilters(structure_id="S-1"), ["C-1", "C-2"]),
        (AgreementFilters(horizon_days=60), ["C-1"]),
        (AgreementFilters(horizon_days=59), []),
        (AgreementFilters(horizon_days=59, structure_id="S-1"), []),
        (AgreementFilters(text="introuvable"), []),
    ],
)
def test_each_filter_keeps_what_it_says(filters, expected):
    assert [entry.agreement.id for entry in matching_agreements(entries(), filters)] == expected


def test_a_convention_of_no_known_structure_is_still_listed():
    (entry,) = agreement_entries(Dataset.of(replace(ENDING, structure_id="")), SETTINGS, TODAY)
    assert entry.structure is None
    assert promeneurs_under(entry, Dataset.of(Promeneur(id="P-1")), TODAY) == []


def test_the_promeneurs_under_a_convention_are_those_present_on_its_last_day_or_today():
    stays = Promeneur(id="P-1", last_name="Zola", structure_id="S-1", entered_on=date(2018, 10, 4))
    left = replace(stays, id="P-2", last_name="Camus", left_on=date(2020, 6, 30))
    late = replace(stays, id="P-3", last_name="Duras", entered_on=date(2022, 1, 10))
    elsewhere = replace(stays, id="P-4", structure_id="S-2")
    data = Dataset.of(BEGLES, PESSAC, ENDING, stays, left, late, elsewhere)

    def under(today, agreement=ENDING):
        entry = agreement_entry(agreement, data, SETTINGS, today)
        return [promeneur.id for promeneur in promeneurs_under(entry, data, today)]

    assert under(date(2020, 6, 30)) == ["P-2", "P-1"]
    assert under(date(2020, 7, 1)) == ["P-1"]
    assert under(date(2026, 1, 1)) == ["P-1"]
    assert under(date(2026, 1, 1), replace(ENDING, terminated_on=date(2019, 12, 31))) == ["P-2", "P-1"]
    assert under(TODAY, replace(ENDING, starts_on=date(2022, 2, 1), ends_on=None)) == ["P-3", "P-1"]
