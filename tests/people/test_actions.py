"""Opening a place, inviting, joining, giving and taking roles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.people import actions, teams
from alongside.people.models import Account, Event, Invitation, Membership
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.standard.items import Stage

TODAY = date(2026, 11, 25)


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.PREPARING)


def invite(mara, org, email="sam@example.org", role=Role.PEER_WORKER, team=None, today=TODAY):
    return actions.invite(by=scope_of(mara), organisation=org.pk, email=email, role=role, team=team, today=today)


def test_whoever_opens_a_place_can_invite_people(mara, org):
    assert scope_of(mara).roles[org.pk] == {Role.ADMIN, Role.COORDINATOR}
    assert scope_of(mara).may("people.change", org.pk)


def test_an_invitation_is_accepted_once_by_the_address_it_was_sent_to(mara, org):
    _, token = invite(mara, org)
    sam = Account.objects.create_user("Sam@Example.org")
    assert actions.accept(by=sam, token=token, today=TODAY) == org
    assert scope_of(sam).roles[org.pk] == {Role.PEER_WORKER}
    with pytest.raises(actions.NotYours):
        actions.accept(by=sam, token=token, today=TODAY)


def test_an_invitation_is_of_no_use_to_another_address(mara, org):
    _, token = invite(mara, org)
    eve = Account.objects.create_user("eve@example.org")
    with pytest.raises(actions.NotYours):
        actions.accept(by=eve, token=token, today=TODAY)
    assert not scope_of(eve).roles


def test_an_invitation_runs_out(mara, org):
    _, token = invite(mara, org)
    later = TODAY + timedelta(days=actions.INVITATION_DAYS + 1)
    with pytest.raises(actions.NotYours):
        actions.find_invitation(token=token, today=later)


def test_inviting_again_replaces_the_link(mara, org):
    _, first = invite(mara, org)
    _, second = invite(mara, org)
    assert Invitation.objects.within(scope_of(mara)).count() == 1
    with pytest.raises(actions.NotYours):
        actions.find_invitation(token=first, today=TODAY)
    assert actions.find_invitation(token=second, today=TODAY)


def test_the_token_itself_is_not_kept(mara, org):
    invitation, token = invite(mara, org)
    assert token not in {str(value) for value in vars(invitation).values()}


def test_the_last_one_who_can_invite_keeps_that_role(mara, org):
    scope = scope_of(mara)
    admin, coordinator = Membership.objects.within(scope).order_by("role")
    actions.take_role(by=scope, organisation=org.pk, membership=admin.pk)
    with pytest.raises(actions.LastSteward):
        actions.take_role(by=scope, organisation=org.pk, membership=coordinator.pk)
    with pytest.raises(actions.LastSteward):
        actions.give_role(by=scope, organisation=org.pk, membership=coordinator.pk, role=Role.BOARD)
    assert Membership.objects.within(scope).filter(pk=coordinator.pk, role=Role.COORDINATOR).exists()


def test_a_role_that_someone_has_already_is_not_given_twice(mara, org):
    scope = scope_of(mara)
    admin = Membership.objects.within(scope).get(role=Role.ADMIN)
    actions.give_role(by=scope, organisation=org.pk, membership=admin.pk, role=Role.COORDINATOR)
    assert [held.role for held in Membership.objects.within(scope)] == [Role.COORDINATOR]


def test_changing_one_organisation_leaves_the_others(mara, org):
    other = actions.open_organisation(by=mara, name="Other", kind="kind.ngo", country="BE", stage=Stage.GROWING)
    facts = {"name": "Zuiderhof", "kind": "kind.care", "country": "NL", "stage": Stage.GROWING}
    actions.change_organisation(by=scope_of(mara), organisation=org.pk, **facts)
    other.refresh_from_db()
    org.refresh_from_db()
    assert (org.name, other.name, other.country) == ("Zuiderhof", "Other", "BE")


@pytest.fixture
def north(mara, org):
    return teams.add_team(by=scope_of(mara), organisation=org.pk, name="North", kind="care")


def test_a_role_can_be_offered_in_a_team(mara, org, north):
    _, token = invite(mara, org, team=north.pk)
    sam = Account.objects.create_user("sam@example.org")
    actions.accept(by=sam, token=token, today=TODAY)
    assert [(held.role, held.team) for held in Membership.objects.within(scope_of(sam)).filter(account=sam)] == [
        (Role.PEER_WORKER, north)
    ]


def test_one_yes_takes_up_everything_an_address_was_invited_to(mara, org, north):
    _, token = invite(mara, org, team=north.pk)
    invite(mara, org)
    invite(mara, org, role=Role.PROJECT_GROUP)
    invite(mara, org, email="eve@example.org", role=Role.BOARD)
    sam = Account.objects.create_user("sam@example.org")
    actions.accept(by=sam, token=token, today=TODAY)
    held = Membership.objects.within(scope_of(sam)).filter(account=sam)
    assert {(one.role, one.team_id) for one in held} == {
        (Role.PEER_WORKER, north.pk),
        (Role.PEER_WORKER, None),
        (Role.PROJECT_GROUP, None),
    }
    assert [one.email for one in Invitation.objects.within(scope_of(mara))] == ["eve@example.org"]


def test_what_has_run_out_is_not_taken_up_with_the_rest(mara, org):
    later = TODAY + timedelta(days=actions.INVITATION_DAYS)
    invite(mara, org, role=Role.BOARD)
    old = Invitation.objects.within(scope_of(mara)).get()
    _, token = invite(mara, org, today=later)
    Invitation.objects.within(scope_of(mara)).filter(pk=old.pk).update(expires_on=later - timedelta(days=1))
    sam = Account.objects.create_user("sam@example.org")
    actions.accept(by=sam, token=token, today=later)
    assert scope_of(sam).roles[org.pk] == {Role.PEER_WORKER}


def test_accepting_what_one_has_already_gives_it_once(mara, org, north):
    sam = Account.objects.create_user("sam@example.org")
    for _ in range(2):
        for team in (None, north.pk):
            actions.accept(by=sam, token=invite(mara, org, team=team)[1], today=TODAY)
    assert Membership.objects.within(scope_of(sam)).filter(account=sam).count() == 2


def test_the_same_role_can_be_held_in_a_team_and_in_all_of_the_organisation(mara, org, north):
    scope = scope_of(mara)
    admin = Membership.objects.within(scope).get(role=Role.ADMIN)
    for team in (north.pk, None, north.pk):
        actions.give_role(by=scope, organisation=org.pk, membership=admin.pk, role=Role.ADMIN, team=team)
    Membership.objects.within(scope).create(org=org, account=mara, role=Role.ADMIN)
    assert Membership.objects.within(scope).filter(role=Role.ADMIN).count() == 2
    actions.give_role(by=scope, organisation=org.pk, membership=admin.pk, role=Role.ADMIN)
    assert [held.team for held in Membership.objects.within(scope).filter(role=Role.ADMIN)] == [None]


def told(mara):
    events = Event.objects.within(scope_of(mara)).order_by("pk")
    return [(event.action, event.about.split(" ")[0], event.fields) for event in events]


def test_what_is_done_to_people_is_recorded_without_saying_who_is_what(mara, org):
    sam = Account.objects.create_user("sam@example.org")
    actions.uninvite(by=scope_of(mara), organisation=org.pk, invitation=invite(mara, org)[0].pk)
    actions.accept(by=sam, token=invite(mara, org)[1], today=TODAY)
    held = Membership.objects.within(scope_of(mara)).get(account=sam)
    same = {"by": scope_of(mara), "organisation": org.pk, "membership": held.pk}
    actions.give_role(**same, role=Role.BOARD)
    actions.give_role(**same, role=Role.BOARD)
    actions.take_role(**same)
    facts = {"name": "Zuiderhof", "kind": "kind.care", "country": "NL", "stage": Stage.PREPARING}
    for _ in range(2):
        actions.change_organisation(by=scope_of(mara), organisation=org.pk, **facts)
    assert told(mara) == [
        ("organisation.open", "", ["country", "kind", "name", "stage"]),
        ("invitation.send", "invitation", ["email", "role", "team"]),
        ("invitation.take-back", "invitation", []),
        ("invitation.send", "invitation", ["email", "role", "team"]),
        ("invitation.accept", "account", ["role", "team"]),
        ("person.give-role", "account", ["role"]),
        ("person.take-role", "account", ["role"]),
        ("organisation.change", "", ["name"]),
    ]


def test_what_was_refused_is_not_recorded(mara, org):
    before = told(mara)
    admin, coordinator = Membership.objects.within(scope_of(mara)).order_by("role")
    actions.take_role(by=scope_of(mara), organisation=org.pk, membership=admin.pk)
    with pytest.raises(actions.LastSteward):
        actions.take_role(by=scope_of(mara), organisation=org.pk, membership=coordinator.pk)
    assert len(told(mara)) == len(before) + 1
