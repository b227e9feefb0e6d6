from collections import Counter
from datetime import date, timedelta

import pytest

from pdn.demo import build
from pdn.domain.agreement import Agreement, Amendment
from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.budget_line import BudgetLine
from pdn.domain.checks import check
from pdn.domain.phase import DeploymentPhase
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.settings import Parameter, read_settings
from pdn.domain.structure import Structure
from pdn.domain.workbooks import RECORD_TYPES
from pdn.schema import label_of
from pdn.schema.kinds import Email, LongText, Phone, Siret, Url
from pdn.schema.kinds import Reference as Ref

NOW = date(2026, 11, 23)
SCALE = {
    DeploymentPhase: (4, 4), Promeneur: (58, 72), OnlineProfile: (90, 130), Structure: (45, 45), Agreement: (50, 70),
    Amendment: (6, 14), Session: (135, 165), Attendance: (1350, 1650), BudgetLine: (450, 620),
}  # fmt: skip


def test_the_same_day_and_seed_give_the_same_records():
    assert build(NOW) == build(NOW)


def test_another_seed_gives_another_gironde():
    assert build(NOW) != build(NOW, seed=34)


def test_the_past_stays_from_one_day_to_the_next():
    before, after = build(NOW), {record.id: record for record in build(NOW + timedelta(days=1))}
    assert [record for record in before if after.get(record.id) != record] == []


def test_every_table_of_both_workbooks_is_filled(demo, today):
    assert [record_type for record_type in RECORD_TYPES if not demo(today).all(record_type)] == []


@pytest.mark.parametrize("record_type", SCALE, ids=lambda record_type: record_type.__name__)
def test_the_network_has_the_size_of_a_real_one(demo, record_type):
    least, most = SCALE[record_type]
    assert least <= len(demo(NOW).all(record_type)) <= most


def test_every_id_is_unique(demo, today):
    for record_type in RECORD_TYPES:
        counts = Counter(record.id for record in demo(today).all(record_type))
        assert max(counts.values()) == 1, record_type


def test_every_value_is_read_back_from_the_cell_that_it_is_written_in(demo, today):
    for record_type in RECORD_TYPES:
        for record in demo(today).all(record_type):
            for column in record_type.table.columns:
                value = getattr(record, column.field)
                assert column.kind.parse(column.kind.encode(value)) == value, (record.id, column.header)


def test_every_required_column_is_filled(demo, today):
    for record_type in RECORD_TYPES:
        for column in record_type.table.columns:
            if column.required:
                blanks = [r for r in demo(today).all(record_type) if getattr(r, column.field) == column.kind.blank]
                assert blanks == [], column.header


def test_every_reference_leads_to_a_record(demo, today):
    data = demo(today)
    tables = {record_type.table.key: record_type for record_type in RECORD_TYPES}
    for record_type in RECORD_TYPES:
        for column in record_type.table.references:
            assert isinstance(column.kind, Ref)
            for record in data.all(record_type):
                target = getattr(record, column.field)
                assert not target or data.get(tables[column.kind.target], target), (record.id, column.header)
    assert data.problems == ()


def test_labels_are_up_to_date(demo):
    for record_type in RECORD_TYPES:
        if record_type.table.labelled:
            assert all(record.label == label_of(record) for record in demo(NOW).all(record_type))


def test_every_address_and_number_is_one_that_nobody_has(demo, today):
    for kind, promise in (
        (Email, lambda value: value.endswith("@example.org")),
        (Url, lambda value: value.startswith("https://www.example.org/")),
        (Phone, lambda value: value.startswith("+3353649")),
        (Siret, lambda value: value.startswith("000")),
    ):
        values = [
            getattr(record, column.field)
            for record_type in RECORD_TYPES
            for column in record_type.table.columns
            if isinstance(column.kind, kind)
            for record in demo(today).all(record_type)
        ]
        given = [value for value in values if value]
        assert given
        assert all(promise(value) for value in given), kind.name


def test_each_structure_has_its_own_siret(demo):
    given = [structure.siret for structure in demo(NOW).all(Structure) if structure.siret]
    assert len(given) == len(set(given))


def test_each_promeneur_has_a_name_a_mail_and_a_number_of_their_own(demo):
    promeneurs = demo(NOW).all(Promeneur)
    for field in ("title", "email", "phone"):
        given = [getattr(promeneur, field) for promeneur in promeneurs if getattr(promeneur, field)]
        assert len(given) == len(set(given))


def test_no_rule_refuses_what_the_demonstration_holds(demo, today):
    data = demo(today)
    settings, problems = read_settings(data)
    assert problems == ()
    refused = [
        (record.title, finding.message)
        for record_type in RECORD_TYPES
        for record in data.all(record_type)
        for finding in check(record, data, settings, today)
        if finding.blocking
    ]
    assert refused == []


def test_nothing_that_is_over_is_dated_after_today(demo, today):
    data = demo(today)
    done = {
        Structure: ("spotted_on", "contacted_on", "interested_on", "left_on"),
        Promeneur: ("mandate_on", "charter_signed_on", "listing_consent", "phone_consent"),
        OnlineProfile: ("checked_on",),
        Agreement: ("sent_on", "structure_signed_on", "caf_signed_on", "terminated_on"),
        Amendment: ("signed_on",),
    }
    for record_type, fields in done.items():
        for record in data.all(record_type):
            assert all((getattr(record, field) or today) <= today for field in fields), record
    assert all(line.spent is None or line.dated_on <= today for line in data.all(BudgetLine) if line.dated_on)
    for attendance in data.all(Attendance):
        held = data.get(Session, attendance.session_id).held_on < today
        assert held is (attendance.state is not AttendanceState.ENROLLED)


def test_text_is_typed_as_french_printers_do(demo):
    for record_type in set(RECORD_TYPES) - {Parameter}:
        for record in demo(NOW).all(record_type):
            for column in record_type.table.columns:
                value = getattr(record, column.field)
                if isinstance(value, str) and not isinstance(column.kind, Url):
                    assert "'" not in value, value
                    assert not any(f" {mark}" in value for mark in ":;?!"), value
                if isinstance(column.kind, LongText) and isinstance(value, str):
                    assert len(value) <= column.kind.most
