"""Value → cell → value, and value → form → value, for every kind of column."""

from dataclasses import fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from pdn.domain.journal import JournalEntry
from pdn.domain.workbooks import RECORD_TYPES
from pdn.french import INVISIBLE
from pdn.schema import kinds
from pdn.schema.cells import ERROR_VALUES, a1, column_letters, date_of_serial, serial_of_date
from pdn.schema.kinds import Kind, Misread


class Colour(StrEnum):
    RED = "rouge"
    DEEP_BLUE = "bleu foncé"
    OTHER = "autre – à préciser"


def _is_plain(text: str) -> bool:
    return text == text.strip() and "  " not in text and text.upper() not in ERROR_VALUES


def _siret(thirteen: int) -> str:
    siren = f"{thirteen:013}"[:8]
    siren += luhn.calc_check_digit(siren)
    start = siren + f"{thirteen:013}"[8:12]
    return start + luhn.calc_check_digit(start)


def _blank_or(values, blank):
    return st.just(blank) | values


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs"), exclude_characters=INVISIBLE, include_characters=" "),
    max_size=60,
).filter(_is_plain)
LONG_TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters=INVISIBLE), max_size=500)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12)
DATES = st.dates(date(1950, 1, 1), date(2100, 12, 31))
MOBILES = st.integers(600_000_000, 799_999_999).map(lambda n: f"+33{n}")
ABROAD = st.sampled_from(["+32470123456", "+41446681800", "+491512345678", "+34612345678"])

VALUES = {
    kinds.Text(): TEXTS,
    kinds.LongText(500): LONG_TEXTS.filter(_is_plain),
    kinds.Choice(Colour): _blank_or(st.sampled_from(Colour), None),
    kinds.OpenChoice("Animateur", "Éducatrice"): st.sampled_from(["Animateur", "Éducatrice"]) | WORDS,
    kinds.Choices(Colour): st.sets(st.sampled_from(Colour)).map(lambda s: tuple(c for c in Colour if c in s)),
    kinds.YesNo(): st.sampled_from([True, False, None]),
    kinds.Date(): _blank_or(DATES, None),
    kinds.Consent(): _blank_or(DATES, None),
    kinds.DateTime(): _blank_or(
        st.datetimes(datetime(1950, 1, 1), datetime(2100, 12, 31)).map(lambda moment: moment.replace(microsecond=0)),
        None,
    ),
    kinds.Money(): _blank_or(st.decimals(-999_999_999, 999_999_999, places=2), None),
    kinds.Hours(): _blank_or(st.integers(0, 600_000), None),
    kinds.WholeNumber(): _blank_or(st.integers(0, 10**12), None),
    kinds.WholeNumber(2010, 2100): _blank_or(st.integers(2010, 2100), None),
    kinds.Email(): _blank_or(st.builds(lambda a, b: f"{a}@{b}.example.org", WORDS, WORDS), ""),
    kinds.Phone(): _blank_or(
        (MOBILES | ABROAD).filter(lambda text: phonenumbers.is_valid_number(phonenumbers.parse(text))), ""
    ),
    kinds.Siret(): _blank_or(st.integers(10**6, 10**13 - 1).map(_siret), ""),
    kinds.Postcode(): _blank_or(st.integers(1000, 98799).map("{:05}".format), ""),
    kinds.InseeCode(): _blank_or(
        st.builds("{}{:03}".format, st.sampled_from(["01", "33", "2A", "2B"]), st.integers(1, 999)), ""
    ),
    kinds.Url(): _blank_or(st.builds(lambda a, b: f"https://{a}.example.org/{b}", WORDS, WORDS), ""),
    kinds.Identifier(): WORDS,
    kinds.Label(): st.builds("{} · S-4T7K29QX".format, WORDS),
    kinds.Reference("structure"): _blank_or(st.just("S-4T7K29QX"), ""),
    kinds.Raw(): st.none() | WORDS | st.integers() | st.booleans(),
}
EVERY_KIND = [pytest.param(kind, values, id=type(kind).__name__) for kind, values in VALUES.items()]
EACH_KIND = [pytest.param(kind, id=type(kind).__name__) for kind in VALUES]
IN_FORMS = [
    pytest.param(kind, values, id=type(kind).__name__)
    for kind, values in VALUES.items()
    if not kind.app_owned and not isinstance(kind, kinds.Raw)
]
CELLS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.text("0123456789 .,-/:h€\u202f\u00a0")
    | st.dates().map(lambda day: day.strftime("%d/%m/%Y"))
)


def test_every_kind_of_the_schema_is_tried_here():
    tried = {type(kind) for kind in VALUES}
    declared = {getattr(kinds, name) for name in kinds.__all__ if isinstance(getattr(kinds, name), type)}
    assert {found for found in declared if issubclass(found, Kind) and found is not Kind} == tried


@pytest.mark.parametrize(("kind", "values"), EVERY_KIND)
def test_what_is_written_in_a_cell_reads_back_the_same(kind, values):
    @given(values)
    def holds(value):
        assert kind.parse(kind.encode(value)) == value

    holds()


@pytest.mark.parametrize(("kind", "values"), IN_FORMS)
def test_what_a_form_shows_reads_back_the_same(kind, values):
    @given(values)
    def holds(value):
        assert kind.parse(kind.write(value)) == value

    holds()


@pytest.mark.parametrize("kind", EACH_KIND)
def test_no_cell_makes_reading_fail(kind):
    @given(CELLS)
    def holds(cell):
        value = kind.parse(cell)
        assert isinstance(value, Misread) or isinstance(kind.show(value), str)

    holds()


@pytest.mark.parametrize("kind", EACH_KIND)
def test_what_was_read_can_be_written_and_read_again(kind):
    @given(CELLS)
    def holds(cell):
        value = kind.parse(cell)
        if not isinstance(value, Misread):
            assert kind.parse(kind.encode(value)) == value

    holds()


@pytest.mark.parametrize(("kind", "values"), EVERY_KIND)
def test_nothing_is_said_of_a_cell_that_the_app_wrote(kind, values):
    @given(values)
    def holds(value):
        assert value == kind.blank or not kind.untidy(kind.encode(value), value)

    holds()


@pytest.mark.parametrize("kind", EACH_KIND)
def test_a_cell_written_anew_is_tidy_for_good(kind):
    @given(CELLS)
    def holds(cell):
        value = kind.parse(cell)
        if not isinstance(value, Misread) and value != kind.blank:
            assert not kind.untidy(kind.encode(value), value)

    holds()


@pytest.mark.parametrize("kind", EACH_KIND)
@pytest.mark.parametrize("cell", [None, "", " ", "\u00a0", "\u202f\n\t", "\ufeff", "\u200b \u200b"])
def test_a_cell_without_anything_has_the_blank_value(kind, cell):
    assert kind.parse(cell) == kind.blank
    assert kind.show(kind.blank) == ""
    assert kind.encode(kind.blank) is None


@pytest.mark.parametrize("kind", EACH_KIND)
@pytest.mark.parametrize("error", sorted(ERROR_VALUES))
def test_a_formula_in_error_is_said_to_be_one(kind, error):
    misread = kind.parse(error)
    assert isinstance(misread, Misread)
    assert "formule" in misread.mend


@pytest.mark.parametrize("record_type", [*RECORD_TYPES, JournalEntry], ids=lambda found: found.__name__)
def test_a_record_of_which_nothing_is_known_has_the_blank_value_in_every_field(record_type):
    blank = record_type()
    for found in fields(record_type):
        assert getattr(blank, found.name) == record_type.table.by_field[found.name].kind.blank


@given(st.integers(100_000_000, 999_999_999))
def test_a_french_number_is_read_and_shown_as_the_library_does(number):
    parsed = phonenumbers.parse(f"+33{number}")
    national = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    assert kinds.Phone().show(f"+33{number}") == national
    assert kinds.Phone().parse(national) == f"+33{number}"


@given(DATES)
def test_serial_numbers_count_days_from_30_december_1899(day):
    assert date_of_serial(serial_of_date(day)) == day
    assert date_of_serial(serial_of_date(day) + 0.99) == day
    assert serial_of_date(day + timedelta(days=1)) == serial_of_date(day) + 1


def test_the_serial_numbers_are_those_of_google():
    assert serial_of_date(date(1900, 1, 1)) == 2
    assert serial_of_date(date(2019, 3, 12)) == 43536


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")])
def test_columns_are_lettered_as_in_a_sheet(index, letters):
    assert column_letters(index) == letters


def test_a_cell_is_named_by_its_column_and_row():
    assert a1(13, 4) == "E14"


def test_an_amount_is_never_rounded_through_a_double():
    total = sum((kinds.Money().parse(0.1) for _ in range(10)), Decimal(0))
    assert total == Decimal("1.00")
