"""The days of a welcome, counted from the first day on. Pure: today is handed in.

Nothing falls on a weekend: what comes before the first day moves to the Friday before, what comes after it to the
Monday after. The first day itself stays where it was put; some teams work on Sundays.
"""

from __future__ import annotations

from datetime import date, timedelta

SATURDAY = 5


def day_of(first_day: date, days: int) -> date:
    """The day that lies so many days from the first day on (negative: before it)."""
    day = first_day + timedelta(days=days)
    return day if days == 0 else _friday(day) if days < 0 else _monday(day)


def due_on(first_day: date, days: int, *, today: date) -> date | None:
    """By when to do it, in a plan that is made today.

    What should have been done already is due on the next working day, at the latest on the first day. Where the new
    colleague has begun, it has no day at all: nobody is late with what nobody planned.
    """
    day = day_of(first_day, days)
    if day >= today:
        return day
    return min(_monday(today), first_day) if first_day >= today else None


def _friday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def _monday(day: date) -> date:
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() >= SATURDAY else 0)
