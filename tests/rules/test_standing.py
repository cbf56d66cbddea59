"""Where an organisation stands on an item, and what moved."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.standing import STOOD, moved, steps_of_items, undisputed

steps = st.none() | st.integers(0, 4)


def test_an_item_stands_no_higher_than_the_lowest_of_its_questions(edition):
    asked = [one.id for one in edition.criteria_of("A9.supervision")]
    assert len(asked) == 2
    assert steps_of_items(edition, {asked[0]: 4, asked[1]: 1})["A9.supervision"] == 1
    assert steps_of_items(edition, {asked[0]: 4, asked[1]: None})["A9.supervision"] == 4
    assert steps_of_items(edition, {})["A9.supervision"] is None


def test_whether_a_tension_happens_says_nothing_about_where_one_stands(edition):
    assert steps_of_items(edition, {"q.B1.happens": 2})["B1"] is None
    assert steps_of_items(edition, {"q.B1.happens": 2, "q.B1": 1})["B1"] == 1


def test_every_recommendation_has_a_place(edition):
    assert set(steps_of_items(edition, {})) == {item.id for item in edition.items.values() if item.kind in STOOD}


@given(st.dictionaries(st.sampled_from("abcdef"), steps), st.dictionaries(st.sampled_from("abcdef"), steps))
def test_what_moved_forward_one_way_fell_back_the_other(now, before):
    assert moved(now, before) == {item: -by for item, by in moved(before, now).items()}
    assert moved(now, now) == {}


def test_nothing_moves_from_or_to_not_knowing():
    assert moved({"A1": 3, "A2": None, "A3": 2}, {"A1": None, "A2": 3, "A3": 4}) == {"A3": -2}


def test_undisputed_is_only_what_all_groups_see_alike():
    assert undisputed({"psw": 2, "team": 2}, 0.4) == 2
    assert undisputed({"psw": 2, "team": 3}, 0.9) is None
    assert undisputed({"psw": 2, "team": 2}, 1.2) is None  # the same middle, and yet far apart
    assert undisputed({}, 0) is None
    assert undisputed({"psw": 2}, 0) is None  # one group agrees with itself only
    assert undisputed({"psw": 1.5, "team": 1.5}, 0) is None  # between two answers is no answer
    assert undisputed({"psw": 0.5, "team": 0}, 0.5) is None
