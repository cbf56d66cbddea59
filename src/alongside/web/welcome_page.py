"""The welcome of a colleague as its page shows it: part by part, each step with who does it, by when and what helps."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from alongside.people.models import Account
from alongside.planning.models import Plan, Step
from alongside.planning.queries import OPEN
from alongside.planning.welcome import choice_of
from alongside.planning.welcome_queries import people
from alongside.standard.edition import Edition
from alongside.standard.kit import Phase, WelcomeStep, phase_key
from alongside.standard.loading import standard
from alongside.web.kit_links import SheetLink, sheet_link
from alongside.web.welcome_forms import WELCOMER_NAMES


class Line(NamedTuple):
    """One step. `who`: the name of whoever does it, else what they are here. `mine`: the reader may tick it off."""

    step: Step
    text: str
    lang: str
    who: str
    late: bool
    done: bool
    mine: bool
    sheet: SheetLink | None


class Part(NamedTuple):
    """A part of the welcome. `name` is short and stays the same, for anchors."""

    name: str
    title: str
    lines: tuple[Line, ...]
    done: int


class WelcomePage(NamedTuple):
    """The whole page. `over`: everything is done or was set aside."""

    role: str
    parts: tuple[Part, ...]
    people: tuple[tuple[str, Account | None], ...]
    sheets: tuple[SheetLink, ...]
    aside: tuple[Step, ...]
    all: int
    done: int
    over: bool


def welcome_page(
    plan: Plan, steps: Iterable[Step], edition: Edition, language: str, *, account: UUID, may_steer: bool, today: date
) -> WelcomePage:
    """What the page shows someone; sheets are those of today's edition, steps by the edition of the plan."""
    rows = list(steps)
    there = [step for step in rows if step.state != Step.State.DROPPED]
    writer = _Writer(plan, edition, language, today)
    lines = [(writer.phase(step), writer.line(step, may_steer or step.assignee_id == account)) for step in there]
    done = sum(line.done for _, line in lines)
    return WelcomePage(
        role=standard().words(language).items[plan.role].title,
        parts=tuple(writer.part(phase, [line for where, line in lines if where is phase]) for phase in Phase),
        people=tuple((str(WELCOMER_NAMES[who]), found) for who, found in people(edition, rows).items()),
        sheets=tuple(sheet_link(standard(), language, sheet, choice_of(plan)) for sheet in standard().kit),
        aside=tuple(step for step in rows if step.state == Step.State.DROPPED),
        all=len(there),
        done=done,
        over=done == len(there),
    )


class _Writer:
    """Puts the steps of one plan into words."""

    def __init__(self, plan: Plan, edition: Edition, language: str, today: date) -> None:
        self.plan, self.edition, self.language, self.today = plan, edition, language, today
        self.words, self.choice = edition.words(language).kit, choice_of(plan)

    def phase(self, step: Step) -> Phase:
        """The part a step belongs to; one of the organisation's own by its day."""
        template = self.edition.welcome.get(step.template)
        if template:
            return template.phase
        days = (step.due - self.plan.starts_on).days if step.due else -1
        limits = ((-1, Phase.BEFORE), (0, Phase.FIRST_DAY), (14, Phase.TWO_WEEKS), (42, Phase.SIX_WEEKS))
        return next((phase for limit, phase in limits if days <= limit), Phase.HUNDRED_DAYS)

    def line(self, step: Step, mine: bool) -> Line:
        """One step in words."""
        template = self.edition.welcome.get(step.template)
        late = step.state in OPEN and step.due is not None and step.due < self.today
        translated = not template or self.edition.translated(self.language, "kit", template.id)
        return Line(
            step=step,
            text=self.words[template.id].text if template else "",
            lang="" if translated else self.edition.language,
            who=_who(step, template),
            late=late,
            done=step.state == Step.State.DONE,
            mine=mine,
            sheet=self._sheet(template),
        )

    def part(self, phase: Phase, lines: list[Line]) -> Part:
        """A part with its steps, those that are due first before the others."""
        ordered = sorted(lines, key=lambda line: line.step.due or date.max)
        return Part(phase, self.words[phase_key(phase)].title, tuple(ordered), sum(line.done for line in lines))

    def _sheet(self, template: WelcomeStep | None) -> SheetLink | None:
        known = template and template.sheet in standard().kit
        return sheet_link(standard(), self.language, template.sheet, self.choice) if template and known else None


def _who(step: Step, template: WelcomeStep | None) -> str:
    if step.assignee and step.assignee.name:
        return step.assignee.name
    return str(WELCOMER_NAMES[template.who]) if template else ""
