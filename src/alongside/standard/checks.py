"""What a pack must keep to beyond the shape of its files: every id leads somewhere, every item has its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from alongside.standard.asking import Criterion
from alongside.standard.bad_input import BadInput, Problem
from alongside.standard.edition import Edition
from alongside.standard.items import Advice, Item, Task

ASKED = ("recommendation", "attention-point", "final-recommendation")
"""Kinds of which each item has at least one question in the readiness instrument."""


class Where(Protocol):
    """Finds the place of an id (and of a field in it) in the files and makes a problem of a message."""

    def __call__(self, key: str, *path: str | int, message: str = "") -> Problem: ...


def check(edition: Edition, where: Where) -> None:
    """Raises `BadInput` with every place where the pack contradicts itself."""
    problems = [
        where(key, *path, message=message)
        for findings in (_items(edition), _words(edition), _criteria(edition), _instruments(edition), _asked(edition))
        for key, path, message in findings
    ]
    if problems:
        raise BadInput(*problems)


def unknown_names(edition: Edition, **known: Collection[str]) -> list[str]:
    """Names of steps, rules or indicators that items use and nothing has: ``unknown_names(edition, rules={…})``.

    Only the kinds that are handed in are checked: the others have no room yet.
    """
    used: Mapping[str, Iterator[tuple[str, str]]] = {
        field: ((item.id, name) for item in edition.items.values() for name in getattr(item, field, ()))
        for field in known
    }
    return [
        f"{item} names “{name}”, which is none of the {field}"
        for field, names in used.items()
        for item, name in names
        if name not in known[field]
    ]


Finding = tuple[str, tuple[str | int, ...], str]


def _items(edition: Edition) -> Iterator[Finding]:
    for item in edition.items.values():
        yield from _links(edition, item)
        for source in item.source:
            if source.document not in edition.documents:
                known = ", ".join(edition.documents)
                yield item.id, ("source",), f"the document “{source.document}” is not in pack.yaml ({known})"
        if isinstance(item, Task) and set(item.cells) != {1, 2, 3}:
            yield item.id, ("cells",), "a task has a cell for each of the levels 1, 2 and 3"
    for old, new in edition.successors.items():
        if new not in edition.items and new not in edition.criteria:
            yield "", (), f"pack.yaml: “{old}” is renamed to “{new}”, which is not in the pack"


def _links(edition: Edition, item: Item) -> Iterator[Finding]:
    if item.parent is None and item.kind != "part":
        yield item.id, (), f"“{item.id}” needs a parent"
    elif item.parent is not None and item.parent not in edition.items:
        yield item.id, ("parent",), f"the parent “{item.parent}” is not in the pack"
    for field, kind in (("references", "reference"), ("roles", "role"), ("related", "")):
        for index, target in enumerate(getattr(item, field)):
            found = edition.items.get(target)
            if found is None or (kind and found.kind != kind):
                yield item.id, (field, index), f"“{target}” is not {f'a {kind}' if kind else 'an item'} of the pack"


def _words(edition: Edition) -> Iterator[Finding]:
    texts = edition.words()
    structure: dict[str, Mapping[str, object]] = {
        "items": edition.items, "criteria": edition.criteria, "scales": edition.scales,
        "perspectives": edition.perspectives, "instruments": edition.instruments,
    }  # fmt: skip
    for section, things in structure.items():
        words = getattr(texts, section)
        for key in things:
            if key not in words:
                yield key, (), f"“{key}” has no text in the language “{edition.language}”"
        for key in words:
            if key not in things:
                yield "", (), f"{edition.language}.yaml has a text for “{key}”, which is not in the pack"
    for item in edition.items.values():
        if item.id in texts.items and set(item.aspects) != set(texts.items[item.id].points):
            yield item.id, ("aspects",), "the aspects and the points of the text do not name the same things"


def _criteria(edition: Edition) -> Iterator[Finding]:
    for criterion in edition.criteria.values():
        item = edition.items.get(criterion.item)
        if item is None:
            yield criterion.id, ("item",), f"the item “{criterion.item}” is not in the pack"
        elif criterion.aspect and criterion.aspect not in item.aspects:
            yield criterion.id, ("aspect",), f"“{criterion.item}” has no aspect “{criterion.aspect}”"
        for index, perspective in enumerate(criterion.known_by):
            if perspective not in edition.perspectives:
                yield criterion.id, ("known_by", index), f"the perspective “{perspective}” is not in asking.yaml"
        yield from _answers(edition, criterion)


def _answers(edition: Edition, criterion: Criterion) -> Iterator[Finding]:
    scale = edition.scales.get(criterion.scale)
    if scale is None:
        yield criterion.id, ("scale",), f"the scale “{criterion.scale}” is not in asking.yaml"
        return
    for language, texts in edition.texts.items():
        wanted = scale.answers if scale.described else 0
        text = texts.criteria.get(criterion.id)
        if text is not None and len(text.steps) != wanted:
            yield criterion.id, (), f"the text in “{language}” has {len(text.steps)} steps; the scale has {wanted}"


def _instruments(edition: Edition) -> Iterator[Finding]:
    for instrument in edition.instruments.values():
        for part in (*instrument.parts, *instrument.modules):
            if part not in edition.items:
                yield instrument.id, (), f"the part “{part}” is not in the pack"
        for stage, questions in instrument.questions.items():
            if len(questions) > instrument.limit:
                yield instrument.id, ("questions", stage), f"has {len(questions)} questions; {instrument.limit} at most"
            for question in questions:
                if question not in edition.criteria:
                    yield instrument.id, ("questions", stage), f"the criterion “{question}” is not in the pack"


def _asked(edition: Edition) -> Iterator[Finding]:
    for item in edition.of_kind(*ASKED):
        if isinstance(item, Advice) and not edition.criteria_of(item.id):
            yield item.id, (), f"“{item.id}” has no question; add one to criteria.yaml"
