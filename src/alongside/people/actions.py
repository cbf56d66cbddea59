"""What people do with organisations, memberships and invitations. Each action is one transaction."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from alongside.people.models import Account, Invitation, Membership, Organisation
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
    return organisation


@transaction.atomic
def invite(*, by: Scope, organisation: UUID, email: str, role: Role, today: date) -> tuple[Invitation, str]:
    """Invite an address to a role; returns the invitation and the token for its link.

    Inviting the same address to the same role again replaces the link. Whether the address has an account is not
    looked up.
    """
    Invitation.objects.within(by).filter(org=organisation, expires_on__lt=today).delete()
    token = secrets.token_urlsafe(24)
    invitation, _ = Invitation.objects.within(by).update_or_create(
        org_id=organisation,
        email=email.lower(),
        role=role,
        defaults={"token_hash": _hash(token), "expires_on": today + timedelta(days=INVITATION_DAYS)},
    )
    return invitation, token


@transaction.atomic
def uninvite(*, by: Scope, organisation: UUID, invitation: UUID) -> None:
    """Take an invitation back; its link stops working."""
    Invitation.objects.within(by).filter(pk=invitation, org=organisation).delete()


def find_invitation(*, token: str, today: date) -> Invitation:
    """The invitation behind a link. Raises `NotYours` when it is unknown, used or out of date."""
    open_ones = Invitation.objects.across(because="whoever holds the link is not a member yet")
    invitation = open_ones.select_related("org").filter(token_hash=_hash(token), expires_on__gte=today).first()
    if invitation is None:
        raise NotYours
    return invitation


@transaction.atomic
def accept(*, by: Account, token: str, today: date) -> Organisation:
    """Join with the role that the invitation names. Raises `NotYours`, also when it was sent to another address."""
    invitation = find_invitation(token=token, today=today)
    if invitation.email != by.email.lower():
        raise NotYours
    own = Membership.objects.across(because="someone who joins is not inside yet")
    own.get_or_create(org=invitation.org, account=by, role=invitation.role)
    organisation = invitation.org
    invitation.delete()
    return organisation


@transaction.atomic
def give_role(*, by: Scope, organisation: UUID, membership: int, role: Role) -> None:
    """Change what someone is in the organisation. Raises `LastSteward` and Membership.DoesNotExist."""
    _lock(by, organisation)
    held = Membership.objects.within(by).get(pk=membership, org=organisation)
    others = Membership.objects.within(by).filter(org=organisation, account=held.account_id, role=role)
    if others.exclude(pk=held.pk).exists():
        held.delete()
    else:
        held.role = role
        held.save(update_fields=["role"])
    _keep_a_steward(by, organisation)


@transaction.atomic
def take_role(*, by: Scope, organisation: UUID, membership: int) -> None:
    """Take a role away. Raises `LastSteward` and Membership.DoesNotExist."""
    _lock(by, organisation)
    held = Membership.objects.within(by).get(pk=membership, org=organisation)
    held.delete()
    _keep_a_steward(by, organisation)


def _lock(scope: Scope, organisation: UUID) -> None:
    """One change of roles at a time: two people must not take away the last two coordinators at once."""
    Organisation.objects.within(scope).select_for_update().get(pk=organisation)


def _keep_a_steward(scope: Scope, organisation: UUID) -> None:
    stewards = Membership.objects.within(scope).filter(org=organisation, role__in=[Role.ADMIN, Role.COORDINATOR])
    if not stewards.exists():
        raise LastSteward


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def change_organisation(*, by: Scope, organisation: UUID, name: str, kind: str, country: str, stage: Stage) -> None:
    """Change the facts of an organisation."""
    facts = {"name": name, "kind": kind, "country": country, "stage": stage}
    Organisation.objects.within(by).filter(pk=organisation).update(**facts)
