"""From what is wanted to what would change: worked cases, and what holds for anything that is wanted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from alongside.rules.access import Role
from alongside.rules.people_plan import Known, Wanted, Wish, changes, teams_without_a_kind
from alongside.rules.people_words import plain


def wanted(*wishes):
    """As a table says it: a team by the name that stands there first, whatever its capitals."""
    names = {plain(team): team for _, _, team in reversed(wishes) if team}
    said = {Wish(email, role, names.get(plain(team), "")): None for email, role, team in wishes}
    return Wanted(tuple(said), dict.fromkeys(names.values(), ""))


def known_with(*, teams=(), members=(), held=(), invited=()):
    return Known(
        {plain(name): (name, kind) for name, kind in teams}, frozenset(members), frozenset(held), frozenset(invited)
    )


def test_members_get_the_role_and_everyone_else_an_invitation():
    known = known_with(teams=[("North", "care")], members=["in@b.org"])
    found = changes(wanted(("in@b.org", Role.BOARD, "north"), ("out@b.org", Role.BOARD, "north")), known)
    assert found.roles == (Wish("in@b.org", Role.BOARD, "North"),)
    assert found.invitations == (Wish("out@b.org", Role.BOARD, "North"),)
    assert found.teams == ()


def test_what_is_so_already_is_left():
    has, waits = Wish("in@b.org", Role.BOARD, "north"), Wish("out@b.org", Role.HR, "")
    known = known_with(teams=[("North", "care")], members=["in@b.org"], held=[has], invited=[waits])
    found = changes(wanted(("in@b.org", Role.BOARD, "North"), ("out@b.org", Role.HR, "")), known)
    assert found.nothing
    assert len(found.already) == 2


def test_the_same_role_in_another_team_is_another_role():
    known = known_with(teams=[("North", "care")], members=["in@b.org"], held=[Wish("in@b.org", Role.BOARD, "north")])
    found = changes(wanted(("in@b.org", Role.BOARD, "")), known)
    assert found.roles == (Wish("in@b.org", Role.BOARD, ""),)


def test_a_member_with_an_open_invitation_gets_the_role_at_once():
    waits = Wish("in@b.org", Role.BOARD, "")
    known = known_with(members=["in@b.org"], invited=[waits])
    assert changes(Wanted((waits,), {}), known).roles == (waits,)


def test_a_team_that_went_away_meanwhile_and_has_no_kind_is_told():
    asked = wanted(("a@b.org", Role.BOARD, "North"))
    assert teams_without_a_kind(asked, known_with(teams=[("north", "care")])) == []
    assert teams_without_a_kind(asked, Known()) == ["North"]


ADDRESSES = st.sampled_from(["a@b.org", "c@d.org", "e@f.org"])
TEAMS = st.sampled_from(["", "North", "NORTH", "South"])
WISHES = st.lists(st.tuples(ADDRESSES, st.sampled_from(list(Role)), TEAMS), max_size=12)
HELD = st.sets(st.builds(Wish, ADDRESSES, st.sampled_from(list(Role)), TEAMS.map(plain)), max_size=6)
PLACES = [("North", "care"), ("South", "department")]


@given(WISHES, HELD, HELD)
def test_doing_it_twice_is_doing_it_once(rows, held, invited):
    members = {wish.email for wish in held}
    known = known_with(teams=PLACES, members=members, held=held, invited=invited)
    asked = wanted(*rows)
    first = changes(asked, known)
    after = known_with(
        teams=PLACES,
        members=members,
        held=held | {wish._replace(team=plain(wish.team)) for wish in first.roles},
        invited=invited | {wish._replace(team=plain(wish.team)) for wish in first.invitations},
    )
    assert changes(asked, after).nothing
    assert len(changes(asked, after).already) == len(asked.wishes)


@given(WISHES, HELD, HELD)
def test_every_row_ends_in_exactly_one_place(rows, held, invited):
    known = known_with(teams=PLACES, members={wish.email for wish in held}, held=held, invited=invited)
    asked = wanted(*rows)
    found = changes(asked, known)
    assert len(found.invitations) + len(found.roles) + len(found.already) == len(asked.wishes)
    assert {wish.email for wish in found.roles} <= known.members
    assert not {wish.email for wish in found.invitations} & known.members


@given(WISHES, HELD)
def test_the_seal_tells_changes_apart(rows, held):
    known = known_with(teams=PLACES, members={wish.email for wish in held}, held=held)
    asked = wanted(*rows)
    same = changes(asked, known).seal == changes(asked, known_with(teams=PLACES)).seal
    assert same == (changes(asked, known) == changes(asked, known_with(teams=PLACES)))
