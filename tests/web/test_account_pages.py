"""What protects an account asks who is there once more."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.people.models import Account

PASSWORD = "a long password"


@pytest.fixture
def mara(db):
    made = Account.objects.create_user("mara@example.org", PASSWORD, name="Mara")
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    EmailAddress.objects.create(user=made, email="other@example.org", verified=True, primary=False)
    return made


@pytest.fixture
def signed_in(mara):
    client = Client()
    client.post(reverse("account_login"), {"login": mara.email, "password": PASSWORD})
    return client


def primary():
    return EmailAddress.objects.get(primary=True).email


@pytest.mark.parametrize(
    "said",
    [
        {"action_primary": "", "email": "other@example.org"},
        {"action_remove": "", "email": "other@example.org"},
        {"action_add": "", "email": "third@example.org"},
    ],
    ids=lambda said: next(iter(said)),
)
def test_changing_where_mails_go_takes_the_password(signed_in, said):
    asked = signed_in.post(reverse("account_email"), said)
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    signed_in.post(asked.headers["Location"], {"password": "wrong"})
    assert primary() == "mara@example.org"
    assert set(EmailAddress.objects.values_list("email", flat=True)) == {"mara@example.org", "other@example.org"}
    assert mail.outbox == []


def test_with_the_password_what_was_asked_for_is_done_at_once(signed_in, mara):
    said = {"action_primary": "", "email": "other@example.org"}
    asked = signed_in.post(reverse("account_email"), said)
    assert signed_in.post(asked.headers["Location"], {"password": PASSWORD}).status_code == 302
    assert primary() == "other@example.org"
    mara.refresh_from_db()
    assert mara.email == "other@example.org"


def test_another_address_can_be_added_and_confirmed(signed_in):
    asked = signed_in.post(reverse("account_email"), {"action_add": "", "email": "third@example.org"})
    done = signed_in.post(asked.headers["Location"], {"password": PASSWORD})
    assert done.headers["Location"].startswith(reverse("account_email_verification_sent"))
    assert mail.outbox[-1].to == ["third@example.org"]
