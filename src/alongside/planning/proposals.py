"""From where an organisation stands to steps it can put on its roadmap; see `rules/roadmap.propose`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.assessment.standing import Standing, standing
from alongside.people.models import Organisation
from alongside.people.scope import Scope
from alongside.planning import queries
from alongside.planning.facts import LONGEST_PROJECT, LONGEST_TITLE, MOST_YEARS, Facts, NewStep
from alongside.planning.models import Plan, Step
from alongside.planning.queries import OPEN
from alongside.rules.plan_years import year_begins, year_of
from alongside.rules.roadmap import Proposed, group_of, propose
from alongside.rules.schedule import schedule
from alongside.standard.edition import Edition
from alongside.standard.items import Stage


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be put on the roadmap, in the order to do it. `plan` is None before the first step was taken.

    `ends`: template id → the day a step that is there already is, or was, due; `busy`: those days of the open ones;
    `ahead`: the templates that others may wait for, as they are proposed too or not done yet.
    """

    edition: Edition
    plan: Plan | None
    steps: tuple[Proposed, ...]
    ends: dict[str, date]
    busy: tuple[date, ...]
    ahead: frozenset[str]


def proposal(scope: Scope, organisation: Organisation, edition: Edition) -> Proposal:
    """What is missing where the organisation stands, and not on its roadmap yet."""
    plan = queries.roadmap(scope, organisation.pk)
    there = queries.roadmap_steps(scope, organisation.pk).order_by() if plan else Step.objects.within(scope).none()
    days = list(there.values_list("template", "state", "due", "done_on"))
    stands = _known(standing(scope, organisation.pk), edition)
    steps = propose(edition, stands, Stage(organisation.stage), already={template for template, *_ in days})
    ends = {template: day for template, _, due, done_on in days if template and (day := done_on or due)}
    busy = tuple(due for _, state, due, _ in days if state in OPEN and due)
    ahead = frozenset([template for template, state, *_ in days if state in OPEN] + [one.template.id for one in steps])
    return Proposal(edition, plan, steps, ends, busy, ahead)


def _known(stands: Standing, edition: Edition) -> dict[str, int | None]:
    """Item of `edition` → step, without the items that nobody was asked about."""
    asked = {one.item for id_ in stands.criteria if (one := stands.edition.criteria.get(id_))}
    return {edition.successors.get(item, item): step for item, step in stands.items.items() if item in asked}


def new_steps(found: Proposal, chosen: Sequence[str], language: str | None, *, today: date) -> list[NewStep]:
    """The chosen proposals (ids of templates) as steps, with suggested dates, in the words of `language`."""
    taken = [one for one in found.steps if one.template.id in chosen]
    starts_on, over = where_in_plan(found, today)
    earliest = [(one.template, max(today, year_begins(starts_on, one.year + over))) for one in taken]
    spans = schedule(earliest, there=found.ends, busy=[day for day in found.busy if day > today])
    years = {id_: year_of(starts_on, span.begins) for id_, span in spans.items()}  # it counts in the year it begins
    return [_new(found.edition, one, spans[one.template.id], years[one.template.id], language) for one in taken]


def where_in_plan(found: Proposal, today: date) -> tuple[date, int]:
    """The day the roadmap began or would begin, and how many of its years are over: a proposal begins this year."""
    starts_on = found.plan.starts_on if found.plan else first_day(today)
    return starts_on, year_of(starts_on, today) - 1


def first_day(today: date) -> date:
    """The day a roadmap that is made today begins on."""
    return today.replace(day=1)


def _new(edition: Edition, one: Proposed, span: tuple[date, date], year: int, language: str | None) -> NewStep:
    words, template = edition.words(language), one.template
    facts = Facts(
        title=words.steps[template.id].title[:LONGEST_TITLE],
        project=words.items[group_of(edition, template.item)].title[:LONGEST_PROJECT],
        year=min(year, MOST_YEARS),
        minutes=template.hours * 60,
        cents=template.euros * 100,
        starts_on=span[0],
        due=span[1],
    )
    return NewStep(template.item, facts, template.id)
