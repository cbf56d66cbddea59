"""A round through its pages: open, answer on a phone without JavaScript, close, read what came of it."""

from __future__ import annotations

import logging
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.assessment.models import Response, Round, RoundGroup
from alongside.config.quiet import Discreet
from alongside.people import actions
from alongside.people.models import Account, Membership
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.standard.items import Stage
from tests.browser import PHONE, needs_browser, opened_page, overflows, violations

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org", name="Mara")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.PREPARING)


@pytest.fixture
def signed_in(mara):
    client = Client()
    client.force_login(mara, backend=BACKEND)
    return client


def filled(**more):
    return {
        "title": "Autumn",
        "stage": "first-psw",
        "emails_psw": " ".join(f"psw{n}@example.org" for n in range(5)),
        **more,
    }


def open_round(client, org, **more):
    return client.post(reverse("round-new", args=[org.pk]), filled(**more))


def links():
    return [re.search(r"http://testserver(/answer/\S+)", letter.body)[1] for letter in mail.outbox]


def answer_with(link, said, count):
    client = Client()
    client.post(link)
    for number in range(1, count + 1):
        url = reverse("answer-question", args=[number])
        revision = re.search(r'name="revision" value="(\d+)"', client.get(url).content.decode())[1]
        assert client.post(url, {"answer": said, "revision": revision}).status_code == 302
    return client


def test_links_go_out_and_say_nothing_in_their_subject(signed_in, org, mara):
    response = open_round(signed_in, org, printed_psw="2")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert len(mail.outbox) == 5
    for letter in mail.outbox:
        assert not re.search(r"peer|mental|recovery|noorderhof", letter.subject, re.IGNORECASE)
        assert not re.search(r"peer|mental", letter.body, re.IGNORECASE)
    assert len(set(re.findall(r"<b>((?:\w{4}-){3}\w{4})</b>", response.content.decode()))) == 2
    assert Response.objects.within(scope_of(mara)).count() == 7


def test_a_link_that_several_share_is_not_called_ones_own(signed_in, org):
    open_round(signed_in, org, emails_board="a@example.org b@example.org")
    assert len(mail.outbox) == 7
    for letter in mail.outbox:
        assert ("yours alone" in letter.body) is letter.to[0].startswith("psw")


def test_a_round_that_is_sent_twice_is_opened_once(signed_in, org, mara):
    once = "0b0e7c51-9f5c-4e39-8f0a-6f7a3f1f3c11"
    for _ in range(2):
        response = open_round(signed_in, org, once=once)
    assert response.status_code == 302
    assert len(mail.outbox) == 5
    assert Round.objects.within(scope_of(mara)).count() == 1


def test_a_sealed_link_shows_nobody_what_was_answered(signed_in, org, mara):
    """Whoever prints the links could open one; what was said with it is not shown again."""
    open_round(signed_in, org)
    url = reverse("answer-question", args=[1])
    one, other = Client(), Client()
    for client in (one, other):
        client.post(links()[0])
    one.post(url, {"answer": "3", "revision": "0"})
    shown = other.get(url).content.decode()
    assert "checked" not in shown
    assert "kept and not shown" in shown
    assert other.post(url, {"revision": "1"}).status_code == 302
    assert Response.objects.within(scope_of(mara)).get(revision=1).answers.popitem()[1] == 3


@pytest.mark.parametrize("typed", ["a/b", " ", "..", "%20", "?x=1"])
def test_a_code_that_is_mistyped_leads_to_a_page(client, db, typed):
    response = client.get(reverse("answer"), {"code": typed}, follow=True)
    assert response.status_code in {200, 404}


def test_no_token_and_no_answer_gets_into_the_log():
    spoken = logging.LogRecord("django", logging.ERROR, "", 0, "%s: %s", ("Broke", "/answer/AAAA-BBBB/?q.A1=3"), None)
    assert Discreet().filter(spoken)
    assert spoken.getMessage() == "Broke: /answer/…/?…"
    handlers = logging.getLogger().handlers
    assert any(isinstance(one, Discreet) for handler in handlers for one in handler.filters)


def test_a_group_that_is_too_small_is_offered_to_answer_together(signed_in, org, mara):
    four = " ".join(f"psw{n}@example.org" for n in range(4))
    response = open_round(signed_in, org, emails_psw=four)
    assert response.status_code == 422
    assert "answer together" in response.content.decode()
    assert "psw3@example.org" in response.content.decode()  # nothing that was typed is lost
    assert not mail.outbox
    assert open_round(signed_in, org, emails_psw=four, together_psw="on").status_code == 200
    assert Response.objects.within(scope_of(mara)).count() == 1


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"emails_psw": "no address"}, "no e-mail address"),
        ({"emails_psw": ""}, "who is asked"),
        ({"title": ""}, ""),
        ({"stage": "preparing"}, "nothing to ask of: Peer workers"),
    ],
)
def test_a_plan_that_does_not_work_is_not_opened(signed_in, org, mara, more, word):
    response = open_round(signed_in, org, **more)
    assert response.status_code == 422
    assert word in response.content.decode()
    assert not Round.objects.within(scope_of(mara)).exists()
    assert not mail.outbox


def test_opening_a_link_changes_nothing_and_keeps_no_session(signed_in, org, mara):
    open_round(signed_in, org)
    visitor = Client()
    assert visitor.get(links()[0]).status_code == 200
    assert "answering" not in visitor.cookies
    visitor.post(links()[0])
    assert "sessionid" not in visitor.cookies
    assert set(Response.objects.within(scope_of(mara)).values_list("revision", flat=True)) == {0}


def test_results_come_with_closing_and_the_same_link_shows_them(signed_in, org, mara, edition):
    open_round(signed_in, org)
    found = Round.objects.within(scope_of(mara)).get()
    page = reverse("round", args=[org.pk, found.pk])
    count = len(RoundGroup.objects.within(scope_of(mara)).get(round=found).questions)
    for link in links():
        answer_with(link, "1", count)
    assert "Nobody sees any result" in signed_in.get(page).content.decode()
    signed_in.post(reverse("round-close", args=[org.pk, found.pk]))
    shown = signed_in.get(page).content.decode()
    assert "being prepared" in shown
    visitor = Client().get(links()[0]).content.decode()
    assert "Thank you for answering" in visitor
    assert "being prepared" in visitor


def test_named_answers_are_shown_by_name_to_those_who_steer_and_to_nobody_else(signed_in, org, mara, edition):
    open_round(signed_in, org, emails_managers="jonas@example.org")
    found = Round.objects.within(scope_of(mara)).get()
    for link in links():
        client = Client()
        client.post(link)
        client.post(reverse("answer-question", args=[1]), {"answer": "2", "revision": "0"})
    signed_in.post(reverse("round-close", args=[org.pk, found.pk]))
    page = reverse("round", args=[org.pk, found.pk])
    shown = signed_in.get(page).content.decode()
    assert "jonas@example.org" in shown
    assert "psw0@example.org" not in shown
    worker = Account.objects.create_user("sam@example.org")
    Membership(org=org, account=worker, role=Role.PEER_WORKER).save()
    client = Client()
    client.force_login(worker, backend=BACKEND)
    assert "jonas@example.org" not in client.get(page).content.decode()
    assert "jonas@example.org" not in Client().get(links()[0]).content.decode()


def test_someone_without_a_hand_in_it_cannot_open_or_close(signed_in, org, mara):
    open_round(signed_in, org)
    found = Round.objects.within(scope_of(mara)).get()
    worker = Account.objects.create_user("sam@example.org")
    Membership(org=org, account=worker, role=Role.PEER_WORKER).save()
    client = Client()
    client.force_login(worker, backend=BACKEND)
    assert client.get(reverse("round", args=[org.pk, found.pk])).status_code == 200
    assert "links have been used" not in client.get(reverse("round", args=[org.pk, found.pk])).content.decode()
    assert client.post(reverse("round-close", args=[org.pk, found.pk])).status_code == 403
    assert open_round(client, org).status_code == 403


def test_a_round_that_is_closed_while_someone_answers_says_so(signed_in, org, mara):
    open_round(signed_in, org)
    found = Round.objects.within(scope_of(mara)).get()
    client = Client()
    client.post(links()[0])
    url = reverse("answer-question", args=[1])
    assert client.post(url, {"answer": "", "revision": "0"}).status_code == 422
    assert client.post(url, {"answer": "3", "revision": "0"}).status_code == 302
    signed_in.post(reverse("round-close", args=[org.pk, found.pk]))
    late = client.post(url, {"answer": "2", "revision": "1"})
    assert late.status_code == 410
    assert "What you answered before counts" in late.content.decode()
    assert Client().get("/answer/AAAA-AAAA-AAAA-AAAA/").status_code == 404
    assert Client().get(reverse("answer-question", args=[1])).status_code == 404


def test_two_people_on_one_link_see_each_other(signed_in, org, mara):
    open_round(signed_in, org, emails_psw="", emails_board="a@example.org, b@example.org")
    url = reverse("answer-question", args=[1])
    one, other = Client(), Client()
    for client in (one, other):
        client.post(links()[0])
    assert one.post(url, {"answer": "3", "revision": "0"}).status_code == 302
    late = other.post(url, {"answer": "1", "revision": "0"})
    assert late.status_code == 409
    assert "in between" in late.content.decode()
    assert re.search(r'value="3" required checked', late.content.decode())


@needs_browser
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_answering_on_a_phone(transactional_db, live_server, browser, javascript, mara, org, signed_in):
    open_round(signed_in, org)
    link = links()[0]
    with opened_page(browser, live_server.url, PHONE, java_script_enabled=javascript) as page:
        page.goto(link)
        page.get_by_role("button", name="Begin").click()
        count = int(re.search(r"of (\d+)", page.inner_text("header"))[1])
        for number in range(1, count + 1):
            if javascript and number == 1:
                assert violations(page) == []
                assert not overflows(page)
            page.locator("label.step").nth(number % 3).click()
            page.get_by_role("button", name="Next").click()
        assert page.locator("h1").inner_text() == "Thank you"
        page.goto(link)
        page.get_by_role("button", name="Go on where I stopped").click()
    scope = scope_of(mara)
    assert (
        sorted(len(answers) for answers in Response.objects.within(scope).values_list("answers", flat=True))[-1]
        == count
    )
