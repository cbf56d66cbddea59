"""A round through its pages: open, answer on a phone without JavaScript, close, read what came of it."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape

from alongside.assessment.models import Response, Round, RoundGroup
from alongside.config.quiet import Discreet
from alongside.people import actions
from alongside.people.models import Account, Membership
from alongside.people.scope import scope_of
from alongside.people.teams import add_team
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
    assert open_round(signed_in, org, emails_psw=four, how_psw="together").status_code == 200
    assert Response.objects.within(scope_of(mara)).count() == 1


def test_a_group_that_is_too_small_is_offered_to_join_one_that_is_asked(signed_in, org, mara):
    few = {"printed_psw": "3", "emails_psw": "", "printed_team": "4", "printed_client": "6"}
    shown = open_round(signed_in, org, **few).content.decode()
    offered = {name: options_of(shown, f"how_{name}") for name in ("psw", "team", "client", "relative")}
    assert offered["psw"] == ["", "together", "join:team", "join:client"]
    assert offered["team"] == ["", "together", "join:psw", "join:client"]
    assert offered["client"] == offered["relative"] == ["", "together"]  # these are not refused
    assert re.search(r'name="printed_team" value="4"', shown)
    assert open_round(signed_in, org, **few, how_psw="join:team").status_code == 200
    groups = RoundGroup.objects.within(scope_of(mara))
    assert {group.key: (group.also, group.size) for group in groups} == {"team": (["psw"], 7), "client": ([], 6)}


def options_of(page, name):
    select = re.search(rf'<select name="{name}".*?</select>', page, re.DOTALL)[0]
    return re.findall(r'<option value="([^"]*)"', select)


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"how_psw": "join:client"}, "Of that group nobody is asked"),
        ({"how_psw": "join:psw"}, ""),
        ({"printed_board": "1", "how_psw": "join:board"}, ""),
        ({"how_psw": "own"}, ""),
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


def test_a_round_is_asked_team_by_team(signed_in, org, mara, edition):
    scope = scope_of(mara)
    north, south = (add_team(by=scope, organisation=org.pk, name=name, kind="care") for name in ("North", "South"))
    url = reverse("round-new", args=[org.pk])
    assert "by team" in signed_in.get(url).content.decode()
    typed = {"title": "Autumn", "stage": "first-psw", "emails_psw": "half written", "split": "team"}
    shown = signed_in.post(url, typed)
    assert shown.status_code == 200
    assert "half written" in shown.content.decode()  # nothing that was typed is lost
    by_team = {f"printed_team-{north.pk.hex}": "6", f"printed_team-{south.pk.hex}": "5", "by_team": "team"}
    assert f'name="printed_team-{north.pk.hex}"' in shown.content.decode()
    opened = open_round(signed_in, org, **by_team)
    assert "North" in opened.content.decode()
    groups = {group.key: group.size for group in RoundGroup.objects.within(scope)}
    assert groups == {"psw": 5, "team.1": 6, "team.2": 5}
    found = Round.objects.within(scope).get()
    for group in groups:
        for page in ("round-ask-more", "round-paper"):
            assert signed_in.get(reverse(page, args=[org.pk, found.pk, group])).status_code == 200
    assert signed_in.get(reverse("round-paper", args=[org.pk, found.pk, "team.3"])).status_code == 404


def members(org, role, number, team=None):
    made = [Account.objects.create_user(f"{role}-{n}@example.org", name=f"Known {n}") for n in range(number)]
    for account in made:
        Membership(org=org, account=account, role=role, team=team).save()
    return made


def steer(org):
    """Someone of the project group, who may open rounds and not see the list of people."""
    found = Account.objects.create_user("steers@example.org")
    Membership(org=org, account=found, role=Role.PROJECT_GROUP).save()
    client = Client()
    client.force_login(found, backend=BACKEND)
    return client


def test_everyone_with_a_role_is_asked_without_naming_anyone(org, mara):
    members(org, Role.PEER_WORKER, 6)
    client = steer(org)
    page = client.get(reverse("round-new", args=[org.pk])).content.decode()
    assert "peer worker” (6)" in page
    opened = open_round(client, org, emails_psw="peer-worker-0@example.org new@example.org", everyone_psw="on")
    assert sorted(letter.to[0] for letter in mail.outbox) == [
        "new@example.org",
        *(f"peer-worker-{n}@example.org" for n in range(6)),
    ]
    assert not re.search(r"peer-worker-\d@|Known", page + opened.content.decode())


def test_of_mails_that_fail_only_typed_addresses_are_named(org, mara, settings):
    members(org, Role.PEER_WORKER, 4)
    settings.EMAIL_BACKEND = "tests.web.test_round_pages.Refusing"
    said = {"emails_psw": "new@example.org", "everyone_psw": "on"}
    shown = open_round(steer(org), org, **said).content.decode()
    assert "new@example.org" in shown
    assert "4 to members here" in shown
    assert "peer-worker-" not in shown


class Refusing(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, email_messages):
        raise OSError


def test_peer_workers_can_answer_each_for_themselves(signed_in, org, mara):
    workers = members(org, Role.PEER_WORKER, 2)
    assert open_round(signed_in, org, how_psw="own").status_code == 422  # addresses that were typed would get nothing
    assert open_round(signed_in, org, emails_psw="", how_psw="own").status_code == 200
    assert not mail.outbox
    scope = scope_of(mara)
    assert set(Response.objects.within(scope).values_list("account", flat=True)) == {worker.pk for worker in workers}
    page = signed_in.get(reverse("round", args=[org.pk, Round.objects.within(scope).get().pk])).content.decode()
    assert "each for themselves, not counted" in page


def asked_more(client, org, group, **said):
    found = Round.objects.across(because="test").get()
    url = reverse("round-ask-more", args=[org.pk, found.pk, group])
    size = RoundGroup.objects.across(because="test").get(round=found, perspective=group).size
    return client.post(url, {"size": size, **said})


def test_latecomers_wait_until_there_are_five(signed_in, org):
    open_round(signed_in, org)
    mail.outbox.clear()
    assert asked_more(signed_in, org, "psw", emails="a@example.org b@example.org").status_code == 302
    found = Round.objects.across(because="test").get()
    shown = signed_in.get(reverse("round-ask-more", args=[org.pk, found.pk, "psw"])).content.decode()
    assert "2 of 5 are waiting" in shown
    assert "2 of 5 are waiting" in signed_in.get(reverse("round", args=[org.pk, found.pk])).content.decode()
    assert not mail.outbox
    refused = asked_more(signed_in, org, "psw", printed="2")
    assert refused.status_code == 422
    assert "Five at once" in refused.content.decode()
    late = asked_more(signed_in, org, "psw", printed="3")
    assert late.headers["Cache-Control"] == "no-store"
    assert len(re.findall(r"<b>((?:\w{4}-){3}\w{4})</b>", late.content.decode())) == 3
    assert {letter.to[0] for letter in mail.outbox} == {"a@example.org", "b@example.org"}


def test_asking_more_twice_with_the_same_form_makes_no_more_codes(signed_in, org):
    open_round(signed_in, org)
    assert asked_more(signed_in, org, "psw", printed="5", size="5").status_code == 200
    again = asked_more(signed_in, org, "psw", printed="5", size="5")
    assert again.status_code == 422
    assert "asked just now" in again.content.decode()
    assert Response.objects.across(because="test").count() == 10
    assert asked_more(signed_in, org, "psw").status_code == 422  # nobody was named
    signed_in.post(reverse("round-close", args=[org.pk, Round.objects.across(because="test").get().pk]))
    assert asked_more(signed_in, org, "psw", printed="5").status_code == 302
    assert Response.objects.across(because="test").count() == 10


def test_a_reminder_goes_to_all_once_a_week_without_a_link(signed_in, org, mara):
    open_round(signed_in, org)
    found = Round.objects.across(because="test").get()
    url, page = (reverse(name, args=[org.pk, found.pk]) for name in ("round-remind", "round"))
    answer_with(links()[0], "1", 1)
    mail.outbox.clear()
    assert "can be reminded from" in signed_in.get(page).content.decode()
    assert "One mail a week is enough" in signed_in.post(url, follow=True).content.decode()
    assert not mail.outbox
    opened_on = found.opened_on - timedelta(days=8)
    Round.objects.across(because="test").update(opened_on=opened_on)
    assert "5 mails are on their way" in signed_in.post(url, follow=True).content.decode()
    assert len(mail.outbox) == 5  # also to the one who answered: nobody knows
    for letter in mail.outbox:
        assert "/answer/" not in letter.body
        assert date_format(opened_on) in letter.body
        assert "Mara (mara@example.org)" in letter.body
        assert not re.search(r"peer|mental|recovery|noorderhof", letter.subject, re.IGNORECASE)
    signed_in.post(url)
    assert len(mail.outbox) == 5


def test_the_questionnaire_on_paper_has_every_question_and_answer(signed_in, org, edition):
    open_round(signed_in, org)
    group = RoundGroup.objects.across(because="test").get()
    page = signed_in.get(reverse("round-paper", args=[org.pk, group.round_id, "psw"])).content.decode()
    words = edition.words()
    for criterion in group.questions:
        assert escape(words.criteria[criterion].question) in page
        assert all(escape(step) in page for step in words.criteria[criterion].steps)
    assert page.count("<i></i>") == 16  # a place for the code
    assert "http://testserver/answer/" in page
    assert "Your name is not kept" in page


@pytest.mark.parametrize("teams", [1, 12])
def test_the_pages_of_a_round_take_few_queries_however_many_there_are(signed_in, org, teams, mara):
    scope = scope_of(mara)
    made = [add_team(by=scope, organisation=org.pk, name=f"Team {n}", kind="care") for n in range(teams)]
    members(org, Role.PEER_WORKER, teams)
    by_team = {f"printed_team-{team.pk.hex}": "6" for team in made}
    open_round(signed_in, org, by_team="team", **by_team)
    found = Round.objects.across(because="test").get()
    asked_more(signed_in, org, "psw", emails="a@example.org b@example.org")
    names = (
        ("round-new", []),
        ("round", [found.pk]),
        ("round-ask-more", [found.pk, "psw"]),
        ("round-paper", [found.pk, "psw"]),
    )
    counts = {}
    for name, args in names:
        with CaptureQueriesContext(connection) as captured:
            assert signed_in.get(reverse(name, args=[org.pk, *args])).status_code == 200
        counts[name] = len(captured)
    assert counts == {"round-new": 7, "round": 9, "round-ask-more": 9, "round-paper": 6}


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
    assert "came too late" in late.content.decode()  # and the answer itself stands there
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
