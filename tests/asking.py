"""Rounds that are opened for a test."""

from __future__ import annotations

from datetime import date

from alongside.assessment import rounds
from alongside.assessment.models import Response
from alongside.assessment.rounds import GroupPlan, Opened, RoundPlan
from alongside.people import teams
from alongside.people.models import Organisation, Team
from alongside.people.scope import Scope
from alongside.standard.edition import Edition
from alongside.standard.items import Stage

TODAY = date(2026, 11, 25)


def addresses(name: str, number: int) -> tuple[str, ...]:
    return tuple(f"{name}{n}@example.org" for n in range(number))


def opened(scope: Scope, org: Organisation, edition: Edition, *groups: GroupPlan) -> Opened:
    plan = RoundPlan("Autumn", Stage.GROWING, groups)
    return rounds.open_round(by=scope, organisation=org.pk, plan=plan, edition=edition, today=TODAY)


def closed(scope: Scope, org: Organisation, made: Opened) -> None:
    rounds.close_round(by=scope, organisation=org.pk, round_=made.round.pk, today=TODAY)


def team(scope: Scope, org: Organisation, name: str) -> Team:
    return teams.add_team(by=scope, organisation=org.pk, name=name, kind="care")


def answer_all(edition: Edition, found: Response, step: int) -> Response:
    """The same step, or the highest there is, to every question."""
    asked = rounds.asked_of(edition, found.group)
    answers = {one.id: min(step, edition.scales[one.scale].answers - 1) for one in asked}
    return rounds.save_answers(response=found.pk, answers=answers, revision=found.revision)
