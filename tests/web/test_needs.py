"""What waits for someone: the most pressing first, only their own, and what a mail may say of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from alongside.assessment import rounds
from alongside.assessment.editions import keep
from alongside.people import actions
from alongside.people.models import Account, Membership
from alongside.people.scope import scope_of
from alongside.planning.actions import add_to_roadmap, move_step
from alongside.planning.facts import Facts, NewStep
from alongside.planning.models import Plan, Project, Step
from alongside.rules.access import Role
from alongside.standard.items import Stage
from alongside.web.letters.weekly import send_due
from alongside.web.needs import needs_of

TODAY = date(2026, 11, 25)


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org", name="Mara")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.GROWING)


@pytest.fixture
def sam(org):
    account = Account.objects.create_user("sam@example.org", name="Sam")
    Membership(org=org, account=account, role=Role.TEAM_MEMBER).save()
    return account


def take_on(mara, org, edition, who, **due):
    """Steps of the roadmap that `who` took on: title → days until they are due."""
    steps = [
        NewStep("A7.seniority", Facts(title, "Begin", assignee=who.pk, due=TODAY + timedelta(days=days)))
        for title, days in due.items()
    ]
    titled = {"title": "Roadmap", "edition": edition, "today": TODAY}
    return add_to_roadmap(by=scope_of(mara), organisation=org.pk, steps=steps, **titled)


def closed_round(mara, org, edition):
    groups = (rounds.GroupPlan("psw", printed=5),)
    plan = rounds.RoundPlan("Autumn", Stage.GROWING, groups)
    said = {"by": scope_of(mara), "organisation": org.pk, "today": TODAY}
    opened = rounds.open_round(plan=plan, edition=edition, **said)
    return rounds.close_round(round_=opened.round.pk, **said)


def titles(account):
    return [need.title for need in needs_of(scope_of(account), TODAY)]


def test_what_is_late_comes_first_and_what_is_far_away_waits(mara, org, sam, edition):
    take_on(mara, org, edition, sam, soon=10, late=-3, far=40)
    late, soon = needs_of(scope_of(sam), TODAY)
    assert (late.title, soon.title) == ("late", "soon")
    assert "22 November 2026" in late.text
    assert late.item == "A7.seniority"


def test_what_is_done_waits_no_longer(mara, org, sam, edition):
    (step,) = take_on(mara, org, edition, sam, late=-3)
    move_step(by=scope_of(sam), organisation=org.pk, step=step.pk, state=Step.State.DONE, today=TODAY)
    assert titles(sam) == []


def test_a_step_of_a_welcome_leads_to_its_plan_where_the_sheets_are(mara, org, sam, edition):
    kept = {"edition": keep(edition), "starts_on": TODAY, "audience": Plan.Audience.NAMED}
    plan = Plan.objects.across(because="test").create(org=org, kind=Plan.Kind.WELCOME, title="W", owner=sam, **kept)
    project = Project.objects.across(because="test").create(plan=plan, title="Before")
    facts = {"item": "A8.buddy", "title": "Coffee", "assignee": sam, "due": TODAY}
    Step.objects.across(because="test").create(plan=plan, project=project, **facts)
    (need,) = needs_of(scope_of(sam), TODAY)
    assert need.url == reverse("welcome", args=[org.pk, plan.pk])
    assert "Coffee" not in titles(mara)


def test_what_somebody_else_took_on_does_not_wait_for_me(mara, org, sam, edition):
    take_on(mara, org, edition, mara, late=-3)
    assert titles(sam) == []
    assert titles(mara)[0] == "late"


def test_a_closed_round_waits_for_those_who_agree_until_it_was_told(mara, org, sam, edition):
    closed = closed_round(mara, org, edition)
    assert titles(mara)[0] == "Agree on what comes out of a round"
    assert titles(sam) == []
    closed.told_on = TODAY
    closed.save()
    assert "Agree on what comes out of a round" not in titles(mara)


def test_the_mail_says_that_a_step_is_due_but_not_which(mara, org, sam, edition):
    take_on(mara, org, edition, sam, **{"Talk to Lotte": -3})
    closed_round(mara, org, edition)
    send_due(TODAY)
    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert "A step that you took on is late." in letters["sam@example.org"]
    assert "A round is closed." in letters["mara@example.org"]
    assert "To print:" in letters["mara@example.org"]
    for body in letters.values():
        assert not any(word in body for word in ("Lotte", "Autumn", "Noorderhof", "Begin"))
