"""Where an organisation stands, as a director looks at it: every recommendation a square, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.assessment.models import Round, RoundGroup
from alongside.assessment.naming import group_name, group_names, step_words
from alongside.assessment.standing import Standing
from alongside.pictures.dumbbells import dumbbell
from alongside.rules.standing import STOOD
from alongside.standard.edition import Edition
from alongside.standard.items import Item

WIDEST = 4


@dataclass(frozen=True, slots=True)
class Square:
    """One recommendation: its step (None: nobody knows) with what it is called, and by how many steps it moved."""

    item: str
    title: str
    step: int | None
    words: str
    moved: int


@dataclass(frozen=True, slots=True)
class Row:
    """The squares of one precondition; `up` and `down` count those that moved."""

    id: str
    title: str
    squares: tuple[Square, ...]

    @property
    def up(self) -> int:
        """How many moved forward."""
        return sum(square.moved > 0 for square in self.squares)

    @property
    def down(self) -> int:
        """How many fell back."""
        return sum(square.moved < 0 for square in self.squares)


@dataclass(frozen=True, slots=True)
class Apart:
    """A question that groups see differently, with its picture."""

    criterion: str
    item: str
    question: str
    picture: SafeString


@dataclass(frozen=True, slots=True)
class StandPage:
    """`rows`: the preconditions; `tensions`: part B and C in a row each; `differently`: the widest distances."""

    rows: tuple[Row, ...]
    tensions: tuple[Row, ...]
    differently: tuple[Apart, ...]
    labels: tuple[str, ...]
    count: int
    up: int
    down: int
    compared: bool


def stand_page(standing: Standing, groups: Iterable[RoundGroup], language: str | None) -> StandPage:
    """`standing` in `language`; `groups`: who was asked in the round it rests on."""
    edition = standing.edition
    parts = {
        part.id: [item for item in edition.under(part.id) if item.kind in STOOD] for part in edition.children(None)
    }
    rows = [_row(standing, group, _stood(edition, group.id), language) for group in edition.children("A")]
    tensions = [
        _row(standing, edition.items[part], items, language) for part, items in parts.items() if items and part != "A"
    ]
    squares = [square for row in (*rows, *tensions) for square in row.squares]
    return StandPage(
        rows=tuple(rows),
        tensions=tuple(tensions),
        differently=_differently(standing.round, edition, groups, language) if standing.round else (),
        labels=edition.words(language).scales["progress"].answers,
        count=len(squares),
        up=sum(square.moved > 0 for square in squares),
        down=sum(square.moved < 0 for square in squares),
        compared=any(step is not None for step in standing.before.values()),
    )


def _stood(edition: Edition, above: str) -> list[Item]:
    return [item for item in edition.under(above) if item.kind in STOOD]


def _row(standing: Standing, group: Item, items: Sequence[Item], language: str | None) -> Row:
    words = standing.edition.words(language)
    moved = standing.moved
    squares = tuple(
        Square(
            item=item.id,
            title=words.items[item.id].title,
            step=(step := standing.items.get(item.id)),
            words=step_words(standing.edition, item.id, step, language),
            moved=moved.get(item.id, 0),
        )
        for item in items
    )
    return Row(group.id, words.items[group.id].title, squares)


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
