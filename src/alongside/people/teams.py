"""Teams and departments: add one, call it something else, remove one that nobody is in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count

from alongside.people.actions import lock
from alongside.people.models import Invitation, Membership, Team
from alongside.people.queries import teams
from alongside.people.record import record
from alongside.people.scope import Scope
from alongside.rules.people_words import plain


class NameTaken(Exception):
    """The organisation has a team of that name, perhaps with other capitals."""


class TeamInUse(Exception):
    """People have roles in the team, or are invited to one."""


class Meanwhile(Exception):
    """Someone else changed the team since it was read; it carries the team as it is now."""

    def __init__(self, team: Team) -> None:
        super().__init__()
        self.team = team


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team and how many people have a role in it."""

    team: Team
    people: int


def team_lines(scope: Scope, organisation: UUID) -> list[TeamLine]:
    """The teams of an organisation with the number of people in each, in one query."""
    counted = teams(scope, organisation).annotate(people=Count("membership__account", distinct=True))
    return [TeamLine(team, team.people) for team in counted]


@transaction.atomic
def add_team(*, by: Scope, organisation: UUID, name: str, kind: str, once: UUID | None = None) -> Team:
    """A new team; `once` becomes its id, so that a form that is sent twice makes one. Raises `NameTaken`."""
    lock(by, organisation)
    if once and (made := teams(by, organisation).filter(pk=once).first()):
        return made
    _refuse_taken(by, organisation, name)
    team = Team(pk=once or uuid4(), org_id=organisation, name=name, kind=kind)
    team.save(force_insert=True)
    record(by=by, organisation=organisation, action="team.add", about=f"team {team.pk}", fields=("name", "kind"))
    return team


@transaction.atomic
def change_team(*, by: Scope, organisation: UUID, team: UUID, name: str, kind: str, was: tuple[str, str]) -> None:
    """Give a team another name or kind; `was` is the name and kind that whoever changes it has seen.

    Raises `Meanwhile` when it is no longer called that, `NameTaken` and Team.DoesNotExist.
    """
    lock(by, organisation)
    found = teams(by, organisation).get(pk=team)
    if (found.name, found.kind) != was:
        raise Meanwhile(found)
    _refuse_taken(by, organisation, name, but=team)
    changed = [field for field, old, new in (("name", found.name, name), ("kind", found.kind, kind)) if old != new]
    found.name, found.kind = name, kind
    found.save(update_fields=["name", "kind"])
    if changed:
        record(by=by, organisation=organisation, action="team.change", about=f"team {team}", fields=changed)


@transaction.atomic
def remove_team(*, by: Scope, organisation: UUID, team: UUID, today: date) -> None:
    """Remove a team that nobody is in. Raises `TeamInUse` and Team.DoesNotExist."""
    lock(by, organisation)
    found = teams(by, organisation).get(pk=team)
    invited = Invitation.objects.within(by).filter(team=found, expires_on__gte=today)
    if Membership.objects.within(by).filter(team=found).exists() or invited.exists():
        raise TeamInUse
    found.delete()
    record(by=by, organisation=organisation, action="team.remove", about=f"team {team}")


def _refuse_taken(scope: Scope, organisation: UUID, name: str, *, but: UUID | None = None) -> None:
    """Compared here: each database folds other letters."""
    others = teams(scope, organisation).values_list("pk", "name")
    if plain(name) in {plain(other) for id_, other in others if id_ != but}:
        raise NameTaken
