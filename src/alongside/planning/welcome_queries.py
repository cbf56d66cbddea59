"""What is read of welcomes in more than one place. Who may know of one, `queries.plans` knows."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.people.models import Account
from alongside.people.scope import Scope
from alongside.planning import queries
from alongside.planning.models import Plan, Reader, Step
from alongside.standard.edition import Edition
from alongside.standard.kit import Welcomer

NAMED = (Welcomer.CONTACT_PERSON, Welcomer.BUDDY, Welcomer.MANAGER)
"""The parts for which a welcome names someone of the organisation, if it likes."""


def welcomes(scope: Scope, organisation: UUID) -> QuerySet[Plan]:
    """The welcomes someone may know of, the latest first day first, with team and organisation."""
    return queries.plans(scope, organisation).filter(kind=Plan.Kind.WELCOME).select_related("team", "org")


def with_counts(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    """The same with `all` steps that were not set aside and those that are `done`."""
    counted = Count("step", filter=~Q(step__state=Step.State.DROPPED))
    return plans.annotate(all=counted, done=Count("step", filter=Q(step__state=Step.State.DONE)))


def readers(scope: Scope, plan: Plan) -> list[Account]:
    """Who may know of a plan that not everyone may see."""
    rows = Reader.objects.within(scope).filter(plan=plan).select_related("account")
    return [row.account for row in rows.order_by("account__name", "pk")]


def people(edition: Edition, steps: Iterable[Step]) -> dict[Welcomer, Account | None]:
    """Who has which part in a welcome: whoever does its steps; of several, who does the latest."""
    found: dict[Welcomer, Account | None] = {}
    for step in steps:
        template = edition.welcome.get(step.template)
        if template and template.who in NAMED:
            found[template.who] = step.assignee
    return {who: found.get(who) for who in NAMED}
