"""Answers of one's own: read by nobody else, counted nowhere, sealed in the database."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from alongside.assessment import own_answers, queries, rounds
from alongside.assessment.models import Asked, Response, RoundGroup, Tally
from alongside.assessment.own_answers import own_open, own_responses, read_own, remove_own, save_own
from alongside.assessment.rounds import GroupPlan
from alongside.people.keys import WrongKey
from alongside.people.leaving import close_account
from alongside.people.models import Account
from alongside.people.scope import scope_of
from tests.asking import closed, opened

BUDDY = "q.A8.buddy"


@pytest.fixture
def sam(db):
    return Account.objects.create_user("sam@example.org")


@pytest.fixture
def lotte(db):
    return Account.objects.create_user("lotte@example.org")


@pytest.fixture
def made(scope, org, edition, sam, lotte):
    return opened(scope, org, edition, GroupPlan("psw", accounts=(sam.pk, lotte.pk)), GroupPlan("team", printed=6))


@pytest.fixture
def own(made, sam):
    return own_responses(sam).get()


def save(account, response, answers, revision=0):
    save_own(by=scope_of(account), response=response.pk, answers=answers, revision=revision)


def read(account):
    return read_own(own_responses(account).get())


def test_one_answers_for_oneself_in_several_sittings(own, sam, lotte):
    save(sam, own, {BUDDY: 1})
    save(sam, own, {"q.A9.supervision": "dont_know"}, revision=1)
    assert read(sam).answers == {BUDDY: 1, "q.A9.supervision": "dont_know"}
    assert read(lotte).answers == {}


def test_nobody_else_can_read_change_or_delete_it(own, mara, lotte):
    for somebody in (mara, lotte):
        with pytest.raises(Response.DoesNotExist):
            save(somebody, own, {BUDDY: 1})
        with pytest.raises(Response.DoesNotExist):
            remove_own(by=scope_of(somebody), response=own.pk)
    assert not own_responses(mara).exists()


def test_a_row_says_neither_what_nor_whether_something_was_answered(own, sam, lotte):
    before = own_responses(sam).get()
    save(sam, own, dict.fromkeys(own.group.questions, 1))
    after, untouched = own_responses(sam).get(), own_responses(lotte).get()
    assert (after.answers, after.revision, after.token_hash) == ({}, 0, None)
    assert len({len(row.cipher) for row in (before, after, untouched)}) == 1
    assert b"q.A8" not in bytes(after.cipher)


def test_what_is_sealed_for_one_row_cannot_be_opened_in_another(own, sam, lotte):
    save(sam, own, {BUDDY: 0})
    sealed = own_responses(sam).get().cipher
    own_responses(lotte).update(cipher=sealed)
    with pytest.raises(WrongKey):
        read(lotte)


def test_two_windows_lose_nothing(own, sam):
    save(sam, own, {BUDDY: 3})
    with pytest.raises(rounds.Overtaken) as overtaken:
        save(sam, own, {BUDDY: 1})
    assert overtaken.value.answers == {BUDDY: 3}


@pytest.mark.parametrize(("answers", "error"), [({BUDDY: 9}, ValueError), ({"q.A1.board": 1}, KeyError)])
def test_an_answer_that_is_none_is_refused(own, sam, answers, error):
    with pytest.raises(error):
        save(sam, own, answers)


def test_it_is_counted_nowhere_and_published_never(scope, org, own, sam, made):
    for question in own.group.questions:
        save(sam, own, {question: 1}, revision=read(sam).revision)
    assert queries.begun(scope, made.round) is None  # six on paper, and nobody else
    assert not Asked.objects.within(scope).filter(group__perspective="psw").exists()
    closed(scope, org, made)
    assert not Tally.objects.within(scope).filter(group="psw").exists()
    assert {sum(row.counts or [0]) for row in Tally.objects.within(scope)} == {0}
    made.round.refresh_from_db()
    assert all("psw" not in one["middles"] for one in made.round.summary.values())
    assert queries.named(scope, made.round) == []


def test_after_closing_it_can_be_read_and_deleted_but_not_changed(scope, org, own, sam, made):
    save(sam, own, {BUDDY: 1})
    closed(scope, org, made)
    with pytest.raises(rounds.Closed):
        save(sam, own, {BUDDY: 2}, revision=1)
    assert read(sam).answers == {BUDDY: 1}
    assert own_open(sam) == []
    remove_own(by=scope_of(sam), response=own.pk)
    assert not own_responses(sam).exists()


def test_it_goes_with_the_account(own, sam):
    close_account(by=sam)
    assert not Response.objects.across(because="test").filter(pk=own.pk).exists()


def test_nothing_ever_comes_of_it_so_nobody_waits_to_be_shown(scope, org, made, edition):
    closed(scope, org, made)
    assert opened(scope, org, edition, GroupPlan("psw", printed=5))


@pytest.mark.parametrize("more", [{"emails": ("a@example.org",)}, {"printed": 5}])
def test_for_oneself_one_answers_with_an_account(scope, org, edition, sam, more):
    with pytest.raises(ValueError, match="with an account"):
        opened(scope, org, edition, GroupPlan("psw", accounts=(sam.pk,), **more))


def test_the_database_takes_no_plain_answer_of_ones_own(own, scope):
    rows = Response.objects.within(scope).filter(pk=own.pk)
    for wrong in ({"answers": {BUDDY: 1}}, {"label": "sam"}, {"account": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_more_people_can_be_asked_for_themselves(scope, org, made, sam):
    ayse = Account.objects.create_user("ayse@example.org")
    group = RoundGroup.objects.within(scope).get(perspective="psw")
    where = {"organisation": org.pk, "round_": made.round.pk, "group": group.pk, "size": 2}
    rounds.ask_more(by=scope, **where, accounts=[sam.pk, ayse.pk])
    assert RoundGroup.objects.within(scope).get(perspective="psw").size == 3
    assert len(own_open(ayse)) == len(own_open(sam)) == 1


def test_without_a_key_nothing_private_is_begun(scope, org, edition, sam, settings):
    settings.PRIVATE_KEYS = ""
    with pytest.raises(WrongKey):
        opened(scope, org, edition, GroupPlan("psw", accounts=(sam.pk,)))
    assert not RoundGroup.objects.within(scope).exists()
    assert own_answers.own_open(sam) == []
