"""The timeline: bars in shares of a year, words beside them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from alongside.pictures.timeline import Bar, overlaps, timeline

FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
TODAY = date(2027, 7, 2)
DAYS = st.dates(FIRST - timedelta(days=500), LAST + timedelta(days=500))


def drawn(*bars):
    return ElementTree.fromstring(timeline(bars, FIRST, LAST, today=TODAY, months=[(FIRST, "Jan")]))


def bar(begins, ends, title="A step", url="/steps/1/"):
    return Bar(title, url, "Mara", begins, ends, "doing")


def test_a_bar_of_half_a_year_takes_half_the_width():
    box = drawn(bar(FIRST, date(2027, 7, 1))).find(".//rect")
    assert box.get("x") == "0%"
    assert 49 < float(box.get("width").rstrip("%")) < 51


def test_a_bar_is_cut_off_where_the_year_ends():
    box = drawn(bar(date(2026, 6, 1), date(2029, 1, 1))).find(".//rect")
    assert (box.get("x"), box.get("width")) == ("0%", "100%")


def test_a_step_without_any_day_is_left_out():
    assert drawn(bar(None, None)).find(".//li") is None


def test_what_a_bar_says_can_be_read_and_followed_without_seeing_it():
    row = drawn(bar(FIRST, LAST, "Name a <buddy> & more", '/steps/"1"/')).find(".//li")
    assert row.find(".//a").text == "Name a <buddy> & more"
    assert row.find(".//a").get("href") == '/steps/"1"/'
    assert row.find("svg").get("aria-hidden") == "true"


def test_today_is_marked_only_in_its_own_year():
    assert 'class="today"' in timeline([bar(FIRST, LAST)], FIRST, LAST, today=TODAY, months=[])
    before = FIRST - timedelta(days=1)
    assert 'class="today"' not in timeline([bar(FIRST, LAST)], FIRST, LAST, today=before, months=[])


@given(st.none() | DAYS, st.none() | DAYS)
def test_every_bar_stays_inside_and_can_be_seen(begins, ends):
    if begins and ends and begins > ends:
        begins, ends = ends, begins
    for box in re.finditer(
        r'x="([\d.]+)%" y="1" width="([\d.]+)%"', timeline([bar(begins, ends)], FIRST, LAST, today=TODAY, months=[])
    ):
        x, width = float(box[1]), float(box[2])
        assert width >= 1.5
        assert x >= 0
        assert x + width <= 100.02


@given(DAYS, DAYS)
def test_a_step_overlaps_the_year_if_any_of_its_days_lies_in_it(one, other):
    begins, ends = sorted((one, other))
    inside = any(FIRST <= begins + timedelta(days=n) <= LAST for n in range((ends - begins).days + 1))
    assert overlaps(begins, ends, FIRST, LAST) == inside
    assert not overlaps(None, None, FIRST, LAST)
