"""Reminding: all who were asked by mail, whether they answered or not, for nobody knows who did."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from alongside.assessment.answering import Closed
from alongside.assessment.models import Asked, Round
from alongside.people.record import record
from alongside.people.scope import Scope

A_WEEK = timedelta(days=7)


class TooSoon(Exception):
    """They were reminded, or asked, less than a week ago; `again_on` is the first day on which they may be."""

    def __init__(self, again_on: date) -> None:
        super().__init__()
        self.again_on = again_on


def may_remind_on(found: Round) -> date:
    """The first day on which those who were asked may be reminded."""
    return (found.reminded_on or found.opened_on) + A_WEEK


@transaction.atomic
def remind(*, by: Scope, organisation: UUID, round_: UUID, today: date) -> tuple[Round, tuple[str, ...]]:
    """Note that all were reminded today; returns the addresses to write to. Only the day is kept.

    Raises `TooSoon`, `Closed` and Round.DoesNotExist.
    """
    found = Round.objects.within(by).select_for_update(of=("self",)).get(pk=round_, org=organisation)
    if found.state != Round.State.OPEN:
        raise Closed
    if today < may_remind_on(found):
        raise TooSoon(may_remind_on(found))
    found.reminded_on = today
    found.save(update_fields=["reminded_on"])
    record(by=by, organisation=organisation, action="round.remind", about=f"round {found.pk}", fields=["reminded_on"])
    asked = Asked.objects.within(by).filter(group__round=found, waiting=False).values_list("email", flat=True)
    return found, tuple(sorted(set(asked)))
