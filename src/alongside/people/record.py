"""The record: who did what, when. Names of fields, never values; nothing of a sealed or private answer, ever."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from alongside.people.models import Account, Event
from alongside.people.scope import Scope


def record(
    *, by: Scope | Account | None, organisation: UUID, action: str, about: str = "", fields: Iterable[str] = ()
) -> None:
    """Keep that something was done, in the transaction that does it.

    `action` is the door's kind and verb (``round.open``), `about` the kind and id it was done to (``round 6f…``),
    `fields` the names of what was changed. `by` None: the site itself, as in a tick.
    """
    account = by.account if isinstance(by, Scope) else by
    now = timezone.now()
    Event.objects.across(because="what happened in an organisation is written by whoever may act in it").create(
        org_id=organisation,
        account=account.pk if account else None,
        action=action,
        about=about,
        fields=sorted(fields),
        at=now,
        keep_until=timezone.localdate(now) + timedelta(days=settings.EVENT_DAYS),
    )
