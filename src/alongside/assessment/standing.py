"""Where an organisation stands: the agreed steps of its rounds, newest first; before them, what people said.

The same answer for everyone who asks: the organisation's page, an item's page, the roadmap, reports and programmes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from alongside.assessment import editions, models
from alongside.assessment.models import Agreement, Dissent, FirstLook, Round
from alongside.assessment.moves import laid_over
from alongside.people.scope import Scope
from alongside.people.tenancy import Within
from alongside.rules.mapped import matching
from alongside.rules.standing import moved, steps_of_items
from alongside.standard.edition import Edition
from alongside.standard.loading import standard


class Basis(StrEnum):
    """What a standing rests on."""

    AGREED = "agreed"
    SAID = "said"
    LOOK = "look"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """Steps by item (None: nobody knows) and by criterion, on the day of the newest of them.

    `before` has the steps by item that stood before the newest round; `moved` by how many each went up or down.
    """

    edition: Edition
    basis: Basis
    items: Mapping[str, int | None]
    criteria: Mapping[str, int | None] = field(default_factory=dict)
    before: Mapping[str, int | None] = field(default_factory=dict)
    day: date | None = None
    round: Round | None = None

    @property
    def moved(self) -> dict[str, int]:
        """Item id → by how many steps it moved since the round before."""
        return moved(self.items, self.before)


def standing(scope: Within, organisation: UUID) -> Standing:
    """Where one organisation stands, in at most four queries."""
    return standings(scope, [organisation])[organisation]


def standings(scope: Within, organisations: Iterable[UUID]) -> dict[UUID, Standing]:
    """Where each of them stands, in as many queries for a thousand as for one."""
    wanted = list(organisations)
    rounds: dict[UUID, list[Round]] = {org: [] for org in wanted}
    closed = Round.objects.within(scope).filter(org__in=wanted, state=Round.State.CLOSED)
    for one in closed.select_related("move").order_by("closed_on", "opened_on", "pk"):
        rounds[one.org_id].append(one)
    agreed: dict[UUID, list[Agreement]] = {}
    for row in Agreement.objects.within(scope).filter(round__org__in=wanted):
        agreed.setdefault(row.round_id, []).append(row)
    bare = [org for org in wanted if not any(one.pk in agreed for one in rounds[org])]
    said = _said(scope, [rounds[org][-1] for org in bare if rounds[org]])
    looks = _looks(scope, [org for org in bare if not rounds[org]])
    return {org: _standing(rounds[org], agreed, said, looks.get(org)) for org in wanted}


def _standing(
    rounds: list[Round],
    agreed: Mapping[UUID, list[Agreement]],
    said: Mapping[UUID, Standing],
    look: Standing | None,
) -> Standing:
    with_agreement = [one for one in rounds if one.pk in agreed]
    if with_agreement:
        return _agreed(with_agreement, agreed)
    if rounds:
        return said[rounds[-1].pk]
    return look or Standing(standard(), Basis.NOTHING, steps_of_items(standard(), {}))


def _agreed(rounds: list[Round], agreed: Mapping[UUID, list[Agreement]]) -> Standing:
    """The newest agreement on each question; a question that was worded otherwise then is another question."""
    latest = rounds[-1]
    read_by = laid_over(latest)
    edition = read_by.edition
    steps: dict[str, int | None] = {}
    before: dict[str, int | None] = {}
    for one in rounds:
        if one is latest:
            before = dict(steps)
        mapped = laid_over(one)
        there = matching(mapped, read_by)
        for row in agreed[one.pk]:
            if row.criterion in there and row.criterion not in mapped.to_confirm:
                steps[there[row.criterion]] = row.step
    return Standing(
        edition=edition,
        basis=Basis.AGREED,
        items=steps_of_items(edition, steps),
        criteria=steps,
        before=steps_of_items(edition, before) if len(rounds) > 1 else {},
        day=max(row.agreed_on for row in agreed[latest.pk]),
        round=latest,
    )


def _said(scope: Within, rounds: list[Round]) -> dict[UUID, Standing]:
    """By round: the middle answer of all together, rounded down, where nobody has agreed on anything yet."""
    if not rounds:
        return {}
    steps: dict[UUID, dict[str, int | None]] = {one.pk: {} for one in rounds}
    for row in models.Tally.objects.within(scope).filter(round__in=rounds, group=""):
        steps[row.round_id][row.criterion] = _middle(row.counts)
    found = {}
    for one in rounds:
        mapped = laid_over(one)
        edition, said = mapped.edition, mapped.standing(steps[one.pk])
        criteria = {id_: step for id_, step in said.items() if edition.scales[edition.criteria[id_].scale].ordered}
        items = steps_of_items(edition, criteria)
        found[one.pk] = Standing(edition, Basis.SAID, items, criteria, day=one.closed_on, round=one)
    return found


def _middle(counts: list[int] | None) -> int | None:
    """The lower middle answer of some counts."""
    if not counts or not sum(counts):
        return None
    half, upto = (sum(counts) + 1) // 2, 0
    for step, count in enumerate(counts):
        upto += count
        if upto >= half:
            return step
    return None


def _looks(scope: Within, organisations: list[UUID]) -> dict[UUID, Standing]:
    """The latest first look of each."""
    found: dict[UUID, Standing] = {}
    if not organisations:
        return found
    for row in FirstLook.objects.within(scope).filter(org__in=organisations):
        if row.org_id in found:
            continue
        edition = editions.edition(row.edition_id)
        steps = {id_: step for id_, step in row.answers.items() if isinstance(step, int)}
        found[row.org_id] = Standing(edition, Basis.LOOK, steps_of_items(edition, steps), steps, day=row.made_on)
    return found


def dissents(scope: Within, organisation: UUID) -> list[Dissent]:
    """What is seen otherwise today, latest round first: a dissent stands until its question is agreed on anew.

    In two queries; the rounds of the dissents are read with them. A question that was renamed is the same question.
    """
    said = Dissent.objects.within(scope).filter(round__org=organisation).select_related("round__move")
    rows = list(said.order_by("-round__closed_on", "-round__opened_on", "voice", "pk"))
    names = {_called(row.criterion) for row in rows}
    names |= {old for old, new in standard().successors.items() if new in names}
    agreed = Agreement.objects.within(scope).filter(round__org=organisation, criterion__in=names)
    newest: dict[str, tuple[date, date]] = {}
    for one in agreed.select_related("round"):
        name = _called(one.criterion)
        newest[name] = max(newest.get(name, _when(one.round)), _when(one.round))
    return [row for row in rows if newest.get(_called(row.criterion), (date.min, date.min)) <= _when(row.round)]


def _called(criterion: str) -> str:
    """What a question is called by the edition of this release."""
    return standard().successors.get(criterion, criterion)


def item_of(dissent: Dissent) -> str | None:
    """What a dissent is about, by the edition its round is read by; None where the question was set aside."""
    criteria = laid_over(dissent.round).edition.criteria
    return criteria[dissent.criterion].item if dissent.criterion in criteria else None


def _when(closed: Round) -> tuple[date, date]:
    """When a round was closed and opened: rounds in the order of their time."""
    return closed.closed_on or date.max, closed.opened_on


@dataclass(frozen=True, slots=True)
class Agreed:
    """What came of a question: the agreement, if there is one, and what stands beside it."""

    agreement: Agreement | None
    dissents: tuple[Dissent, ...]


def agreed(scope: Scope, round_: Round) -> dict[str, Agreed]:
    """Criterion → what was agreed and who sees it otherwise, in two queries."""
    return _came(
        Agreement.objects.within(scope).filter(round=round_), Dissent.objects.within(scope).filter(round=round_)
    )


def agreed_for_everyone(round_: Round) -> dict[str, Agreed]:
    """The same for someone who answered with a link and need not be a member."""
    why = "whoever answered sees what came of it"
    return _came(
        Agreement.objects.across(because=why).filter(round=round_),
        Dissent.objects.across(because=why).filter(round=round_),
    )


def _came(agreements: Iterable[Agreement], dissents: Iterable[Dissent]) -> dict[str, Agreed]:
    by_criterion = {row.criterion: row for row in agreements}
    beside: dict[str, list[Dissent]] = {}
    for row in dissents:
        beside.setdefault(row.criterion, []).append(row)
    names = dict.fromkeys((*by_criterion, *beside))
    return {name: Agreed(by_criterion.get(name), tuple(beside.get(name, ()))) for name in names}
