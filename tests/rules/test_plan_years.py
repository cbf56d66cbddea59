"""The years of a plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.plan_years import year_begins, year_of

DAYS = st.dates(date(2020, 1, 1), date(2080, 12, 31))
CASES = [
    (date(2026, 11, 1), date(2026, 11, 25), 1),
    (date(2026, 11, 1), date(2027, 10, 31), 1),
    (date(2026, 11, 1), date(2027, 11, 1), 2),
    (date(2026, 11, 1), date(2027, 1, 1), 1),
    (date(2026, 11, 1), date(2020, 1, 1), 1),
    (date(2024, 2, 29), date(2025, 2, 28), 1),
    (date(2024, 2, 29), date(2025, 3, 1), 2),
]


@pytest.mark.parametrize(("start", "day", "year"), CASES)
def test_a_day_lies_in_a_year_of_the_plan(start, day, year):
    assert year_of(start, day) == year


@given(DAYS, st.integers(0, 3650))
def test_every_day_lies_between_the_beginnings_of_its_year_and_of_the_next(start, days):
    day = start + timedelta(days=days)
    year = year_of(start, day)
    assert year_begins(start, year) <= day < year_begins(start, year + 1)
