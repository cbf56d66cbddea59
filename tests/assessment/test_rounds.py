"""Rounds: opened whole, answered in several sittings, published once, and silent about who said what."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.assessment import rounds
from alongside.assessment.models import Asked, Response, Round, RoundGroup, Tally
from alongside.assessment.rounds import GroupPlan
from alongside.people import actions
from alongside.people.models import Account
from alongside.people.scope import scope_of
from alongside.rules.selection import distribute
from alongside.standard.items import Stage
from tests.asking import TODAY, addresses, answer_all, opened
from tests.dumps import changed, dump


def slots(scope):
    return Response.objects.within(scope)


def test_every_slot_is_there_from_the_start(scope, org, edition):
    psw, board = GroupPlan("psw", addresses("psw", 4), printed=2), GroupPlan("board", addresses("b", 3))
    made = opened(scope, org, edition, psw, board)
    assert slots(scope).filter(group__perspective="psw").count() == 6
    assert slots(scope).filter(group__perspective="board").count() == 1  # a board gives one joint answer
    assert sorted(email for email, _ in made.letters) == sorted(addresses("psw", 4) + addresses("b", 3))
    assert len(made.codes["psw"]) == 2
    assert len({token for _, token in made.letters}) == 5  # four sealed links and the one of the board


def test_nothing_kept_joins_a_link_to_an_address(scope, org, edition):
    made = opened(scope, org, edition, GroupPlan("psw", addresses("psw", 8)))
    rows = json.dumps([[*map(str, row)] for row in slots(scope).values_list()])
    for email, token in made.letters:
        assert token not in rows
        assert email not in rows
    assert Asked.objects.within(scope).count() == 8


def test_slots_are_shuffled(scope, org, edition):
    """If they stood in the order of the addresses, eight of them would do so once in 40,000 times."""
    made = opened(scope, org, edition, GroupPlan("psw", addresses("psw", 8)))
    with connection.cursor() as cursor:
        order = "rowid" if connection.vendor == "sqlite" else "ctid"
        cursor.execute(f"SELECT token_hash FROM {Response._meta.db_table} ORDER BY {order}")
        stored = [row[0] for row in cursor.fetchall()]
    assert stored != [rounds.hash_of(token) for _, token in sorted(made.letters)]


def test_a_sealed_group_under_five_is_refused_and_nothing_is_kept(scope, org, edition):
    with pytest.raises(rounds.TooFew) as refused:
        opened(scope, org, edition, GroupPlan("psw", addresses("psw", 4)), GroupPlan("team", addresses("team", 9)))
    assert refused.value.groups == ("psw",)
    assert not Round.objects.within(scope).exists()
    made = opened(scope, org, edition, GroupPlan("psw", addresses("psw", 4), together=True))
    assert slots(scope).get().regime == "official"
    assert len({token for _, token in made.letters}) == 1


def test_a_sealed_response_can_name_nobody(scope, org, edition):
    opened(scope, org, edition, GroupPlan("psw", addresses("psw", 5)))
    with pytest.raises(IntegrityError), transaction.atomic():
        slots(scope).update(label="sam@example.org")


def test_a_link_resumes_where_one_stopped(scope, org, edition):
    made = opened(scope, org, edition, GroupPlan("psw", addresses("psw", 5)))
    token = made.letters[0][1]
    found = rounds.find_response(token=token)
    first, second = rounds.asked_of(edition, found.group)[:2]
    saved = rounds.save_answers(response=found.pk, answers={first.id: 1}, revision=0)
    rounds.save_answers(response=found.pk, answers={second.id: "dont_know"}, revision=saved.revision)
    typed = token.lower().replace("-", " ")
    assert rounds.find_response(token=typed).answers == {first.id: 1, second.id: "dont_know"}


def test_two_people_on_one_link_lose_nothing(scope, org, edition):
    made = opened(scope, org, edition, GroupPlan("board", addresses("b", 2)))
    found = rounds.find_response(token=made.letters[0][1])
    one = rounds.asked_of(edition, found.group)[0]
    rounds.save_answers(response=found.pk, answers={one.id: 3}, revision=0)
    with pytest.raises(rounds.Overtaken) as overtaken:
        rounds.save_answers(response=found.pk, answers={one.id: 1}, revision=0)
    assert overtaken.value.answers == {one.id: 3}
    assert slots(scope).get().answers == {one.id: 3}


@pytest.mark.parametrize("wrong", [9, -1, "yes", 2.5, True])
def test_an_answer_that_is_none_is_refused(scope, org, edition, wrong):
    made = opened(scope, org, edition, GroupPlan("psw", addresses("psw", 5)))
    found = rounds.find_response(token=made.letters[0][1])
    one = rounds.asked_of(edition, found.group)[0]
    with pytest.raises(ValueError, match="no answer"):
        rounds.save_answers(response=found.pk, answers={one.id: wrong}, revision=0)
    with pytest.raises(KeyError):
        rounds.save_answers(response=found.pk, answers={"q.A70": 1}, revision=0)


def test_a_guessed_link_leads_nowhere(scope, org, edition):
    opened(scope, org, edition, GroupPlan("psw", addresses("psw", 5)))
    for guess in ("", "AAAA-AAAA-AAAA-AAAA", "' OR 1=1 --"):
        with pytest.raises(Response.DoesNotExist):
            rounds.find_response(token=guess)


def test_nothing_is_published_before_closing_and_nothing_taken_after(scope, org, edition):
    made = opened(scope, org, edition, GroupPlan("psw", addresses("psw", 5)))
    found = rounds.find_response(token=made.letters[0][1])
    answer_all(edition, found, 2)
    assert not Tally.objects.within(scope).exists()
    rounds.close_round(by=scope, organisation=org.pk, round_=made.round.pk, today=TODAY)
    published = Tally.objects.within(scope).count()
    assert published
    with pytest.raises(rounds.Closed):
        rounds.save_answers(response=found.pk, answers={}, revision=1)
    rounds.close_round(by=scope, organisation=org.pk, round_=made.round.pk, today=TODAY)
    assert Tally.objects.within(scope).count() == published


def test_a_round_of_another_organisation_cannot_be_closed(scope, org, edition):
    made = opened(scope, org, edition, GroupPlan("psw", addresses("psw", 5)))
    eve = Account.objects.create_user("eve@example.org")
    other = actions.open_organisation(by=eve, name="Other", kind="kind.care", country="NL", stage=Stage.GROWING)
    for organisation in (org.pk, other.pk):
        with pytest.raises(Round.DoesNotExist):
            rounds.close_round(by=scope_of(eve), organisation=organisation, round_=made.round.pk, today=TODAY)


def test_only_those_who_were_asked_count(scope, org, edition):
    made = opened(scope, org, edition, GroupPlan("psw", addresses("psw", 5)), GroupPlan("team", addresses("team", 7)))
    for _, token in made.letters:
        answer_all(edition, rounds.find_response(token=token), 3)
    rounds.close_round(by=scope, organisation=org.pk, round_=made.round.pk, today=TODAY)
    asked = {group.perspective: set(group.questions) for group in RoundGroup.objects.within(scope)}
    for row in Tally.objects.within(scope).filter(group=""):
        people = 5 * (row.criterion in asked["psw"]) + 7 * (row.criterion in asked["team"])
        assert sum(row.counts) == people
        assert row.blank == 0


def test_saving_writes_nothing_but_the_answers(scope, org, edition, django_assert_max_num_queries):
    """Whoever compares dumps from before and after learns that one slot of many changed, and no more."""
    made = opened(scope, org, edition, GroupPlan("psw", addresses("psw", 6)))
    found = rounds.find_response(token=made.letters[0][1])
    before = dump()
    with django_assert_max_num_queries(6):
        answer_all(edition, found, 1)
    assert changed(before, dump()) == {Response._meta.db_table: (1, 1)}


perspectives = st.sampled_from(["psw", "team", "client", "board"])
people = st.lists(st.tuples(perspectives, st.integers(-1, 2)), min_size=1, max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(people)
def test_no_sealed_group_under_five_can_be_worked_out(edition, said):
    """Whatever is published about a question: what can be taken away from it leaves nobody, or five and more."""
    asked = Round(instrument="readiness", stage=Stage.GROWING, modules=False, limit=5)
    names = sorted({who for who, _ in said})
    regimes = {who: edition.perspectives[who].regime for who in names}
    shown = distribute(edition, "readiness", stage=Stage.GROWING)
    shown_to = {who: [criterion.id for criterion in shown[who]] for who in names}
    groups = [
        RoundGroup(round=asked, perspective=who, regime=regimes[who], size=1, questions=shown_to[who]) for who in names
    ]
    responses = [(who, dict.fromkeys(shown_to[who], step) if step >= 0 else {}) for who, step in said]
    for figures in rounds.publication(edition, asked, groups, responses).values():
        sealed = [one.n for who, one in figures.by.items() if regimes.get(who) != "official" and not one.suppressed]
        assert all(n == 0 or n >= 5 for n in sealed)
        if not figures.total.suppressed:
            official = sum(one.n or 0 for who, one in figures.by.items() if regimes.get(who) == "official")
            rest = figures.total.n - official - sum(sealed)
            assert rest == 0 or rest >= 5
