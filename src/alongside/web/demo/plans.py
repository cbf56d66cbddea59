"""A roadmap that has been running for a year, and the welcome of a colleague who began ten days ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from alongside.people.models import Account, Organisation
from alongside.people.scope import scope_of
from alongside.planning import actions, queries, welcome
from alongside.planning.facts import facts_of
from alongside.planning.models import Step
from alongside.planning.proposals import new_steps, proposal
from alongside.standard.kit import Welcomer
from alongside.standard.loading import standard
from alongside.web.demo.people import account, team, weekday

FIRST, MORE = 6, 8
OWNERS = ("Mara Visser", "Jonas Bakker", "Hana Willems", "Sam de Boer")


def make_plans(org: Organisation, by: Account, today: date) -> None:
    """What was begun a year ago is mostly done; what the last round showed was added since."""
    begun = today - timedelta(days=330)
    _add(org, by, FIRST, begun)
    _do(org, by, today)
    _add(org, by, MORE, today - timedelta(days=7))
    _hand_out(org, by, today)
    _welcome(org, by, today)


def _add(org: Organisation, by: Account, number: int, day: date) -> None:
    found = proposal(scope_of(by), org, standard())
    chosen = [one.template.id for one in found.steps[:number]]
    actions.add_to_roadmap(
        by=scope_of(by),
        organisation=org.pk,
        title=f"Roadmap {day.year}–{day.year + 2}",
        steps=new_steps(found, chosen, "en", today=day),
        edition=standard(),
        today=day,
    )


def _do(org: Organisation, by: Account, today: date) -> None:
    """Four are done, the others are being done."""
    for number, step in enumerate(_steps(org, by)):
        done = number < FIRST - 2
        state, day = (Step.State.DONE, today - timedelta(days=200 - 40 * number)) if done else (Step.State.DOING, today)
        actions.move_step(by=scope_of(by), organisation=org.pk, step=step.pk, state=state, today=day)


def _hand_out(org: Organisation, by: Account, today: date) -> None:
    """Most steps have someone who sees to them."""
    for number, step in enumerate(_steps(org, by)):
        if step.state == Step.State.DONE or number % 5 == 4:
            continue
        facts = facts_of(step)
        owner = account(OWNERS[number % len(OWNERS)]).pk
        actions.change_step(
            by=scope_of(by),
            organisation=org.pk,
            step=step.pk,
            revision=step.revision,
            facts=replace(facts, assignee=owner),
            today=today,
        )


def _steps(org: Organisation, by: Account) -> list[Step]:
    return list(queries.roadmap_steps(scope_of(by), org.pk))


def _welcome(org: Organisation, by: Account, today: date) -> None:
    """Ten days ago somebody began in Team Oost; what was due so far is done."""
    oost = team(org, by, "Team Oost")
    people = {
        Welcomer.CONTACT_PERSON: account("Tom de Graaf").pk,
        Welcomer.BUDDY: account("Lotte Jansen").pk,
        Welcomer.MANAGER: account("Jonas Bakker").pk,
        Welcomer.COORDINATOR: by.pk,
        Welcomer.HR: account("Hana Willems").pk,
    }
    made = welcome.prepare(
        by=scope_of(by),
        organisation=org.pk,
        welcome=welcome.Welcome(oost.pk, "role.psw", weekday(today - timedelta(days=10)), people),
        title="Welcome in Team Oost",
        edition=standard(),
        language="en",
        today=today - timedelta(days=45),
    )
    due = queries.steps(scope_of(by), org.pk).filter(plan=made, due__lt=today)
    for step in due:
        actions.move_step(
            by=scope_of(by), organisation=org.pk, step=step.pk, state=Step.State.DONE, today=step.due or today
        )
