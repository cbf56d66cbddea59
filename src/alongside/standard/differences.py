"""What changed between two editions: added, removed, renamed, reworded, re-scaled, weighed anew, relinked.

Items are compared, what can be asked about them (criteria, scales, perspectives, instruments) and what can be done
(templates of steps). A renamed one (the newer edition lists its successor) is never also added and removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alongside.standard.asking import Criterion, Instrument, Perspective, Scale
from alongside.standard.edition import Edition
from alongside.standard.items import AnyItem
from alongside.standard.steps import StepTemplate
from alongside.standard.texts import Text

Thing = AnyItem | Criterion | StepTemplate | Scale | Perspective | Instrument

WEIGHT = (
    "force", "stage", "stages", "aspects", "aspect", "extra", "cells", "eqf", "own", "regime", "since", "limit",
    "hours", "euros", "weeks", "yearly",
)  # fmt: skip
"""Fields that say how much something counts, and for whom."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Ids in the order of the edition they stand in; `renamed` maps old to new.

    `rescaled`: other answers are possible. `weighed_anew`: another force, stage, cell, regime or estimate. `relinked`:
    anything else, such as another source, parent, role, or another item that a question is about.
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: dict[str, str]
    reworded: tuple[str, ...]
    rescaled: tuple[str, ...]
    weighed_anew: tuple[str, ...]
    relinked: tuple[str, ...]

    def __bool__(self) -> bool:
        changes = (self.added, self.removed, self.reworded, self.rescaled, self.weighed_anew, self.relinked)
        return bool(self.renamed) or any(changes)


def differences(old: Edition, new: Edition) -> Differences:
    """From `old` to `new`; words are compared in the new edition's source language."""
    before, after = _everything(old), _everything(new)
    renamed = {one: other for one, other in new.successors.items() if one in before and one not in after}
    came_from = {other: one for one, other in renamed.items() if other not in before}
    kept = [(came_from.get(id_, id_), id_) for id_ in after if came_from.get(id_, id_) in before]
    return Differences(
        added=tuple(id_ for id_ in after if id_ not in before and id_ not in came_from),
        removed=tuple(id_ for id_ in before if id_ not in after and id_ not in renamed),
        renamed=renamed,
        reworded=tuple(b for a, b in kept if _words(old, a, new.language) != _words(new, b, new.language)),
        rescaled=tuple(b for a, b in kept if _scale(old, before[a]) != _scale(new, after[b])),
        weighed_anew=tuple(b for a, b in kept if _weight(before[a]) != _weight(after[b])),
        relinked=tuple(b for a, b in kept if _links(before[a], renamed) != _links(after[b], {})),
    )


def _everything(edition: Edition) -> dict[str, Thing]:
    """Every thing by id; what is used to ask with its kind in front, as in ``scale progress``."""
    asking: dict[str, Thing] = {
        f"{kind} {id_}": thing
        for kind, things in (
            ("scale", edition.scales),
            ("perspective", edition.perspectives),
            ("instrument", edition.instruments),
        )
        for id_, thing in things.items()
    }
    return {**edition.items, **edition.criteria, **edition.steps, **asking}


def _words(edition: Edition, id_: str, language: str) -> str:
    texts = edition.words(language)
    kind, _, rest = id_.rpartition(" ")
    sections: dict[str, Mapping[str, Text]] = {
        "scale": texts.scales,
        "perspective": texts.perspectives,
        "instrument": texts.instruments,
    }
    plain = texts.items.get(id_) or texts.criteria.get(id_) or texts.steps.get(id_)
    found = sections[kind].get(rest) if kind else plain
    return found.fingerprint if found else ""


def _scale(edition: Edition, thing: Thing) -> object:
    if isinstance(thing, Criterion):
        return _scale(edition, edition.scales[thing.scale])
    return (thing.answers, thing.ordered, thing.standing, thing.ready) if isinstance(thing, Scale) else None


def _weight(thing: Thing) -> object:
    return {field: getattr(thing, field, None) for field in WEIGHT}


def _links(thing: Thing, renamed: dict[str, str]) -> object:
    """All other fields; a name that only changed to its successor is no change."""
    fields = thing.model_dump(mode="json", exclude={"id", *WEIGHT})
    if isinstance(thing, Scale):
        return None
    return _renamed(fields, renamed)


def _renamed(value: object, renamed: dict[str, str]) -> object:
    if isinstance(value, dict):
        return {key: _renamed(one, renamed) for key, one in value.items()}
    if isinstance(value, list):
        return [_renamed(one, renamed) for one in value]
    return renamed.get(value, value) if isinstance(value, str) else value
