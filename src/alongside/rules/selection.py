"""Whom to ask what: each perspective gets what it can know, at most 25 questions, and nothing is left unasked.

Pure. Nothing here knows a person: only the perspective, the stage and the role that is employed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from alongside.standard.asking import Criterion
from alongside.standard.edition import Edition
from alongside.standard.items import Advice, Force, Stage
from alongside.standard.surveys import asked_by


def distribute(
    edition: Edition,
    instrument: str,
    *,
    stage: Stage = Stage.GROWING,
    roles: Collection[str] = (),
    modules: bool = False,
) -> dict[str, tuple[Criterion, ...]]:
    """What each perspective is shown, in reading order, never more than the instrument's limit.

    `roles` are the roles of peer workers in question (``role.psw``, ``role.cpee``): items about another role only are
    passed over; no roles means all. First every question finds one perspective that can know it, those with the fewest
    to ask before the others; then each perspective is filled up with what it is best placed to know, what the source
    demands, and what belongs in place earlier. While there are no peer workers, what only they know is passed over.
    """
    limit = edition.instruments[instrument].limit
    asked = asked_by(edition, instrument, modules=modules)
    concerned = [
        criterion
        for criterion in asked
        if _concerns(edition, criterion, stage, roles) and whom_to_ask(edition, criterion, stage)
    ]
    there = [name for name, perspective in edition.perspectives.items() if perspective.since.rank <= stage.rank]
    given: dict[str, set[str]] = {perspective: set() for perspective in there}
    for criterion in sorted(concerned, key=lambda one: len(whom_to_ask(edition, one, stage))):
        known_by = whom_to_ask(edition, criterion, stage)
        freest = min(known_by, key=lambda one: (len(given[one]), known_by.index(one)))
        if len(given[freest]) < limit:
            given[freest].add(criterion.id)
    for perspective, ids in given.items():
        more = [one for one in concerned if perspective in one.known_by and one.id not in ids]
        ids.update(one.id for one in _best(edition, more, (perspective,))[: limit - len(ids)])
    return {who: tuple(one for one in concerned if one.id in ids) for who, ids in given.items()}


def asked_together(
    edition: Edition, instrument: str, shown: Mapping[str, Collection[Criterion]], perspectives: Collection[str]
) -> tuple[Criterion, ...]:
    """What several perspectives that answer as one group are shown: what they know best, in reading order.

    `shown` is what each would be shown by itself (`distribute`). Never more than the instrument's limit.
    """
    all_of_them = {one.id: one for who in perspectives for one in shown.get(who, ())}
    chosen = _best(edition, all_of_them.values(), perspectives)[: edition.instruments[instrument].limit]
    places = {id_: place for place, id_ in enumerate(edition.criteria)}
    return tuple(sorted(chosen, key=lambda one: places[one.id]))


def whom_to_ask(edition: Edition, criterion: Criterion, stage: Stage) -> tuple[str, ...]:
    """The perspectives that can know it and that there are at this stage, best placed first."""
    return tuple(who for who in criterion.known_by if edition.perspectives[who].since.rank <= stage.rank)


def _concerns(edition: Edition, criterion: Criterion, stage: Stage, roles: Collection[str]) -> bool:
    item = edition.items[criterion.item]
    if criterion.stages:
        in_time = stage in criterion.stages
    else:
        in_time = not isinstance(item, Advice) or item.stage.rank <= stage.rank
    return in_time and (not roles or not item.roles or not set(item.roles).isdisjoint(roles))


def _best(edition: Edition, criteria: Iterable[Criterion], perspectives: Collection[str]) -> list[Criterion]:
    """Those the perspectives are best placed to know first."""

    def rank(criterion: Criterion) -> tuple[int, bool, int]:
        item = edition.items[criterion.item]
        stage = item.stage.rank if isinstance(item, Advice) else 0
        place = min(criterion.known_by.index(who) for who in perspectives if who in criterion.known_by)
        return (place, edition.force_of(criterion.id) is not Force.SHOULD, stage)

    return sorted(criteria, key=rank)
