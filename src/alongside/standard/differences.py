"""What changed between two editions: added, removed, renamed, reworded, re-scaled, and weighed anew.

Both items and criteria are compared. A renamed one (the newer edition lists its successor) is never also added and
removed; "weighed anew" is a new force, stage or cell.
"""

from __future__ import annotations

from dataclasses import dataclass

from alongside.standard.asking import Criterion
from alongside.standard.edition import Edition
from alongside.standard.items import Advice, AnyItem, Task


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids of items and criteria, in the order of the edition they stand in; `renamed` maps old to new."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: dict[str, str]
    reworded: tuple[str, ...]
    rescaled: tuple[str, ...]
    weighed_anew: tuple[str, ...]

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.renamed, self.reworded, self.rescaled, self.weighed_anew))


def differences(old: Edition, new: Edition) -> Differences:
    """From `old` to `new`; words are compared in the new edition's source language."""
    before, after = _everything(old), _everything(new)
    renamed = {one: other for one, other in new.successors.items() if one in before and one not in after}
    came_from = {other: one for one, other in renamed.items()}
    kept = [(came_from.get(id_, id_), id_) for id_ in after if came_from.get(id_, id_) in before]
    return Differences(
        added=tuple(id_ for id_ in after if id_ not in before and id_ not in came_from),
        removed=tuple(id_ for id_ in before if id_ not in after and id_ not in renamed),
        renamed=renamed,
        reworded=tuple(b for a, b in kept if _words(old, a, new.language) != _words(new, b, new.language)),
        rescaled=tuple(b for a, b in kept if _scale(old, before[a]) != _scale(new, after[b])),
        weighed_anew=tuple(b for a, b in kept if _weight(before[a]) != _weight(after[b])),
    )


def _everything(edition: Edition) -> dict[str, AnyItem | Criterion]:
    return {**edition.items, **edition.criteria}


def _words(edition: Edition, id_: str, language: str) -> str:
    texts = edition.words(language)
    found = texts.items.get(id_) or texts.criteria.get(id_)
    return found.fingerprint if found else ""


def _scale(edition: Edition, thing: AnyItem | Criterion) -> object:
    return edition.scales[thing.scale] if isinstance(thing, Criterion) else None


def _weight(thing: AnyItem | Criterion) -> object:
    if isinstance(thing, Advice):
        return (thing.force, thing.stage, thing.aspects)
    if isinstance(thing, Task):
        return thing.cells
    return thing.aspects if not isinstance(thing, Criterion) else thing.aspect
