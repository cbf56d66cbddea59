"""The pages of an organisation's first year, at their fullest: a round of 200 people and 7 perspectives, agreed on."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from alongside.assessment import agreements, rounds
from alongside.assessment.models import Agreement, Round
from alongside.people import actions
from alongside.people.models import Account, Organisation
from alongside.people.scope import scope_of
from alongside.standard.items import Stage
from alongside.standard.loading import standard
from bench import roadmap
from bench.pairs import Measure, count, ratio

ASKED = {"board": 1, "management": 1, "managers": 20, "team": 80, "psw": 40, "hr": 1, "client": 57}
OTHERS = 2_000
MOST_QUERIES, MOST_QUERIES_TO_SAVE, MOST = 12, 6, 4


def fill(account: Account, organisation: Organisation) -> Round:
    """A round in which everyone answered everything, closed, agreed on and told; returns it."""
    chance = random.Random(1)
    scope, today = scope_of(account), timezone.localdate()
    groups = tuple(rounds.GroupPlan(who, printed=number) for who, number in ASKED.items())
    plan = rounds.RoundPlan("Bench", Stage.GROWING, groups)
    opened = rounds.open_round(by=scope, organisation=organisation.pk, plan=plan, edition=standard(), today=today)
    for codes in opened.codes.values():
        for code in codes:
            answer(code, chance)
    where = {"by": scope, "organisation": organisation.pk, "round_": opened.round.pk}
    closed = rounds.close_round(**where, today=today)
    for criterion in closed.summary:
        if standard().scales[standard().criteria[criterion].scale].ordered:
            agreements.agree(
                **where, criterion=criterion, step=chance.randrange(5), reason="We saw it.", revision=0, today=today
            )
    agreements.dissent(**where, criterion="q.A8.buddy", voice="project-group", text="I did not.")
    agreements.tell(**where, today=today)
    return closed


def answer(code: str, chance: random.Random) -> None:
    """Everything that is asked behind a link, at once."""
    found = rounds.find_response(token=code)
    asked = rounds.asked_of(standard(), found.group)
    said = {one.id: chance.randrange(standard().scales[one.scale].answers) for one in asked}
    rounds.save_answers(response=found.pk, answers=said, revision=found.revision)


def measures(
    account: Account,
    organisation: Organisation,
    getter: Callable[[str], Callable[[], object]],
    queries: Callable[[Callable[[], object]], int],
) -> Iterator[Measure]:
    """`getter` makes a request of the member, `queries` counts those of one."""
    found = fill(account, organisation)
    roadmap.fill(account, organisation)
    base = f"/o/{organisation.pk}/"
    pages = {
        "agreement_page": f"{base}rounds/{found.pk}/agreement/",
        "agreement_question": f"{base}rounds/{found.pk}/agreement/q.A8.buddy/",
        "organisation_page": base,
        "item_in_organisation": f"{base}standard/A8.buddy/",
        f"roadmap_{roadmap.STEPS}_steps": f"{base}roadmap/",
    }
    empty = getter("/bench/empty/")
    few = {name: queries(getter(url)) for name, url in pages.items()}
    for name, url in pages.items():
        yield ratio(name, MOST, getter(url), empty, 5)
        yield count(f"{name}_queries", MOST_QUERIES, few[name])
    others()
    for name, url in pages.items():
        yield count(f"{name}_more_queries_among_{OTHERS}", 0, queries(getter(url)) - few[name])
    yield from saving(account, organisation, queries)


def saving(
    account: Account, organisation: Organisation, queries: Callable[[Callable[[], object]], int]
) -> Iterator[Measure]:
    """One more answer in an open round."""
    plan = rounds.RoundPlan("Again", Stage.GROWING, (rounds.GroupPlan("psw", printed=40),))
    opened = rounds.open_round(
        by=scope_of(account), organisation=organisation.pk, plan=plan, edition=standard(), today=timezone.localdate()
    )
    codes = iter(opened.codes["psw"])
    chance = random.Random(2)
    found = rounds.find_response(token=next(codes))
    first = rounds.asked_of(standard(), found.group)[0].id
    revision = iter(range(1000))

    def save() -> object:
        return rounds.save_answers(response=found.pk, answers={first: chance.randrange(3)}, revision=next(revision))

    yield count("saving_an_answer_queries", MOST_QUERIES_TO_SAVE, queries(save))


def others() -> None:
    """Two thousand organisations more, each with a round, what was agreed after it, and a roadmap."""
    day = date(2026, 1, 1)
    made = [Organisation(name=f"Other {n}", kind="kind.care", country="NL", stage=Stage.GROWING) for n in range(OTHERS)]
    Organisation.objects.across(because="bench").bulk_create(made)
    rows = [
        Round(
            pk=uuid4(),
            org=one,
            edition_id=standard().digest,
            instrument="readiness",
            title="Other",
            stage=Stage.GROWING,
            state=Round.State.CLOSED,
            opened_on=day,
            closed_on=day + timedelta(days=9),
        )
        for one in made
    ]
    Round.objects.across(because="bench").bulk_create(rows)
    agreed = [
        Agreement(round=one, criterion=criterion, step=2, reason="x", agreed_on=day)
        for one in rows
        for criterion in ("q.A8.buddy", "q.B1", "q.A2.project-group")
    ]
    Agreement.objects.across(because="bench").bulk_create(agreed, batch_size=2000)
    roadmap.others(made)


def open_place() -> tuple[Account, Organisation]:
    """A coordinator with an organisation."""
    account = Account.objects.create_user("year@example.org", name="Year")
    facts = {"name": "Zuiderhof", "kind": "kind.care", "country": "NL"}
    return account, actions.open_organisation(by=account, stage=Stage.GROWING, **facts)
