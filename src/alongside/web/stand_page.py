"""Where an organisation stands, as a director looks at it: every recommendation a square, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.assessment.models import Round, RoundGroup
from alongside.assessment.naming import group_name, group_names, step_words
from alongside.assessment.standing import Standing
from alongside.pictures import squares
from alongside.pictures.dumbbells import dumbbell
from alongside.rules.standing import STOOD
from alongside.standard.edition import Edition
from alongside.standard.items import Item

WIDEST = 4


@dataclass(frozen=True, slots=True)
class Apart:
    """A question that groups see differently, with its picture."""

    criterion: str
    item: str
    question: str
    picture: SafeString


@dataclass(frozen=True, slots=True)
class StandPage:
    """`in_place`: the preconditions as squares; `tensions`: part B and C; `differently`: the widest distances.

    `up` and `down` count what moved among all `count` items; `compared`: whether there was anything to compare with.
    """

    in_place: SafeString
    tensions: SafeString
    differently: tuple[Apart, ...]
    labels: tuple[str, ...]
    tension_labels: tuple[str, ...]
    count: int
    up: int
    down: int
    compared: bool

    @property
    def highest(self) -> str:
        """What the highest step is called."""
        return self.labels[-1]


def stand_page(standing: Standing, groups: Iterable[RoundGroup], language: str | None, base: str) -> StandPage:
    """`standing` in `language`; `groups`: who was asked in the round it rests on; `base`: where items' pages are."""
    edition = standing.edition
    preconditions = edition.children("A")
    others = [part for part in edition.children(None) if part.id != "A" and _stood(edition, part.id)]
    moved = standing.moved
    return StandPage(
        in_place=_squares(standing, preconditions, moved, language, base),
        tensions=_squares(standing, others, moved, language, base),
        differently=_differently(standing.round, edition, groups, language) if standing.round else (),
        labels=edition.words(language).scales["progress"].answers,
        tension_labels=edition.words(language).scales["tension"].answers,
        count=len(standing.items),
        up=sum(by > 0 for by in moved.values()),
        down=sum(by < 0 for by in moved.values()),
        compared=any(step is not None for step in standing.before.values()),
    )


def _stood(edition: Edition, above: str) -> list[str]:
    return [item.id for item in edition.under(above) if item.kind in STOOD]


def _squares(
    standing: Standing, groups: Iterable[Item], moved: Mapping[str, int], language: str | None, base: str
) -> SafeString:
    rows = [_row(standing, group.id, moved, language, base) for group in groups]
    return mark_safe(squares.standing(rows, forward=_("moved forward"), back=_("fell back")))  # escaped in pictures


def _row(standing: Standing, group: str, moved: Mapping[str, int], language: str | None, base: str) -> squares.Row:
    edition = standing.edition
    words = edition.words(language)
    items = _stood(edition, group)
    marks = []
    for item in items:
        step = standing.items.get(item)
        heard = f"{step_words(edition, item, step, language)}: {words.items[item].title}"
        marks.append(squares.Square(step, heard, f"{base}{item}/"))
    changes = [moved[item] for item in items if item in moved]
    up, down = sum(by > 0 for by in changes), sum(by < 0 for by in changes)
    return squares.Row(group, words.items[group].title, marks, up, down)


def _differently(
    round_: Round, edition: Edition, groups: Iterable[RoundGroup], language: str | None
) -> tuple[Apart, ...]:
    names = group_names(edition, groups, language)
    words = edition.words(language)
    widest = sorted(
        (id_ for id_, one in round_.summary.items() if one["apart"] >= 1 and id_ in edition.criteria),
        key=lambda id_: -round_.summary[id_]["apart"],
    )
    found = []
    for id_ in widest[:WIDEST]:
        criterion = edition.criteria[id_]
        middles: Mapping[str, float] = {
            group_name(key, names): middle for key, middle in round_.summary[id_]["middles"].items()
        }
        labels = words.scales[criterion.scale].answers
        picture = mark_safe(dumbbell(middles, labels, together_word=_("{n} groups")))  # escaped in pictures
        found.append(Apart(id_, criterion.item, words.criteria[id_].question, picture))
    return tuple(found)
