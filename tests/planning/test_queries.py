"""Who may know of a plan, and what pages read of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.assessment import editions
from alongside.assessment.models import Round
from alongside.people.scope import NOBODY
from alongside.planning import actions, queries
from alongside.planning.models import Plan, Step
from alongside.standard.items import Stage
from tests.planning.conftest import TODAY, step

S = Step.State
A = Plan.Audience


@pytest.fixture
def private(place, edition):
    """Opens a plan with one step, due tomorrow and the owner's."""

    def opened(audience, by, readers=(), kind=Plan.Kind.ROADMAP):
        plan = actions.open_plan(
            by=by,
            organisation=place.org.pk,
            kind=kind,
            title=str(audience),
            edition=edition,
            starts_on=TODAY,
            audience=audience,
            owner=by.account.pk,
            readers=[one.account.pk for one in readers],
        )
        new = step(due=TODAY, assignee=by.account.pk)
        actions.add_steps(by=by, organisation=place.org.pk, plan=plan.pk, steps=[new], edition=edition)
        return plan

    return opened


def seen(scope, place):
    """What every list and count says of the place to someone."""
    org = place.org.pk
    return {
        "plans": queries.plans(scope, org).count(),
        "everywhere": queries.plans(scope).filter(org=org).count(),
        "steps": queries.steps(scope, org).count(),
        "roadmap": queries.roadmap(scope, org) is not None,
        "next": len(queries.next_steps(scope, org)),
        "by item": len(queries.steps_by_item(scope, org)),
        "year": queries.year_totals(scope, org, today=TODAY).steps,
        "again": len(queries.to_ask_again(scope, org)),
    }


def nothing(scope, place):
    return not any(seen(scope, place).values()) and not queries.due_for(scope, today=TODAY)


def test_a_plan_of_the_organisation_is_known_to_everyone_inside_and_to_nobody_else(place, private):
    private(A.ORGANISATION, place.mara)
    for who in (place.mara, place.jonas, place.tom, place.sam, place.board):
        assert seen(who, place)["steps"] == 1
    for who in (place.ada, place.research, NOBODY):
        assert nothing(who, place)
    assert queries.steps_for_everyone(place.org.pk)


def test_a_plan_of_named_people_is_known_to_them_and_its_owner_only(place, private):
    private(A.NAMED, place.mara, readers=[place.tom])
    for who in (place.mara, place.tom):
        assert seen(who, place)["steps"] == 1
    for who in (place.jonas, place.sam, place.board, place.ada, place.research, NOBODY):
        assert nothing(who, place)
    assert queries.steps_for_everyone(place.org.pk) == {}


def test_a_plan_of_ones_own_is_known_to_nobody_else_not_even_those_who_steer(place, private):
    plan = private(A.OWNER, place.sam)
    assert seen(place.sam, place)["steps"] == 1
    for who in (place.mara, place.jonas, place.tom, place.board, place.ada, place.research, NOBODY):
        assert nothing(who, place)
        assert queries.rows(who, plan) == []
    assert queries.steps_for_everyone(place.org.pk) == {}


def test_a_step_given_to_someone_who_is_not_named_tells_them_nothing(place, private):
    """Rows that should not exist are no way in either."""
    plan = private(A.NAMED, place.mara)
    Step.objects.within(place.mara).filter(plan=plan).update(assignee=place.tom.account)
    assert nothing(place.tom, place)


def test_a_private_plan_hides_no_roadmap_and_counts_nowhere(place, private, add):
    private(A.OWNER, place.sam)
    add(step("Of all"))
    assert seen(place.mara, place)["steps"] == 1
    assert [one.title for one in queries.next_steps(place.mara, place.org.pk)] == ["Of all"]


def test_who_has_left_knows_of_nothing_any_more(place, private):
    private(A.OWNER, place.sam)
    elsewhere = type(place.sam)(place.sam.account, {})
    assert nothing(elsewhere, place)


def test_who_can_be_asked_depends_on_who_may_know(place, private):
    def names(plan):
        return [account.name for account in queries.who_can_take(place.mara, plan)]

    assert names(private(A.ORGANISATION, place.mara)) == ["ines", "jonas", "mara", "sam", "tom"]
    assert names(private(A.NAMED, place.mara, readers=[place.tom])) == ["mara", "tom"]
    assert names(private(A.OWNER, place.sam)) == ["sam"]


def test_someone_who_gave_no_name_is_not_offered_by_address(place, private):
    plan = private(A.ORGANISATION, place.mara)
    place.tom.account.name = ""
    place.tom.account.save()
    assert "tom" not in [account.name for account in queries.who_can_take(place.mara, plan)]


def test_the_next_steps_are_open_and_the_nearest_due_first(place, add):
    day = timedelta(days=1)
    made = add(
        step("later", due=TODAY + 9 * day), step("no date"), step("soon", due=TODAY), step("done", due=TODAY - day),
        step("aside", due=TODAY - day), step("late", due=TODAY - 3 * day),
    )  # fmt: skip
    for one, state in ((made[3], S.DONE), (made[4], S.DROPPED)):
        actions.move_step(by=place.mara, organisation=place.org.pk, step=one.pk, state=state, today=TODAY)
    assert [one.title for one in queries.next_steps(place.mara, place.org.pk, 9)] == [
        "late", "soon", "later", "no date"
    ]  # fmt: skip
    assert len(queries.next_steps(place.mara, place.org.pk)) == 3


def test_what_is_due_for_someone_is_theirs_open_and_near(place, add, edition):
    mine, day = {"assignee": place.tom.account.pk}, timedelta(days=1)
    add(
        step("late", due=TODAY - day, **mine), step("near", due=TODAY + 14 * day, **mine), step("no date", **mine),
        step("far", due=TODAY + 15 * day, **mine), step("not theirs", due=TODAY),
    )  # fmt: skip
    for one, state in zip(
        add(step("did", due=TODAY, **mine), step("not now", due=TODAY, **mine)), (S.DONE, S.DROPPED), strict=True
    ):
        actions.move_step(by=place.mara, organisation=place.org.pk, step=one.pk, state=state, today=TODAY)
    assert [one.title for one in queries.due_for(place.tom, today=TODAY)] == ["late", "near"]
    assert queries.due_for(place.sam, today=TODAY) == []
    assert queries.due_for(NOBODY, today=TODAY) == []


def test_a_year_counts_open_steps_by_date_or_else_by_the_year_they_stand_in(place, add):
    month = timedelta(days=30)
    add(
        step("late", minutes=60, cents=1, due=TODAY - month),
        step("soon", minutes=60, cents=10, due=TODAY + month),
        step("far", minutes=60, cents=100, due=TODAY + 13 * month),
        step("undated", minutes=60, cents=1000),
        step("undated, second year", minutes=60, cents=10_000, year=2),
        step("undated, third year", minutes=60, cents=100_000, year=3),
    )
    totals = queries.year_totals(place.mara, place.org.pk, today=TODAY)
    assert (totals.steps, totals.minutes, totals.cents) == (4, 240, 11_011)  # the second year begins in November


def closed_round(org, edition, day):
    Round(
        org=org, edition=editions.keep(edition), instrument="readiness", title="Autumn", stage=Stage.GROWING,
        state=Round.State.CLOSED, opened_on=day, closed_on=day,
    ).save()  # fmt: skip


def test_a_step_done_asks_again_about_its_item_until_a_round_has(place, add, edition):
    first, second, _ = add(step("1"), step("2", "A7.seniority"), step("3", "A9.supervision"))
    org = place.org.pk
    for one, day in ((first, date(2026, 10, 1)), (second, TODAY)):
        actions.move_step(by=place.mara, organisation=org, step=one.pk, state=S.DONE, today=day)
    rounds = [None, date(2026, 11, 1), TODAY + timedelta(days=1)]
    for closed, items in zip(rounds, [["A8.buddy", "A7.seniority"], ["A7.seniority"], []], strict=True):
        if closed:
            closed_round(place.org, edition, closed)
        assert queries.to_ask_again(place.mara, org) == items
        rows = queries.rows(place.mara, queries.roadmap(place.mara, org))
        assert queries.again_of(rows, queries.last_closed(place.mara, org)) == items


def test_whoever_answered_sees_what_is_done_and_never_who_does_it(place, add, django_assert_num_queries):
    made = add(step("Name a buddy", assignee=place.tom.account.pk, notes="Tom is tired"), step("Aside"))
    actions.move_step(by=place.mara, organisation=place.org.pk, step=made[1].pk, state=S.DROPPED, today=TODAY)
    with django_assert_num_queries(1):
        (shown,) = queries.steps_for_everyone(place.org.pk)["A8.buddy"]
        assert (shown.title, shown.state) == ("Name a buddy", S.PLANNED)
    assert {"notes", "assignee_id", "minutes", "cents"} <= shown.get_deferred_fields()


def test_the_rows_of_a_plan_take_one_query_however_many(place, add, django_assert_num_queries):
    add(*(step(str(number), assignee=place.tom.account.pk) for number in range(30)))
    plan = queries.roadmap(place.mara, place.org.pk)
    with django_assert_num_queries(1):
        assert len(queries.rows(place.mara, plan)) == 30


def test_steps_by_item_leave_out_what_was_set_aside(place, add):
    made = add(step("1"), step("2"), step("3", "A7.seniority"))
    actions.move_step(by=place.mara, organisation=place.org.pk, step=made[0].pk, state=S.DROPPED, today=TODAY)
    found = queries.steps_by_item(place.board, place.org.pk)
    assert {item: [one.title for one in steps] for item, steps in found.items()} == {
        "A8.buddy": ["2"], "A7.seniority": ["3"]
    }  # fmt: skip
