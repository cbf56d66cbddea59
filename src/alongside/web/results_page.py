"""What a round says, in the words of one language: where groups see it differently first, then everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.assessment.queries import Results
from alongside.pictures.bars import share_bar
from alongside.pictures.dumbbells import dumbbell
from alongside.rules.scoring import OTHERS
from alongside.rules.tallies import Answer, Tally, in_words, widest
from alongside.standard.asking import DONT_KNOW
from alongside.standard.edition import Edition

WIDEST = 5


@dataclass(frozen=True, slots=True)
class GroupLine:
    """What one group said about a question."""

    name: str
    tally: Tally
    middle: str


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One question: what all together and each group said. `apart` is how far the two farthest groups lie apart."""

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
    picture: SafeString


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """`differently`: the widest distances first; `parts`: (id, title, lines) in the order of the standard."""

    differently: tuple[ResultLine, ...]
    parts: tuple[tuple[str, str, tuple[ResultLine, ...]], ...]


def results_page(results: Results, language: str | None) -> ResultsPage:
    """`results` in `language`, by the edition the round was opened with."""
    edition = results.edition
    lines = [_line(edition, id_, groups, language) for id_, groups in results.tallies.items()]
    lines.sort(key=lambda line: list(edition.criteria).index(line.criterion))
    parts: dict[str, list[ResultLine]] = {}
    for line in lines:
        parts.setdefault(edition.trail(line.item)[1].id, []).append(line)
    words = edition.words(language)
    apart = sorted((line for line in lines if line.apart >= 1), key=lambda line: -line.apart)
    return ResultsPage(
        differently=tuple(apart[:WIDEST]),
        parts=tuple((id_, words.items[id_].title, tuple(found)) for id_, found in parts.items()),
    )


def _line(edition: Edition, id_: str, groups: Mapping[str, Tally], language: str | None) -> ResultLine:
    words, criterion = edition.words(language), edition.criteria[id_]
    labels = words.scales[criterion.scale].answers
    total = groups[""]
    named = {_name(edition, group, language): found for group, found in groups.items() if group}
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
        picture=_picture(total, middles, labels),
    )


def _name(edition: Edition, group: str, language: str | None) -> str:
    return _("several groups together") if group == OTHERS else edition.words(language).perspectives[group].title


def _picture(total: Tally, middles: Mapping[str, float], labels: tuple[str, ...]) -> SafeString:
    """A dumbbell where groups can be compared, otherwise the shares of all together."""
    if len(middles) > 1:
        return mark_safe(dumbbell(middles, labels))  # escaped in pictures
    return mark_safe(share_bar(total.counts, labels) if total.counts and total.n else "")


def said_by_name(
    edition: Edition, named: Sequence[tuple[str, Mapping[str, Answer]]], language: str | None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Name → (question, answer) in words, for those who answered under their name."""
    words = edition.words(language)
    told = []
    for name, answers in named:
        lines = []
        for id_, answer in answers.items():
            text, scale = words.criteria[id_], words.scales[edition.criteria[id_].scale]
            steps = text.steps or scale.answers
            apart = _("I don't know") if answer == DONT_KNOW else _("Does not apply here")
            lines.append((text.question, steps[answer] if isinstance(answer, int) else apart))
        told.append((name, lines))
    return told
