"""What pictures need of published figures, made once at publication: pages then read one row instead of a thousand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from alongside.rules.scoring import OTHERS, Figures
from alongside.rules.tallies import widest


class Summary(TypedDict):
    """One question. `median` of all together, `middles` of each group that is shown, `apart` the widest distance.

    `n`: answers on the scale; all None where the total is withheld. `withheld`: a group that was asked is shown neither
    by itself nor among others. JSON holds it as it is.
    """

    n: int | None
    median: float | None
    middles: dict[str, float]
    apart: float
    withheld: bool


def summary(figures: Mapping[str, Figures]) -> dict[str, Summary]:
    """Criterion → summary, in the order of `figures`."""
    return {criterion: _of(one) for criterion, one in figures.items()}


def _of(figures: Figures) -> Summary:
    shown = {group: tally for group, tally in figures.by.items() if tally.n}
    farthest = widest(shown) if figures.total.ordered else None
    return Summary(
        n=figures.total.n,
        median=figures.total.median,
        middles={group: tally.median for group, tally in shown.items() if tally.median is not None},
        apart=round(farthest[0], 3) if farthest else 0.0,
        withheld=any(tally.suppressed for tally in figures.by.values()) and OTHERS not in shown,
    )
