"""The weekly mail: one in seven days, only when something waits, and it gives nothing away."""

from __future__ import annotations

import re
import smtplib
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.urls import reverse

from alongside.people import actions
from alongside.people.models import Account, Membership
from alongside.rules.access import Role
from alongside.standard.items import Stage
from alongside.web.letters.switch import token_of
from alongside.web.letters.weekly import send_due
from alongside.web.needs import Told

TODAY = date(2026, 3, 26)  # the clocks change three days later
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SUBJECT = "What waits for you this week"


@pytest.fixture
def mara(db):
    return someone("mara", "Mara Visser")


def someone(word, name=""):
    """An account in an organisation of its own, where a first look and company wait."""
    account = Account.objects.create_user(f"{word}@example.org", name=name or word.title())
    facts = {"kind": "kind.care", "country": "NL", "stage": Stage.PREPARING}
    actions.open_organisation(by=account, name=f"Peer House {word.title()}", **facts)
    return account


class Refusing(EmailBackend):
    """A mail server that knows nothing of Sam."""

    def send_messages(self, messages):
        if any("sam@example.org" in message.to for message in messages):
            raise smtplib.SMTPRecipientsRefused({"sam@example.org": (550, b"unknown")})
        return super().send_messages(messages)


def test_it_holds_two_things_with_their_links_and_how_to_switch_it_off(mara, settings):
    settings.SITE_URL = "https://alongside.example"
    assert send_due(TODAY) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["mara@example.org"]
    links = re.findall(r"https://alongside.example(\S+)", letter.body)
    assert links[0] == reverse("first-look")
    assert links[1].endswith("/people/")
    assert links[2:] == [reverse("account-mail"), reverse("mail-off", args=[token_of(mara)])]
    assert letter.extra_headers["List-Unsubscribe"] == f"<https://alongside.example{links[3]}>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_https_no_program_is_told_to_post(mara, settings):
    settings.SITE_URL = "http://localhost:8000"
    send_due(TODAY)
    assert "List-Unsubscribe" in mail.outbox[0].extra_headers
    assert "List-Unsubscribe-Post" not in mail.outbox[0].extra_headers


def test_nobody_learns_anything_from_it(mara):
    someone("sam")
    send_due(TODAY)
    assert {letter.subject for letter in mail.outbox} == {SUBJECT}
    for letter in mail.outbox:
        words = letter.subject + letter.body + letter.from_email
        assert not re.search(r"peer|mental|recovery|mara|visser|sam\b|house", words.replace("example.org", ""), re.I)


def test_what_somebody_wrote_does_not_enter_it(mara, monkeypatch):
    """A step's title may name a person; the mail says a sentence of its own instead."""
    step = Told("Talk to Lotte about her hours", "ZZSECRET", "/o/x/roadmap/", "A7", "", "/o/x/board/")
    monkeypatch.setattr("alongside.web.letters.weekly.needs_of", lambda scope, today: [step, step])
    send_due(TODAY)
    body = mail.outbox[0].body
    assert "one thing waits" in body
    assert not re.search("Lotte|ZZSECRET", body)
    assert "To print: " in body
    assert "/o/x/board/" in body


def test_nothing_is_sent_when_nothing_waits(mara):
    idle = Account.objects.create_user("idle@example.org")
    Membership(org=actions.Organisation.objects.across(because="test").get(), account=idle, role=Role.RELATIVE).save()
    send_due(TODAY)
    assert [letter.to for letter in mail.outbox] == [["mara@example.org"]]
    idle.refresh_from_db()
    assert idle.mailed_on is None


def test_there_is_one_in_any_seven_days(mara):
    sent = [TODAY + timedelta(days=day) for day in range(30) if send_due(TODAY + timedelta(days=day)).sent]
    assert [(day - TODAY).days for day in sent] == [0, 7, 14, 21, 28]
    assert send_due(sent[-1]).sent == 0


def test_a_day_that_was_missed_moves_the_week(mara):
    days = [0, 3, 9, 15, 16, 40]
    sent = [day for day in days if send_due(TODAY + timedelta(days=day)).sent]
    assert sent == [0, 9, 16, 40]


def test_who_switched_it_off_gets_none(mara):
    mara.weekly = False
    mara.save()
    assert send_due(TODAY) == (0, 0)


def test_an_address_that_fails_keeps_nobody_else_from_their_mail(mara, settings):
    sam, zoe = someone("sam"), someone("zoe")
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert send_due(TODAY) == (2, 1)
    days = {account.email[:3]: account.mailed_on for account in Account.objects.all()}
    assert days == {"mar": TODAY, "sam": None, "zoe": TODAY}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_due(TODAY) == (1, 0)
    assert {letter.to[0] for letter in mail.outbox} == {mara.email, sam.email, zoe.email}


def test_after_a_failure_the_week_before_counts_still(mara, settings):
    sam = someone("sam")
    Account.objects.filter(pk=sam.pk).update(mailed_on=TODAY - timedelta(days=7))
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    send_due(TODAY)
    sam.refresh_from_db()
    assert sam.mailed_on == TODAY - timedelta(days=7)


def test_the_language_someone_chose_is_the_one_they_are_written_in(mara):
    client = Client()
    client.force_login(mara, backend=BACKEND)
    client.post(reverse("choices"), {"language": "nl"})
    mara.refresh_from_db()
    assert mara.language == "nl"
    client.post(reverse("choices"), {"language": "xx"})
    client.post(reverse("choices"), {"appearance": "dark"})
    mara.refresh_from_db()
    assert mara.language == "nl"


def test_the_switch_in_ones_account(mara):
    client = Client()
    client.force_login(mara, backend=BACKEND)
    page = client.get(reverse("account-mail")).content.decode()
    assert "checked" in page
    client.post(reverse("account-mail"), {})
    mara.refresh_from_db()
    assert not mara.weekly
    client.post(reverse("account-mail"), {"weekly": "on"})
    mara.refresh_from_db()
    assert mara.weekly


def test_the_link_in_the_mail_changes_nothing_until_it_is_posted(mara):
    someone("sam")
    url = reverse("mail-off", args=[token_of(mara)])
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get(url)
    assert page.status_code == 200
    assert "mara" not in page.content.decode().lower()
    assert set(Account.objects.values_list("weekly", flat=True)) == {True}
    assert visitor.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert dict(Account.objects.values_list("email", "weekly")) == {"mara@example.org": False, "sam@example.org": True}


def test_a_guessed_link_switches_nothing_off(mara):
    forged = [token_of(mara)[:-1] + "x", mara.pk.hex, f"{mara.pk.hex}:x", "x"]
    for token in forged:
        for method in ("get", "post"):
            assert getattr(Client(), method)(reverse("mail-off", args=[token])).status_code == 404
    mara.refresh_from_db()
    assert mara.weekly
