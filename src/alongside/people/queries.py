"""What is read of people in more than one place."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from alongside.people.models import Invitation, Membership, Organisation
from alongside.people.scope import Scope


def organisations(scope: Scope) -> QuerySet[Organisation]:
    """The organisations someone is a member of, by name."""
    return Organisation.objects.within(scope).order_by("name")


def memberships(scope: Scope, organisation: UUID) -> QuerySet[Membership]:
    """Who has which role in an organisation, with their accounts."""
    return (
        Membership.objects.within(scope)
        .filter(org=organisation)
        .select_related("account")
        .order_by("account__name", "account__email", "role")
    )


def invitations(scope: Scope, organisation: UUID) -> QuerySet[Invitation]:
    """Invitations that nobody has taken up yet."""
    return Invitation.objects.within(scope).filter(org=organisation).order_by("email", "role")
