"""What would change in an organisation if what a table of people wants were carried out; nothing is ever taken away.

What is wanted (`Wanted`, see `people_table`) is small enough to travel with the page that shows what would change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from alongside.rules.access import Role
from alongside.rules.people_words import plain


class Wish(NamedTuple):
    """What a row asks for: an address, a role, and the team it is held in (“”: in all of the organisation)."""

    email: str
    role: Role
    team: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Everything a table asks for, each wish once; `kinds`: name of a team → its kind, “” where the table is silent."""

    wishes: tuple[Wish, ...]
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The organisation as it is. `teams`: `plain` name → (name, kind); wishes name teams by their `plain` name."""

    teams: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    held: frozenset[Wish] = frozenset()
    invited: frozenset[Wish] = frozenset()


@dataclass(frozen=True, slots=True)
class Changes:
    """What would change: (name, kind) of new teams, who is invited, which members get a role; `already` is so now."""

    teams: tuple[tuple[str, str], ...]
    invitations: tuple[Wish, ...]
    roles: tuple[Wish, ...]
    already: tuple[Wish, ...]

    @property
    def seal(self) -> str:
        """Equal for equal changes: tells whether what was shown still is what would be done."""
        return hashlib.sha256(repr(self).encode()).hexdigest()

    @property
    def nothing(self) -> bool:
        """Whether everything in the table is so already."""
        return not (self.teams or self.invitations or self.roles)


def changes(wanted: Wanted, known: Known) -> Changes:
    """What would change if it were carried out now. Wishes name a team that exists as it is called here."""
    new = tuple((name, kind) for name, kind in wanted.kinds.items() if plain(name) not in known.teams)
    called = {plain(name): known.teams.get(plain(name), (name, kind))[0] for name, kind in wanted.kinds.items()}
    invitations, roles, already = [], [], []
    for wish in wanted.wishes:
        same = wish._replace(team=plain(wish.team))
        now = wish._replace(team=called.get(same.team, ""))
        if same in known.held or (same in known.invited and wish.email not in known.members):
            already.append(now)
        elif wish.email in known.members:
            roles.append(now)
        else:
            invitations.append(now)
    return Changes(new, tuple(invitations), tuple(roles), tuple(already))


def teams_without_a_kind(wanted: Wanted, known: Known) -> list[str]:
    """Teams that would have to be made, and nobody says what they are."""
    return [name for name, kind in wanted.kinds.items() if not kind and plain(name) not in known.teams]
