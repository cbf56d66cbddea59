"""Fills the demo, once: made-up people in two made-up organisations, by the same actions that people use."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from alongside.assessment import agreements, rounds
from alongside.assessment.actions import keep_first_look, open_with_first_look
from alongside.assessment.models import Round
from alongside.people import actions
from alongside.people.models import Account, Organisation
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.rules.first_look import Given, questions
from alongside.standard.asking import Criterion
from alongside.standard.items import Stage
from alongside.standard.loading import standard

NOORDERHOF = {
    "Mara Visser": (Role.PROJECT_GROUP,),
    "Jonas Bakker": (Role.MANAGER,),
    "Ines Smit": (Role.BOARD,),
    "Hana Willems": (Role.HR,),
    "Tom de Graaf": (Role.TEAM_MEMBER,),
    "Sam de Boer": (Role.PEER_WORKER, Role.PROJECT_GROUP),
    "Lotte Jansen": (Role.PEER_WORKER,),
    "Ayşe Demir": (Role.CLIENT_REPRESENTATIVE, Role.PROJECT_GROUP),
    "Per Mulder": (Role.RELATIVE,),
}
ASKED = {"board": 1, "management": 1, "managers": 6, "team": 14, "psw": 6, "hr": 1, "client": 9}
LAST_SPRING = [1, 0, 2, 1, 0, 0, "dont_know", 1, 0, "dont_know", 2, 1, 1, 0, 2]
NOW = [3, 3, 3, 4, 2, 1, 2, 3, 3, 1, "dont_know", 1, 3, 2, 0]
REASONS = (
    "Two of our three teams can show it; the third begins after the summer.",
    "It is written down, and new colleagues tell us that they notice it.",
    "We talk about it, and nobody has been asked to see to it.",
    "It works where someone looks after it, and stops when that person is away.",
)
DISSENT = (
    ("Sam de Boer", "q.A8.buddy", "psw", "My buddy had no hours for it. On paper I had one."),
    ("Sam de Boer", "q.B1", "psw", "When it is busy I am asked to sit in for colleagues. That has not changed."),
    ("Ayşe Demir", "q.A2.project-group", "client", "We are heard at the table, and decisions are still made after it."),
)
MOST = [2, 1, 3, 0, 1, 1, 0, 2, 1, 0, 2, 1, 0, 2, "dont_know"]


class Command(BaseCommand):
    """``alongside manage fill_demo``."""

    help = "Fills the demo with made-up people. Refused anywhere but in the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Does nothing when the demo is filled already."""
        if not settings.DEMO:
            raise CommandError("made-up people belong into the demo only; start it with `alongside demo`")
        if not Account.objects.exists():
            fill(timezone.localdate())


def fill(today: date) -> None:
    """Two organisations and someone who is new."""
    mara = _account("Mara Visser")
    org = actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.FIRST_PSW)
    for name, roles in NOORDERHOF.items():
        for role in roles:
            _join(org, mara, name, role, today)
    for answers, stage, ago in ((LAST_SPRING, Stage.PREPARING, 210), (NOW, Stage.FIRST_PSW, 12)):
        given, day = _given(stage, answers), today - timedelta(days=ago)
        keep_first_look(by=scope_of(mara), organisation=org.pk, given=given, today=day)
    _rounds(org, mara, today)
    facts = {"name": "Fundacja Most", "kind": "kind.ngo", "country": "PL"}
    given = _given(Stage.PREPARING, MOST)
    open_with_first_look(by=_account("Ewa Nowak"), facts=facts, given=given, today=today - timedelta(days=3))
    _account("Nikos Papadakis")


def _account(name: str) -> Account:
    address = name.lower().replace("ş", "s").replace(" ", ".")
    existing = Account.objects.filter(email=f"{address}@example.org").first()
    return existing or Account.objects.create_user(f"{address}@example.org", name=name)


def _join(org: Organisation, by: Account, name: str, role: Role, today: date) -> None:
    account = _account(name)
    _, token = actions.invite(by=scope_of(by), organisation=org.pk, email=account.email, role=role, today=today)
    actions.accept(by=account, token=token, today=today)


def _rounds(org: Organisation, by: Account, today: date) -> None:
    """Two rounds a year apart, each answered, closed, agreed on and told; chance decides, the same at every start."""
    chance = random.Random(7)
    last = _round(org, by, chance, "Autumn a year ago", today - timedelta(days=395), ahead=0.0)
    _agree(org, by, chance, last, today - timedelta(days=360), settled=0.7)
    now = _round(org, by, chance, "This autumn", today - timedelta(days=30), ahead=0.6)
    _agree(org, by, chance, now, today - timedelta(days=8), settled=0.85)
    for name, criterion, voice, text in DISSENT:
        agreements.dissent(
            by=scope_of(_account(name)), organisation=org.pk, round_=now.pk, criterion=criterion, voice=voice, text=text
        )


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
    closed = day + timedelta(days=18)
    return rounds.close_round(by=scope_of(by), organisation=org.pk, round_=opened.round.pk, today=closed)


def _agree(org: Organisation, by: Account, chance: random.Random, found: Round, day: date, *, settled: float) -> None:
    """The project group agrees near the middle of what was said, on most questions, and tells those who answered."""
    for criterion, one in found.summary.items():
        scale = standard().scales[standard().criteria[criterion].scale]
        if not scale.ordered or one["median"] is None or chance.random() > settled:
            continue
        step = min(scale.answers - 1, max(0, int(one["median"]) + chance.choice((-1, 0, 0, 0, 1))))
        agreements.agree(
            by=scope_of(by),
            organisation=org.pk,
            round_=found.pk,
            criterion=criterion,
            step=step,
            reason=chance.choice(REASONS),
            revision=0,
            today=day,
        )
    agreements.tell(by=scope_of(by), organisation=org.pk, round_=found.pk, today=day)


def _chosen(chance: random.Random, who: str, criterion: Criterion, ahead: float) -> int | str:
    if chance.random() < 0.1:
        return "dont_know"
    highest = standard().scales[criterion.scale].answers - 1
    middle = ahead + (0.8 if who in {"psw", "client"} else 1.9)
    return min(highest, max(0, round(chance.gauss(middle, 0.9))))


def _given(stage: Stage, answers: list[Any]) -> Given:
    asked = questions(standard(), stage)
    return Given(standard(), stage, {criterion.id: said for criterion, said in zip(asked, answers, strict=True)})
