"""Bringing in many people: all of it or nothing, and nothing else than what was shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from alongside.people import actions, importing, teams
from alongside.people.models import ROLE_NAMES, TEAM_KINDS, Account, Event, Invitation, Membership, Team
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.rules.people_plan import Wanted, Wish, changes
from alongside.rules.people_words import key
from alongside.standard.items import Stage

TODAY = date(2026, 11, 25)


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.PREPARING)


def known(mara, org):
    return importing.known(scope_of(mara), org.pk, TODAY)


def bring_in(mara, org, wanted, seal=None):
    shown = seal or changes(wanted, known(mara, org)).seal
    return importing.import_people(by=scope_of(mara), organisation=org.pk, wanted=wanted, seal=shown, today=TODAY)


def wanted(*wishes, **kinds):
    return Wanted(tuple(Wish(*wish) for wish in wishes), kinds)


def roles(mara, org):
    held = Membership.objects.within(scope_of(mara)).filter(org=org)
    return {(one.account.email, one.role, one.team.name if one.team else "") for one in held.select_related()}


def open_ones(mara):
    return {
        (one.email, one.role, one.team.name if one.team else "")
        for one in Invitation.objects.within(scope_of(mara)).select_related("team")
    }


def test_teams_are_made_members_get_roles_and_others_are_invited(mara, org):
    asked = wanted(
        ("mara@example.org", Role.PROJECT_GROUP, ""),
        ("mara@example.org", Role.MANAGER, "North"),
        ("sam@example.org", Role.PEER_WORKER, "North"),
        ("sam@example.org", Role.PROJECT_GROUP, ""),
        North="care",
    )
    done = bring_in(mara, org, asked)
    assert [(team.name, team.kind) for team in Team.objects.within(scope_of(mara))] == [("North", "care")]
    assert roles(mara, org) >= {("mara@example.org", "project-group", ""), ("mara@example.org", "manager", "North")}
    assert open_ones(mara) == {("sam@example.org", "peer-worker", "North"), ("sam@example.org", "project-group", "")}
    assert [email for email, _ in done.letters] == ["sam@example.org"]
    assert done.day == TODAY + timedelta(days=actions.INVITATION_DAYS)


def test_the_one_letter_leads_to_everything(mara, org):
    asked = wanted(("sam@example.org", Role.PEER_WORKER, "North"), ("sam@example.org", Role.HR, ""), North="department")
    ((_, token),) = bring_in(mara, org, asked).letters
    sam = Account.objects.create_user("sam@example.org")
    actions.accept(by=sam, token=token, today=TODAY)
    assert scope_of(sam).roles[org.pk] == {Role.PEER_WORKER, Role.HR}


def test_an_account_that_is_no_member_is_invited_as_everyone_else(mara, org):
    Account.objects.create_user("known@example.org")
    done = bring_in(mara, org, wanted(("known@example.org", Role.HR, ""), ("new@example.org", Role.HR, "")))
    assert [email for email, _ in done.letters] == ["known@example.org", "new@example.org"]


def test_a_second_time_there_is_nothing_to_do(mara, org):
    asked = wanted(("sam@example.org", Role.HR, "North"), ("mara@example.org", Role.HR, ""), North="care")
    bring_in(mara, org, asked)
    assert changes(asked, known(mara, org)).nothing
    before = (roles(mara, org), open_ones(mara))
    assert bring_in(mara, org, asked).letters == ()
    assert (roles(mara, org), open_ones(mara)) == before


def test_a_yes_that_is_sent_twice_does_it_once(mara, org):
    asked = wanted(("sam@example.org", Role.HR, ""))
    seal = changes(asked, known(mara, org)).seal
    bring_in(mara, org, asked, seal)
    with pytest.raises(importing.Otherwise):
        bring_in(mara, org, asked, seal)
    assert len(open_ones(mara)) == 1


def test_what_has_changed_meanwhile_is_shown_before_it_is_done(mara, org):
    asked = wanted(("sam@example.org", Role.HR, "North"), ("eve@example.org", Role.HR, ""), North="care")
    seal = changes(asked, known(mara, org)).seal
    teams.add_team(by=scope_of(mara), organisation=org.pk, name="north", kind="care")
    with pytest.raises(importing.Otherwise):
        bring_in(mara, org, asked, seal)
    assert open_ones(mara) == set()
    bring_in(mara, org, asked)
    assert ("sam@example.org", "hr", "north") in open_ones(mara)


def test_nobody_loses_anything(mara, org):
    before = roles(mara, org)
    bring_in(mara, org, wanted(("mara@example.org", Role.RELATIVE, "")))
    assert roles(mara, org) > before


def test_an_invitation_that_has_run_out_is_sent_anew(mara, org):
    long_ago = TODAY - timedelta(days=30)
    actions.invite(by=scope_of(mara), organisation=org.pk, email="sam@example.org", role=Role.HR, today=long_ago)
    done = bring_in(mara, org, wanted(("sam@example.org", Role.HR, "")))
    assert len(done.letters) == 1
    assert open_ones(mara) == {("sam@example.org", "hr", "")}


def test_another_organisation_is_left_alone(mara, org):
    eve = Account.objects.create_user("eve@example.org")
    with pytest.raises(type(org).DoesNotExist):
        importing.import_people(
            by=scope_of(eve),
            organisation=org.pk,
            wanted=wanted(("eve@example.org", Role.ADMIN, "")),
            seal="",
            today=TODAY,
        )
    assert not importing.known(scope_of(eve), org.pk, TODAY).members


def test_one_event_says_what_kinds_of_things_were_made(mara, org):
    bring_in(mara, org, wanted(("sam@example.org", Role.HR, "North"), North="care"))
    bring_in(mara, org, wanted(("sam@example.org", Role.HR, "North"), North="care"))
    events = Event.objects.within(scope_of(mara)).filter(action="person.import")
    assert [(event.account, event.fields) for event in events] == [(mara.pk, ["invitations", "teams"])]


def people(number):
    wishes = tuple(Wish(f"p{one}@example.org", Role.TEAM_MEMBER, f"T{one % 40}") for one in range(number))
    return Wanted(wishes, {wish.team: "care" for wish in wishes})


def test_what_is_known_takes_three_queries_however_many_people_there_are(mara, org, django_assert_num_queries):
    scope = scope_of(mara)
    for number in (3, 300):
        bring_in(mara, org, people(number))
        with django_assert_num_queries(3):
            importing.known(scope, org.pk, TODAY)


def test_five_thousand_rows_are_written_in_bulk(mara, org):
    with CaptureQueriesContext(connection) as queries:
        done = bring_in(mara, org, people(5000))
    assert len(done.letters) == len(open_ones(mara)) == 5000
    assert len(queries) < 60
    assert len(set(done.letters)) == 5000


@pytest.mark.parametrize("language", [language for language, _ in settings.LANGUAGES])
def test_roles_and_kinds_are_read_by_our_names_for_them(language):
    vocabulary = importing.vocabulary()
    with override(language):
        for role, name in ROLE_NAMES.items():
            assert vocabulary.roles[key(str(name))] == role
        for kind, name in TEAM_KINDS.items():
            assert vocabulary.kinds[key(str(name))] == kind
    for role in Role:
        assert vocabulary.roles[key(role)] == role


@pytest.mark.parametrize("text", ["a b@c.org", "a@b", "@b.org", "a@b.org, c@d.org", f"{'a' * 250}@b.org", "a@b.org\n"])
def test_what_is_no_address_is_none(text):
    assert not importing.vocabulary().is_address(text)
