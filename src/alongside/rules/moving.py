"""Moving a round to another edition of the standard: what changed about each question, and how it may be read then.

Pure. Nothing that was answered is rewritten: a choice says how an old answer is read from now on.

A question is *reworded* when anything changed that people read when they answered, or that their answers are shown by:
its words, its steps, the words of its scale. A better "first move" or a new reason changes nothing about an answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from alongside.rules.question_words import QuestionWords, question_words
from alongside.standard.differences import differences
from alongside.standard.edition import Edition
from alongside.standard.items import Advice


class Kind(StrEnum):
    """What happened to a question, weightiest first; the weightiest decides what may be chosen."""

    REMOVED = "removed"
    MERGED = "merged"  # another question of the round already has its place
    RESCALED = "rescaled"  # other answers are possible
    RELINKED = "relinked"  # it speaks for another item, or another aspect of it
    REWORDED = "reworded"
    ITEM_REWORDED = "item-reworded"  # the question is the same; what it speaks for says something else
    WEIGHED_ANEW = "weighed-anew"  # another force or stage, or another step from which it stands
    RENAMED = "renamed"
    SAME = "same"
    ADDED = "added"


class Choice(StrEnum):
    """How an old answer is read. `CONFIRM`: kept, and waiting for someone to say that it still holds."""

    KEEP = "keep"
    CONFIRM = "confirm"
    ASIDE = "aside"


PERMITTED: Mapping[Kind, tuple[Choice, ...]] = {
    Kind.REMOVED: (Choice.ASIDE,),
    Kind.MERGED: (Choice.ASIDE,),
    Kind.RESCALED: (Choice.ASIDE,),
    Kind.RELINKED: (Choice.CONFIRM, Choice.ASIDE),
    Kind.REWORDED: (Choice.CONFIRM, Choice.ASIDE),
    Kind.ITEM_REWORDED: (Choice.CONFIRM, Choice.KEEP, Choice.ASIDE),
    Kind.WEIGHED_ANEW: (Choice.KEEP,),
    Kind.RENAMED: (Choice.KEEP,),
    Kind.SAME: (Choice.KEEP,),
    Kind.ADDED: (),
}
"""What may be chosen for each kind; the first is what happens unless someone chooses otherwise."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one question: `kinds` weightiest first; `old` is None for a new one, `new` for a removed one.

    `then` and `now` are its words in both editions, both in `language`.
    """

    kinds: tuple[Kind, ...]
    old: str | None
    new: str | None
    then: QuestionWords | None
    now: QuestionWords | None
    language: str

    @property
    def kind(self) -> Kind:
        """The weightiest."""
        return self.kinds[0]

    @property
    def permitted(self) -> tuple[Choice, ...]:
        """What may be chosen; nothing for a question that is new."""
        return PERMITTED[self.kind]

    @property
    def default(self) -> Choice | None:
        """What happens unless someone chooses otherwise."""
        return next(iter(self.permitted), None)


class NotPermitted(Exception):
    """Choices that are `missing`, and `refused` ones that this change does not allow; ids of the old edition."""

    def __init__(self, missing: Collection[str], refused: Collection[str]) -> None:
        super().__init__(*missing, *refused)
        self.missing, self.refused = tuple(missing), tuple(refused)


def changes(old: Edition, new: Edition, criteria: Iterable[str], language: str | None = None) -> tuple[Change, ...]:
    """What became of the `criteria` that a round asked, in the order of `old`, and then what is new.

    Words are compared in the new edition's source language and given in `language`, where both editions have it. New is
    what the round could not ask: a question of the parts that it asked about.
    """
    wanted = set(criteria)
    asked = [id_ for id_ in old.criteria if id_ in wanted]
    found = differences(old, new)
    leads = {id_: leads_to(id_, new, found.renamed) for id_ in asked}
    twice = {target for target, count in Counter(filter(None, leads.values())).items() if count > 1}
    parts = {_part(old, id_, found.renamed) for id_ in asked}
    became = []
    for id_, target in leads.items():
        taken = target in twice and target != id_
        kinds = (Kind.MERGED,) if taken else _kinds(old, new, id_, target, found.renamed)
        became.append(_change(kinds, (old, id_), (new, target), language))
    added = [id_ for id_ in found.added if id_ in new.criteria and _part(new, id_, {}) in parts]
    return (*became, *(_change((Kind.ADDED,), (old, None), (new, id_), language) for id_ in added))


def checked(found: Iterable[Change], choices: Mapping[str, str]) -> dict[str, Choice]:
    """A choice for every question that was asked. Where there is only one, it need not be said.

    Raises `NotPermitted`, which names what is missing and what may not be chosen.
    """
    asked = {change.old: change.permitted for change in found if change.old is not None}
    missing = [id_ for id_, permitted in asked.items() if len(permitted) > 1 and id_ not in choices]
    refused = [id_ for id_, choice in choices.items() if choice not in asked.get(id_, ())]
    if missing or refused:
        raise NotPermitted(missing, refused)
    return {id_: Choice(choices.get(id_, permitted[0])) for id_, permitted in asked.items()}


def leads_to(criterion: str, new: Edition, renamed: Mapping[str, str]) -> str | None:
    """What a question is called in the `new` edition; None where it has it no more."""
    target = criterion if criterion in new.criteria else renamed.get(criterion)
    return target if target in new.criteria else None


def _part(edition: Edition, criterion: str, renamed: Mapping[str, str]) -> str:
    part = edition.trail(edition.criteria[criterion].item)[0].id
    return renamed.get(part, part)


def _change(
    kinds: tuple[Kind, ...], before: tuple[Edition, str | None], after: tuple[Edition, str | None], language: str | None
) -> Change:
    """With the words of both sides in one language: two languages cannot be laid side by side."""
    sides = [(edition, id_) for edition, id_ in (before, after) if id_ is not None]
    if language is None or not all(_has(edition, id_, language) for edition, id_ in sides):
        language = sides[-1][0].language
    then, now = (question_words(edition, id_, language) if id_ else None for edition, id_ in (before, after))
    return Change(kinds, before[1], after[1], then, now, language)


def _has(edition: Edition, criterion: str, language: str) -> bool:
    asked = edition.criteria[criterion]
    texts = (("criteria", criterion), ("items", asked.item), ("scales", asked.scale))
    return all(edition.translated(language, section, key) for section, key in texts)


def _kinds(old: Edition, new: Edition, before: str, after: str | None, renamed: Mapping[str, str]) -> tuple[Kind, ...]:
    if after is None:
        return (Kind.REMOVED,)
    one, other = old.criteria[before], new.criteria[after]
    then, now = question_words(old, before, new.language), question_words(new, after, new.language)
    same_item = other.item == renamed.get(one.item, one.item)
    facts = {
        Kind.RESCALED: _scale(old, before) != _scale(new, after),
        Kind.RELINKED: not same_item or other.aspect != one.aspect,
        Kind.REWORDED: then.asked != now.asked,
        Kind.ITEM_REWORDED: same_item and then.about != now.about,
        Kind.WEIGHED_ANEW: _weight(old, before) != _weight(new, after),
        Kind.RENAMED: before != after or (same_item and one.item != other.item),
    }
    return tuple(kind for kind, holds in facts.items() if holds) or (Kind.SAME,)


def _scale(edition: Edition, criterion: str) -> tuple[int, bool]:
    scale = edition.scales[edition.criteria[criterion].scale]
    return scale.answers, scale.ordered


def _weight(edition: Edition, criterion: str) -> tuple[object, ...]:
    asked = edition.criteria[criterion]
    item, scale = edition.items[asked.item], edition.scales[asked.scale]
    beside = (item.stage, item.extra) if isinstance(item, Advice) else ()
    return edition.force_of(criterion), scale.standing, scale.ready, *beside
