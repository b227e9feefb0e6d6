"""How French is written."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdn import french

WIDE, NARROW = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2019, 3, 12), "12 mars 2019"), (date(2019, 3, 1), "1er mars 2019"),
        (date(2018, 12, 31), "31 décembre 2018"),
        (date(2019, 8, 11), "11 août 2019"), (date(2019, 2, 10), "10 février 2019"), (None, "—"),
    ],
)  # fmt: skip
def test_a_day_in_words(value, text):
    assert french.day(value) == text


@pytest.mark.parametrize(
    ("elapsed", "text"),
    [
        (timedelta(seconds=-3), "il y a moins d’une minute"), (timedelta(seconds=59), "il y a moins d’une minute"),
        (timedelta(seconds=60), f"il y a 1{WIDE}minute"), (timedelta(minutes=59), f"il y a 59{WIDE}minutes"),
        (timedelta(hours=1), f"il y a 1{WIDE}heure"), (timedelta(hours=23, minutes=59), f"il y a 23{WIDE}heures"),
        (timedelta(days=1), f"il y a 1{WIDE}jour"), (timedelta(days=12), f"il y a 12{WIDE}jours"),
    ],
)  # fmt: skip
def test_how_long_ago(elapsed, text):
    assert french.ago(elapsed) == text


def test_a_day_in_figures_a_month_and_a_moment():
    assert french.short_day(date(2019, 3, 1)) == "01/03/2019"
    assert french.short_day(None) == ""
    assert french.month(date(2019, 3, 12)) == "mars 2019"
    assert french.moment(datetime(2019, 3, 12, 9, 5)) == f"12 mars 2019 à 9{WIDE}h{WIDE}05"
    assert french.moment(None) == "—"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("1234.5"), None, f"1{NARROW}234,5"), (0, None, "0"), (1234567, None, f"1{NARROW}234{NARROW}567"),
        (2.5, 2, "2,50"), (2.5, 0, "2"), (Decimal("-1234.567"), 1, f"-1{NARROW}234,6"),
    ],
)  # fmt: skip
def test_a_number(value, decimals, text):
    assert french.number(value, decimals) == text


def test_an_amount_has_its_cents_unless_they_are_not_wanted():
    assert french.euros(Decimal("1234.5")) == f"1{NARROW}234,50{WIDE}€"
    assert french.euros(Decimal(20000), cents=False) == f"20{NARROW}000{WIDE}€"
    assert french.euros(Decimal("-0.5")) == f"-0,50{WIDE}€"
    assert french.euros(None) == "—"
    assert french.euros(None, empty="") == ""


def test_a_share_is_a_percentage():
    assert french.percent(0.75) == f"75{WIDE}%"
    assert french.percent(Decimal("0.1234"), 1) == f"12,3{WIDE}%"
    assert french.percent(1.2) == f"120{WIDE}%"
    assert french.percent(None) == "—"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (150, f"2{WIDE}h{WIDE}30"),
        (180, f"3{WIDE}h"),
        (45, f"45{WIDE}min"),
        (65, f"1{WIDE}h{WIDE}05"),
        (0, f"0{WIDE}min"),
    ],
)
def test_a_duration(minutes, text):
    assert french.hours(minutes) == text


def test_nothing_has_no_duration():
    assert french.hours(None) == "—"


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 jour"), (1, "1 jour"), (2, "2 jours"), (1234, f"1{NARROW}234 jours")]
)
def test_zero_and_one_are_singular(count, text):
    assert french.count(count, "jour") == text.replace(" ", WIDE)


def test_a_plural_may_be_another_word_and_begins_at_two():
    assert french.plural(1.9, "journal", "journaux") == "journal"
    assert french.plural(2, "journal", "journaux") == "journaux"
    assert french.plural(-1, "jour") == "jour"


@pytest.mark.parametrize(
    ("words", "text"), [((), ""), (("a",), "a"), (("a", "b"), "a et b"), (("a", "b", "c"), "a, b et c")]
)
def test_words_in_a_row(words, text):
    assert french.listing(words) == text


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("Bègles", "de Bègles"),
        ("Ambès", "d’Ambès"),
        ("Eysines", "d’Eysines"),
        ("Hourtin", "d’Hourtin"),
        ("Élise", "d’Élise"),
    ],
)
def test_de_is_elided_before_a_vowel(word, text):
    assert french.of(word) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Élise", "ELISE"), ("L’Œuvre", "l'oeuvre"), ("Centre  social", f"centre{WIDE}social"),
        ("11–25 ans", "11-25 ANS"),
        ("Mont‑de‑Marsan", "mont-de-marsan"), ("Te\u0301le\u0301phone", "Téléphone"), ("Lætitia", "laetitia"),
    ],
)  # fmt: skip
def test_people_compare_without_case_accents_and_typography(one, other):
    assert french.fold(one) == french.fold(other)


@given(st.text())
def test_what_is_folded_stays_so(text):
    once = french.fold(text)
    assert french.fold(once) == once


def test_a_dictionary_puts_letters_first_and_accents_only_between_equals():
    words = ["zoé", "Éric", "eric", "Ève", "eve", "Ana"]
    assert sorted(words, key=french.sort_key) == ["Ana", "eric", "Éric", "eve", "Ève", "zoé"]
