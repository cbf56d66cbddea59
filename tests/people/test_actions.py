"""Opening a place, inviting, joining, giving and taking roles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.people import actions
from alongside.people.models import Account, Invitation, Membership
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


def invite(mara, org, email="sam@example.org", role=Role.PEER_WORKER):
    return actions.invite(by=scope_of(mara), organisation=org.pk, email=email, role=role, today=TODAY)


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
