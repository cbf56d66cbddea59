"""Leaving: one organisation, or the site. Nobody is held back, but nobody leaves others without someone who can invite.

A place whose last member goes is emptied: everything in it is deleted, its name too. What stays is a shell with its
record, which the database keeps until its day; then the tick removes both (`people/upkeep.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import transaction

from alongside.people import programmes
from alongside.people.models import Account, Event, Membership, Organisation
from alongside.people.record import record
from alongside.people.scope import Scope, scope_of
from alongside.rules.access import Role

STEWARDS = (Role.ADMIN, Role.COORDINATOR)


class LastOfThem(Exception):
    """They are the last who can invite people, and others stay: somebody else takes that over first."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        super().__init__()
        self.organisations = tuple(organisations)


class NotTold(Exception):
    """Going would empty a place, and whoever goes has not said that they know."""


class Places(NamedTuple):
    """What becomes of someone's organisations when they go: held back by those, emptied, or simply left."""

    held: tuple[Organisation, ...]
    emptied: tuple[Organisation, ...]
    left: tuple[Organisation, ...]

    @property
    def all(self) -> tuple[Organisation, ...]:
        """All of them, by name."""
        return tuple(sorted((*self.held, *self.emptied, *self.left), key=lambda place: place.name.casefold()))


def places_of(scope: Scope) -> Places:
    """What would become of each organisation of an account, in two queries."""
    assert scope.account is not None
    others: dict[UUID, set[str]] = {}
    rows = Membership.objects.within(scope).exclude(account=scope.account).values_list("org_id", "role")
    for organisation, role in rows:
        others.setdefault(organisation, set()).add(role)
    piles: dict[str, list[Organisation]] = {"held": [], "emptied": [], "left": []}
    for found in Organisation.objects.within(scope).order_by("name"):
        piles[_becomes(scope.roles[found.pk], others.get(found.pk, set()))].append(found)
    return Places(**{name: tuple(pile) for name, pile in piles.items()})


def _becomes(own: Collection[str], others: Collection[str]) -> str:
    """What becomes of a place when someone with roles `own` goes and people with roles `others` stay."""
    if not others:
        return "emptied"
    return "held" if set(own) & set(STEWARDS) and not set(others) & set(STEWARDS) else "left"


@transaction.atomic
def leave(*, by: Scope, organisation: UUID, knowing: bool = False) -> None:
    """Give back all of one's own roles in an organisation. The last member of all empties the place.

    `knowing`: they were told that it will be emptied. Raises `LastOfThem`, `NotTold` and Organisation.DoesNotExist.
    """
    _go(by, Organisation.objects.within(by).select_for_update().get(pk=organisation), knowing)


@transaction.atomic
def close_account(*, by: Account, knowing: bool = False) -> None:
    """Delete an account and all that is its own; its memberships end. Raises `LastOfThem` and `NotTold`, as `leave`.

    Programmes that they convene alone end with them.
    """
    scope = scope_of(by)
    for found in Organisation.objects.within(scope).select_for_update().order_by("pk"):
        _go(scope, found, knowing)
    for programme in programmes.convened(by):
        programmes.leave(by=by, programme=programme.pk)
    by.delete()


def _go(scope: Scope, found: Organisation, knowing: bool) -> None:
    assert scope.account is not None
    places = places_of(Scope(scope.account, {found.pk: scope.roles[found.pk]}))
    if places.held:
        raise LastOfThem(places.held)
    if places.emptied and not knowing:
        raise NotTold
    about = f"account {scope.account.pk}"
    Membership.objects.within(scope).filter(org=found, account=scope.account).delete()
    record(by=scope, organisation=found.pk, action="person.leave", about=about, fields=["role"])
    if places.emptied:
        _empty(scope, found)


def _empty(scope: Scope, found: Organisation) -> None:
    """Delete every row that belongs to the organisation, in whatever room, and its facts; its record stays."""
    for model in apps.get_models():
        if getattr(model, "TENANT", None) == "org" and model is not Event:
            rows: Any = model._default_manager
            rows.across(because="nobody is left who could see it").filter(org=found).delete()
    found.name = found.kind = found.country = found.stage = ""
    found.save()
    record(by=scope, organisation=found.pk, action="organisation.empty", about=f"organisation {found.pk}")
