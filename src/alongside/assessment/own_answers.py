"""Answers that are someone's own: each for themselves, sealed with the site's keys, counted nowhere, published never.

Only the account they belong to reads them. How often something was saved stands inside the sealed record, so that a row
looks the same before the first answer and after the last.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from alongside.assessment.answering import Overtaken, laid_over, refuse_closed
from alongside.assessment.links import PRIVATE
from alongside.assessment.models import Response, Round, RoundGroup
from alongside.people.keys import decrypt, encrypt
from alongside.people.models import Account
from alongside.people.scope import Scope
from alongside.rules.tallies import Answer


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    """What someone said to themselves, and how often it was saved."""

    answers: Mapping[str, Answer]
    revision: int


def own_slots(group: RoundGroup, accounts: Iterable[UUID]) -> list[Response]:
    """A sealed record without answers for each account, not kept yet. Raises `WrongKey` where the site has no key."""
    slots = [Response(group=group, regime=PRIVATE, account_id=account) for account in accounts]
    for slot in slots:
        slot.cipher = _sealed(slot, OwnAnswers({}, 0))
    return slots


def own_responses(account: Account) -> QuerySet[Response]:
    """Everything that someone answers for themselves alone, wherever they were asked."""
    rows = Response.objects.across(because="what is someone's own is found by their account alone")
    return rows.filter(account=account, regime=PRIVATE).select_related("group__round__org")


def own_open(account: Account) -> list[Response]:
    """What still waits for an answer of one's own."""
    waiting = own_responses(account).filter(group__round__state=Round.State.OPEN)
    return list(waiting.order_by("group__round__opened_on", "pk"))


def read_own(response: Response) -> OwnAnswers:
    """What someone said to themselves. Raises `WrongKey`."""
    assert response.cipher is not None
    found = json.loads(decrypt(response.cipher, about=_about(response)))
    return OwnAnswers(found["answers"], found["revision"])


@transaction.atomic
def save_own(*, by: Scope, response: UUID, answers: Mapping[str, Answer], revision: int) -> None:
    """Lay answers over one's own; None takes one back. Nobody else's: raises Response.DoesNotExist.

    Raises also as `answering.save_answers` does.
    """
    found = _mine(by, response)
    refuse_closed(found.group.round_id)
    own = read_own(found)
    if own.revision != revision:
        raise Overtaken(own.answers)
    found.cipher = _sealed(found, OwnAnswers(laid_over(found.group, own.answers, answers), revision + 1))
    found.save(update_fields=["cipher"])


@transaction.atomic
def remove_own(*, by: Scope, response: UUID) -> None:
    """Delete one's own answers, open or closed. Nobody else's: raises Response.DoesNotExist."""
    _mine(by, response).delete()


def _mine(by: Scope, response: UUID) -> Response:
    assert by.account is not None
    return own_responses(by.account).select_for_update(of=("self",)).get(pk=response)


def _sealed(response: Response, own: OwnAnswers) -> bytes:
    plain = json.dumps({"answers": own.answers, "revision": own.revision}).encode()
    return encrypt(plain, about=_about(response))


def _about(response: Response) -> str:
    return f"assessment_response.cipher {response.pk}"
