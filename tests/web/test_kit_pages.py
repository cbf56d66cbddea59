"""The welcome kit in the browser: without an account, keeping nothing, on paper one side each."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from alongside.documents import pdf
from alongside.people.actions import open_organisation
from alongside.people.models import Account
from alongside.standard.items import STAGES
from alongside.standard.kit import ROLES, Choice, TeamKind
from alongside.web.kit_links import kit_url, sheet_url
from alongside.web.views.kit import FORMS
from alongside.web.welcome_forms import KitForm, parameters
from tests.browser import DESK, PHONE, needs_browser, opened_page, overflows, violations

CHOICES = list(product(ROLES, TeamKind))


def test_a_visitor_leaves_nothing_behind(client, db, edition, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse("kit"))
        client.get(kit_url(Choice(organisation="Noorderhof")))
        for sheet in (*edition.kit, "all"):
            assert client.get(reverse("kit-sheet", args=[sheet])).status_code == 200
        assert client.get(reverse("kit-file", args=["buddy", "docx"])).status_code == 200
        assert client.get(reverse("kit-file", args=["buddy", "pdf"])).status_code == 200
    assert not client.cookies


def test_what_is_chosen_stands_in_every_address_of_the_page(client, edition):
    choice = Choice(ROLES[1], TeamKind.PEER_WORKERS, STAGES[2], 2, "Hof & Co", "Łódź")
    page = client.get(kit_url(choice)).content.decode()
    for sheet in (*edition.kit, "all"):
        assert sheet_url(sheet, choice).replace("&", "&amp;") in page
    assert 'value="Hof &amp; Co"' in page
    sheet = client.get(sheet_url("agreement", choice)).content.decode()
    assert "Hof &amp; Co" in sheet
    assert "Łódź" in sheet
    assert "Emphasis at level 2" in sheet
    assert kit_url(choice).replace("&", "&amp;") in sheet


@pytest.mark.parametrize(("role", "team"), CHOICES)
def test_an_address_holds_the_whole_choice(edition, role, team):
    for stage, level in product(STAGES, (None, 1, 2, 3)):
        choice = Choice(role, team, stage, level, "Noorderhof", "West")
        assert KitForm(edition.words(), parameters(choice)).choice() == choice
    assert KitForm(edition.words(), {}).choice() == Choice()


@pytest.mark.parametrize(
    "odd",
    [
        {"role": "role.doctor", "team": "army", "stage": "late", "level": "9"},
        {"organisation": "x" * 500, "name": "a\nb"},
        {"organisation": "\x00\ufffe\x1b[31m", "name": "\ue000"},
        {"level": "٣"},
    ],
)
def test_what_makes_no_sense_is_left_out_and_breaks_nothing(client, edition, odd):
    assert KitForm(edition.words(), odd).choice() == Choice()
    assert client.get(reverse("kit"), odd).status_code == 200
    for form in ("docx", "pdf"):
        assert client.get(reverse("kit-file", args=["role-card", form]), odd).status_code == 200


def test_a_name_is_text_whatever_it_looks_like(client):
    odd = {"organisation": "<script>alert(1)</script> #eval(1) {{ x }}", "name": "=1+1"}
    page = client.get(reverse("kit-sheet", args=["agreement"]), odd).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #eval(1) {{ x }}" in page
    for form in ("docx", "pdf"):
        assert client.get(reverse("kit-file", args=["agreement", form]), odd).status_code == 200


def test_the_kit_is_found_from_the_first_page_and_from_what_it_rests_on(client):
    assert 'href="/welcome-kit/"' in client.get("/").content.decode()
    item = client.get(reverse("standard-item", args=["A8.buddy"])).content.decode()
    assert "/welcome-kit/buddy/?" in item
    assert "/welcome-kit/role-card/?" not in item


@pytest.mark.parametrize("kind", ["kind.care", "kind.company"])
def test_an_organisation_finds_the_kit_with_its_facts_filled_in(client, db, kind):
    mara = Account.objects.create_user("mara@example.org")
    org = open_organisation(by=mara, name="Hof & Co", kind=kind, country="NL", stage=STAGES[1])
    client.force_login(mara, backend="allauth.account.auth_backends.AuthenticationBackend")
    choice = Choice(team=TeamKind.COMPANY if kind == "kind.company" else TeamKind.CARE, stage=STAGES[1])
    url = kit_url(replace(choice, organisation="Hof & Co"))
    page = client.get(reverse("organisation", args=[org.pk])).content.decode()
    assert f'href="{url.replace("&", "&amp;")}"' in page
    assert reverse("welcomes", args=[org.pk]) in page


def test_when_a_pdf_cannot_be_made_the_sheet_is_shown_and_says_so(client, monkeypatch):
    def fails(document):
        raise pdf.NotMade

    monkeypatch.setitem(FORMS, "pdf", ("application/pdf", fails))
    response = client.get(reverse("kit-file", args=["buddy", "pdf"]))
    assert response.status_code == 503
    assert "could not be made" in response.content.decode()
    assert "You are there for small questions" in response.content.decode()


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_files_are_downloads_with_a_name_and_a_type(client, form):
    response = client.get(reverse("kit-file", args=["role-card", form]))
    assert response.headers["Content-Disposition"] == f'attachment; filename="role-card.{form}"'
    assert response.content.startswith({"docx": b"PK", "pdf": b"%PDF-"}[form])


@pytest.mark.parametrize("url", ["/welcome-kit/nowhere/", "/welcome-kit/nowhere.pdf", "/welcome-kit/buddy.exe"])
def test_what_is_not_there_is_not_found(client, url):
    assert client.get(url).status_code == 404


def test_nothing_can_be_sent_to_the_kit(client):
    for url in ("/welcome-kit/", "/welcome-kit/buddy/", "/welcome-kit/buddy.pdf"):
        assert Client().post(url).status_code == 405


def test_no_field_asks_for_a_persons_name(client):
    page = client.get(reverse("kit")).content.decode()
    fields = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([\w-]+)"', page)) - {"next", "language"}
    assert fields == {"role", "team", "stage", "level", "organisation", "name"}
    assert "name of the team" in page.lower()


@needs_browser
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")])
def test_everyone_can_read_every_sheet(transactional_db, live_server, browser, edition, size, scheme):
    with opened_page(browser, live_server.url, size, color_scheme=scheme) as page:
        for url in ["/welcome-kit/", *(reverse("kit-sheet", args=[sheet]) for sheet in (*edition.kit, "all"))]:
            page.goto(url)
            assert violations(page) == [], url
            assert not overflows(page), url


@needs_browser
@pytest.mark.parametrize(("role", "team"), CHOICES)
def test_every_sheet_is_printed_on_its_sides_of_a4(transactional_db, live_server, browser, edition, role, team):
    """At every stage, with a level and long names; with and without JavaScript it is the same page."""
    with opened_page(browser, live_server.url, DESK, java_script_enabled=False) as page:
        for sheet, stage in product(edition.kit, STAGES):
            choice = Choice(
                role, team, stage, 3, "An organisation with quite a long name", "A team with a long name too"
            )
            page.goto(sheet_url(sheet, choice))
            printed = page.pdf(prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", printed)) <= edition.kit[sheet].sides, (sheet, stage)


@needs_browser
def test_a_sheet_is_made_to_fit_on_a_phone_without_javascript(transactional_db, live_server, browser):
    with opened_page(browser, live_server.url, PHONE, java_script_enabled=False) as page:
        page.goto("/welcome-kit/")
        page.get_by_label("Care provider with experiential expertise").check()
        page.get_by_label("Name of the organisation").fill("Noorderhof")
        page.get_by_role("button", name="Make the sheets fit").click()
        page.get_by_role("link", name="What I do, and what I don't", exact=True).click()
        assert "I give care as my colleagues do" in page.inner_text("main")
        assert "Noorderhof" in page.inner_text("main")
        assert not page.context.cookies()
        with page.expect_download() as download:
            page.get_by_role("link", name="Word").click()
        assert download.value.suggested_filename == "role-card.docx"
