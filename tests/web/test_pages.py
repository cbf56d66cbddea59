"""Pages with people signed in: what they do, how many queries they take, and whether everyone can read them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.assessment import agreements, evidence, rounds
from alongside.assessment.actions import keep_first_look
from alongside.assessment.models import Response, Round
from alongside.people import actions, programmes, teams
from alongside.people.models import Account, Grant, Membership, Organisation
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.rules.first_look import Given, questions
from alongside.standard.items import ReadOnly, Stage
from alongside.web.letters.switch import token_of
from tests.browser import DESK, PHONE, needs_browser, opened_page, overflows, violations

TODAY = date(2026, 11, 25)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FACTS = {"kind": "kind.care", "country": "NL", "stage": Stage.PREPARING}


def account(email, name=""):
    """Someone who can sign in: with a password, and an address that was confirmed."""
    made = Account.objects.create_user(email, "a long password", name=name)
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


@pytest.fixture
def mara(db):
    return account("mara@example.org", "Mara Visser")


@pytest.fixture
def org(mara):
    return actions.open_organisation(by=mara, name="Noorderhof", **FACTS)


@pytest.fixture
def signed_in(mara):
    client = Client()
    client.force_login(mara, backend=BACKEND)
    return client


def look_at(account, org, edition, stage=Stage.PREPARING):
    answers = {criterion.id: 1 for criterion in questions(edition, stage)}
    given = Given(edition, stage, answers)
    return keep_first_look(by=scope_of(account), organisation=org.pk, given=given, today=TODAY)


def join(account, org, number):
    member = Account.objects.create_user(f"member{number}@example.org", name=f"Member {number}")
    Membership(org=org, account=member, role=Role.TEAM_MEMBER).save()
    invited = {"organisation": org.pk, "email": f"invited{number}@example.org", "role": Role.HR}
    actions.invite(by=scope_of(account), **invited, today=TODAY)


def queries_of(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_take_the_same_queries_for_one_and_for_three(
    signed_in, mara, org, edition, django_assert_max_num_queries
):
    urls = [reverse("home"), reverse("people", args=[org.pk]), reverse("organisation", args=[org.pk])]
    join(mara, org, 0)
    look_at(mara, org, edition)
    first = [queries_of(signed_in, url, django_assert_max_num_queries) for url in urls]
    for number in (1, 2):
        join(mara, org, number)
        look_at(mara, org, edition)
    assert [queries_of(signed_in, url, django_assert_max_num_queries) for url in urls] == first
    other = [actions.open_organisation(by=mara, name=f"Other {n}", **FACTS) for n in range(2)]
    many = queries_of(signed_in, reverse("home"), django_assert_max_num_queries)
    for number in range(5):
        look_at(mara, actions.open_organisation(by=mara, name=f"More {number}", **FACTS), edition)
    assert queries_of(signed_in, reverse("home"), django_assert_max_num_queries) == many
    assert len(other) == 2


def test_today_says_what_to_do_first(signed_in, mara, org, edition):
    body = signed_in.get("/").content.decode()
    assert "Take a first look" in body
    assert "Invite someone" in body
    look_at(mara, org, edition)
    body = signed_in.get("/").content.decode()
    assert edition.words().criteria["q.A1.management.commitment"].next in body


def test_someone_without_a_part_in_it_gets_no_errands(mara, org, edition):
    look_at(mara, org, edition)
    worker = Account.objects.create_user("sam@example.org", name="Sam")
    Membership(org=org, account=worker, role=Role.PEER_WORKER).save()
    client = Client()
    client.force_login(worker, backend=BACKEND)
    body = client.get("/").content.decode()
    assert "Noorderhof" in body
    assert "Invite someone" not in body
    assert edition.words().criteria["q.A1.management.commitment"].next not in body


def test_an_invitation_goes_from_mail_to_membership(signed_in, org):
    url = reverse("people-invite", args=[org.pk])
    assert signed_in.post(url, {"email": "sam@example.org", "role": Role.PEER_WORKER}).status_code == 302
    letter = mail.outbox[-1]
    assert letter.to == ["sam@example.org"]
    for word in ("peer", "recovery", "mental", "experience", "Noorderhof"):
        assert word not in letter.subject.lower()
    assert not re.search(r"\bpeer|mental|illness|recovery", letter.body, re.IGNORECASE)
    link = re.search(r"http://testserver(/invitation/\S+)", letter.body)[1]
    visitor = Client()
    page = visitor.get(link)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "same-origin"
    sam = Account.objects.create_user("sam@example.org")
    visitor.force_login(sam, backend=BACKEND)
    visitor.get(link)
    assert not scope_of(sam).roles
    assert visitor.post(link).headers["Location"] == reverse("organisation", args=[org.pk])
    assert scope_of(sam).roles == {org.pk: {Role.PEER_WORKER}}
    assert visitor.get(link).status_code == 404


def test_the_page_says_the_same_whether_an_address_has_an_account(signed_in, org):
    Account.objects.create_user("known@example.org")
    url = reverse("people-invite", args=[org.pk])
    pages = []
    for address in ("known@example.org", "unknown@example.org"):
        response = signed_in.post(url, {"email": address, "role": Role.HR}, follow=True)
        pages.append(re.sub(r"(un)?known@example\.org|[0-9a-f-]{36}|value=\"\w{64}\"", "…", response.content.decode()))
    first = re.sub(r"<li>.*?</li>", "", pages[0], flags=re.DOTALL)
    second = re.sub(r"<li>.*?</li>", "", pages[1], flags=re.DOTALL)
    assert first.count("…") <= second.count("…")
    assert "is on its way" in first
    assert "is on its way" in second


def test_signing_up_says_the_same_whether_an_address_has_an_account(db):
    account("known@example.org")
    answers = []
    for address in ("known@example.org", "unknown@example.org"):
        client = Client()
        response = client.post(reverse("account_signup"), {"email": address, "password1": "four words of mine"})
        answers.append((response.status_code, response.headers.get("Location")))
    assert answers[0] == answers[1]


def test_a_wrong_password_says_the_same_whether_an_address_has_an_account(db):
    account("known@example.org")
    bodies = []
    for address in ("known@example.org", "unknown@example.org"):
        response = Client().post(reverse("account_login"), {"login": address, "password": "wrong"})
        assert response.status_code == 200
        bodies.append(re.sub(r"value=\"[^\"]*\"", "", response.content.decode()))
    assert bodies[0] == bodies[1]


def test_five_wrong_passwords_close_the_door_for_a_while(db):
    account("known@example.org")
    client = Client()
    for _ in range(5):
        client.post(reverse("account_login"), {"login": "known@example.org", "password": "wrong"})
    right = {"login": "known@example.org", "password": "a long password"}
    client.post(reverse("account_login"), right)
    assert "_auth_user_id" not in client.session
    cache.clear()  # as time would
    client.post(reverse("account_login"), right)
    assert "_auth_user_id" in client.session


def test_nobody_signs_in_with_a_click_outside_the_demo(client, mara):
    assert client.get(reverse("demo-sign-in")).status_code == 404
    assert client.post(reverse("demo-sign-in"), {"account": mara.email}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_the_demo_one_signs_in_with_a_click(client, mara, settings):
    settings.DEMO = True
    assert "Mara Visser" in client.get(reverse("demo-sign-in")).content.decode()
    assert client.post(reverse("demo-sign-in"), {"account": mara.email}).status_code == 302
    assert client.session["_auth_user_id"] == str(mara.pk)
    assert client.post(reverse("demo-sign-in"), {"account": "nobody"}).status_code == 404


@pytest.mark.parametrize(
    ("choice", "cookie"), [({"language": "nl"}, "django_language"), ({"appearance": "dark"}, "appearance")]
)
def test_a_choice_is_kept_on_ones_own_device(client, choice, cookie):
    response = client.post(reverse("choices"), {**choice, "next": "/standard/"})
    assert response.headers["Location"] == "/standard/"
    assert client.cookies[cookie].value == next(iter(choice.values()))


def test_made_up_people_stay_in_the_demo(db):
    with pytest.raises(CommandError, match="demo"):
        call_command("fill_demo")
    assert not Account.objects.exists()


def test_an_organisation_sees_what_moved_since_the_last_look(signed_in, mara, org, edition):
    stage = Stage.PREPARING
    first, second = (criterion.id for criterion in questions(edition, stage)[:2])
    for change in ({}, {first: 3, second: 0}):
        answers = {criterion.id: 1 for criterion in questions(edition, stage)} | change
        keep_first_look(by=scope_of(mara), organisation=org.pk, given=Given(edition, stage, answers), today=TODAY)
    body = signed_in.get(reverse("organisation", args=[org.pk])).content.decode()
    assert re.findall(r'class="change( down)?">(. \d)', body) == [("", "▲ 2"), (" down", "▼ 1")]


def test_an_old_look_is_read_by_the_edition_it_was_made_with(signed_in, mara, org, edition):
    words = edition.words()
    id_ = questions(edition, Stage.PREPARING)[0].id
    reworded = words.criteria[id_].model_copy(update={"next": "As it was said in the older edition."})
    texts = words.model_copy(update={"criteria": ReadOnly({**words.criteria, id_: reworded})})
    older = edition.revised(texts={"en": texts})
    assert older.digest != edition.digest
    look = look_at(mara, org, older)
    body = signed_in.get(reverse("organisation-first-look", args=[org.pk, look.pk])).content.decode()
    assert "As it was said in the older edition." in body


def test_a_role_is_told_to_the_address_that_was_invited_and_to_nobody_else(signed_in, mara, org):
    invited = {"organisation": org.pk, "email": "sam@example.org", "role": Role.PEER_WORKER, "today": date.today()}
    _, token = actions.invite(by=scope_of(mara), **invited)
    url = reverse("invitation", args=[token])
    assert "peer worker" not in Client().get(url).content.decode().split("</header>")[1]
    assert "Your role here would be" not in signed_in.get(url).content.decode()
    own = Client()
    own.force_login(account("sam@example.org"), backend=BACKEND)
    assert "Your role here would be" in own.get(url).content.decode()


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"appearance": "pink"}, {}])
def test_a_choice_that_is_none_changes_nothing(client, wrong):
    assert client.post(reverse("choices"), wrong).status_code == 302
    assert not client.cookies


def test_nobody_is_sent_elsewhere(client):
    for elsewhere in ("https://example.com/", "//example.com", "javascript:alert(1)"):
        assert client.post(reverse("choices"), {"next": elsewhere}).headers["Location"] == "/"


def test_dark_is_dark(client):
    client.cookies["appearance"] = "dark"
    assert 'data-appearance="dark"' in client.get("/").content.decode()
    client.cookies["appearance"] = '"><script>'
    assert 'data-appearance="auto"' in client.get("/").content.decode()


def test_the_facts_of_an_organisation_can_be_changed(signed_in, mara, org):
    url = reverse("organisation-change", args=[org.pk])
    facts = {"name": "Zuiderhof", "kind": "kind.ngo", "country": "BE", "stage": Stage.GROWING}
    assert signed_in.post(url, facts | {"name": ""}).status_code == 422
    assert signed_in.post(url, facts | {"kind": "kind.army"}).status_code == 422
    assert signed_in.post(url, facts).status_code == 302
    changed = Organisation.objects.within(scope_of(mara)).get()
    assert (changed.name, changed.kind, changed.country, changed.stage) == tuple(facts.values())


def test_a_name_is_ones_own_to_give(signed_in, mara):
    assert signed_in.post(reverse("account-name"), {"name": "Mara V."}).status_code == 302
    assert "Mara V." in signed_in.get("/").content.decode()
    assert signed_in.post(reverse("account-name"), {"name": "x" * 101}).status_code == 422
    mara.refresh_from_db()
    assert mara.name == "Mara V."


def test_every_page_is_closed_to_other_sites(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    body = client.get("/").content.decode()
    assert not re.search(r"<script(?![^>]*src=)|style=|onclick=", body)
    assert not re.search(r"(src|href)=\"https?://", body)


@pytest.fixture
def house(transactional_db, edition):
    mara = account("mara@example.org", "Mara Visser")
    org = actions.open_organisation(by=mara, name="Noorderhof", **FACTS)
    look = look_at(mara, org, edition)
    join(mara, org, 1)
    _, token = actions.invite(by=scope_of(mara), organisation=org.pk, email="a@b.org", role=Role.HR, today=TODAY)
    for title in ("Closed", "Open"):
        plan = rounds.RoundPlan(
            title,
            Stage.GROWING,
            (
                rounds.GroupPlan("psw", printed=6),
                rounds.GroupPlan("team", printed=7),
                rounds.GroupPlan("hr", accounts=(mara.pk,)),
            ),
        )
        opened = rounds.open_round(by=scope_of(mara), organisation=org.pk, plan=plan, edition=edition, today=TODAY)
        for step, codes in enumerate(opened.codes.values()):
            for code in codes:
                response = rounds.find_response(token=code)
                asked = rounds.asked_of(edition, response.group)
                answers = {one.id: step for one in asked}
                rounds.save_answers(response=response.pk, answers=answers, revision=0)
        if title == "Closed":
            agreed_on(scope_of(mara), org, opened.round)
    let_a_programme_see(mara, org)
    return mara, org, look, token


def let_a_programme_see(mara, org):
    """A team, and a programme that mara convenes and the organisation lets see everything it can."""
    teams.add_team(by=scope_of(mara), organisation=org.pk, name="North", kind="care")
    region = programmes.open_programme(by=mara, name="Region", purpose="Learning from each other")
    today = timezone.localdate()
    said = {"code": region.code, "purpose": "figures", "until": today + timedelta(days=9), "today": today}
    programmes.give_grant(by=scope_of(mara), organisation=org.pk, **said)


def agreed_on(scope, org, found):
    """The round is closed, one question agreed on with evidence and a dissent, and told."""
    where = {"by": scope, "organisation": org.pk, "round_": found.pk}
    rounds.close_round(**where, today=TODAY)
    question = where | {"criterion": "q.A8.buddy"}
    agreements.agree(**question, step=2, reason="We saw it.", revision=0, today=TODAY)
    agreements.dissent(**question, voice="project-group", text="I did not.")
    evidence.give(**question, given=evidence.Given("Guide", "HR", url="https://example.org/guide", valid_until=TODAY))
    agreements.tell(**where, today=TODAY)


def pages_of(org, look, token, edition):
    answers = "&".join(f"{criterion.id}=1" for criterion in questions(edition, Stage.PREPARING))
    open_pages = [
        "/", "/about/", "/who-sees-what/", "/choices/", "/first-look/", "/first-look/preparing/1/",
        f"/first-look/preparing/result/?{answers}", "/standard/", "/standard/part/A/", "/standard/part/competences/",
        "/standard/item/A7.seniority/", "/standard/item/task.groups/", "/standard/item/ref.davidson-2012/",
        "/standard/matrix/", "/standard/glossary/", "/standard/search/?q=buddy", "/standard/search/?q=xyzzy",
        "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nowhere/", f"/invitation/{token}/",
        "/invitation/unknown/", "/answer/", "/answer/unknown/", "/mail-off/unknown/", "/welcome-kit/",
        "/welcome-kit/role-card/", "/welcome-kit/agreement/?level=2", "/welcome-kit/all/",
        f"/mail-off/{token_of(Account.objects.get(email='mara@example.org'))}/",
    ]  # fmt: skip
    own_pages = [
        "/", f"/first-look/preparing/keep/?{answers}", "/organisations/new/", f"/o/{org.pk}/", f"/o/{org.pk}/change/",
        *(f"/o/{org.pk}/rounds/{one.pk}/" for one in Round.objects.across(because="test")),
        *(f"/o/{org.pk}/rounds/{one.pk}/move/" for one in Round.objects.across(because="test")),
        *after_a_round(org), *with_others(org), *while_a_round_is_open(org),
        f"/o/{org.pk}/rounds/new/", f"/o/{org.pk}/roadmap/", f"/o/{org.pk}/roadmap/propose/",
        f"/o/{org.pk}/rounds/", f"/o/{org.pk}/people/", f"/o/{org.pk}/first-look/{look.pk}/", "/me/name/",
        f"/o/{org.pk}/record/", f"/o/{org.pk}/record/?kind=grant", f"/o/{org.pk}/leave/", "/me/mail/", "/me/close/",
        "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/2fa/totp/activate/",
        "/accounts/logout/",
    ]  # fmt: skip
    return open_pages, own_pages


def while_a_round_is_open(org):
    found = Round.objects.across(because="test").filter(org=org, state="open").first()
    if found is None:
        return []
    own = Response.objects.across(because="test").get(group__round=found, account__isnull=False)
    base = f"/o/{org.pk}/rounds/{found.pk}/"
    pages = [f"{base}{page}/{group}/" for page in ("ask", "paper") for group in ("psw", "team", "hr")]
    return [*pages, f"/me/answers/{own.pk}/", f"/me/answers/{own.pk}/1/"]


def with_others(org):
    own = [f"/o/{org.pk}/teams/", f"/o/{org.pk}/people/import/", f"/o/{org.pk}/programmes/", "/programmes/"]
    for grant in Grant.objects.across(because="test").filter(org=org).select_related("programme"):
        token = programmes.link_token(grant.programme)
        base = f"/programmes/{grant.programme_id}/"
        own += [base, f"{base}{grant.pk}/", f"/programmes/convene/{token}/", "/programmes/convene/unknown/"]
        own += [f"/o/{org.pk}/programmes/?code={code}" for code in (grant.programme.code, "unknown")]
    return own


def after_a_round(org):
    closed = Round.objects.across(because="test").filter(org=org, state="closed").first()
    if closed is None:
        return []
    base = f"/o/{org.pk}/rounds/{closed.pk}/"
    return [
        f"{base}agreement/", f"{base}agreement/q.A8.buddy/", f"{base}agreement/q.B1/", f"{base}tell/",
        f"{base}dissent/q.A8.buddy/", f"{base}evidence/q.A8.buddy/",
        f"/o/{org.pk}/evidence/", f"/o/{org.pk}/evidence/?for=q.A8.buddy&round={closed.pk}",
        f"/o/{org.pk}/reports/", f"/o/{org.pk}/reports/board/", f"/o/{org.pk}/reports/project-group/",
        f"/o/{org.pk}/standard/A8.buddy/", f"/o/{org.pk}/standard/A8.guidelines/",
    ]  # fmt: skip


@needs_browser
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")])
def test_everyone_can_read_every_page(house, live_server, browser, edition, size, scheme):
    mara, org, look, token = house
    open_pages, own_pages = pages_of(org, look, token, edition)
    wrong = {}
    with opened_page(browser, live_server.url, size, color_scheme=scheme) as page:
        for url in open_pages:
            page.goto(url)
            wrong[url] = violations(page) + (["scrolls sideways"] if overflows(page) else [])
        page.goto("/accounts/login/")
        page.fill("input[name=login]", mara.email)
        page.fill("input[name=password]", "a long password")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{live_server.url}/")
        for url in own_pages:
            page.goto(url)
            assert "/accounts/login/" not in page.url, url
            wrong[f"own {url}"] = violations(page) + (["scrolls sideways"] if overflows(page) else [])
    assert {url: found for url, found in wrong.items() if found} == {}


@needs_browser
def test_nothing_scrolls_sideways_on_the_smallest_phone(house, live_server, browser, edition):
    _, org, look, token = house
    with opened_page(browser, live_server.url, (320, 640)) as page:
        for url in pages_of(org, look, token, edition)[0]:
            page.goto(url)
            assert not overflows(page), url


@needs_browser
@pytest.mark.parametrize("language", [tag for tag, _ in settings.LANGUAGES])
def test_nothing_scrolls_sideways_in_any_language(house, live_server, browser, edition, language):
    _, org, look, token = house
    with opened_page(browser, live_server.url, PHONE) as page:
        cookie = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}
        page.context.add_cookies([cookie])
        for url in pages_of(org, look, token, edition)[0]:
            page.goto(url)
            assert not overflows(page), url


@needs_browser
def test_a_second_factor_can_be_switched_on(house, live_server, browser):
    mara = house[0]
    with opened_page(browser, live_server.url) as page:
        page.goto("/accounts/login/?next=/accounts/2fa/totp/activate/")
        page.fill("input[name=login]", mara.email)
        page.fill("input[name=password]", "a long password")
        page.keyboard.press("Enter")
        page.wait_for_url("**/accounts/reauthenticate/**")  # what protects an account asks who is there once more
        page.fill("input[name=password]", "a long password")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{live_server.url}/accounts/2fa/totp/activate/")
        secret = page.locator("input[readonly], input[disabled]").first.input_value()
        page.fill("input[name=code]", code_of(secret))
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("2fa/(recovery|$)"))
    client = Client()
    response = client.post(reverse("account_login"), {"login": mara.email, "password": "a long password"})
    assert response.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


def code_of(secret):
    from allauth.mfa.totp.internal import auth

    return auth.format_hotp_value(auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time()))))


@needs_browser
def test_no_page_breaks_the_content_policy(house, live_server, browser, edition):
    """Without axe, which tries styles of its own."""
    mara, org, look, token = house
    open_pages, own_pages = pages_of(org, look, token, edition)
    with opened_page(browser, live_server.url) as page:
        page.goto("/accounts/login/")
        page.fill("input[name=login]", mara.email)
        page.fill("input[name=password]", "a long password")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{live_server.url}/")
        for url in (*open_pages, *own_pages):
            page.goto(url)
