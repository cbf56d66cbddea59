"""Reminders go to all, at most once a week."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.assessment import rounds
from alongside.assessment.models import RoundGroup
from alongside.assessment.rounds import GroupPlan
from tests.asking import TODAY, addresses, answer_all, closed, opened


@pytest.fixture
def made(scope, org, edition):
    return opened(scope, org, edition, GroupPlan("psw", addresses("psw", 6)), GroupPlan("board", ("psw0@example.org",)))


def remind(scope, org, made, days):
    today = TODAY + timedelta(days=days)
    return rounds.remind(by=scope, organisation=org.pk, round_=made.round.pk, today=today)


def test_everyone_is_reminded_once_whether_they_answered_or_not(scope, org, made, edition):
    for _, token in made.letters[:3]:
        answer_all(edition, rounds.find_response(token=token), 1)
    found, emails = remind(scope, org, made, 7)
    assert emails == addresses("psw", 6)
    assert found.reminded_on == TODAY + timedelta(days=7)


def test_once_in_seven_days_is_enough(scope, org, made):
    with pytest.raises(rounds.TooSoon) as refused:
        remind(scope, org, made, 6)
    assert refused.value.again_on == TODAY + timedelta(days=7)
    remind(scope, org, made, 8)
    with pytest.raises(rounds.TooSoon) as refused:
        remind(scope, org, made, 14)
    assert refused.value.again_on == TODAY + timedelta(days=15)
    assert remind(scope, org, made, 15)


def test_who_waits_for_a_link_is_not_reminded_of_one(scope, org, made):
    group = RoundGroup.objects.within(scope).get(perspective="psw")
    where = {"organisation": org.pk, "round_": made.round.pk, "group": group.pk, "size": group.size}
    rounds.ask_more(by=scope, **where, emails=["late@example.org"])
    assert "late@example.org" not in remind(scope, org, made, 9)[1]


def test_nobody_is_reminded_of_a_round_that_is_closed(scope, org, made):
    closed(scope, org, made)
    with pytest.raises(rounds.Closed):
        remind(scope, org, made, 9)
