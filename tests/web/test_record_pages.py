"""The page of the record: who did what, in words; the same number of queries however long it is."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from alongside.people import actions
from alongside.people.models import Account, Membership
from alongside.people.record import A_PAGE, record
from alongside.rules.access import Role
from alongside.standard.items import Stage

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def mara(db):
    return Account.objects.create_user("mara@example.org", name="Mara Visser")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.PREPARING)


@pytest.fixture
def signed_in(mara):
    client = Client()
    client.force_login(mara, backend=BACKEND)
    return client


def rows(client, org, query=""):
    body = client.get(reverse("record", args=[org.pk]) + query).content.decode("utf-8-sig")
    table = body.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in body else ""
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in table.split("</tr>")[:-1]]


def test_a_line_says_who_what_and_which_fields_but_no_values(signed_in, org):
    (line,) = rows(signed_in, org)
    assert "Mara Visser" in line
    assert "opened the place" in line
    assert "country, kind, name, stage" in line
    assert "Noorderhof" not in line
    assert "NL" not in line


def test_who_has_left_and_the_site_itself_are_told_apart(signed_in, mara, org):
    sam = Account.objects.create_user("sam@example.org", name="Sam")
    record(by=sam, organisation=org.pk, action="round.close")
    record(by=None, organisation=org.pk, action="grant.end")
    site, gone, _ = rows(signed_in, org)
    assert "the site itself" in site
    assert "someone who has left" in gone
    assert "Sam" not in gone


def test_an_unknown_action_is_shown_as_it_was_written(signed_in, mara, org):
    record(by=mara, organisation=org.pk, action="kettle.boil")
    assert "kettle.boil" in rows(signed_in, org)[0]


def test_one_reads_on_to_older_lines(signed_in, mara, org):
    for _ in range(A_PAGE):
        record(by=mara, organisation=org.pk, action="round.open")
    url = reverse("record", args=[org.pk])
    older = re.search(r'href="(\?before=\d+[^"]*)"', signed_in.get(url).content.decode("utf-8-sig"))[1]
    assert len(rows(signed_in, org)) == A_PAGE
    assert len(rows(signed_in, org, older.replace("&amp;", "&"))) == 1


def test_it_is_narrowed_by_what_and_by_whom(signed_in, mara, org):
    sam = Account.objects.create_user("sam@example.org", name="Sam")
    Membership(org=org, account=sam, role=Role.ADMIN).save()
    record(by=sam, organisation=org.pk, action="round.open")
    assert len(rows(signed_in, org, "?kind=round")) == 1
    assert len(rows(signed_in, org, f"?who={mara.pk}")) == 1
    assert rows(signed_in, org, f"?kind=round&who={mara.pk}") == []
    for nonsense in ("?kind='", "?who=x", "?before=x", "?before=" + "9" * 40, "?before=-1", "?before=²"):
        assert len(rows(signed_in, org, nonsense)) == 2, nonsense


def test_the_whole_record_is_a_table_that_no_spreadsheet_takes_for_formulas(signed_in, mara, org):
    mara.name = "=HYPERLINK(1)"
    mara.save()
    for _ in range(A_PAGE + 1):
        record(by=mara, organisation=org.pk, action="round.open", about="round 1", fields=["title"])
    response = signed_in.get(reverse("record-table", args=[org.pk]))
    assert response.headers["Content-Type"].startswith("text/csv")
    head, *lines = csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline=""))
    assert head == ["When", "Who", "What", "Action", "About", "Fields"]
    assert len(lines) == A_PAGE + 2
    assert lines[0][1:] == ["'=HYPERLINK(1)", "opened a round", "round.open", "round 1", "title"]


def test_a_page_takes_the_same_queries_for_one_and_for_many(signed_in, mara, org, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(12) as captured:
            assert signed_in.get(reverse("record", args=[org.pk])).status_code == 200
        return len(captured)

    first = queries()
    for number in range(A_PAGE + 5):
        account = Account.objects.create_user(f"a{number}@example.org")
        Membership(org=org, account=account, role=Role.TEAM_MEMBER).save()
        record(by=account, organisation=org.pk, action="round.open")
    assert queries() == first
