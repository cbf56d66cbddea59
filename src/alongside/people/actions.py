"""What people do with organisations, memberships and invitations. Each action is one transaction."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet

from alongside.people.models import Account, Invitation, Membership, Organisation, Team
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.access import Role
from alongside.standard.items import Stage

INVITATION_DAYS = 14


class LastSteward(Exception):
    """An organisation needs someone who can invite people; the last one cannot leave that role."""


class NotYours(Exception):
    """An invitation that is unknown, used, out of date or meant for another address."""


@transaction.atomic
def change_name(*, by: Account, name: str) -> None:
    """Change the name by which colleagues see someone; their own only."""
    by.name = name
    by.save(update_fields=["name"])


@transaction.atomic
def open_organisation(
    *, by: Account, name: str, kind: str, country: str, stage: Stage, once: UUID | None = None
) -> Organisation:
    """A place for an organisation; whoever opens it becomes its administrator and coordinator.

    `once` becomes its id, so that a form that is sent twice opens one place; see `web/forms.once`.
    """
    organisation = Organisation(pk=once or uuid4(), name=name, kind=kind, country=country, stage=stage)
    organisation.save(force_insert=True)
    for role in (Role.ADMIN, Role.COORDINATOR):
        Membership(org=organisation, account=by, role=role).save()
    fields = ("name", "kind", "country", "stage")
    record(by=by, organisation=organisation.pk, action="organisation.open", fields=fields)
    return organisation


@transaction.atomic
def invite(
    *, by: Scope, organisation: UUID, email: str, role: Role, today: date, team: UUID | None = None
) -> tuple[Invitation, str]:
    """Invite an address to a role, in one team or in all of the organisation; returns the invitation and its token.

    Inviting the same address to the same role again replaces the link. Whether the address has an account is not
    looked up. Raises Team.DoesNotExist.
    """
    lock(by, organisation)
    remove_expired(by=by, organisation=organisation, today=today)
    token, hashed = new_token()
    invitation, _ = Invitation.objects.within(by).update_or_create(
        org_id=organisation,
        email=email.lower(),
        role=role,
        team=_team(by, organisation, team),
        defaults={"token_hash": hashed, "expires_on": today + timedelta(days=INVITATION_DAYS)},
    )
    about, fields = f"invitation {invitation.pk}", ("email", "role", "team")
    record(by=by, organisation=organisation, action="invitation.send", about=about, fields=fields)
    return invitation, token


def remove_expired(*, by: Scope, organisation: UUID, today: date) -> None:
    """Forget invitations that have run out."""
    Invitation.objects.within(by).filter(org=organisation, expires_on__lt=today).delete()


def new_token() -> tuple[str, str]:
    """A token for a link, and the hash that is kept of it."""
    token = secrets.token_urlsafe(24)
    return token, _hash(token)


@transaction.atomic
def uninvite(*, by: Scope, organisation: UUID, invitation: UUID) -> None:
    """Take an invitation back; its link stops working."""
    taken_back, _ = Invitation.objects.within(by).filter(pk=invitation, org=organisation).delete()
    if taken_back:
        record(by=by, organisation=organisation, action="invitation.take-back", about=f"invitation {invitation}")


def find_invitation(*, token: str, today: date) -> Invitation:
    """The invitation behind a link. Raises `NotYours` when it is unknown, used or out of date."""
    open_ones = Invitation.objects.across(because="whoever holds the link is not a member yet")
    invitation = open_ones.select_related("org").filter(token_hash=_hash(token), expires_on__gte=today).first()
    if invitation is None:
        raise NotYours
    return invitation


def offered(*, invitation: Invitation, today: date) -> QuerySet[Invitation]:
    """Everything the organisation invited that address to and nobody has taken up yet: one yes is enough for all."""
    open_ones = Invitation.objects.across(because="whoever holds the link is not a member yet")
    same = open_ones.filter(org=invitation.org_id, email=invitation.email, expires_on__gte=today)
    return same.select_related("team").order_by("role", "team__name")


@transaction.atomic
def accept(*, by: Account, token: str, today: date) -> Organisation:
    """Join with every role that was `offered`. Raises `NotYours`, also when it was sent to another address."""
    invitation = find_invitation(token=token, today=today)
    if invitation.email != by.email.lower():
        raise NotYours
    own = Membership.objects.across(because="someone who joins is not inside yet")
    for one in offered(invitation=invitation, today=today):
        own.get_or_create(org=invitation.org, account=by, role=one.role, team=one.team)
        one.delete()
    about, fields = f"account {by.pk}", ("role", "team")
    record(by=by, organisation=invitation.org_id, action="invitation.accept", about=about, fields=fields)
    return invitation.org


@transaction.atomic
def give_role(*, by: Scope, organisation: UUID, membership: int, role: Role, team: UUID | None = None) -> None:
    """Change what someone is in the organisation: the role, and the team it is held in (None: in all of it).

    Raises `LastSteward`, Membership.DoesNotExist and Team.DoesNotExist.
    """
    lock(by, organisation)
    held = Membership.objects.within(by).get(pk=membership, org=organisation)
    where, account = _team(by, organisation, team), held.account_id
    changed = [name for name, old, new in (("role", held.role, role), ("team", held.team_id, team)) if old != new]
    same = Membership.objects.within(by).filter(org=organisation, account=account, role=role, team=where)
    if same.exclude(pk=held.pk).exists():
        held.delete()
    else:
        held.role, held.team = role, where
        held.save(update_fields=["role", "team"])
    _keep_a_steward(by, organisation)
    if changed:
        record(by=by, organisation=organisation, action="person.give-role", about=f"account {account}", fields=changed)


@transaction.atomic
def take_role(*, by: Scope, organisation: UUID, membership: int) -> None:
    """Take a role away. Raises `LastSteward` and Membership.DoesNotExist."""
    lock(by, organisation)
    held = Membership.objects.within(by).get(pk=membership, org=organisation)
    account = held.account_id
    held.delete()
    _keep_a_steward(by, organisation)
    record(by=by, organisation=organisation, action="person.take-role", about=f"account {account}", fields=("role",))


def _team(scope: Scope, organisation: UUID, team: UUID | None) -> Team | None:
    """The team of this organisation. Raises Team.DoesNotExist."""
    return Team.objects.within(scope).get(pk=team, org=organisation) if team else None


def lock(scope: Scope, organisation: UUID) -> None:
    """One change at a time: two people must not take away the last two coordinators, or make one team twice."""
    Organisation.objects.within(scope).select_for_update().get(pk=organisation)


def _keep_a_steward(scope: Scope, organisation: UUID) -> None:
    stewards = Membership.objects.within(scope).filter(org=organisation, role__in=[Role.ADMIN, Role.COORDINATOR])
    if not stewards.exists():
        raise LastSteward


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def change_organisation(*, by: Scope, organisation: UUID, name: str, kind: str, country: str, stage: Stage) -> None:
    """Change the facts of an organisation. Raises Organisation.DoesNotExist."""
    facts = {"name": name, "kind": kind, "country": country, "stage": stage}
    found = Organisation.objects.within(by).filter(pk=organisation)
    before = found.values(*facts).get()
    found.update(**facts)
    if changed := [fact for fact, value in facts.items() if before[fact] != value]:
        record(by=by, organisation=organisation, action="organisation.change", fields=changed)
