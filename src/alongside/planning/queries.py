"""What is read of plans in more than one place. `plans` is the one that knows who may know of which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from alongside.assessment.models import Round
from alongside.people.models import Account, Membership
from alongside.people.scope import Scope
from alongside.planning.models import Plan, Reader, Step
from alongside.rules.access import INSIDE
from alongside.rules.plan_years import year_begins

OPEN = (Step.State.PLANNED, Step.State.DOING)
SOON = timedelta(days=14)
YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many steps, how many minutes of work and how many cents they take."""

    steps: int
    minutes: int
    cents: int


def plans(scope: Scope, organisation: UUID | None = None) -> QuerySet[Plan]:
    """The plans that someone may know of, in one organisation or all: everyone's, their own, where they are named."""
    account = scope.account
    if account is None:
        return Plan.objects.within(scope).none()
    inside = [org for org, roles in scope.roles.items() if not roles.isdisjoint(INSIDE)]
    named = Reader.objects.within(scope).filter(account=account).values("plan")
    visible = Plan.objects.within(scope).filter(
        Q(audience=Plan.Audience.ORGANISATION, org__in=inside)
        | Q(audience=Plan.Audience.NAMED, pk__in=named)
        | Q(owner=account)
    )
    return visible.filter(org=organisation) if organisation else visible


def steps(scope: Scope, organisation: UUID | None = None) -> QuerySet[Step]:
    """The steps of those plans, with plan, sub-project and assignee, in the order of the plan."""
    rows = Step.objects.within(scope).filter(plan__in=plans(scope, organisation))
    return rows.select_related("plan", "project", "assignee")


def roadmap(scope: Scope, organisation: UUID) -> Plan | None:
    """The roadmap of an organisation, once there is one."""
    return plans(scope, organisation).filter(kind=Plan.Kind.ROADMAP).order_by("starts_on", "pk").first()


def roadmap_steps(scope: Scope, organisation: UUID) -> QuerySet[Step]:
    """The steps of the roadmap without those that were set aside."""
    return steps(scope, organisation).filter(plan__kind=Plan.Kind.ROADMAP).exclude(state=Step.State.DROPPED)


def next_steps(scope: Scope, organisation: UUID, limit: int = 3) -> list[Step]:
    """The open steps of the roadmap that are due first; those without a date come last."""
    nearest = (F("due").asc(nulls_last=True), "project__year", "project__number", "number", "pk")
    return list(roadmap_steps(scope, organisation).filter(state__in=OPEN).order_by(*nearest)[:limit])


def steps_by_item(scope: Scope, organisation: UUID) -> dict[str, list[Step]]:
    """Item id → its steps on the roadmap, in one query."""
    return _by_item(roadmap_steps(scope, organisation))


def steps_for_everyone(organisation: UUID) -> dict[str, list[Step]]:
    """The same for someone who answered and need not be a member: what is planned and done, and never who does it.

    Only of a roadmap that everyone in the organisation may know of. Names, notes, hours and money are not read.
    """
    rows = Step.objects.across(because="whoever answered sees what came of it")
    shown = rows.filter(
        plan__org=organisation, plan__kind=Plan.Kind.ROADMAP, plan__audience=Plan.Audience.ORGANISATION
    ).exclude(state=Step.State.DROPPED)
    return _by_item(shown.only("item", "title", "state", "starts_on", "due", "done_on"))


def _by_item(rows: Iterable[Step]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for row in rows:
        found.setdefault(row.item, []).append(row)
    return found


def due_for(scope: Scope, *, today: date) -> list[Step]:
    """The open steps that someone took on and that are late or due within two weeks, in all their organisations."""
    mine = steps(scope).filter(assignee=scope.account, state__in=OPEN, due__lte=today + SOON)
    return list(mine.select_related("plan__org", "project").order_by("due", "pk")) if scope.account else []


def year_totals(scope: Scope, organisation: UUID, *, today: date) -> Totals:
    """What the open steps of the roadmap take within the next twelve months, in one query.

    A step counts by its date, a step without one by the year of the plan it stands in.
    """
    rows = roadmap_steps(scope, organisation).filter(state__in=OPEN).order_by()
    figures = rows.values_list("minutes", "cents", "due", "starts_on", "project__year", "plan__starts_on")
    soon = [
        (minutes, cents)
        for minutes, cents, due, starts_on, year, begins in figures
        if (due or starts_on or year_begins(begins, year)) < today + YEAR
    ]
    return Totals(len(soon), sum(minutes for minutes, _ in soon), sum(cents for _, cents in soon))


def to_ask_again(scope: Scope, organisation: UUID) -> list[str]:
    """The items of steps that were done since the last round closed: the next round should ask about them."""
    last = last_closed(scope, organisation)
    done = roadmap_steps(scope, organisation).filter(state=Step.State.DONE)
    since = done.filter(done_on__gte=last) if last else done
    return list(dict.fromkeys(since.values_list("item", flat=True)))


def last_closed(scope: Scope, organisation: UUID) -> date | None:
    """The day the last round closed."""
    closed = Round.objects.within(scope).filter(org=organisation, state=Round.State.CLOSED)
    day: date | None = closed.order_by("-closed_on").values_list("closed_on", flat=True).first()
    return day


def again_of(some: Iterable[Row], last: date | None) -> list[str]:
    """The same as `to_ask_again`, out of rows that were read already; `last`: the day the last round closed."""
    done = (row for row in some if row.state == Step.State.DONE and row.done_on)
    return list(dict.fromkeys(row.item for row in done if last is None or (row.done_on and row.done_on >= last)))


def who_can_take(scope: Scope, plan: Plan) -> list[Account]:
    """Who can be asked to do a step: whoever may know of the plan and gave a name. Never shown with address or role."""
    people = Account.objects.filter(is_active=True).exclude(name="").order_by("name", "pk")
    match plan.audience:
        case Plan.Audience.ORGANISATION:
            held = Membership.objects.within(scope).filter(org=plan.org_id, role__in=INSIDE)
            return list(people.filter(pk__in=held.values("account")))
        case Plan.Audience.NAMED:
            named = Reader.objects.within(scope).filter(plan=plan).values("account")
            return list(people.filter(Q(pk__in=named) | Q(plan=plan)))
        case _:
            return list(people.filter(plan=plan))


class Row(NamedTuple):
    """A step as lists show it, without the weight of a model: a roadmap can have hundreds."""

    id: UUID
    item: str
    title: str
    who: str | None
    """The name of the one who does it: None for nobody yet, empty for someone who gave no name."""
    who_id: UUID | None
    state: str
    starts_on: date | None
    due: date | None
    done_on: date | None
    minutes: int
    cents: int
    project: str
    year: int
    revision: int


def rows(scope: Scope, plan: Plan) -> list[Row]:
    """All steps of a plan that someone may know of, in its order, in one query; also those that were set aside."""
    found = Step.objects.within(scope).filter(plan=plan, plan__in=plans(scope, plan.org_id))
    columns = ("pk", "item", "title", "assignee__name", "assignee_id", "state", "starts_on", "due", "done_on")
    more = ("minutes", "cents", "project__title", "project__year", "revision")
    return [Row(*one) for one in found.values_list(*columns, *more)]
