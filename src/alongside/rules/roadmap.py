"""From where an organisation stands to a proposed roadmap of several years, out of the pack's templates.

Pure. Little in the first year and few at a time (C.start-small); what is due and what the source asks for come first,
and nothing before what it waits for. A proposal decides nothing: people take from it what they want.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alongside.rules.years import Waiting, Years, behind, in_order
from alongside.standard.edition import Edition
from alongside.standard.items import Advice, Force, Stage
from alongside.standard.steps import StepTemplate

FEW = 5
"""How many steps an organisation has in hand at once."""


class Because(StrEnum):
    """What is known of the item that a step serves."""

    MISSING = "missing"  # it is not there yet, people say
    UNKNOWN = "unknown"  # nobody knows
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step is proposed: its item, how firmly the source speaks for it, and what is known of it.

    `step`: where the organisation stands (0–4), where that is known. `due`: belongs in place at this stage or before.
    """

    item: str
    force: Force
    because: Because
    step: int | None
    due: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """A template, the year to do it in (1 is the first), and why."""

    template: StepTemplate
    year: int
    why: Reason


@dataclass(frozen=True, slots=True)
class Project:
    """Steps of one year that belong together. `group`: a precondition (A1 … A11), else the part (B, C)."""

    group: str
    year: int
    steps: tuple[Proposed, ...]


def propose(
    edition: Edition,
    standing: Mapping[str, int | None],
    stage: Stage,
    *,
    already: Collection[str] = (),
    apart: Collection[str] = (),
    at_once: int = FEW,
) -> tuple[Proposed, ...]:
    """What to do about everything that does not stand yet, in the order to do it.

    `standing`: item id → step (0–4), None where nobody knows; an item that is not there was not asked about.
    `already`: ids of templates that are in a plan or done; `apart`: items that do not apply here. What is tentative is
    never proposed. A step waits for what its template names in `after`, unless that is not proposed, because it stands
    or is in the plan. Years run on until everything has its place, each with no more than it carries (`years.bound`); a
    step that is too much for any year stands alone in one.
    """
    reasons = {
        template.id: why
        for template in edition.steps.values()
        if template.id not in already and template.item not in apart
        if (why := _reason(edition, template.item, standing, stage)) is not None
    }
    waiting = {id_: [one for one in edition.steps[id_].after if one in reasons] for id_ in reasons}
    ranks = _ranks(edition, reasons, waiting, stage)
    order = in_order(waiting, ranks)
    years = Years(waiting, {id_: group_of(edition, why.item) for id_, why in reasons.items()}, at_once)
    for id_ in order:
        years.place(edition.steps[id_], later=ranks[id_][0] > 0)
    found = (Proposed(edition.steps[id_], years.of[id_], reasons[id_]) for id_ in order)
    return tuple(sorted(found, key=lambda one: one.year))


def projects(edition: Edition, proposed: Iterable[Proposed]) -> tuple[Project, ...]:
    """The same steps as sub-projects of each year, in the order in which their first steps come."""
    groups: dict[tuple[int, str], list[Proposed]] = defaultdict(list)
    for one in proposed:
        groups[one.year, group_of(edition, one.template.item)].append(one)
    return tuple(Project(group, year, tuple(steps)) for (year, group), steps in groups.items())


def now(proposed: Sequence[Proposed], at_once: int = FEW) -> tuple[Proposed, ...]:
    """The few to begin with: of the first year those that wait for nothing else that is proposed."""
    ahead = {one.template.id for one in proposed}
    first = min((one.year for one in proposed), default=1)
    free = [one for one in proposed if one.year == first and ahead.isdisjoint(one.template.after)]
    return tuple(free[:at_once])


def group_of(edition: Edition, item: str) -> str:
    """The precondition an item belongs to, else its part."""
    trail = edition.trail(item)
    return next((above.id for above in trail if above.kind == "precondition"), trail[0].id)


def _reason(edition: Edition, id_: str, standing: Mapping[str, int | None], stage: Stage) -> Reason | None:
    item, step = edition.items[id_], standing.get(id_)
    if not isinstance(item, Advice) or item.force is Force.TENTATIVE or _stands(edition, id_, step, stage):
        return None
    unknown = Because.UNKNOWN if id_ in standing else Because.NOT_ASKED
    because = unknown if step is None else Because.MISSING
    return Reason(id_, item.force, because, step, due=item.stage.rank <= stage.rank)


def _stands(edition: Edition, item: str, step: int | None, stage: Stage) -> bool:
    scales = (edition.scales[criterion.scale] for criterion in edition.criteria_of(item))
    points = [point for scale in scales if scale.ordered and (point := scale.stands_from(stage)) is not None]
    return step is not None and bool(points) and step >= max(points)


Rank = tuple[int, bool, bool, int, int]


def _ranks(edition: Edition, reasons: Mapping[str, Reason], waiting: Waiting, stage: Stage) -> dict[str, Rank]:
    """The lower, the earlier: what is due, what the source asks for, what is known to be missing.

    A step is as urgent as the most urgent of those that wait for it. Of equally urgent ones those come first whose item
    most others wait for, so that what was begun is finished; then the order of the standard.
    """
    own = {id_: _urgency(edition, why, stage) for id_, why in reasons.items()}
    followers = behind(waiting)
    place = {id_: number for number, id_ in enumerate(edition.steps)}
    weight: dict[str, int] = defaultdict(int)
    for id_, why in reasons.items():
        weight[why.item] = max(weight[why.item], len(followers[id_]))
    return {
        id_: (*min(own[one] for one in {id_, *followers[id_]}), -weight[why.item], place[id_])
        for id_, why in reasons.items()
    }


def _urgency(edition: Edition, why: Reason, stage: Stage) -> tuple[int, bool, bool]:
    item = edition.items[why.item]
    late = item.stage.rank - stage.rank if isinstance(item, Advice) else 0
    return (max(late, 0), why.force is not Force.SHOULD, why.because is not Because.MISSING)
