"""Answering with a link, in as many sittings as one likes. Nothing but the answers is ever written."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from alongside.assessment import editions
from alongside.assessment.models import Response, Round, RoundGroup
from alongside.rules.tallies import Answer
from alongside.standard.asking import APART, Criterion
from alongside.standard.edition import Edition


class Closed(Exception):
    """The round was closed; nothing more is taken."""


class Overtaken(Exception):
    """The same link was answered elsewhere in between; `answers` is what stands now."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        super().__init__()
        self.answers = answers


def asked_of(edition: Edition, group: RoundGroup) -> tuple[Criterion, ...]:
    """The questions that a group is shown in a round, in reading order."""
    return tuple(edition.criteria[id_] for id_ in group.questions)


@transaction.atomic
def save_answers(*, response: UUID, answers: Mapping[str, Answer], revision: int) -> Response:
    """Lay answers over those of a response; None takes one back.

    Raises `Closed`, `Overtaken` when someone else saved since `revision`, KeyError for a question that is not asked and
    ValueError for an answer that is none. Writes no event, time or address.
    """
    slots = Response.objects.across(because="whoever holds the link need not be a member")
    found = slots.select_for_update(of=("self",)).select_related("group__round").get(pk=response)
    refuse_closed(found.group.round_id)
    if found.revision != revision:
        raise Overtaken(found.answers)
    found.answers = laid_over(found.group, found.answers, answers)
    found.revision += 1
    found.save(update_fields=["answers", "revision"])
    return found


def refuse_closed(round_: UUID) -> None:
    """Raises `Closed`. Asked once the response is locked: closing locks all of them, so none slips in behind it."""
    rounds = Round.objects.across(because="whoever holds the link need not be a member")
    if rounds.values_list("state", flat=True).get(pk=round_) != Round.State.OPEN:
        raise Closed


def laid_over(group: RoundGroup, kept: Mapping[str, Answer], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """New answers of someone in `group` over those that were kept. Raises KeyError and ValueError, as above."""
    edition = editions.edition(group.round.edition_id)
    asked = {criterion.id: criterion for criterion in asked_of(edition, group)}
    for criterion, answer in answers.items():
        _check(edition, asked[criterion], answer)
    return {criterion: answer for criterion, answer in {**kept, **answers}.items() if answer is not None}


def _check(edition: Edition, criterion: Criterion, answer: Answer) -> None:
    positions = edition.scales[criterion.scale].answers
    if answer is None or answer in APART:
        return
    if not isinstance(answer, int) or isinstance(answer, bool) or not 0 <= answer < positions:
        raise ValueError(f"{answer!r} is no answer to {criterion.id}")
