"""Who of an organisation can be asked by the role they have: how many, and only for whoever asks them, where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from alongside.people.models import Membership
from alongside.people.scope import Scope
from alongside.rules.access import Role

ROLES = {
    "board": Role.BOARD,
    "managers": Role.MANAGER,
    "hr": Role.HR,
    "team": Role.TEAM_MEMBER,
    "psw": Role.PEER_WORKER,
    "client": Role.CLIENT_REPRESENTATIVE,
    "relative": Role.RELATIVE,
}
"""The role that makes someone part of a perspective; those without one are asked by address and on paper only."""


@dataclass(frozen=True, slots=True)
class Member:
    """Someone with a role in a team, or in none."""

    perspective: str
    team: UUID | None
    account: UUID
    email: str


@dataclass(frozen=True, slots=True)
class Members:
    """Everyone here who belongs to a perspective."""

    rows: tuple[Member, ...] = field(default=(), repr=False)

    def of(self, perspective: str, *, team: UUID | None = None, but: Iterable[UUID] = ()) -> dict[UUID, str]:
        """Account → address of a perspective; of one `team`, or of all but those who are in the teams `but`."""
        rows = [row for row in self.rows if row.perspective == perspective]
        elsewhere = {row.account for row in rows if row.team in set(but)}
        chosen = [row for row in rows if (row.team == team if team else row.account not in elsewhere)]
        return {row.account: row.email.lower() for row in sorted(chosen, key=lambda row: row.email)}


def members(scope: Scope, organisation: UUID) -> Members:
    """Everyone in the organisation who can be asked by their role, in one query."""
    perspectives = {role: perspective for perspective, role in ROLES.items()}
    held = Membership.objects.within(scope).filter(org=organisation, role__in=perspectives)
    rows = held.values_list("role", "team_id", "account_id", "account__email")
    return Members(tuple(Member(perspectives[Role(role)], team, account, email) for role, team, account, email in rows))
