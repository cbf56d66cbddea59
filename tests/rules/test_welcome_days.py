"""By when the steps of a welcome are due: worked cases, and what holds for every day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.welcome_days import day_of, due_on

CASES = yaml.safe_load(Path(__file__).with_name("welcome_cases.yaml").read_text(encoding="utf-8"))
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_worked_cases(case):
    assert due_on(case["first"], case["days"], today=case["today"]) == (case["due"] or None)


@given(first=DAYS, days=st.integers(-90, 120).filter(bool))
def test_no_step_falls_on_a_weekend_or_crosses_the_first_day(first, days):
    day = day_of(first, days)
    assert day.weekday() < 5
    assert abs(day - (first + timedelta(days=days))) <= timedelta(days=2)
    assert day < first if days < 0 else day > first


@given(first=DAYS, today=DAYS, days=st.integers(-90, 120))
def test_no_step_is_late_when_the_plan_is_made(first, today, days):
    due = due_on(first, days, today=today)
    assert due is None or due >= today
    assert due is not None or first < today


@given(first=DAYS, one=st.integers(-90, 120), other=st.integers(-90, 120))
def test_the_order_of_the_steps_is_the_order_of_their_days(first, one, other):
    if one <= other:
        assert day_of(first, one) <= day_of(first, other)
