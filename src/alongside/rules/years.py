"""In what order steps come, and in which year: each after what it waits for, and no year with more than it carries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from heapq import heappop, heappush

from alongside.standard.steps import StepTemplate

WEEKS = 52

Waiting = Mapping[str, Sequence[str]]
"""Template id → the proposed templates it waits for."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that begins in one year: sub-projects, steps, hours of everyone together."""

    projects: int
    steps: int
    hours: int


def bound(year: int, at_once: int) -> Bound:
    """What an organisation with a part-time coordinator can carry in a year; our estimate, not the source's.

    A day a week for the coordinator is some 350 hours a year, and for each of these the others together give one or
    two. In the first year much of it goes into finding one's feet: two rounds of a few steps. Later a round takes about
    two months. What comes back every year counts in the year it begins; from then on it belongs to the ordinary work.
    """
    return Bound(3, 2 * at_once, 350) if year == 1 else Bound(10, 6 * at_once, 900)


def behind(waiting: Waiting) -> dict[str, set[str]]:
    """For each template all that wait for it, directly or through others."""
    found: dict[str, set[str]] = {id_: set() for id_ in waiting}
    for id_ in waiting:
        ahead = list(waiting[id_])
        while ahead:
            one = ahead.pop()
            if id_ not in found[one]:
                found[one].add(id_)
                ahead.extend(waiting[one])
    return found


def in_order(waiting: Waiting, ranks: Mapping[str, tuple[int, ...]]) -> list[str]:
    """By rank, each after all that it waits for."""
    sorter, free, order = TopologicalSorter(waiting), list[tuple[tuple[int, ...], str]](), list[str]()
    sorter.prepare()
    while sorter.is_active():
        for id_ in sorter.get_ready():
            heappush(free, (ranks[id_], id_))
        _, first = heappop(free)
        order.append(first)
        sorter.done(first)
    return order


class Years:
    """Gives each step the first year that has room for it, not before the weeks of what it waits for are over.

    What belongs to a later stage stays out of the first year while anything that is due has to wait for the second.
    """

    def __init__(self, waiting: Waiting, groups: Mapping[str, str], at_once: int) -> None:
        """`groups`: template id → the sub-project it belongs to."""
        self.waiting, self.groups, self.at_once = waiting, groups, at_once
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
            and len({self.groups[one.id] for one in begun}) <= most.projects
        )
