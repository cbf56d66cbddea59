"""Programmes see what was granted, for as long as it was granted, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import signing

from alongside.people import actions, programmes
from alongside.people.models import Account, Event, Grant, Membership, Organisation, Programme
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.standard.items import Stage

TODAY = date(2026, 11, 25)
A_DAY = timedelta(days=1)
STANDING, FIGURES = Grant.Purpose.STANDING, Grant.Purpose.FIGURES


def account(name):
    return Account.objects.create_user(f"{name}@example.org", name=name)


def open_place(by, name="Noorderhof"):
    return actions.open_organisation(by=by, name=name, kind="kind.care", country="NL", stage=Stage.PREPARING)


@pytest.fixture
def mara(db):
    return account("mara")


@pytest.fixture
def org(mara):
    return open_place(mara)


@pytest.fixture
def ria(db):
    return account("ria")


@pytest.fixture
def region(ria):
    return programmes.open_programme(by=ria, name="Region", purpose="Help each other")


def grant(mara, org, region, purpose=STANDING, until=TODAY + 30 * A_DAY, today=TODAY):
    return programmes.give_grant(
        by=scope_of(mara), organisation=org.pk, code=region.code, purpose=purpose, until=until, today=today
    )


def seen(account, programme, today=TODAY):
    return programmes.granted(account, programme.pk, today).organisations


def test_a_programme_sees_nothing_before_anyone_grants_it(org, ria, region):
    assert seen(ria, region) == frozenset()


def test_a_programme_sees_exactly_those_who_granted(mara, org, ria, region):
    open_place(mara, "Not in it")
    grant(mara, org, region)
    assert seen(ria, region) == {org.pk}
    within = programmes.granted(ria, region.pk, TODAY)
    assert [one.name for one in Organisation.objects.within(within)] == ["Noorderhof"]


@pytest.mark.parametrize(
    ("day", "holds"), [(-1, False), (0, True), (30, True), (31, False), (3000, False)], ids=lambda value: str(value)
)
def test_a_grant_holds_from_its_first_to_its_last_day(mara, org, ria, region, day, holds):
    grant(mara, org, region)
    assert bool(seen(ria, region, TODAY + day * A_DAY)) == holds


def test_an_organisation_that_ends_it_is_gone_at_once(mara, org, ria, region):
    given = grant(mara, org, region)
    programmes.end_grant(by=scope_of(mara), organisation=org.pk, grant=given.pk)
    assert seen(ria, region) == frozenset()


def test_only_conveners_see_anything(mara, org, region):
    grant(mara, org, region)
    for other in (mara, account("eve")):
        with pytest.raises(Programme.DoesNotExist):
            programmes.granted(other, region.pk, TODAY)


def test_a_programme_gives_no_role_in_the_organisations_it_sees(mara, org, ria, region):
    grant(mara, org, region, FIGURES)
    assert scope_of(ria).roles == {}
    assert not scope_of(ria).may("organisation.see", org.pk)


def test_figures_are_seen_only_where_they_were_granted(mara, org, ria, region):
    more = open_place(mara, "More")
    grant(mara, org, region, STANDING)
    grant(mara, more, region, FIGURES)
    granted = programmes.granted(ria, region.pk, TODAY)
    assert granted.organisations == {org.pk, more.pk}
    assert granted.figures().organisations == {more.pk}


def test_what_a_programme_sees_takes_two_queries_however_many_granted(
    mara, org, ria, region, django_assert_num_queries
):
    for number in range(4):
        if number in {1, 3}:
            with django_assert_num_queries(2):
                found = programmes.granted(ria, region.pk, TODAY)
                assert [one.org.name for one in found.grants]
        grant(mara, open_place(mara, f"Place {number}"), region)


@pytest.mark.parametrize("until", [TODAY - A_DAY, date(2029, 11, 26), date(2126, 1, 1)])
def test_nothing_is_granted_for_more_than_three_years(mara, org, region, until):
    with pytest.raises(programmes.TooLong):
        grant(mara, org, region, until=until)
    assert not Grant.objects.within(scope_of(mara)).exists()


def test_three_years_are_allowed_also_from_a_leap_day(mara, org, region):
    grant(mara, org, region, until=date(2029, 11, 25))
    leap = date(2028, 2, 29)
    assert grant(mara, org, region, until=date(2031, 2, 28), today=leap).until == date(2031, 2, 28)


def test_granting_again_changes_the_one_grant(mara, org, ria, region):
    first = grant(mara, org, region, STANDING)
    later = TODAY + 5 * A_DAY
    second = grant(mara, org, region, FIGURES, until=later + A_DAY, today=later)
    assert (second.pk, second.granted_from, second.purpose) == (first.pk, TODAY, FIGURES)


def test_what_had_run_out_begins_anew(mara, org, region):
    grant(mara, org, region, until=TODAY)
    later = TODAY + 90 * A_DAY
    assert grant(mara, org, region, until=later + A_DAY, today=later).granted_from == later


def test_a_code_that_is_wrong_grants_nothing(mara, org, region):
    for code in ("", "XXXX-XXXX-XXXX-XXXX", region.code[:-1], f"{region.code}A"):
        with pytest.raises(Programme.DoesNotExist):
            programmes.give_grant(
                by=scope_of(mara), organisation=org.pk, code=code, purpose=STANDING, until=TODAY, today=TODAY
            )


def test_a_code_is_read_however_it_is_typed(region):
    for typed in (region.code.lower(), region.code.replace("-", " "), f"  {region.code.replace('-', '')}\n"):
        assert programmes.find_programme(typed) == region


def test_an_organisation_can_end_only_its_own(mara, org, region):
    given = grant(mara, org, region)
    eve = account("eve")
    elsewhere = open_place(eve, "Elsewhere")
    for place in (org, elsewhere):
        with pytest.raises(Grant.DoesNotExist):
            programmes.end_grant(by=scope_of(eve), organisation=place.pk, grant=given.pk)
    assert Grant.objects.within(scope_of(mara)).exists()


def test_a_form_that_is_sent_twice_opens_one_programme(ria):
    once = uuid4()
    made = [programmes.open_programme(by=ria, name="R", purpose="P", once=once) for _ in range(2)]
    assert made[0] == made[1]
    assert Programme.objects.count() == 1


def test_a_link_makes_someone_a_convener_and_the_organisations_have_it_on_record(mara, org, ria, region):
    grant(mara, org, region)
    ben = account("ben")
    token = programmes.link_token(region)
    for _ in range(2):
        assert programmes.join(by=ben, token=token) == region
    assert seen(ben, region) == {org.pk}
    joined = Event.objects.within(scope_of(mara)).filter(action="grant.convener-joins")
    assert [event.account for event in joined] == [ben.pk]


def test_a_link_works_for_two_weeks(region, monkeypatch):
    token = programmes.link_token(region)
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 13.9 * 86400)
    assert programmes.behind(token) == region
    monkeypatch.setattr(signing.time, "time", lambda: now + 14.1 * 86400)
    with pytest.raises(programmes.LinkClosed):
        programmes.behind(token)


def test_a_link_that_this_site_did_not_make_is_none(region):
    for token in ("", "x", signing.dumps(region.pk.hex), programmes.link_token(region)[:-1]):
        with pytest.raises(programmes.LinkClosed):
            programmes.behind(token)


def test_the_last_convener_who_leaves_ends_the_programme_and_its_grants(mara, org, ria, region):
    grant(mara, org, region)
    ben = account("ben")
    programmes.join(by=ben, token=programmes.link_token(region))
    token = programmes.link_token(region)
    programmes.leave(by=ria, programme=region.pk)
    with pytest.raises(Programme.DoesNotExist):
        programmes.granted(ria, region.pk, TODAY)
    assert seen(ben, region) == {org.pk}
    programmes.leave(by=ben, programme=region.pk)
    assert not Programme.objects.exists()
    assert not Grant.objects.within(scope_of(mara)).exists()
    with pytest.raises(programmes.LinkClosed):
        programmes.behind(token)
    told = Event.objects.within(scope_of(mara)).filter(action__startswith="grant.").order_by("pk")
    assert [event.action for event in told] == [
        "grant.give",
        "grant.convener-joins",
        "grant.convener-leaves",
        "grant.programme-ends",
    ]


def test_what_an_organisation_grants_is_read_with_who_convenes_it(mara, org, ria, region, django_assert_num_queries):
    grant(mara, org, region)
    grant(mara, org, programmes.open_programme(by=ria, name="Another", purpose="x"))
    Membership.objects.within(scope_of(mara)).create(org=org, account=account("hr"), role=Role.HR)
    scope = scope_of(mara)
    with django_assert_num_queries(2):
        found = programmes.grants_of(scope, org.pk, TODAY)
        assert [(one.programme.name, [str(who) for who in one.programme.people.all()]) for one in found] == [
            ("Another", ["ria"]),
            ("Region", ["ria"]),
        ]
