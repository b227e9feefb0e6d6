"""What people type, kind by kind: understood where it has one meaning, refused where it has two."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from pdn.domain.attendance import AttendanceState
from pdn.domain.budget_line import Account
from pdn.domain.promeneur import Audience
from pdn.domain.session import HalfDay, TrainerKind
from pdn.schema import kinds
from pdn.schema.kinds import Misread

NARROW, WIDE, THIN = "\u202f", "\u00a0", "\u2009"


def understood(kind, cell):
    """The value of a cell that has one."""
    value = kind.parse(cell)
    assert not isinstance(value, Misread), value
    return value


def refused(kind, cell):
    """Why a cell has no value."""
    misread = kind.parse(cell)
    assert isinstance(misread, Misread), misread
    assert misread.expected == kind.expected
    return misread


@pytest.mark.parametrize(
    "typed",
    [
        "12/03/2019", "12/3/2019", "12/03/19", "12-03-2019", "12.3.2019", "12 03 2019", "2019-03-12", "12 mars 2019",
        "12 MARS 2019", "mardi 12 mars 2019", "12 mars 19", " 12/03/2019 ", f"12{WIDE}mars{NARROW}2019", "12-mars-2019",
        "12‑mars‑2019", 43536, 43536.0, 43536.75, "12 / 03 / 2019", "12/mars/2019", "12mars2019", "2019/03/12",
        "le 12 mars 2019", "mar. 12 mars 2019", "mardi 12/03/2019", "Le mardi 12 mars 2019", "12-mar-19", "12/03-19",
        "12/03/2019 14:00", "2019-03-12T00:00:00", "12 mars 2019 à 14 h", "\u200b12/03/2019\ufeff",
        "12\u2009mars\u20092019",
    ],
)  # fmt: skip
def test_a_date_is_understood(typed):
    assert understood(kinds.Date(), typed) == date(2019, 3, 12)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1er mars 2019", date(2019, 3, 1)), ("1 er mars 2019", date(2019, 3, 1)), ("1ᵉʳ mars 2019", date(2019, 3, 1)),
        ("2 juil 2019", date(2019, 7, 2)), ("2 jun 2019", date(2019, 6, 2)),
        ("1 février 2020", date(2020, 2, 1)), ("31 déc. 2018", date(2018, 12, 31)),
        ("15 août 2021", date(2021, 8, 15)), ("3 sept 2022", date(2022, 9, 3)), ("29/02/2020", date(2020, 2, 29)),
        ("12/03/98", date(1998, 3, 12)), ("01/09/69", date(2069, 9, 1)),
    ],
)  # fmt: skip
def test_other_dates_are_understood(typed, expected):
    assert understood(kinds.Date(), typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        2019, "2019", "mars 2019", "03/2019", "12 mars", "31/02/2019", "2019-13-01", "12/03/0019", "bientôt", "?", True,
        20190312, 1e300, float("inf"), -5, "le 12 ou le 13 mars 2019", "29/02/2019", "30/02/2020", "31/04/2019",
        "12/03/19019", "12 mars 19019", "mars 2019 ?", "3 jui 2019", "43536", "2019-03-11T23:00:00Z", "12/03/2019²",
        "12/03/2019 25:00", "03/25/2019",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(typed):
    refused(kinds.Date(), typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12/03/2019 14:30", datetime(2019, 3, 12, 14, 30)), ("12 mars 2019 à 14 h 05", datetime(2019, 3, 12, 14, 5)),
        ("2019-03-12T14:30:15", datetime(2019, 3, 12, 14, 30, 15)), ("12/03/2019 9h", datetime(2019, 3, 12, 9)),
        ("12/03/2019", datetime(2019, 3, 12)), (43536.5, datetime(2019, 3, 12, 12)),
    ],
)  # fmt: skip
def test_a_moment_is_understood(typed, expected):
    assert understood(kinds.DateTime(), typed) == expected


@pytest.mark.parametrize("typed", ["12/03/2019 25:00", "14:30", "12/03/2019 14:75", 0.5])
def test_what_is_no_moment_is_refused(typed):
    refused(kinds.DateTime(), typed)


@pytest.mark.parametrize(
    "typed",
    [
        "1234,50", "1 234,50", f"1{WIDE}234,50{WIDE}€", f"1{NARROW}234,50{NARROW}€", f"1{THIN}234,50", "1 234,50 €",
        "1.234,50", "1234.5", "1 234.50", "1234,5 euros", "1234,50 EUR", "€ 1234,50", "01234,50", 1234.5,
        "1234€50", "1 234 euros 50", "\ufeff1234,50",
    ],
)  # fmt: skip
def test_an_amount_is_understood(typed):
    assert understood(kinds.Money(), typed) == Decimal("1234.50")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("12,50", "12.50"), ("0", "0.00"), ("1 234 567", "1234567.00"), ("1.234.567,8", "1234567.80"),
        ("-12,5", "-12.50"), ("−12,5", "-12.50"), (0.125, "0.13"), (2.675, "2.68"), (10, "10.00"), (-0.125, "-0.13"),
    ],
)  # fmt: skip
def test_other_amounts_are_understood(typed, expected):
    assert understood(kinds.Money(), typed) == Decimal(expected)


@pytest.mark.parametrize(
    "typed",
    [
        "1.234", "12.345", "1,234", "12,345", "1234.567", "12 34", "1,234.50", "1.23.456,00", "12,50 $", "environ 100",
        "100 + 20", "1e3", "12,5,0", "", True, "1" * 60, 1e12, float("inf"), "12²", "1½", "12,5€50", "12€5", "€",
    ],
)  # fmt: skip
def test_an_amount_that_is_none_or_could_be_two_is_refused(typed):
    if typed == "":
        assert kinds.Money().parse(typed) is None
    else:
        refused(kinds.Money(), typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2h30", "2 h 30", "2H30", "2 heures 30", "2:30", "02:30", "2,5", "2.5", 2.5, "150 min", "2 h 30 min",
        f"2{WIDE}h{WIDE}30", "2,5 h", "2,5h", "2.5 heures", "2:30:00", "02:30:00",
    ],
)  # fmt: skip
def test_a_duration_is_understood(typed):
    assert understood(kinds.Hours(), typed) == 150


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3 h", 180), ("3h", 180), ("1 heure", 60), (3, 180), ("45 min", 45), ("45mn", 45), ("1h5", 65), (0, 0),
        ("1 200 h", 72000),
    ],
)  # fmt: skip
def test_other_durations_are_understood(typed, expected):
    assert understood(kinds.Hours(), typed) == expected


@pytest.mark.parametrize(
    "typed", ["2h75", "1.234", "1.234 h", "12²", "h", -1, "une demi-journée", 99999, "99999 h", "9" * 5000 + " h", True]
)
def test_what_is_no_duration_is_refused(typed):
    refused(kinds.Hours(), typed)


def test_a_time_of_day_in_place_of_a_duration_is_told_from_it():
    assert "heure du jour" in refused(kinds.Hours(), 2.5 / 24).mend
    assert "heure du jour" in refused(kinds.Hours(), 2 / 24).mend, "five minutes, or two o’clock?"
    assert kinds.Hours().encode(5) == "5 min"


@pytest.mark.parametrize(("typed", "expected"), [("12", 12), (12.0, 12), ("12,0", 12), ("1 234", 1234), ("0", 0)])
def test_a_whole_number_is_understood(typed, expected):
    assert understood(kinds.WholeNumber(), typed) == expected


@pytest.mark.parametrize("typed", ["12,5", 12.5, "1.234", "douze", -1, "12 ou 13", True, 1e15])
def test_what_is_no_whole_number_is_refused(typed):
    refused(kinds.WholeNumber(), typed)


def test_a_whole_number_has_bounds_that_its_message_tells():
    kind = kinds.WholeNumber(1, 5)
    assert understood(kind, 5) == 5
    assert refused(kind, 6).expected == "un nombre entier entre 1 et 5"


def test_a_year_is_shown_without_a_space():
    assert kinds.WholeNumber(2010, 2100).show(2019) == "2019"
    assert kinds.WholeNumber().show(1234) == f"1{NARROW}234"


@pytest.mark.parametrize(
    "typed",
    [
        "06 12 34 56 78", "0612345678", "06.12.34.56.78", "06-12-34-56-78", "+33 6 12 34 56 78", "+33612345678",
        "0033612345678", "+33 (0)6 12 34 56 78", 612345678, 612345678.0, "tél. 06 12 34 56 78",
        f"06{WIDE}12{NARROW}34 56 78", "\u202d06 12 34 56 78\u202c", "06\u200b12345678", 33612345678,
    ],
)  # fmt: skip
def test_a_telephone_number_is_understood_and_shown_as_the_french_write_it(typed):
    kind = kinds.Phone()
    assert understood(kind, typed) == "+33612345678"
    assert kind.show("+33612345678") == "06 12 34 56 78"


def test_a_foreign_telephone_number_keeps_its_country():
    assert understood(kinds.Phone(), "+32 470 12 34 56") == "+32470123456"
    assert kinds.Phone().show("+32470123456") == "+32 470 12 34 56"


@pytest.mark.parametrize(
    "typed",
    [
        "06 12 34 56",
        "06 12 34 56 7",
        "12",
        "00",
        "demander à l’accueil",
        "06 12 34 56 78 ou 05 56 00 00 00",
        True,
        "06 12 34 5 ABC",
        "06 12 34 56 78 (Ana)",
    ],
)
def test_what_is_no_telephone_number_is_refused(typed):
    refused(kinds.Phone(), typed)


@pytest.mark.parametrize(
    "typed",
    [
        "732 829 320 00074", "73282932000074", "732.829.320.00074", f"732{WIDE}829{NARROW}320 00074", 73282932000074,
        73282932000074.0,
    ],
)  # fmt: skip
def test_a_siret_is_understood_whatever_its_spaces(typed):
    assert understood(kinds.Siret(), typed) == "73282932000074"


def test_a_siret_that_lost_its_zeros_gets_them_back():
    assert understood(kinds.Siret(), 79191300015) == "00079191300015"


def test_a_siret_of_la_poste_has_its_own_rule():
    assert understood(kinds.Siret(), "35600000000048") == "35600000000048"
    assert understood(kinds.Siret(), "35600000049837") == "35600000049837"


@pytest.mark.parametrize("typed", ["732829320", "7328293200007", "en cours", 12, 0, "732829320000740"])
def test_what_is_no_siret_is_refused(typed):
    refused(kinds.Siret(), typed)


def test_a_siret_with_a_wrong_figure_is_told_so():
    assert "chiffre" in refused(kinds.Siret(), "73282932000075").mend


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("33000", "33000"), ("01000", "01000"), (1000, "01000"), (33000.0, "33000"), ("33 000", "33000")],
)
def test_a_postcode_keeps_its_zero(typed, expected):
    assert understood(kinds.Postcode(), typed) == expected


@pytest.mark.parametrize("typed", ["3300", "330000", "Bordeaux", 33, 5, -3300])
def test_what_is_no_postcode_is_refused(typed):
    refused(kinds.Postcode(), typed)


@pytest.mark.parametrize(
    ("typed", "expected"), [("33063", "33063"), ("2a004", "2A004"), (1053, "01053"), ("01053", "01053")]
)
def test_an_insee_code_is_understood(typed, expected):
    assert understood(kinds.InseeCode(), typed) == expected


@pytest.mark.parametrize("typed", ["3A063", "3306", "2C004", 63])
def test_what_is_no_insee_code_is_refused(typed):
    refused(kinds.InseeCode(), typed)


@pytest.mark.parametrize("typed", ["Ana.Diaz@Example.org", " ana.diaz@example.org ", "Mailto:ana.diaz@example.org"])
def test_an_address_is_understood(typed):
    assert understood(kinds.Email(), typed) == "ana.diaz@example.org"


@pytest.mark.parametrize(
    "typed",
    [
        "ana",
        "ana@example",
        "ana@@example.org",
        "a@example.org, b@example.org",
        "Ana <ana@example.org>",
        "@example.org",
        12,
    ],
)
def test_what_is_no_single_address_is_refused(typed):
    refused(kinds.Email(), typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://www.example.org/a?b=c", "https://www.example.org/a?b=c"), ("HTTP://example.org", "HTTP://example.org"),
        ("www.example.org", "https://www.example.org"),
    ],
)  # fmt: skip
def test_a_link_is_understood(typed, expected):
    assert understood(kinds.Url(), typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "@pseudo",
        "https://",
        "https://[",
        "https://exa mple.org",
        "file:///etc",
    ],
)
def test_what_is_no_link_is_refused(typed):
    refused(kinds.Url(), typed)


@pytest.mark.parametrize(
    "typed", ["oui", "Oui", "OUI", "o", "x", "X", "VRAI", "true", True, 1, "1", "✓", "✔️", "✅", "☑️", "\ufeffoui"]
)
def test_yes_is_said_in_many_ways(typed):
    assert understood(kinds.YesNo(), typed) is True


@pytest.mark.parametrize("typed", ["non", "Non", "n", "FAUX", "false", False, 0, "0", "❌", "✘"])
def test_no_is_said_in_many_ways(typed):
    assert understood(kinds.YesNo(), typed) is False


@pytest.mark.parametrize("typed", ["peut-être", "oui sauf le mardi", 2, "?"])
def test_neither_yes_nor_no_is_refused(typed):
    refused(kinds.YesNo(), typed)


@pytest.mark.parametrize("typed", ["12/03/2019", 43536, "12 mars 2019"])
def test_a_consent_is_its_date(typed):
    assert understood(kinds.Consent(), typed) == date(2019, 3, 12)


@pytest.mark.parametrize("typed", ["non", "Non", False, "FAUX", "n"])
def test_a_consent_that_was_refused_is_none(typed):
    assert understood(kinds.Consent(), typed) is None


@pytest.mark.parametrize("typed", ["oui", "x", True, "VRAI", "o"])
def test_a_consent_without_its_date_is_refused_and_says_what_to_write(typed):
    assert refused(kinds.Consent(), typed).mend == "Remplacez « oui » par la date de l’accord."


@pytest.mark.parametrize(
    "typed", ["64 – Charges de personnel", "64 - charges de personnel", "64 — CHARGES DE PERSONNEL"]
)
def test_a_choice_is_understood_whatever_its_case_accents_and_dashes(typed):
    assert understood(kinds.Choice(Account), typed) is Account.STAFF


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("présente", AttendanceState.PRESENT), ("Excusée", AttendanceState.EXCUSED),
        ("absents", AttendanceState.ABSENT), ("INSCRITES", AttendanceState.ENROLLED),
        ("excusé\u200b", AttendanceState.EXCUSED),
    ],
)  # fmt: skip
def test_a_choice_is_understood_in_the_feminine_and_the_plural(typed, expected):
    assert understood(kinds.Choice(AttendanceState), typed) is expected
    assert understood(kinds.Choices(AttendanceState), f"{typed}, absent")[0] is min(
        expected, AttendanceState.ABSENT, key=list(AttendanceState).index
    )


def test_a_choice_out_of_its_list_is_refused_and_the_list_is_told():
    expected = refused(kinds.Choice(TrainerKind), "stagiaire").expected
    assert all(f"«{WIDE}{found.value}{WIDE}»" in expected for found in TrainerKind)


def test_several_choices_are_in_the_order_of_the_list_each_once():
    found = understood(kinds.Choices(HalfDay), "soirée; Matin, soiree")
    assert found == (HalfDay.MORNING, HalfDay.EVENING)
    assert kinds.Choices(HalfDay).encode(found) == "matin, soirée"


def test_a_dash_typed_on_a_keyboard_is_the_one_of_the_list():
    assert understood(kinds.Choices(Audience), "jeunes 11-25 ans, Parents") == (Audience.YOUNG, Audience.PARENTS)


def test_one_unknown_choice_among_several_is_refused():
    refused(kinds.Choices(HalfDay), "matin, nuit")


def test_an_open_choice_takes_the_spelling_of_the_list_or_keeps_its_own():
    kind = kinds.OpenChoice("Éducatrice", "Animateur")
    assert understood(kind, "educatrice") == "Éducatrice"
    assert understood(kind, "Promeneuse") == "Promeneuse"


def test_a_number_in_a_text_reads_as_it_is_written():
    assert understood(kinds.Text(), 12) == "12"
    assert understood(kinds.Text(), 12.0) == "12"
    assert understood(kinds.Text(), 12.5) == "12,5"
    assert understood(kinds.Text(), True) == "VRAI"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  Centre  social ", "Centre social"), (f"Centre{WIDE}social", "Centre social"),
        ("Ana\u200b Diaz\ufeff", "Ana Diaz"), (f"Le 12, 14{WIDE}h{NARROW}: ici", f"Le 12, 14{WIDE}h{NARROW}: ici"),
        ("👩‍💻 ✔️", "👩‍💻 ✔️"), ("x" * 2000, "x" * 2000),
    ],
)  # fmt: skip
def test_a_text_loses_the_blanks_that_nobody_meant_and_keeps_those_of_good_typography(typed, expected):
    assert understood(kinds.Text(), typed) == expected


@pytest.mark.parametrize("typed", ["#REF!", "#VALEUR!", " #N/A\u200b"])
def test_a_formula_in_error_is_no_text(typed):
    assert "formule" in refused(kinds.Text(), typed).mend


def test_a_text_past_its_length_is_refused_with_its_count():
    misread = refused(kinds.LongText(5), "abcdef")
    assert (misread.expected, misread.mend) == ("un texte de 5 caractères au plus", "Il en compte 6.")


@pytest.mark.parametrize("typed", ["Centre social · S-4T7K29QX", "S-4T7K29QX", " S-4T7K29QX "])
def test_a_reference_is_the_id_where_the_cell_has_it(typed):
    assert understood(kinds.Reference("structure"), typed) == "S-4T7K29QX"


def test_a_reference_by_name_waits_until_every_table_is_read():
    assert understood(kinds.Reference("structure"), "Centre social") == "Centre social"
