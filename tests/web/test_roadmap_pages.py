"""The roadmap's pages: list, timeline, board, proposals, a step; with two people at once, and with a browser."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from alongside.assessment import editions
from alongside.assessment.models import Round
from alongside.people.models import Account, Event, Organisation
from alongside.planning import actions, queries
from alongside.planning.models import Plan, Step
from alongside.standard.items import Stage
from tests.browser import DESK, PHONE, needs_browser, opened_page, overflows, violations
from tests.planning.conftest import adder, make_place, step
from tests.web.test_pages import BACKEND

S = Step.State
DAY = timedelta(days=1)
NAMES = ("roadmap", "roadmap-timeline", "roadmap-board", "roadmap-propose", "step-new")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def place(db):
    return make_place()


@pytest.fixture
def add(place, edition):
    """Puts steps on a roadmap that begins this month."""
    return partial(adder(place, edition), today=timezone.localdate())


def as_(scope):
    client = Client()
    client.force_login(scope.account, backend=BACKEND)
    return client


def url(place, name, *args):
    return reverse(name, args=[place.org.pk, *args])


def body(response, status=200):
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def page_of(place, name, *args, who=None, query=""):
    return body(as_(who or place.mara).get(url(place, name, *args) + query)).split("</header>", 1)[1]


def move(place, found, state, by=None):
    return actions.move_step(
        by=by or place.mara, organisation=place.org.pk, step=found.pk, state=state, today=timezone.localdate()
    )


def filled(found, **changes):
    """What the step's form sends when nothing was changed, and the changes."""
    return {
        "revision": found.revision,
        "title": found.title,
        "state": found.state,
        "assignee": found.assignee_id or "",
        "starts_on": found.starts_on or "",
        "due": found.due or "",
        "hours": found.minutes // 60 or "",
        "money": found.cents // 100 or "",
        "year": found.project.year,
        "project": found.project.title,
        "notes": found.notes,
    } | changes


# The list


def test_without_a_roadmap_the_page_says_how_it_begins(place):
    for name in ("roadmap", "roadmap-timeline", "roadmap-board"):
        assert "There is no roadmap yet" in page_of(place, name)
        assert reverse("roadmap-propose", args=[place.org.pk]) in page_of(place, name)
        assert reverse("roadmap-propose", args=[place.org.pk]) not in page_of(place, name, who=place.tom)


def test_what_is_being_done_stands_first_and_then_this_year(place, add, today):
    made = add(step("Planned"), step("In hand"), step("Later", year=2))
    move(place, made[1], S.DOING)
    text = page_of(place, "roadmap")
    assert text.index("Being done now") < text.index("In hand") < text.index("Planned")
    assert text.count("In hand") == 1
    assert "Later" not in text
    assert "Show the steps of year 2" in text
    assert "Later" in page_of(place, "roadmap", query="?show=all")


def test_what_is_open_from_an_earlier_year_is_not_forgotten(place, add):
    old, done = add(step("Left open"), step("Long done"))
    move(place, done, S.DONE)
    Plan.objects.within(place.mara).update(starts_on=date(timezone.localdate().year - 2, 1, 1))
    text = page_of(place, "roadmap")
    assert "Left open" in text
    assert "Long done" not in text
    assert "Show all steps of year 1" in text
    assert old.title in text


def test_a_row_says_who_when_and_what_it_takes(place, add, today):
    add(step("Name <b>a</b> buddy", assignee=place.sam.account.pk, due=today + DAY, minutes=90, cents=120_050))
    text = page_of(place, "roadmap")
    row = re.search(r"<li><div><a class=\"strong\".*?</li>", text)[0]
    for word in ("Name &lt;b&gt;a&lt;/b&gt; buddy", "A8.buddy", "sam", "1.5 hours", "€\u00a01,200.50", "by "):
        assert word in row
    assert "@example.org" not in text
    assert "late" not in row


def test_what_should_be_done_and_is_not_is_marked(place, add, today):
    late, done = add(step("Late", due=today - DAY), step("Done", due=today - DAY))
    move(place, done, S.DONE)
    text = page_of(place, "roadmap")
    assert text.count("chip-warm") == 1
    assert late.title in text


def test_a_name_that_was_never_given_is_not_replaced_by_an_address(place, add):
    (found,) = add(step(assignee=place.sam.account.pk))
    Account.objects.filter(pk=place.sam.account.pk).update(name="")
    for name, args in (("roadmap", ()), ("roadmap-board", ()), ("roadmap-timeline", ()), ("step", (found.pk,))):
        for who in (place.mara, place.tom):
            text = page_of(place, name, *args, who=who)
            assert "sam@" not in text
    assert "someone without a name" in page_of(place, "roadmap")


def test_more_than_five_at_once_is_said_calmly_and_blocks_nothing(place, add):
    made = add(*(step(str(number)) for number in range(7)))
    for one in made[:5]:
        move(place, one, S.DOING)
    assert "are being done at once" not in page_of(place, "roadmap")
    move(place, made[5], S.DOING)
    assert "6 steps are being done at once" in page_of(place, "roadmap")
    assert "C.start-small" in page_of(place, "roadmap")
    assert move(place, made[6], S.DOING).state == S.DOING


def test_the_list_can_be_narrowed(place, add):
    made = add(step("Of Tom", assignee=place.tom.account.pk, year=3), step("Finished"), step("Aside"), step("Other"))
    move(place, made[1], S.DONE)
    move(place, made[2], S.DROPPED)
    titles = [one.title for one in made]

    def shown(query):
        text = page_of(place, "roadmap", who=place.tom, query=query)
        return [title for title in titles if f">{title}</a>" in text]

    assert shown("?show=mine") == ["Of Tom"]
    assert shown("?show=done") == ["Finished"]
    assert shown("?show=aside") == ["Aside"]
    assert shown("?show=all") == ["Of Tom", "Finished", "Other"]
    assert shown("") == shown("?show=nonsense") == ["Finished", "Other"]


def test_a_year_tells_what_all_its_steps_take_whatever_is_shown(place, add):
    made = add(step("1", minutes=600, cents=100_000), step("2", minutes=30), step("3", year=2, minutes=6000), step("4"))
    move(place, made[0], S.DONE)
    move(place, made[3], S.DROPPED)
    for query in ("", "?show=all"):
        text = page_of(place, "roadmap", query=query)
        assert "2 steps · 1 done · 10.5 hours · €\u00a01,000" in text
        assert "1 step · 100 hours" in text
        assert ">110.5</td>" in text


def test_a_step_done_asks_again_about_its_item(place, add, edition, today):
    (found,) = add(step())
    move(place, found, S.DONE)
    for name, args in (("roadmap", ()), ("step", (found.pk,))):
        assert reverse("round-new", args=[place.org.pk]) in page_of(place, name, *args)
        text = page_of(place, name, *args, who=place.tom)
        assert "ask again about it in the next round" in text
        assert reverse("round-new", args=[place.org.pk]) not in text
    facts = {"edition": editions.keep(edition), "instrument": "readiness", "title": "x", "stage": Stage.GROWING}
    Round(org=place.org, state="closed", opened_on=today, closed_on=today + DAY, **facts).save()
    for name, args in (("roadmap", ()), ("step", (found.pk,))):
        assert "ask again" not in page_of(place, name, *args)


def test_a_plan_of_ones_own_is_on_nobody_elses_page(place, edition, add):
    plan = actions.open_plan(
        by=place.sam,
        organisation=place.org.pk,
        kind=Plan.Kind.ROADMAP,
        title="Coming back",
        edition=edition,
        starts_on=timezone.localdate(),
        audience=Plan.Audience.OWNER,
        owner=place.sam.account.pk,
    )
    facts = {"organisation": place.org.pk, "plan": plan.pk, "edition": edition}
    (own,) = actions.add_steps(by=place.sam, steps=[step("Fewer hours at first")], **facts)
    assert "Fewer hours" in page_of(place, "step", own.pk, who=place.sam)
    for who in (place.mara, place.jonas, place.tom, place.board):
        assert as_(who).get(url(place, "step", own.pk)).status_code == 404
        assert as_(who).post(url(place, "step", own.pk), filled(own)).status_code == 404
        assert as_(who).post(url(place, "roadmap-move"), {"move": f"{own.pk} done 1"}).status_code == 404
        for name in ("roadmap", "roadmap-timeline", "roadmap-board"):
            assert "Fewer hours" not in page_of(place, name, who=who)
            assert "Coming back" not in page_of(place, name, who=who)
        assert "Fewer hours" not in body(as_(who).get("/"))
    assert queries.steps(place.sam).get().state == S.PLANNED


# The timeline and the board


def test_the_timeline_shows_one_year_and_its_table(place, add, today):
    add(step("Soon", starts_on=today, due=today + 20 * DAY), step("In two years", due=today + 700 * DAY), step("Open"))
    text = page_of(place, "roadmap-timeline")
    assert text.count(">Soon<") == 2  # in the picture and in its table
    assert "In two years" not in text
    assert "1 step has no date yet" in text
    assert ">In two years<" in page_of(place, "roadmap-timeline", query="?year=2")
    for odd in ("?year=99", "?year=x", "?year=-1", "?year=٣"):
        assert ">Soon<" in page_of(place, "roadmap-timeline", query=odd)


def test_a_card_moves_with_a_button(place, add):
    (found,) = add(step())
    client = as_(place.jonas)
    button = re.search(r'name="move" value="([^"]+)">Begin', page_of(place, "roadmap-board"))[1]
    answer = client.post(url(place, "roadmap-move"), {"move": button, "back": "roadmap-board"})
    assert answer.headers["Location"] == url(place, "roadmap-board")
    assert queries.steps(place.mara).get().state == S.DOING
    assert found.title in page_of(place, "roadmap-board").split('data-state="doing"')[1]


def test_a_card_that_someone_else_moved_stays_where_they_put_it(place, add):
    (found,) = add(step())
    move(place, found, S.DONE)
    answer = as_(place.jonas).post(url(place, "roadmap-move"), {"move": f"{found.pk} doing 1"}, follow=True)
    assert "Someone else changed this step" in body(answer)
    assert queries.steps(place.mara).get().state == S.DONE


@pytest.mark.parametrize("wrong", ["", "x", "a b c", "{} flying 1", "{} done x", "{} done", "{} done 99999999999"])
def test_a_move_that_says_nothing_moves_nothing(place, add, wrong):
    (found,) = add(step())
    answer = as_(place.mara).post(url(place, "roadmap-move"), {"move": wrong.format(found.pk)}, follow=True)
    assert "did not say which step" in body(answer)
    assert queries.steps(place.mara).get().revision == 1


def test_nobody_is_sent_anywhere_but_to_a_view_of_the_roadmap(place, add):
    (found,) = add(step())
    sent = {"move": f"{found.pk} doing 1", "back": "https://example.com/"}
    assert as_(place.mara).post(url(place, "roadmap-move"), sent).headers["Location"] == url(place, "roadmap")


def test_only_ones_own_card_has_buttons_and_only_it_moves(place, add):
    mine, other = add(step("Mine", assignee=place.tom.account.pk), step("Other"))
    text = page_of(place, "roadmap-board", who=place.tom)
    assert str(mine.pk) in " ".join(re.findall(r'name="move" value="([^"]+)"', text))
    assert str(other.pk) not in " ".join(re.findall(r'name="move" value="([^"]+)"', text))
    client = as_(place.tom)
    assert client.post(url(place, "roadmap-move"), {"move": f"{other.pk} done 1"}).status_code == 403
    assert client.post(url(place, "roadmap-move"), {"move": f"{mine.pk} done 1"}).status_code == 302
    assert {one.title: one.state for one in queries.steps(place.mara)} == {"Mine": "done", "Other": "planned"}


# Proposals


def ticked(text):
    return re.findall(r'name="steps" value="([^"]+)"[^>]* checked', text)


def once_of(text):
    return re.search(r'name="once" value="([^"]+)"', text)[1]


def test_the_first_five_are_ticked_and_become_the_roadmap_once(place):
    text = page_of(place, "roadmap-propose")
    assert len(ticked(text)) == 5
    client, sent = as_(place.jonas), {"steps": ticked(text), "once": once_of(text)}
    assert "5 steps are on the roadmap now" in body(client.post(url(place, "roadmap-propose"), sent, follow=True))
    assert "no longer proposed" in body(client.post(url(place, "roadmap-propose"), sent), 422)
    assert Step.objects.within(place.mara).count() == 5
    year = timezone.localdate().year
    assert queries.roadmap(place.mara, place.org.pk).title == f"Roadmap {year}–{year + 2}"
    assert not set(ticked(page_of(place, "roadmap-propose"))) & set(sent["steps"])


def test_a_proposal_says_why_what_it_takes_and_how_it_is_done(place, edition):
    text = page_of(place, "roadmap-propose")
    template = edition.steps[ticked(text)[0]]
    words = edition.words().steps[template.id]
    one = text.split(f'value="{template.id}"')[1].split("</details></li>")[0]
    for part in (template.item, f"{template.weeks} week", "Nobody has said yet how it stands."):
        assert part in one
    assert escape(words.done) in one


def test_nothing_ticked_and_something_unknown_are_said_and_add_nothing(place):
    client = as_(place.mara)
    assert "Nothing is ticked" in body(client.post(url(place, "roadmap-propose"), {}), 422)
    kept = ticked(page_of(place, "roadmap-propose"))[1]
    text = body(client.post(url(place, "roadmap-propose"), {"steps": [kept, "s.unknown"]}), 422)
    assert ticked(text) == [kept]
    assert not Plan.objects.within(place.mara).exists()


# A step


def test_a_step_says_what_the_standard_says_and_how_to_go_about_it(place):
    client = as_(place.mara)
    client.post(url(place, "roadmap-propose"), {"steps": ticked(page_of(place, "roadmap-propose"))})
    found = queries.steps(place.mara).first()
    text = page_of(place, "step", found.pk)
    assert f'href="{reverse("standard-item", args=[found.item])}"' in text
    assert "One sees that it is done:" in text
    assert "How to go about it" in text


def test_everything_of_a_step_can_be_changed(place, add, today):
    (found,) = add(step())
    changes = {
        "title": "Name two buddies", "state": "doing", "assignee": place.sam.account.pk, "starts_on": today,
        "due": today + DAY, "hours": "7,5", "money": "1.200,50", "year": "2", "project": "Later",
        "notes": "First line\r\nsecond line",
    }  # fmt: skip
    answer = as_(place.mara).post(url(place, "step", found.pk), filled(found, **changes))
    assert answer.status_code == 302
    now = queries.steps(place.mara).get()
    assert (now.title, now.state, now.assignee) == ("Name two buddies", S.DOING, place.sam.account)
    assert (now.starts_on, now.due, now.minutes, now.cents) == (today, today + DAY, 450, 120_050)
    assert (now.project.title, now.project.year, now.notes) == ("Later", 2, "First line\nsecond line")
    fields = ["assignee", "cents", "due", "minutes", "notes", "project", "starts_on", "state", "title", "year"]
    assert Event.objects.within(place.mara).filter(action="step.change").get().fields == fields


def test_opening_and_saving_a_step_changes_nothing(place, add, today):
    """What the form shows is what is kept, down to the cent and the minute."""
    (found,) = add(
        step(minutes=50, cents=120_099, starts_on=today, due=today, notes="a\nb", assignee=place.sam.account.pk)
    )
    text = page_of(place, "step", found.pk)
    values = dict(re.findall(r'<input [^>]*name="(\w+)"[^>]*value="([^"]*)"', text))
    values |= dict(re.findall(r'<input [^>]*name="(\w+)" value="([^"]*)"', text))
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', text, re.DOTALL):
        values[name] = re.search(r'value="([^"]*)" selected', options)[1]
    values["notes"] = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", text, re.DOTALL)[1].replace("\n", "\r\n")
    assert as_(place.mara).post(url(place, "step", found.pk), values).status_code == 302
    assert queries.steps(place.mara).get().revision == 1


WRONG = [
    ({"title": "x" * 5000}, "too long"),
    ({"title": ""}, "This field is required"),
    ({"hours": "ten thousand"}, "Please write a number"),
    ({"hours": "10001"}, "more than a step can take"),
    ({"hours": "-1"}, "less than nothing"),
    ({"money": "-5"}, "less than nothing"),
    ({"money": "1e99"}, "Please write a number"),
    ({"starts_on": "2027-02-02", "due": "2027-02-01"}, "cannot be done before it begins"),
    ({"due": "0001-01-01"}, "Is the year right?"),
    ({"due": "tomorrow"}, "Enter a valid date"),
    ({"notes": "x" * 4001}, "too long"),
    ({"project": "x" * 101}, "too long"),
    ({"year": "77"}, "Select a valid choice"),
    ({"state": "flying"}, "Select a valid choice"),
    ({"assignee": "77"}, "Select a valid choice"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG, ids=lambda value: str(value)[:30])
def test_what_cannot_stand_is_said_at_its_field_and_what_was_typed_stays(place, add, wrong, said):
    (found,) = add(step())
    sent = filled(found, **{"notes": "What I typed"} | wrong)
    text = body(as_(place.mara).post(url(place, "step", found.pk), sent), 422)
    assert said in text
    assert sent["notes"] in text
    for name in ("title", "project", "hours", "money"):
        assert str(sent[name]) in text
    assert queries.steps(place.mara).get().revision == 1


def test_someone_from_elsewhere_is_no_choice(place, add):
    (found,) = add(step())
    sent = filled(found, assignee=place.ada.account.pk)
    assert as_(place.mara).post(url(place, "step", found.pk), sent).status_code == 422
    assert "ada" not in page_of(place, "step", found.pk)


def test_two_who_edit_see_both_versions_and_the_second_loses_nothing(place, add):
    (found,) = add(step())
    first, second = as_(place.mara), as_(place.jonas)
    first.post(url(place, "step", found.pk), filled(found, title="By the first", hours="3"))
    sent = filled(found, title="By the second", notes="A long note")
    text = body(second.post(url(place, "step", found.pk), sent), 409)
    table, form = text.split("<tbody>")[1].split("</tbody>")[0], text.split('<form method="post" class="form card"')[1]
    for word in ("By the first", "By the second", "A long note", ">3<"):
        assert word in table
    assert 'value="By the second"' in form
    assert "A long note" in form
    revision = re.search(r'name="revision" value="(\d+)"', form)[1]
    assert queries.steps(place.mara).get().title == "By the first"
    assert second.post(url(place, "step", found.pk), sent | {"revision": revision}).status_code == 302
    assert queries.steps(place.mara).get().title == "By the second"


def test_who_took_a_step_on_says_how_far_it_is(place, add):
    (found,) = add(step(assignee=place.tom.account.pk))
    text = page_of(place, "step", found.pk, who=place.tom)
    assert 'name="state"' in text
    assert 'name="title"' not in text
    sent = filled(found, state="done", notes="Two are named", title="Something else", cents="9")
    assert as_(place.tom).post(url(place, "step", found.pk), sent).status_code == 302
    now = queries.steps(place.mara).get()
    assert (now.state, now.notes, now.title) == (S.DONE, "Two are named", found.title)
    assert body(as_(place.tom).post(url(place, "step", found.pk), sent | {"notes": "Old page"}), 409)


def test_whoever_only_looks_finds_no_form_and_cannot_send_one(place, add):
    (found,) = add(step(notes="Ask the team of Tom"))
    for who in (place.board, place.sam):
        text = page_of(place, "step", found.pk, who=who)
        assert "<form method" not in text.split("<footer")[0]
        assert "Ask the team of Tom" in text
        assert as_(who).post(url(place, "step", found.pk), filled(found)).status_code == 403


def test_a_step_of_our_own_begins_a_roadmap_too_and_is_made_once(place):
    text = page_of(place, "step-new", query="?item=A8.buddy")
    assert re.search(r'value="A8.buddy" selected', text)
    sent = {"once": once_of(text), "item": "A8.buddy", "title": "Bake a cake", "project": "First weeks", "year": "1"}
    for _ in range(2):
        assert as_(place.jonas).post(url(place, "step-new"), sent).status_code == 302
    found = queries.steps(place.mara).get()
    assert (found.title, found.template, found.item) == ("Bake a cake", "", "A8.buddy")
    for wrong in ({"item": "A99"}, {"item": ""}, {"item": "task.groups"}, {"title": "x" * 300}, {"money": "x"}):
        text = body(as_(place.jonas).post(url(place, "step-new"), sent | {"once": ""} | wrong), 422)
        assert "First weeks" in text


# What is due, and how much it takes to read


def test_today_says_what_someone_took_on_that_is_due(place, add, today):
    mine = {"assignee": place.tom.account.pk}
    add(
        step("Late one", due=today - DAY, **mine),
        step("Far one", due=today + 60 * DAY, **mine),
        step("Not his", due=today),
    )
    text = body(as_(place.tom).get("/"))
    assert "Late one" in text
    assert "Far one" not in text
    assert "Not his" not in text
    assert "Late one" not in body(as_(place.sam).get("/"))


def counted(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_pages_take_the_same_queries_for_one_step_and_for_many(
    place,
    add,
    edition,
    django_assert_max_num_queries,
):
    client = as_(place.mara)
    (found,) = add(step(assignee=place.tom.account.pk))
    urls = [*(url(place, name) for name in NAMES), url(place, "step", found.pk)]
    few = [counted(client, one, django_assert_max_num_queries) for one in urls]
    people = [place.tom, place.sam, place.jonas]
    add(*(step(str(n), project=str(n % 7), year=n % 3 + 1, assignee=people[n % 3].account.pk) for n in range(40)))
    for number in range(20):
        other = Organisation(name=f"Other {number}", kind="kind.care", country="NL", stage=Stage.GROWING)
        other.save()
    assert [counted(client, one, django_assert_max_num_queries) for one in urls] == few


# In a browser


@pytest.fixture
def shown(transactional_db, place, add):
    day = timezone.localdate()
    made = add(
        step(
            "Name a buddy", assignee=place.sam.account.pk, starts_on=day - 9 * DAY, due=day - DAY, minutes=90, cents=5
        ),
        step("Talk about tasks and doubts, in as many words as that takes", "A6.tasks-and-expectations", due=day + DAY),
        step("Much later", year=3),
        step("Long done"),
    )
    move(place, made[3], S.DONE)
    place.mara.account.set_password("a long password")
    place.mara.account.save()
    return SimpleNamespace(place=place, steps=made)


def sign_in(page, live_server, account):
    client = Client()
    client.force_login(account, backend=BACKEND)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])


@needs_browser
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")])
def test_everyone_can_read_the_roadmap(shown, live_server, browser, size, scheme):
    place, wrong = shown.place, {}
    # without the content policy, as axe tries styles of its own; the next test keeps it
    with opened_page(browser, live_server.url, size, color_scheme=scheme, bypass_csp=True) as page:
        for who in (place.mara, place.sam, place.board):
            sign_in(page, live_server, who.account)
            pages = NAMES if who is place.mara else NAMES[:3]
            for address in [*(url(place, name) for name in pages), url(place, "step", shown.steps[0].pk)]:
                page.goto(address)
                wrong[address] = violations(page) + (["scrolls sideways"] if overflows(page) else [])
            page.context.clear_cookies()
    assert {address: found for address, found in wrong.items() if found} == {}


@needs_browser
def test_no_page_of_the_roadmap_breaks_the_content_policy(shown, live_server, browser):
    place = shown.place
    with opened_page(browser, live_server.url) as page:
        sign_in(page, live_server, place.mara.account)
        for name in NAMES:
            page.goto(url(place, name))


@needs_browser
def test_a_conflict_can_be_read_on_a_phone(shown, live_server, browser):
    place, found = shown.place, shown.steps[0]
    with opened_page(browser, live_server.url, bypass_csp=True) as page:
        sign_in(page, live_server, place.mara.account)
        page.goto(url(place, "step", found.pk))
        page.fill("textarea[name=notes]", "Mine")
        move(place, found, S.DOING)
        page.click("button:text('Save')")
        assert page.locator("[role=alert]").is_visible()
        assert page.input_value("textarea[name=notes]") == "Mine"
        assert violations(page) == []
        assert not overflows(page)
        page.click("button:text('Save')")
        page.wait_for_selector("text=The step is saved")
    assert queries.steps(place.mara).get(pk=found.pk).notes == "Mine"


@needs_browser
@pytest.mark.parametrize("script", [True, False])
def test_a_card_is_moved_by_keyboard(shown, live_server, browser, script):
    place, found = shown.place, shown.steps[0]
    with opened_page(browser, live_server.url, java_script_enabled=script) as page:
        sign_in(page, live_server, place.mara.account)
        page.goto(url(place, "roadmap-board"))
        page.focus(f'button[value="{found.pk} doing 1"]')
        page.keyboard.press("Enter")
        page.wait_for_selector(f'[data-state="doing"] [data-card="{found.pk}"]')
    assert queries.steps(place.mara).get(pk=found.pk).state == S.DOING


@needs_browser
def test_a_card_can_be_dragged_into_another_column(shown, live_server, browser):
    place, found = shown.place, shown.steps[0]
    with opened_page(browser, live_server.url, DESK) as page:
        sign_in(page, live_server, place.mara.account)
        page.goto(url(place, "roadmap-board"))
        page.drag_and_drop(f'[data-card="{found.pk}"]', '[data-state="done"] h2')
        page.wait_for_selector(f'[data-state="done"] [data-card="{found.pk}"]')
    assert queries.steps(place.mara).get(pk=found.pk).state == S.DONE
