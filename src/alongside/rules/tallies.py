"""Figures of one question: counts, median, spread, shares, and how far two groups lie apart.

"I don't know" and "does not apply here" are counted apart and never as a low answer; a suppressed tally has no figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from alongside.standard.asking import DONT_KNOW, NOT_APPLICABLE

Answer = int | str | None
"""A position on the scale, "dont_know", "not_applicable", or None for a blank."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each answer was given (`counts`, lowest first) and what else was said.

    `n` counts the answers on the scale; n + dont_know + not_applicable + blank = rows. All are None when suppressed.
    """

    ordered: bool
    counts: tuple[int, ...] | None
    n: int | None
    dont_know: int | None
    not_applicable: int | None
    blank: int | None

    @property
    def suppressed(self) -> bool:
        """Whether the figures are withheld, so that nobody can be picked out."""
        return self.counts is None

    @property
    def said(self) -> int:
        """How many said anything at all, not knowing included."""
        return (self.n or 0) + (self.dont_know or 0) + (self.not_applicable or 0)

    @property
    def median(self) -> float | None:
        """The middle position; None without answers and on scales that have no order."""
        if not self.ordered or not self.n:
            return None
        return (self._at((self.n + 1) // 2) + self._at(self.n // 2 + 1)) / 2

    @property
    def spread(self) -> int | None:
        """How many positions the middle half of the answers covers, from its lowest to its highest."""
        if not self.ordered or not self.n:
            return None
        return self._at(-(-3 * self.n // 4)) - self._at(-(-self.n // 4))

    @property
    def shares(self) -> tuple[float, ...] | None:
        """Each answer's part of `n`, from 0 to 1."""
        if not self.n or self.counts is None:
            return None
        return tuple(count / self.n for count in self.counts)

    def _at(self, place: int) -> int:
        """The answer that stands at this place (from 1) when all are sorted."""
        assert self.counts is not None
        return next(position for position, upto in enumerate(accumulate(self.counts)) if upto >= place)


def tally(answers: Iterable[Answer], *, positions: int, ordered: bool = True) -> Tally:
    """Count answers on a scale with so many `positions`."""
    return _of_counts(Counter(answers), positions, ordered)


def _of_counts(found: Counter[Answer], positions: int, ordered: bool) -> Tally:
    counts = tuple(found[position] for position in range(positions))
    return Tally(ordered, counts, sum(counts), found[DONT_KNOW], found[NOT_APPLICABLE], found[None])


def suppressed(*, ordered: bool = True) -> Tally:
    """A tally that is withheld."""
    return Tally(ordered, None, None, None, None, None)


def distance(one: Tally, other: Tally) -> float | None:
    """How far two groups lie apart; None where one of them said nothing or is withheld.

    On an ordered scale: by how many steps, on average, the answers of one would have to move to look like the other's.
    Otherwise: the part of the answers (0 to 1) that would have to change.
    """
    mine, theirs = one.shares, other.shares
    if mine is None or theirs is None:
        return None
    if not one.ordered:
        return sum(abs(a - b) for a, b in zip(mine, theirs, strict=True)) / 2
    return sum(abs(a - b) for a, b in zip(accumulate(mine), accumulate(theirs), strict=True))


def widest(groups: Mapping[str, Tally]) -> tuple[float, str, str] | None:
    """The two groups that lie farthest apart, and how far; None where fewer than two are shown."""
    names = [name for name, found in groups.items() if found.n]
    pairs = [(distance(groups[a], groups[b]), a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    return max(((apart, a, b) for apart, a, b in pairs if apart is not None), default=None)


def in_words(median: float | None, labels: Sequence[str]) -> str:
    """A median as the answer it stands for; both answers where it lies between two; empty without one."""
    if median is None:
        return ""
    low, high = labels[int(median)], labels[int(median + 0.5)]
    return low if low == high else f"{low} – {high}"
