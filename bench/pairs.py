"""Timing two things in turn: process time, warm-ups first, then pairs, so that the machine's mood cancels out."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from time import process_time

WARM_UPS, PAIRS = 5, 21


@dataclass(frozen=True)
class Measure:
    """A ratio (or a count) and its limit. Short only if the median and the lower quartile both exceed the limit."""

    name: str
    value: float
    limit: float
    low: float
    note: str = ""

    @property
    def ok(self) -> bool:
        """Whether the limit is kept."""
        return self.value <= self.limit or self.low <= self.limit

    def __str__(self) -> str:
        return f"{self.name} {self.value:.3g} {self.limit:g} {'ok' if self.ok else 'SHORT'}"


def ratio(name: str, limit: float, ours: Callable[[], object], reference: Callable[[], object], times: int) -> Measure:
    """How many times the process time of `reference` ours takes; each sample is `times` calls."""
    for _ in range(WARM_UPS):
        _time(ours, times), _time(reference, times)
    pairs = [(_time(ours, times), _time(reference, times)) for _ in range(PAIRS)]
    ratios = [mine / theirs for mine, theirs in pairs]
    seconds = (median(one) / times for one in zip(*pairs, strict=True))
    note = "{:.2f} ms against {:.2f} ms".format(*(1000 * one for one in seconds))
    return Measure(name, median(ratios), limit, quantiles(ratios, n=4)[0], note)


def count(name: str, limit: int, value: int) -> Measure:
    """Something counted, such as queries."""
    return Measure(name, value, limit, value)


def _time(call: Callable[[], object], times: int) -> float:
    gc.collect()
    start = process_time()
    for _ in range(times):
        call()
    return process_time() - start
