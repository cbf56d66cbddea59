"""From the rows of a table to what would change: worked cases, and what holds for any table."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.rules import people_table
from alongside.rules.access import Role
from alongside.rules.people_table import (
    Fault,
    Known,
    Vocabulary,
    Wanted,
    Wish,
    Wrong,
    changes,
    read_people,
    teams_without_a_kind,
)
from alongside.rules.people_words import key, plain

ROLES = {key(role): role for role in Role} | {"ervaringsdeskundige": Role.PEER_WORKER}
VOCABULARY = Vocabulary(
    ROLES, {"care": "care", "careteam": "care", "department": "department"}, lambda text: "@" in text
)
NOBODY = Known()
HEADER = ("e-mail", "role", "team", "kind of team")


@dataclass(frozen=True)
class Sheet:
    header: tuple[str, ...]
    rows: list[tuple[str, ...]]
    name: str = "people.csv"
    first_row: int = 2


def read(*rows, header=HEADER, known=NOBODY, name="people.csv"):
    padded = [(*row, *[""] * (len(header) - len(row))) for row in rows]
    return read_people([Sheet(header, padded, name)], VOCABULARY, known)


def known_with(*, teams=(), members=(), held=(), invited=()):
    return Known(
        {plain(name): (name, kind) for name, kind in teams}, frozenset(members), frozenset(held), frozenset(invited)
    )


def test_columns_stand_in_any_order_and_language():
    reading = read(
        ("Sam", "care team", "ervaringsdeskundige", "SAM@example.org", "Noord"),
        header=("Naam", "Soort team", "Rol", "E-mailadres", "Team"),
    )
    assert reading.faults == []
    assert reading.wanted == Wanted((Wish("sam@example.org", Role.PEER_WORKER, "Noord"),), {"Noord": "care"})
    assert reading.names


def test_a_role_is_read_by_its_id_too():
    assert read(("a@b.org", "Peer-Worker")).wanted.wishes == (Wish("a@b.org", Role.PEER_WORKER, ""),)


def test_other_columns_are_named_and_those_that_look_like_health_apart():
    reading = read(("a@b.org", "board", "1", "x"), header=("e-mail", "role", "Phone", "Diagnosis"))
    assert (reading.left, reading.health) == (["Phone"], ["Diagnosis"])


def test_what_stands_in_other_columns_changes_nothing():
    header = ("e-mail", "role", "Phone", "Diagnosis")
    one, other = (read(("a@b.org", "board", secret, secret), header=header) for secret in ("x", "=1+1"))
    assert one == other


def test_empty_rows_are_passed_over_and_keep_their_number():
    reading = read(("a@b.org", "board"), ("", ""), ("c@d.org", "king"))
    assert reading.faults == [Fault(Wrong.ROLE, "people.csv", 4, "role", "king")]


@pytest.mark.parametrize(
    ("row", "wrong", "column"),
    [
        (("", "board"), Wrong.NO_EMAIL, "e-mail"),
        (("nobody", "board"), Wrong.EMAIL, "e-mail"),
        (("a@b.org", ""), Wrong.NO_ROLE, "role"),
        (("a@b.org", "king"), Wrong.ROLE, "role"),
        (("a@b.org", "board", "North", "gang"), Wrong.KIND, "kind of team"),
        (("a@b.org", "board", "", "care"), Wrong.KIND_ALONE, "kind of team"),
        (("a@b.org", "board", "North", ""), Wrong.NO_KIND, "team"),
        (("a@b.org", "board", "=1+1", "care"), Wrong.FORMULA, "team"),
        (("a@b.org", "board", "@SUM(A1)", "care"), Wrong.FORMULA, "team"),
        (("a@b.org", "board", "n" * 81, "care"), Wrong.TEAM_NAME, "team"),
        (("a@b.org", "board", "No\x07rth", "care"), Wrong.TEAM_NAME, "team"),
    ],
)
def test_a_fault_is_named_with_row_and_column(row, wrong, column):
    (fault,) = read(row).faults
    assert (fault.wrong, fault.row, fault.column) == (wrong, 2, column)


def test_a_formula_in_a_name_is_refused():
    (fault,) = read(("=cmd()", "a@b.org", "board"), header=("name", "e-mail", "role")).faults
    assert (fault.wrong, fault.column) == (Wrong.FORMULA, "name")


def test_every_fault_of_a_table_is_found_at_once():
    reading = read(("x", "king"), ("", ""), ("y", ""), ("a@b.org", "board"))
    assert [(fault.row, fault.wrong) for fault in reading.faults] == [
        (2, Wrong.EMAIL),
        (2, Wrong.ROLE),
        (4, Wrong.EMAIL),
        (4, Wrong.NO_ROLE),
    ]


@pytest.mark.parametrize(
    ("header", "wrong"),
    [
        (("name", "role"), Wrong.NO_EMAIL_COLUMN),
        (("e-mail", "name"), Wrong.NO_ROLE_COLUMN),
        (("e-mail", "E-Mail-Adresse", "role"), Wrong.TWO_COLUMNS),
    ],
)
def test_a_column_that_is_missing_or_double_is_named(header, wrong):
    assert wrong in {fault.wrong for fault in read(("a@b.org",) * len(header), header=header).faults}


def test_names_may_stand_in_two_columns():
    header = ("first name", "surname", "e-mail", "role")
    assert read(("Sam", "Boer", "a@b.org", "board"), header=header).faults == []


def test_a_table_of_nobody_is_refused():
    assert [fault.wrong for fault in read().faults] == [Wrong.NO_ROWS]


def test_too_many_people_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(people_table, "MOST_ROWS", 3)
    rows = [(f"p{number}@b.org", "board") for number in range(4)]
    assert read(*rows).faults[0].wrong == Wrong.TOO_MANY
    assert not read(*rows[:-1]).faults


def test_sheets_without_addresses_are_passed_over():
    people = Sheet(HEADER, [("a@b.org", "board", "", "")], "b.xlsx, sheet 1")
    lists = Sheet(("role", "kind of team"), [("board", "care")], "b.xlsx, sheet 2")
    reading = read_people([lists, people], VOCABULARY, NOBODY)
    assert (reading.sheets, reading.faults, len(reading.wishes)) == (["b.xlsx, sheet 2"], [], 1)


def test_a_team_is_one_however_it_is_capitalised():
    reading = read(("a@b.org", "board", "Team Noord", "care"), ("c@d.org", "board", "team  noord"))
    assert reading.wanted.kinds == {"Team Noord": "care"}
    assert {wish.team for wish in reading.wishes} == {"Team Noord"}


def test_the_kind_of_a_new_team_may_stand_in_any_of_its_rows():
    reading = read(("a@b.org", "board", "North"), ("c@d.org", "board", "North", "department"))
    assert (reading.faults, reading.wanted.kinds) == ([], {"North": "department"})


def test_two_rows_that_describe_a_team_differently_are_a_fault():
    reading = read(("a@b.org", "board", "North", "care"), ("c@d.org", "board", "North", "department"))
    assert [(fault.wrong, fault.row) for fault in reading.faults] == [(Wrong.TWO_KINDS, 3)]


def test_a_team_that_is_there_needs_no_kind_and_gets_no_other():
    known = known_with(teams=[("North", "care")])
    assert read(("a@b.org", "board", "NORTH"), known=known).faults == []
    (fault,) = read(("a@b.org", "board", "North", "department"), known=known).faults
    assert fault.wrong == Wrong.OTHER_KIND


def test_members_get_the_role_and_everyone_else_an_invitation():
    known = known_with(teams=[("North", "care")], members=["in@b.org"])
    found = changes(read(("in@b.org", "board", "north"), ("out@b.org", "board", "north"), known=known).wanted, known)
    assert found.roles == (Wish("in@b.org", Role.BOARD, "North"),)
    assert found.invitations == (Wish("out@b.org", Role.BOARD, "North"),)
    assert found.teams == ()


def test_what_is_so_already_is_left():
    has, waits = Wish("in@b.org", Role.BOARD, "north"), Wish("out@b.org", Role.HR, "")
    known = known_with(teams=[("North", "care")], members=["in@b.org"], held=[has], invited=[waits])
    found = changes(read(("IN@b.org", "board", "North"), ("out@b.org", "hr"), known=known).wanted, known)
    assert found.nothing
    assert len(found.already) == 2


def test_the_same_role_in_another_team_is_another_role():
    known = known_with(teams=[("North", "care")], members=["in@b.org"], held=[Wish("in@b.org", Role.BOARD, "north")])
    found = changes(read(("in@b.org", "board"), known=known).wanted, known)
    assert found.roles == (Wish("in@b.org", Role.BOARD, ""),)


def test_a_member_with_an_open_invitation_gets_the_role_at_once():
    waits = Wish("in@b.org", Role.BOARD, "")
    known = known_with(members=["in@b.org"], invited=[waits])
    assert changes(Wanted((waits,), {}), known).roles == (waits,)


def test_a_team_that_went_away_meanwhile_and_has_no_kind_is_told():
    wanted = Wanted((Wish("a@b.org", Role.BOARD, "North"),), {"North": ""})
    assert teams_without_a_kind(wanted, known_with(teams=[("north", "care")])) == []
    assert teams_without_a_kind(wanted, NOBODY) == ["North"]


ADDRESSES = st.sampled_from(["a@b.org", "c@d.org", "E@F.org", "e@f.org"])
TEAMS = st.sampled_from(["", "North", "NORTH", "South"])
TABLES = st.lists(st.tuples(ADDRESSES, st.sampled_from([str(role) for role in Role]), TEAMS, st.just("")), max_size=12)
HELD = st.sets(st.builds(Wish, ADDRESSES.map(str.lower), st.sampled_from(list(Role)), TEAMS.map(plain)), max_size=6)
PLACES = [("North", "care"), ("South", "department")]


@given(TABLES, HELD, HELD)
def test_doing_it_twice_is_doing_it_once(rows, held, invited):
    members = {wish.email for wish in held}
    known = known_with(teams=PLACES, members=members, held=held, invited=invited)
    wanted = read(*rows, known=known).wanted
    first = changes(wanted, known)
    after = known_with(
        teams=PLACES,
        members=members,
        held=held | {wish._replace(team=plain(wish.team)) for wish in first.roles},
        invited=invited | {wish._replace(team=plain(wish.team)) for wish in first.invitations},
    )
    assert changes(wanted, after).nothing
    assert len(changes(wanted, after).already) == len(wanted.wishes)


@given(TABLES, HELD, HELD)
def test_every_row_ends_in_exactly_one_place(rows, held, invited):
    known = known_with(teams=PLACES, members={wish.email for wish in held}, held=held, invited=invited)
    wanted = read(*rows, known=known).wanted
    found = changes(wanted, known)
    assert len(found.invitations) + len(found.roles) + len(found.already) == len(wanted.wishes)
    assert {wish.email for wish in found.roles} <= known.members
    assert not {wish.email for wish in found.invitations} & known.members


@given(TABLES, HELD)
def test_the_seal_tells_changes_apart(rows, held):
    known = known_with(teams=PLACES, members={wish.email for wish in held}, held=held)
    wanted = read(*rows, known=known).wanted
    same = changes(wanted, known).seal == changes(wanted, known_with(teams=PLACES)).seal
    assert same == (changes(wanted, known) == changes(wanted, known_with(teams=PLACES)))
