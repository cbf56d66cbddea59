"""The made-up people of the demo, with their roles and teams."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.people import actions
from alongside.people.models import Account, Organisation, Team
from alongside.people.scope import scope_of
from alongside.people.teams import add_team
from alongside.rules.access import Role

NOORDERHOF = {
    "Mara Visser": (Role.PROJECT_GROUP,),
    "Jonas Bakker": (Role.MANAGER,),
    "Ines Smit": (Role.BOARD,),
    "Hana Willems": (Role.HR,),
    "Tom de Graaf": (Role.TEAM_MEMBER,),
    "Sam de Boer": (Role.PEER_WORKER, Role.PROJECT_GROUP),
    "Lotte Jansen": (Role.PEER_WORKER,),
    "Ayşe Demir": (Role.CLIENT_REPRESENTATIVE, Role.PROJECT_GROUP),
    "Per Mulder": (Role.RELATIVE,),
}
TEAMS = {"Team Oost": "care", "Team Haven": "care", "Peer workers": "peer-workers"}


def account(name: str) -> Account:
    """The account of someone; made when they are met for the first time."""
    address = name.lower().replace("ş", "s").replace(" ", ".")
    existing = Account.objects.filter(email=f"{address}@example.org").first()
    return existing or Account.objects.create_user(f"{address}@example.org", name=name)


def settle_in(org: Organisation, by: Account, today: date) -> None:
    """Everyone joins by an invitation; there are three teams."""
    for name, roles in NOORDERHOF.items():
        for role in roles:
            _join(org, by, name, role, today)
    for name, kind in TEAMS.items():
        add_team(by=scope_of(by), organisation=org.pk, name=name, kind=kind)


def weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend: nobody works then."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def team(org: Organisation, by: Account, name: str) -> Team:
    """A team by its name."""
    return Team.objects.within(scope_of(by)).get(org=org, name=name)


def _join(org: Organisation, by: Account, name: str, role: Role, today: date) -> None:
    someone = account(name)
    _, token = actions.invite(by=scope_of(by), organisation=org.pk, email=someone.email, role=role, today=today)
    actions.accept(by=someone, token=token, today=today)
