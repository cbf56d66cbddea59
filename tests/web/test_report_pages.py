"""Reports: one sheet for the board, everything for the project group, one team's; no small group in any."""

from __future__ import annotations

import io

import docx as python_docx
import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from alongside.assessment import agreements, rounds
from alongside.assessment.models import Tally
from alongside.assessment.rounds import GroupPlan, RoundPlan
from alongside.documents.reports.board import decisions
from alongside.documents.reports.facts import gather
from alongside.people.models import Membership, Team
from alongside.people.scope import scope_of
from alongside.planning.models import Plan, Project, Step
from alongside.rules.access import Role
from alongside.standard.items import Stage
from tests.assessment.test_agreements import TODAY, agree, asked
from tests.browser import needs_browser
from tests.web.test_agreement_pages import BACKEND, mara, org, scope, signed_in  # noqa: F401  (fixtures)


@pytest.fixture
def told(scope, org, edition):  # noqa: F811
    found = asked(scope, org, edition, psw=1, team=3)
    agree(scope, org, found, step=2, reason="In two of three teams.")
    for role in (Role.PEER_WORKER, Role.CLIENT_REPRESENTATIVE, Role.TEAM_MEMBER, Role.MANAGER):
        Membership(org=org, account=scope.account, role=role).save()
    scope = scope_of(scope.account)
    for voice, text in (
        ("psw", "Mine had no hours."),
        ("client", "I met none."),
        ("team", "Third"),
        ("managers", "Fine"),
    ):
        agreements.dissent(
            by=scope, organisation=org.pk, round_=found.pk, criterion="q.A8.buddy", voice=voice, text=text
        )
    plan = Plan(org=org, kind="roadmap", title="Roadmap", edition_id=found.edition_id, starts_on=TODAY)
    plan.save()
    project = Project(plan=plan, title="Orientation")
    project.save()
    for number, (item, title) in enumerate(
        (
            ("A8.buddy", "Find buddies"),
            ("A1.board", "Let the board sign"),
            ("A5.refresher", "Look through courses"),
            ("A8.buddy", "Pay buddies"),
        )
    ):
        Step(plan=plan, project=project, item=item, title=title, minutes=600, cents=number * 100_000, due=TODAY).save()
    return found


def page(client, org, kind="board", ending=""):  # noqa: F811
    name, args = ("report-file", [org.pk, kind, ending]) if ending else ("report", [org.pk, kind])
    return client.get(reverse(name, args=args))


def test_the_board_page_asks_for_three_decisions_and_shows_dissent(mara, scope, org, told):  # noqa: F811
    body = page(mara, org).content.decode()
    assert "€ 6,000" in body
    assert "40 hours" in body
    facts = gather(scope, org, language="en", today=TODAY, whole=False)
    assert [point.item for point in decisions(facts)] == ["A8.buddy", "A5.refresher", "A1.board"]
    assert "Pay buddies" in body
    assert "Find buddies" not in body  # the same item once
    for said in ("Mine had no hours.", "I met none."):
        assert said in body
    assert "Fine" not in body  # in dissent, peer workers and clients speak here


def test_before_anything_was_asked_there_is_a_board_page_too(mara, org):  # noqa: F811
    body = page(mara, org).content.decode()
    assert "Nobody has looked yet." in body
    assert "Nothing is planned yet" in body
    assert page(mara, org, "project-group").status_code == 200


def test_the_project_groups_report_has_every_question_and_every_dissent(mara, org, told, edition):  # noqa: F811
    body = page(mara, org, "project-group").content.decode()
    criteria = set(Tally.objects.across(because="test").values_list("criterion", flat=True))
    assert len(criteria) > 40
    for criterion in criteria:
        assert edition.words("en").criteria[criterion].question.replace("'", "&#x27;") in body, criterion
    for said in ("In two of three teams.", "Mine had no hours.", "Fine", "Third", "Find buddies"):
        assert said in body


def test_every_figure_is_in_the_workbook_as_a_number(mara, org, told):  # noqa: F811
    book = CalamineWorkbook.from_filelike(io.BytesIO(page(mara, org, "project-group", "xlsx").content))
    assert book.sheet_names == ["Said", "Agreed", "Standing", "Roadmap"]
    rows = book.get_sheet_by_name("Said").to_python()
    published = {(one.criterion, one.group): one for one in Tally.objects.across(because="test")}
    assert len(rows) - 1 == len(published)
    named = {"Peer workers": "psw", "Teams": "team", "all together": "", "several groups together": "others"}
    for criterion, _item, _words, who, withheld, n, *_more in rows[1:]:
        one = published.get((criterion, named.get(who, who)))
        if one is not None and one.counts is not None:
            assert (withheld, n) == ("", sum(one.counts))
    agreed = book.get_sheet_by_name("Agreed").to_python()
    assert agreed[1][3] == 2
    assert "Mine had no hours." in agreed[1][7]


@pytest.mark.parametrize("kind", ["board", "project-group"])
def test_reports_come_as_pdf_and_as_docx(mara, org, told, kind):  # noqa: F811
    made = page(mara, org, kind, "pdf")
    assert made.content.startswith(b"%PDF-")
    assert made.headers["Content-Disposition"].startswith("attachment")
    assert b"pdfuaid" in made.content
    words = "\n".join(
        one.text for one in python_docx.Document(io.BytesIO(page(mara, org, kind, "docx").content)).paragraphs
    )
    assert "Mine had no hours." in words


def test_there_is_no_other_report(mara, org, told):  # noqa: F811
    for kind in ("nobody", str(org.pk)):
        assert page(mara, org, kind).status_code == 404
    assert page(mara, org, "board", "xlsx").status_code == 404
    assert page(mara, org, "board", "exe").status_code == 404


@pytest.mark.parametrize(("people", "shown"), [(6, True), (4, False)])
def test_a_teams_report_shows_a_team_of_five_and_never_a_smaller_one(mara, scope, org, edition, people, shown):  # noqa: F811
    """The team is asked by itself; whether enough of it answered is known at closing only."""
    oost = Team(org=org, name="Team Oost", kind="care")
    oost.save()
    west = Team(org=org, name="Team West", kind="care")
    west.save()
    groups = tuple(GroupPlan("team", printed=6, team=one.pk) for one in (oost, west))
    plan = RoundPlan("Autumn", Stage.GROWING, groups)
    opened = rounds.open_round(by=scope, organisation=org.pk, plan=plan, edition=edition, today=TODAY)
    for key, codes in opened.codes.items():
        for code in codes[: people if key.endswith("1") else 6]:
            found = rounds.find_response(token=code)
            said = {one.id: 1 for one in rounds.asked_of(edition, found.group)}
            rounds.save_answers(response=found.pk, answers=said, revision=0)
    rounds.close_round(by=scope, organisation=org.pk, round_=opened.round.pk, today=TODAY)
    body = page(mara, org, oost.pk).content.decode()
    assert ("fewer than five of it answered" in body) is not shown
    assert ("Team Oost</th>" in body or "Team Oost" in body.split("</h1>")[1]) is shown


@needs_browser
@pytest.mark.parametrize("language", ["en", "de", "el", "pl"])
def test_the_board_page_is_one_sheet(transactional_db, live_server, browser, scope, org, edition, told, language):  # noqa: F811
    client = signed_in(scope.account)
    context = browser.new_context(base_url=live_server.url)
    cookies = {name: one.value for name, one in client.cookies.items()} | {"django_language": language}
    context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
    opened = context.new_page()
    opened.goto(reverse("report", args=[org.pk, "board"]))
    assert opened.pdf(format="A4").count(b"/Type /Page\n") <= 1
    context.close()
    client.cookies["django_language"] = language
    assert page(client, org, "board", "pdf").content.count(b"/Type /Page\n") <= 1


def test_an_outsider_gets_no_report(db, org):  # noqa: F811
    assert page(Client(), org).status_code == 302
    assert BACKEND
