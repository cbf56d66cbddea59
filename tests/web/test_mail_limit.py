"""Nobody uses a site to write to strangers by the thousand."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.assessment.models import Round
from alongside.people import actions
from alongside.people.models import Account
from alongside.rules.access import Role
from alongside.standard.items import Stage

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def org(db, settings):
    settings.MAILS_A_DAY = 12
    mara = Account.objects.create_user("mara@example.org", name="Mara")
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.PREPARING)


@pytest.fixture
def signed_in(org):
    client = Client()
    client.force_login(Account.objects.get(), backend=BACKEND)
    return client


def open_round(client, org, people):
    addresses = " ".join(f"a{number}@example.org" for number in range(people))
    said = {"title": "Autumn", "stage": "first-psw", "emails_psw": addresses}
    return client.post(reverse("round-new", args=[org.pk]), said)


def test_a_round_beyond_the_day_is_not_opened_and_nothing_typed_is_lost(signed_in, org):
    response = open_round(signed_in, org, 13)
    assert response.status_code == 422
    body = response.content.decode()
    assert "more mails than one account can cause in a day (12)" in body
    assert "a12@example.org" in body
    assert not Round.objects.across(because="test").exists()
    assert mail.outbox == []


def test_what_was_refused_does_not_count(signed_in, org):
    for _ in range(5):
        assert open_round(signed_in, org, 4).status_code == 422  # too few to stay unknown
    assert open_round(signed_in, org, 12).status_code == 200


def test_invitations_count_too(signed_in, org):
    assert open_round(signed_in, org, 11).status_code == 200
    invite = reverse("people-invite", args=[org.pk])
    pages = [
        signed_in.post(invite, {"email": f"b{number}@example.org", "role": Role.BOARD}, follow=True).content.decode()
        for number in range(2)
    ]
    assert ["more mails than" in page for page in pages] == [False, True]
    assert len(mail.outbox) == 12
