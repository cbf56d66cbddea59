"""The welcome of a colleague as a plan: made from the steps of the pack, known to those who have a part in it.

Nothing about the newcomer is asked, not even a name: the plan is about what others do. That somebody begins in such a
role reveals enough, so only those who are named and those who steer may know of it (A8.contact-person).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from alongside.assessment import editions
from alongside.people.models import Account, Membership
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.planning import actions, queries
from alongside.planning.actions import NotTheirs
from alongside.planning.facts import Facts, NewStep, Refused
from alongside.planning.models import Plan, Reader, Step
from alongside.planning.welcome_queries import people as who_has_which_part
from alongside.planning.welcome_queries import welcomes
from alongside.rules.access import STEERING
from alongside.rules.welcome_days import due_on
from alongside.standard.edition import Edition
from alongside.standard.items import Stage
from alongside.standard.kit import Choice, TeamKind, Welcomer, phase_key

People = Mapping[Welcomer, UUID | None]
"""Who has which part; whoever is not said is nobody yet."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """In which team, in which role (an item), from which day on, and who has which part in it."""

    team: UUID
    role: str
    starts_on: date
    people: People


class ChangedMeanwhile(Exception):
    """Someone else changed the first day or the people in between."""


@transaction.atomic
def prepare(
    *,
    by: Scope,
    organisation: UUID,
    welcome: Welcome,
    title: str,
    edition: Edition,
    language: str | None,
    today: date,
    once: UUID | None = None,
) -> Plan:
    """Make the plan of a welcome, with its steps in the words of `language`; sent twice with `once` it is made once.

    Raises Organisation.DoesNotExist, Team.DoesNotExist, `NotTheirs`, and `Refused` for someone who cannot be asked.
    """
    _check(by, organisation, welcome.people)
    plan = actions.open_plan(
        by=by,
        organisation=organisation,
        kind=Plan.Kind.WELCOME,
        title=title,
        edition=edition,
        starts_on=welcome.starts_on,
        audience=Plan.Audience.NAMED,
        owner=by.account.pk if by.account else None,
        readers=_readers(by, organisation, welcome.people.values()),
        team=welcome.team,
        role=welcome.role,
        once=once,
    )
    steps = _steps(by, plan, welcome.people, edition, language, today)
    actions.add_steps(by=by, organisation=organisation, plan=plan.pk, steps=steps, edition=edition)
    return plan


@transaction.atomic
def change(
    *, by: Scope, organisation: UUID, plan: UUID, starts_on: date, people: People, before: str, today: date
) -> Plan:
    """Another first day, or someone else for a part: what is still to be done moves with it, what is done stays.

    `before` is what was read (`as_read`). Whoever has no part in it any more no longer knows of the plan, unless they
    steer. Raises Plan.DoesNotExist, `NotTheirs`, `ChangedMeanwhile`, and `Refused` for someone who cannot be asked.
    """
    found = _steered(by, organisation, plan)
    _check(by, organisation, people)
    edition = editions.edition(found.edition_id)
    steps = queries.steps(by, organisation).filter(plan=found)
    if before != as_read(found, who_has_which_part(edition, steps)):
        raise ChangedMeanwhile
    moved = found.starts_on != starts_on
    found.starts_on = starts_on
    found.save(update_fields=["starts_on"])
    for step in steps.filter(state__in=queries.OPEN, template__in=edition.welcome):
        template = edition.welcome[step.template]
        due = due_on(starts_on, template.days, today=today) if moved else step.due
        _move(step, due, people.get(template.who, step.assignee_id))
    taken = [account for account in steps.values_list("assignee_id", flat=True) if account]
    _name(by, found, _readers(by, organisation, [*people.values(), *taken, found.owner_id]))
    fields = ["starts_on", "people"] if moved else ["people"]
    record(by=by, organisation=organisation, action="welcome.change", about=f"plan {found.pk}", fields=fields)
    return found


@transaction.atomic
def remove(*, by: Scope, organisation: UUID, plan: UUID) -> None:
    """Remove the plan of a welcome for good. Raises Plan.DoesNotExist, `NotTheirs`."""
    found = _steered(by, organisation, plan)
    record(by=by, organisation=organisation, action="welcome.remove", about=f"plan {found.pk}")
    found.delete()


def as_read(plan: Plan, people: Mapping[Welcomer, Account | None]) -> str:
    """What stands of a welcome, as one line to compare: whether it is still what someone read."""
    return " ".join([plan.starts_on.isoformat(), *(str(account.pk) if account else "-" for account in people.values())])


def choice_of(plan: Plan) -> Choice:
    """For whom the sheets of a welcome are; `plan` was read with team and organisation."""
    return Choice(
        role=plan.role,
        team=_place(plan),
        stage=Stage(plan.org.stage),
        organisation=plan.org.name,
        team_name=plan.team.name if plan.team else "",
    )


def _place(plan: Plan) -> TeamKind:
    if plan.org.kind == "kind.company":
        return TeamKind.COMPANY
    return TeamKind(plan.team.kind) if plan.team else TeamKind.CARE


def _steps(by: Scope, plan: Plan, people: People, edition: Edition, language: str | None, today: date) -> list[NewStep]:
    words, choice = edition.words(language).kit, choice_of(plan)
    able = {account.pk for account in queries.who_can_take(by, plan)}
    asked = {who: account for who, account in people.items() if account in able}
    if by.account and by.account.pk in able and not by.roles[plan.org_id].isdisjoint(STEERING):
        asked.setdefault(Welcomer.COORDINATOR, by.account.pk)
    return [
        NewStep(
            template.item,
            Facts(
                title=words[template.id].title,
                project=words[phase_key(template.phase)].title,
                assignee=asked.get(template.who),
                due=due_on(plan.starts_on, template.days, today=today),
            ),
            template.id,
        )
        for template in edition.welcome.values()
        if template.fits(choice)
    ]


def _move(step: Step, due: date | None, assignee: UUID | None) -> None:
    if (step.due, step.assignee_id) != (due, assignee):
        step.due, step.assignee_id, step.revision = due, assignee, step.revision + 1
        step.save(update_fields=["due", "assignee", "revision"])


def _readers(by: Scope, organisation: UUID, people: Iterable[UUID | None]) -> set[UUID]:
    """Those who are named, those who steer, and whoever does this."""
    steering = Membership.objects.within(by).filter(org=organisation, role__in=STEERING)
    assert by.account is not None
    return {by.account.pk, *steering.values_list("account_id", flat=True), *(one for one in people if one)}


def _name(by: Scope, plan: Plan, accounts: set[UUID]) -> None:
    """Make these the readers of the plan, and nobody else."""
    readers = Reader.objects.within(by).filter(plan=plan)
    readers.exclude(account__in=accounts).delete()
    there = set(readers.values_list("account_id", flat=True))
    for account in accounts - there:
        Reader(plan=plan, account_id=account).save()


def _check(by: Scope, organisation: UUID, people: People) -> None:
    """Only whoever has a role inside and gave a name can have a part in it."""
    able = {account.pk for account in queries.who_can_take(by, Plan(org_id=organisation))}
    if {account for account in people.values() if account} - able:
        raise Refused("people", "foreign")


def _steered(by: Scope, organisation: UUID, plan: UUID) -> Plan:
    """The plan of a welcome, locked; only for whoever may steer it."""
    welcomes(by, organisation).get(pk=plan)
    found = Plan.objects.within(by).select_for_update().get(pk=plan)
    if not actions.may_steer(by, found):
        raise NotTheirs
    return found
