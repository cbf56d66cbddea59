"""What happens when: a bar for each step between two days, its words above it. Widths are shares, so it fits a phone.

The bars are decoration for those who see them; what they say stands in each row's words and in the table beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import NamedTuple

from alongside.pictures.markup import tag, words

HEIGHT, SCALE_HEIGHT, POINT = 14, 22, 1.6


class Bar(NamedTuple):
    """A step: from `begins` to `ends`, or one of them alone; `state` is the class that colours it."""

    title: str
    url: str
    note: str
    begins: date | None
    ends: date | None
    state: str


def timeline(bars: Iterable[Bar], first: date, last: date, *, today: date, months: Sequence[tuple[date, str]]) -> str:
    """Bars from `first` to `last`, both shown, as an HTML list; `months` are marked with their names at the top.

    A bar that reaches beyond is cut off; one with a single day is a point. Bars without any day are left out.
    """
    marks = "".join(tag("text", words(name), x=_percent(_across(day, first, last)), y=14) for day, name in months)
    scale = tag("svg", marks, class_="scale", width="100%", height=SCALE_HEIGHT, aria_hidden="true")
    lines = _lines(first, last, today, [day for day, _ in months])
    rows = "".join(_row(bar, first, last, lines) for bar in bars if bar.begins or bar.ends)
    return tag("div", scale, tag("ol", rows), class_="timeline")


def overlaps(begins: date | None, ends: date | None, first: date, last: date) -> bool:
    """Whether something lies between two days, in whole or in part; what has one day lies on it."""
    days = [day for day in (begins, ends) if day]
    return bool(days) and min(days) <= last and max(days) >= first


def _row(bar: Bar, first: date, last: date, lines: str) -> str:
    """Written out, as there can be hundreds."""
    return (
        f'<li><div><a href="{escape(bar.url)}">{words(bar.title)}</a><small>{words(bar.note)}</small></div>'
        f'<svg width="100%" height="{HEIGHT}" aria-hidden="true">{lines}{_box(bar, first, last)}</svg></li>'
    )


def _box(bar: Bar, first: date, last: date) -> str:
    left = _across(bar.begins or bar.ends or first, first, last)
    right = _across(bar.ends or bar.begins or last, first, last, after=True)
    if not (bar.begins and bar.ends):
        left, right = max(0, right - POINT), max(right, POINT)
    width = max(right - left, POINT)
    left = min(left, 100 - width)
    box = f'x="{_percent(left)}" y="1" width="{_percent(width)}" height="{HEIGHT - 2}" rx="4"'
    return f'<rect {box} class="{escape(bar.state)}"></rect>'


def _lines(first: date, last: date, today: date, months: Sequence[date]) -> str:
    drawn = "".join(_line(_across(day, first, last), "month") for day in months)
    return drawn + (_line(_across(today, first, last), "today") if first <= today <= last else "")


def _line(x: float, kind: str) -> str:
    return tag("line", x1=_percent(x), x2=_percent(x), y1=0, y2=HEIGHT, class_=kind)


def _across(day: date, first: date, last: date, *, after: bool = False) -> float:
    """How far along a day begins (or ends, with `after`), from 0 to 100."""
    share = 100 * ((day - first).days + after) / ((last - first).days + 1)
    return min(max(share, 0), 100)


def _percent(share: float) -> str:
    return f"{round(share, 2):g}%"
