"""How a round is read: by its own edition, or by a newer one that was laid over it. Pure.

What a round holds (answers, figures, agreements) stays under the ids it was asked by, and so do its pages. A move only
exchanges the edition that these ids are looked up in: for one that has the newer words under the older ids.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TypeVar

from alongside.rules.moving import Choice, leads_to
from alongside.rules.question_words import QuestionWords, question_words
from alongside.standard.asking import Criterion
from alongside.standard.edition import Edition
from alongside.standard.items import ReadOnly
from alongside.standard.texts import Texts

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Mapped:
    """`own`: the edition a round was asked by; `newest`: the one it was moved to, else `own` again.

    `edition` is what to read the round by: it has every question that was kept under the id it was asked by, and none
    that was set aside. `choices`: a choice for each question that was asked; empty for a round that was never moved.
    """

    own: Edition
    newest: Edition
    edition: Edition
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def moved(self) -> bool:
        """Whether a newer edition was laid over the round."""
        return bool(self.choices)

    def now(self, criterion: str) -> str | None:
        """What the newest edition calls a question of the round; None where it was set aside."""
        if not self.moved:
            return criterion
        kept = self.choices.get(criterion, Choice.ASIDE) != Choice.ASIDE
        return leads_to(criterion, self.newest, self.newest.successors) if kept else None

    @cached_property
    def to_confirm(self) -> frozenset[str]:
        """Kept, and waiting for someone to say that it still holds."""
        return frozenset(id_ for id_, choice in self.choices.items() if choice == Choice.CONFIRM)

    @cached_property
    def aside(self) -> tuple[str, ...]:
        """Asked then, and not read by the newest edition, in the order they were asked in."""
        return tuple(id_ for id_ in self.own.criteria if self.choices.get(id_) == Choice.ASIDE)

    def kept(self, by_criterion: Mapping[str, T]) -> dict[str, T]:
        """Without what was set aside."""
        return {id_: value for id_, value in by_criterion.items() if self.now(id_) is not None}

    def set_aside(self, by_criterion: Mapping[str, T]) -> dict[str, T]:
        """Only what was set aside."""
        return {id_: value for id_, value in by_criterion.items() if self.now(id_) is None}

    def standing(self, by_criterion: Mapping[str, T]) -> dict[str, T]:
        """What counts: neither set aside nor waiting to be confirmed."""
        return {id_: value for id_, value in self.kept(by_criterion).items() if id_ not in self.to_confirm}

    def asked_as(self, criterion: str, language: str | None) -> QuestionWords | None:
        """The words people answered, where the round is read by others; in `language` if the older edition has it."""
        if self.choices.get(criterion, Choice.ASIDE) == Choice.ASIDE:
            return None
        then, now = (question_words(one, criterion, self.newest.language).asked for one in (self.own, self.edition))
        return question_words(self.own, criterion, language) if then != now else None


def laid(own: Edition, newest: Edition, choices: Mapping[str, str]) -> Edition:
    """`newest` with the questions of a round under the ids they were asked by, and without those that were set aside.

    It is for reading only, and is never kept: its digest is that of no edition.
    """
    leads = {id_: leads_to(id_, newest, newest.successors) for id_ in choices}
    asked = {leads[id_]: id_ for id_, choice in choices.items() if choice != Choice.ASIDE}
    gone = set(leads.values()) - asked.keys()
    names = {id_: asked.get(id_, id_) for id_ in newest.criteria if id_ not in gone}
    criteria = {then: _called(newest.criteria[now], then) for now, then in names.items()}
    texts = {language: _laid_texts(own, words, names, newest.perspectives) for language, words in newest.texts.items()}
    perspectives = own.perspectives | newest.perspectives  # who was asked keeps its name
    return newest.revised(criteria=criteria, texts=texts, perspectives=perspectives)


def _called(criterion: Criterion, id_: str) -> Criterion:
    return criterion if criterion.id == id_ else criterion.model_copy(update={"id": id_})


def _laid_texts(own: Edition, words: Texts, names: Mapping[str, str], known: Collection[str]) -> Texts:
    criteria = {then: words.criteria[now] for now, then in names.items() if now in words.criteria}
    before = {who: text for who, text in own.words(words.language).perspectives.items() if who not in known}
    perspectives = ReadOnly(before | words.perspectives)
    return words.model_copy(update={"criteria": ReadOnly(criteria), "perspectives": perspectives})


@lru_cache(maxsize=64)
def matching(one: Mapped, other: Mapped) -> Mapping[str, str]:
    """Questions of one round → the same questions in another: in the same words, about the same item.

    By the ids of each round; renamings are followed. A question that reads otherwise there is another question.
    """
    if one is other:
        return {id_: id_ for id_ in one.edition.criteria}
    newest = other.newest
    there = {leads_to(id_, newest, newest.successors): id_ for id_ in other.edition.criteria}
    found = {}
    for id_ in one.edition.criteria:
        target = there.get(leads_to(one.now(id_) or id_, newest, newest.successors))
        if target is not None and _same(one.edition, id_, other.edition, target):
            found[id_] = target
    return found


def _same(one: Edition, id_: str, other: Edition, target: str) -> bool:
    language, item = other.language, one.criteria[id_].item
    same_words = question_words(one, id_, language).asked == question_words(other, target, language).asked
    return same_words and other.criteria[target].item == other.successors.get(item, item)
