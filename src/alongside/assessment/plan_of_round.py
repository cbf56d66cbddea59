"""What a round is to ask, and whom, before it is opened: pure values, and who answers together with whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.assessment.links import OFFICIAL, PRIVATE, SEALED
from alongside.rules.small_groups import LIMIT
from alongside.standard.edition import Edition
from alongside.standard.items import Stage


class TooFew(Exception):
    """Sealed groups, by key, that are too small to hide anyone: they can answer together, or with another group."""

    def __init__(self, groups: Sequence[str]) -> None:
        super().__init__(*groups)
        self.groups = tuple(groups)


@dataclass(frozen=True, slots=True)
class GroupPlan:
    """Whom a perspective is asked through: addresses, printed codes; in all of the organisation, or in one `team`.

    `together`: one joint answer of the group. `joins`: the key of another group these people answer with, see
    `RoundPlan.keys`. `accounts`: those who answer each for themselves alone, instead of addresses and codes.
    """

    perspective: str
    emails: tuple[str, ...] = ()
    printed: int = 0
    together: bool = False
    team: UUID | None = None
    joins: str | None = None
    accounts: tuple[UUID, ...] = ()

    @property
    def people(self) -> int:
        """How many are asked."""
        return len(self.accounts) + len(self.emails) + self.printed


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round asks, and whom."""

    title: str
    stage: Stage
    groups: tuple[GroupPlan, ...]
    instrument: str = "readiness"
    modules: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """For each group which of the teams of its perspective it is, from 1; 0 where it is not one team."""
        counted: Counter[str] = Counter()
        numbers = []
        for group in self.groups:
            counted[group.perspective] += group.team is not None
            numbers.append(counted[group.perspective] if group.team else 0)
        return tuple(numbers)

    @property
    def keys(self) -> tuple[str, ...]:
        """What each group will be called in published figures: ``psw``, or ``team.2`` for the second team."""
        pairs = zip(self.groups, self.numbers, strict=True)
        return tuple(f"{group.perspective}.{number}" if number else group.perspective for group, number in pairs)


@dataclass(frozen=True, slots=True)
class Gathered:
    """One group as it will be asked: its own plan, then those that joined it, and the `keys` of all of them."""

    plans: tuple[GroupPlan, ...]
    keys: tuple[str, ...]
    number: int
    regime: str

    @property
    def perspective(self) -> str:
        """The perspective it is asked as."""
        return self.plans[0].perspective

    @property
    def also(self) -> tuple[str, ...]:
        """Other perspectives that joined it."""
        return tuple(dict.fromkeys(p.perspective for p in self.plans if p.perspective != self.perspective))

    @property
    def emails(self) -> tuple[str, ...]:
        """Each address once, even where it stands in two plans."""
        return tuple(sorted({email.lower() for plan in self.plans for email in plan.emails}))

    @property
    def printed(self) -> int:
        """How many codes are printed."""
        return sum(plan.printed for plan in self.plans)

    @property
    def accounts(self) -> tuple[UUID, ...]:
        """Who answers for themselves alone."""
        return tuple(dict.fromkeys(self.plans[0].accounts))

    @property
    def people(self) -> int:
        """How many are asked."""
        return len(self.accounts) if self.regime == PRIVATE else len(self.emails) + self.printed


def gathered(edition: Edition, plan: RoundPlan) -> list[Gathered]:
    """The groups that are asked, those that join another one within it.

    Raises `TooFew` for sealed groups under five, and ValueError for a plan that asks nobody or fits nowhere.
    """
    asked = {
        key: (group, number)
        for key, group, number in zip(plan.keys, plan.groups, plan.numbers, strict=True)
        if group.people
    }
    if not asked:
        raise ValueError("a round asks somebody")
    if len(set(plan.keys)) < len(plan.keys):
        raise ValueError("a perspective is asked once in each team, and once in all of the organisation")
    regimes = {key: _regime(edition, group) for key, (group, _) in asked.items()}
    for key, (group, _) in asked.items():
        _check(key, group, regimes, asked)
    found = []
    for key, (group, number) in asked.items():
        if group.joins is None:
            keys = (key, *(other for other, (joiner, _) in asked.items() if joiner.joins == key))
            found.append(Gathered(tuple(asked[one][0] for one in keys), keys, number, regimes[key]))
    small = [key for one in found if one.regime == SEALED and one.people < LIMIT for key in one.keys]
    if small:
        raise TooFew(small)
    return found


def _regime(edition: Edition, group: GroupPlan) -> str:
    if group.accounts:
        return PRIVATE
    return OFFICIAL if group.together else edition.perspectives[group.perspective].regime


def _check(key: str, group: GroupPlan, regimes: Mapping[str, str], asked: Mapping[str, tuple[GroupPlan, int]]) -> None:
    if regimes[key] == PRIVATE and (not group.accounts or group.emails or group.printed):
        raise ValueError("whoever answers for themselves alone does so with an account")
    if group.joins is None:
        return
    whole = group.joins in asked and asked[group.joins][0].joins is None
    if not whole or group.joins == key or {regimes[key], regimes[group.joins]} != {SEALED}:
        raise ValueError(f"{key} cannot answer with {group.joins}")
