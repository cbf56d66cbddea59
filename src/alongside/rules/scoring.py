"""From answers to figures: for each criterion, item and part, over all and by group.

Pure: answers in, figures out. An item's figure takes one answer of each person: the middle of what they said about its
questions (of two, the lower). Where the questions of an item are asked on different scales, the item is counted as
speaking against it, between, or for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from alongside.rules.small_groups import LIMIT, Partition, partition
from alongside.rules.tallies import Answer, Tally, distance, suppressed, tally
from alongside.standard.asking import DONT_KNOW, NOT_APPLICABLE

OTHERS = "(others)"
HALVES = ("speaks against it", "between", "speaks for it")
"""The answers of an item whose questions have different scales."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What scoring has to know of a question: the item and part it belongs to and its answers, lowest first."""

    id: str
    item: str
    scale: str
    labels: tuple[str, ...]
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers in columns: for each question one value for each person, all in the same order.

    `groups` names each person's group; `official` those groups that answer jointly, under the name of their office.
    """

    questions: tuple[Asked, ...]
    columns: Mapping[str, Sequence[Answer]]
    rows: int
    groups: Sequence[str] | None = None
    official: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Figures:
    """The tally over all, by group, and by "others" with the names of the groups that joined it."""

    labels: tuple[str, ...]
    total: Tally
    by: Mapping[str, Tally] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def apart(self) -> tuple[float, str, str] | None:
        """The two shown groups that lie farthest apart, and how far; None with fewer than two."""
        names = [name for name, found in self.by.items() if name != OTHERS and found.n]
        pairs = [(distance(self.by[a], self.by[b]), a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
        return max(((d, a, b) for d, a, b in pairs if d is not None), default=None)


@dataclass(frozen=True, slots=True)
class ItemFigures:
    """An item's own figures and those of its questions."""

    figures: Figures
    criteria: Mapping[str, Figures]


def score(answers: Answers, *, limit: int = LIMIT) -> dict[str, ItemFigures]:
    """Figures of every item that was asked about, in the order of the questions."""
    by_item: dict[str, list[Asked]] = {}
    for question in answers.questions:
        by_item.setdefault(question.item, []).append(question)
    return {item: _score_item(answers, questions, limit) for item, questions in by_item.items()}


def gather(answers: Answers, items: Iterable[str], *, limit: int = LIMIT) -> Figures:
    """The figures of several items together, as of a part: each person counts once, by the middle of what they said."""
    wanted = set(items)
    return _together(answers, [question for question in answers.questions if question.item in wanted], limit)


def _score_item(answers: Answers, questions: list[Asked], limit: int) -> ItemFigures:
    criteria = {
        question.id: figures_of(answers, answers.columns[question.id], question.labels, question.ordered, limit)
        for question in questions
    }
    return ItemFigures(_together(answers, questions, limit), criteria)


def _together(answers: Answers, questions: list[Asked], limit: int) -> Figures:
    """One answer for each person out of several questions; those without an order do not enter."""
    ordered = [question for question in questions if question.ordered]
    if not ordered:  # nothing can be ranked: the first question speaks for the item
        only = questions[0]
        return figures_of(answers, answers.columns[only.id], only.labels, False, limit)
    columns = [answers.columns[question.id] for question in ordered]
    if len({question.scale for question in ordered}) == 1:
        middles = columns[0] if len(columns) == 1 else _middles(columns)
        return figures_of(answers, middles, ordered[0].labels, True, limit)
    halves = [_halved(column, len(question.labels)) for column, question in zip(columns, ordered, strict=True)]
    return figures_of(answers, _middles(halves), HALVES, True, limit)


def _halved(column: Sequence[Answer], positions: int) -> list[Answer]:
    """Below the middle of its scale, on it, or above."""
    middle = (positions - 1) / 2
    half = {step: (step > middle) - (step < middle) + 1 for step in range(positions)}
    return [half[value] if isinstance(value, int) else value for value in column]


def _middles(columns: Sequence[Sequence[Answer]]) -> list[Answer]:
    known: dict[tuple[Answer, ...], Answer] = {}
    result = []
    for person in zip(*columns, strict=True):
        if person not in known:
            known[person] = _middle(person)
        result.append(known[person])
    return result


def _middle(person: tuple[Answer, ...]) -> Answer:
    """The lower middle of what someone said; not knowing and not applying count only where nothing else was said."""
    steps = [value for value in person if isinstance(value, int)]
    if steps:
        return median_low(steps)
    return next((apart for apart in (DONT_KNOW, NOT_APPLICABLE) if apart in person), None)


def figures_of(
    answers: Answers, column: Sequence[Answer], labels: tuple[str, ...], ordered: bool, limit: int
) -> Figures:
    """Figures of one column, over all and by group, with small groups joined or withheld."""
    positions = len(labels)
    if answers.groups is None:
        whole = tally(column, positions=positions, ordered=ordered)
        few = 0 < (whole.n or 0) < limit
        return Figures(labels, suppressed(ordered=ordered) if few else whole)
    by_group: dict[str, list[Answer]] = {}
    for group, value in zip(answers.groups, column, strict=True):
        by_group.setdefault(group, []).append(value)
    tallies = {name: tally(values, positions=positions, ordered=ordered) for name, values in by_group.items()}
    sizes = {name: found.n or 0 for name, found in tallies.items() if found.said}
    split = partition(sizes, limit=limit, official=answers.official)
    total = tally(column, positions=positions, ordered=ordered) if split.total else suppressed(ordered=ordered)
    return Figures(labels, total, _by(tallies, by_group, split, positions, ordered), split.others)


def _by(
    tallies: Mapping[str, Tally], values: Mapping[str, list[Answer]], split: Partition, positions: int, ordered: bool
) -> dict[str, Tally]:
    shown = {name: found if name in split.shown else suppressed(ordered=ordered) for name, found in tallies.items()}
    if split.others:
        together = [value for name in split.others for value in values[name]]
        shown[OTHERS] = tally(together, positions=positions, ordered=ordered)
    return shown
