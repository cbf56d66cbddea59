"""Scoring by worked cases (scoring_cases.yaml) and by properties that must hold for any answers."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.scoring import OTHERS, Answers, Asked, gather, score
from alongside.rules.tallies import distance, tally

CASES = yaml.safe_load((Path(__file__).parent / "scoring_cases.yaml").read_text(encoding="utf-8"))
WORDS = {"dk": "dont_know", "na": "not_applicable", "blank": None}
FIELDS = {"dk": "dont_know", "na": "not_applicable"}


def said(values):
    return [WORDS.get(value, value) for value in values]


def answers_of(case):
    steps = tuple(f"step {step}" for step in range(case.get("steps", 5)))
    columns = {name: said(values) for name, values in case.get("questions", {}).items()}
    groups = None
    if "groups" in case:
        columns["question"] = [value for values in case["groups"].values() for value in said(values)]
        groups = [name for name, values in case["groups"].items() for _ in values]
    ordered = not case.get("nominal", False)
    questions = tuple(Asked(name, "item", "scale", steps, ordered) for name in columns)
    rows = len(next(iter(columns.values())))
    return Answers(questions, columns, rows, groups, frozenset(case.get("official", ())))


def compare(found, expected):
    if expected == "hidden":
        assert found.suppressed
        return
    assert not found.suppressed
    for field, value in expected.items():
        shown = getattr(found, FIELDS.get(field, field))
        assert (list(shown) if field == "counts" else shown) == (None if value == "none" else value), field


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_worked_case(case):
    figures = score(answers_of(case))["item"].figures
    compare(figures.total, case["expect"]["total"])
    assert list(figures.others) == case["expect"].get("others", [])
    for group, expected in case["expect"].get("by", {}).items():
        compare(figures.by[group], expected)


steps = st.one_of(st.integers(0, 4), st.sampled_from(["dont_know", "not_applicable", None]))
grouped = st.lists(st.tuples(st.sampled_from("abcdef"), steps), min_size=1, max_size=60)


def scored(pairs):
    asked = Asked("q", "item", "scale", ("0", "1", "2", "3", "4"))
    answers = Answers((asked,), {"q": [value for _, value in pairs]}, len(pairs), [group for group, _ in pairs])
    return score(answers)["item"].figures


@given(st.lists(steps, max_size=80))
def test_every_row_is_counted_once(values):
    found = tally(values, positions=5)
    assert found.n + found.dont_know + found.not_applicable + found.blank == len(values)
    assert sum(found.counts) == found.n


@given(st.lists(st.integers(0, 4), min_size=1, max_size=80))
def test_median_is_the_textbook_median(values):
    assert tally(values, positions=5).median == median(values)


@given(grouped)
def test_nothing_is_shown_of_fewer_than_five(pairs):
    figures = scored(pairs)
    for found in (figures.total, *figures.by.values()):
        assert found.suppressed or not found.n or found.n >= 5


@given(grouped)
def test_what_is_shown_cannot_be_subtracted_down_to_a_small_group(pairs):
    figures = scored(pairs)
    if figures.total.suppressed:
        assert all(found.suppressed for found in figures.by.values())
        return
    shown = [found for found in figures.by.values() if not found.suppressed]
    rest = figures.total.n - sum(found.n for found in shown)
    assert rest == 0 or rest >= 5


@given(grouped)
def test_others_are_the_groups_that_joined(pairs):
    figures = scored(pairs)
    joined = [value for group, value in pairs if group in figures.others and isinstance(value, int)]
    if figures.others:
        assert figures.by[OTHERS].n == len(joined)
    else:
        assert OTHERS not in figures.by


@given(st.lists(st.integers(0, 4), min_size=1), st.lists(st.integers(0, 4), min_size=1))
def test_distance_is_a_distance(one, other):
    a, b = tally(one, positions=5), tally(other, positions=5)
    assert distance(a, b) == pytest.approx(distance(b, a))
    assert distance(a, a) == 0
    assert 0 <= distance(a, b) <= 4
    assert distance(a, b) >= abs(sum(one) / len(one) - sum(other) / len(other)) - 1e-9


@given(st.lists(st.tuples(st.sampled_from("abc"), steps, steps), min_size=1, max_size=60))
def test_an_item_and_its_questions_show_the_same_groups(triples):
    """A group that is shown for the item and hidden for one of its questions could be worked out."""
    asked = [Asked(name, "item", "scale", ("0", "1", "2", "3", "4")) for name in ("one", "two")]
    columns = {"one": [one for _, one, _ in triples], "two": [two for _, _, two in triples]}
    found = score(Answers(tuple(asked), columns, len(triples), [group for group, _, _ in triples]))["item"]
    shown = {group for group, one in found.figures.by.items() if not one.suppressed}
    for figures in found.criteria.values():
        assert {group for group, one in figures.by.items() if not one.suppressed} == shown
        assert figures.total.suppressed == found.figures.total.suppressed
        assert all(one.suppressed or one.n == 0 or one.n >= 5 for one in figures.by.values())


columns_of_three = st.lists(
    st.tuples(st.sampled_from(["a", "b", "board"]), steps, steps, steps), min_size=1, max_size=40
)


@given(columns_of_three)
def test_no_figure_of_an_item_leaves_fewer_than_five(rows):
    """Also not by taking groups away from the total, in any of its questions."""
    names = ("one", "two", "three")
    asked = tuple(Asked(name, "item", "scale", ("0", "1", "2", "3", "4")) for name in names)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names, 1)}
    found = score(Answers(asked, columns, len(rows), [row[0] for row in rows], frozenset({"board"})))["item"]
    for figures in (found.figures, *found.criteria.values()):
        sealed = [one for group, one in figures.by.items() if group != "board" and not one.suppressed]
        assert all(one.n == 0 or one.n >= 5 for one in sealed)
        if not figures.total.suppressed:
            board = figures.by.get("board")
            official = board.n if board and not board.suppressed else 0
            for rest in (figures.total.n - official, figures.total.n - official - sum(one.n for one in sealed)):
                assert rest == 0 or rest >= 5


def test_one_answer_among_many_blanks_is_not_published():
    asked = (Asked("one", "item", "s", ("0", "1")), Asked("two", "item", "s", ("0", "1")))
    columns = {
        "one": [0, 0, 0, 0, None, 1, 1, 1, 1, 1],
        "two": [None, None, None, None, 1, None, None, None, None, None],
    }
    groups = ["client"] * 5 + ["team"] * 5
    found = score(Answers(asked, columns, 10, groups))["item"]
    assert found.criteria["two"].total.suppressed
    assert found.figures.total.suppressed


def test_three_people_are_not_shown_because_they_do_not_know_something_else():
    asked = (Asked("one", "item", "s", ("0", "1")), Asked("two", "item", "s", ("0", "1")))
    columns = {"one": [0, 1, 1], "two": ["dont_know"] * 3}
    assert score(Answers(asked, columns, 3, ["psw"] * 3))["item"].criteria["one"].total.suppressed


def test_distance_counts_the_steps_between_two_groups():
    low, high = tally([0] * 5, positions=5), tally([3] * 7, positions=5)
    assert distance(low, high) == 3


def test_distance_without_order_is_the_share_that_would_change():
    one, other = tally([0, 0, 1, 2], positions=3, ordered=False), tally([0, 1, 1, 2], positions=3, ordered=False)
    assert distance(one, other) == pytest.approx(0.25)


def test_questions_on_different_scales_count_as_against_between_or_for():
    questions = (
        Asked("yes-no", "item", "no-yes", ("no", "yes")),
        Asked("five", "item", "ease", ("0", "1", "2", "3", "4")),
    )
    columns = {"yes-no": [1, 1, 0, 0, 1], "five": [4, 2, 0, 2, 0]}
    figures = score(Answers(questions, columns, 5))["item"].figures
    assert figures.total.counts == (3, 1, 1)


def test_a_part_counts_each_person_once():
    questions = tuple(Asked(name, name, "scale", ("0", "1", "2", "3", "4")) for name in ("A1", "A2", "B1"))
    columns = {"A1": [0, 4, 4, 1, 2, 4, 4], "A2": [2, 4, None, 1, "dont_know", 4, 4], "B1": [4] * 7}
    part = gather(Answers(questions, columns, 7), ["A1", "A2"])
    assert part.total.counts == (1, 1, 1, 0, 4)
    assert part.total.n == 7
    assert gather(Answers(questions, columns, 7), ["C"]) is None


def test_the_widest_distance_names_its_two_groups():
    pairs = [("peer workers", 0)] * 5 + [("team", 2)] * 5 + [("managers", 4)] * 5
    assert scored(pairs).apart() == (4, "peer workers", "managers")
