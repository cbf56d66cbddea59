"""What a round says, in the words of one language: where groups see it differently first, then everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.assessment.moves import newer
from alongside.assessment.naming import group_name, group_names
from alongside.assessment.queries import Results
from alongside.assessment.standing import Agreed
from alongside.pictures.bars import share_bar
from alongside.pictures.dumbbells import dumbbell
from alongside.planning.models import Step
from alongside.rules.question_words import QuestionWords
from alongside.rules.tallies import Answer, Tally, in_words, widest
from alongside.standard.edition import Edition
from alongside.standard.loading import standard
from alongside.web.question_page import answers_in_words

WIDEST = 5


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What one group said about a question."""

    name: str
    tally: Tally
    middle: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One question: what all together and each group said, and what came of it.

    In a round that was moved to a newer edition, `then` has the words that people answered where they read otherwise
    now, and `waits` says that someone has to confirm it in the new ones.

    `apart` is how far the two farthest groups lie apart, `middles` where each group stands, `step` the middle of all;
    `steps` what one sees at each answer.
    """

    criterion: str
    item: str
    title: str
    question: str
    step: int | None
    middle: str
    total: Tally
    answers: tuple[tuple[str, int], ...]
    groups: tuple[GroupLine, ...]
    withheld: tuple[str, ...]
    apart: float
    middles: Mapping[str, float]
    labels: tuple[str, ...]
    steps: tuple[str, ...] = ()
    came: Agreed | None = None
    doing: tuple[Step, ...] = ()
    part: str = ""
    then: QuestionWords | None = None
    waits: bool = False

    @property
    def agreed(self) -> int | None:
        """The step that was agreed on."""
        return self.came.agreement.step if self.came and self.came.agreement else None

    @property
    def agreed_on(self) -> bool:
        """Whether the project group has settled it, if only by leaving it open."""
        return bool(self.came and self.came.agreement)

    @property
    def agreed_words(self) -> str:
        """What one sees at the step that was agreed on; in the older words until the new ones were confirmed."""
        steps = self.then.steps if self.then and self.waits else self.steps
        return steps[self.agreed] if self.agreed is not None else ""

    @property
    def picture(self) -> SafeString:
        """A dumbbell where groups can be compared, otherwise the shares of all together. Drawn when it is asked for."""
        if len(self.middles) > 1:
            words = {"agreed_word": _("agreed"), "together_word": _("{n} groups")}
            return mark_safe(dumbbell(self.middles, self.labels, agreed=self.agreed, **words))  # escaped in pictures
        return mark_safe(share_bar(self.total.counts, self.labels) if self.total.counts and self.total.n else "")


@dataclass(frozen=True, slots=True)
class MoveNotice:
    """By which edition a round was asked and is read; `newer`: it could be moved on. No day: it was never moved."""

    asked_by: str
    read_by: str
    moved_on: date | None
    waiting: int
    newer: bool


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """`differently`: the widest distances first; `parts`: (id, title, lines) in the order of the standard.

    `apart`: what was asked then and is set aside by the edition of now, in the words of its own edition.
    """

    differently: tuple[ResultLine, ...]
    parts: tuple[tuple[str, str, tuple[ResultLine, ...]], ...]
    apart: tuple[ResultLine, ...]
    move: MoveNotice


def results_page(
    results: Results,
    language: str | None,
    came: Mapping[str, Agreed] | None = None,
    steps: Mapping[str, Sequence[Step]] | None = None,
) -> ResultsPage:
    """`results` in `language`, by the edition the round is read by.

    `came`: what was agreed on each question; `steps`: what is planned and done about each item.
    """
    lines = [
        replace(line, doing=tuple((steps or {}).get(line.item, ()))) for line in result_lines(results, language, came)
    ]
    parts: dict[str, list[ResultLine]] = {}
    for line in lines:
        parts.setdefault(line.part, []).append(line)
    words = results.edition.words(language)
    return ResultsPage(
        differently=differently(lines),
        parts=tuple((id_, words.items[id_].title, tuple(found)) for id_, found in parts.items()),
        apart=tuple(result_lines(results.set_aside, language, came)),
        move=_notice(results),
    )


def _notice(results: Results) -> MoveNotice:
    mapped, found = results.mapped, results.round
    moved_on = found.move.moved_on if mapped.moved else None
    waiting = len(mapped.to_confirm & results.tallies.keys())
    return MoveNotice(mapped.own.version, mapped.newest.version, moved_on, waiting, newer(found, standard()))


def result_lines(
    results: Results, language: str | None, came: Mapping[str, Agreed] | None = None, *, part: str = ""
) -> list[ResultLine]:
    """The questions in the order of the standard; with `part` only those of one precondition or point of attention."""
    edition = results.edition
    names = group_names(edition, results.groups, language)
    places = {id_: place for place, id_ in enumerate(edition.criteria)}
    found = []
    for id_ in sorted(results.tallies, key=places.__getitem__):
        its_part = edition.trail(edition.criteria[id_].item)[1].id
        if part in ("", its_part):
            line = _line(edition, id_, results.tallies[id_], language, names)
            then, waits = results.mapped.asked_as(id_, language), id_ in results.mapped.to_confirm
            found.append(replace(line, came=(came or {}).get(id_), part=its_part, then=then, waits=waits))
    return found


def differently(lines: Sequence[ResultLine]) -> tuple[ResultLine, ...]:
    """Where groups lie a step or more apart, the widest distances first."""
    return tuple(sorted((line for line in lines if line.apart >= 1), key=lambda line: -line.apart)[:WIDEST])


def _line(
    edition: Edition, id_: str, groups: Mapping[str, Tally], language: str | None, names: Mapping[str, str]
) -> ResultLine:
    words, criterion = edition.words(language), edition.criteria[id_]
    labels = words.scales[criterion.scale].answers
    total = groups[""]
    named = {group_name(key, names): found for key, found in groups.items() if key}
    shown = {name: found for name, found in named.items() if found.n}
    farthest = widest(shown)
    middles = {name: found.median for name, found in shown.items() if found.median is not None}
    return ResultLine(
        criterion=id_,
        item=criterion.item,
        title=words.items[criterion.item].title,
        question=words.criteria[id_].question,
        step=int(total.median) if total.median is not None else None,
        middle=in_words(total.median, labels),
        total=total,
        answers=tuple(zip(labels, total.counts or (), strict=False)),
        groups=tuple(GroupLine(name, found, in_words(found.median, labels)) for name, found in shown.items()),
        withheld=tuple(name for name, found in named.items() if found.suppressed),
        apart=farthest[0] if farthest and total.ordered else 0,
        middles=middles,
        labels=labels,
        steps=words.criteria[id_].steps or labels,
    )


def said_by_name(
    edition: Edition, named: Sequence[tuple[str, Mapping[str, Answer]]], language: str | None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Name → (question, answer) in words, for those who answered under their name."""
    return [(name, answers_in_words(edition, answers, language)) for name, answers in named]
