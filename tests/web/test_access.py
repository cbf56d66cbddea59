"""Every page with every kind of account: against the policy, and against a list written by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from alongside.assessment import agreements, evidence, rounds
from alongside.assessment.actions import keep_first_look
from alongside.assessment.models import Response
from alongside.people import actions, programmes, teams
from alongside.people.models import Account, Membership
from alongside.people.scope import scope_of
from alongside.planning import welcome
from alongside.planning.actions import add_to_roadmap
from alongside.planning.facts import Facts, NewStep
from alongside.planning.models import Step
from alongside.rules import first_look
from alongside.rules.access import DOORS, POLICY, Role, allows
from alongside.standard.items import Stage
from alongside.standard.kit import PSW, Welcomer
from alongside.standard.loading import standard
from alongside.web.letters.switch import token_of

TODAY = date(2026, 11, 25)
KINDS = ["visitor", "newcomer", "outsider", *Role]

CHANGES = {
    "agreement-agree",
    "agreement-undisputed",
    "dissent-take-back",
    "evidence-remove",
    "evidence-stop",
    "evidence-use",
    "round-close",
    "roadmap-move",
    "round-remind",
    "answer-own-remove",
    "round-move-undo",
    "round-confirm",
    "people-invite",
    "people-uninvite",
    "people-role",
    "people-import-confirm",
    "team-add",
    "team-change",
    "programme-grant-end",
    "programme-leave",
    "organisation-first-look-remove",
    "welcome-step",
    "welcome-remove",
}
"""Pages that only change something; entered last."""

NEVER = [
    ("outsider", "report-file", "organisations stay apart"),
    ("visitor", "report", "an organisation's standing is its own"),
    (Role.RESEARCHER, "report-file", "research needs a grant, not a membership"),
    ("visitor", "evidence-file", "what shows an agreed step is the organisation's own"),
    ("outsider", "evidence-file", "organisations stay apart"),
    ("outsider", "agreement", "organisations stay apart"),
    ("outsider", "agreement-question", "organisations stay apart"),
    ("outsider", "dissent", "organisations stay apart"),
    ("outsider", "organisation-item", "organisations stay apart"),
    (Role.BOARD, "agreement-agree", "the project group agrees, with peer workers in it; not the board alone"),
    (Role.MANAGER, "agreement-agree", "as above"),
    (Role.BOARD, "round-tell", "the project group tells"),
    (Role.MANAGER, "evidence-remove", "evidence is kept by those who agree"),
    (Role.RESEARCHER, "agreement", "research needs a grant, not a membership"),
    (Role.RESEARCHER, "evidence-file", "research needs figures"),
    ("outsider", "welcomes", "organisations stay apart"),
    ("outsider", "welcome", "organisations stay apart"),
    ("outsider", "welcome-step", "organisations stay apart"),
    ("visitor", "welcome", "that someone begins in this role reveals health"),
    (Role.BOARD, "welcome", "whoever has no part in a welcome does not know of it"),
    (Role.HR, "welcome", "as above"),
    (Role.MANAGER, "welcome", "a manager of another team has no part in it"),
    (Role.MANAGER, "welcome-change", "as above"),
    (Role.PEER_WORKER, "welcome", "as above; nobody reads who else is a peer worker from a list"),
    (Role.CLIENT_REPRESENTATIVE, "welcome", "as above"),
    (Role.PROJECT_GROUP, "welcome", "the project group steers the work, and needs no newcomers for it"),
    (Role.RESEARCHER, "welcomes", "research needs figures, not people"),
    (Role.TEAM_MEMBER, "welcome-new", "whoever leads the team prepares it"),
    (Role.PEER_WORKER, "welcome-new", "as above"),
    ("visitor", "roadmap", "what an organisation plans is its own"),
    ("outsider", "roadmap", "organisations stay apart"),
    ("outsider", "roadmap-timeline", "organisations stay apart"),
    ("outsider", "roadmap-board", "organisations stay apart"),
    ("outsider", "roadmap-move", "organisations stay apart"),
    ("outsider", "roadmap-propose", "what is proposed tells where they stand"),
    ("outsider", "step", "organisations stay apart"),
    ("outsider", "step-new", "organisations stay apart"),
    (Role.RESEARCHER, "roadmap", "research needs figures, not people"),
    (Role.RESEARCHER, "step", "as above"),
    (Role.BOARD, "roadmap-propose", "the project group plans together with the teams in which it happens"),
    (Role.PEER_WORKER, "step-new", "as above"),
    # kind of account, page, why: written by hand, so that a mistake in the policy is seen
    ("visitor", "organisation", "an organisation's standing is its own"),
    ("visitor", "people", "who works here reveals health"),
    ("newcomer", "organisation", "an account alone opens no organisation"),
    ("newcomer", "people", "an account alone opens no organisation"),
    ("outsider", "organisation", "organisations stay apart"),
    ("outsider", "organisation-first-look", "organisations stay apart"),
    ("outsider", "organisation-first-look-remove", "organisations stay apart"),
    ("outsider", "people", "organisations stay apart"),
    ("outsider", "rounds", "organisations stay apart"),
    ("outsider", "round", "organisations stay apart"),
    ("outsider", "round-close", "organisations stay apart"),
    ("outsider", "round-remind", "organisations stay apart"),
    ("outsider", "round-ask-more", "organisations stay apart"),
    ("outsider", "round-paper", "organisations stay apart"),
    (Role.MANAGER, "round-ask-more", "the project group says who is asked"),
    (Role.BOARD, "round-remind", "the project group says who is asked"),
    (Role.PEER_WORKER, "round-ask-more", "the project group says who is asked"),
    ("visitor", "answer-own-section", "what is someone's own is theirs alone"),
    ("outsider", "answer-own-section", "what is someone's own is theirs alone"),
    (Role.ADMIN, "answer-own-section", "no role opens what is someone's own"),
    (Role.COORDINATOR, "answer-own-section", "no role opens what is someone's own"),
    (Role.MANAGER, "answer-own-section", "no role opens what is someone's own"),
    (Role.PEER_WORKER, "answer-own-section", "what is someone's own is theirs alone"),
    ("visitor", "round", "results are for those inside, and for those who answered, by their link"),
    (Role.MANAGER, "round-close", "a manager who dislikes the time cannot close a round"),
    (Role.BOARD, "round-new", "the project group says who is asked"),
    (Role.PEER_WORKER, "round-close", "the project group steers"),
    ("outsider", "round-move", "organisations stay apart"),
    ("outsider", "round-move-undo", "organisations stay apart"),
    (Role.BOARD, "round-move", "a board that dislikes a result cannot set it aside by moving it"),
    (Role.MANAGER, "round-confirm", "the project group says what still holds"),
    (Role.RESEARCHER, "round", "research needs a grant, not a membership"),
    ("outsider", "people-role", "organisations stay apart"),
    ("outsider", "people-uninvite", "organisations stay apart"),
    ("outsider", "teams", "organisations stay apart"),
    ("outsider", "team-change", "organisations stay apart"),
    ("outsider", "people-import", "organisations stay apart"),
    ("outsider", "people-import-confirm", "organisations stay apart"),
    ("outsider", "organisation-programmes", "organisations stay apart"),
    ("outsider", "programme-grant-end", "organisations stay apart"),
    (Role.MANAGER, "team-change", "teams are kept where roles are given"),
    (Role.BOARD, "people-import", "roles are given by the coordinator"),
    (Role.HR, "people-import-confirm", "roles are given by the coordinator"),
    ("visitor", "programme", "a programme sees what was granted to it, and nobody else does"),
    ("newcomer", "programme", "only those who convene a programme see it"),
    ("outsider", "programme", "only those who convene a programme see it"),
    ("outsider", "programme-figures", "only those who convene a programme see it"),
    (Role.ADMIN, "programme", "granting something does not open the programme"),
    (Role.RESEARCHER, "programme-figures", "a role in an organisation is none in a programme"),
    (Role.MANAGER, "organisation-programmes", "whoever answers for the organisation decides what leaves it"),
    (Role.PEER_WORKER, "organisation-programmes", "as above"),
    (Role.RESEARCHER, "organisation-programmes", "research does not grant itself anything"),
    (Role.PROJECT_GROUP, "programme-grant-end", "whoever answers for the organisation decides what leaves it"),
    (Role.BOARD, "people", "a board has no need to know who is a peer worker"),
    (Role.MANAGER, "people", "roles are given by the coordinator"),
    (Role.HR, "people", "the list says who is a client representative or a relative"),
    (Role.TEAM_MEMBER, "people", "colleagues do not read each other's roles from a list"),
    (Role.PEER_WORKER, "people", "nobody reads who else is a peer worker from a list"),
    (Role.CLIENT_REPRESENTATIVE, "people", "as above"),
    (Role.RELATIVE, "people", "as above"),
    (Role.RESEARCHER, "people", "research needs figures, not people"),
    (Role.RESEARCHER, "organisation", "research needs a grant, not a membership"),
    (Role.PEER_WORKER, "people-invite", "roles are given by the coordinator"),
    (Role.MANAGER, "people-role", "roles are given by the coordinator"),
    (Role.BOARD, "organisation-first-look-remove", "a board that dislikes a result cannot remove it"),
    (Role.MANAGER, "organisation-change", "facts are kept by those who steer the work"),
    ("outsider", "record", "organisations stay apart"),
    ("outsider", "record-table", "organisations stay apart"),
    (Role.COORDINATOR, "record-table", "as the page"),
    ("outsider", "organisation-leave", "one leaves only where one is"),
    (Role.COORDINATOR, "record", "it names who did what; an administrator looks into it when something happened"),
    (Role.MANAGER, "record", "a manager does not look over people's shoulders"),
    (Role.BOARD, "record", "as above"),
    (Role.PEER_WORKER, "record", "as above"),
    (Role.RESEARCHER, "record", "research needs figures, not people"),
]


def page_names(patterns=None):
    found = set()
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            found |= page_names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            found.add(pattern.name)
    return found


class House:
    """An organisation with one account for each role, another organisation, and something to see in each."""

    def __init__(self):
        edition = standard()
        answers = {criterion.id: 1 for criterion in first_look.questions(edition, Stage.PREPARING)}
        self.accounts = {
            kind: Account.objects.create_user(f"{kind}@example.org", "a long password", name=kind) for kind in KINDS[1:]
        }
        facts = {"kind": "kind.care", "country": "NL", "stage": Stage.PREPARING}
        self.org = actions.open_organisation(by=self.accounts[Role.ADMIN], name="Noorderhof", **facts)
        self.other = actions.open_organisation(by=self.accounts["outsider"], name="Elsewhere", **facts)
        for role in Role:
            everyone = Membership.objects.across(because="test")
            everyone.filter(account=self.accounts[role]).delete()
            Membership(org=self.org, account=self.accounts[role], role=role).save()
        steward = scope_of(self.accounts[Role.ADMIN])
        given = first_look.Given(edition, Stage.PREPARING, answers)
        self.look = keep_first_look(by=steward, organisation=self.org.pk, given=given, today=TODAY)
        invited = {"organisation": self.org.pk, "email": "someone@example.org", "role": Role.HR}
        self.invitation, self.token = actions.invite(by=steward, **invited, today=TODAY + timedelta(days=3650))
        self.closed = self._agreed_round(steward, edition)
        asked = tuple(f"psw{n}@example.org" for n in range(5))
        alone = rounds.GroupPlan("team", accounts=(self.accounts[Role.TEAM_MEMBER].pk,))
        plan = rounds.RoundPlan("Autumn", Stage.GROWING, (rounds.GroupPlan("psw", asked), alone))
        opened = rounds.open_round(by=steward, organisation=self.org.pk, plan=plan, edition=edition, today=TODAY)
        self.round, self.link = opened.round, opened.letters[0][1]
        self.own = Response.objects.within(steward).get(account=self.accounts[Role.TEAM_MEMBER])
        self.membership = Membership.objects.within(steward).get(role=Role.PEER_WORKER)
        self.query = {key: str(value) for key, value in answers.items()}
        self.team = teams.add_team(by=steward, organisation=self.org.pk, name="North", kind="care")
        self._programme(steward)
        self.welcome = self._welcome(scope_of(self.accounts[Role.COORDINATOR]), edition)
        self.step = self._roadmap(steward, edition)

    def _roadmap(self, steward, edition):
        """A roadmap of one step, which nobody took on yet."""
        new = NewStep("A8.buddy", Facts(title="Name a buddy", project="First weeks"))
        where = {"by": steward, "organisation": self.org.pk, "title": "Roadmap", "edition": edition, "today": TODAY}
        return add_to_roadmap(**where, steps=[new])[0]

    def _programme(self, steward):
        """A programme of someone who is in no organisation, and what Noorderhof lets it see."""
        self.accounts["convener"] = Account.objects.create_user("convener@example.org", name="Convener")
        self.programme = programmes.open_programme(by=self.accounts["convener"], name="Region", purpose="Learning")
        today = timezone.localdate()
        said = {"code": self.programme.code, "purpose": "figures", "until": today + timedelta(days=9), "today": today}
        self.grant = programmes.give_grant(by=steward, organisation=self.org.pk, **said)

    def _welcome(self, coordinator, edition):
        """A welcome in which a team member has a part, and nobody else but those who steer."""
        named = {Welcomer.CONTACT_PERSON: self.accounts[Role.TEAM_MEMBER].pk}
        given = welcome.Welcome(self.team.pk, PSW, TODAY + timedelta(days=60), named)
        facts = {"title": "North", "edition": edition, "language": "en", "today": TODAY}
        plan = welcome.prepare(by=coordinator, organisation=self.org.pk, welcome=given, **facts)
        self.first_day = Step.objects.within(coordinator).get(plan=plan, template="w.first-day")
        return plan

    def _agreed_round(self, steward, edition):
        """A round that was closed, agreed on with evidence and a dissent, and told."""
        plan = rounds.RoundPlan("Spring", Stage.GROWING, (rounds.GroupPlan("psw", printed=5),))
        opened = rounds.open_round(by=steward, organisation=self.org.pk, plan=plan, edition=edition, today=TODAY)
        where = {"organisation": self.org.pk, "round_": opened.round.pk}
        closed = rounds.close_round(by=steward, **where, today=TODAY)
        question = {"by": steward, **where, "criterion": "q.A8.buddy"}
        agreements.agree(**question, step=2, reason="We saw it.", revision=0, today=TODAY)
        psw = scope_of(self.accounts[Role.PEER_WORKER])
        self.dissent = agreements.dissent(**question | {"by": psw}, voice="psw", text="I did not.")
        file = evidence.Given("Guide", "HR", file_name="guide.pdf", content=b"%PDF-1.7")
        self.evidence = evidence.give(**question, given=file)
        self.use = self.evidence.uses.across(because="test").get().pk
        agreements.tell(by=steward, **where, today=TODAY)
        return closed

    def url(self, name):
        closed = {"org": self.org.pk, "round_": self.closed.pk}
        question = closed | {"criterion": "q.A8.buddy"}
        words = {
            "reports": {"org": self.org.pk},
            "report": {"org": self.org.pk, "kind": "board"},
            "report-file": {"org": self.org.pk, "kind": "board", "ending": "docx"},
            "kit-sheet": {"sheet": "role-card"},
            "kit-file": {"sheet": "role-card", "form": "docx"},
            "welcomes": {"org": self.org.pk},
            "welcome-new": {"org": self.org.pk},
            "welcome": {"org": self.org.pk, "plan": self.welcome.pk},
            "welcome-change": {"org": self.org.pk, "plan": self.welcome.pk},
            "welcome-remove": {"org": self.org.pk, "plan": self.welcome.pk},
            "welcome-step": {"org": self.org.pk, "step": self.first_day.pk},
            "organisation-item": {"org": self.org.pk, "item": "A8.buddy"},
            "roadmap": {"org": self.org.pk},
            "roadmap-timeline": {"org": self.org.pk},
            "roadmap-board": {"org": self.org.pk},
            "roadmap-move": {"org": self.org.pk},
            "roadmap-propose": {"org": self.org.pk},
            "step-new": {"org": self.org.pk},
            "step": {"org": self.org.pk, "step": self.step.pk},
            "agreement": closed,
            "agreement-undisputed": closed,
            "round-tell": closed,
            "round-move": closed,
            "round-move-undo": closed,
            "round-confirm": closed,
            "agreement-question": question,
            "agreement-agree": question,
            "dissent": question,
            "dissent-take-back": closed | {"dissent": self.dissent.pk},
            "evidence": {"org": self.org.pk},
            "evidence-give": question,
            "evidence-use": question | {"evidence": self.evidence.pk},
            "evidence-file": {"org": self.org.pk, "evidence": self.evidence.pk},
            "evidence-remove": {"org": self.org.pk, "evidence": self.evidence.pk},
            "evidence-stop": {"org": self.org.pk, "use": self.use},
            "first-look-question": {"stage": Stage.PREPARING, "number": 1},
            "first-look-result": {"stage": Stage.PREPARING},
            "first-look-keep": {"stage": Stage.PREPARING},
            "standard-part": {"item": "A"},
            "standard-item": {"item": "A7.seniority"},
            "organisation": {"org": self.org.pk},
            "organisation-change": {"org": self.org.pk},
            "organisation-first-look": {"org": self.org.pk, "look": self.look.pk},
            "organisation-first-look-remove": {"org": self.org.pk, "look": self.look.pk},
            "people": {"org": self.org.pk},
            "rounds": {"org": self.org.pk},
            "round-new": {"org": self.org.pk},
            "round": {"org": self.org.pk, "round_": self.round.pk},
            "round-close": {"org": self.org.pk, "round_": self.round.pk},
            "round-remind": {"org": self.org.pk, "round_": self.round.pk},
            "round-ask-more": {"org": self.org.pk, "round_": self.round.pk, "group": "psw"},
            "round-paper": {"org": self.org.pk, "round_": self.round.pk, "group": "psw"},
            "answer-begin": {"token": self.link},
            "answer-section": {"number": 1},
            "answer-own": {"response": self.own.pk},
            "answer-own-section": {"response": self.own.pk, "number": 1},
            "answer-own-remove": {"response": self.own.pk},
            "answer-question": {"number": 1},
            "people-invite": {"org": self.org.pk},
            "people-uninvite": {"org": self.org.pk, "invitation": self.invitation.pk},
            "people-role": {"org": self.org.pk, "membership": self.membership.pk},
            "people-import": {"org": self.org.pk},
            "people-import-confirm": {"org": self.org.pk},
            "people-import-template": {"org": self.org.pk},
            "teams": {"org": self.org.pk},
            "team-add": {"org": self.org.pk},
            "team-change": {"org": self.org.pk, "team": self.team.pk},
            "organisation-programmes": {"org": self.org.pk},
            "programme-grant-end": {"org": self.org.pk, "grant": self.grant.pk},
            "programme": {"programme": self.programme.pk},
            "programme-convene": {"token": programmes.link_token(self.programme)},
            "programme-figures": {"programme": self.programme.pk, "grant": self.grant.pk},
            "programme-leave": {"programme": self.programme.pk},
            "invitation": {"token": self.token},
            "record": {"org": self.org.pk},
            "record-table": {"org": self.org.pk},
            "organisation-leave": {"org": self.org.pk},
            "mail-off": {"token": token_of(self.accounts["newcomer"])},
            "account_reset_password_from_key": {"uidb36": "x", "key": "y"},
        }
        return reverse(name, kwargs=words.get(name, {}))

    def enter(self, kind, name, method="get"):
        client = Client()
        if kind != "visitor":
            client.force_login(self.accounts[kind], backend="allauth.account.auth_backends.AuthenticationBackend")
        data = self.query if name.startswith("first-look-") else {}
        return getattr(client, method)(self.url(name), data)


@pytest.fixture
def house(db):
    return House()


def test_every_page_has_a_permission_and_every_permission_a_page():
    assert page_names() == set(DOORS)
    assert set(DOORS.values()) == set(POLICY)


def test_a_page_without_a_permission_is_closed(house, monkeypatch):
    monkeypatch.delitem(DOORS, "standard")
    for kind in KINDS:
        assert house.enter(kind, "standard").status_code == 403


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_follows_the_policy(house, kind):
    roles = {kind} if kind in set(Role) else set()
    for name, door in sorted(DOORS.items(), key=lambda pair: pair[0] in CHANGES):
        method = "post" if name in CHANGES else "get"
        response = house.enter(kind, name, method)
        if allows(door, signed_in=kind != "visitor", roles=roles):
            assert response.status_code in {200, 302, 405, 422} or name in MAY_BE_MISSING, (name, response.status_code)
            assert not response.headers.get("Location", "").startswith("/accounts/login/?next=/o/"), name
        elif kind == "visitor":
            assert response.status_code == 302, name
            assert response.headers["Location"].startswith("/accounts/login/"), name
        else:
            assert response.status_code == (403 if roles else 404), (name, response.status_code)


MAY_BE_MISSING = {
    "welcome",
    "welcome-step",
    "welcome-change",
    "welcome-remove",
    "answer-question",
    "answer-section",
    "answer-sheet",
    "answer-end",
    "answer-own",
    "answer-own-section",
    "answer-own-remove",
    "demo-sign-in",
    "dissent-take-back",
    "evidence-remove",
    "evidence-use",
    "evidence-stop",
    "programme",
    "programme-figures",
    "programme-leave",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
}
"""Pages that can say 404 here: no link opened, no demo, no second factor yet, not one's own, just removed."""


def test_what_one_answers_for_oneself_is_found_by_nobody_else(house):
    for name in ("answer-own", "answer-own-section"):
        assert house.enter(Role.TEAM_MEMBER, name).status_code == 200
        others = set(KINDS[1:]) - {Role.TEAM_MEMBER}
        assert {house.enter(kind, name).status_code for kind in others} == {404}


def test_a_programme_is_seen_by_whoever_convenes_it_and_by_nobody_else(house):
    for name in ("programme", "programme-figures"):
        assert "Noorderhof" in house.enter("convener", name).content.decode()
        assert {house.enter(kind, name).status_code for kind in KINDS[1:]} == {404}
    assert house.enter("convener", "organisation").status_code == 404


@pytest.mark.parametrize(("kind", "name", "why"), NEVER, ids=lambda value: str(value))
def test_what_must_never_be_seen(house, kind, name, why):
    for method in ("get", "post"):
        assert house.enter(kind, name, method).status_code in {302, 403, 404}, why
        assert "/accounts/login/" in house.enter(kind, name, method).headers.get("Location", "/accounts/login/"), why
    assert Membership.objects.across(because="test").filter(pk=house.membership.pk).exists(), why


def test_no_page_names_another_organisation_or_anyone_in_it(house):
    strangers = ("visitor", "newcomer", "outsider")
    hidden = ("Noorderhof", *(f"{role}@example.org" for role in Role), "someone@example.org")
    for kind in strangers:
        for name in set(DOORS) - {"invitation", "answer-begin"}:  # whoever holds the link may read where it leads
            body = house.enter(kind, name).content.decode(errors="replace")
            assert not [word for word in hidden if word in body], (kind, name)


def test_addresses_are_on_no_page_but_the_list_of_people(house):
    for role in Role:
        for name in set(DOORS) - {"people"}:
            body = house.enter(role, name).content.decode(errors="replace")
            others = [f"{other}@example.org" for other in Role if other != role]
            assert not [word for word in others if word in body], (role, name)


def test_a_coordinator_cannot_reach_a_membership_of_another_organisation(house):
    """Being coordinator in one place and relative in another gives no rights in the other."""
    both = house.accounts["outsider"]
    Membership(org=house.org, account=both, role=Role.RELATIVE).save()
    client = Client()
    client.force_login(both, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("people-role", args=[house.other.pk, house.membership.pk])
    assert client.post(url, {"role": Role.ADMIN}).status_code == 404
    assert client.post(url, {"remove": "1"}).status_code == 404
    client.post(reverse("people-uninvite", args=[house.other.pk, house.invitation.pk]))
    client.post(reverse("organisation-first-look-remove", args=[house.other.pk, house.look.pk]))
    scope = scope_of(house.accounts[Role.ADMIN])
    assert Membership.objects.within(scope).get(pk=house.membership.pk).role == Role.PEER_WORKER
    assert house.invitation.__class__.objects.within(scope).filter(pk=house.invitation.pk).exists()
    assert house.look.__class__.objects.within(scope).filter(pk=house.look.pk).exists()
