"""Asking more people while a round is open."""

from __future__ import annotations

import pytest

from alongside.assessment import queries, rounds
from alongside.assessment.agreements import tell
from alongside.assessment.models import Asked, Response, Round, RoundGroup
from alongside.assessment.rounds import GroupPlan
from alongside.people import actions
from alongside.people.models import Account
from alongside.people.scope import scope_of
from alongside.standard.items import Stage
from tests.asking import addresses, answer_all, closed, opened
from tests.closed_round import agree


@pytest.fixture
def made(scope, org, edition):
    return opened(
        scope,
        org,
        edition,
        GroupPlan("psw", addresses("psw", 6)),
        GroupPlan("managers", addresses("m", 2)),
        GroupPlan("board", addresses("b", 2)),
    )


@pytest.fixture
def ask(scope, org, made):
    def ask_more(perspective, **said):
        group = RoundGroup.objects.within(scope).get(perspective=perspective)
        where = {"by": scope, "organisation": org.pk, "round_": made.round.pk, "group": group.pk}
        return rounds.ask_more(**where, **({"size": group.size} | said))

    return ask_more


def slots(scope, perspective):
    return Response.objects.within(scope).filter(group__perspective=perspective)


def test_a_single_latecomer_of_a_sealed_group_waits(scope, ask, made):
    late = ask("psw", emails=["late@example.org"])
    assert (late.letters, late.codes) == ((), {})
    assert slots(scope, "psw").count() == 6
    group = RoundGroup.objects.within(scope).get(perspective="psw")
    assert group.size == 6
    assert queries.waiting(scope, made.round) == {group.pk: 1}


def test_five_latecomers_get_their_links_at_once(scope, ask, made):
    ask("psw", emails=addresses("late", 3))
    late = ask("psw", emails=["LATER@example.org", "last@example.org"])
    assert {email for email, _ in late.letters} == {*addresses("late", 3), "later@example.org", "last@example.org"}
    assert len({token for _, token in late.letters}) == 5
    assert slots(scope, "psw").count() == RoundGroup.objects.within(scope).get(perspective="psw").size == 11
    assert queries.waiting(scope, made.round) == {}


def test_seven_at_once_need_not_wait(ask):
    assert len(ask("psw", emails=addresses("late", 7)).letters) == 7


def test_whoever_was_asked_is_not_asked_twice(scope, ask):
    late = ask("psw", emails=[*addresses("psw", 6), "late@example.org"])
    assert late.letters == ()
    assert Asked.objects.within(scope).filter(group__perspective="psw").count() == 7


def test_codes_on_paper_are_made_five_at_a_time_counting_those_who_wait(scope, ask):
    with pytest.raises(rounds.TooFew):
        ask("psw", printed=4)
    ask("psw", emails=addresses("late", 2))
    late = ask("psw", printed=3)
    assert len(late.codes["psw"]) == 3
    assert len(late.letters) == 2
    assert slots(scope, "psw").count() == 11


def test_the_same_form_sent_twice_makes_no_more_codes(scope, ask):
    ask("psw", size=6, printed=5)
    with pytest.raises(rounds.Meanwhile) as meanwhile:
        ask("psw", size=6, printed=5)
    assert meanwhile.value.group.size == 11
    assert slots(scope, "psw").count() == 11


def test_whoever_answers_by_name_gets_a_link_at_once(scope, ask):
    late = ask("managers", emails=["m9@example.org"], printed=1)
    assert [email for email, _ in late.letters] == ["m9@example.org"]
    assert rounds.find_response(token=late.letters[0][1]).label == "m9@example.org"
    assert slots(scope, "managers").count() == 4


def test_an_office_keeps_one_answer_and_gets_a_new_link(scope, ask, made, edition):
    token = next(token for email, token in made.letters if email == "b0@example.org")
    answer_all(edition, rounds.find_response(token=token), 2)
    late = ask("board", emails=["b9@example.org"])
    assert {email for email, _ in late.letters} == {"b0@example.org", "b1@example.org", "b9@example.org"}
    assert late.joint == {late.letters[0][1]}
    found = rounds.find_response(token=late.letters[0][1])
    assert found.answers
    assert slots(scope, "board").get() == found
    with pytest.raises(Response.DoesNotExist):
        rounds.find_response(token=token)


def test_nobody_is_asked_once_it_is_closed(scope, org, ask, made):
    closed(scope, org, made)
    with pytest.raises(rounds.Closed):
        ask("psw", emails=addresses("late", 5))


def test_who_still_waits_at_the_end_is_not_told_what_came_of_it(scope, org, ask, made, edition):
    ask("psw", emails=["late@example.org"])
    closed(scope, org, made)
    agree(scope, org, made.round, "q.A8.buddy", 2)
    _, emails = tell(by=scope, organisation=org.pk, round_=made.round.pk, today=made.round.opened_on)
    assert "late@example.org" not in emails
    assert "psw0@example.org" in emails


def test_latecomers_count_in_the_progress_once_they_have_links(scope, ask, made):
    ask("managers", emails=["m9@example.org"])
    before = queries.begun(scope, made.round)
    ask("psw", emails=addresses("late", 4))
    assert queries.begun(scope, made.round) == before == (0, 10)
    ask("psw", emails=["later@example.org"])
    assert queries.begun(scope, made.round) == (0, 15)


def test_a_round_of_another_organisation_asks_nobody(scope, org, made):
    eve = Account.objects.create_user("eve@example.org")
    other = actions.open_organisation(by=eve, name="Other", kind="kind.care", country="NL", stage=Stage.GROWING)
    group = RoundGroup.objects.within(scope).get(perspective="psw")
    for organisation in (org.pk, other.pk):
        where = {"organisation": organisation, "round_": made.round.pk, "group": group.pk, "size": 6}
        with pytest.raises(Round.DoesNotExist):
            rounds.ask_more(by=scope_of(eve), **where, printed=5)
