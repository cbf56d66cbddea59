"""An attacker with everything that is published, or with two copies of the database, learns nobody's sealed answer.

What is promised, and what is not, stands in docs/adr/0004-small-groups.md and 0009-rounds.md.
"""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alongside.assessment import rounds
from alongside.assessment.models import Asked, Response, Round, RoundGroup, Tally
from alongside.assessment.rounds import NAMED, OFFICIAL, SEALED, GroupPlan
from alongside.people import teams
from alongside.standard.asking import APART
from alongside.standard.items import Stage
from alongside.standard.loading import standard
from tests.asking import TODAY, addresses, opened
from tests.bounds import Attack
from tests.dumps import changed, dump

QUESTION, NOMINAL = "q.A8.buddy", "q.B1.happens"
ANSWERS = {QUESTION: 5, NOMINAL: 3}


def counted(answers, question):
    """Answers of a group to one question as they are published: steps, don't know, does not apply, blank."""
    said = [one.get(question) for one in answers]
    return [said.count(one) for one in (*range(ANSWERS.get(question, 5)), *APART, None)]


def few_but_some(counts, limit=5):
    """A group in which somebody answered, and fewer than `limit` did."""
    said, answered = sum(counts[:-1]), sum(counts[:-3])
    return 0 < answered < limit or 0 < said < limit


def what_can_be_worked_out(sizes, regimes, published, truth):
    """For two attackers: any reader, and one who steers and so reads what is said by name.

    Returns what breaks the promise: a small sealed group of which it is certain how many gave an answer, or somebody
    whose answer is certain although not all of five or more said the same.
    """
    broken = []
    by_name = {key: counts for key, counts in truth.items() if regimes[key] == NAMED}
    for reader, known in (("anyone", {}), ("a steerer", by_name)):
        attack = Attack(len(next(iter(truth.values()))), sizes, published, known)
        for key in (key for key in sizes if regimes[key] == SEALED):
            for answer in range(attack.answers):
                fewest, most = attack.bounds(key, answer)
                assert fewest <= truth[key][answer] <= most  # the program speaks about what really was said
                certain = fewest == most > 0
                if certain and few_but_some(truth[key]):
                    broken.append((reader, key, answer, "is certain"))
                if fewest == sizes[key] and sizes[key] < 5:
                    broken.append((reader, key, answer, "is what each of them said"))
    return broken


kinds = st.sampled_from(
    [
        *(("team", number, SEALED) for number in (1, 2, 3)),
        ("psw", 0, SEALED),
        ("client", 0, SEALED),
        ("managers", 0, NAMED),
        ("managers", 1, NAMED),
        ("board", 0, OFFICIAL),
    ]
)
spoken = st.lists(st.sampled_from([None, 0, 1, 1, "dont_know", "not_applicable"]), min_size=0, max_size=7)
round_of = st.dictionaries(kinds, st.tuples(spoken, st.integers(5, 8)), min_size=1, max_size=7)


@settings(max_examples=150, deadline=None)
@given(round_of, st.sampled_from([QUESTION, NOMINAL]))
def test_nothing_published_about_a_question_pins_down_a_small_group(drawn, question):
    sizes, regimes, truth, groups, responses = {}, {}, {}, [], []
    for (perspective, number, regime), (said, size) in drawn.items():
        size = {SEALED: size, NAMED: max(1, len(said)), OFFICIAL: 1}[regime]
        answers = [{question: one} if one is not None else {} for one in [*said, *[None] * size][:size]]
        group = RoundGroup(perspective=perspective, number=number, regime=regime, size=size, questions=[question])
        groups.append(group)
        sizes[group.key], regimes[group.key] = size, regime
        truth[group.key] = counted(answers, question)
        responses += [(group.key, one) for one in answers]
    asked = Round(instrument="readiness", stage=Stage.GROWING, limit=5)
    figures = rounds.publication(standard(), asked, groups, responses)[question]
    published = {
        key: None if one.suppressed else [*one.counts, one.dont_know, one.not_applicable, one.blank]
        for key, one in {"": figures.total, **figures.by}.items()
    }
    assert what_can_be_worked_out(sizes, regimes, published, truth) == []


def test_the_attack_would_find_a_group_that_is_published_too_small():
    """The test can fail: a total published beside one group gives the other away."""
    sizes, regimes = {"psw": 5, "team": 6}, {"psw": SEALED, "team": SEALED}
    truth = {"psw": [2, 0, 0, 0, 0, 0, 0, 3], "team": [1, 5, 0, 0, 0, 0, 0, 0]}
    total = [a + b for a, b in zip(*truth.values(), strict=True)]
    published = {"": total, "team": truth["team"], "psw": None}
    assert ("anyone", "psw", 0, "is certain") in what_can_be_worked_out(sizes, regimes, published, truth)


def test_what_is_said_by_name_hides_nobody(edition):
    """Whoever steers reads the managers' names: three of them and four peer workers are no seven."""
    groups = [
        RoundGroup(perspective="psw", regime=SEALED, size=5, questions=[QUESTION]),
        RoundGroup(perspective="managers", regime=NAMED, size=3, questions=[QUESTION]),
        RoundGroup(perspective="team", regime=SEALED, size=9, questions=[QUESTION]),
    ]
    responses = [("psw", {QUESTION: 0})] * 4 + [("managers", {QUESTION: 3})] * 3 + [("team", {QUESTION: 2})] * 9
    figures = rounds.publication(edition, Round(limit=5), groups, responses)[QUESTION]
    assert all(one.suppressed for one in figures.by.values())
    assert figures.total.n == 16


def opened_with_everything(scope, org, edition):
    """Peer workers and relatives who joined them, three teams, clients, managers by name, an office, latecomers."""
    places = [teams.add_team(by=scope, organisation=org.pk, name=name, kind="care").pk for name in ("N", "S", "W")]
    groups = (
        GroupPlan("psw", addresses("psw", 3), printed=2),
        GroupPlan("relative", addresses("relative", 2), joins="psw"),
        *(GroupPlan("team", addresses(f"team{n}", 5 + n), team=place) for n, place in enumerate(places)),
        GroupPlan("client", printed=6),
        GroupPlan("managers", addresses("manager", 3)),
        GroupPlan("board", addresses("board", 2)),
    )
    made = opened(scope, org, edition, *groups)
    psw = RoundGroup.objects.within(scope).get(perspective="psw")
    where = {"by": scope, "organisation": org.pk, "round_": made.round.pk, "group": psw.pk}
    assert rounds.ask_more(**where, size=7, emails=addresses("late", 4)).letters == ()
    late = rounds.ask_more(**where, size=7, emails=["later@example.org"])
    tokens = [token for _, token in (*made.letters, *late.letters)]
    tokens += [code for codes in made.codes.values() for code in codes]
    return made.round, list(dict.fromkeys(tokens))


def answer_somehow(edition, token, chance):
    """As many as one likes: some answer nothing, some all, some a few."""
    found = rounds.find_response(token=token)
    asked = [one for one in rounds.asked_of(edition, found.group) if chance.random() < 0.5]
    said = {one.id: chance.choice([*range(edition.scales[one.scale].answers), *APART]) for one in asked}
    return rounds.save_answers(response=found.pk, answers=said, revision=found.revision)


@pytest.mark.parametrize("seed", range(3))
def test_nothing_published_about_a_whole_round_pins_down_a_small_group(scope, org, edition, seed):
    chance = random.Random(seed)
    found, tokens = opened_with_everything(scope, org, edition)
    for token in tokens:
        if chance.random() < 0.7:
            answer_somehow(edition, token, chance)
    rounds.close_round(by=scope, organisation=org.pk, round_=found.pk, today=TODAY)
    groups = list(RoundGroup.objects.within(scope).filter(round=found))
    answers = {
        group.key: [one.answers for one in Response.objects.within(scope).filter(group=group)] for group in groups
    }
    tallies = {}
    for row in Tally.objects.within(scope).filter(round=found):
        counts = row.counts and [*row.counts, row.dont_know, row.not_applicable, row.blank]
        tallies.setdefault(row.criterion, {})[row.group] = counts
    assert len(tallies) > 40
    for criterion, published in tallies.items():
        asked = [group for group in groups if criterion in group.questions]
        sizes = {group.key: len(answers[group.key]) for group in asked}
        steps = edition.scales[edition.criteria[criterion].scale].answers
        truth = {
            key: [[one.get(criterion) for one in answers[key]].count(a) for a in (*range(steps), *APART, None)]
            for key in sizes
        }
        broken = what_can_be_worked_out(sizes, {group.key: group.regime for group in asked}, published, truth)
        assert broken == [], criterion


def test_comparing_the_database_before_and_after_each_answer_shows_one_slot_and_nobody(scope, org, edition):
    """Everyone answers through the pages, in any order; each time one row changes, and nothing else in any table."""
    chance = random.Random(5)
    _, tokens = opened_with_everything(scope, org, edition)
    chance.shuffle(tokens)
    asked = set(Asked.objects.within(scope).values_list("email", flat=True))
    for token in tokens[:16]:
        client = Client()
        before = dump()
        client.post(reverse("answer-begin", args=[token]))
        client.get(reverse("answer-question", args=[1]))
        assert changed(before, dump()) == {}  # whoever only looks leaves nothing
        client.post(reverse("answer-question", args=[1]), {"answer": "1", "revision": "0"})
        after = dump()
        assert changed(before, after) == {Response._meta.db_table: (1, 1)}
        new = next(iter(after[Response._meta.db_table] - before[Response._meta.db_table]))
        by_name = rounds.find_response(token=token).regime in {NAMED, OFFICIAL}
        assert by_name or not [email for email in asked if email in new]
        assert token not in new


def test_a_response_has_no_column_that_tells_when_it_was_given_or_by_whom():
    known = {"id", "group", "regime", "label", "token_hash", "account", "answers", "cipher", "revision"}
    assert {field.name for field in Response._meta.get_fields()} == known


def test_latecomers_are_shuffled_among_themselves(scope, org, edition):
    """If they stood in the order of the addresses, eight of them would do so once in 40,000 times."""
    made = opened(scope, org, edition, GroupPlan("psw", printed=5))
    group = RoundGroup.objects.within(scope).get()
    late = rounds.ask_more(
        by=scope, organisation=org.pk, round_=made.round.pk, group=group.pk, size=5, emails=addresses("late", 8)
    )
    stored = physical_order()
    in_order = [rounds.hash_of(token) for _, token in sorted(late.letters)]
    assert sorted(stored[5:]) == sorted(in_order)
    assert stored[5:] != in_order


def physical_order():
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT token_hash FROM {Response._meta.db_table} ORDER BY {order}")
        return [row[0] for row in cursor.fetchall()]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=5, max_size=8))
def test_a_group_that_is_not_of_one_mind_gives_nobody_away(said):
    """What is not promised is seen here too: where all of a group say the same, everyone knows what each said."""
    truth = {"psw": [said.count(step) for step in range(5)] + [0, 0, 0]}
    attack = Attack(8, {"psw": len(said)}, {"": truth["psw"], "psw": truth["psw"]}, {})
    everyone = [attack.bounds("psw", step)[0] == len(said) for step in range(5)]
    assume(len(set(said)) > 1)
    assert not any(everyone)
