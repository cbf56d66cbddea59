"""Agreeing after a round, in the pages: two at once, dissent, evidence, and what those who answered see."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from alongside.assessment import agreements, rounds
from alongside.assessment.models import Agreement, Dissent, Evidence
from alongside.people import actions
from alongside.people.models import Account, Membership
from alongside.people.scope import scope_of
from alongside.planning.models import Plan, Project, Step
from alongside.rules.access import Role
from alongside.standard.items import Stage
from tests.assessment.test_agreements import TODAY, agree, asked

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BUDDY = "q.A8.buddy"


@pytest.fixture
def org(db):
    mara = Account.objects.create_user("mara@example.org", name="Mara Visser")
    return actions.open_organisation(by=mara, name="Noorderhof", kind="kind.care", country="NL", stage=Stage.GROWING)


@pytest.fixture
def scope(org):
    return scope_of(Account.objects.get(email="mara@example.org"))


def member(org, role):
    account = Account.objects.create_user(f"{role}@example.org", name=role)
    Membership(org=org, account=account, role=role).save()
    return signed_in(account)


def signed_in(account):
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


@pytest.fixture
def mara(scope):
    return signed_in(scope.account)


def url(name, found, *more):
    return reverse(name, args=[found.org_id, found.pk, *more])


def filled(**changes):
    return {"step": "2", "reason": "Two teams can show it.", "revision": "0"} | changes


def test_the_list_shows_where_people_differ_first(mara, scope, org, edition):
    found = asked(scope, org, edition, psw=0, team=4)
    body = mara.get(url("agreement", found)).content.decode()
    assert body.index("Talk about these first") < body.index("Every question")
    assert "No peer worker and no client sits in the project group here" in body


def test_the_page_says_when_only_clients_are_missing(mara, scope, org, edition):
    found = asked(scope, org, edition)
    sam = Account.objects.create_user("sam@example.org")
    for role in (Role.PEER_WORKER, Role.PROJECT_GROUP):
        Membership(org=org, account=sam, role=role).save()
    assert "No client sits in the project group here" in mara.get(url("agreement", found)).content.decode()


def test_agreeing_goes_on_to_the_next_open_question(mara, scope, org, edition):
    found = asked(scope, org, edition)
    response = mara.post(url("agreement-agree", found, BUDDY), filled())
    assert response.status_code == 302
    assert "/agreement/q." in response.headers["Location"]
    assert BUDDY not in response.headers["Location"]
    row = Agreement.objects.within(scope).get()
    assert (row.step, row.reason) == (2, "Two teams can show it.")


def test_the_second_of_two_sees_both_and_loses_nothing(mara, scope, org, edition):
    found = asked(scope, org, edition)
    agree(scope, org, found, criterion=BUDDY, step=4, reason="Every team has one.")
    response = mara.post(url("agreement-agree", found, BUDDY), filled(reason="Mine, typed at length."))
    body = response.content.decode()
    assert response.status_code == 409
    assert "Every team has one." in body
    assert "Mine, typed at length." in body
    assert 'name="revision" value="1"' in body  # sent again, it replaces theirs knowingly
    assert Agreement.objects.within(scope).get().step == 4


@pytest.mark.parametrize("wrong", [{"step": "7"}, {"step": ""}, {"reason": ""}, {"revision": "x"}])
def test_what_cannot_be_agreed_on_is_said_and_what_was_typed_stays(mara, scope, org, edition, wrong):
    found = asked(scope, org, edition)
    response = mara.post(url("agreement-agree", found, BUDDY), filled() | wrong)
    assert response.status_code == 422
    assert not Agreement.objects.within(scope).exists()
    if "reason" not in wrong:
        assert "Two teams can show it." in response.content.decode()


def test_an_unknown_question_is_not_there(mara, scope, org, edition):
    found = asked(scope, org, edition)
    for criterion in ("q.unknown", "q.B1.happens"):
        assert mara.get(url("agreement-question", found, criterion)).status_code == 404
        assert mara.post(url("agreement-agree", found, criterion), filled()).status_code == 404


def test_a_round_that_is_open_has_nothing_to_agree_on(mara, scope, org, edition):
    found = asked(scope, org, edition, close=False)
    assert mara.get(url("agreement", found)).status_code == 404


def test_anyone_inside_can_see_it_otherwise_and_take_it_back(mara, scope, org, edition):
    found = asked(scope, org, edition)
    agree(scope, org, found, criterion=BUDDY)
    sam = member(org, Role.PEER_WORKER)
    said = {"voice": "psw", "text": "Mine had no hours for it."}
    assert sam.post(url("dissent", found, BUDDY), said).status_code == 302
    for page in (url("agreement-question", found, BUDDY), url("round", found), f"/o/{org.pk}/"):
        assert "Mine had no hours for it." in mara.get(page).content.decode(), page
    row = Dissent.objects.within(scope).get()
    assert mara.post(url("dissent-take-back", found, row.pk)).status_code == 404
    sam.post(url("dissent-take-back", found, row.pk))
    assert not Dissent.objects.within(scope).exists()


def test_a_dissent_shows_a_voice_and_no_name(mara, scope, org, edition):
    found = asked(scope, org, edition)
    sam = member(org, Role.PEER_WORKER)
    sam.post(url("dissent", found, BUDDY), {"voice": "psw", "text": "Mine had no hours."})
    body = mara.get(url("agreement-question", found, BUDDY)).content.decode()
    assert "peer-worker" not in body.replace("peer-workers", "")
    assert "Take it back" not in body


def test_what_nobody_sees_differently_is_agreed_on_at_once(mara, scope, org, edition):
    found = asked(scope, org, edition, psw=2, team=2)
    mara.post(url("agreement-undisputed", found))
    rows = Agreement.objects.within(scope)
    assert rows.count() >= 5
    assert {row.step for row in rows} == {2}


def test_those_who_answered_see_what_came_of_it_by_their_link(mara, scope, org, edition):
    plan = rounds.RoundPlan(
        "Autumn", Stage.GROWING, (rounds.GroupPlan("psw", tuple(f"p{n}@example.org" for n in range(5))),)
    )
    opened = rounds.open_round(by=scope, organisation=org.pk, plan=plan, edition=edition, today=TODAY)
    for _, token in opened.letters:
        found = rounds.find_response(token=token)
        rounds.save_answers(response=found.pk, answers={BUDDY: 1}, revision=0)
    closed = rounds.close_round(by=scope, organisation=org.pk, round_=opened.round.pk, today=TODAY)
    link = reverse("answer-begin", args=[opened.letters[0][1]])
    assert "is talking about these answers now" in Client().get(link).content.decode()
    agree(scope, org, closed, criterion=BUDDY, step=1, reason="Only one team has buddies.")
    agreements.dissent(
        by=scope, organisation=org.pk, round_=closed.pk, criterion=BUDDY, voice="project-group", text="I never met one."
    )
    for said in ("Only one team has buddies.", "I never met one."):  # not before the project group tells
        assert said not in Client().get(link).content.decode()
    plan_row = Plan(org=org, kind="roadmap", title="Roadmap", edition_id=closed.edition_id, starts_on=TODAY)
    plan_row.save()
    project = Project(plan=plan_row, title="Orientation")
    project.save()
    Step(
        plan=plan_row,
        project=project,
        item="A8.buddy",
        title="Find three buddies",
        state="doing",
        assignee=scope.account,
    ).save()
    mara.post(url("round-tell", closed))
    assert len(mail.outbox) == 5
    assert all("peer" not in one.subject.lower() and "Noorderhof" not in one.body for one in mail.outbox)
    body = Client().get(link).content.decode()
    for said in ("Only one team has buddies.", "I never met one.", "Find three buddies", "being done"):
        assert said in body
    assert "Mara Visser" not in body  # who does it is for those inside
    assert "is talking about these answers now" not in body


def test_telling_waits_until_something_is_agreed_and_happens_once(mara, scope, org, edition):
    found = asked(scope, org, edition)
    assert mara.post(url("round-tell", found)).headers["Location"] == url("agreement", found)
    agree(scope, org, found, criterion=BUDDY)
    assert mara.get(url("round-tell", found)).status_code == 200
    for _ in range(2):
        assert mara.post(url("round-tell", found)).status_code == 302


def test_asking_again_before_telling_is_refused_in_words(mara, scope, org, edition):
    asked(scope, org, edition)
    form = {"title": "Again", "stage": "growing", "printed_psw": "5"}
    response = mara.post(reverse("round-new", args=[org.pk]), form)
    assert response.status_code == 422
    assert "First show these what came of the last round" in response.content.decode()


def evidence_form(**changes):
    return {"title": "Guide", "given_by": "HR", "url": "", "valid_from": "", "valid_until": ""} | changes


def test_evidence_is_served_as_a_download_only(mara, scope, org, edition):
    found = asked(scope, org, edition)
    file = SimpleUploadedFile("Führung.pdf", b"%PDF-1.7 <script>", content_type="text/html")
    assert mara.post(url("evidence-give", found, BUDDY), evidence_form(file=file)).status_code == 302
    kept = Evidence.objects.within(scope).get()
    response = mara.get(reverse("evidence-file", args=[org.pk, kept.pk]))
    assert response.content == b"%PDF-1.7 <script>"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Guide" in mara.get(reverse("evidence", args=[org.pk])).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"file": ("plan.pdf", b"MZ\x90")}, "not what its name says"),
        ({"file": ("plan.exe", b"MZ\x90")}, "kind of file is not taken"),
        ({"file": ("plan.pdf", b"%PDF-" + b"x" * 10_000_000)}, "larger than 10 MB"),
        ({}, "one of the two"),
        ({"url": "https://example.org/", "valid_from": "2026-05-01", "valid_until": "2026-04-01"}, "before the day"),
        ({"url": "javascript:alert(1)"}, "valid URL"),
    ],
)
def test_evidence_that_is_not_taken_is_said_in_words(mara, scope, org, edition, changes, words):
    found = asked(scope, org, edition)
    if "file" in changes:
        changes = changes | {"file": SimpleUploadedFile(*changes["file"])}
    response = mara.post(url("evidence-give", found, BUDDY), evidence_form(**changes))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Evidence.objects.within(scope).exists()


def test_an_items_page_shows_answers_over_time(mara, scope, org, edition, django_assert_max_num_queries):
    found = asked(scope, org, edition, psw=1, team=3)
    agree(scope, org, found, criterion=BUDDY, step=2, reason="In two teams.")
    with django_assert_max_num_queries(12):
        body = mara.get(reverse("organisation-item", args=[org.pk, "A8.buddy"])).content.decode()
    assert "Where do we stand?" in body
    assert "In two teams." in body
    assert mara.get(reverse("organisation-item", args=[org.pk, "A8.nothing"])).status_code == 404


def test_the_organisations_page_shows_every_recommendation_as_a_square(mara, scope, org, edition):
    found = asked(scope, org, edition, psw=1, team=3)
    body = mara.get(f"/o/{org.pk}/").content.decode()
    assert "not agreed on yet" in body
    agree(scope, org, found, criterion=BUDDY, step=3)
    body = mara.get(f"/o/{org.pk}/").content.decode()
    assert body.count('class="square ') == 67
    assert "agreed by the project group" in body
