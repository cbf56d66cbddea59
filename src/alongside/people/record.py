"""The record: who did what, when. Names of fields, never values; nothing of a sealed or private answer, ever.

Triggers in the database (migration 0004) refuse to change an event, and to delete it before `keep_until`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from alongside.people.models import Account, Event, Membership
from alongside.people.scope import Scope

A_PAGE = 50
LONGEST_ACTION, LONGEST_ABOUT = 40, 160
_ACTION = re.compile(r"[a-z_-]+\.[a-z_-]+")
_FIELD = re.compile(r"[a-z0-9_]+")
_ABOUT = re.compile(
    r"[a-z-]+( (?=\S*[\d.])[\w.:-]+){0,2}", re.ASCII
)  # an id holds a figure or a dot, a name seldom does


class NotForTheRecord(ValueError):
    """What was to be recorded looks like a value: the record holds ids and names of fields only."""


def record(
    *, by: Scope | Account | None, organisation: UUID, action: str, about: str = "", fields: Iterable[str] = ()
) -> None:
    """Keep that something was done, in the transaction that does it.

    `action` is the door's kind and verb (``round.open``), `about` the kind and id it was done to (``round 6f…``),
    `fields` the names of what was changed. `by` None: the site itself, as in a tick. Raises `NotForTheRecord`.
    """
    account = by.account if isinstance(by, Scope) else by
    names = sorted(fields)
    _refuse_values(action, about, names)
    now = timezone.now()
    Event.objects.across(because="what happened in an organisation is written by whoever may act in it").create(
        org_id=organisation,
        account=account.pk if account else None,
        action=action,
        about=about,
        fields=names,
        at=now,
        keep_until=timezone.localdate(now) + timedelta(days=settings.EVENT_DAYS),
    )


def _refuse_values(action: str, about: str, fields: list[str]) -> None:
    """Also what is too long: SQLite would keep it, PostgreSQL would not."""
    short = len(action) <= LONGEST_ACTION and len(about) <= LONGEST_ABOUT
    ids = _ACTION.fullmatch(action) and (not about or _ABOUT.fullmatch(about)) and all(map(_FIELD.fullmatch, fields))
    if not short or not ids:
        raise NotForTheRecord(action)


class Entry(NamedTuple):
    """One line of the record. `who`: a name; empty for the site itself; None for someone who is no member any more."""

    event: Event
    who: str | None


class Page(NamedTuple):
    """Lines of the record, latest first; `older` is the number to read on from, None at the end."""

    entries: tuple[Entry, ...]
    older: int | None


def read(
    scope: Scope, organisation: UUID, *, kind: str = "", account: UUID | None = None, before: int | None = None
) -> Page:
    """A page of the record, in two queries: of one `kind` (``round``), of one account, older than event `before`."""
    events = _events(scope, organisation, kind, account)
    if before is not None:
        events = events.filter(pk__lt=before)
    found = list(events[: A_PAGE + 1])
    shown = found[:A_PAGE]
    return Page(_entries(scope, organisation, shown), shown[-1].pk if len(found) > A_PAGE else None)


def whole(scope: Scope, organisation: UUID) -> tuple[Entry, ...]:
    """The whole record of an organisation, latest first, in two queries."""
    return _entries(scope, organisation, list(_events(scope, organisation, "", None)))


def _entries(scope: Scope, organisation: UUID, events: Sequence[Event]) -> tuple[Entry, ...]:
    names = _names(scope, organisation, {event.account for event in events if event.account})
    return tuple(Entry(event, names.get(event.account) if event.account else "") for event in events)


def _events(scope: Scope, organisation: UUID, kind: str, account: UUID | None) -> QuerySet[Event]:
    events = Event.objects.within(scope).filter(org=organisation).order_by("-pk")
    if kind:
        events = events.filter(action__startswith=f"{kind}.")
    return events.filter(account=account) if account else events


def _names(scope: Scope, organisation: UUID, accounts: set[UUID]) -> dict[UUID, str]:
    held = Membership.objects.within(scope).filter(org=organisation, account__in=accounts).select_related("account")
    return {membership.account_id: str(membership.account) for membership in held}
