"""From where an organisation stands to a proposed roadmap of several years, out of the pack's templates.

Pure. Little in the first year and few at a time (C.start-small); what is due and what the source asks for come first,
and nothing before what it waits for. A proposal decides nothing: people take from it what they want.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from alongside.standard.edition import Edition
from alongside.standard.items import Advice, Force, Stage
from alongside.standard.steps import StepTemplate

FEW = 5
"""How many steps an organisation has in hand at once."""

WEEKS = 52


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


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that begins in one year: sub-projects, steps, hours of everyone together."""

    projects: int
    steps: int
    hours: int


def bound(year: int, at_once: int = FEW) -> Bound:
    """What an organisation with a part-time coordinator can carry in a year; our estimate, not the source's.

    A day a week for the coordinator is some 350 hours a year, and for each of these others give about one. In the first
    year half of it goes into finding one's feet: two rounds of a few steps. Later a round takes about two months. What
    comes back every year counts in the year it begins; from then on it belongs to the ordinary work.
    """
    return Bound(projects=3, steps=2 * at_once, hours=350) if year == 1 else Bound(10, 6 * at_once, 900)


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
    or is in the plan. Years run on until everything has its place, each within its `bound`; a step too long for any
    year stands alone in one.
    """
    reasons = {
        template.id: why
        for template in edition.steps.values()
        if template.id not in already and template.item not in apart
        if (why := _reason(edition, template.item, standing, stage)) is not None
    }
    waiting = {id_: [one for one in edition.steps[id_].after if one in reasons] for id_ in reasons}
    ranks = _ranks(edition, reasons, waiting, stage)
    order = _in_order(waiting, ranks)
    years = _Years(edition, waiting, at_once)
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


Waiting = Mapping[str, Sequence[str]]
"""Template id → the proposed templates it waits for."""

Rank = tuple[int, bool, bool, int, int]


def _ranks(edition: Edition, reasons: Mapping[str, Reason], waiting: Waiting, stage: Stage) -> dict[str, Rank]:
    """The lower, the earlier: what is due, what the source asks for, what is known to be missing.

    A step is as urgent as the most urgent of those that wait for it. Of equally urgent ones those come first whose item
    most others wait for, so that what was begun is finished; then the order of the standard.
    """
    own = {id_: _urgency(edition, why, stage) for id_, why in reasons.items()}
    behind = _behind(waiting)
    place = {id_: number for number, id_ in enumerate(edition.steps)}
    weight: dict[str, int] = defaultdict(int)
    for id_, why in reasons.items():
        weight[why.item] = max(weight[why.item], len(behind[id_]))
    return {
        id_: (*min(own[one] for one in {id_, *behind[id_]}), -weight[why.item], place[id_])
        for id_, why in reasons.items()
    }


def _urgency(edition: Edition, why: Reason, stage: Stage) -> tuple[int, bool, bool]:
    item = edition.items[why.item]
    late = item.stage.rank - stage.rank if isinstance(item, Advice) else 0
    return (max(late, 0), why.force is not Force.SHOULD, why.because is not Because.MISSING)


def _behind(waiting: Waiting) -> dict[str, set[str]]:
    """For each template all that wait for it, directly or through others."""
    behind: dict[str, set[str]] = {id_: set() for id_ in waiting}
    for id_ in waiting:
        ahead = list(waiting[id_])
        while ahead:
            one = ahead.pop()
            if id_ not in behind[one]:
                behind[one].add(id_)
                ahead.extend(waiting[one])
    return behind


def _in_order(waiting: Waiting, ranks: Mapping[str, Rank]) -> list[str]:
    """By rank, each after all that it waits for."""
    open_ = {id_: len(set(before)) for id_, before in waiting.items()}
    followers: dict[str, list[str]] = defaultdict(list)
    for id_, before in waiting.items():
        for one in set(before):
            followers[one].append(id_)
    free = [(ranks[id_], id_) for id_, count in open_.items() if not count]
    heapq.heapify(free)
    order = []
    while free:
        _, id_ = heapq.heappop(free)
        order.append(id_)
        for follower in followers[id_]:
            open_[follower] -= 1
            if not open_[follower]:
                heapq.heappush(free, (ranks[follower], follower))
    return order


class _Years:
    """Gives each step the first year that has room for it, not before the weeks of what it waits for are over.

    What belongs to a later stage stays out of the first year while anything that is due has to wait for the second.
    """

    def __init__(self, edition: Edition, waiting: Waiting, at_once: int) -> None:
        self.edition, self.waiting, self.at_once = edition, waiting, at_once
        self.of: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._begun: dict[int, list[StepTemplate]] = defaultdict(list)

    def place(self, template: StepTemplate, *, later: bool) -> None:
        """Steps come in order: what a step waits for before it, what is due before what belongs later."""
        ready = max((self._ends[one] for one in self.waiting[template.id]), default=0)
        year = ready // WEEKS + 1
        if later and max(self.of.values(), default=1) > 1:
            year = max(year, 2)
        while self._begun[year] and not self._fits(year, template):
            year += 1
        self._begun[year].append(template)
        self.of[template.id] = year
        self._ends[template.id] = max(ready, (year - 1) * WEEKS) + template.weeks

    def _fits(self, year: int, template: StepTemplate) -> bool:
        begun, most = [*self._begun[year], template], bound(year, self.at_once)
        return (
            len(begun) <= most.steps
            and sum(one.hours for one in begun) <= most.hours
            and len({group_of(self.edition, one.item) for one in begun}) <= most.projects
        )
