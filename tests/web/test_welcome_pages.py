"""Welcoming a colleague in the browser: prepare, tick off, change, remove; who finds the page and who does not."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.people import actions as people_actions
from alongside.people.models import Account, Membership, Team
from alongside.people.scope import scope_of
from alongside.planning import welcome
from alongside.planning.models import Plan, Step
from alongside.rules.access import Role
from alongside.standard.items import Stage
from alongside.standard.kit import PSW, Welcomer
from tests.browser import DESK, PHONE, needs_browser, opened_page, overflows, violations

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ROLES = (Role.COORDINATOR, Role.MANAGER, Role.TEAM_MEMBER, Role.PEER_WORKER, Role.BOARD)


class House:
    """An organisation with a team, people in five roles, and a welcome that the coordinator prepared."""

    def __init__(self, edition):
        self.today = timezone.localdate()
        self.accounts = {role: Account.objects.create_user(f"{role}@example.org", "a long password") for role in ROLES}
        for role, account in self.accounts.items():
            account.name = f"Name of {role}"
            account.save()
            EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
        facts = {"kind": "kind.care", "country": "NL", "stage": Stage.PREPARING}
        self.org = people_actions.open_organisation(by=self.accounts[Role.COORDINATOR], name="Noorderhof", **facts)
        Membership.objects.across(because="test").all().delete()
        for role, account in self.accounts.items():
            Membership(org=self.org, account=account, role=role).save()
        self.team = Team(org=self.org, name="West", kind="care")
        self.team.save()
        self.plan = self.prepare(edition)

    def prepare(self, edition, days=60):
        named = {Welcomer.CONTACT_PERSON: self.id(Role.TEAM_MEMBER), Welcomer.BUDDY: self.id(Role.PEER_WORKER)}
        given = welcome.Welcome(self.team.pk, PSW, self.today + timedelta(days=days), named)
        scope = scope_of(self.accounts[Role.COORDINATOR])
        facts = {"title": "West", "edition": edition, "language": "en", "today": self.today}
        return welcome.prepare(by=scope, organisation=self.org.pk, welcome=given, **facts)

    def id(self, role):
        return self.accounts[role].pk

    def client(self, role):
        client = Client()
        client.force_login(self.accounts[role], backend=BACKEND)
        return client

    def url(self, name, *more):
        return reverse(name, args=[self.org.pk, *more])

    def step(self, template):
        return Step.objects.across(because="test").get(plan=self.plan, template=template)

    def form(self, **changes):
        first = (self.today + timedelta(days=30)).isoformat()
        return {"team": str(self.team.pk), "role": PSW, "starts_on": first, **changes}


@pytest.fixture
def house(db, edition):
    return House(edition)


def test_a_welcome_is_prepared_without_anyone_saying_who_is_coming(house):
    client = house.client(Role.MANAGER)
    page = client.get(house.url("welcome-new")).content.decode()
    names = set(re.findall(r'name="([\w-]+)"', page)) - {"csrfmiddlewaretoken", "language", "appearance", "next"}
    fields = {"team", "role", "starts_on", "contact-person", "buddy", "manager", "once"}
    assert names - {"viewport", "color-scheme", "htmx-config"} == fields
    assert "The name of the new colleague is not asked" in page
    response = client.post(house.url("welcome-new"), house.form(buddy=str(house.id(Role.PEER_WORKER))))
    made = Plan.objects.across(because="test").exclude(pk=house.plan.pk).get()
    assert response.headers["Location"] == house.url("welcome", made.pk)
    assert (made.team, made.role, made.audience) == (house.team, PSW, Plan.Audience.NAMED)


def test_whoever_only_leads_a_team_is_proposed_as_its_manager(house):
    chosen = f'<option value="{house.id(Role.MANAGER)}" selected>'
    assert chosen in house.client(Role.MANAGER).get(house.url("welcome-new")).content.decode()
    assert "selected>Name" not in house.client(Role.COORDINATOR).get(house.url("welcome-new")).content.decode()


def test_a_form_sent_twice_makes_one_welcome(house):
    client, once = house.client(Role.COORDINATOR), "6f1c1c1e-5f0a-4d8e-9a57-0a8f3b1c2d3e"
    answers = [client.post(house.url("welcome-new"), house.form(once=once)) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Plan.objects.across(because="test").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"team": "6f1c1c1e-5f0a-4d8e-9a57-0a8f3b1c2d3e"},
        {"role": "role.doctor"},
        {"starts_on": "1999-01-01"},
        {"starts_on": "9999-12-31"},
        {"starts_on": "31 February"},
        {"starts_on": ""},
        {"buddy": "nobody"},
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_made(house, wrong):
    response = house.client(Role.COORDINATOR).post(house.url("welcome-new"), house.form(**wrong))
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert Plan.objects.across(because="test").count() == 1


def test_without_a_team_the_page_says_what_to_do_first(house):
    Plan.objects.across(because="test").delete()
    Team.objects.across(because="test").delete()
    assert house.url("teams") in house.client(Role.COORDINATOR).get(house.url("welcome-new")).content.decode()
    page = house.client(Role.MANAGER).get(house.url("welcome-new")).content.decode()
    assert "Ask the coordinator" in page


@pytest.mark.parametrize(
    ("role", "knows"),
    [
        (Role.COORDINATOR, True),
        (Role.TEAM_MEMBER, True),
        (Role.PEER_WORKER, True),
        (Role.MANAGER, False),
        (Role.BOARD, False),
    ],
)
def test_only_those_with_a_part_in_it_find_it(house, role, knows):
    client = house.client(role)
    assert ("West" in client.get(house.url("welcomes")).content.decode()) == knows
    assert client.get(house.url("welcome", house.plan.pk)).status_code == (200 if knows else 404)
    ticked = client.post(house.url("welcome-step", house.step("w.learnt").pk))
    assert ticked.status_code == (302 if role == Role.COORDINATOR else 403 if knows else 404)
    change = client.get(house.url("welcome-change", house.plan.pk))
    assert change.status_code == (200 if role == Role.COORDINATOR else 404 if role == Role.MANAGER else 403)


def test_whoever_has_a_step_ticks_it_off_and_takes_the_tick_back(house):
    client, step = house.client(Role.PEER_WORKER), house.step("w.buddy")
    page = client.get(house.url("welcome", house.plan.pk)).content.decode()
    assert house.url("welcome-step", step.pk) in page
    assert house.url("welcome-step", house.step("w.first-day").pk) not in page
    response = client.post(house.url("welcome-step", step.pk))
    assert response.headers["Location"] == f"{house.url('welcome', house.plan.pk)}#step-{step.pk}"
    assert house.step("w.buddy").state == Step.State.DONE
    client.post(house.url("welcome-step", step.pk), {"again": "1"})
    assert house.step("w.buddy").state == Step.State.PLANNED


def test_the_page_names_the_item_the_day_the_sheet_and_whoever_does_it(house):
    page = house.client(Role.COORDINATOR).get(house.url("welcome", house.plan.pk)).content.decode()
    step = re.search(rf'id="step-{house.step("w.first-day").pk}".*?</li>', page, re.DOTALL)[0]
    assert "Name of team-member" in step
    assert reverse("standard-item", args=["A8.contact-person"]) in step
    assert "/welcome-kit/first-day/?role=role.psw&amp;team=care&amp;stage=preparing&amp;organisation=Noorderhof" in step
    assert "example.org" not in page


def test_the_second_of_two_sees_both_and_loses_nothing(house):
    client, url = house.client(Role.COORDINATOR), house.url("welcome-change", house.plan.pk)
    before = re.search(r'name="before" value="([^"]*)"', client.get(url).content.decode())[1]
    day, other = house.today + timedelta(days=70), house.today + timedelta(days=80)
    assert client.post(url, {"starts_on": day.isoformat(), "before": before}).status_code == 302
    mine = {"starts_on": other.isoformat(), "before": before, "buddy": str(house.id(Role.BOARD))}
    response = client.post(url, mine)
    assert response.status_code == 409
    page = response.content.decode()
    assert f'value="{other.isoformat()}"' in page
    assert "Name of board" in page
    assert Plan.objects.across(because="test").get(pk=house.plan.pk).starts_on == day
    fresh = re.search(r'name="before" value="([^"]*)"', page)[1]
    assert client.post(url, mine | {"before": fresh}).status_code == 302
    assert Plan.objects.across(because="test").get(pk=house.plan.pk).starts_on == other


def test_a_welcome_is_removed_for_good(house):
    client = house.client(Role.COORDINATOR)
    assert client.get(house.url("welcome-remove", house.plan.pk)).status_code == 405
    assert client.post(house.url("welcome-remove", house.plan.pk)).status_code == 302
    assert not Step.objects.across(because="test").exists()


def test_pages_take_the_same_queries_for_one_welcome_and_for_many(house, edition, django_assert_max_num_queries):
    client = house.client(Role.COORDINATOR)
    urls = [house.url("welcomes"), house.url("welcome", house.plan.pk), house.url("welcome-new")]

    def queries():
        found = []
        for url in urls:
            with django_assert_max_num_queries(12) as captured:
                assert client.get(url).status_code == 200
            found.append(len(captured))
        return found

    once = queries()
    for days in (10, 90):
        house.prepare(edition, days)
    assert queries() == once


@pytest.fixture
def open_house(transactional_db, edition):
    return House(edition)


@needs_browser
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")])
def test_everyone_can_read_and_tick_the_plan(open_house, live_server, browser, size, scheme):
    house = open_house
    urls = [house.url("welcomes"), house.url("welcome-new"), house.url("welcome", house.plan.pk)]
    urls += [house.url("welcome-change", house.plan.pk), house.url("step", house.step("w.buddy").pk)]
    with opened_page(browser, live_server.url, size, color_scheme=scheme) as page:
        sign_in(page, house.accounts[Role.COORDINATOR])
        for url in urls:
            page.goto(url)
            assert violations(page) == [], url
            assert not overflows(page), url


@needs_browser
def test_a_welcome_is_prepared_on_a_phone_without_javascript(open_house, live_server, browser):
    house = open_house
    with opened_page(browser, live_server.url, PHONE, java_script_enabled=False) as page:
        sign_in(page, house.accounts[Role.MANAGER])
        page.goto(house.url("welcomes"))
        page.get_by_role("link", name="Prepare a welcome").click()
        page.get_by_label("Team", exact=True).select_option("West")
        page.get_by_label("First day").fill((date.today() + timedelta(days=40)).isoformat())
        page.get_by_role("button", name="Make the plan").click()
        box = page.get_by_role("button", name=re.compile("^Done: The team talks"))
        assert box.get_attribute("aria-pressed") == "false"
        box.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**#step-*")
        assert (
            page.get_by_role("button", name=re.compile("^Done: The team talks")).get_attribute("aria-pressed") == "true"
        )


def sign_in(page, account):
    page.goto("/accounts/login/")
    page.fill("input[name=login]", account.email)
    page.fill("input[name=password]", "a long password")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/" not in url)
