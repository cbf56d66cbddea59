"""Where an organisation stands on one item: answers over time by perspective, agreed steps, dissent, steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.assessment.models import Agreement, Dissent, Round, RoundGroup
from alongside.assessment.moves import laid_over
from alongside.assessment.naming import group_name, group_names
from alongside.assessment.standing import dissents
from alongside.people.scope import Scope
from alongside.planning import queries as planning
from alongside.planning.models import Step
from alongside.rules.mapped import matching
from alongside.rules.tallies import in_words


@dataclass(frozen=True, slots=True)
class Cell:
    """A middle answer: its step for the square (rounded down), and its words. None and "" where nothing is shown."""

    step: int | None
    words: str


@dataclass(frozen=True, slots=True)
class OverTime:
    """One question: a line for each group with a cell for each round, and the agreed steps beneath.

    `rounds`: those that asked it in the same words, with the day they closed and what the question is called there.
    """

    question: str
    rounds: tuple[tuple[Round, date | None, str], ...]
    lines: tuple[tuple[str, tuple[Cell, ...]], ...]
    agreed: tuple[Cell, ...]
    agreement: Agreement | None
    agreed_words: str


@dataclass(frozen=True, slots=True)
class ItemStand:
    """Everything the organisation knows about an item."""

    questions: tuple[OverTime, ...]
    dissents: tuple[Dissent, ...]
    steps: tuple[Step, ...]


def item_stand(scope: Scope, organisation: UUID, item: str, language: str | None) -> ItemStand:
    """In six queries: rounds, groups, agreements, dissents, steps. Oldest round first."""
    closed = Round.objects.within(scope).filter(org=organisation, state=Round.State.CLOSED)
    rounds = list(closed.select_related("move").order_by("closed_on", "opened_on", "pk"))
    series = _series(rounds, item)
    criteria = {id_ for one in series for _round, id_ in one}
    groups = _by_round(RoundGroup.objects.within(scope).filter(round__in=rounds))
    agreements = Agreement.objects.within(scope).filter(round__in=rounds, criterion__in=criteria)
    agreed = {(row.round_id, row.criterion): row for row in agreements}
    asked = {(round_.pk, id_) for one in series for round_, id_ in one}
    otherwise = [row for row in dissents(scope, organisation) if (row.round_id, row.criterion) in asked]
    names = {one.pk: group_names(laid_over(one).edition, groups.get(one.pk, ()), language) for one in rounds}
    return ItemStand(
        questions=tuple(_over_time(one, names, agreed, language) for one in series),
        dissents=tuple(otherwise),
        steps=tuple(planning.steps_by_item(scope, organisation).get(item, ())),
    )


def _by_round(groups: Iterable[RoundGroup]) -> dict[UUID, list[RoundGroup]]:
    found: dict[UUID, list[RoundGroup]] = {}
    for group in groups:
        found.setdefault(group.round_id, []).append(group)
    return found


Series = Sequence[tuple[Round, str]]
"""The rounds that asked a question in the same words, and what it is called in each."""


def _series(rounds: Sequence[Round], item: str) -> list[Series]:
    """The questions about an item whose answers have an order, those of the newest round first."""
    found: list[Series] = []
    placed: set[tuple[UUID, str]] = set()
    for newest in reversed(rounds):
        mapped = laid_over(newest)
        for criterion in mapped.edition.criteria_of(item):
            ordered = mapped.edition.scales[criterion.scale].ordered
            if criterion.id in newest.summary and ordered and (newest.pk, criterion.id) not in placed:
                one = [
                    (asked, id_)
                    for asked in rounds
                    for id_, there in matching(laid_over(asked), mapped).items()
                    if there == criterion.id and id_ in asked.summary
                ]
                placed |= {(asked.pk, id_) for asked, id_ in one}
                found.append(one)
    return found


def _over_time(
    series: Series,
    names: Mapping[UUID, Mapping[str, str]],
    agreed: Mapping[tuple[UUID, str], Agreement],
    language: str | None,
) -> OverTime:
    latest, criterion = series[-1]
    edition = laid_over(latest).edition
    words = edition.words(language)
    labels = words.scales[edition.criteria[criterion].scale].answers
    lines: dict[str, dict[UUID, Cell]] = {}
    for one, id_ in series:
        for key, middle in one.summary[id_]["middles"].items():
            lines.setdefault(group_name(key, names[one.pk]), {})[one.pk] = _cell(middle, labels)
    for one, id_ in series:
        if (middle := one.summary[id_]["median"]) is not None:
            lines.setdefault(_("all together"), {})[one.pk] = _cell(middle, labels)
    counted = [agreed.get((one.pk, id_)) if id_ not in laid_over(one).to_confirm else None for one, id_ in series]
    agreement = next((row for row in reversed(counted) if row is not None), None)
    steps, empty = words.criteria[criterion].steps or labels, Cell(None, "")
    return OverTime(
        question=words.criteria[criterion].question,
        rounds=tuple((one, one.closed_on, id_) for one, id_ in series),
        lines=tuple((name, tuple(cells.get(one.pk, empty) for one, _id in series)) for name, cells in lines.items()),
        agreed=tuple(_agreed(row, labels) for row in counted),
        agreement=agreement,
        agreed_words=steps[agreement.step] if agreement and agreement.step is not None else "",
    )


def _cell(middle: float, labels: Sequence[str]) -> Cell:
    return Cell(int(middle), in_words(middle, labels))


def _agreed(row: Agreement | None, labels: Sequence[str]) -> Cell:
    return Cell(None, "") if row is None or row.step is None else Cell(row.step, labels[row.step])
