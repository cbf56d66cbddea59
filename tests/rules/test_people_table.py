"""Reading a table of people: what each row asks for, every fault with its place, and what is left alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from alongside.rules import people_table
from alongside.rules.access import Role
from alongside.rules.people_plan import Known, Wanted, Wish
from alongside.rules.people_table import Fault, Vocabulary, Wrong, read_people
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
