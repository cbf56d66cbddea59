"""From answers to figures: for each criterion, item and part, over all and by group.

Pure: answers in, figures out. An item's figure takes one answer of each person: the middle of what they said about its
questions (of two, the lower). Where the questions of an item are asked on different scales, the item is counted as
speaking against it, between, or for it.

What is published together about the same people is shown by one partition: an item and its questions, a part and all
its questions. Otherwise a group could be worked out from a figure in which it is shown and one in which it is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median_low

from alongside.rules.small_groups import LIMIT, Heard, Partition, partition
from alongside.rules.tallies import Answer, Tally, suppressed, tally, widest
from alongside.standard.asking import DONT_KNOW, NOT_APPLICABLE

OTHERS, EVERYBODY = "(others)", "(everybody)"
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
        return widest({name: found for name, found in self.by.items() if name != OTHERS})


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


def gather(answers: Answers, items: Iterable[str], *, limit: int = LIMIT) -> Figures | None:
    """The figures of several items together, as of a part: each person counts once, by the middle of what they said.

    None when nothing was asked about any of them.
    """
    wanted = set(items)
    questions = [question for question in answers.questions if question.item in wanted]
    if not questions:
        return None
    together = _together(answers, questions)
    return figures_of(answers, together, _shared_partition(answers, questions, together, limit))


def _score_item(answers: Answers, questions: list[Asked], limit: int) -> ItemFigures:
    together = _together(answers, questions)
    split = _shared_partition(answers, questions, together, limit)
    criteria = {question.id: figures_of(answers, Column.of(answers, question), split) for question in questions}
    return ItemFigures(figures_of(answers, together, split), criteria)


@dataclass(frozen=True, slots=True)
class Column:
    """One answer for each person, and the scale it is on."""

    values: Sequence[Answer]
    labels: tuple[str, ...]
    ordered: bool

    @classmethod
    def of(cls, answers: Answers, question: Asked) -> Column:
        """The column of one question."""
        return cls(answers.columns[question.id], question.labels, question.ordered)


def _together(answers: Answers, questions: list[Asked]) -> Column:
    """One answer for each person out of several questions; those without an order do not enter."""
    ordered = [question for question in questions if question.ordered]
    if not ordered:  # nothing can be ranked: the first question speaks for the item
        return Column.of(answers, questions[0])
    columns = [answers.columns[question.id] for question in ordered]
    if len({question.scale for question in ordered}) == 1:
        middles = columns[0] if len(columns) == 1 else _middles(columns)
        return Column(middles, ordered[0].labels, True)
    halves = [_halved(column, len(question.labels)) for column, question in zip(columns, ordered, strict=True)]
    return Column(_middles(halves), HALVES, True)


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


def _shared_partition(answers: Answers, questions: Sequence[Asked], together: Column, limit: int) -> Partition:
    """One partition for all these figures."""
    columns = [together, *(Column.of(answers, question) for question in questions)]
    heard = [heard_in(answers, column.values) for column in columns]
    return partition(heard, limit=limit, official=answers.official)


def heard_in(answers: Answers, column: Sequence[Answer]) -> dict[str, Heard]:
    """What each group said in a column; groups in which nobody said anything are left out."""
    n: dict[str, int] = {}
    said: dict[str, int] = {}
    groups = answers.groups if answers.groups is not None else [EVERYBODY] * len(column)
    for group, value in zip(groups, column, strict=True):
        if value is not None:
            said[group] = said.get(group, 0) + 1
            n[group] = n.get(group, 0) + isinstance(value, int)
    return {group: Heard(n[group], said[group]) for group in said}


def figures_of(answers: Answers, column: Column, split: Partition) -> Figures:
    """Figures of one column, over all and by group, as `split` allows."""
    positions, ordered = len(column.labels), column.ordered
    whole = tally(column.values, positions=positions, ordered=ordered) if split.total else suppressed(ordered=ordered)
    if answers.groups is None:
        return Figures(column.labels, whole)
    values: dict[str, list[Answer]] = {}
    for group, value in zip(answers.groups, column.values, strict=True):
        values.setdefault(group, []).append(value)
    by = {
        name: tally(said, positions=positions, ordered=ordered) if name in split.shown else suppressed(ordered=ordered)
        for name, said in values.items()
    }
    if split.others:
        joined = [value for name in split.others for value in values[name]]
        by[OTHERS] = tally(joined, positions=positions, ordered=ordered)
    return Figures(column.labels, whole, by, split.others)
