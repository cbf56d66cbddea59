"""The list of people, a page at a time: each with all of their roles, and whom one is still waiting for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alongside.people.models import Account, Invitation, Membership
from alongside.rules.people_words import plain

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a role here, in one team or several or in all of the organisation."""

    account: Account
    memberships: tuple[Membership, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """`A_PAGE` people from number `start` on (0: the first) of the `found` that match `wanted`; `total` are here.

    `invitations` are the first that match, `waiting` how many do; `earlier` and `later` number pages to go on to.
    """

    people: Sequence[Person]
    invitations: Sequence[Invitation]
    wanted: str
    start: int
    found: int
    total: int
    waiting: int

    @property
    def long(self) -> bool:
        """Whether one has to look for someone."""
        return max(self.total, self.waiting) > A_PAGE or bool(self.wanted)

    @property
    def earlier(self) -> int | None:
        """Where the page before this one begins."""
        return max(0, self.start - A_PAGE) if self.start else None

    @property
    def later(self) -> int | None:
        """Where the page after this one begins."""
        return self.start + A_PAGE if self.start + A_PAGE < self.found else None


def people_page(
    memberships: Iterable[Membership], invitations: Iterable[Invitation], *, wanted: str = "", start: int = 0
) -> PeoplePage:
    """`memberships` come in order of people; `wanted` is a part of a name, an address, a role or a team."""
    everyone = _people(memberships)
    looked_for = plain(wanted)
    found = [one for one in everyone if not looked_for or looked_for in _words(one)]
    waiting = [one for one in invitations if not looked_for or looked_for in _invited(one)]
    begin = start if 0 <= start < len(found) else 0
    page = found[begin : begin + A_PAGE]
    return PeoplePage(page, waiting[:A_PAGE], wanted, begin, len(found), len(everyone), len(waiting))


def _people(memberships: Iterable[Membership]) -> list[Person]:
    held: dict[Account, list[Membership]] = {}
    for membership in memberships:
        held.setdefault(membership.account, []).append(membership)
    return [Person(account, tuple(roles)) for account, roles in held.items()]


def _words(person: Person) -> str:
    roles = (f"{one.get_role_display()} {one.team.name if one.team else ''}" for one in person.memberships)
    return plain(f"{person.account.name} {person.account.email} {' '.join(roles)}")


def _invited(invitation: Invitation) -> str:
    team = invitation.team.name if invitation.team else ""
    return plain(f"{invitation.email} {invitation.get_role_display()} {team}")
