"""Closing a round: counts are made once and kept, and pages read those. What is private is not counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from alongside.assessment import editions
from alongside.assessment.links import NAMED, OFFICIAL, PRIVATE
from alongside.assessment.models import Response, Round, RoundGroup, Tally
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.scoring import Answers, Column, Figures, figures_of, heard_in
from alongside.rules.small_groups import partition
from alongside.rules.summary import summary
from alongside.rules.tallies import Answer
from alongside.standard.edition import Edition


@transaction.atomic
def close_round(*, by: Scope, organisation: UUID, round_: UUID, today: date) -> Round:
    """Close a round and publish its figures, once. Closing a closed round changes nothing."""
    found = Round.objects.within(by).select_for_update(of=("self",)).get(pk=round_, org=organisation)
    if found.state == Round.State.CLOSED:
        return found
    found.state, found.closed_on = Round.State.CLOSED, today
    edition = editions.edition(found.edition_id)
    groups = {group.pk: group for group in RoundGroup.objects.within(by).filter(round=found).exclude(regime=PRIVATE)}
    locked = Response.objects.within(by).filter(group__in=groups).order_by("pk").select_for_update(of=("self",))
    responses = [(groups[one.group_id].key, one.answers) for one in locked]
    figures = publication(edition, found, list(groups.values()), responses)
    Tally.objects.across(because="a round that is being closed").bulk_create(
        row for criterion, one in figures.items() for row in _rows(found, criterion, one)
    )
    found.summary = summary(figures)
    found.save(update_fields=["state", "closed_on", "summary"])
    record(by=by, organisation=organisation, action="round.close", about=f"round {found.pk}", fields=("state",))
    return found


def publication(
    edition: Edition, asked: Round, groups: Sequence[RoundGroup], responses: Sequence[tuple[str, Mapping[str, Answer]]]
) -> dict[str, Figures]:
    """Figures of each criterion, over those groups that were asked it. `responses`: (key of a group, its answers)."""
    asked_by = {group.key: frozenset(group.questions) for group in groups}
    official = frozenset(group.key for group in groups if group.regime == OFFICIAL)
    named = frozenset(group.key for group in groups if group.regime == NAMED)
    figures = {}
    for id_ in dict.fromkeys(one for group in groups for one in group.questions):
        criterion = edition.criteria[id_]
        rows = [(key, answers) for key, answers in responses if id_ in asked_by[key]]
        scale = edition.scales[criterion.scale]
        labels = edition.words().scales[scale.id].answers
        column = Column([answers.get(id_) for _, answers in rows], labels, scale.ordered)
        answers = Answers((), {}, len(rows), [key for key, _ in rows], official)
        split = partition([heard_in(answers, column.values)], limit=asked.limit, official=official, named=named)
        figures[id_] = figures_of(answers, column, split)
    return figures


def _rows(closed: Round, criterion: str, figures: Figures) -> Iterator[Tally]:
    for group, found in {"": figures.total, **figures.by}.items():
        yield Tally(
            round=closed,
            criterion=criterion,
            group=group,
            counts=list(found.counts) if found.counts is not None else None,
            dont_know=found.dont_know,
            not_applicable=found.not_applicable,
            blank=found.blank,
        )
