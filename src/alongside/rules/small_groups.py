"""Which groups may be shown, so that nobody can be picked out (decisions: "Rounds").

A group is shown when at least `limit` people answered. A smaller one joins "others"; while that is still too small the
next smallest joins it; and when nothing is left beside it there is only the total.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

LIMIT = 5


@dataclass(frozen=True, slots=True)
class Partition:
    """Groups shown by name, groups shown together as "others", and whether the total may be shown."""

    shown: tuple[str, ...]
    others: tuple[str, ...]
    total: bool


def partition(sizes: Mapping[str, int], *, limit: int = LIMIT, official: Collection[str] = ()) -> Partition:
    """How to show groups of these sizes (people who answered on the scale, by group).

    `official` groups answer jointly under the name of their office: they are always shown, and hide nobody. Leave out
    groups in which nobody said anything at all.
    """
    spoken = tuple(name for name in sizes if name in official)
    voices = {name: size for name, size in sizes.items() if name not in official}
    joined = {name for name, size in voices.items() if size < limit}
    for name in sorted(voices.keys() - joined, key=lambda name: (voices[name], name)):
        if not joined or sum(voices[one] for one in joined) >= limit:
            break
        joined.add(name)
    together = sum(voices[name] for name in joined)
    left = tuple(name for name in voices if name not in joined)
    if not left:  # everyone joined: the total is theirs, and so is what remains of it beside the official groups
        return Partition(spoken, (), total=not 0 < together < limit)
    return Partition((*spoken, *left), tuple(name for name in voices if name in joined), total=True)
