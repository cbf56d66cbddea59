"""An edition: the whole of a pack at one version, as one frozen value.

Everything that shows, asks or counts items takes an `Edition`. It can be written as JSON and read back, so that an old
result is shown by the edition it was made with (`Edition.model_dump_json`, `Edition.model_validate_json`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TypeVar

from alongside.standard.asking import Criterion, Instrument, Perspective, Scale
from alongside.standard.items import Advice, AnyItem, Cell, Force, Frozen, Item, Mapped, ReadOnly, Task
from alongside.standard.kit import Sheet, WelcomeStep
from alongside.standard.steps import StepTemplate
from alongside.standard.texts import Texts

Grouped = TypeVar("Grouped")

LATER = ("steps", "kit", "welcome")
"""What editions did not have from the beginning."""


class Document(Frozen):
    """One of the source documents."""

    title: str
    project: str
    licence: str


class Edition(Frozen):
    """Items in reading order, what can be asked about them, what can be done about them, and their words.

    `texts` has the source language whole and of other languages what is fresh. `overlays` names what an organisation
    laid over the pack, `laid_over` which item each overlay touched.
    """

    pack: str
    version: str
    language: str
    documents: Mapped[str, Document]
    items: Mapped[str, AnyItem]
    criteria: Mapped[str, Criterion]
    scales: Mapped[str, Scale]
    perspectives: Mapped[str, Perspective]
    instruments: Mapped[str, Instrument]
    texts: Mapped[str, Texts]
    steps: Mapped[str, StepTemplate] = ReadOnly()
    kit: Mapped[str, Sheet] = ReadOnly()
    welcome: Mapped[str, WelcomeStep] = ReadOnly()
    successors: Mapped[str, str] = ReadOnly()
    overlays: tuple[str, ...] = ()
    laid_over: Mapped[str, str] = ReadOnly()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all but the translations: the same standard has the same digest in every language.

        An edition from before there were templates or a welcome kit keeps the digest it had.
        """
        source = self.revised(texts={self.language: self.texts[self.language]})
        words = source.words()
        left_out: dict[str, Any] = {name: True for name in LATER if not getattr(source, name)}
        left_out["texts"] = {"__all__": {name for name in LATER if not getattr(words, name, True)}}
        return hashlib.sha256(source.model_dump_json(exclude=left_out).encode()).hexdigest()

    def revised(self, **changes: Any) -> Edition:
        """A copy with some fields changed. (`model_copy` would carry over what was worked out for the old ones.)"""
        return Edition.model_validate({name: getattr(self, name) for name in Edition.model_fields} | changes)

    def qualified(self, item: str) -> str:
        """An item's id with the name space of its pack, for use outside it."""
        return f"{self.pack}:{item}"

    def words(self, language: str | None = None) -> Texts:
        """Texts in `language`, and in the source language where it has none."""
        source = self.texts[self.language]
        return self._words.get(language or self.language, source)

    def translated(self, language: str, section: str, key: str) -> bool:
        """Whether `language` itself has a fresh text for it."""
        return language in self.texts and key in getattr(self.texts[language], section)

    def children(self, parent: str | None) -> tuple[Item, ...]:
        """The items directly under `parent`, in reading order; the parts for None."""
        return self._children.get(parent, ())

    def under(self, ancestor: str) -> Iterator[Item]:
        """Every item below `ancestor`, in reading order."""
        for child in self.children(ancestor):
            yield child
            yield from self.under(child.id)

    def trail(self, item: str) -> tuple[Item, ...]:
        """From the part down to the item itself."""
        found = self.items[item]
        return (*(self.trail(found.parent) if found.parent else ()), found)

    def of_kind(self, *kinds: str) -> tuple[Item, ...]:
        """All items of these kinds, in reading order."""
        return tuple(item for item in self.items.values() if item.kind in kinds)

    def criteria_of(self, item: str) -> tuple[Criterion, ...]:
        """The questions about an item."""
        return self._criteria_of.get(item, ())

    def steps_of(self, item: str) -> tuple[StepTemplate, ...]:
        """The templates of what one can do about an item, its own first."""
        return self._steps_of.get(item, ())

    def force_of(self, criterion: str) -> Force:
        """How firmly the source speaks for what a criterion asks: its aspect's force, else its item's."""
        asked = self.criteria[criterion]
        item = self.items[asked.item]
        if asked.aspect:
            return item.aspects[asked.aspect]
        return item.force if isinstance(item, Advice) else Force.PREFER

    def pointing_at(self, item: str) -> tuple[Item, ...]:
        """Items that name this one as related, as a role or as a reference."""
        return self._pointing_at.get(item, ())

    def cell(self, task: str, level: int) -> Cell:
        """The emphasis of a task at a level. Raises KeyError for anything but a task."""
        found = self.items[task]
        if not isinstance(found, Task):
            raise KeyError(task)
        return found.cells[level]

    @cached_property
    def _words(self) -> dict[str, Texts]:
        source = self.texts[self.language]
        return {language: texts.over(source) for language, texts in self.texts.items()}

    @cached_property
    def _children(self) -> dict[str | None, tuple[Item, ...]]:
        return _grouped((item.parent, item) for item in self.items.values())

    @cached_property
    def _criteria_of(self) -> dict[str | None, tuple[Criterion, ...]]:
        return _grouped((criterion.item, criterion) for criterion in self.criteria.values())

    @cached_property
    def _steps_of(self) -> dict[str | None, tuple[StepTemplate, ...]]:
        own = ((step.item, step) for step in self.steps.values())
        items = (item for item in self.items.values() if isinstance(item, Advice))
        others = ((item.id, self.steps[id_]) for item in items for id_ in item.steps if id_ in self.steps)
        return _grouped((*own, *others))

    @cached_property
    def _pointing_at(self) -> dict[str | None, tuple[Item, ...]]:
        return _grouped(
            (target, item)
            for item in self.items.values()
            for target in dict.fromkeys((*item.related, *item.roles, *item.references))
        )


def _grouped(pairs: Iterable[tuple[str | None, Grouped]]) -> dict[str | None, tuple[Grouped, ...]]:
    groups: dict[str | None, list[Grouped]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
