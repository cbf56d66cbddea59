"""What people do with plans: who may, what cannot stand, and that two people never overwrite each other unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from alongside.people.models import Account, Event
from alongside.planning import actions, queries
from alongside.planning.facts import MOST_CENTS, MOST_MINUTES, NewStep, Refused, facts_of
from alongside.planning.models import Plan, Project, Step
from alongside.rules.access import Role
from tests.planning.conftest import TODAY, join, step

S = Step.State


def change(place, found, by=None, revision=None, **facts):
    return actions.change_step(
        by=by or place.mara,
        organisation=place.org.pk,
        step=found.pk,
        revision=found.revision if revision is None else revision,
        facts=replace(facts_of(found), **facts),
        today=TODAY,
    )


def move(place, found, state, by=None, **more):
    return actions.move_step(
        by=by or place.mara, organisation=place.org.pk, step=found.pk, state=state, today=TODAY, **more
    )


def events(place):
    return list(Event.objects.within(place.mara).filter(action__startswith="step").order_by("pk"))


def test_the_roadmap_begins_with_its_first_step_and_is_one(place, add):
    assert queries.roadmap(place.mara, place.org.pk) is None
    add(step())
    add(step("Talk about tasks", "A6.tasks-and-expectations"))
    plan = Plan.objects.within(place.mara).get()
    assert (plan.title, plan.starts_on, plan.audience) == ("Roadmap 2026–2028", date(2026, 11, 1), "organisation")
    assert [one.title for one in queries.steps(place.mara)] == ["Name a buddy", "Talk about tasks"]


def test_what_is_sent_twice_is_added_once(place, add):
    once = uuid4()
    assert len(add(step(), step("Another"), once=once)) == 2
    assert add(step(), step("Another"), once=once) == []
    assert Step.objects.within(place.mara).count() == 2


def test_the_id_of_a_form_reaches_into_no_other_organisation(place, add, edition):
    """The same id sent by someone elsewhere makes a step of their own and says nothing about ours."""
    once = uuid4()
    add(step(), once=once)
    there = {"organisation": place.other.pk, "title": "x", "edition": edition, "today": TODAY}
    assert len(actions.add_to_roadmap(by=place.ada, steps=[step()], once=once, **there)) == 1


def test_a_template_stands_once_in_a_plan_unless_it_was_set_aside(place, add, edition):
    template = next(iter(edition.steps.values()))
    new = NewStep(template.item, step().facts, template.id)
    (first,) = add(new)
    assert add(new) == []
    move(place, first, S.DROPPED)
    assert len(add(new)) == 1


def test_steps_of_one_sub_project_and_year_stand_together_in_order(place, add):
    add(step("1"), step("2", project="Else"), step("3"), step("4", year=2), step("5", project=" First weeks "))
    rows = queries.rows(place.mara, queries.roadmap(place.mara, place.org.pk))
    assert [(row.title, row.project, row.year) for row in rows] == [
        ("1", "First weeks", 1), ("3", "First weeks", 1), ("5", "First weeks", 1),
        ("2", "Else", 1), ("4", "First weeks", 2),
    ]  # fmt: skip


def test_all_steps_are_added_or_none(place, add):
    with pytest.raises(Refused):
        add(step(), step("", minutes=-1))
    assert not Plan.objects.within(place.mara).exists()
    assert not Step.objects.within(place.mara).exists()


WRONG = [
    ({"title": ""}, "title", "empty"),
    ({"title": "   "}, "title", "empty"),
    ({"title": "x" * 5000}, "title", "long"),
    ({"title": "one\ntwo"}, "title", "lines"),
    ({"title": "a\x00b"}, "title", "lines"),
    ({"project": ""}, "project", "empty"),
    ({"project": "x" * 101}, "project", "long"),
    ({"minutes": -1}, "minutes", "negative"),
    ({"minutes": MOST_MINUTES + 1}, "minutes", "much"),
    ({"cents": -1}, "cents", "negative"),
    ({"cents": MOST_CENTS + 1}, "cents", "much"),
    ({"notes": "x" * 4001}, "notes", "long"),
    ({"year": 0}, "year", "unknown"),
    ({"year": 99}, "year", "unknown"),
    ({"state": "finished"}, "state", "unknown"),
    ({"starts_on": date(2027, 2, 1), "due": date(2027, 1, 31)}, "due", "backward"),
    ({"due": date(1, 1, 1)}, "due", "far"),
    ({"starts_on": date(9999, 1, 1)}, "starts_on", "far"),
    ({"assignee": uuid4()}, "assignee", "foreign"),
]


@pytest.mark.parametrize(("wrong", "field", "why"), WRONG, ids=lambda value: str(value)[:30])
def test_what_cannot_stand_is_refused_with_its_field_and_changes_nothing(place, add, wrong, field, why):
    (found,) = add(step())
    for attempt in (lambda: change(place, found, **wrong), lambda: add(step(**wrong))):
        with pytest.raises(Refused) as refused:
            attempt()
        assert (refused.value.field, refused.value.why) == (field, why)
    assert facts_of(queries.steps(place.mara).get()) == facts_of(found)


@pytest.mark.parametrize(("item", "template"), [("A99", ""), ("A8.buddy", "s.unknown")])
def test_an_unknown_item_or_template_is_refused(place, add, item, template):
    with pytest.raises(Refused):
        add(step(item=item, template=template))


def test_nobody_from_elsewhere_and_no_researcher_can_be_asked(place, add):
    (found,) = add(step())
    for stranger in (place.ada, place.research):
        with pytest.raises(Refused) as refused:
            change(place, found, assignee=stranger.account.pk)
        assert (refused.value.field, refused.value.why) == ("assignee", "foreign")
    assert change(place, found, assignee=place.tom.account.pk).assignee == place.tom.account


def test_someone_who_has_left_stays_named_until_somebody_else_takes_it(place, add):
    gone = join(place.org, "gone", Role.TEAM_MEMBER)
    (found,) = add(step(assignee=gone.account.pk))
    gone.account.membership_set.across(because="test").delete()
    changed = change(place, found, notes="Half of it is there.")
    assert changed.assignee == gone.account
    assert change(place, changed, assignee=None).assignee is None


@pytest.mark.parametrize("who", ["mara", "jonas"])
def test_those_who_steer_and_managers_change_everything(place, add, who):
    (found,) = add(step(), by=getattr(place, who))
    changed = change(place, found, by=getattr(place, who), title="Name two", minutes=90, year=2)
    assert (changed.title, changed.minutes, changed.project.year) == ("Name two", 90, 2)


@pytest.mark.parametrize("who", ["tom", "sam", "board"])
def test_others_change_nothing(place, add, who):
    (found,) = add(step())
    with pytest.raises(actions.NotTheirs):
        change(place, found, by=getattr(place, who), title="Mine now")
    with pytest.raises(actions.NotTheirs):
        move(place, found, S.DONE, by=getattr(place, who))
    with pytest.raises(actions.NotTheirs):
        add(step("Another"), by=getattr(place, who))
    assert facts_of(queries.steps(place.mara).get()) == facts_of(found)


def test_whoever_took_a_step_on_says_how_far_it_is_and_nothing_else(place, add):
    mine, other = add(step(assignee=place.tom.account.pk), step("Another"))
    changed = change(place, mine, by=place.tom, state=S.DOING, notes="Asked two people.")
    assert (changed.state, changed.notes) == (S.DOING, "Asked two people.")
    for more in ({"title": "Less"}, {"due": TODAY}, {"assignee": None}, {"cents": 1}, {"year": 2}):
        with pytest.raises(actions.NotTheirs):
            change(place, changed, by=place.tom, **more)
    with pytest.raises(actions.NotTheirs):
        move(place, other, S.DONE, by=place.tom)


@pytest.mark.parametrize("who", ["ada", "research"])
def test_for_someone_outside_the_step_does_not_exist(place, add, who):
    (found,) = add(step())
    for organisation in (place.org.pk, place.other.pk):
        with pytest.raises(Step.DoesNotExist):
            actions.move_step(
                by=getattr(place, who), organisation=organisation, step=found.pk, state=S.DONE, today=TODAY
            )


def test_a_plan_elsewhere_cannot_be_added_to(place, add, edition):
    (found,) = add(step())
    with pytest.raises(Plan.DoesNotExist):
        actions.add_steps(
            by=place.ada, organisation=place.other.pk, plan=found.plan_id, steps=[step()], edition=edition
        )


def test_the_second_of_two_who_edit_learns_what_the_first_wrote(place, add):
    (found,) = add(step())
    change(place, found, title="By the first")
    with pytest.raises(actions.Overtaken) as overtaken:
        change(place, found, by=place.jonas, title="By the second")
    assert overtaken.value.step.title == "By the first"
    again = change(place, overtaken.value.step, by=place.jonas, title="By the second")
    assert (again.title, again.revision) == ("By the second", 3)


def test_saving_without_a_change_is_no_change(place, add):
    (found,) = add(step())
    assert change(place, found).revision == found.revision
    assert [event.action for event in events(place)] == ["step.add"]


def test_a_step_knows_the_day_it_was_done_and_forgets_it_when_it_is_taken_up_again(place, add):
    (found,) = add(step())
    assert move(place, found, S.DONE).done_on == TODAY
    assert move(place, found, S.DOING).done_on is None


def test_a_card_that_was_moved_already_is_moved_once_and_an_old_page_moves_nothing(place, add):
    (found,) = add(step())
    moved = move(place, found, S.DOING, revision=found.revision)
    assert move(place, found, S.DOING, revision=found.revision).revision == moved.revision
    with pytest.raises(actions.Overtaken):
        move(place, found, S.DONE, revision=found.revision)


def test_a_step_moves_to_another_sub_project_which_ends_with_its_last_step(place, add):
    first, second = add(step("1"), step("2"))
    change(place, first, project="Later", year=3)
    assert set(Project.objects.within(place.mara).values_list("title", "year")) == {("First weeks", 1), ("Later", 3)}
    change(place, second, project="Later", year=3)
    assert list(Project.objects.within(place.mara).values_list("title", "year")) == [("Later", 3)]
    assert [one.title for one in queries.steps(place.mara)] == ["1", "2"]


def test_the_record_names_fields_and_no_values(place, add):
    (found,) = add(step("A very telling title"))
    change(place, found, notes="A very telling note", due=TODAY, state=S.DOING)
    add_, changed = events(place)
    assert (add_.action, changed.action) == ("step.add", "step.change")
    assert changed.fields == ["due", "notes", "state"]
    assert changed.about == f"step {found.pk}"
    assert "telling" not in str(Event.objects.within(place.mara).values_list())


def private(place, edition, audience, by, readers=()):
    return actions.open_plan(
        by=by,
        organisation=place.org.pk,
        kind=Plan.Kind.ROADMAP,
        title="Private",
        edition=edition,
        starts_on=TODAY,
        audience=audience,
        owner=by.account.pk,
        readers=readers,
    )


def test_a_plan_of_ones_own_leaves_no_trace_in_the_record(place, edition):
    before = Event.objects.within(place.mara).count()
    plan = private(place, edition, Plan.Audience.OWNER, place.sam)
    (own,) = actions.add_steps(by=place.sam, organisation=place.org.pk, plan=plan.pk, steps=[step()], edition=edition)
    move(place, own, S.DONE, by=place.sam)
    assert Event.objects.within(place.mara).count() == before


def test_nobody_but_its_owner_can_touch_a_plan_of_ones_own(place, edition):
    plan = private(place, edition, Plan.Audience.OWNER, place.sam)
    facts = {"organisation": place.org.pk, "plan": plan.pk, "edition": edition}
    (own,) = actions.add_steps(by=place.sam, steps=[step()], **facts)
    for who in (place.mara, place.jonas, place.tom, place.ada):
        with pytest.raises(Plan.DoesNotExist):
            actions.add_steps(by=who, steps=[step()], **facts)
        with pytest.raises(Step.DoesNotExist):
            move(place, own, S.DONE, by=who)
    with pytest.raises(Refused):
        change(place, own, by=place.sam, assignee=place.mara.account.pk)


def test_a_plan_for_others_is_opened_by_those_who_steer(place, edition):
    for audience in (Plan.Audience.ORGANISATION, Plan.Audience.NAMED):
        with pytest.raises(actions.NotTheirs):
            private(place, edition, audience, place.sam)
    with pytest.raises(Account.DoesNotExist):
        private(place, edition, Plan.Audience.NAMED, place.mara, readers=[place.ada.account.pk])
    assert not Plan.objects.within(place.mara).exists()


def test_opening_twice_with_the_same_id_opens_one(place, edition):
    facts = {"organisation": place.org.pk, "kind": Plan.Kind.ROADMAP, "title": "x", "edition": edition}
    once = uuid4()
    plans = [actions.open_plan(by=place.mara, starts_on=TODAY, once=once, **facts) for _ in range(2)]
    assert plans[0].pk == plans[1].pk == once


def test_dates_may_lie_on_the_same_day(place, add):
    (found,) = add(step(starts_on=TODAY, due=TODAY))
    assert found.due - found.starts_on == timedelta(0)
