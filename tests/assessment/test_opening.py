"""Opening by team, joining groups that are too small, and who of an organisation is asked by role."""

from __future__ import annotations

from itertools import count

import pytest

from alongside.assessment import queries, rounds, shown
from alongside.assessment.inviting import members
from alongside.assessment.models import Asked, Response, Round, RoundGroup, Tally
from alongside.assessment.naming import group_names
from alongside.assessment.rounds import GroupPlan
from alongside.people import actions
from alongside.people.models import Account, Membership, Team
from alongside.people.scope import scope_of
from alongside.rules.access import Role
from alongside.rules.selection import distribute
from alongside.standard.items import Stage
from tests.asking import addresses, answer_all, closed, opened, team


def groups(scope):
    return {group.key: group for group in RoundGroup.objects.within(scope)}


def test_a_perspective_is_asked_team_by_team(scope, org, edition):
    north, south = team(scope, org, "North"), team(scope, org, "South")
    made = opened(
        scope,
        org,
        edition,
        GroupPlan("team", addresses("n", 6), team=north.pk),
        GroupPlan("team", addresses("s", 7), team=south.pk),
        GroupPlan("team", addresses("o", 5)),
    )
    found = groups(scope)
    assert {key: (group.size, group.team_name) for key, group in found.items()} == {
        "team.1": (6, "North"),
        "team.2": (7, "South"),
        "team": (5, ""),
    }
    for step, (_, token) in enumerate(made.letters):
        answer_all(edition, rounds.find_response(token=token), step % 3)
    closed(scope, org, made)
    asked_by_team = Tally.objects.within(scope).filter(criterion=found["team"].questions[0])
    assert {row.group: sum(row.counts) for row in asked_by_team} == {"": 18, "team.1": 6, "team.2": 7, "team": 5}
    names = group_names(edition, found.values(), "en")
    assert names["team.2"] == f"{names['team']} · South"


def test_a_team_keeps_the_name_it_had_when_it_was_asked(scope, org, edition):
    north = team(scope, org, "North")
    opened(scope, org, edition, GroupPlan("team", addresses("n", 6), team=north.pk))
    Team.objects.within(scope).filter(pk=north.pk).delete()
    assert groups(scope)["team.1"].team_name == "North"


def test_a_team_of_another_organisation_is_not_asked(scope, org, edition):
    eve = Account.objects.create_user("eve@example.org")
    other = actions.open_organisation(by=eve, name="Other", kind="kind.care", country="NL", stage=Stage.GROWING)
    theirs = team(scope_of(eve), other, "Theirs")
    with pytest.raises(Team.DoesNotExist):
        opened(scope, org, edition, GroupPlan("team", addresses("n", 6), team=theirs.pk))
    assert not Round.objects.within(scope).exists()


def test_each_team_that_is_too_small_is_named(scope, org, edition):
    north, south = team(scope, org, "North"), team(scope, org, "South")
    plans = GroupPlan("team", addresses("n", 4), team=north.pk), GroupPlan("team", addresses("s", 7), team=south.pk)
    with pytest.raises(rounds.TooFew) as refused:
        opened(scope, org, edition, *plans)
    assert refused.value.groups == ("team.1",)


def test_a_small_team_joins_the_same_perspective_of_another(scope, org, edition):
    north, south = team(scope, org, "North"), team(scope, org, "South")
    opened(
        scope,
        org,
        edition,
        GroupPlan("team", addresses("n", 3), team=north.pk, joins="team.2"),
        GroupPlan("team", addresses("s", 4), team=south.pk),
    )
    group = groups(scope)["team.2"]
    assert (group.size, group.team_name, group.also) == (7, "South, North", [])
    assert Response.objects.within(scope).filter(group=group).count() == 7


def test_a_small_group_joins_another_and_both_are_named(scope, org, edition):
    plans = GroupPlan("psw", addresses("psw", 3), joins="team"), GroupPlan("team", addresses("team", 4))
    made = opened(scope, org, edition, *plans)
    group = RoundGroup.objects.within(scope).get()
    assert (group.key, group.size, group.also) == ("team", 7, ["psw"])
    titles = edition.words().perspectives
    assert group_names(edition, [group], "en")["team"] == f"{titles['team'].title}, {titles['psw'].title}"
    assert {group for _, token in made.letters for group in [rounds.find_response(token=token).group]} == {group}


def test_who_joins_is_asked_what_both_know_best_and_no_more_than_25(scope, org, edition):
    shown_to = distribute(edition, "readiness", stage=Stage.GROWING)
    plans = {who: [one.id for one in shown_to[who]] for who in ("psw", "team")}
    opened(scope, org, edition, GroupPlan("psw", printed=3, joins="team"), GroupPlan("team", printed=4))
    asked = RoundGroup.objects.within(scope).get().questions
    assert len(asked) == edition.instruments["readiness"].limit
    assert set(asked) <= {*plans["psw"], *plans["team"]}
    assert len(set(asked) & set(plans["psw"])) > len(asked) / 3
    places = list(edition.criteria)
    assert asked == sorted(asked, key=places.index)


def test_two_small_groups_are_enough_together_or_refused_together(scope, org, edition):
    opened(scope, org, edition, GroupPlan("psw", printed=3, joins="client"), GroupPlan("client", printed=2))
    with pytest.raises(rounds.TooFew) as refused:
        opened(scope, org, edition, GroupPlan("team", printed=2, joins="relative"), GroupPlan("relative", printed=2))
    assert refused.value.groups == ("relative", "team")


def test_an_address_that_stands_in_two_joined_groups_gets_one_link(scope, org, edition):
    plans = GroupPlan("psw", addresses("a", 3), joins="team"), GroupPlan("team", addresses("a", 5))
    made = opened(scope, org, edition, *plans)
    assert len(made.letters) == Asked.objects.within(scope).count() == RoundGroup.objects.within(scope).get().size == 5


@pytest.mark.parametrize("joins", ["psw", "nobody", "board", "client"])
def test_one_joins_only_a_sealed_group_that_is_asked(scope, org, edition, joins):
    plans = GroupPlan("psw", printed=3, joins=joins), GroupPlan("board", printed=1), GroupPlan("team", printed=9)
    with pytest.raises(ValueError, match="cannot answer with"):
        opened(scope, org, edition, *plans)
    assert not Round.objects.within(scope).exists()


def test_one_joins_no_group_that_joins_another_itself(scope, org, edition):
    plans = (
        GroupPlan("psw", printed=3, joins="relative"),
        GroupPlan("relative", printed=3, joins="team"),
        GroupPlan("team", printed=9),
    )
    with pytest.raises(ValueError, match="cannot answer with"):
        opened(scope, org, edition, *plans)


def test_a_team_can_give_one_joint_answer(scope, org, edition):
    north = team(scope, org, "North")
    made = opened(scope, org, edition, GroupPlan("team", addresses("n", 3), together=True, team=north.pk))
    answer = Response.objects.within(scope).get()
    assert answer.label.endswith(" · North")
    assert made.joint == {made.letters[0][1]}


def test_who_joined_has_to_be_shown_what_came_of_it_as_well(scope, org, edition):
    closed(
        scope, org, opened(scope, org, edition, GroupPlan("psw", printed=3, joins="team"), GroupPlan("team", printed=4))
    )
    with pytest.raises(shown.NotShown):
        opened(scope, org, edition, GroupPlan("psw", printed=5))


numbers = count()


def join(org, role, place=None):
    account = Account.objects.create_user(f"M{next(numbers)}@example.org")
    Membership(org=org, account=account, role=role, team=place).save()
    return account


def test_members_are_found_by_role_and_by_team(scope, org, django_assert_num_queries):
    north = team(scope, org, "North")
    inside, outside = join(org, Role.PEER_WORKER, north), join(org, Role.PEER_WORKER)
    join(org, Role.RESEARCHER)
    with django_assert_num_queries(1):
        found = members(scope, org.pk)
    assert set(found.of("psw")) == {inside.pk, outside.pk}
    assert set(found.of("psw", team=north.pk)) == {inside.pk}
    assert set(found.of("psw", but=[north.pk])) == {outside.pk}
    assert found.of("management") == {}
    assert set(found.of("psw").values()) == {inside.email.lower(), outside.email.lower()}


def test_members_of_another_organisation_are_not_found(scope, org):
    eve = Account.objects.create_user("eve@example.org")
    other = actions.open_organisation(by=eve, name="Other", kind="kind.care", country="NL", stage=Stage.GROWING)
    join(other, Role.PEER_WORKER)
    assert members(scope, other.pk).rows == ()


def test_progress_is_counted_in_steps_of_five_and_not_at_all_for_few(scope, org, edition):
    made = opened(scope, org, edition, GroupPlan("psw", printed=8), GroupPlan("team", printed=8))
    tokens = [code for codes in made.codes.values() for code in codes]
    seen = []
    for token in tokens:
        answer_all(edition, rounds.find_response(token=token), 1)
        seen.append(queries.begun(scope, made.round))
    assert seen == [(used - used % 5, 16) for used in range(1, 17)]


def test_progress_of_a_small_round_is_not_counted(scope, org, edition):
    assert queries.begun(scope, opened(scope, org, edition, GroupPlan("psw", printed=9)).round) is None
