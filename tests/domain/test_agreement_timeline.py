from dataclasses import replace
from datetime import date

from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.agreement_timeline import AgreementSpan, timeline
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

TODAY = date(2020, 6, 15)
AGREEMENT = Agreement(
    id="C-1",
    structure_id="S-1",
    sent_on=date(2018, 9, 3),
    caf_signed_on=date(2018, 9, 20),
    structure_signed_on=date(2018, 9, 12),
    starts_on=date(2018, 10, 1),
    ends_on=date(2021, 9, 30),
)
ZENITH, ELAN = Structure(id="S-1", name="Zénith"), Structure(id="S-2", name="Élan")


def spans(*records):
    return timeline(Dataset.of(ZENITH, ELAN, *records), Settings(notice_days=90), TODAY)


def test_a_span_goes_from_the_date_of_effect_to_the_end():
    assert spans(AGREEMENT) == (
        AgreementSpan(AGREEMENT, date(2018, 10, 1), date(2021, 9, 30), AgreementStatus.IN_FORCE),
    )


def test_a_termination_cuts_it_short_and_an_amendment_lengthens_it():
    assert spans(replace(AGREEMENT, terminated_on=date(2020, 1, 1)))[0].ends_on == date(2020, 1, 1)
    longer = Amendment(id="AV-1", agreement_id="C-1", signed_on=date(2020, 1, 1), new_end=date(2022, 9, 30))
    assert spans(AGREEMENT, longer)[0].ends_on == date(2022, 9, 30)


def test_without_a_date_of_effect_the_first_known_fact_starts_it_and_without_any_there_is_no_span():
    sent = Agreement(id="C-1", structure_id="S-1", sent_on=date(2018, 9, 3))
    assert spans(sent) == (AgreementSpan(sent, date(2018, 9, 3), None, AgreementStatus.BEING_SIGNED),)
    assert spans(Agreement(id="C-1", structure_id="S-1")) == ()


def test_an_end_before_the_start_makes_no_bar_that_runs_backwards():
    (span,) = spans(replace(AGREEMENT, ends_on=date(2018, 1, 1)))
    assert (span.starts_on, span.ends_on) == (date(2018, 10, 1), date(2018, 10, 1))


def test_they_are_ordered_by_structure_as_a_dictionary_would_then_by_start():
    later = replace(AGREEMENT, id="C-2", starts_on=date(2019, 1, 1))
    elan = replace(AGREEMENT, id="C-3", structure_id="S-2", starts_on=date(2020, 1, 1))
    archived = replace(AGREEMENT, id="C-4", archived_on=TODAY)
    assert [span.agreement.id for span in spans(later, AGREEMENT, elan, archived)] == ["C-3", "C-1", "C-2"]
