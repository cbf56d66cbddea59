"""When steps can begin and end, few at a time: a first suggestion of dates, which people change as they like. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from alongside.rules.roadmap import FEW
from alongside.standard.steps import StepTemplate


class Span(NamedTuple):
    """From when until when."""

    begins: date
    due: date


def schedule(
    steps: Iterable[tuple[StepTemplate, date]],
    *,
    there: Mapping[str, date] | None = None,
    busy: Sequence[date] = (),
    at_once: int = FEW,
) -> dict[str, Span]:
    """Template id → its days; each of `steps` with the earliest day it may begin, in the order to do them.

    A step begins after all that it waits for, given here or `there` (template id → day it is done), and when a hand is
    free: no more than `at_once` run together. `busy`: days on which what is in hand already will be done.
    """
    ends = dict(there or {})
    running = sorted(busy)[-at_once:]  # a sorted list is a heap
    spans = {}
    for template, earliest in steps:
        begins = max([earliest, *(ends[one] for one in template.after if one in ends)])
        if len(running) >= at_once:
            begins = max(begins, heapq.heappop(running))
        due = begins + timedelta(weeks=template.weeks)
        heapq.heappush(running, due)
        ends[template.id] = due
        spans[template.id] = Span(begins, due)
    return spans
