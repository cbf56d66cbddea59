"""Teams: added once, called something else without losing anyone's change, removed when nobody is in them."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from alongside.people import actions, queries, teams
from alongside.people.models import Account, Event, Invitation, Membership, Team
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.standard.items import Stage

TODAY = date(2026, 11, 25)
FACTS = {"kind": "kind.care", "country": "NL", "stage": Stage.PREPARING}


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", **FACTS)


@pytest.fixture
def north(mara, org):
    return add(mara, org, "North")


def add(account, org, name, kind="care", **more):
    return teams.add_team(by=scope_of(account), organisation=org.pk, name=name, kind=kind, **more)


def change(account, org, team, name, kind="care", was=("North", "care")):
    teams.change_team(by=scope_of(account), organisation=org.pk, team=team.pk, name=name, kind=kind, was=was)


def remove(account, org, team):
    teams.remove_team(by=scope_of(account), organisation=org.pk, team=team.pk, today=TODAY)


def join(org, account, role=Role.TEAM_MEMBER, team=None):
    return Membership.objects.within(scope_of(account)).create(org=org, account=account, role=role, team=team)


def names(account, org):
    return [team.name for team in queries.teams(scope_of(account), org.pk)]


def test_a_form_that_is_sent_twice_adds_one_team(mara, org):
    once = uuid4()
    assert add(mara, org, "North", once=once) == add(mara, org, "North", once=once)
    assert names(mara, org) == ["North"]


@pytest.mark.parametrize("name", ["North", "NORTH", "Nórth"])
def test_a_name_is_taken_however_it_is_capitalised(mara, org, north, name):
    with pytest.raises(teams.NameTaken):
        add(mara, org, name)
    with pytest.raises(teams.NameTaken):
        change(mara, org, add(mara, org, "South"), name, was=("South", "care"))


def test_a_team_may_change_its_own_capitals(mara, org, north):
    change(mara, org, north, "NORTH", kind="department")
    north.refresh_from_db()
    assert (north.name, north.kind) == ("NORTH", "department")


def test_another_organisation_may_use_the_name(mara, org, north):
    add(mara, actions.open_organisation(by=mara, name="Other", **FACTS), "North")


def test_the_second_who_changes_a_team_is_told_and_changes_nothing(mara, org, north):
    change(mara, org, north, "North side")
    with pytest.raises(teams.Meanwhile) as told:
        change(mara, org, north, "Northern team")
    assert told.value.team.name == "North side"
    assert names(mara, org) == ["North side"]


def test_a_team_that_nobody_is_in_goes(mara, org, north):
    remove(mara, org, north)
    assert names(mara, org) == []


def test_a_team_with_people_in_it_stays(mara, org, north):
    join(org, mara, team=north)
    with pytest.raises(teams.TeamInUse):
        remove(mara, org, north)
    assert names(mara, org) == ["North"]


def test_a_team_that_someone_is_invited_to_stays_until_the_invitation_has_run_out(mara, org, north):
    invited = {"organisation": org.pk, "email": "sam@example.org", "role": Role.PEER_WORKER, "team": north.pk}
    actions.invite(by=scope_of(mara), today=TODAY, **invited)
    with pytest.raises(teams.TeamInUse):
        remove(mara, org, north)
    later = TODAY + timedelta(days=actions.INVITATION_DAYS + 1)
    teams.remove_team(by=scope_of(mara), organisation=org.pk, team=north.pk, today=later)
    assert not Invitation.objects.within(scope_of(mara)).exists()


def test_a_team_of_another_organisation_is_out_of_reach(mara, org, north):
    eve = Account.objects.create_user("eve@example.org")
    elsewhere = actions.open_organisation(by=eve, name="Elsewhere", **FACTS)
    for place in (org, elsewhere):
        with pytest.raises((Team.DoesNotExist, type(org).DoesNotExist)):
            change(eve, place, north, "Mine")
        with pytest.raises((Team.DoesNotExist, type(org).DoesNotExist)):
            remove(eve, place, north)
        with pytest.raises((Team.DoesNotExist, type(org).DoesNotExist)):
            teams.add_team(by=scope_of(eve), organisation=org.pk, name="Mine", kind="care")
    with pytest.raises(Team.DoesNotExist):
        actions.invite(
            by=scope_of(eve), organisation=elsewhere.pk, email="a@b.org", role=Role.HR, team=north.pk, today=TODAY
        )
    assert names(mara, org) == ["North"]


def test_people_are_counted_once_however_many_roles_they_have(mara, org, north, django_assert_num_queries):
    join(org, mara, team=north)
    join(org, mara, role=Role.PEER_WORKER, team=north)
    add(mara, org, "South")
    scope = scope_of(mara)
    with django_assert_num_queries(1):
        assert [(line.team.name, line.people) for line in teams.team_lines(scope, org.pk)] == [
            ("North", 1),
            ("South", 0),
        ]


def test_addresses_are_those_of_a_role_and_of_a_team(mara, org, north):
    sam = Account.objects.create_user("sam@example.org")
    join(org, sam, role=Role.PEER_WORKER)
    join(org, sam, role=Role.PEER_WORKER, team=north)
    join(org, mara, role=Role.PEER_WORKER)
    scope = scope_of(mara)
    assert queries.addresses_of(scope, org.pk, Role.PEER_WORKER) == ["mara@example.org", "sam@example.org"]
    assert queries.addresses_of(scope, org.pk, Role.PEER_WORKER, north.pk) == ["sam@example.org"]
    assert queries.addresses_of(scope, org.pk, Role.RELATIVE) == []
    elsewhere = scope_of(Account.objects.create_user("eve@example.org"))
    assert queries.addresses_of(elsewhere, org.pk, Role.PEER_WORKER) == []


def test_what_is_done_to_teams_is_recorded_without_their_names(mara, org, north):
    change(mara, org, north, "Peer house")
    change(mara, org, north, "Peer house", was=("Peer house", "care"))
    remove(mara, org, north)
    told = Event.objects.within(scope_of(mara)).filter(action__startswith="team.").order_by("pk")
    assert [(event.action, event.fields) for event in told] == [
        ("team.add", ["kind", "name"]),
        ("team.change", ["name"]),
        ("team.remove", []),
    ]
    assert {(event.account, event.about) for event in told} == {(mara.pk, f"team {north.pk}")}
