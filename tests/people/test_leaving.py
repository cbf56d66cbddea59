"""Leaving an organisation or the site: nobody is held back, nobody leaves others without someone who can invite."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from alongside.people import actions, leaving, upkeep
from alongside.people.models import Account, Event, Membership, Organisation, Programme
from alongside.people.record import read
from alongside.people.scope import Scope, scope_of
from alongside.rules.access import Role
from alongside.standard.items import Stage

TODAY = date(2026, 11, 25)
FACTS = {"kind": "kind.care", "country": "NL", "stage": Stage.PREPARING}


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org", name="Mara")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", **FACTS)


def join(org, name, role):
    account = Account.objects.create_user(f"{name}@example.org", name=name)
    Membership(org=org, account=account, role=role).save()
    return account


def members(org):
    return {one.account_id for one in Membership.objects.across(because="test").filter(org=org)}


def rows_of(org):
    """How many rows belong to the organisation, by model; its record apart."""
    found = {}
    for model in apps.get_models():
        way = getattr(model, "TENANT", None)
        if way and way != "pk" and model is not Event:
            found[model.__name__] = model.objects.across(because="test").filter(**{way: org}).count()
    return found


def test_who_leaves_gives_back_every_role_and_keeps_the_account(mara, org):
    sam = join(org, "sam", Role.PEER_WORKER)
    Membership(org=org, account=sam, role=Role.PROJECT_GROUP).save()
    leaving.leave(by=scope_of(sam), organisation=org.pk)
    assert members(org) == {mara.pk}
    assert Account.objects.filter(pk=sam.pk).exists()
    assert read(scope_of(mara), org.pk).entries[0].event.action == "person.leave"


def test_the_last_who_can_invite_does_not_leave_others_behind(mara, org):
    sam = join(org, "sam", Role.PEER_WORKER)
    for action in (
        lambda: leaving.leave(by=scope_of(mara), organisation=org.pk, knowing=True),
        lambda: leaving.close_account(by=mara, knowing=True),
    ):
        with pytest.raises(leaving.LastOfThem) as refused:
            action()
        assert refused.value.organisations == (org,)
    assert members(org) == {mara.pk, sam.pk}
    Membership(org=org, account=sam, role=Role.COORDINATOR).save()
    leaving.close_account(by=mara)
    assert members(org) == {sam.pk}


def test_being_held_back_in_one_place_leaves_the_others_as_they_were(mara, org):
    actions.open_organisation(by=mara, name="Another", **FACTS)
    join(org, "sam", Role.PEER_WORKER)
    with pytest.raises(leaving.LastOfThem):
        leaving.close_account(by=mara, knowing=True)
    assert len(scope_of(mara).organisations) == 2


def test_a_place_is_not_emptied_by_someone_who_was_not_told(mara, org):
    with pytest.raises(leaving.NotTold):
        leaving.leave(by=scope_of(mara), organisation=org.pk)
    assert members(org) == {mara.pk}


def test_closing_an_account_deletes_what_is_its_own(mara, org):
    EmailAddress.objects.create(user=mara, email=mara.email, verified=True, primary=True)
    programme = Programme.objects.create(name="Region", purpose="To learn", code="R1")
    programme.people.add(mara)
    leaving.close_account(by=mara, knowing=True)
    assert not Account.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not Programme.objects.exists()


def test_the_last_member_of_all_empties_the_place_and_its_record_stays(db, settings):
    settings.DEMO, settings.EVENT_DAYS = True, 3650
    call_command("fill_demo")
    org = Organisation.objects.across(because="test").get(name="Noorderhof")
    before = rows_of(org)
    assert sum(before.values()) > 500
    everyone = Account.objects.filter(membership__org=org).distinct()
    last = next(account for account in everyone if Role.ADMIN in scope_of(account).roles[org.pk])
    for account in everyone:
        if account != last:
            leaving.leave(by=scope_of(account), organisation=org.pk)
    written = Event.objects.across(because="test").filter(org=org).count()
    leaving.close_account(by=last, knowing=True)
    assert {name: number for name, number in rows_of(org).items() if number} == {}
    org.refresh_from_db()
    assert (org.name, org.kind, org.country, org.stage) == ("", "", "", "")
    assert Event.objects.across(because="test").filter(org=org).count() == written + 2


def test_an_emptied_place_leaves_the_others_alone(mara, org):
    other = join(org, "ben", Role.ADMIN)
    actions.open_organisation(by=other, name="Elsewhere", **FACTS)
    everything = rows_of(org)
    leaving.leave(by=scope_of(other), organisation=next(iter(scope_of(other).organisations - {org.pk})), knowing=True)
    assert rows_of(org) == everything


def test_a_shell_goes_when_its_record_may_go(settings, mara, org):
    leaving.leave(by=scope_of(mara), organisation=org.pk, knowing=True)
    shells = Organisation.objects.across(because="test").filter(pk=org.pk)
    Event.objects.across(because="test").all().delete()
    settings.EVENT_DAYS = 30
    actions.open_organisation(by=mara, name="Still here", **FACTS)
    upkeep.clear_events(today=timezone.localdate() + timedelta(days=1))
    assert not shells.exists()
    assert Organisation.objects.across(because="test").count() == 1


def test_what_would_become_of_each_place(mara, org):
    join(org, "sam", Role.PEER_WORKER)
    alone = actions.open_organisation(by=mara, name="Alone", **FACTS)
    joined = actions.open_organisation(by=join(org, "ben", Role.BOARD), name="Joined", **FACTS)
    Membership(org=joined, account=mara, role=Role.BOARD).save()
    places = leaving.places_of(scope_of(mara))
    assert (places.held, places.emptied, places.left) == ((org,), (alone,), (joined,))


def test_only_ones_own_roles_are_given_back(mara, org):
    """A scope that was made up does not reach further than the account's own memberships."""
    sam = join(org, "sam", Role.PEER_WORKER)
    leaving.leave(by=Scope(sam, {org.pk: frozenset({Role.PEER_WORKER})}), organisation=org.pk)
    assert members(org) == {mara.pk}
