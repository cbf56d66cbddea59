"""Within which organisations someone acts, and as what: built once for each request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from alongside.people.models import Account, Membership
from alongside.rules.access import Role, allows


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, and which roles they have in which organisation. Nobody in particular when `account` is None."""

    account: Account | None = None
    roles: Mapping[UUID, frozenset[Role]] = field(default_factory=dict)

    @property
    def organisations(self) -> frozenset[UUID]:
        """The organisations someone is a member of."""
        return frozenset(self.roles)

    def may(self, permission: str, organisation: UUID | None = None) -> bool:
        """Whether the policy allows it, there."""
        held = self.roles.get(organisation, frozenset()) if organisation else frozenset()
        return allows(permission, signed_in=self.account is not None, roles=held)


NOBODY = Scope()


def scope_of(account: Account) -> Scope:
    """The scope of an account, in one query."""
    roles: dict[UUID, set[Role]] = {}
    own = Membership.objects.across(because="an account's own memberships are what makes its scope")
    for organisation, role in own.filter(account=account).values_list("org_id", "role"):
        roles.setdefault(organisation, set()).add(Role(role))
    return Scope(account, {organisation: frozenset(held) for organisation, held in roles.items()})
