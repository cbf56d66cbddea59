"""What a newer edition changes about a round, laid out for reading: texts side by side, grouped by what happened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.assessment.models import Agreement
from alongside.rules.mapped import Mapped
from alongside.rules.moving import Change, Choice, Kind
from alongside.rules.question_words import Piece, QuestionWords, marked
from alongside.standard.edition import Edition
from alongside.standard.items import Advice
from alongside.web.move_forms import MoveForm
from alongside.web.templatetags.words import force_name, stage_name

SECTIONS: Mapping[Kind, tuple[Promise | str, Promise | str]] = {
    Kind.REWORDED: (
        gettext_lazy("Put in other words"),
        gettext_lazy("What was agreed stays visible in the older words, and counts again once you confirm it."),
    ),
    Kind.RELINKED: (
        gettext_lazy("About something else now"),
        gettext_lazy("The question speaks for another recommendation than it did."),
    ),
    Kind.ITEM_REWORDED: (
        gettext_lazy("The recommendation reads otherwise, the question does not"),
        gettext_lazy(
            "People answered this very question. Look whether what you agreed on still fits what is asked for."
        ),
    ),
    Kind.RESCALED: (
        gettext_lazy("Other answers are possible now"),
        gettext_lazy("The old answers do not fit the new steps. They are set aside, and stay readable."),
    ),
    Kind.MERGED: (
        gettext_lazy("Now part of another question"),
        gettext_lazy("Two answers cannot be one. These are set aside, and stay readable."),
    ),
    Kind.REMOVED: (
        gettext_lazy("Asked no more"),
        gettext_lazy("They are set aside, and stay readable in the words of their own edition."),
    ),
    Kind.ADDED: (
        gettext_lazy("New"),
        gettext_lazy("Not asked yet: these belong in the next round."),
    ),
    Kind.WEIGHED_ANEW: (
        gettext_lazy("Counts differently"),
        gettext_lazy("The question and its answers are the same; how much they count is not."),
    ),
    Kind.RENAMED: (
        gettext_lazy("Only called otherwise"),
        gettext_lazy("They have another name in the newer edition. Everything stays with them."),
    ),
    Kind.SAME: (gettext_lazy("The same, word for word"), gettext_lazy("Nothing changes about these.")),
}
"""What to look at first, and what it means; what needs no thought comes last."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One text in both editions, cut into pieces so that what differs can be marked."""

    label: str
    then: tuple[Piece, ...]
    now: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One question: `pairs` what reads otherwise, `also` what else happened, `field` the choice there is."""

    change: Change
    words: QuestionWords
    pairs: tuple[Pair, ...]
    also: tuple[str, ...]
    field: BoundField | None = None
    agreement: Agreement | None = None
    agreed_words: str = ""

    @property
    def reworded(self) -> bool:
        """Whether the question itself reads otherwise, and so stands among the pairs."""
        then, now = self.change.then, self.change.now
        return then is not None and now is not None and then.question != now.question


@dataclass(frozen=True, slots=True)
class Section:
    """What happened to some questions, with a sentence on what that means."""

    kind: Kind
    heading: str
    meaning: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What moving would mean. `stay`, `look`, `leave`: how many are kept, need a look, or are set aside."""

    sections: tuple[Section, ...]
    stay: int
    look: int
    leave: int
    new: int


def preview_page(changes: Iterable[Change], old: Edition, new: Edition, form: MoveForm) -> Preview:
    """`form` has a field for each change that leaves a choice."""
    found = list(changes)
    by_kind: dict[Kind, list[Line]] = {kind: [] for kind in SECTIONS}
    for change in found:
        field = form[change.old] if change.old in form.fields else None
        by_kind[change.kind].append(_line(change, old, new, field))
    defaults = [change.default for change in found]
    return Preview(
        sections=tuple(
            Section(kind, str(heading), str(meaning), tuple(by_kind[kind]))
            for kind, (heading, meaning) in SECTIONS.items()
            if by_kind[kind]
        ),
        stay=defaults.count(Choice.KEEP),
        look=defaults.count(Choice.CONFIRM),
        leave=defaults.count(Choice.ASIDE),
        new=defaults.count(None),
    )


def lines_by(
    changes: Iterable[Change], mapped: Mapped, agreements: Mapping[str, Agreement], choice: Choice
) -> tuple[Line, ...]:
    """The questions of a moved round that are read so: with both texts, and what was agreed in the older words."""
    found = []
    for change in changes:
        if change.old is None or mapped.choices.get(change.old) != choice:
            continue
        line = _line(change, mapped.own, mapped.newest, None)
        agreement = agreements.get(change.old)
        agreed = agreement is not None and agreement.step is not None and change.then is not None
        words = change.then.steps[agreement.step] if agreed else ""  # type: ignore[union-attr,index]
        found.append(Line(change, line.words, line.pairs, line.also, None, agreement, words))
    return tuple(found)


def _line(change: Change, old: Edition, new: Edition, field: BoundField | None) -> Line:
    words = change.now or change.then
    assert words is not None  # a question stands in one of the two
    left = change.default is Choice.ASIDE  # what is set aside whatever else happened to it needs no more to be said
    also = () if left else tuple(str(SECTIONS[kind][0]) for kind in change.kinds[1:])
    return Line(change, words, (*_pairs(change.then, change.now), *_weights(change, old, new)), also, field)


def _pairs(then: QuestionWords | None, now: QuestionWords | None) -> Iterator[Pair]:
    """What reads otherwise: the question, its steps, what they are called, and what it speaks for."""
    if then is None or now is None:
        return
    yield from _differing(_("Question"), then.question, now.question)
    for number in range(max(len(then.steps), len(now.steps))):
        yield from _differing(
            _("Step %(number)s") % {"number": number}, _at(then.steps, number), _at(now.steps, number)
        )
    if then.labels != now.labels and (then.labels, now.labels) != (then.steps, now.steps):
        yield from _differing(_("The steps are called"), ", ".join(then.labels), ", ".join(now.labels))
    yield from _differing(_("It speaks for"), then.title, now.title)
    yield from _differing(_("which says"), then.text, now.text)
    yield from _differing(_("in particular"), then.point, now.point)


def _differing(label: str, then: str, now: str) -> Iterator[Pair]:
    if then != now:
        yield Pair(label, *marked(then or "–", now or "–"))


def _at(steps: tuple[str, ...], number: int) -> str:
    return steps[number] if number < len(steps) else ""


def _weights(change: Change, old: Edition, new: Edition) -> Iterator[Pair]:
    if Kind.WEIGHED_ANEW in change.kinds and change.default is not Choice.ASIDE and change.old and change.new:
        yield from _differing(_("It counts as"), _weight(old, change.old), _weight(new, change.new))
        stands = [
            edition.scales[edition.criteria[id_].scale].standing
            for edition, id_ in ((old, change.old), (new, change.new))
        ]
        yield from _differing(_("It stands from step"), *("" if one is None else str(one) for one in stands))


def _weight(edition: Edition, criterion: str) -> str:
    item = edition.items[edition.criteria[criterion].item]
    force = force_name(edition.force_of(criterion))
    return f"{force}, {stage_name(item.stage)}" if isinstance(item, Advice) else force
