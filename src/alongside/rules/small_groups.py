"""Which groups may be shown, so that nobody can be picked out (decisions: "Rounds").

A group is shown when at least `limit` people answered. A smaller one joins "others"; while that is still too small the
next smallest joins it; and when nothing is left beside it there is only the total.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

LIMIT = 5


@dataclass(frozen=True, slots=True)
class Partition:
    """Groups shown by name, groups shown together as "others", and whether the total may be shown."""

    shown: tuple[str, ...]
    others: tuple[str, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What a group said in one figure: how many answered on the scale, and how many said anything at all."""

    n: int
    said: int


def partition(
    columns: Sequence[Mapping[str, Heard]], *, limit: int = LIMIT, official: Collection[str] = ()
) -> Partition:
    """One way to show groups in all these figures at once.

    `columns`: for each figure what every group said in it; groups that said nothing at all are left out. `official`
    groups answer jointly under the name of their office: they are always shown, and hide nobody. In no figure a group,
    the others, or all together are shown with fewer answers than `limit`, unless nobody said anything.
    """
    names = list(dict.fromkeys(name for column in columns for name in column))
    spoken = tuple(name for name in names if name in official)
    voices = [name for name in names if name not in official]
    fewest = {name: min(column[name].n for column in columns if name in column) for name in voices}
    joined = {name for name in voices if fewest[name] < limit}
    for name in sorted(set(voices) - joined, key=lambda name: (fewest[name], name)):
        if not joined or all(_enough(column, joined, limit) for column in columns):
            break
        joined.add(name)
    left = tuple(name for name in voices if name not in joined)
    if not left:  # everyone joined: the total is theirs, and so is what remains of it beside the official groups
        return Partition(spoken, (), total=all(_harmless(column, joined, limit) for column in columns))
    return Partition((*spoken, *left), tuple(name for name in voices if name in joined), total=True)


def _enough(column: Mapping[str, Heard], joined: Collection[str], limit: int) -> bool:
    """Together they gave enough answers in this figure, or said nothing in it."""
    heard = [column[name] for name in joined if name in column]
    return not heard or sum(one.n for one in heard) >= limit


def _harmless(column: Mapping[str, Heard], joined: Collection[str], limit: int) -> bool:
    """All together may be shown: enough of them answered, or none did and enough said that they do not know."""
    n = sum(column[name].n for name in joined if name in column)
    said = sum(column[name].said for name in joined if name in column)
    return (n >= limit or n == 0) and (said >= limit or said == 0)
