"""Which groups may be shown: sealed, official and named ones side by side."""

from __future__ import annotations

from alongside.rules.small_groups import Heard, Partition, partition


def split(official=(), named=(), **answered):
    return partition([{name: Heard(n, n) for name, n in answered.items()}], official=official, named=named)


def test_groups_of_five_are_shown_by_themselves():
    assert split(psw=5, team=9) == Partition(("psw", "team"), (), total=True)


def test_a_small_group_takes_the_next_smallest_along():
    assert split(psw=4, team=9, client=6) == Partition(("team",), ("psw", "client"), total=True)


def test_keys_of_teams_are_groups_like_any_other():
    found = partition([{"team.1": Heard(3, 3), "team.2": Heard(2, 2), "team.3": Heard(7, 7)}])
    assert found == Partition(("team.3",), ("team.1", "team.2"), total=True)


def test_a_named_group_hides_no_sealed_one():
    assert split(named=["managers"], managers=3, psw=4, team=9) == Partition((), (), total=True)
    assert split(named=["managers"], managers=6, psw=4, team=9) == Partition(("managers",), ("psw", "team"), total=True)
    assert split(named=["managers"], managers=6, psw=4) == Partition(("managers",), (), total=False)


def test_a_small_named_group_is_hidden_from_those_who_do_not_steer():
    assert split(named=["managers"], managers=3, psw=5, team=9) == Partition(("team",), ("managers", "psw"), total=True)
    assert split(named=["managers"], managers=3) == Partition((), (), total=False)


def test_an_office_is_always_shown_and_hides_nobody():
    assert split(official=["board"], board=1, psw=4, team=9) == Partition(("board",), (), total=True)
    assert split(official=["board"], board=1, psw=4) == Partition(("board",), (), total=False)
