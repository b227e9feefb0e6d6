"""Ids: short, sortable by when they were made, never twice the same."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pdn.schema import mint
from pdn.schema.ids import ALPHABET, is_provisional
from pdn.schema.kinds import Reference

MOMENTS = st.datetimes(datetime(2018, 1, 1), datetime(2078, 12, 31))


@given(MOMENTS, st.integers(1, 10**6), st.integers(0, 32**3 - 1), st.integers(0, 32**3 - 1))
def test_an_id_made_later_sorts_after(moment, minutes, first, second):
    later = moment + timedelta(minutes=minutes)
    assert mint("S", moment, below=lambda _: first) < mint("S", later, below=lambda _: second)


@given(MOMENTS)
def test_an_id_has_a_prefix_and_eight_characters_that_nobody_misreads(moment):
    prefix, _, code = mint("SE", moment).partition("-")
    assert (prefix, len(code)) == ("SE", 8)
    assert set(code) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)


@given(MOMENTS)
def test_a_reference_recognises_an_id_wherever_it_ends_a_label(moment):
    made = mint("AV", moment)
    assert Reference("amendment").parse(f"Avenant n° 2 · {made}") == made


def test_an_id_that_is_taken_is_drawn_again():
    moment, drawn = datetime(2019, 3, 12), iter([1, 1, 2])
    taken = mint("S", moment, below=lambda _: 1)
    assert mint("S", moment, {taken}, below=lambda _: next(drawn)) != taken


def test_a_row_that_waits_for_its_id_is_told_from_the_others():
    assert is_provisional("?14")
    assert not is_provisional(mint("S", datetime(2019, 3, 12)))
