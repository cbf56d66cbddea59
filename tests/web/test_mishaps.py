"""Bad input and mishaps, as people meet them: clear words, and nothing that someone typed or answered is lost."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.assessment import rounds
from alongside.assessment.models import Agreement, Dissent, Evidence, Move, Response, Round, Tally
from alongside.people import actions
from alongside.people.models import Account, Invitation, Membership
from alongside.people.scope import scope_of
from alongside.planning.models import Step
from alongside.rules.access import Role
from alongside.standard.items import Stage
from tests.closed_round import BOARD, BUDDY, CHANGES, CHOICES, agree, closed_round, opened
from tests.revising import release, revised

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GUESSES = ("AAAA-AAAA-AAAA-AAAA", "0", "' OR 1=1 --", "%00", "é" * 40)


def as_(account):
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org", name="Mara")


@pytest.fixture
def scope(mara):
    actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.GROWING)
    return scope_of(mara)


@pytest.fixture
def org(scope):
    return actions.Organisation.objects.within(scope).get()


@pytest.fixture
def jonas(org):
    account = Account.objects.create_user("jonas@example.org", name="Jonas")
    Membership(org=org, account=account, role=Role.PROJECT_GROUP).save()
    return account


def text(response):
    """What one reads, in one line."""
    body = unescape(response.content.decode())
    return " ".join(re.sub(r"<[^>]*>", " ", body.partition('<main id="main"')[2] or body).split())


class Fields(HTMLParser):
    """What a browser would send from the forms of a page, were nothing changed."""

    def __init__(self, html):
        super().__init__()
        self.found, self.area, self.choice = {}, None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name, kind = given.get("name"), given.get("type", "text")
        if tag == "input" and name and (kind not in {"radio", "checkbox", "file", "submit"} or "checked" in given):
            self.found.setdefault(name, given.get("value", ""))
        elif tag == "textarea":
            self.area = name
            self.found.setdefault(name, "")
        elif tag == "select":
            self.choice = name
        elif tag == "option" and self.choice and "selected" in given:
            self.found[self.choice] = given.get("value", "")

    def handle_endtag(self, tag):
        self.area = None if tag == "textarea" else self.area
        self.choice = None if tag == "select" else self.choice

    def handle_data(self, data):
        if self.area:
            self.found[self.area] += data.lstrip("\n")


def form_on(client, address):
    return Fields(client.get(address).content.decode()).found


def new_step(client, org, title):
    address = reverse("step-new", args=[org.pk])
    filled = form_on(client, f"{address}?item=A8.buddy") | {"title": title, "project": "Welcome"}
    assert client.post(address, filled).status_code == 302


# Two people at once


def test_two_people_agree_on_the_same_question(scope, org, mara, jonas, edition):
    found = closed_round(scope, org, edition)
    page = reverse("agreement-question", args=[org.pk, found.pk, BOARD])
    send = reverse("agreement-agree", args=[org.pk, found.pk, BOARD])
    one, other = as_(mara), as_(jonas)
    seen = [form_on(client, page) for client in (one, other)]
    assert one.post(send, seen[0] | {"step": "1", "reason": "Mara sees it so."}).status_code == 302
    late = other.post(send, seen[1] | {"step": "4", "reason": "Jonas wrote this at length."})
    assert late.status_code == 409
    for words in ("Someone else agreed on this in the meantime", "Mara sees it so.", "Jonas wrote this at length."):
        assert words in text(late) + str(Fields(late.content.decode()).found)
    again = other.post(send, Fields(late.content.decode()).found)  # knowingly, with what was typed
    assert again.status_code == 302
    kept = Agreement.objects.within(scope).get(round=found, criterion=BOARD)
    assert (kept.step, kept.reason) == (4, "Jonas wrote this at length.")


def test_two_people_change_the_same_step(scope, org, mara, jonas, edition):
    one, other = as_(mara), as_(jonas)
    new_step(one, org, "A buddy for everyone")
    page = reverse("step", args=[org.pk, Step.objects.within(scope).get().pk])
    seen = [form_on(client, page) for client in (one, other)]
    assert one.post(page, seen[0] | {"title": "A buddy, from the first day"}).status_code == 302
    late = other.post(page, seen[1] | {"title": "A buddy in every team", "notes": "Typed at length."})
    assert late.status_code == 409
    assert "Someone else changed this step" in text(late)
    assert "A buddy, from the first day" in text(late)
    typed = Fields(late.content.decode()).found
    assert (typed["title"], typed["notes"]) == ("A buddy in every team", "Typed at length.")
    assert Step.objects.within(scope).get().title == "A buddy, from the first day"
    assert other.post(page, typed).status_code == 302
    assert Step.objects.within(scope).get().title == "A buddy in every team"


def test_one_moves_a_round_while_another_looks_agrees_or_confirms(scope, org, mara, jonas, edition, monkeypatch):
    found = closed_round(scope, org, edition)
    newer = revised(edition, CHANGES)
    release(monkeypatch, newer)
    move, confirm = (reverse(name, args=[org.pk, found.pk]) for name in ("round-move", "round-confirm"))
    one, other = as_(mara), as_(jonas)
    chosen = form_on(one, move) | {f"read-{id_}": choice for id_, choice in CHOICES.items()}
    assert [client.post(move, chosen).status_code for client in (one, other)] == [302, 302]
    assert Move.objects.within(scope).count() == 1
    gone = reverse("agreement-agree", args=[org.pk, found.pk, BUDDY])
    assert other.post(gone, {"step": "1", "reason": "x", "revision": "1"}).status_code == 404
    assert Agreement.objects.within(scope).get(round=found, criterion=BUDDY).step == 3
    one.post(reverse("round-move-undo", args=[org.pk, found.pk]))
    assert "Nothing was confirmed" in text(other.post(confirm, {"criterion": [BOARD]}, follow=True))


# A link: used twice, expired, guessed


def links_of(scope, org, edition, perspective="psw"):
    made = opened(scope, org, edition)
    return made.round, made.codes[perspective]


def answer(client, number, said, revision):
    return client.post(reverse("answer-question", args=[number]), {"answer": said, "revision": str(revision)})


def test_a_link_that_is_used_on_two_devices_keeps_what_was_said_on_both(scope, org, edition):
    _, (code, *_others) = links_of(scope, org, edition)
    phone, desk = Client(), Client()
    for device in (phone, desk):
        assert device.post(reverse("answer-begin", args=[code])).status_code == 302
    assert answer(phone, 1, "3", 0).status_code == 302
    late = answer(desk, 2, "1", 0)
    assert late.status_code == 409
    assert answer(desk, 2, "1", Fields(late.content.decode()).found["revision"]).status_code == 302
    assert sorted(rounds.find_response(token=code).answers.values()) == [1, 3]


def test_what_is_sent_twice_is_made_once(scope, org, mara, edition):
    client, found = as_(mara), closed_round(scope, org, edition)
    dissent, give = (reverse(name, args=[org.pk, found.pk, BOARD]) for name in ("dissent", "evidence-give"))
    said = form_on(client, dissent) | {"voice": "project-group", "text": "Not in our team."}
    shown = form_on(client, give) | {"title": "Guide", "given_by": "HR", "url": "https://example.org/"}
    for _ in range(2):
        assert client.post(dissent, said).status_code == 302
        assert client.post(give, shown).status_code == 302
    assert Dissent.objects.within(scope).filter(criterion=BOARD).count() == 1
    assert Evidence.objects.within(scope).count() == 1


def invited(scope, org, email, today):
    made = {"organisation": org.pk, "email": email, "role": Role.HR, "today": today}
    found, token = actions.invite(by=scope, **made)
    return found, reverse("invitation", args=[token])


def test_an_invitation_works_once_for_whom_it_was_meant_and_until_its_day(scope, org, mara):
    today = timezone.localdate()
    _, link = invited(scope, org, "sam@example.org", today)
    sam, eve = (Account.objects.create_user(f"{name}@example.org") for name in ("sam", "eve"))
    assert as_(eve).post(link).status_code == 404
    assert as_(sam).post(link).status_code == 302
    assert as_(sam).post(link).status_code == 404
    assert Membership.objects.within(scope).filter(account=sam).count() == 1
    assert not Membership.objects.within(scope).filter(account=eve).exists()
    found, old = invited(scope, org, "eve@example.org", today)
    Invitation.objects.within(scope).filter(pk=found.pk).update(expires_on=today - timedelta(days=1))
    expired, guessed = as_(eve).post(old), as_(eve).post(reverse("invitation", args=["guessed"]))
    assert (expired.status_code, guessed.status_code) == (404, 404)
    assert "Ask whoever invited you to send a new one" in text(expired)
    assert text(expired) == text(guessed)  # nobody learns from it which links there are
    assert not Membership.objects.within(scope).filter(account=eve).exists()


@pytest.mark.parametrize("guess", GUESSES)
def test_a_guessed_link_opens_nothing(scope, org, edition, guess):
    links_of(scope, org, edition)
    for name in ("answer-begin", "invitation", "programme-convene"):
        for method in ("get", "post"):
            response = getattr(Client(), method)(reverse(name, args=[guess]))
            assert response.status_code in {302, 404}, name
            assert "/accounts/login/" in response.headers.get("Location", "/accounts/login/"), name
    forged = Client()
    forged.cookies["answering"] = guess.encode("ascii", "ignore").decode()
    assert answer(forged, 1, "3", 0).status_code == 404
    assert set(Response.objects.within(scope).values_list("revision", flat=True)) == {0}


# A round that is closed while someone answers


@pytest.mark.parametrize("way", ["answer-question", "answer-section", "answer-sheet"])
def test_a_round_is_closed_while_someone_answers(scope, org, mara, edition, way):
    found, (code, *_others) = links_of(scope, org, edition)
    visitor = Client()
    visitor.post(reverse("answer-begin", args=[code]))
    assert answer(visitor, 1, "3", 0).status_code == 302
    first, second = rounds.find_response(token=code).group.questions[:2]
    address = reverse(way, args=[] if way == "answer-sheet" else [1 if way == "answer-section" else 2])
    page = visitor.get(address).content.decode()
    names = [name for name in re.findall(r'type="radio" name="([^"]+)"', page) if name == "answer" or second in name]
    as_(mara).post(reverse("round-close", args=[org.pk, found.pk]))
    late = visitor.post(address, {names[0]: "4", "revision": "1"})
    assert late.status_code == 410
    assert "What you answered before counts" in text(late)
    assert "This came too late and does not count" in text(late)
    assert edition.words().criteria[second].question in text(late)
    assert rounds.find_response(token=code).answers == {first: 3}
    assert "Thank you for answering" in text(Client().get(reverse("answer-begin", args=[code])))


def test_a_round_is_closed_by_two_at_once_and_asks_nobody_any_more(scope, org, mara, jonas, edition):
    found, _codes = links_of(scope, org, edition)
    for account in (mara, jonas):
        assert as_(account).post(reverse("round-close", args=[org.pk, found.pk])).status_code == 302
    published = Tally.objects.within(scope).count()
    assert published == Tally.objects.within(scope).values("criterion", "group").distinct().count()
    response = as_(mara).post(reverse("round-remind", args=[org.pk, found.pk]), follow=True)
    assert "The round was closed" in text(response)
    more = reverse("round-ask-more", args=[org.pk, found.pk, "psw"])
    assert "nobody can be asked any more" in text(as_(mara).post(more, {"emails": "late@example.org"}, follow=True))
    assert not mail.outbox
    assert Round.objects.within(scope).get().closed_on == timezone.localdate()


# Files: not what they say, and far too large


def evidence(client, org, found, file):
    address = reverse("evidence-give", args=[org.pk, found.pk, BOARD])
    return client.post(address, {"title": "Our guide", "given_by": "HR", "file": file})


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("guide.pdf", b"MZ\x90\x00 a program", "What is in this file is not what its name says"),
        ("guide.pdf", b"\x7fELF\x02\x01", "What is in this file is not what its name says"),
        ("guide.docx", b"PK\x03\x04 broken", "What is in this file is not what its name says"),
        ("guide.exe", b"MZ\x90\x00", "This kind of file is not taken"),
        ("guide.pdf.html", b"<script>", "This kind of file is not taken"),
        ("guide.pdf", b"", "empty"),
        ("guide.pdf", b"%PDF-" + b"x" * 10_000_000, "larger than 10 MB"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(scope, org, mara, edition, name, content, words):
    found = closed_round(scope, org, edition)
    response = evidence(as_(mara), org, found, SimpleUploadedFile(name, content))
    assert response.status_code == 422
    assert words in text(response)
    assert Fields(response.content.decode()).found["title"] == "Our guide"
    assert not Evidence.objects.within(scope).exists()


def test_a_file_of_200_mb_is_refused_before_it_is_read(scope, org, mara, edition):
    class Endless(io.RawIOBase):
        def read(self, *_):
            raise AssertionError("nobody should read this")

        readline = read

    found, client = closed_round(scope, org, edition), as_(mara)
    for address in (
        reverse("evidence-give", args=[org.pk, found.pk, BOARD]),
        reverse("people-import", args=[org.pk]),
        reverse("round-new", args=[org.pk]),
        reverse("first-look"),
    ):
        response = client.generic("POST", address, CONTENT_LENGTH="200000000", **{"wsgi.input": Endless()})
        assert response.status_code == 413
        assert "Nothing of it was read or kept" in text(response)


# Spreadsheets: formulas in names, and an import that is half wrong

FORMULAS = ("=HYPERLINK(1)", "+1+1", "-2", "@SUM(A1)")


def test_what_looks_like_a_formula_is_text_in_every_table_that_leaves(scope, org, mara, edition):
    client, found = as_(mara), closed_round(scope, org, edition)
    for number, formula in enumerate(FORMULAS):
        new_step(client, org, formula)
        agree(scope, org, found, f"q.B{number + 2}", 1)
    Agreement.objects.within(scope).filter(criterion__startswith="q.B").update(reason=FORMULAS[0])
    Account.objects.filter(pk=mara.pk).update(name=FORMULAS[0])
    book = client.get(reverse("report-file", args=[org.pk, "project-group", "xlsx"]))
    with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        strings = archive.read("xl/sharedStrings.xml").decode()
    assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet]
    assert all(f">{formula}<" in strings for formula in FORMULAS)
    lines = list(csv.reader(io.StringIO(client.get(reverse("record-table", args=[org.pk])).content.decode())))
    assert lines
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]
    assert f"'{FORMULAS[0]}" in {cell for line in lines for cell in line}


HEADER = "e-mail,role,team,kind of team\n"


def hand_in(client, org, table, name="people.csv"):
    file = SimpleUploadedFile(name, table.encode() if isinstance(table, str) else table)
    return client.post(reverse("people-import", args=[org.pk]), {"table": file})


def test_an_import_that_is_half_wrong_names_each_fault_and_does_nothing(scope, org, mara):
    client = as_(mara)
    good = "sam@example.org,board,,\n"
    response = hand_in(client, org, f"{HEADER}{good}not an address,board,,\nria@example.org,king,,\n")
    assert response.status_code == 422
    for words in ("“not an address” is no e-mail address", "row 3", "“king” is no role here", "row 4"):
        assert words in text(response)
    assert not Invitation.objects.within(scope).exists()
    assert not mail.outbox
    shown = hand_in(client, org, f"{HEADER}{good}ria@example.org,board,,\n")  # put right, the whole of it goes through
    assert shown.status_code == 200
    assert not Invitation.objects.within(scope).exists()
    plan = Fields(shown.content.decode()).found["plan"]
    assert client.post(reverse("people-import-confirm", args=[org.pk]), {"plan": plan}).status_code == 200
    assert Invitation.objects.within(scope).count() == 2
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_name_that_begins_like_a_formula_is_refused_with_its_place(scope, org, mara, formula):
    response = hand_in(as_(mara), org, f'{HEADER}sam@example.org,board,"{formula}",care team\n')
    assert response.status_code == 422
    assert f"“{formula}” begins like a formula" in text(response)
    assert "row 2, column team" in text(response)
    assert not Invitation.objects.within(scope).exists()
