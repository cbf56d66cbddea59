"""A whole year in short, without JavaScript: ask, answer on a phone, agree, plan, do, tell, report, ask again."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from alongside.assessment.models import Agreement, Dissent, Round
from alongside.people import actions
from alongside.people.models import Membership
from alongside.planning.models import Step
from alongside.rules.access import Role
from alongside.standard.items import Stage
from tests.browser import DESK, PHONE, needs_browser, opened_page
from tests.web.test_pages import account

PASSWORD = "a long password"
PEOPLE = tuple(f"asked{n}@example.org" for n in range(5))


@pytest.fixture
def mara(transactional_db):
    return account("mara@example.org", "Mara Visser")


@pytest.fixture
def org(mara):
    org = actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.GROWING)
    for role in (Role.PEER_WORKER, Role.PROJECT_GROUP):
        Membership(org=org, account=account(f"sam-{role}@example.org", "Sam"), role=role).save()
    return org


def sign_in(page, email):
    page.goto("/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/$"))


def links_in(outbox):
    return [re.search(r"/answer/[A-Z0-9-]+/", one.body)[0] for one in outbox]


@needs_browser
def test_a_whole_year(live_server, browser, mara, org, edition):
    steward = opened_page(browser, live_server.url, DESK, java_script_enabled=False)
    with steward as page:
        sign_in(page, "mara@example.org")
        links = ask(page, org, "This autumn")
        for number, link in enumerate(links):
            answer_on_a_phone(browser, live_server.url, link, number)
        close(page, org)
        see_it_otherwise(browser, live_server.url, org)
        agree(page, org)
        plan(page, org)
        do(page, org)
        tell(page, org)
        shown_to_those_who_answered(browser, live_server.url, links[0])
        report(page, org)
        assert ask(page, org, "A year later")


def ask(page, org, title):
    mail.outbox.clear()
    page.goto(reverse("round-new", args=[org.pk]))
    page.fill("input[name=title]", title)
    page.locator("input[name=stage][value=growing]").check()
    page.locator("details:has(textarea[name=emails_psw]) summary").click()
    page.fill("textarea[name=emails_psw]", "\n".join(PEOPLE))
    page.get_by_role("button", name=re.compile("Open the round")).click()
    assert page.get_by_role("heading", name="The round is open").count() == 1
    assert len(mail.outbox) == len(PEOPLE)
    return links_in(mail.outbox)


def answer_on_a_phone(browser, base, link, number):
    """Everyone answers the first two questions; the first of them in two sittings."""
    with opened_page(browser, base, PHONE, java_script_enabled=False) as page:
        for sitting in range(2 if number == 0 else 1):
            page.goto(link)
            page.locator("main form button.button").first.click()
            for _question in range(1 if number == 0 else 2):
                page.locator("label.step").nth((number + sitting) % 3).click()
                page.get_by_role("button", name="Next").click()


def close(page, org):
    page.goto(reverse("rounds", args=[org.pk]))
    page.get_by_role("link", name=re.compile("This autumn")).first.click()
    page.get_by_role("link", name="Close the round").click()
    page.get_by_role("button", name=re.compile("Close the round")).click()
    assert Round.objects.across(because="test").get(org=org).state == Round.State.CLOSED


def see_it_otherwise(browser, base, org):
    found = Round.objects.across(because="test").get(org=org)
    criterion = next(iter(found.summary))
    with opened_page(browser, base, PHONE, java_script_enabled=False) as page:
        sign_in(page, "sam-peer-worker@example.org")
        page.goto(reverse("agreement-question", args=[org.pk, found.pk, criterion]))
        page.get_by_role("link", name="I see it otherwise").click()
        page.locator("select[name=voice]").select_option("psw")
        page.fill("textarea[name=text]", "On paper only.")
        page.get_by_role("button", name="Put it beside the step").click()
    assert Dissent.objects.across(because="test").get().text == "On paper only."


def agree(page, org):
    found = Round.objects.across(because="test").get(org=org)
    criterion = next(iter(found.summary))
    page.goto(reverse("agreement", args=[org.pk, found.pk]))
    page.goto(reverse("agreement-question", args=[org.pk, found.pk, criterion]))
    assert page.get_by_text("On paper only.").count() == 1
    page.locator("label.step").nth(1).click()
    page.fill("textarea[name=reason]", "Begun in one team.")
    page.get_by_role("button", name="Agree on this").click()
    assert Agreement.objects.across(because="test").get().step == 1


def plan(page, org):
    page.goto(reverse("roadmap-propose", args=[org.pk]))
    page.get_by_role("button", name="Put the ticked steps on the roadmap").click()
    assert 1 <= Step.objects.across(because="test").count() <= 5


def do(page, org):
    page.goto(reverse("roadmap-board", args=[org.pk]))
    for state in ("doing", "done"):
        page.locator(f'button[name=move][value*=" {state} "]').first.click()
    assert Step.objects.across(because="test").filter(state=Step.State.DONE).exists()


def tell(page, org):
    mail.outbox.clear()
    found = Round.objects.across(because="test").get(org=org)
    page.goto(reverse("agreement", args=[org.pk, found.pk]))
    page.get_by_role("link", name="Tell those who answered").click()
    page.get_by_role("button", name="Tell them now").click()
    assert sorted(one.to[0] for one in mail.outbox) == sorted(PEOPLE)


def shown_to_those_who_answered(browser, base, link):
    with opened_page(browser, base, PHONE, java_script_enabled=False) as page:
        page.goto(link)
        for said in ("This is what came of it", "Begun in one team.", "On paper only.", "Not agreed on yet."):
            assert page.get_by_text(said).count(), said


def report(page, org):
    page.goto(reverse("report", args=[org.pk, "board"]))
    assert page.get_by_text("On paper only.").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").first.click()
    assert download.value.suggested_filename.endswith(".pdf")
