"""What people do with plans of any kind: open one, add steps, change and move them. Each action is one transaction.

Changes to one plan come one after the other. A plan that is its owner's alone leaves no trace in the record: that it
exists can say too much.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import Max

from alongside.assessment import editions
from alongside.people.models import Account, Organisation, Team
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.planning import queries
from alongside.planning.facts import Facts, NewStep, Refused, changed, check, check_source, facts_of
from alongside.planning.models import Plan, Project, Reader, Step
from alongside.standard.edition import Edition

STEERED_BY = {Plan.Kind.ROADMAP: "roadmap.change", Plan.Kind.WELCOME: "welcomes.prepare"}
"""Which permission it takes to change a plan of a kind, whoever owns it."""
OWN = {"state", "notes"}
"""What the one who does a step may change of it, without steering the plan."""


class NotTheirs(Exception):
    """A change to a plan by someone who neither steers it nor has taken on this step."""


class Overtaken(Exception):
    """Someone else changed the step in between; `step` is what stands now."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step


@transaction.atomic
def open_plan(
    *,
    by: Scope,
    organisation: UUID,
    kind: Plan.Kind,
    title: str,
    edition: Edition,
    starts_on: date,
    audience: Plan.Audience = Plan.Audience.ORGANISATION,
    owner: UUID | None = None,
    readers: Iterable[UUID] = (),
    team: UUID | None = None,
    role: str = "",
    once: UUID | None = None,
) -> Plan:
    """Open a plan; `once` becomes its id, and sent twice it opens one.

    Raises Organisation.DoesNotExist, Team.DoesNotExist, Account.DoesNotExist for someone who is no member, `NotTheirs`.
    """
    org = Organisation.objects.within(by).select_for_update().get(pk=organisation)
    if not by.may(STEERED_BY[kind], organisation) and not (audience == Plan.Audience.OWNER and owner == _account(by)):
        raise NotTheirs
    found = queries.plans(by, organisation).filter(pk=once).first() if once else None
    if found:
        return found
    plan = Plan(
        pk=once or uuid4(),
        org=org,
        kind=kind,
        title=title,
        edition=editions.keep(edition),
        audience=audience,
        owner=_member(by, organisation, owner) if owner else None,
        team=Team.objects.within(by).get(pk=team, org=organisation) if team else None,
        role=role,
        starts_on=starts_on,
    )
    plan.save(force_insert=True)
    for reader in dict.fromkeys(readers):
        Reader(plan=plan, account=_member(by, organisation, reader)).save()
    _record(by, plan, "plan.open", f"plan {plan.pk}", ["title", "audience"])
    return plan


@transaction.atomic
def start_roadmap(*, by: Scope, organisation: UUID, title: str, edition: Edition, today: date) -> Plan:
    """The roadmap of the organisation, made now if there is none: one an organisation, from this month on."""
    Organisation.objects.within(by).select_for_update().get(pk=organisation)
    found = queries.roadmap(by, organisation)
    starts_on = today.replace(day=1)
    return found or open_plan(
        by=by, organisation=organisation, kind=Plan.Kind.ROADMAP, title=title, edition=edition, starts_on=starts_on
    )


@transaction.atomic
def add_to_roadmap(
    *,
    by: Scope,
    organisation: UUID,
    title: str,
    steps: Sequence[NewStep],
    edition: Edition,
    today: date,
    once: UUID | None = None,
) -> list[Step]:
    """Add steps to the roadmap, which begins with the first of them as `title`. Returns and raises as `add_steps`."""
    plan = start_roadmap(by=by, organisation=organisation, title=title, edition=edition, today=today)
    return add_steps(by=by, organisation=organisation, plan=plan.pk, steps=steps, edition=edition, once=once)


@transaction.atomic
def add_steps(
    *, by: Scope, organisation: UUID, plan: UUID, steps: Sequence[NewStep], edition: Edition, once: UUID | None = None
) -> list[Step]:
    """Add steps to a plan, all or none; their sub-projects are made where they are missing.

    What came out of a template stands once in a plan unless it was set aside, and what is sent twice with the same
    `once` is added once; returns what is new. Raises Plan.DoesNotExist, `NotTheirs` and `Refused`.
    """
    found = _steered(by, organisation, plan)
    there = Step.objects.within(by).filter(plan=found)
    templates = set(there.exclude(state=Step.State.DROPPED).exclude(template="").values_list("template", flat=True))
    ids = set(there.values_list("pk", flat=True))
    made = []
    for number, new in enumerate(steps):
        check_source(new, edition)
        key = uuid5(found.pk, f"{once} {number}") if once else uuid4()
        if key in ids or new.template in templates:
            continue
        step = Step(pk=key, plan=found, item=new.item, template=new.template)
        _write(by, step, new.facts)
        step.save(force_insert=True)
        templates |= {new.template} - {""}
        made.append(step)
    if made:
        _record(by, found, "step.add", f"plan {found.pk}", ["steps"])
    return made


@transaction.atomic
def change_step(*, by: Scope, organisation: UUID, step: UUID, revision: int, facts: Facts, today: date) -> Step:
    """Change what is said of a step; `revision` is the one that was read. Without a difference nothing happens.

    Raises Step.DoesNotExist, `Overtaken`, `NotTheirs` and `Refused`.
    """
    found = _locked(by, organisation, step)
    if found.revision != revision:
        raise Overtaken(found)
    return _changed(by, found, facts, today)


@transaction.atomic
def move_step(
    *, by: Scope, organisation: UUID, step: UUID, state: str, today: date, revision: int | None = None
) -> Step:
    """Say where a step is on its way, as `change_step` does; without a `revision` whoever comes last is right."""
    found = _locked(by, organisation, step)
    if revision is not None and found.revision != revision and found.state != state:
        raise Overtaken(found)
    return _changed(by, found, replace(facts_of(found), state=state), today)


def _changed(by: Scope, step: Step, facts: Facts, today: date) -> Step:
    names = changed(facts_of(step), facts)
    if not (may_steer(by, step.plan) or (step.assignee_id == _account(by) and names <= OWN)):
        raise NotTheirs
    if not names:
        return step
    left = step.project_id
    _write(by, step, facts)
    if "state" in names:
        step.done_on = today if facts.state == Step.State.DONE else None
    step.revision += 1
    step.save()
    if step.project_id != left:  # a sub-project ends with its last step
        Project.objects.within(by).filter(pk=left, step=None).delete()
    _record(by, step.plan, "step.change", f"step {step.pk}", names)
    return step


def _write(by: Scope, step: Step, facts: Facts) -> None:
    """Put the facts into the row, not yet saved."""
    check(facts)
    plan = step.plan
    if facts.assignee != step.assignee_id:
        able = {account.pk: account for account in queries.who_can_take(by, plan)} if facts.assignee else {}
        if facts.assignee and facts.assignee not in able:
            raise Refused("assignee", "foreign")
        step.assignee = able[facts.assignee] if facts.assignee else None
    step.title, step.notes, step.state = facts.title.strip(), facts.notes, facts.state
    step.minutes, step.cents, step.starts_on, step.due = facts.minutes, facts.cents, facts.starts_on, facts.due
    before = step.project_id
    step.project = _project(by, plan, facts.project.strip(), facts.year)
    if step.project_id != before:
        in_it = Step.objects.within(by).filter(project=step.project)
        step.number = (in_it.aggregate(last=Max("number"))["last"] or 0) + 1


def _project(by: Scope, plan: Plan, title: str, year: int) -> Project:
    """The sub-project of that title in that year; a new one comes last."""
    there = Project.objects.within(by).filter(plan=plan, year=year)
    found = there.filter(title=title).first()
    if found is None:
        number = (there.aggregate(last=Max("number"))["last"] or 0) + 1
        found = Project(plan=plan, title=title, year=year, number=number)
        found.save()
    return found


def _locked(by: Scope, organisation: UUID, step: UUID) -> Step:
    found = queries.steps(by, organisation).get(pk=step)
    Plan.objects.within(by).select_for_update().get(pk=found.plan_id)
    return queries.steps(by, organisation).get(pk=step)  # as it stands once nobody else can change it


def _steered(by: Scope, organisation: UUID, plan: UUID) -> Plan:
    queries.plans(by, organisation).get(pk=plan)
    found = Plan.objects.within(by).select_for_update().get(pk=plan)
    if not may_steer(by, found):
        raise NotTheirs
    return found


def may_steer(by: Scope, plan: Plan) -> bool:
    """Whether someone may change everything in a plan: whoever steers plans of its kind, and its owner."""
    return by.may(STEERED_BY[Plan.Kind(plan.kind)], plan.org_id) or plan.owner_id == _account(by)


def _account(by: Scope) -> UUID:
    assert by.account is not None
    return by.account.pk


def _member(by: Scope, organisation: UUID, account: UUID) -> Account:
    return Account.objects.filter(membership__org=organisation).distinct().get(pk=account)


def _record(by: Scope, plan: Plan, action: str, about: str, names: Iterable[str]) -> None:
    if plan.audience != Plan.Audience.OWNER:
        record(by=by, organisation=plan.org_id, action=action, about=about, fields=names)
