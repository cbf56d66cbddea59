"""The years of a plan: each begins on the day of the year on which the plan began, 1 is the first."""

from __future__ import annotations

from calendar import isleap
from datetime import date

YEARS = 3
"""How many years a roadmap looks ahead."""


def year_begins(starts_on: date, year: int) -> date:
    """The first day of a year of the plan."""
    begins = starts_on.year + year - 1
    if (starts_on.month, starts_on.day) == (2, 29) and not isleap(begins):
        return date(begins, 3, 1)
    return starts_on.replace(year=begins)


def year_of(starts_on: date, day: date) -> int:
    """In which year of the plan a day lies; 1 for every day before it began."""
    year = max(day.year - starts_on.year + 1, 1)
    return max(year - 1, 1) if day < year_begins(starts_on, year) else year
