"""A question as one edition puts it, and what changed in a sentence, word by word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from alongside.standard.edition import Edition

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """The words of a question. `steps`: what one would see, lowest first; `labels`: what these steps are called.

    `item` is what it speaks for, `title` and `text` the words of that item, `point` those of the aspect in question.
    """

    question: str
    steps: tuple[str, ...]
    labels: tuple[str, ...]
    item: str
    title: str
    text: str
    point: str

    @property
    def asked(self) -> tuple[str, ...]:
        """What people read when they answer, and what their answers are shown by."""
        return (self.question, *self.steps, *self.labels)

    @property
    def about(self) -> tuple[str, ...]:
        """What the question speaks for."""
        return (self.title, self.text, self.point)


class Piece(NamedTuple):
    """Some words of a text. `changed`: the other text has not got them here."""

    text: str
    changed: bool


def question_words(edition: Edition, criterion: str, language: str | None = None) -> QuestionWords:
    """The words of a criterion in `language`, or in the source language where it has none."""
    asked, words = edition.criteria[criterion], edition.words(language)
    item, labels = words.items[asked.item], words.scales[asked.scale].answers
    return QuestionWords(
        question=words.criteria[criterion].question,
        steps=words.criteria[criterion].steps or labels,
        labels=labels,
        item=asked.item,
        title=item.title,
        text=item.text,
        point=item.points.get(asked.aspect, "") if asked.aspect else " ".join(item.points.values()),
    )


def marked(then: str, now: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts cut into pieces, so that what only one of them has can be marked; joined they are the texts again.

    Where less than half of the words stayed nothing is marked: whoever compares them reads both.
    """
    one, other = _WORDS.findall(then), _WORDS.findall(now)
    found = SequenceMatcher(None, one, other, autojunk=False)
    if then == now or found.ratio() < 0.5:
        return (Piece(then, False),), (Piece(now, False),)
    before: list[Piece] = []
    after: list[Piece] = []
    for what, a, b, c, d in found.get_opcodes():
        changed = what != "equal" or not any(word.isalnum() for word in one[a:b])  # a lone space is no common ground
        _add(before, one[a:b], changed)
        _add(after, other[c:d], changed)
    return tuple(before), tuple(after)


def _add(pieces: list[Piece], words: Sequence[str], changed: bool) -> None:
    if words and pieces and pieces[-1].changed is changed:
        pieces[-1] = Piece(pieces[-1].text + "".join(words), changed)
    elif words:
        pieces.append(Piece("".join(words), changed))
