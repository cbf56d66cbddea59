"""A round that asked everyone everything and was closed, and a newer edition with every kind of change to it."""

from __future__ import annotations

from datetime import date

from alongside.assessment import agreements, rounds
from alongside.assessment.models import Agreement, Round
from alongside.assessment.rounds import GroupPlan, Opened, RoundPlan
from alongside.people.models import Organisation
from alongside.people.scope import Scope
from alongside.standard.edition import Edition
from alongside.standard.items import Stage

TODAY = date(2026, 11, 25)

BOARD, MONEY, COMMITMENT = "q.A1.board", "q.A1.management.money", "q.A1.management.commitment"
GROUP, BUDDY, TENSION, HAPPENS = "q.A2.project-group", "q.A8.buddy", "q.B1", "q.B1.happens"
STEPPED, OVERALL, PLAN = "q.A7.seniority", "q.A11.role-model", "q.A1.vision-documents.action-plan"

CHANGES = [
    {"reword": BOARD, "question": "Does the board speak up for peer support?"},
    {"reword_step": STEPPED, "step": 3, "text": "Nobody who is new works alone."},
    {"rename": GROUP, "to": "q.A2.steering"},
    {"rename": "A2.project-group", "to": "A2.steering"},
    {"remove": BUDDY},
    {"ask": COMMITMENT, "scale": "happens"},
    {"ask": MONEY, "item": "A1.board"},
    {"weigh": "A4.job-description", "force": "tentative"},
    {"reword": "A11.role-model", "text": "Who leads the team shows how one works side by side."},
    {"add": "q.A1.more", "like": BOARD},
]
CHOICES = {BOARD: "confirm", STEPPED: "aside", MONEY: "confirm", OVERALL: "keep"}


def opened(scope: Scope, org: Organisation, edition: Edition, title: str = "Autumn") -> Opened:
    """A round that asks five of every perspective, by links on paper."""
    groups = tuple(GroupPlan(name, printed=5) for name in edition.perspectives)
    plan = RoundPlan(title, Stage.GROWING, groups)
    return rounds.open_round(by=scope, organisation=org.pk, plan=plan, edition=edition, today=TODAY)


def closed_round(scope: Scope, org: Organisation, edition: Edition) -> Round:
    """Everyone said "begun" to everything; on some of it the project group agreed, with a dissent; all were told."""
    made = opened(scope, org, edition)
    for codes in made.codes.values():
        for code in codes:
            found = rounds.find_response(token=code)
            answers = dict.fromkeys(found.group.questions, 2)
            rounds.save_answers(response=found.pk, answers=answers, revision=found.revision)
    rounds.close_round(by=scope, organisation=org.pk, round_=made.round.pk, today=TODAY)
    for criterion in (BOARD, MONEY, COMMITMENT, GROUP, BUDDY, STEPPED, OVERALL):
        agree(scope, org, made.round, criterion, 3)
    said = {"criterion": BUDDY, "voice": "project-group", "text": "There is nobody to ask."}
    agreements.dissent(by=scope, organisation=org.pk, round_=made.round.pk, **said)
    agreements.tell(by=scope, organisation=org.pk, round_=made.round.pk, today=TODAY)
    return made.round


def agree(scope: Scope, org: Organisation, found: Round, criterion: str, step: int, revision: int = 0) -> Agreement:
    return agreements.agree(
        by=scope,
        organisation=org.pk,
        round_=found.pk,
        criterion=criterion,
        step=step,
        reason="One sees it.",
        revision=revision,
        today=TODAY,
    )
