"""Pictures say in words what they show in colour, and escape what they are given."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from alongside.pictures.bars import WIDTH, share_bar
from alongside.pictures.dumbbells import dumbbell

LABELS = ("not yet", "being prepared", "begun", "in place", "in place & looked back on")


@given(st.lists(st.integers(0, 500), min_size=5, max_size=5))
def test_a_bar_is_as_wide_as_its_shares_and_says_them(counts):
    picture = ElementTree.fromstring(share_bar(counts, LABELS))
    widths = [float(piece.get("width")) for piece in picture.iter("rect")]
    assert sum(widths) <= WIDTH
    assert len(widths) == sum(count > 0 for count in counts)
    for label, count in zip(LABELS, counts, strict=True):
        assert f"{label} {count}" in picture.get("aria-label")


def test_a_group_stands_where_its_middle_is():
    picture = ElementTree.fromstring(dumbbell({"peer workers": 0, "team": 2, "managers": 4}, LABELS))
    places = [float(dot.get("cx")) for dot in picture.iter("circle")]
    assert places == [12.0, 180.0, 348.0]
    assert "team: 2" in picture.get("aria-label")


def test_groups_at_one_place_share_a_dot():
    picture = ElementTree.fromstring(dumbbell({"a": 1, "b": 1, "c": 3.5}, LABELS))
    assert len(list(picture.iter("circle"))) == 2
    assert "a, b" in [text.text for text in picture.iter("text")]


@given(st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from([n / 2 for n in range(9)]), min_size=1))
def test_names_do_not_run_into_each_other(middles):
    picture = ElementTree.fromstring(dumbbell(middles, LABELS))
    dots = [float(dot.get("cx")) for dot in picture.iter("circle")]
    rows = [float(text.get("y")) for text in picture.iter("text")]
    for row in set(rows):
        beside = [x for x, y in zip(dots, rows, strict=True) if y == row]
        assert all(right - left >= 110 for left, right in pairwise(beside))
    assert max(rows) < float(picture.get("viewBox").split()[3])


def test_names_are_escaped():
    evil = '<script>"&'
    picture = ElementTree.fromstring(dumbbell({evil: 1, "b": 3}, LABELS))
    assert evil in picture.get("aria-label")
    assert not list(picture.iter("script"))
