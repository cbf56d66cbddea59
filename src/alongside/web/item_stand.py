"""Where an organisation stands on one item: answers over time by perspective, agreed steps, dissent, steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.assessment import editions
from alongside.assessment.models import Agreement, Dissent, Round, RoundGroup
from alongside.people.scope import Scope
from alongside.planning import queries as planning
from alongside.planning.models import Step
from alongside.rules.tallies import in_words
from alongside.standard.edition import Edition
from alongside.web.results_page import group_names


@dataclass(frozen=True, slots=True)
class Cell:
    """A middle answer: its step for the square (rounded down), and its words. None and "" where nothing is shown."""

    step: int | None
    words: str


@dataclass(frozen=True, slots=True)
class OverTime:
    """One question: a line for each group with a cell for each round, and the agreed steps beneath."""

    criterion: str
    question: str
    rounds: tuple[tuple[Round, date | None], ...]
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
    """In five queries: rounds, groups, agreements, dissents, steps. Oldest round first."""
    closed = Round.objects.within(scope).filter(org=organisation, state=Round.State.CLOSED)
    rounds = list(closed.order_by("closed_on", "opened_on", "pk"))
    asked = {one.pk: editions.edition(one.edition_id) for one in rounds}
    criteria = dict.fromkeys(one.id for edition in asked.values() for one in edition.criteria_of(item))
    groups = _by_round(RoundGroup.objects.within(scope).filter(round__in=rounds))
    agreements = Agreement.objects.within(scope).filter(round__in=rounds, criterion__in=criteria)
    agreed = {(row.round_id, row.criterion): row for row in agreements}
    dissents = Dissent.objects.within(scope).filter(round__in=rounds[-1:], criterion__in=criteria)
    names = [group_names(asked[one.pk], groups.get(one.pk, ()), language) for one in rounds]
    questions = [
        found
        for id_ in criteria
        if (found := _over_time([one for one in rounds], asked, names, agreed, id_, language)) is not None
    ]
    return ItemStand(
        questions=tuple(questions),
        dissents=tuple(dissents),
        steps=tuple(planning.steps_by_item(scope, organisation).get(item, ())),
    )


def _by_round(groups: Iterable[RoundGroup]) -> dict[UUID, list[RoundGroup]]:
    found: dict[UUID, list[RoundGroup]] = {}
    for group in groups:
        found.setdefault(group.round_id, []).append(group)
    return found


def _over_time(
    rounds: Sequence[Round],
    asked: Mapping[UUID, Edition],
    names: Sequence[Mapping[str, str]],
    agreed: Mapping[tuple[UUID, str], Agreement],
    criterion: str,
    language: str | None,
) -> OverTime | None:
    """None where no round asked it, or where its answers have no order."""
    those = [(one, called) for one, called in zip(rounds, names, strict=True) if criterion in one.summary]
    if not those:
        return None
    edition = asked[those[-1][0].pk]
    scale = edition.scales[edition.criteria[criterion].scale]
    if not scale.ordered:
        return None
    words = edition.words(language)
    labels = words.scales[scale.id].answers
    lines: dict[str, dict[UUID, Cell]] = {}
    for one, called in those:
        for key, middle in one.summary[criterion]["middles"].items():
            lines.setdefault(called.get(key, key), {})[one.pk] = _cell(middle, labels)
    empty = Cell(None, "")
    latest = next((agreed[one.pk, criterion] for one, _ in reversed(those) if (one.pk, criterion) in agreed), None)
    steps = words.criteria[criterion].steps or labels
    return OverTime(
        criterion=criterion,
        question=words.criteria[criterion].question,
        rounds=tuple((one, one.closed_on) for one, _ in those),
        lines=tuple((name, tuple(cells.get(one.pk, empty) for one, _ in those)) for name, cells in lines.items()),
        agreed=tuple(_agreed(agreed.get((one.pk, criterion)), labels) for one, _ in those),
        agreement=latest,
        agreed_words=steps[latest.step] if latest and latest.step is not None else "",
    )


def _cell(middle: float, labels: Sequence[str]) -> Cell:
    return Cell(int(middle), in_words(middle, labels))


def _agreed(row: Agreement | None, labels: Sequence[str]) -> Cell:
    return Cell(None, "") if row is None or row.step is None else Cell(row.step, labels[row.step])
