"""Answering several questions on a page, typing in paper, and answering for oneself alone."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from alongside.assessment import rounds
from alongside.assessment.models import Response
from alongside.assessment.own_answers import own_responses, read_own
from alongside.assessment.rounds import GroupPlan
from alongside.people import actions
from alongside.people.models import Account, Membership
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.rules.sections import sections
from alongside.standard.items import Stage
from tests.asking import closed, opened
from tests.browser import DESK, PHONE, needs_browser, opened_page, overflows, violations

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SHEET = reverse("answer-sheet")


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org", name="Mara")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.GROWING)


@pytest.fixture
def sam(org):
    found = Account.objects.create_user("sam@example.org", name="Sam")
    Membership(org=org, account=found, role=Role.PEER_WORKER).save()
    return found


@pytest.fixture
def made(mara, org, edition, sam):
    plans = GroupPlan("team", printed=5), GroupPlan("board", printed=1), GroupPlan("psw", accounts=(sam.pk,))
    return opened(scope_of(mara), org, edition, *plans)


def answering(made, group="team", by=""):
    client = Client()
    first = client.post(reverse("answer-begin", args=[made.codes[group][0]]), {"by": by})
    return client, first.headers["Location"]


def response_of(made, group="team"):
    return rounds.find_response(token=made.codes[group][0])


def asked(edition, made, group="team"):
    return rounds.asked_of(edition, response_of(made, group).group)


def test_a_round_is_answered_section_by_section(made, edition):
    client, url = answering(made, by="section")
    parts = sections(edition, asked(edition, made))
    for number, part in enumerate(parts, 1):
        assert url == reverse("answer-section", args=[number])
        questions = [one for chapter in part for one in chapter.questions]
        page = client.get(url).content.decode()
        assert all(f'name="{one.id}"' in page for one in questions)
        said = {one.id: "1" for one in questions}
        url = client.post(url, {"revision": str(number - 1), **said}).headers["Location"]
    assert url == reverse("answer-end")
    assert response_of(made).answers == {one.id: 1 for one in asked(edition, made)}


def test_one_goes_on_in_the_section_where_one_stopped(made, edition):
    parts = sections(edition, asked(edition, made))
    client, _ = answering(made, by="section")
    for number, part in enumerate(parts[:2], 1):
        said = {one.id: "dont_know" for chapter in part for one in chapter.questions}
        client.post(reverse("answer-section", args=[number]), {"revision": str(number - 1), **said})
    assert answering(made, by="section")[1] == reverse("answer-section", args=[3])


def test_what_is_left_out_stays_open_and_nothing_else_is_taken(made, edition):
    client, url = answering(made, by="section")
    first = asked(edition, made)[0].id
    later = asked(edition, made)[-1].id
    wrong = {"revision": "0", first: "9", later: "1", "q.nothing": "1"}
    assert client.post(url, wrong).status_code == 302
    assert response_of(made).answers == {}
    assert client.post(url, {"revision": "0", first: "not_applicable"}).status_code == 302
    assert response_of(made).answers == {first: "not_applicable"}


@pytest.mark.parametrize("number", [0, 99])
def test_a_section_that_is_none_leads_nowhere(made, number):
    assert answering(made)[0].get(reverse("answer-section", args=[number])).status_code == 404


@pytest.mark.parametrize("url", [reverse("answer-section", args=[1]), SHEET])
def test_without_a_link_there_is_nothing_to_answer(client, db, url):
    assert client.get(url).status_code == client.post(url).status_code == 404


@pytest.mark.parametrize("by", ["section", "sheet"])
def test_a_sealed_link_shows_nobody_what_was_answered(made, edition, by):
    first = asked(edition, made)[0].id
    client, url = answering(made, by=by)
    client.post(url, {"revision": "0", first: "3"})
    other = answering(made, by="sheet")[0].get(url).content.decode()
    assert "checked" not in other
    assert "kept and not shown" in other


@pytest.mark.parametrize("by", ["section", "sheet"])
def test_who_was_overtaken_sees_what_they_typed_and_can_save_it(made, edition, by):
    first, second = (one.id for one in asked(edition, made, "board")[:2])
    one, url = answering(made, "board", by)
    other, _ = answering(made, "board", by)
    one.post(url, {"revision": "0", first: "3"})
    late = other.post(url, {"revision": "0", first: "1", second: "2"})
    assert late.status_code == 409
    page = late.content.decode()
    for question, step in ((first, 1), (second, 2)):
        assert re.search(rf'name="{question}" value="{step}"[^>]* checked', page)
    revision = re.search(r'name="revision" value="(\d+)"', page)[1]
    assert other.post(url, {"revision": revision, first: "1", second: "2"}).status_code == 302
    assert response_of(made, "board").answers == {first: 1, second: 2}


@pytest.mark.parametrize("by", ["section", "sheet"])
def test_what_was_typed_when_the_round_closed_is_shown_as_not_taken(made, mara, org, edition, by):
    first = asked(edition, made)[0].id
    client, url = answering(made, by=by)
    closed(scope_of(mara), org, made)
    late = client.post(url, {"revision": "0", first: "2"})
    assert late.status_code == 410
    page = late.content.decode()
    assert "came too late" in page
    assert escape(edition.words().criteria[first].question) in page
    assert escape(edition.words().criteria[first].steps[2]) in page
    assert response_of(made).answers == {}


def test_sheets_of_paper_are_typed_in_one_after_the_other(made, edition):
    client = Client()
    found = client.get(reverse("answer"), {"code": made.codes["team"][0].lower(), "by": "sheet"})
    shown = client.get(found.headers["Location"]).content.decode()
    assert "Type in the sheet of paper" in shown
    first = client.post(found.headers["Location"], {"by": "sheet"})
    assert first.headers["Location"] == SHEET
    said = {one.id: "0" for one in asked(edition, made)[:-2]}
    end = client.post(SHEET, {"revision": "0", **said})
    page = client.get(end.headers["Location"])
    assert "2 questions stayed empty" in page.content.decode()
    assert f"{reverse('answer')}?by=sheet" in page.content.decode()
    assert client.get(SHEET).status_code == 404  # the next sheet begins with its own code
    assert len(response_of(made).answers) == len(said)


def test_saving_a_page_of_answers_takes_six_queries_at_most(made, edition):
    client, url = answering(made, by="sheet")
    said = {one.id: "0" for one in asked(edition, made)}
    with CaptureQueriesContext(connection) as captured:
        assert client.post(url, {"revision": "0", **said}).status_code == 302
    steering = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    assert sum(not query["sql"].upper().startswith(steering) for query in captured) <= 6


@pytest.fixture
def at_home(sam):
    client = Client()
    client.force_login(sam, backend=BACKEND)
    return client


@pytest.fixture
def own(made, sam):
    return own_responses(sam).get()


def test_what_one_can_answer_for_oneself_waits_on_ones_first_page(at_home, own, mara):
    url = reverse("answer-own", args=[own.pk])
    assert url in at_home.get("/").content.decode()
    other = Client()
    other.force_login(mara, backend=BACKEND)
    assert url not in other.get("/").content.decode()


def test_one_answers_for_oneself_and_reads_it_again(at_home, own, sam, edition):
    part = sections(edition, rounds.asked_of(edition, own.group))[0]
    questions = [one for chapter in part for one in chapter.questions]
    url = reverse("answer-own-section", args=[own.pk, 1])
    said = {one.id: "2" for one in questions}
    assert at_home.post(url, {"revision": "0", **said}).status_code == 302
    assert read_own(own_responses(sam).get()).answers == {one.id: 2 for one in questions}
    page = at_home.get(reverse("answer-own", args=[own.pk])).content.decode()
    assert escape(edition.words().criteria[questions[0].id].steps[2]) in page
    assert re.search(r'value="2" checked', at_home.get(url).content.decode())
    late = at_home.post(url, {"revision": "0", questions[0].id: "3"})
    assert late.status_code == 409
    assert re.search(rf'name="{questions[0].id}" value="3" checked', late.content.decode())


def test_own_answers_are_deleted_for_good(at_home, own):
    url = reverse("answer-own-remove", args=[own.pk])
    assert at_home.get(url).status_code == 405
    assert at_home.post(url).status_code == 302
    assert not Response.objects.across(because="test").filter(pk=own.pk).exists()
    assert at_home.post(url).status_code == 404


def test_after_closing_they_can_be_read_and_what_comes_too_late_is_shown(at_home, own, made, mara, org, edition):
    first = rounds.asked_of(edition, own.group)[0].id
    closed(scope_of(mara), org, made)
    late = at_home.post(reverse("answer-own-section", args=[own.pk, 1]), {"revision": "0", first: "1"})
    assert late.status_code == 410
    assert "came too late" in late.content.decode()
    assert "The round is closed" in at_home.get(reverse("answer-own", args=[own.pk])).content.decode()
    assert (
        reverse("answer-own", args=[own.pk])
        in at_home.get(reverse("round", args=[org.pk, made.round.pk])).content.decode()
    )


def sign_in(page, live_server, account):
    client = Client()
    client.force_login(account, backend=BACKEND)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    page.context.add_cookies([cookie | {"url": live_server.url}])


@needs_browser
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")])
def test_everyone_can_answer_in_every_way(transactional_db, live_server, browser, size, scheme, made, sam):
    with opened_page(browser, live_server.url, size, color_scheme=scheme) as page:
        for by in ("section", "sheet"):
            page.goto(f"/answer/{made.codes['team'][1]}/")
            page.locator(f"button[value={by}]").click()
            assert violations(page) == []
            assert not overflows(page)
        sign_in(page, live_server, sam)
        page.goto("/")
        page.get_by_role("link", name="Questions for yourself").click()
        page.get_by_role("link", name="Begin").click()
        page.locator("label.step").nth(1).click()
        page.get_by_role("button", name="Save").click()
        page.get_by_role("link", name="Back").click()
        page.get_by_text("Read what I said").click()
        assert violations(page) == []
        assert not overflows(page)


@needs_browser
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_sheet_is_typed_in_with_the_keyboard(transactional_db, live_server, browser, javascript, made, edition):
    with opened_page(browser, live_server.url, DESK, java_script_enabled=javascript) as page:
        page.goto(f"/answer/{made.codes['team'][0]}/?by=sheet")
        page.get_by_role("button", name="Type in").click()
        page.wait_for_url(f"{live_server.url}{SHEET}")
        if javascript:
            page.locator("[data-keys]").wait_for()
            for key in ("3", "0", "-", "Enter", "9", "2", "Backspace", "1"):
                page.keyboard.press(key)
        else:
            page.locator("fieldset input").first.focus()
            for key in ("ArrowDown", "ArrowDown"):
                page.keyboard.press(key)
        page.get_by_role("button", name="Save the sheet").click()
        page.wait_for_url(re.compile("end"))
    ids = [one.id for one in asked(edition, made)]
    written = {ids[0]: 2, ids[1]: "dont_know", ids[2]: "not_applicable", ids[4]: 0} if javascript else {ids[0]: 2}
    assert response_of(made).answers == written


@needs_browser
def test_the_questionnaire_prints_on_a_few_sheets(transactional_db, live_server, browser, made, mara, org):
    with opened_page(browser, live_server.url, DESK) as page:
        sign_in(page, live_server, mara)
        page.goto(f"/o/{org.pk}/rounds/{made.round.pk}/paper/team/")
        printed = page.pdf(format="A4")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 4
