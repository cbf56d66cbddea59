"""What is said of a step, as it comes from a form, a proposal or a file, and what of it cannot stand."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal
from uuid import UUID

from alongside.planning.models import Step
from alongside.standard.edition import Edition

MOST_MINUTES = 10_000 * 60
MOST_CENTS = 100_000_000 * 100
MOST_YEARS = 10
LONGEST_TITLE, LONGEST_PROJECT, LONGEST_NOTES = 200, 100, 4000
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)

Why = Literal["empty", "long", "lines", "negative", "much", "backward", "far", "unknown", "foreign"]


class Refused(ValueError):
    """Something that cannot stand: `field` names it, `why` says in one word how."""

    def __init__(self, field: str, why: Why) -> None:
        super().__init__(f"{field}: {why}")
        self.field = field
        self.why = why


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be changed of a step. `project`: title of its sub-project; `year`: the year of the plan, 1 the first."""

    title: str
    project: str
    year: int = 1
    assignee: UUID | None = None
    minutes: int = 0
    cents: int = 0
    starts_on: date | None = None
    due: date | None = None
    state: str = Step.State.PLANNED
    notes: str = ""


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to add: for which item, out of which template (empty: the organisation's own)."""

    item: str
    facts: Facts
    template: str = ""


def facts_of(step: Step) -> Facts:
    """What stands now; `step` was read with its sub-project."""
    own = {
        one.name: getattr(step, one.name) for one in fields(Facts) if one.name not in ("project", "year", "assignee")
    }
    return Facts(project=step.project.title, year=step.project.year, assignee=step.assignee_id, **own)


def changed(before: Facts, after: Facts) -> set[str]:
    """The names of what differs."""
    return {one.name for one in fields(Facts) if getattr(before, one.name) != getattr(after, one.name)}


def check(facts: Facts) -> None:
    """Raises `Refused` for what cannot stand whoever says it."""
    _check_line("title", facts.title, LONGEST_TITLE)
    _check_line("project", facts.project, LONGEST_PROJECT)
    _check_number("minutes", facts.minutes, MOST_MINUTES)
    _check_number("cents", facts.cents, MOST_CENTS)
    if len(facts.notes) > LONGEST_NOTES:
        raise Refused("notes", "long")
    if not 1 <= facts.year <= MOST_YEARS:
        raise Refused("year", "unknown")
    if facts.state not in Step.State:
        raise Refused("state", "unknown")
    for name, day in (("starts_on", facts.starts_on), ("due", facts.due)):
        if day and not EARLIEST <= day <= LATEST:
            raise Refused(name, "far")
    if facts.starts_on and facts.due and facts.due < facts.starts_on:
        raise Refused("due", "backward")


def check_source(step: NewStep, edition: Edition) -> None:
    """Raises `Refused` for an item or a template that the edition does not have."""
    if step.item not in edition.items:
        raise Refused("item", "unknown")
    if step.template and step.template not in edition.steps and step.template not in edition.welcome:
        raise Refused("template", "unknown")


def _check_line(name: str, text: str, longest: int) -> None:
    if not text.strip():
        raise Refused(name, "empty")
    if len(text) > longest:
        raise Refused(name, "long")
    if not text.isprintable():
        raise Refused(name, "lines")


def _check_number(name: str, number: int, most: int) -> None:
    if number < 0:
        raise Refused(name, "negative")
    if number > most:
        raise Refused(name, "much")
