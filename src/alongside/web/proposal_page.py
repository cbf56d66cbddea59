"""What could be done next, in words: the few to begin with, and the rest by year and sub-project."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.planning.proposals import Proposal, where_in_plan
from alongside.rules.roadmap import FEW, Proposed, projects
from alongside.web.plan_words import WHO_NAMES, reason, takes, year_days


@dataclass(frozen=True, slots=True)
class Line:
    """One proposed step: what it takes and who does it in `facts`; `after` names what comes before it, undone."""

    id: str
    title: str
    item: str
    reason: str
    facts: str
    after: str
    text: str
    done: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A sub-project of a year with its proposed steps."""

    item: str
    title: str
    lines: tuple[Line, ...]

    @property
    def open(self) -> bool:
        """Whether something in it was ticked."""
        return any(line.chosen for line in self.lines)


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """`first`: the few to begin with; `later`: the months of each year, sub-projects; `count`: all of them."""

    first: tuple[Line, ...]
    later: tuple[tuple[str, tuple[Group, ...]], ...]
    count: int


def proposal_page(
    found: Proposal, language: str | None, chosen: Collection[str] | None, *, today: date
) -> ProposalPage:
    """The proposals; `chosen` are the ids that someone ticked (None: the first few are)."""
    first = found.steps[:FEW]
    ids = {one.template.id for one in first}
    ticked = ids if chosen is None else chosen
    rest = [one for one in found.steps if one.template.id not in ids]

    def lines(some: Sequence[Proposed]) -> tuple[Line, ...]:
        return tuple(_line(found, one, language, one.template.id in ticked) for one in some)

    groups: dict[int, list[Group]] = {}
    for project in projects(found.edition, rest):
        title = found.edition.words(language).items[project.group].title
        groups.setdefault(project.year, []).append(Group(project.group, title, lines(project.steps)))
    starts_on, over = where_in_plan(found, today)
    later = tuple(
        (_("Later this year") if year == 1 else year_days(starts_on, year + over), tuple(some))
        for year, some in groups.items()
    )
    return ProposalPage(first=lines(first), later=later, count=len(found.steps))


def _line(found: Proposal, one: Proposed, language: str | None, chosen: bool) -> Line:
    edition, template = found.edition, one.template
    words = edition.words(language)
    text = words.steps[template.id]
    before = [words.steps[id_].title for id_ in template.after if id_ in found.ahead]
    who = ", ".join(str(WHO_NAMES[part]) for part in template.who)
    weeks = ngettext("%(n)s week", "%(n)s weeks", template.weeks) % {"n": template.weeks}
    yearly = _("every year") if template.yearly else ""
    effort = takes(template.hours * 60, template.euros * 100)
    return Line(
        id=template.id,
        title=text.title,
        item=template.item,
        reason=reason(edition, one.why, language),
        facts=" · ".join(part for part in (who, effort, weeks, yearly) if part),
        after=_("After: %(steps)s") % {"steps": ", ".join(before)} if before else "",
        text=text.text,
        done=text.done,
        chosen=chosen,
    )
