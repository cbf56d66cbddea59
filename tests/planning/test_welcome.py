"""The welcome of a colleague: what the plan holds, who may know of it, and what happens when the first day moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from alongside.assessment import editions
from alongside.people import actions as people_actions
from alongside.people.models import Account, Event, Membership, Team
from alongside.people.scope import scope_of
from alongside.planning import actions, queries, welcome
from alongside.planning.actions import NotTheirs
from alongside.planning.facts import Refused, facts_of
from alongside.planning.models import Plan, Project, Reader, Step
from alongside.planning.welcome_queries import people as who_has_which_part
from alongside.planning.welcome_queries import readers, welcomes, with_counts
from alongside.rules.access import Role
from alongside.rules.welcome_days import day_of
from alongside.standard.items import Stage
from alongside.standard.kit import CPEE, PSW, Phase, Welcomer, phase_key

TODAY, FIRST = date(2026, 11, 2), date(2027, 1, 18)


class House:
    """An organisation with someone in every role, a team, and a coordinator who prepares welcomes."""

    def __init__(self):
        self.accounts = {role: Account.objects.create_user(f"{role}@example.org", name=str(role)) for role in Role}
        facts = {"name": "Noorderhof", "kind": "kind.care", "country": "NL", "stage": Stage.PREPARING}
        self.org = people_actions.open_organisation(by=self.accounts[Role.ADMIN], **facts)
        Membership.objects.across(because="test").all().delete()
        for role, account in self.accounts.items():
            Membership(org=self.org, account=account, role=role).save()
        self.team = Team(org=self.org, name="West", kind="care")
        self.team.save()

    def scope(self, role):
        return scope_of(self.accounts[role])

    def id(self, role):
        return self.accounts[role].pk

    def prepare(self, edition, by=Role.COORDINATOR, role=PSW, people=None, **changes):
        given = welcome.Welcome(self.team.pk, role, FIRST, people or {})
        return welcome.prepare(
            **{
                "by": self.scope(by),
                "organisation": self.org.pk,
                "welcome": given,
                "title": "West",
                "edition": edition,
                "language": "en",
                "today": TODAY,
                **changes,
            }
        )

    def change(self, edition, plan, by=Role.COORDINATOR, starts_on=FIRST, people=None):
        scope = self.scope(by)
        found = welcomes(scope, self.org.pk).get(pk=plan.pk)
        before = welcome.as_read(found, who_has_which_part(edition, self.steps(plan, by)))
        facts = {"starts_on": starts_on, "people": people or {}, "before": before, "today": TODAY}
        return welcome.change(by=scope, organisation=self.org.pk, plan=plan.pk, **facts)

    def steps(self, plan, role=Role.COORDINATOR):
        return list(queries.steps(self.scope(role), self.org.pk).filter(plan=plan))


@pytest.fixture
def house(db):
    return House()


def test_the_plan_has_every_step_in_its_phase_on_its_day_with_its_item(house, edition):
    plan = house.prepare(edition)
    steps = house.steps(plan)
    expected = [one for one in edition.welcome.values() if one.fits(welcome.choice_of(plan))]
    assert [step.template for step in steps] == [one.id for one in expected]
    words = edition.words().kit
    for step, one in zip(steps, expected, strict=True):
        assert (step.item, step.due) == (one.item, day_of(FIRST, one.days))
        assert (step.title, step.project.title) == (words[one.id].title, words[phase_key(one.phase)].title)
    phases = Project.objects.within(house.scope(Role.COORDINATOR)).values_list("title", flat=True)
    assert list(phases) == [words[phase_key(phase)].title for phase in Phase]


def test_a_role_gets_the_steps_of_that_role(house, edition):
    assert "w.login-closed" in {step.template for step in house.steps(house.prepare(edition, role=PSW))}
    assert "w.login-closed" not in {step.template for step in house.steps(house.prepare(edition, role=CPEE))}


@pytest.mark.parametrize(
    ("kind", "team", "place"),
    [
        ("kind.care", "peer-workers", "peer-workers"),
        ("kind.ngo", "department", "department"),
        ("kind.company", "department", "company"),
    ],
)
def test_the_sheets_are_for_the_team_and_for_the_kind_of_organisation(house, edition, kind, team, place):
    house.org.kind, house.team.kind = kind, team
    house.org.save()
    house.team.save()
    choice = welcome.choice_of(house.prepare(edition, role=CPEE))
    assert (choice.role, choice.team, choice.stage) == (CPEE, place, Stage.PREPARING)
    assert (choice.organisation, choice.team_name) == ("Noorderhof", "West")


def test_whoever_has_a_part_does_its_steps(house, edition):
    named = {Welcomer.CONTACT_PERSON: house.id(Role.TEAM_MEMBER), Welcomer.BUDDY: house.id(Role.PEER_WORKER)}
    steps = house.steps(house.prepare(edition, people=named))
    who = {step.template: step.assignee_id for step in steps}
    assert who["w.first-day"] == house.id(Role.TEAM_MEMBER)
    assert who["w.lunch"] == house.id(Role.PEER_WORKER)
    assert who["w.team-talk"] is None
    assert who["w.learnt"] == house.id(Role.COORDINATOR)
    found = who_has_which_part(edition, steps)
    assert {who: account.pk if account else None for who, account in found.items()} == {**named, Welcomer.MANAGER: None}


def test_only_those_who_are_named_and_those_who_steer_know_of_it(house, edition):
    named = {Welcomer.CONTACT_PERSON: house.id(Role.TEAM_MEMBER), Welcomer.MANAGER: None}
    plan = house.prepare(edition, by=Role.MANAGER, people=named)
    knowing = {Role.ADMIN, Role.COORDINATOR, Role.MANAGER, Role.TEAM_MEMBER}
    for role in Role:
        scope = house.scope(role)
        assert (plan in welcomes(scope, house.org.pk)) == (role in knowing), role
        assert bool(queries.steps(scope, house.org.pk)) == (role in knowing), role
    assert {account.pk for account in readers(house.scope(Role.ADMIN), plan)} == {house.id(role) for role in knowing}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN, Role.COORDINATOR, Role.MANAGER}))
def test_nobody_else_prepares_a_welcome(house, edition, role):
    with pytest.raises(NotTheirs):
        house.prepare(edition, by=role)
    assert not Plan.objects.across(because="test").exists()


def test_a_form_sent_twice_makes_one_welcome(house, edition):
    once = Team().pk  # any new id
    assert house.prepare(edition, once=once) == house.prepare(edition, once=once)
    assert Plan.objects.across(because="test").count() == 1
    templates = [step.template for step in Step.objects.across(because="test")]
    assert len(templates) == len(set(templates))


@pytest.mark.parametrize("role", [Role.RESEARCHER, None])
def test_someone_from_elsewhere_or_without_a_part_inside_has_none_here(house, edition, role):
    stranger = house.id(role) if role else Account.objects.create_user("else@example.org", name="Else").pk
    with pytest.raises(Refused):
        house.prepare(edition, people={Welcomer.BUDDY: stranger})
    plan = house.prepare(edition)
    with pytest.raises(Refused):
        house.change(edition, plan, people={Welcomer.BUDDY: stranger})
    assert not Reader.objects.across(because="test").filter(account=stranger).exists()


def test_a_team_of_another_organisation_is_not_found(house, edition):
    other = people_actions.open_organisation(
        by=Account.objects.create_user("o@example.org"), name="O", kind="kind.ngo", country="PL", stage=Stage.GROWING
    )
    house.team = Team(org=other, name="Theirs", kind="care")
    house.team.save()
    with pytest.raises(Team.DoesNotExist):
        house.prepare(edition)


def test_another_first_day_moves_what_is_still_to_be_done(house, edition):
    plan = house.prepare(edition)
    scope = house.scope(Role.COORDINATOR)
    done = next(step for step in house.steps(plan) if step.template == "w.team-talk")
    actions.move_step(by=scope, organisation=house.org.pk, step=done.pk, state="done", today=TODAY)
    later = date(2027, 2, 6)  # a Saturday
    house.change(edition, plan, starts_on=later)
    for step in house.steps(plan):
        first = FIRST if step.pk == done.pk else later
        assert step.due == day_of(first, edition.welcome[step.template].days), step.template
        assert step.plan.starts_on == later


def test_a_part_goes_to_someone_else_with_what_is_open(house, edition):
    plan = house.prepare(edition, people={Welcomer.CONTACT_PERSON: house.id(Role.TEAM_MEMBER)})
    house.change(edition, plan, people={Welcomer.CONTACT_PERSON: house.id(Role.HR)})
    assert who_has_which_part(edition, house.steps(plan))[Welcomer.CONTACT_PERSON].pk == house.id(Role.HR)
    assert plan in welcomes(house.scope(Role.HR), house.org.pk)
    assert plan not in welcomes(house.scope(Role.TEAM_MEMBER), house.org.pk)


def test_the_second_of_two_who_change_it_is_told(house, edition):
    plan = house.prepare(edition)
    before = welcome.as_read(plan, who_has_which_part(edition, house.steps(plan)))
    house.change(edition, plan, people={Welcomer.BUDDY: house.id(Role.PEER_WORKER)})
    with pytest.raises(welcome.ChangedMeanwhile):
        welcome.change(
            by=house.scope(Role.ADMIN),
            organisation=house.org.pk,
            plan=plan.pk,
            starts_on=TODAY,
            people={},
            before=before,
            today=TODAY,
        )
    assert welcomes(house.scope(Role.ADMIN), house.org.pk).get().starts_on == FIRST


def test_a_day_that_was_set_by_hand_stays_as_long_as_the_first_day_does(house, edition):
    plan = house.prepare(edition)
    step = next(step for step in house.steps(plan) if step.template == "w.six-weeks")
    own = date(2027, 3, 3)
    actions.change_step(
        by=house.scope(Role.COORDINATOR),
        organisation=house.org.pk,
        step=step.pk,
        revision=step.revision,
        facts=replace(facts_of(step), due=own),
        today=TODAY,
    )
    house.change(edition, plan, people={Welcomer.MANAGER: house.id(Role.MANAGER)})
    step = next(step for step in house.steps(plan) if step.template == "w.six-weeks")
    assert (step.due, step.assignee_id) == (own, house.id(Role.MANAGER))


def test_whoever_did_a_step_still_knows_of_it(house, edition):
    plan = house.prepare(edition, people={Welcomer.BUDDY: house.id(Role.PEER_WORKER)})
    buddy = house.scope(Role.PEER_WORKER)
    step = next(step for step in house.steps(plan) if step.template == "w.buddy")
    actions.move_step(by=buddy, organisation=house.org.pk, step=step.pk, state="done", today=TODAY)
    house.change(edition, plan, by=Role.ADMIN, people={Welcomer.BUDDY: None})
    assert plan in welcomes(buddy, house.org.pk)


def test_a_reader_who_does_not_steer_changes_nothing_but_their_own_step(house, edition):
    plan = house.prepare(edition, people={Welcomer.BUDDY: house.id(Role.PEER_WORKER)})
    buddy, org = house.scope(Role.PEER_WORKER), house.org.pk
    other = next(step for step in house.steps(plan) if step.template == "w.first-day")
    with pytest.raises(NotTheirs):
        actions.move_step(by=buddy, organisation=org, step=other.pk, state="done", today=TODAY)
    with pytest.raises(NotTheirs):
        house.change(edition, plan, by=Role.PEER_WORKER, starts_on=TODAY)
    with pytest.raises(NotTheirs):
        welcome.remove(by=buddy, organisation=org, plan=plan.pk)


def test_whoever_may_not_know_of_it_does_not_find_it(house, edition):
    plan = house.prepare(edition, by=Role.COORDINATOR)
    with pytest.raises(Plan.DoesNotExist):  # a manager of another team, who could prepare one of their own
        welcome.remove(by=house.scope(Role.MANAGER), organisation=house.org.pk, plan=plan.pk)


def test_it_is_removed_for_good_and_the_record_says_so_without_a_name(house, edition):
    plan = house.prepare(edition)
    welcome.remove(by=house.scope(Role.COORDINATOR), organisation=house.org.pk, plan=plan.pk)
    for model in (Plan, Reader, Project, Step):
        assert not model.objects.across(because="test").exists()
    events = Event.objects.across(because="test").filter(about=f"plan {plan.pk}")
    assert set(events.values_list("action", flat=True)) == {"plan.open", "step.add", "welcome.remove"}
    assert "West" not in repr(list(events.values()))


def test_counts_leave_out_what_was_set_aside(house, edition):
    plan = house.prepare(edition)
    scope, (first, second, *others) = house.scope(Role.COORDINATOR), house.steps(plan)
    actions.move_step(by=scope, organisation=house.org.pk, step=first.pk, state="done", today=TODAY)
    actions.move_step(by=scope, organisation=house.org.pk, step=second.pk, state="dropped", today=TODAY)
    found = with_counts(welcomes(scope, house.org.pk)).get()
    assert (found.all, found.done) == (len(others) + 1, 1)


def test_a_welcome_is_read_by_the_edition_it_was_made_with(house, edition):
    plan = house.prepare(edition)
    assert editions.edition(plan.edition_id).welcome == edition.welcome
    assert not who_has_which_part(edition.revised(welcome={}), house.steps(plan))[Welcomer.BUDDY]
