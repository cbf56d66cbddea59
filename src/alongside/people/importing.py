"""Bringing in many people at once: what an organisation knows already, and carrying out what a table wants.

`rules/people_plan.py` says what would change; here that is done, all of it or nothing (docs/adr/0013).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import override

from alongside.people.actions import INVITATION_DAYS, lock, new_token, remove_expired
from alongside.people.models import ROLE_NAMES, TEAM_KINDS, Invitation, Membership, Team
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.access import Role
from alongside.rules.people_plan import Changes, Known, Wanted, Wish, changes, teams_without_a_kind
from alongside.rules.people_table import Vocabulary
from alongside.rules.people_words import key, plain

LONGEST_ADDRESS = 254


class Otherwise(Exception):
    """The organisation has changed since the preview: something else would be done than what was shown."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done. `letters`: an address and the token for its link, once for each address that was invited."""

    changes: Changes
    letters: tuple[tuple[str, str], ...]
    day: date
    """Until when the links work."""


def vocabulary() -> Vocabulary:
    """How roles and kinds of team may be written: by our names for them in every language of the site, or by id."""
    roles, kinds = {key(role): role for role in Role}, {key(kind): kind for kind in TEAM_KINDS}
    for language, _ in settings.LANGUAGES:
        with override(language):
            roles |= {key(str(name)): role for role, name in ROLE_NAMES.items()}
            kinds |= {key(str(name)): kind for kind, name in TEAM_KINDS.items()}
    return Vocabulary(roles, kinds, _is_address)


def known(scope: Scope, organisation: UUID, today: date) -> Known:
    """What the organisation has already, in three queries."""
    return _here(scope, organisation, today).known


@transaction.atomic
def import_people(*, by: Scope, organisation: UUID, wanted: Wanted, seal: str, today: date) -> Imported:
    """Make the teams, give members their roles, invite everyone else; nothing is ever taken away.

    `seal` is that of the changes that were shown. Raises `Otherwise` when they would be others by now.
    """
    lock(by, organisation)
    here = _here(by, organisation, today)
    to_do = changes(wanted, here.known)
    if to_do.seal != seal or teams_without_a_kind(wanted, here.known):
        raise Otherwise
    remove_expired(by=by, organisation=organisation, today=today)
    teams = {**here.teams, **_make_teams(by, organisation, to_do)}
    _give_roles(by, organisation, to_do.roles, here.accounts, teams)
    day = today + timedelta(days=INVITATION_DAYS)
    letters = _invite(by, organisation, to_do.invitations, teams, day)
    kinds = {"teams": to_do.teams, "roles": to_do.roles, "invitations": to_do.invitations}
    if fields := [name for name, done in kinds.items() if done]:
        record(by=by, organisation=organisation, action="person.import", fields=fields)
    return Imported(to_do, tuple(letters.items()), day)


@dataclass(frozen=True, slots=True)
class _Here:
    """The organisation as the import finds it. `teams`: `plain` name → id; `accounts`: address of a member → id."""

    known: Known
    teams: Mapping[str, UUID]
    accounts: Mapping[str, UUID]


def _here(scope: Scope, organisation: UUID, today: date) -> _Here:
    teams = {team.pk: team for team in Team.objects.within(scope).filter(org=organisation)}
    names: dict[UUID | None, str] = {None: "", **{id_: plain(team.name) for id_, team in teams.items()}}
    members = Membership.objects.within(scope).filter(org=organisation)
    held = members.values_list("account__email", "account_id", "role", "team_id")
    open_ones = Invitation.objects.within(scope).filter(org=organisation, expires_on__gte=today)
    accounts, holds = {}, set()
    for email, account, role, team_id in held:
        accounts[email.lower()] = account
        holds.add(Wish(email.lower(), Role(role), names[team_id]))
    invited = {
        Wish(email, Role(role), names[team]) for email, role, team in open_ones.values_list("email", "role", "team")
    }
    by_name = {plain(team.name): (team.name, team.kind) for team in teams.values()}
    is_known = Known(by_name, frozenset(accounts), frozenset(holds), frozenset(invited))
    return _Here(is_known, {names[id_]: id_ for id_ in teams}, accounts)


def _make_teams(by: Scope, organisation: UUID, to_do: Changes) -> dict[str, UUID]:
    made = [Team(org_id=organisation, name=name, kind=kind) for name, kind in to_do.teams]
    Team.objects.within(by).bulk_create(made)
    return {plain(team.name): team.pk for team in made}


def _give_roles(
    by: Scope, organisation: UUID, wishes: Sequence[Wish], accounts: Mapping[str, UUID], teams: Mapping[str, UUID]
) -> None:
    Membership.objects.within(by).bulk_create(
        Membership(
            org_id=organisation, account_id=accounts[wish.email], role=wish.role, team_id=teams.get(plain(wish.team))
        )
        for wish in wishes
    )


def _invite(
    by: Scope, organisation: UUID, wishes: Sequence[Wish], teams: Mapping[str, UUID], day: date
) -> dict[str, str]:
    """One letter for each address: whoever says yes takes up everything they were invited to (`actions.offered`)."""
    letters: dict[str, str] = {}
    rows = []
    for wish in wishes:
        token, hashed = new_token()
        letters.setdefault(wish.email, token)
        team = teams.get(plain(wish.team))
        rows.append(
            Invitation(
                org_id=organisation, email=wish.email, role=wish.role, team_id=team, token_hash=hashed, expires_on=day
            )
        )
    Invitation.objects.within(by).bulk_create(rows)
    return letters


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS
