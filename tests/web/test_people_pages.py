"""Teams, people from a table, programmes: what the pages do, refuse and never say."""

from __future__ import annotations

import csv
import io
import re
import smtplib
from datetime import timedelta
from pathlib import Path
from tempfile import gettempdir

import pytest
import xlsxwriter
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.assessment import agreements, rounds
from alongside.documents.tables import MOST_BYTES
from alongside.people import actions, programmes, teams
from alongside.people.models import Account, Grant, Invitation, Membership, Programme, Team
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.standard.items import Stage
from alongside.web.people_page import A_PAGE
from tests.browser import DESK, PHONE, needs_browser, opened_page, overflows, violations

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HEADER = "e-mail,role,team,kind of team"


def account(name):
    return Account.objects.create_user(f"{name.lower()}@example.org", name=name)


def open_place(by, name="Noorderhof"):
    return actions.open_organisation(by=by, name=name, kind="kind.care", country="NL", stage=Stage.PREPARING)


def as_(someone):
    client = Client()
    client.force_login(someone, backend=BACKEND)
    return client


@pytest.fixture
def mara(db):
    return account("Mara")


@pytest.fixture
def org(mara):
    return open_place(mara)


@pytest.fixture
def client(mara):
    return as_(mara)


@pytest.fixture
def north(mara, org):
    return teams.add_team(by=scope_of(mara), organisation=org.pk, name="North", kind="care")


def words(response):
    return re.sub(r"\s+", " ", response.content.decode())


# Teams


def test_a_team_is_added_changed_and_removed(client, mara, org):
    added = client.post(reverse("team-add", args=[org.pk]), {"name": "North", "kind": "care"})
    assert added.headers["Location"] == reverse("teams", args=[org.pk])
    team = Team.objects.within(scope_of(mara)).get()
    url = reverse("team-change", args=[org.pk, team.pk])
    assert client.post(url, change(team, name="South", kind="department")).status_code == 302
    assert "South" in words(client.get(added.headers["Location"]))
    assert client.post(url, {"remove": "1"}).status_code == 302
    assert not Team.objects.within(scope_of(mara)).exists()


def change(team, **said):
    before = {"name": team.name, "kind": team.kind, "was_name": team.name, "was_kind": team.kind}
    return {f"team-{team.pk}-{field}": value for field, value in {**before, **said}.items()}


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "NORTH"}, {"name": "x" * 81}, {"kind": "gang"}, {"kind": ""}])
def test_a_team_that_cannot_be_is_shown_again_as_it_was_typed(client, org, north, wrong):
    said = {"name": "Other", "kind": "care"} | wrong
    response = client.post(reverse("team-add", args=[org.pk]), said)
    assert response.status_code == 422
    assert response.context["form"]["name"].value() == said["name"]


def test_the_second_of_two_who_change_a_team_sees_both_and_loses_nothing(client, mara, org, north):
    url = reverse("team-change", args=[org.pk, north.pk])
    typed = change(north, name="Northern team")
    teams.change_team(
        by=scope_of(mara), organisation=org.pk, team=north.pk, name="Harbour", kind="care", was=("North", "care")
    )
    response = client.post(url, typed)
    assert response.status_code == 409
    assert "it is now <b>Harbour</b>" in words(response)
    assert 'value="Northern team"' in words(response)
    again = response.context["rows"][0]["form"]
    assert client.post(url, typed | {again.add_prefix("was_name"): again["was_name"].value()}).status_code == 302
    assert Team.objects.within(scope_of(mara)).get().name == "Northern team"


def test_a_team_with_people_in_it_says_why_it_stays(client, mara, org, north):
    Membership.objects.within(scope_of(mara)).create(org=org, account=mara, role=Role.MANAGER, team=north)
    response = client.post(reverse("team-change", args=[org.pk, north.pk]), {"remove": "1"}, follow=True)
    assert "North stays: people have roles in it" in words(response)


def test_a_team_of_elsewhere_is_not_found(client, org):
    eve = account("Eve")
    elsewhere = open_place(eve, "Elsewhere")
    team = teams.add_team(by=scope_of(eve), organisation=elsewhere.pk, name="Theirs", kind="care")
    assert client.post(reverse("team-change", args=[org.pk, team.pk]), change(team, name="Mine")).status_code == 404
    assert client.post(reverse("people-invite", args=[org.pk]), invitation(team=team.pk)).status_code == 422


# Roles in teams


def invitation(**said):
    return {"email": "sam@example.org", "role": Role.PEER_WORKER, **said}


def test_an_invitation_can_name_a_team_and_its_page_tells_the_roles(client, mara, org, north):
    for said in (invitation(team=north.pk), invitation(role=Role.PROJECT_GROUP)):
        assert client.post(reverse("people-invite", args=[org.pk]), said).status_code == 302
    link = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)[1]
    sam = account("Sam")
    page = words(as_(sam).get(link))
    for word in ("Your roles here would be", "peer worker", "project group", "North"):
        assert word in page
    assert as_(sam).post(link).status_code == 302
    assert "peer worker · North" in words(client.get(reverse("people", args=[org.pk])))


def test_a_role_is_moved_into_a_team_and_out_again(client, mara, org, north):
    held = Membership.objects.within(scope_of(mara)).get(role=Role.COORDINATOR)
    url = reverse("people-role", args=[org.pk, held.pk])
    for team in (north, None):
        client.post(url, {"role": Role.COORDINATOR, "team": team.pk if team else ""})
        held.refresh_from_db()
        assert held.team == team


def test_without_teams_nobody_is_asked_for_one(client, org):
    assert 'name="team"' not in words(client.get(reverse("people", args=[org.pk])))


def test_a_long_list_comes_page_by_page_and_can_be_searched(client, mara, org):
    many = [Account(email=f"p{number:03}@example.org", name=f"Person {number:03}") for number in range(A_PAGE + 5)]
    Account.objects.bulk_create([*many, Account(email="zoe@example.org", name="Zoë Łuk")])
    held = Membership.objects.within(scope_of(mara))
    held.bulk_create(
        Membership(org=org, account=one, role=Role.RELATIVE) for one in Account.objects.exclude(pk=mara.pk)
    )
    url = reverse("people", args=[org.pk])
    assert "zoe@example.org" not in words(client.get(url))
    assert "zoe@example.org" in words(client.get(url, {"from": A_PAGE}))
    assert "zoe@example.org" in words(client.get(url, {"q": "ZOE"}))
    assert "zoe@example.org" not in words(client.get(url, {"q": "coordinator"}))
    for wrong in ("-1", "x", "9" * 30, "٣", "999999"):
        assert client.get(url, {"from": wrong}).status_code == 200


# People from a table


def upload(client, org, text="", *, name="people.csv", content=None):
    file = SimpleUploadedFile(name, text.encode() if content is None else content)
    return client.post(reverse("people-import", args=[org.pk]), {"table": file})


def confirm(client, org, response):
    return client.post(reverse("people-import-confirm", args=[org.pk]), {"plan": response.context["plan"]})


def invited(mara):
    return {(one.email, one.role) for one in Invitation.objects.within(scope_of(mara))}


def test_a_table_is_shown_before_anything_happens_and_then_done_whole(client, mara, org):
    shown = upload(
        client, org, f"{HEADER}\nsam@example.org,peer worker,North,care team\nmara@example.org,board,North,\n"
    )
    assert shown.status_code == 200
    for word in ("1 team to add", "1 person to invite", "1 role for someone who is here already", "sam@example.org"):
        assert word in words(shown)
    assert (invited(mara), mail.outbox) == (set(), [])
    assert not Team.objects.within(scope_of(mara)).exists()
    done = confirm(client, org, shown)
    assert "1 invitation on its way" in words(done)
    assert invited(mara) == {("sam@example.org", "peer-worker")}
    assert Membership.objects.within(scope_of(mara)).filter(role=Role.BOARD, team__name="North").exists()
    (letter,) = mail.outbox
    assert letter.to == ["sam@example.org"]
    assert not re.search(r"peer|north|noorderhof", letter.subject, re.IGNORECASE)
    assert not re.search(r"\bpeer|north\b", letter.body, re.IGNORECASE)


def test_someone_with_several_roles_gets_one_mail(client, mara, org):
    shown = upload(client, org, "e-mail,role\nsam@example.org,board\nSAM@example.org,hr\n")
    confirm(client, org, shown)
    assert len(invited(mara)) == 2
    assert len(mail.outbox) == 1


def test_half_a_table_that_is_wrong_changes_nothing_and_every_fault_is_told(client, mara, org):
    response = upload(client, org, f"{HEADER}\nsam@example.org,board,,\nx,king,,\n,,North,gang\n")
    assert response.status_code == 422
    page = words(response)
    for word in (
        "“x” is no e-mail address",
        "“king” is no role here",
        "row 3, column role",
        "row 4, column kind of team",
    ):
        assert word in page
    assert "plan" not in response.context
    assert invited(mara) == set()


def test_what_looks_like_health_data_is_named_and_stands_nowhere(client, org):
    text = "e-mail,role,Diagnosis,Phone\nsam@example.org,board,secret-one,secret-two\n"
    shown = upload(client, org, text)
    page = words(shown)
    assert "This column looks like health data: <b>Diagnosis</b>" in page
    assert "Left alone: Phone" in page
    travels = signing.loads(shown.context["plan"], salt=salt(org, shown), max_age=10)
    for said in (page, str(travels), words(confirm(client, org, shown))):
        assert "secret" not in said


def salt(org, response):
    return f"alongside.import.{org.pk}.{response.context['scope'].account.pk}"


def test_names_are_not_kept_and_the_page_says_so(client, org):
    shown = upload(client, org, "name,e-mail,role\nSamira Boer,sam@example.org,board\n")
    assert "Names are not kept" in words(shown)
    assert "Samira" not in words(shown)
    assert "Samira" not in str(signing.loads(shown.context["plan"], salt=salt(org, shown)))


def test_a_preview_that_is_no_longer_true_is_shown_again(client, mara, org):
    shown = upload(client, org, "e-mail,role\nsam@example.org,board\neve@example.org,hr\n")
    actions.invite(
        by=scope_of(mara), organisation=org.pk, email="sam@example.org", role=Role.BOARD, today=timezone.localdate()
    )
    again = confirm(client, org, shown)
    assert again.status_code == 409
    assert "Meanwhile something has changed" in words(again)
    assert invited(mara) == {("sam@example.org", "board")}
    assert confirm(client, org, again).status_code == 200
    assert invited(mara) == {("sam@example.org", "board"), ("eve@example.org", "hr")}
    assert [letter.to for letter in mail.outbox] == [["eve@example.org"]]


def test_a_yes_that_is_sent_twice_does_it_once(client, mara, org):
    shown = upload(client, org, "e-mail,role\nsam@example.org,board\n")
    assert confirm(client, org, shown).status_code == 200
    assert confirm(client, org, shown).status_code == 409
    assert len(mail.outbox) == len(invited(mara)) == 1


def test_a_team_that_went_away_meanwhile_is_asked_for(client, mara, org, north):
    shown = upload(client, org, "e-mail,role,team\nsam@example.org,board,North\n")
    teams.remove_team(by=scope_of(mara), organisation=org.pk, team=north.pk, today=timezone.localdate())
    refused = confirm(client, org, shown)
    assert refused.status_code == 422
    assert "“North” is a new team: say in one row" in words(refused)


def test_a_plan_is_of_use_to_whoever_made_it_there_and_for_an_hour(client, mara, org, monkeypatch):
    shown = upload(client, org, "e-mail,role\nsam@example.org,board\n")
    other = open_place(mara, "Other")
    eve = account("Eve")
    Membership.objects.within(scope_of(mara)).create(org=org, account=eve, role=Role.COORDINATOR)
    assert confirm(client, other, shown).status_code == 422
    assert confirm(as_(eve), org, shown).status_code == 422
    plan = {"plan": f"{shown.context['plan']}x"}
    assert client.post(reverse("people-import-confirm", args=[org.pk]), plan).status_code == 422
    assert client.post(reverse("people-import-confirm", args=[org.pk])).status_code == 422
    later = signing.time.time() + 3700
    monkeypatch.setattr(signing.time, "time", lambda: later)
    late = confirm(client, org, shown)
    assert "more than an hour old" in words(late)
    assert invited(mara) == set()


def workbook(*rows, formula=None):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        if formula:
            sheet.write_formula(*formula)
    return content.getvalue()


def test_a_workbook_is_read_too(client, org):
    content = workbook(["Rolle", "E-Mail-Adresse"], ["Projektgruppe", "sam@example.org"])
    assert "1 person to invite" in words(upload(client, org, name="people.xlsx", content=content))


def test_a_formula_in_a_workbook_is_refused_with_its_place(client, org):
    content = workbook(["name", "e-mail", "role"], ["", "a@b.org", "board"], formula=(1, 0, "=1+1"))
    response = upload(client, org, name="people.xlsx", content=content)
    assert response.status_code == 422
    assert "A formula stands here" in words(response)
    assert "row 2, column A" in words(response)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("people.xlsx", b"MZ\x90\x00 this program cannot be run", "Is broken or no XLSX workbook"),
        ("people.exe", b"MZ", "This kind of file is not taken"),
        ("people", b"e-mail,role", "This kind of file is not taken"),
        ("people.csv", b"", "This file is empty"),
        ("people.csv", b"e-mail,role\n", "no answers in it"),
        ("people.csv", b"e-mail,role\n\xff\xfe\xfd", "Cannot be read as text"),
        ("people.csv", b"phone,role\n1,board\n", "No column holds e-mail addresses"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(client, org, name, content, said):
    response = upload(client, org, name=name, content=content)
    assert response.status_code == 422
    assert said in words(response)


def test_a_file_that_is_too_large_is_refused(client, org, settings):
    response = upload(client, org, content=b"x" * (MOST_BYTES + 1))
    assert response.status_code == 422
    assert "larger than 20 MB" in words(response)
    settings.MOST_UPLOAD = 1_000_000
    response = upload(client, org, content=b"x" * 1_000_000)
    assert response.status_code == 413
    assert "At most 1 MB" in words(response)


def test_what_is_too_large_is_refused_before_it_is_read(client, org):
    class Endless(io.RawIOBase):
        def read(self, *_):
            raise AssertionError("nobody should read this")

        readline = read

    for url in (reverse("people-import", args=[org.pk]), "/nowhere/"):
        response = client.generic("POST", url, CONTENT_LENGTH="200000000", **{"wsgi.input": Endless()})
        assert response.status_code == 413


def test_nothing_of_a_file_stays_on_the_disk(client, org, monkeypatch, tmp_path):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert Path(gettempdir()) == tmp_path
    upload(client, org, f"{HEADER}\nsam@example.org,board,,\n")
    upload(client, org, name="people.xlsx", content=b"broken")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_workbook_is_there_to_fill_in(client, org):
    response = client.get(reverse("people-import-template", args=[org.pk]))
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    again = upload(client, org, name="people.xlsx", content=response.content)
    assert "There is nobody in the table" in words(again)


class Server:
    """A mail server that takes no mail for one address."""

    def __init__(self, *, refuses):
        self.refuses = refuses

    def open(self):
        if self.refuses == "all":
            raise ConnectionRefusedError

    def close(self):
        pass

    def send_messages(self, letters):
        if self.refuses in letters[0].to:
            raise smtplib.SMTPRecipientsRefused({})
        return 1


@pytest.mark.parametrize(("refuses", "failed"), [("sam@example.org", 1), ("all", 2)])
def test_mails_that_could_not_be_sent_are_named(client, mara, org, monkeypatch, refuses, failed):
    monkeypatch.setattr("alongside.web.invitations.get_connection", lambda: Server(refuses=refuses))
    response = confirm(client, org, upload(client, org, "e-mail,role\nsam@example.org,hr\neve@example.org,hr\n"))
    assert len(response.context["failed"]) == failed
    assert "sam@example.org" in words(response)
    assert len(invited(mara)) == 2


def test_more_mails_than_one_account_may_cause_are_refused_before_anything_happens(client, mara, org, settings):
    settings.MAILS_A_DAY = 1
    refused = upload(client, org, "e-mail,role\nsam@example.org,hr\neve@example.org,hr\n")
    assert refused.status_code == 422
    assert "plan" not in refused.context
    assert upload(client, org, "e-mail,role\nsam@example.org,hr\nsam@example.org,board\n").status_code == 200


def table(number):
    content = io.StringIO()
    rows = csv.writer(content)
    rows.writerow(HEADER.split(","))
    rows.writerows([f"p{one}@example.org", "team member", f"T{one % 7}", "care"] for one in range(number))
    return content.getvalue()


def test_a_preview_takes_as_many_queries_for_three_hundred_rows_as_for_three(
    client, org, django_assert_max_num_queries
):
    counts = []
    for number in (3, 300):
        with django_assert_max_num_queries(12) as captured:
            assert upload(client, org, table(number)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_five_thousand_rows_are_brought_in(client, mara, org):
    shown = upload(client, org, table(5000))
    assert "5000 people to invite" in words(shown)
    assert len(shown.context["plan"]) < 500_000
    done = confirm(client, org, shown)
    assert done.context["sent"] == len(mail.outbox) == 5000
    assert client.get(reverse("people", args=[org.pk])).status_code == 200


# Programmes


@pytest.fixture
def ria(db):
    return account("Ria")


@pytest.fixture
def region(ria):
    return programmes.open_programme(by=ria, name="Region North", purpose="Help each other")


def grant(mara, org, region, purpose=Grant.Purpose.STANDING, days=30):
    today = timezone.localdate()
    return programmes.give_grant(
        by=scope_of(mara),
        organisation=org.pk,
        code=region.code,
        purpose=purpose,
        until=today + timedelta(days),
        today=today,
    )


def agree(mara, org, edition, criterion="q.A8.buddy"):
    """A closed round in which peer workers said 1, and the project group agreed on 2."""
    today = timezone.localdate()
    groups = (rounds.GroupPlan("psw", printed=6),)
    plan = rounds.RoundPlan("Secret title of ours", Stage.GROWING, groups)
    opened = rounds.open_round(by=scope_of(mara), organisation=org.pk, plan=plan, edition=edition, today=today)
    for code in opened.codes["psw"]:
        response = rounds.find_response(token=code)
        said = {one.id: 1 for one in rounds.asked_of(edition, response.group)}
        rounds.save_answers(response=response.pk, answers=said, revision=0)
    rounds.close_round(by=scope_of(mara), organisation=org.pk, round_=opened.round.pk, today=today)
    about = {"organisation": org.pk, "round_": opened.round.pk, "criterion": criterion}
    agreements.agree(by=scope_of(mara), step=2, reason="Our own reason", revision=0, today=today, **about)
    agreements.dissent(by=scope_of(mara), voice="project-group", text="I see it otherwise", **about)


def test_a_programme_is_opened_found_by_its_code_and_granted(mara, org, ria):
    opened = as_(ria).post(reverse("programmes"), {"name": "Region", "purpose": "Help each other"})
    code = re.search(r"<code>([A-Z0-9-]+)</code>", words(as_(ria).get(opened.headers["Location"])))[1]
    url = reverse("organisation-programmes", args=[org.pk])
    page = words(as_(mara).get(url, {"code": code.lower()}))
    for word in ("Region", "Help each other", "Ria"):
        assert word in page
    assert "ria@example.org" not in page
    until = timezone.localdate() + timedelta(days=300)
    said = {"code": code, "purpose": "standing", "until": until.isoformat()}
    assert as_(mara).post(url, said).status_code == 302
    assert "Noorderhof" in words(as_(ria).get(opened.headers["Location"]))


def test_a_code_that_is_none_says_so_and_grants_nothing(client, mara, org):
    url = reverse("organisation-programmes", args=[org.pk])
    assert "There is no programme with this code" in words(client.get(url, {"code": "ABCD"}))
    said = {"code": "ABCD", "purpose": "standing", "until": timezone.localdate().isoformat()}
    assert client.post(url, said).status_code == 422
    assert not Grant.objects.within(scope_of(mara)).exists()


@pytest.mark.parametrize(
    "wrong", [{"until": ""}, {"until": "2020-01-01"}, {"until": "2999-01-01"}, {"purpose": "people"}, {"purpose": ""}]
)
def test_a_grant_that_cannot_be_is_shown_again(client, mara, org, region, wrong):
    said = {"code": region.code, "purpose": "standing", "until": timezone.localdate().isoformat()} | wrong
    response = client.post(reverse("organisation-programmes", args=[org.pk]), said)
    assert response.status_code == 422
    assert "Region North" in words(response)
    assert not Grant.objects.within(scope_of(mara)).exists()


def test_a_programme_sees_squares_and_never_reasons_dissents_or_people(mara, org, ria, region, edition):
    agree(mara, org, edition)
    given = grant(mara, org, region)
    page = as_(ria).get(reverse("programme", args=[region.pk]))
    (place,) = page.context["places"]
    assert (place.counts[2], sum(place.counts)) == (1, 1)
    for word in ("Our own reason", "I see it otherwise", "mara@example.org", "Mara", "Secret title"):
        assert word not in words(page)
    assert as_(ria).get(reverse("programme-figures", args=[region.pk, given.pk])).status_code == 404


def test_the_published_figures_are_there_where_they_were_granted(mara, org, ria, region, edition):
    agree(mara, org, edition)
    given = grant(mara, org, region, Grant.Purpose.FIGURES)
    page = words(as_(ria).get(reverse("programme-figures", args=[region.pk, given.pk])))
    assert edition.words().criteria["q.A8.buddy"].question in page
    for word in ("Our own reason", "I see it otherwise", "mara@example.org", "Mara"):
        assert word not in page


def test_what_people_said_is_no_agreed_step(mara, org, ria, region, edition):
    agree(mara, org, edition)
    for row in agreements.Agreement.objects.within(scope_of(mara)):
        row.delete()
    grant(mara, org, region)
    (place,) = as_(ria).get(reverse("programme", args=[region.pk])).context["places"]
    assert (place.groups, place.figures) == ((), False)


def test_an_ended_grant_shows_nothing_at_once(mara, org, ria, region, edition):
    agree(mara, org, edition)
    given = grant(mara, org, region, Grant.Purpose.FIGURES)
    figures = reverse("programme-figures", args=[region.pk, given.pk])
    assert as_(ria).get(figures).status_code == 200
    ended = as_(mara).post(reverse("programme-grant-end", args=[org.pk, given.pk]), follow=True)
    assert "the programme sees nothing of you any more" in words(ended)
    assert "Noorderhof" not in words(as_(ria).get(reverse("programme", args=[region.pk])))
    assert as_(ria).get(figures).status_code == 404


def test_a_grant_that_has_run_out_shows_nothing(mara, org, ria, region, edition):
    agree(mara, org, edition)
    given = grant(mara, org, region, Grant.Purpose.FIGURES)
    Grant.objects.within(scope_of(mara)).update(until=timezone.localdate() - timedelta(days=1))
    assert "Noorderhof" not in words(as_(ria).get(reverse("programme", args=[region.pk])))
    assert as_(ria).get(reverse("programme-figures", args=[region.pk, given.pk])).status_code == 404
    assert "Region North" not in words(as_(mara).get(reverse("organisation-programmes", args=[org.pk])))


def test_whoever_does_not_convene_a_programme_does_not_find_it(mara, org, ria, region):
    given = grant(mara, org, region, Grant.Purpose.FIGURES)
    researcher = account("Rob")
    Membership.objects.within(scope_of(mara)).create(org=org, account=researcher, role=Role.RESEARCHER)
    for other in (mara, researcher, account("Eve")):
        assert as_(other).get(reverse("programme", args=[region.pk])).status_code == 404
        assert as_(other).get(reverse("programme-figures", args=[region.pk, given.pk])).status_code == 404
        assert as_(other).post(reverse("programme-leave", args=[region.pk])).status_code == 404
        assert "Region North" not in words(as_(other).get(reverse("programmes")))


def test_a_convener_does_not_enter_the_organisations(mara, org, ria, region):
    grant(mara, org, region, Grant.Purpose.FIGURES)
    for name in ("organisation", "people", "teams", "rounds", "organisation-programmes"):
        assert as_(ria).get(reverse(name, args=[org.pk])).status_code == 404, name


def test_the_figures_of_one_programme_are_not_reached_through_another(mara, org, ria, region):
    given = grant(mara, org, region, Grant.Purpose.FIGURES)
    other = programmes.open_programme(by=ria, name="Other", purpose="x")
    assert as_(ria).get(reverse("programme-figures", args=[other.pk, given.pk])).status_code == 404


def test_a_link_to_convene_changes_nothing_until_someone_says_yes(mara, org, ria, region):
    page = as_(ria).get(reverse("programme", args=[region.pk]))
    link = re.search(r"http://testserver(/programmes/convene/[^\"]+)", page.content.decode())[1]
    ben = account("Ben")
    assert "Region North" in words(as_(ben).get(link))
    assert as_(ben).get(reverse("programme", args=[region.pk])).status_code == 404
    assert Client().get(link).headers["Location"].startswith("/accounts/login/")
    assert as_(ben).post(link).headers["Location"] == reverse("programme", args=[region.pk])
    assert as_(ben).get(reverse("programme", args=[region.pk])).status_code == 200
    grant(mara, org, region)
    assert "Ben" in words(as_(mara).get(reverse("organisation-programmes", args=[org.pk])))
    assert as_(ben).get(reverse("programme-convene", args=["unknown"])).status_code == 404
    assert as_(ben).post(reverse("programme-leave", args=[region.pk])).status_code == 302
    assert list(Programme.objects.get().people.all()) == [ria]


def test_lists_take_the_same_queries_for_one_and_for_three(mara, ria, region, edition, django_assert_max_num_queries):
    places, counts = [open_place(mara, f"Place {number}") for number in range(3)], []
    for number, place in enumerate(places):
        agree(mara, place, edition)
        grant(mara, place, region, Grant.Purpose.FIGURES)
        grant(mara, places[0], programmes.open_programme(by=ria, name=f"P {number}", purpose="x"))
        teams.add_team(by=scope_of(mara), organisation=places[0].pk, name=f"T {number}", kind="care")
        if number in {0, 2}:
            counts.append(
                [
                    queries_of(who, url, django_assert_max_num_queries)
                    for who, url in pages(mara, ria, places[0], region)
                ]
            )
    assert counts[0] == counts[1]


def pages(mara, ria, org, region):
    own = [reverse(name, args=[org.pk]) for name in ("teams", "people", "people-import", "organisation-programmes")]
    return [
        *((mara, url) for url in own),
        (ria, reverse("programmes")),
        (ria, reverse("programme", args=[region.pk])),
    ]


def queries_of(who, url, django_assert_max_num_queries):
    client = as_(who)
    with django_assert_max_num_queries(12) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


# In a browser


@needs_browser
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "dark"), (DESK, "light")])
def test_everyone_can_bring_in_a_table_and_read_every_page_on_the_way(
    transactional_db, live_server, browser, tmp_path, size, scheme
):
    mara = Account.objects.create_user("mara@example.org", "a long password", name="Mara")
    EmailAddress.objects.create(user=mara, email=mara.email, verified=True, primary=True)
    org = open_place(mara)
    right, wrong = tmp_path / "right.csv", tmp_path / "wrong.csv"
    right.write_text(f"{HEADER},Diagnosis\nsam@example.org,peer worker,North,care team,\nmara@example.org,board,,,\n")
    wrong.write_text(f"{HEADER}\nx,king,North,gang\n")
    with opened_page(browser, live_server.url, size, color_scheme=scheme) as page:
        page.goto(f"/accounts/login/?next={reverse('people-import', args=[org.pk])}")
        page.fill("input[name=login]", mara.email)
        page.fill("input[name=password]", "a long password")
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/import/")
        for table, heading in ((wrong, "People from a table"), (right, "What would change")):
            page.set_input_files("input[type=file]", table)
            page.get_by_role("button", name="Show what would change").click()
            page.get_by_role("heading", level=1, name=heading).wait_for()
            assert (violations(page), overflows(page)) == ([], False), heading
        page.get_by_role("button", name="Do all of this").click()
        page.get_by_role("heading", level=1, name="Done").wait_for()
        assert (violations(page), overflows(page)) == ([], False)
        page.get_by_role("link", name="To the people").click()
        page.get_by_text("sam@example.org").first.wait_for()
    assert invited(mara) == {("sam@example.org", "peer-worker")}


@needs_browser
def test_it_works_without_javascript(transactional_db, live_server, browser, tmp_path):
    mara = account("Mara")
    org = open_place(mara)
    client = as_(mara)
    table = tmp_path / "people.csv"
    table.write_text("e-mail,role\nsam@example.org,board\n")
    with opened_page(browser, live_server.url, PHONE, java_script_enabled=False) as page:
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])
        page.goto(reverse("people-import", args=[org.pk]))
        page.set_input_files("input[type=file]", table)
        page.get_by_role("button", name="Show what would change").click()
        page.get_by_role("button", name="Do all of this").click()
        page.get_by_role("heading", level=1, name="Done").wait_for()
    assert invited(mara) == {("sam@example.org", "board")}
