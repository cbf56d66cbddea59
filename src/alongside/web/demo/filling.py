"""Fills the demo: made-up people in two made-up organisations, by the same actions that people use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from alongside.assessment.actions import keep_first_look, open_with_first_look
from alongside.people import actions
from alongside.people.scope import scope_of
from alongside.rules.first_look import Given, questions
from alongside.standard.items import Stage
from alongside.standard.loading import standard
from alongside.web.demo.people import account, settle_in
from alongside.web.demo.plans import make_plans
from alongside.web.demo.rounds import hold_rounds

LAST_SPRING = [1, 0, 2, 1, 0, 0, "dont_know", 1, 0, "dont_know", 2, 1, 1, 0, 2]
NOW = [3, 3, 3, 4, 2, 1, 2, 3, 3, 1, "dont_know", 1, 3, 2, 0]
MOST = [2, 1, 3, 0, 1, 1, 0, 2, 1, 0, 2, 1, 0, 2, "dont_know"]


def fill(today: date) -> None:
    """Noorderhof after two years of work, Most at its beginning, and someone who is new."""
    mara = account("Mara Visser")
    org = actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.FIRST_PSW)
    settle_in(org, mara, today)
    for answers, stage, ago in ((LAST_SPRING, Stage.PREPARING, 600), (NOW, Stage.FIRST_PSW, 420)):
        day = today - timedelta(days=ago)
        keep_first_look(by=scope_of(mara), organisation=org.pk, given=_given(stage, answers), today=day)
    hold_rounds(org, mara, today)
    make_plans(org, mara, today)
    facts = {"name": "Fundacja Most", "kind": "kind.ngo", "country": "PL"}
    given = _given(Stage.PREPARING, MOST)
    open_with_first_look(by=account("Ewa Nowak"), facts=facts, given=given, today=today - timedelta(days=3))
    account("Nikos Papadakis")


def _given(stage: Stage, answers: list[Any]) -> Given:
    asked = questions(standard(), stage)
    return Given(standard(), stage, {criterion.id: said for criterion, said in zip(asked, answers, strict=True)})
