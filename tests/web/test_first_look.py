"""The first look: in a real browser at phone size, with and without JavaScript, and its bad input."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.urls import reverse

from alongside.assessment.models import FirstLook
from alongside.people.models import Account, Organisation
from alongside.people.scope import scope_of
from alongside.rules.first_look import questions
from alongside.standard.items import STAGES, Stage
from tests.browser import PHONE, needs_browser, opened_page, overflows, violations


def answered(edition, stage, value="1"):
    return {criterion.id: value for criterion in questions(edition, stage)}


@needs_browser
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_first_look_on_a_phone(transactional_db, live_server, browser, javascript):
    with opened_page(browser, live_server.url, PHONE, java_script_enabled=javascript) as page:
        page.goto("/")
        page.get_by_role("link", name="Take a first look").first.click()
        page.get_by_role("link", name=re.compile("We are preparing")).click()
        for number in range(1, 16):
            assert f"{number} of 15" in page.inner_text("header")
            assert not javascript or not overflows(page)
            if number == 3:
                page.get_by_role("button", name="I don't know").click()
            elif number == 5:
                page.get_by_role("button", name="Does not apply here").click()
            else:
                page.locator("label.step").nth(number % 5).click()
                page.get_by_role("button", name="See the result" if number == 15 else "Next").click()
        assert page.locator("h1").inner_text() == "Where you stand today"
        assert page.get_by_role("heading", name="Do these first").is_visible()
        assert page.locator("ol.numbered > li").count() == 3
        assert page.get_by_role("heading", name="Whom to ask").is_visible()
        page.get_by_role("link", name="Change an answer").click()
        assert "1 of 15" in page.inner_text("header")
    assert not FirstLook.objects.across(because="test").exists()


@needs_browser
def test_going_back_keeps_what_was_answered(transactional_db, live_server, browser):
    with opened_page(browser, live_server.url) as page:
        page.goto("/first-look/growing/1/")
        page.locator("label.step").nth(2).click()
        page.get_by_role("button", name="Next").click()
        page.locator("label.step").nth(4).click()
        page.get_by_role("link", name="Back").click()
        assert page.locator("input:checked").get_attribute("value") == "2"
        page.get_by_role("button", name="Next").click()
        page.evaluate("history.back()")
        page.wait_for_url("**/1/**")
        page.reload()
        assert "1 of 15" in page.inner_text("header")


@needs_browser
def test_the_keyboard_is_enough(transactional_db, live_server, browser):
    with opened_page(browser, live_server.url) as page:
        page.goto("/first-look/preparing/1/")
        page.locator("input[type=radio]").first.focus()
        page.keyboard.press("ArrowDown")
        assert page.locator("input:checked").get_attribute("value") == "1"
        for _ in range(6):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").strip() == "Next":
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/2/**")


@needs_browser
def test_keeping_a_result_opens_a_place_for_an_organisation(transactional_db, live_server, browser, edition):
    query = "&".join(f"{key}={value}" for key, value in answered(edition, Stage.PREPARING).items())
    with opened_page(browser, live_server.url) as page:
        page.goto(f"/first-look/preparing/result/?{query}")
        page.get_by_role("link", name="Keep this result").click()
        page.get_by_role("link", name=re.compile("account|sign up", re.IGNORECASE)).last.click()
        page.locator("main input[type=email]").fill("mara@example.org")
        page.locator("main input[type=password]").first.fill("a long sentence of words")
        page.locator("main button[type=submit], main button:not([type])").last.click()
        page.wait_for_selector("input[name=code]")
        code = re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]{3,})\s*$", mail.outbox[-1].body, re.MULTILINE)
        assert code, mail.outbox[-1].body
        page.locator("input[name=code]").fill(code[1])
        page.keyboard.press("Enter")
        page.wait_for_url("**/keep/**")
        page.locator("input[name=name]").fill("Noorderhof")
        page.check("input[name=kind][value='kind.care']")
        page.locator("select[name=country]").select_option("NL")
        assert violations(page) == []
        page.get_by_role("button", name=re.compile("keep the result")).click()
        page.wait_for_url("**/o/**")
        assert page.locator("h1").inner_text() == "Noorderhof"
    scope = scope_of(Account.objects.get(email="mara@example.org"))
    assert Organisation.objects.within(scope).get().stage == Stage.PREPARING
    look = FirstLook.objects.within(scope).get()
    assert look.answers == dict.fromkeys(answered(edition, Stage.PREPARING), 1)
    assert look.edition_id == edition.digest


@needs_browser
@pytest.mark.parametrize("stage", STAGES)
def test_the_result_is_one_sheet_of_paper_at_most(transactional_db, live_server, browser, edition, stage):
    """Also when everything is missing, which is the longest page there is."""
    query = "&".join(f"{key}=0" for key in answered(edition, stage))
    with opened_page(browser, live_server.url) as page:
        page.goto(f"/first-look/{stage}/result/?{query}")
        printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_a_visitor_leaves_nothing_behind(client, db, edition, django_assert_num_queries):
    with django_assert_num_queries(0):
        for number in range(1, 16):
            client.get(f"/first-look/preparing/{number}/", answered(edition, Stage.PREPARING))
        client.get("/first-look/preparing/result/", answered(edition, Stage.PREPARING))
    assert not client.cookies


def test_an_answer_that_is_none_counts_as_unanswered(client, edition):
    first = questions(edition, Stage.PREPARING)[0].id
    for wrong in ("9", "-1", "2.5", "yes", "", "٣x", "1" * 400, "1" * 6000):
        answers = answered(edition, Stage.PREPARING) | {first: wrong}
        response = client.get("/first-look/preparing/result/", answers)
        assert response.status_code == 302
        assert "/first-look/preparing/1/" in response.headers["Location"]


def test_a_question_cannot_be_jumped_over(client, edition):
    response = client.get("/first-look/preparing/9/", {})
    assert response.status_code == 302
    page = client.get(response.headers["Location"])
    assert "1 of 15" in page.content.decode()


@pytest.mark.parametrize("path", ["/first-look/preparing/0/", "/first-look/preparing/16/", "/first-look/never/1/"])
def test_there_is_no_other_question(client, path):
    assert client.get(path).status_code == 404


def test_what_is_typed_into_the_address_is_not_run(client, edition):
    first = questions(edition, Stage.PREPARING)[0].id
    evil = "<script>alert(1)</script>"
    body = client.get("/first-look/preparing/1/", {first: evil, evil: evil}).content.decode()
    assert evil not in body


def test_a_result_that_was_kept_looks_the_same_again(client, db, edition):
    account = Account.objects.create_user("mara@example.org")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    answers = answered(edition, Stage.GROWING, "2")
    url = reverse("first-look-keep", args=[Stage.GROWING]) + "?" + "&".join(f"{k}={v}" for k, v in answers.items())
    response = client.post(url, {"name": "Most", "kind": "kind.ngo", "country": "PL"})
    org = Organisation.objects.within(scope_of(account)).get()
    assert response.headers["Location"] == reverse("organisation", args=[org.pk])
    look = FirstLook.objects.within(scope_of(account)).get()
    kept = client.get(reverse("organisation-first-look", args=[org.pk, look.pk])).content.decode()
    fresh = client.get(reverse("first-look-result", args=[Stage.GROWING]), answers).content.decode()
    steps = re.compile(r"<b>(.*?)</b>")
    assert steps.findall(kept) == steps.findall(fresh)
    client.post(url, {"organisation": str(org.pk)})
    assert FirstLook.objects.within(scope_of(account)).count() == 2


def test_a_result_that_is_sent_twice_is_kept_once(client, db, edition):
    account = Account.objects.create_user("mara@example.org")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    query = "&".join(f"{k}={v}" for k, v in answered(edition, Stage.GROWING).items())
    url = f"{reverse('first-look-keep', args=[Stage.GROWING])}?{query}"
    facts = {"name": "Most", "kind": "kind.ngo", "country": "PL", "once": "0b0e7c51-9f5c-4e39-8f0a-6f7a3f1f3c11"}
    assert client.post(url, facts).headers["Location"] == client.post(url, facts).headers["Location"]
    assert Organisation.objects.within(scope_of(account)).count() == 1
    assert FirstLook.objects.within(scope_of(account)).count() == 1


def test_the_latest_of_a_day_stands_first(client, db, edition):
    account = Account.objects.create_user("mara@example.org")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    first = "&".join(f"{k}={v}" for k, v in answered(edition, Stage.GROWING, "0").items())
    url = reverse("first-look-keep", args=[Stage.GROWING])
    client.post(f"{url}?{first}", {"name": "Most", "kind": "kind.ngo", "country": "PL"})
    org = Organisation.objects.within(scope_of(account)).get()
    for step in ("1", "2", "3", "2", "4"):
        query = "&".join(f"{k}={step}" for k in answered(edition, Stage.GROWING))
        client.post(f"{url}?{query}", {"organisation": str(org.pk)})
        latest = FirstLook.objects.within(scope_of(account)).first()
        assert set(latest.answers.values()) == {int(step)}


def test_a_result_is_not_kept_half(client, db, edition):
    account = Account.objects.create_user("mara@example.org")
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("first-look-keep", args=[Stage.GROWING])
    assert client.post(url, {"name": "Most", "kind": "kind.ngo", "country": "PL"}).status_code == 302
    query = "&".join(f"{k}={v}" for k, v in answered(edition, Stage.GROWING).items())
    assert client.post(f"{url}?{query}", {"name": "", "kind": "kind.ngo", "country": "PL"}).status_code == 422
    assert not Organisation.objects.across(because="test").exists()
