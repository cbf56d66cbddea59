"""Which groups may be shown, so that nobody can be picked out (decisions: "Rounds"; what is promised: ADR 4).

A group is shown when at least `limit` people answered. A smaller one joins "others"; while that is still too small the
next smallest joins it; and when nothing is left beside it there is only the total.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

LIMIT = 5


@dataclass(frozen=True, slots=True)
class Partition:
    """Groups shown by key, groups shown together as "others", and whether the total may be shown."""

    shown: tuple[str, ...]
    others: tuple[str, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What a group said in one figure: how many answered on the scale, and how many said anything at all."""

    n: int
    said: int


Columns = Sequence[Mapping[str, Heard]]
"""For each figure what every group said in it, by the group's key."""


def partition(
    columns: Columns, *, limit: int = LIMIT, official: Collection[str] = (), named: Collection[str] = ()
) -> Partition:
    """One way to show groups in all these figures at once.

    Groups that said nothing at all are left out of `columns`. `official` groups answer jointly under the name of their
    office: they are always shown, and hide nobody. What `named` groups say is known by name to some readers: small ones
    are not shown by themselves, but they hide nobody either. In no figure a group, the others, or all together are
    shown with fewer answers than `limit`, for any reader, unless nobody said anything.
    """
    names = list(dict.fromkeys(name for column in columns for name in column))
    spoken = tuple(name for name in names if name in official)
    voices = [name for name in names if name not in official]
    joined = _joined(columns, voices, limit, named)
    left = tuple(name for name in voices if name not in joined)
    pools = (joined, joined - set(named))
    if left and all(_enough(columns, pool, limit) for pool in pools):
        return Partition((*spoken, *left), tuple(name for name in voices if name in joined), total=True)
    # the total is theirs who joined, and so is what remains of it beside the groups that are shown
    return Partition((*spoken, *left), (), total=all(_harmless(columns, pool, limit) for pool in pools))


def _joined(columns: Columns, voices: Collection[str], limit: int, named: Collection[str]) -> set[str]:
    """The groups that are too small, and as many of the next smallest as it takes to hide them from every reader."""
    fewest = {name: min(column[name].n for column in columns if name in column) for name in voices}
    joined = {name for name in voices if fewest[name] < limit}
    next_ones = sorted(set(voices) - joined, key=lambda name: (fewest[name], name))
    while not _enough(columns, joined, limit) or not _enough(columns, joined - set(named), limit):
        hiding = [name for name in next_ones if name not in named or _enough(columns, joined - set(named), limit)]
        if not hiding:
            break
        joined.add(hiding[0])
        next_ones.remove(hiding[0])
    return joined


def _enough(columns: Columns, joined: Collection[str], limit: int) -> bool:
    """In every figure they gave enough answers together, or said nothing in it."""
    heard = [[column[name].n for name in joined if name in column] for column in columns]
    return all(not answers or sum(answers) >= limit for answers in heard)


def _harmless(columns: Columns, joined: Collection[str], limit: int) -> bool:
    """All together may be shown: enough of them answered, or none did and enough said that they do not know."""
    for column in columns:
        n = sum(column[name].n for name in joined if name in column)
        said = sum(column[name].said for name in joined if name in column)
        if 0 < n < limit or 0 < said < limit:
            return False
    return True
