"""Suggested dates: after what a step waits for, and few at a time."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.schedule import schedule
from alongside.standard.steps import StepTemplate, Who

TODAY = date(2026, 11, 25)


def template(id_, weeks=4, after=()):
    return StepTemplate(id=id_, item="A1", who=[Who.COORDINATOR], hours=1, weeks=weeks, after=after)


def test_a_step_begins_when_what_it_waits_for_is_done():
    steps = [(template("first", 4), TODAY), (template("second", 2, ["first"]), TODAY)]
    spans = schedule(steps)
    assert spans["first"] == (TODAY, TODAY + timedelta(weeks=4))
    assert spans["second"] == (TODAY + timedelta(weeks=4), TODAY + timedelta(weeks=6))


def test_what_is_in_the_plan_already_is_waited_for_too():
    done = TODAY + timedelta(weeks=10)
    assert schedule([(template("next", 1, ["there"]), TODAY)], there={"there": done})["next"].begins == done


def test_what_waits_for_something_nobody_plans_begins_at_once():
    assert schedule([(template("next", 1, ["elsewhere"]), TODAY)])["next"].begins == TODAY


def test_the_sixth_waits_for_a_free_hand():
    steps = [(template(str(n), n + 1), TODAY) for n in range(6)]
    assert schedule(steps)["5"].begins == TODAY + timedelta(weeks=1)


def test_what_is_in_hand_counts():
    busy = [TODAY + timedelta(days=n) for n in (10, 20, 30, 40, 50)]
    assert schedule([(template("new"), TODAY)], busy=busy)["new"].begins == busy[0]
    assert schedule([(template("new"), TODAY)], busy=busy[:4])["new"].begins == TODAY


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 3)), max_size=30), st.integers(1, 6))
def test_never_more_than_a_few_at_once_and_never_too_early(steps, at_once):
    given_ = [
        (template(str(n), weeks, [str(n - back)] if 0 < back <= n else []), TODAY + timedelta(days=10 * back))
        for n, (weeks, back) in enumerate(steps)
    ]
    spans = schedule(given_, at_once=at_once)
    for one, earliest in given_:
        begins, due = spans[one.id]
        assert begins >= earliest
        assert due - begins == timedelta(weeks=one.weeks)
        assert all(spans[before].due <= begins for before in one.after)
    for begins, _ in spans.values():
        running = [span for span in spans.values() if span.begins <= begins < span.due]
        assert len(running) <= at_once
