"""What is read of people in more than one place."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from alongside.people.models import Invitation, Membership, Organisation, Team
from alongside.people.scope import Scope
from alongside.rules.access import Role


def organisations(scope: Scope) -> QuerySet[Organisation]:
    """The organisations someone is a member of, by name."""
    return Organisation.objects.within(scope).order_by("name")


def memberships(scope: Scope, organisation: UUID) -> QuerySet[Membership]:
    """Who has which role in an organisation, with their accounts."""
    return (
        Membership.objects.within(scope)
        .filter(org=organisation)
        .select_related("account", "team")
        .order_by("account__name", "account__email", "role", "team__name")
    )


def invitations(scope: Scope, organisation: UUID) -> QuerySet[Invitation]:
    """Invitations that nobody has taken up yet."""
    asked = Invitation.objects.within(scope).filter(org=organisation)
    return asked.select_related("team").order_by("email", "role", "team__name")


def teams(scope: Scope, organisation: UUID) -> QuerySet[Team]:
    """The teams of an organisation, by name."""
    return Team.objects.within(scope).filter(org=organisation).order_by("name")


def addresses_of(scope: Scope, organisation: UUID, role: Role, team: UUID | None = None) -> list[str]:
    """The addresses of everyone with a role here (in `team`, where one is named), each once, in order."""
    held = Membership.objects.within(scope).filter(org=organisation, role=role)
    if team is not None:
        held = held.filter(team=team)
    return sorted(set(held.values_list("account__email", flat=True)))


@dataclass(frozen=True, slots=True)
class ProjectGroup:
    """Who sits in the project group, as far as the standard asks (A2.project-group); never who they are."""

    people: int
    peer_workers: bool
    clients: bool


def project_group(scope: Scope, organisation: UUID) -> ProjectGroup:
    """Whether peer workers and clients sit in the project group, in one query."""
    roles: dict[UUID, set[str]] = {}
    for account, role in Membership.objects.within(scope).filter(org=organisation).values_list("account_id", "role"):
        roles.setdefault(account, set()).add(role)
    inside = [held for held in roles.values() if Role.PROJECT_GROUP in held]
    return ProjectGroup(
        people=len(inside),
        peer_workers=any(Role.PEER_WORKER in held for held in inside),
        clients=any(Role.CLIENT_REPRESENTATIVE in held for held in inside),
    )
