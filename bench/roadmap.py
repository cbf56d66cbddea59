"""A roadmap of 300 steps over three years, and roadmaps of others beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from alongside.people.models import Account, Organisation
from alongside.people.scope import scope_of
from alongside.planning import actions
from alongside.planning.facts import Facts, NewStep
from alongside.planning.models import Plan, Project, Step
from alongside.rules.standing import STOOD
from alongside.standard.loading import standard

STEPS, IN_A_PROJECT, YEARS, BEGUN = 300, 10, 3, 40


def fill(account: Account, organisation: Organisation) -> None:
    """Every step has a date of its own, most have someone who does it; the first are being done, done or late."""
    actions.add_to_roadmap(
        by=scope_of(account),
        organisation=organisation.pk,
        title="Roadmap",
        steps=[_step(number, account) for number in range(STEPS)],
        edition=standard(),
        today=timezone.localdate(),
    )


def _step(number: int, account: Account) -> NewStep:
    items = standard().of_kind(*STOOD)
    day = timezone.localdate() + timedelta(days=3 * number - 20)
    states = (Step.State.DONE, Step.State.PLANNED, Step.State.DOING, Step.State.PLANNED)
    facts = Facts(
        title=f"Step {number}, in as many words as a step of a roadmap usually has",
        project=f"Project {number // IN_A_PROJECT}",
        year=number * YEARS // STEPS + 1,
        assignee=account.pk if number % 3 else None,
        minutes=60 * (number % 17),
        cents=10_000 * (number % 13),
        starts_on=day - timedelta(days=30),
        due=day,
        state=states[number % 4] if number < BEGUN else Step.State.PLANNED,
    )
    return NewStep(items[number % len(items)].id, facts)


def others(organisations: Iterable[Organisation]) -> None:
    """A roadmap of one step for each."""
    why, today = "bench", timezone.localdate()
    plans = [
        Plan(org=one, kind=Plan.Kind.ROADMAP, title="Other", edition_id=standard().digest, starts_on=today)
        for one in organisations
    ]
    projects = [Project(plan=plan, title="Other") for plan in plans]
    steps = [Step(plan=one.plan, project=one, item="A8.buddy", title="Other", due=today) for one in projects]
    Plan.objects.across(because=why).bulk_create(plans)
    Project.objects.across(because=why).bulk_create(projects)
    Step.objects.across(because=why).bulk_create(steps)
