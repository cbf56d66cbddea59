"""Two rounds a year apart: answered, closed, agreed on, with dissent and evidence, and told."""

from __future__ import annotations

import random
from datetime import date, timedelta

from alongside.assessment import agreements, evidence, rounds
from alongside.assessment.models import Round
from alongside.people.models import Account, Organisation
from alongside.people.scope import scope_of
from alongside.standard.asking import Criterion
from alongside.standard.items import Stage
from alongside.standard.loading import standard
from alongside.web.demo.people import account, weekday

ASKED = {"board": 1, "management": 1, "managers": 6, "team": 14, "psw": 6, "hr": 1, "client": 9}
REASONS = (
    "We talk about it, and nobody has been asked to see to it.",
    "Someone has begun to prepare it; nothing of it can be seen yet.",
    "It works where someone looks after it, and stops when that person is away.",
    "It is written down, and new colleagues tell us that they notice it.",
    "We looked back on it together last spring, and changed two things.",
)
"""Why we stand where we stand, for each step."""
DISSENT = (
    ("Sam de Boer", "q.A8.buddy", "psw", "My buddy had no hours for it. On paper I had one."),
    ("Sam de Boer", "q.B1", "psw", "When it is busy I am asked to sit in for colleagues. That has not changed."),
    ("Ayşe Demir", "q.A2.project-group", "client", "We are heard at the table, and decisions are still made after it."),
)
GUIDE = evidence.Given("Guide for the first weeks", "HR", url="https://example.org/first-weeks")


def hold_rounds(org: Organisation, by: Account, today: date) -> None:
    """Chance decides what is answered, the same at every start."""
    chance = random.Random(7)
    last = _round(org, by, chance, "Autumn a year ago", weekday(today - timedelta(days=395)), ahead=0.0)
    _agree(org, by, chance, last, weekday(today - timedelta(days=360)), settled=0.7)
    now = _round(org, by, chance, "This autumn", weekday(today - timedelta(days=30)), ahead=0.6)
    _agree(org, by, chance, now, weekday(today - timedelta(days=8)), settled=0.85)
    where = {"organisation": org.pk, "round_": now.pk}
    for name, criterion, voice, text in DISSENT:
        agreements.dissent(by=scope_of(account(name)), **where, criterion=criterion, voice=voice, text=text)
    evidence.give(by=scope_of(by), **where, criterion="q.A8.guidelines", given=GUIDE)


def _round(org: Organisation, by: Account, chance: random.Random, title: str, day: date, *, ahead: float) -> Round:
    """A round that was opened on `day`, answered, and closed eighteen days later."""
    groups = tuple(rounds.GroupPlan(who, printed=number) for who, number in ASKED.items())
    plan = rounds.RoundPlan(title, Stage.FIRST_PSW, groups)
    opened = rounds.open_round(by=scope_of(by), organisation=org.pk, plan=plan, edition=standard(), today=day)
    for who, codes in opened.codes.items():
        for code in codes:
            response = rounds.find_response(token=code)
            asked = rounds.asked_of(standard(), response.group)
            said = {criterion.id: _chosen(chance, who, criterion, ahead) for criterion in asked}
            rounds.save_answers(response=response.pk, answers=said, revision=0)
    closed = weekday(day + timedelta(days=18))
    return rounds.close_round(by=scope_of(by), organisation=org.pk, round_=opened.round.pk, today=closed)


def _chosen(chance: random.Random, who: str, criterion: Criterion, ahead: float) -> int | str:
    if chance.random() < 0.1:
        return "dont_know"
    highest = standard().scales[criterion.scale].answers - 1
    middle = ahead + (0.8 if who in {"psw", "client"} else 1.9)
    return min(highest, max(0, round(chance.gauss(middle, 0.9))))


def _agree(org: Organisation, by: Account, chance: random.Random, found: Round, day: date, *, settled: float) -> None:
    """The project group agrees near the middle of what was said, on most questions, and tells those who answered."""
    scope = scope_of(by)
    for criterion, one in found.summary.items():
        scale = standard().scales[standard().criteria[criterion].scale]
        if not scale.ordered or one["median"] is None or chance.random() > settled:
            continue
        seen = one["middles"].values() or [one["median"]]
        step = chance.randint(int(min(seen)), int(max(seen)))  # somewhere between those who see it lowest and highest
        agreements.agree(
            by=scope,
            organisation=org.pk,
            round_=found.pk,
            criterion=criterion,
            step=step,
            reason=REASONS[step],
            revision=0,
            today=day,
        )
    agreements.tell(by=scope, organisation=org.pk, round_=found.pk, today=day)
