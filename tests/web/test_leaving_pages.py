"""Leaving through the pages: GET changes nothing, the last word is one's own, the password is asked once more."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from alongside.people import actions
from alongside.people.models import Account, Membership, Organisation
from alongside.rules.access import Role
from alongside.standard.items import Stage

PASSWORD = "a long password"


def account(word):
    made = Account.objects.create_user(f"{word}@example.org", PASSWORD, name=word.title())
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def signed_in_as(one):
    client = Client()
    client.post(reverse("account_login"), {"login": one.email, "password": PASSWORD})
    return client


@pytest.fixture
def mara(db):
    return account("mara")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.PREPARING)


def join(org, word, role):
    made = account(word)
    Membership(org=org, account=made, role=role).save()
    return made


def confirm(client, response, password=PASSWORD):
    """Give the password where the page asks for it."""
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    return client.post(response.headers["Location"], {"password": password})


def test_someone_leaves_an_organisation(mara, org):
    sam = join(org, "sam", Role.RESEARCHER)
    client, url = signed_in_as(sam), reverse("organisation-leave", args=[org.pk])
    assert client.get(url).status_code == 200
    assert Membership.objects.across(because="test").filter(account=sam).exists()
    assert client.post(url).headers["Location"] == reverse("home")
    assert not Membership.objects.across(because="test").filter(account=sam).exists()
    assert client.get(url).status_code == 404


def test_the_last_who_can_invite_is_told_whom_to_hand_over_to_first(mara, org):
    join(org, "sam", Role.PEER_WORKER)
    client = signed_in_as(mara)
    for url in (reverse("organisation-leave", args=[org.pk]), reverse("account-close")):
        body = client.get(url).content.decode()
        assert "Hand over first" in body
        assert reverse("people", args=[org.pk]) in body
        assert "button-warm" not in body
    client.post(reverse("organisation-leave", args=[org.pk]))
    confirm(client, client.post(reverse("account-close")))
    assert Membership.objects.across(because="test").filter(account=mara).count() == 2


def test_a_place_is_emptied_only_by_someone_who_says_that_they_know(mara, org):
    client, url = signed_in_as(mara), reverse("organisation-leave", args=[org.pk])
    assert "everything in Noorderhof will be deleted for good" in client.get(url).content.decode()
    assert client.post(url).status_code == 422
    assert Organisation.objects.across(because="test").get().name == "Noorderhof"
    assert client.post(url, {"knowing": "on"}).status_code == 302
    assert Organisation.objects.across(because="test").get().name == ""


def test_an_account_is_closed_with_the_password(mara, org):
    join(org, "sam", Role.ADMIN)
    client, url = signed_in_as(mara), reverse("account-close")
    assert client.get(url).status_code == 200
    asked = client.post(url)
    assert confirm(client, asked, "wrong").status_code == 200
    assert Account.objects.filter(pk=mara.pk).exists()
    assert confirm(client, asked).headers["Location"] == reverse("home")
    assert not Account.objects.filter(pk=mara.pk).exists()
    assert "_auth_user_id" not in client.session
    assert "Your account is closed" in client.get("/").content.decode()


def test_what_was_said_before_the_password_is_not_forgotten(mara, org):
    client = signed_in_as(mara)
    confirm(client, client.post(reverse("account-close"), {"knowing": "on"}))
    assert not Account.objects.exists()
    assert Organisation.objects.across(because="test").get().name == ""


def test_another_session_of_a_closed_account_is_over(mara):
    client, elsewhere = signed_in_as(mara), signed_in_as(mara)
    confirm(client, client.post(reverse("account-close")))
    assert elsewhere.get(reverse("account-name")).status_code == 302
