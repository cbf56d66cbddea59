"""The agreement of a round in the words of one language: what is agreed, what is open, where people see it differently.

The list is drawn from the round's summary, which was made when it was published; one question from its figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from alongside.assessment.models import Round
from alongside.assessment.moves import laid_over
from alongside.assessment.naming import group_name
from alongside.assessment.standing import Agreed
from alongside.pictures import squares
from alongside.pictures.dumbbells import dumbbell
from alongside.rules.standing import undisputed
from alongside.rules.summary import Summary
from alongside.standard.edition import Edition
from alongside.web.results_page import WIDEST


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the list. `step`: what was agreed, else None; `suggested`: what nobody sees differently."""

    criterion: str
    item: str
    question: str
    step: int | None
    settled: bool
    suggested: int | None
    dissents: int
    apart: float
    picture: SafeString | str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of a precondition or of a point of attention; `settled` counts those agreed on or left open."""

    id: str
    title: str
    questions: tuple[Asked, ...]
    settled: int

    @property
    def mark(self) -> str:
        """The id where it is short; of ``C.start-small`` the part alone."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """The list of a round: `differently` the widest distances first, with their pictures."""

    parts: tuple[Part, ...]
    differently: tuple[Asked, ...]
    settled: int
    count: int
    undisputed: Mapping[str, int]
    labels: tuple[str, ...]
    tension_labels: tuple[str, ...]

    def squares(self, base: str) -> SafeString:
        """Every question as a square that leads to its page under `base`."""
        rows = [
            squares.Row(part.mark, part.title, [_square(one, base) for one in part.questions]) for part in self.parts
        ]
        return mark_safe(squares.standing(rows))  # escaped in pictures

    @property
    def highest(self) -> str:
        """What the highest step is called."""
        return self.labels[-1]

    @property
    def open(self) -> int:
        """How many questions nobody has agreed on yet."""
        return self.count - self.settled


def agreement_page(
    round_: Round, edition: Edition, came: Mapping[str, Agreed], language: str | None, names: Mapping[str, str]
) -> AgreementPage:
    """`names`: what each group of the round is called, by its key."""
    waiting = laid_over(round_).to_confirm
    asked = {
        id_: _asked(edition, id_, found, came.get(id_), language, id_ in waiting)
        for id_, found in agreeable(round_, edition)
    }
    parts: dict[str, list[Asked]] = {}
    for one in asked.values():
        parts.setdefault(edition.trail(one.item)[1].id, []).append(one)
    words = edition.words(language)
    differing = (one for one in asked.values() if one.apart >= 1)
    apart = sorted(differing, key=lambda one: (one.settled, -one.apart))[:WIDEST]  # the settled were talked about
    settled = sum(one.settled for one in asked.values())
    return AgreementPage(
        parts=tuple(
            Part(id_, words.items[id_].title, tuple(found), sum(one.settled for one in found))
            for id_, found in parts.items()
        ),
        differently=tuple(_drawn(one, round_.summary[one.criterion], edition, language, names) for one in apart),
        settled=settled,
        count=len(asked),
        undisputed={one.criterion: one.suggested for one in asked.values() if one.suggested is not None},
        labels=words.scales["progress"].answers,
        tension_labels=words.scales["tension"].answers,
    )


def _square(one: Asked, base: str) -> squares.Square:
    heard = _("left open") if one.settled else _("not agreed on yet")
    described = one.question if one.step is not None else f"{heard}: {one.question}"
    return squares.Square(one.step, described, f"{base}{one.criterion}/", "…" if one.settled else "?")


def agreeable(round_: Round, edition: Edition) -> list[tuple[str, Summary]]:
    """The questions of a round that have steps to agree on, in the order of the standard."""
    return [
        (criterion.id, round_.summary[criterion.id])
        for criterion in edition.criteria.values()
        if criterion.id in round_.summary and edition.scales[criterion.scale].ordered
    ]


def _asked(edition: Edition, id_: str, found: Summary, came: Agreed | None, language: str | None, waits: bool) -> Asked:
    """`waits`: the words changed since it was agreed on, and nobody has confirmed it yet."""
    agreement = came.agreement if came and not waits else None
    return Asked(
        criterion=id_,
        item=edition.criteria[id_].item,
        question=edition.words(language).criteria[id_].question,
        step=agreement.step if agreement else None,
        settled=agreement is not None,
        suggested=None if agreement or waits else _suggested(found, came),
        dissents=len(came.dissents) if came else 0,
        apart=found["apart"],
    )


def _suggested(found: Summary, came: Agreed | None) -> int | None:
    """What nobody sees differently: never where a group is withheld, for it may, or where somebody said so."""
    if found["withheld"] or (came and came.dissents):
        return None
    return undisputed(found["middles"], found["apart"])


def _drawn(one: Asked, found: Summary, edition: Edition, language: str | None, names: Mapping[str, str]) -> Asked:
    labels = edition.words(language).scales[edition.criteria[one.criterion].scale].answers
    middles = {group_name(key, names): middle for key, middle in found["middles"].items()}
    words = {"agreed_word": _("agreed"), "together_word": _("{n} groups")}
    picture = mark_safe(dumbbell(middles, labels, agreed=one.step, **words))  # escaped in pictures
    return Asked(
        one.criterion, one.item, one.question, one.step, one.settled, one.suggested, one.dissents, one.apart, picture
    )
