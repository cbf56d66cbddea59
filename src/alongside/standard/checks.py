"""What a pack must keep to beyond the shape of its files: every id leads somewhere, every item has its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from alongside.standard.asking import Criterion
from alongside.standard.bad_input import BadInput, Problem
from alongside.standard.edition import Edition
from alongside.standard.items import Advice, Confidence, Item, Task
from alongside.standard.kit_checks import kit_findings

ASKED = ("recommendation", "attention-point", "final-recommendation")
"""Kinds of which each item has at least one question in the readiness instrument, and a template of what to do."""


class Where(Protocol):
    """Finds the place of an id (and of a field in it) in the files and makes a problem of a message."""

    def __call__(self, key: str, *path: str | int, message: str = "") -> Problem: ...


def check(edition: Edition, where: Where, known: Mapping[str, Collection[str]] | None = None) -> None:
    """Raises `BadInput` with every place where the pack contradicts itself.

    `known` has the names of the rules and indicators that rooms have, for each kind that exists.
    """
    problems = [
        where(key, *path, message=message)
        for findings in (
            _items(edition),
            _words(edition),
            _scales(edition),
            _criteria(edition),
            _instruments(edition),
            _asked(edition),
            _steps(edition),
            kit_findings(edition),
            _names(edition, {"steps": edition.steps, **(known or {})}),
        )
        for key, path, message in findings
    ]
    if problems:
        raise BadInput(*problems)


Finding = tuple[str, tuple[str | int, ...], str]


def _items(edition: Edition) -> Iterator[Finding]:
    for item in edition.items.values():
        yield from _links(edition, item)
        for source in item.source:
            if source.document not in edition.documents:
                known = ", ".join(edition.documents)
                yield item.id, ("source",), f"the document “{source.document}” is not in pack.yaml ({known})"
        if isinstance(item, Task):
            yield from _cells(item)
    there = edition.items.keys() | edition.criteria.keys() | edition.steps.keys()
    for old, new in edition.successors.items():
        if new not in there:
            yield "", (), f"pack.yaml: “{old}” is renamed to “{new}”, which is not in the pack"
        if old in there:
            yield "", (), f"pack.yaml: “{old}” is renamed, and yet it is in the pack"


def _cells(task: Task) -> Iterator[Finding]:
    if set(task.cells) != {1, 2, 3}:
        yield task.id, ("cells",), "a task has a cell for each of the levels 1, 2 and 3"
    for level, cell in task.cells.items():
        if (cell.emphasis is None) != (cell.confidence is Confidence.UNKNOWN):
            yield task.id, ("cells", level), "a cell is unknown when it has no emphasis, and only then"


def _links(edition: Edition, item: Item) -> Iterator[Finding]:
    if item.parent is None and item.kind != "part":
        yield item.id, (), f"“{item.id}” needs a parent"
    elif item.parent is not None and item.parent not in edition.items:
        yield item.id, ("parent",), f"the parent “{item.parent}” is not in the pack"
    elif _circles(edition, item):
        yield item.id, ("parent",), f"“{item.id}” stands under itself"
    for field, kind in (("references", "reference"), ("roles", "role"), ("related", "")):
        for index, target in enumerate(getattr(item, field)):
            found = edition.items.get(target)
            if found is None or (kind and found.kind != kind):
                yield item.id, (field, index), f"“{target}” is not {f'a {kind}' if kind else 'an item'} of the pack"


def _names(edition: Edition, known: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    """Names of steps, rules or indicators that items use and nothing has."""
    for item in edition.items.values():
        for field, names in known.items():
            for index, name in enumerate(getattr(item, field, ())):
                if name not in names:
                    yield item.id, (field, index), f"“{name}” is none of the {field} there are"


def _circles(edition: Edition, item: Item) -> bool:
    seen, above = {item.id}, item.parent
    while above in edition.items and above not in seen:
        seen.add(above)
        above = edition.items[above].parent
    return above in seen


def _words(edition: Edition) -> Iterator[Finding]:
    texts = edition.words()
    structure: dict[str, Mapping[str, object]] = {
        "items": edition.items, "criteria": edition.criteria, "scales": edition.scales,
        "perspectives": edition.perspectives, "instruments": edition.instruments, "steps": edition.steps,
    }  # fmt: skip
    for section, things in structure.items():
        words = getattr(texts, section)
        for key in things:
            if key not in words:
                yield key, (), f"“{key}” has no text in the language “{edition.language}”"
        for language, others in edition.texts.items():
            for key in getattr(others, section).keys() - things.keys():
                yield "", (), f"{language}.yaml has a text for “{key}”, which is not in the pack"
    for item in edition.items.values():
        if item.id in texts.items and set(item.aspects) != set(texts.items[item.id].points):
            yield item.id, ("aspects",), "the aspects and the points of the text do not name the same things"


def _scales(edition: Edition) -> Iterator[Finding]:
    for scale in edition.scales.values():
        for point in (scale.standing, scale.ready):
            if point is not None and not 0 <= point < scale.answers:
                yield scale.id, (), f"{point} is no answer of the scale “{scale.id}” (0 is the first)"
        for language, texts in edition.texts.items():
            text = texts.scales.get(scale.id)
            if text is not None and len(text.answers) != scale.answers:
                yield scale.id, (), f"the text in “{language}” has {len(text.answers)} answers, not {scale.answers}"


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
            for place, question in enumerate(questions):
                if question in questions[:place]:
                    yield instrument.id, ("questions", stage), f"“{question}” is asked twice"
                if question not in edition.criteria:
                    yield instrument.id, ("questions", stage), f"the criterion “{question}” is not in the pack"


def _asked(edition: Edition) -> Iterator[Finding]:
    for item in edition.of_kind(*ASKED):
        if isinstance(item, Advice) and not edition.criteria_of(item.id):
            yield item.id, (), f"“{item.id}” has no question; add one to criteria.yaml"
        if isinstance(item, Advice) and not edition.steps_of(item.id):
            yield item.id, (), f"nothing says what one can do about “{item.id}”; add a template to steps.yaml"


def _steps(edition: Edition) -> Iterator[Finding]:
    for step in edition.steps.values():
        if not isinstance(edition.items.get(step.item), Advice):
            yield step.id, ("item",), f"“{step.item}” is nothing the pack recommends"
        for index, before in enumerate(step.after):
            if before not in edition.steps:
                yield step.id, ("after", index), f"the template “{before}” is not in the pack"
        if _waits_for_itself(edition, step.id):
            yield step.id, ("after",), f"“{step.id}” waits for itself"


def _waits_for_itself(edition: Edition, step: str) -> bool:
    ahead, seen = list(edition.steps[step].after), set[str]()
    while ahead:
        one = ahead.pop()
        if one in edition.steps and one not in seen:
            seen.add(one)
            ahead.extend(edition.steps[one].after)
    return step in seen
