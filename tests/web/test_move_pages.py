"""Moving a round through its pages: a newer edition is announced, looked at, laid over it, and taken off again."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from alongside.assessment import editions, rounds
from alongside.assessment.models import Move, Response, Round
from alongside.people import actions
from alongside.people.models import Account
from alongside.people.scope import scope_of
from alongside.standard.items import Stage
from tests.browser import DESK, PHONE, needs_browser, opened_page, overflows, violations
from tests.closed_round import (
    BOARD,
    BUDDY,
    CHANGES,
    CHOICES,
    COMMITMENT,
    GROUP,
    MONEY,
    OVERALL,
    STEPPED,
    TODAY,
    closed_round,
    opened,
)
from tests.revising import release, revised, reword

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REWORDED = "Does the board speak up for peer support?"


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org", "a long password", name="Mara")


@pytest.fixture
def scope(mara):
    actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.GROWING)
    return scope_of(mara)


@pytest.fixture
def org(scope):
    (found,) = scope.organisations
    return actions.Organisation.objects.within(scope).get(pk=found)


@pytest.fixture
def signed_in(mara, scope):
    client = Client()
    client.force_login(mara, backend=BACKEND)
    return client


@pytest.fixture
def closed(scope, org, edition):
    return closed_round(scope, org, edition)


@pytest.fixture
def newer(edition):
    return revised(edition, CHANGES)


@pytest.fixture
def released(monkeypatch, closed, newer):
    """The round is closed, and then the release carries a newer edition."""
    release(monkeypatch, newer)
    return newer


def url(name, found):
    return reverse(name, args=[found.org_id, found.pk])


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return unescape(response.content.decode()).split('<main id="main"')[1].split("</main>")[0]


def move(client, found, edition, **but):
    choices = CHOICES | but
    data = {f"read-{criterion}": choice for criterion, choice in choices.items() if choice}
    return client.post(url("round-move", found), data | {"read-edition": edition.digest})


def plain(html):
    return " ".join(re.sub(r"<[^>]*>", "", html).split())


def test_without_a_newer_edition_there_is_nothing_to_look_at(signed_in, closed, scope, org, edition):
    assert "newer edition" not in page(signed_in, url("round", closed))
    assert "there is no newer edition" in page(signed_in, url("round-move", closed))
    assert move(signed_in, closed, edition, **dict.fromkeys(CHOICES)).status_code == 302
    assert not Move.objects.across(because="test").exists()
    running = opened(scope, org, edition).round
    assert "People are still answering" in page(signed_in, url("round-move", running))
    assert signed_in.post(url("round-move-undo", running)).status_code == 302
    for found in (running, closed):
        assert signed_in.post(url("round-confirm", found), {"criterion": BOARD}).status_code == 302
        assert "Nothing was confirmed" in page(signed_in, url("round-move", found))


def test_the_round_says_that_there_is_a_newer_edition_to_those_who_steer(signed_in, closed, released, org):
    assert url("round-move", closed) in page(signed_in, url("round", closed))
    worker = Account.objects.create_user("sam@example.org")
    actions.Membership(org=org, account=worker, role="peer-worker").save()
    client = Client()
    client.force_login(worker, backend=BACKEND)
    assert "newer edition" not in page(client, url("round", closed))
    assert client.get(url("round-move", closed)).status_code == 403


def test_the_preview_shows_both_texts_side_by_side_and_what_happens_by_itself(signed_in, closed, released, edition):
    before = dict(Round.objects.across(because="test").values_list("pk", "summary"))
    shown = page(signed_in, url("round-move", closed))
    text = plain(shown)
    old = edition.words().criteria
    assert old[BOARD].question in text
    assert REWORDED in text
    assert re.search(r"<del>.*</del>", shown)
    assert re.search(r"<ins>.*</ins>", shown)
    assert old[STEPPED].steps[3] in text
    assert "Nobody who is new works alone." in text
    for heading in (
        "Put in other words", "About something else now", "Other answers are possible now", "Asked no more", "New",
        "Counts differently", "Only called otherwise", "The same, word for word",
        "The recommendation reads otherwise, the question does not",
    ):  # fmt: skip
        assert f">{heading}</h2>" in shown, heading
    chosen = dict(re.findall(r'name="read-(q[^"]+)" value="(\w+)"[^>]*checked', shown))
    assert chosen == dict.fromkeys((BOARD, STEPPED, MONEY, OVERALL), "confirm")
    assert (f'name="read-{BOARD}" value="keep"' in shown, f'name="read-{OVERALL}" value="keep"' in shown) == (
        False,
        True,
    )
    assert not Move.objects.across(because="test").exists()
    assert dict(Round.objects.across(because="test").values_list("pk", "summary")) == before


def test_a_choice_that_is_missing_or_not_permitted_is_asked_again_and_the_others_stay(signed_in, closed, released):
    for wrong in ("", "keep", "yes"):
        response = move(signed_in, closed, released, **{BOARD: wrong})
        assert response.status_code == 422
        shown = unescape(response.content.decode())
        assert re.search(rf'name="read-{STEPPED}" value="aside"[^>]*checked', shown)
        assert 'class="errorlist"' in shown
    assert not Move.objects.across(because="test").exists()


def test_a_standard_that_changed_while_someone_looked_is_looked_at_once_more(signed_in, closed, released, edition):
    response = move(signed_in, closed, edition)
    assert response.status_code == 409
    assert "Please look again" in response.content.decode()
    assert not Move.objects.across(because="test").exists()


def test_moved_confirmed_and_undone(signed_in, closed, released, edition):
    before = page(signed_in, url("round", closed))
    for _ in range(2):  # sent twice, it is moved once
        assert move(signed_in, closed, released).status_code == 302
    assert Move.objects.across(because="test").count() == 1
    shown = page(signed_in, url("round-move", closed))
    assert len(re.findall(r'name="criterion"', shown)) == 2
    assert "2 questions wait to be confirmed" in page(signed_in, url("round", closed))
    assert signed_in.post(url("round-confirm", closed), {}).status_code == 302
    assert signed_in.post(url("round-confirm", closed), {"criterion": [BOARD, BUDDY]}).status_code == 404
    assert signed_in.post(url("round-confirm", closed), {"criterion": [BOARD, MONEY]}).status_code == 302
    assert "Nothing waits to be confirmed" in page(signed_in, url("round-move", closed))
    assert signed_in.post(url("round-move-undo", closed)).status_code == 302
    assert "everything is as it was" in page(signed_in, url("round", closed))
    assert page(signed_in, url("round", closed)) == before
    assert signed_in.post(url("round-move-undo", closed)).status_code == 302


def test_results_show_newer_words_what_people_read_then_and_apart_what_was_set_aside(
    signed_in, closed, released, edition
):
    move(signed_in, closed, released)
    shown, old = page(signed_in, url("round", closed)), edition.words().criteria
    main, apart = shown.split('<h2 id="apart">')
    assert REWORDED in main
    assert old[BOARD].question in main.split("People answered it in other words")[1]
    assert main.count("to be confirmed") >= 2
    assert old[BUDDY].question not in main
    for criterion in (BUDDY, COMMITMENT, STEPPED):
        assert old[criterion].question in apart
    assert "There is nobody to ask." in apart  # the dissent stays with it
    assert "/standard/item/A2.steering/" in main
    every = re.findall(r"<figcaption><b>(.*?)</b>", shown.split("</section>", 1)[-1])
    assert len(every) == len(set(every))


def test_the_link_that_someone_answered_with_shows_the_same(scope, org, edition, monkeypatch, newer, signed_in):
    made = opened(scope, org, edition)
    (code, *_rest) = made.codes["psw"]
    found = rounds.find_response(token=code)
    rounds.save_answers(response=found.pk, answers={}, revision=0)
    rounds.close_round(by=scope, organisation=org.pk, round_=made.round.pk, today=TODAY)
    release(monkeypatch, newer)
    link = reverse("answer-begin", args=[code])
    before = page(Client(), link)
    assert "newer edition" not in before
    move(signed_in, made.round, newer)
    shown = page(Client(), link)
    assert REWORDED in shown
    assert edition.words().criteria[BUDDY].question in shown.split('<h2 id="apart">')[1]
    assert url("round-move", made.round) not in shown
    signed_in.post(url("round-move-undo", made.round))
    assert page(Client(), link) == before
    assert Response.objects.within(scope).get(pk=found.pk).revision == 1


def test_the_pages_of_the_agreement_follow(signed_in, closed, released, scope, edition):
    move(signed_in, closed, released)
    shown = page(signed_in, url("agreement", closed))
    assert plain(shown).count(REWORDED) >= 1
    assert f"/agreement/{BUDDY}/" not in shown

    def one(criterion, status=200):
        return page(signed_in, reverse("agreement-question", args=[closed.org_id, closed.pk, criterion]), status)

    assert "to be confirmed" in one(BOARD)
    assert edition.words().criteria[BOARD].steps[3] in plain(one(BOARD))
    assert "A2.steering" in one(GROUP)
    for gone in (BUDDY, COMMITMENT):
        address = reverse("agreement-question", args=[closed.org_id, closed.pk, gone])
        assert signed_in.get(address).status_code == 404
        assert (
            signed_in.post(address.replace("/agreement/", "/agree/"), {"step": "1", "reason": "x"}).status_code == 404
        )
    address = reverse("agreement-agree", args=[closed.org_id, closed.pk, BOARD])
    assert signed_in.post(address, {"step": "1", "reason": "We looked again.", "revision": "1"}).status_code == 302
    assert "to be confirmed" not in one(BOARD)
    for name in ("organisation", "rounds"):
        assert signed_in.get(reverse(name, args=[closed.org_id])).status_code == 200
    for item in ("A1.board", "A2.steering", "A8.contact-person", "A11.role-model"):
        assert signed_in.get(reverse("organisation-item", args=[closed.org_id, item])).status_code == 200


def test_reports_follow_and_leave_nothing_out(signed_in, closed, released, edition):
    move(signed_in, closed, released)
    old = edition.words().criteria
    shown = page(signed_in, reverse("report", args=[closed.org_id, "project-group"]))
    main, apart = plain(shown).split("Asked then, not in this edition")
    assert REWORDED in main
    assert old[BUDDY].steps[3] in apart
    assert "There is nobody to ask." in apart
    assert old[BOARD].steps[3] not in plain(shown)  # it waits to be confirmed in the new words
    assert signed_in.get(reverse("report", args=[closed.org_id, "board"])).status_code == 200
    book = signed_in.get(reverse("report-file", args=[closed.org_id, "project-group", "xlsx"]))
    assert book.status_code == 200
    sheet = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_name("Said").to_python()
    assert {BOARD, BUDDY, COMMITMENT} <= {row[0] for row in sheet}


def test_a_round_of_an_older_edition_is_shown_whole_without_being_moved(signed_in, closed, released, edition):
    shown, old = page(signed_in, url("round", closed)), edition.words().criteria
    for criterion in (BOARD, BUDDY, COMMITMENT):
        assert old[criterion].question in shown
    assert 'id="apart"' not in shown
    for criterion in (BOARD, BUDDY, GROUP):
        address = reverse("agreement-question", args=[closed.org_id, closed.pk, criterion])
        assert old[criterion].question in page(signed_in, address)


def test_a_third_edition_is_offered_beside_what_waits(signed_in, closed, released, monkeypatch):
    move(signed_in, closed, released)
    third = reword(released, BUDDY.replace("buddy", "contact-person"), question="Who is there?").revised(
        version="10.0.0"
    )
    monkeypatch.undo()
    release(monkeypatch, third)
    assert "Does it still hold?" in page(signed_in, url("round-move", closed))
    shown = page(signed_in, url("round-move", closed) + "?newest=1")
    assert "The round was moved before." in shown
    response = move(signed_in, closed, third, **{"q.A8.contact-person": "aside"})
    assert response.status_code == 302
    assert Move.objects.across(because="test").get().edition_id == third.digest


def test_links_to_older_items_lead_on_or_say_what_stood_there(
    client, signed_in, closed, released, monkeypatch, edition
):
    response = client.get("/standard/item/A2.project-group/")
    assert response.headers["Location"] == "/standard/item/A2.steering/"
    items = {id_: item for id_, item in released.items.items() if id_ != "A8.buddy"}
    monkeypatch.undo()
    release(monkeypatch, released.revised(items=items))
    text = edition.words().items["A8.buddy"]
    shown = page(client, "/standard/item/A8.buddy/")
    assert text.title in shown
    assert text.text in shown
    assert f"edition {edition.version}" in shown
    assert client.get("/standard/item/A8.nobody/").status_code == 404
    assert client.get("/standard/item/%22/").status_code == 404


def test_the_pages_take_as_many_queries_for_one_round_as_for_several(
    signed_in, closed, released, scope, org, django_assert_max_num_queries
):
    def queries(address):
        signed_in.get(address)  # an edition is read from the database once
        with django_assert_max_num_queries(12) as captured:
            assert signed_in.get(address).status_code == 200
        return len(captured)

    addresses = [url("round-move", closed), reverse("rounds", args=[org.pk]), reverse("organisation", args=[org.pk])]
    preview = [queries(address) for address in addresses]
    move(signed_in, closed, released)
    moved = [queries(address) for address in addresses]
    for number in range(2):
        later = opened(scope, org, released, title=f"Later {number}").round
        rounds.close_round(by=scope, organisation=org.pk, round_=later.pk, today=TODAY)
        Round.objects.within(scope).filter(pk=later.pk).update(told_on=TODAY)
    assert [queries(address) for address in addresses] == moved
    assert preview[1:] == moved[1:]


@needs_browser
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_pages_can_be_read_and_used_by_everyone(
    transactional_db, live_server, browser, size, scheme, javascript, signed_in, scope, org, edition, monkeypatch, newer
):
    closed = closed_round(scope, org, edition)
    release(monkeypatch, newer)
    cookie = {"name": "sessionid", "value": signed_in.cookies["sessionid"].value, "url": live_server.url}

    def looked_at(view):
        assert not overflows(view)
        assert not javascript or violations(view) == []

    with opened_page(browser, live_server.url, size, java_script_enabled=javascript, color_scheme=scheme) as view:
        view.context.add_cookies([cookie])
        view.goto(url("round", closed))
        view.get_by_role("link", name="Look at what changed").click()
        looked_at(view)
        view.get_by_label("Set it aside").first.check()
        view.get_by_role("button", name="Read the round by the newer edition").click()
        looked_at(view)
        view.get_by_label("This still holds in the new words").first.check()
        view.get_by_role("button", name="Confirm what is ticked").click()
        assert "1 question is confirmed" in view.inner_text("main")
        view.goto(url("round", closed))
        looked_at(view)
        view.goto(url("round-move", closed))
        view.get_by_role("button", name="Undo the move").click()
        assert "everything is as it was" in view.inner_text("main")


def test_an_edition_of_another_release_is_read_from_the_database(signed_in, closed, released):
    editions._stored.cache_clear()
    assert page(signed_in, url("round", closed))
