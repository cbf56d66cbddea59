"""Programmes: organisations that work together, and what each of them lets the programme see.

Crossing from one organisation to another only by a grant: to one programme, for one purpose, from a day until a day.
Whoever convenes the programme sees figures of the organisations whose grant holds today, and never a person.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from alongside.people.models import Account, Grant, Programme
from alongside.people.record import record
from alongside.people.scope import Scope

MOST_YEARS = 3
LINK_DAYS = 14
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another
CODE_GROUPS, GROUP = 4, 4
_SALT = "alongside.programme.convene"
_DAY = 24 * 60 * 60


class TooLong(Exception):
    """A grant that would not begin or would last longer than three years."""


class LinkClosed(Exception):
    """A link for conveners that is broken, out of date, or of a programme that is no more."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What one convener may see of a programme today. It names organisations as a scope does, and no roles in them."""

    programme: Programme
    grants: tuple[Grant, ...]

    @property
    def organisations(self) -> frozenset[UUID]:
        """The organisations whose grant holds today: where they stand may be seen."""
        return frozenset(grant.org_id for grant in self.grants)

    def figures(self) -> Granted:
        """The same, of those that let the published figures be seen too."""
        return Granted(self.programme, tuple(one for one in self.grants if one.purpose == Grant.Purpose.FIGURES))


def convened(account: Account) -> QuerySet[Programme]:
    """The programmes that someone convenes, by name."""
    return Programme.objects.filter(people=account).order_by("name", "pk")


def granted(account: Account, programme: UUID, today: date) -> Granted:
    """What a convener sees of a programme today, in two queries. Raises Programme.DoesNotExist for everyone else."""
    found = convened(account).get(pk=programme)
    grants = Grant.objects.across(because="an organisation granted it, for a purpose and until a day")
    holding = grants.filter(programme=found, granted_from__lte=today, until__gte=today)
    return Granted(found, tuple(holding.select_related("org").order_by("org__name", "pk")))


def grants_of(scope: Scope, organisation: UUID, today: date) -> QuerySet[Grant]:
    """What an organisation lets programmes see today, with the programmes and who convenes them."""
    given = Grant.objects.within(scope).filter(org=organisation, until__gte=today)
    return given.select_related("programme").prefetch_related("programme__people").order_by("programme__name", "pk")


def find_programme(code: str) -> Programme | None:
    """The programme of a code, however it was typed."""
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    return Programme.objects.filter(code=_grouped(typed)).prefetch_related("people").first()


def longest(today: date) -> date:
    """The last day a grant that begins today can hold."""
    try:
        return today.replace(year=today.year + MOST_YEARS)
    except ValueError:  # the 29th of February
        return today.replace(year=today.year + MOST_YEARS, day=28)


@transaction.atomic
def open_programme(*, by: Account, name: str, purpose: str, once: UUID | None = None) -> Programme:
    """A programme that `by` convenes; `once` becomes its id, so that a form that is sent twice opens one."""
    if once and (opened := convened(by).filter(pk=once).first()):
        return opened
    letters = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUPS * GROUP))
    programme = Programme(pk=once or uuid4(), name=name, purpose=purpose, code=_grouped(letters))
    programme.save(force_insert=True)
    programme.people.add(by)
    return programme


@transaction.atomic
def give_grant(*, by: Scope, organisation: UUID, code: str, purpose: str, until: date, today: date) -> Grant:
    """Let a programme see something from today on, or change what it may see. One grant for each programme.

    Raises Programme.DoesNotExist and `TooLong`.
    """
    programme = find_programme(code)
    if programme is None:
        raise Programme.DoesNotExist
    if not today <= until <= longest(today):
        raise TooLong
    own = Grant.objects.within(by)
    own.filter(org=organisation, programme=programme, until__lt=today).delete()
    said = {"purpose": purpose, "until": until}
    grant, new = own.update_or_create(
        org_id=organisation, programme=programme, defaults=said, create_defaults={**said, "granted_from": today}
    )
    action = "grant.give" if new else "grant.change"
    record(by=by, organisation=organisation, action=action, about=f"grant {grant.pk}", fields=said)
    return grant


@transaction.atomic
def end_grant(*, by: Scope, organisation: UUID, grant: UUID) -> None:
    """Take back what a programme may see; from the next page on it sees nothing. Raises Grant.DoesNotExist."""
    Grant.objects.within(by).get(pk=grant, org=organisation).delete()
    record(by=by, organisation=organisation, action="grant.take-back", about=f"grant {grant}")


def link_token(programme: Programme) -> str:
    """What makes whoever holds it a convener, for `LINK_DAYS` days. Nothing of it is kept."""
    return signing.dumps(programme.pk.hex, salt=_SALT)


def behind(token: str) -> Programme:
    """The programme of a `link_token`. Raises `LinkClosed`."""
    try:
        return Programme.objects.get(pk=UUID(signing.loads(token, salt=_SALT, max_age=LINK_DAYS * _DAY)))
    except (signing.BadSignature, Programme.DoesNotExist):
        raise LinkClosed from None


@transaction.atomic
def join(*, by: Account, token: str) -> Programme:
    """Convene a programme together with those who do. Every organisation that lets it see something has it recorded.

    Raises `LinkClosed`.
    """
    programme = behind(token)
    if not convened(by).filter(pk=programme.pk).exists():
        programme.people.add(by)
        _tell(by, programme, "grant.convener-joins")
    return programme


@transaction.atomic
def leave(*, by: Account, programme: UUID) -> None:
    """Convene it no longer; the last one who leaves ends it, and every grant with it. Raises Programme.DoesNotExist."""
    found = convened(by).select_for_update().get(pk=programme)
    found.people.remove(by)
    if found.people.exists():
        _tell(by, found, "grant.convener-leaves")
    else:
        _tell(by, found, "grant.programme-ends")
        found.delete()


def _tell(by: Account, programme: Programme, action: str) -> None:
    """Keep it in the record of every organisation that lets the programme see something."""
    grants = Grant.objects.across(because="what happens to a programme concerns everyone who granted it something")
    for grant in grants.filter(programme=programme):
        record(by=by, organisation=grant.org_id, action=action, about=f"grant {grant.pk}")


def _grouped(letters: str) -> str:
    """ABCDEFGH… is ABCD-EFGH-…"""
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
