"""Amounts as people write them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.amounts import hundredths

READ = {
    "12": 1200,
    "7,5": 750,
    "7.5": 750,
    "1.200": 120000,
    "1.200,50": 120050,
    "1,200.5": 120050,
    "€ 1 200": 120000,
    "5\u00a0€": 500,
    "12'345": 1234500,
    "0.05": 5,
    "-5": -500,
    "−5,25": -525,
}
REFUSED = ["", "abc", "1.2.3", "1.23456", "0.500", "1,2,3", "5 hours", "٣", "1e5", "--", "1.200.50", "nan"]


@pytest.mark.parametrize("text", READ)
def test_an_amount_is_read_however_it_is_written(text):
    assert hundredths(text) == READ[text]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_is_refused_rather_than_guessed(text):
    with pytest.raises(ValueError, match="no amount"):
        hundredths(text)


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(".,"))
def test_every_amount_is_read_back(whole, rest, mark):
    assert hundredths(f"{whole}{mark}{rest:02}") == whole * 100 + rest


@given(st.integers(1000, 10**9), st.sampled_from([".", ",", " ", "'"]))
def test_marks_between_thousands_change_nothing(whole, mark):
    assert hundredths(f"{whole:,}".replace(",", mark)) == whole * 100


@given(st.text(max_size=12))
def test_anything_else_raises_nothing_but_a_value_error(text):
    with suppress(ValueError):
        assert isinstance(hundredths(text), int)
