"""The preview of an import, its faults in words, and the plan that travels from the preview to the yes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.core import signing
from django.utils.translation import get_language, gettext, gettext_lazy
from django.utils.translation import gettext as _

from alongside.people.models import ROLE_NAMES, TEAM_KINDS, Account
from alongside.rules.access import Role
from alongside.rules.people_plan import Changes, Wanted, Wish
from alongside.rules.people_table import MOST_ROWS, Fault, Wrong
from alongside.standard.bad_input import Problem

AN_HOUR = 60 * 60
MOST_FAULTS = 100
FAULTS = {
    Wrong.NO_EMAIL_COLUMN: gettext_lazy("No column holds e-mail addresses. Call one “e-mail”, in the first row."),
    Wrong.NO_ROLE_COLUMN: gettext_lazy("No column holds roles. Call one “role”, in the first row."),
    Wrong.TWO_COLUMNS: gettext_lazy("Another column means the same; keep one of the two."),
    Wrong.TOO_MANY: gettext_lazy("More than %(most)s people at once; split the table."),
    Wrong.NO_ROWS: gettext_lazy("There is nobody in the table; fill in a row for each person."),
    Wrong.NO_EMAIL: gettext_lazy("The e-mail address is missing."),
    Wrong.EMAIL: gettext_lazy("“%(value)s” is no e-mail address."),
    Wrong.NO_ROLE: gettext_lazy("The role is missing."),
    Wrong.ROLE: gettext_lazy("“%(value)s” is no role here; the workbook to fill in lists them all."),
    Wrong.KIND: gettext_lazy("“%(value)s” is no kind of team here; the workbook to fill in lists them all."),
    Wrong.KIND_ALONE: gettext_lazy("There is a kind of team, and no team."),
    Wrong.TWO_KINDS: gettext_lazy("Another row says that this team is something else than “%(value)s”."),
    Wrong.OTHER_KIND: gettext_lazy(
        "“%(value)s” is there already, as another kind of team. Empty the cell, or change the team first."
    ),
    Wrong.NO_KIND: gettext_lazy("“%(value)s” is a new team: say in one row what kind of team it is."),
    Wrong.FORMULA: gettext_lazy("“%(value)s” begins like a formula; write it as plain words."),
    Wrong.TEAM_NAME: gettext_lazy("“%(value)s” is too long for a team’s name, or holds signs that do not print."),
}


class Told(NamedTuple):
    """Where something is wrong, and what; `english`: nobody has translated it yet."""

    where: str
    what: str
    english: bool = False


class Group(NamedTuple):
    """Addresses that get the same role in the same team."""

    role: str
    team: str
    addresses: list[str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change, in words: names and kinds of new teams, whom to invite, which members get a role."""

    teams: Sequence[tuple[str, str]]
    invitations: Sequence[Group]
    roles: Sequence[Group]
    letters: int
    given: int
    already: int
    nothing: bool


def example() -> list[tuple[str, str, str, str, str]]:
    """Three rows as a table could hold them: name, address, role, team and its kind."""
    north, south = _("Team North"), _("Team South")
    care = str(TEAM_KINDS["care"])
    manager, member, peer = (str(ROLE_NAMES[role]) for role in (Role.MANAGER, Role.TEAM_MEMBER, Role.PEER_WORKER))
    return [
        ("Alex Kim", "alex@example.org", manager, north, care),
        ("Bo Lind", "bo@example.org", member, north, ""),
        ("Chris Roy", "chris@example.org", peer, south, care),
    ]


def preview(changes: Changes) -> Preview:
    """`changes` as the page shows them."""
    return Preview(
        teams=[(name, str(TEAM_KINDS[kind])) for name, kind in changes.teams],
        invitations=_groups(changes.invitations),
        roles=_groups(changes.roles),
        letters=len({wish.email for wish in changes.invitations}),
        given=len(changes.roles),
        already=len(changes.already),
        nothing=changes.nothing,
    )


def faults_told(faults: Sequence[Fault], *, sheets: bool) -> list[Told]:
    """The first of them in words; the sheet is named where there are several."""
    return [
        Told(
            _where(sheet_of(fault.sheet) if sheets else "", fault.row, fault.column),
            str(FAULTS[fault.wrong]) % {"value": fault.value, "most": MOST_ROWS},
        )
        for fault in faults[:MOST_FAULTS]
    ]


def problems_told(problems: Iterable[Problem]) -> list[Told]:
    """Why a file could not be read, in words."""
    told = []
    for problem in problems:
        what = gettext(problem.message)
        english = what == problem.message and get_language() != "en"
        column = str(problem.column) if problem.column is not None else ""
        told.append(Told(_where(sheet_of(problem.file), problem.row, column), what, english))
    return told


def sheet_of(name: str) -> str:
    """The sheet in the name of a table (“people.xlsx, sheet Board”); empty where there is none."""
    return name.partition(", sheet ")[2]


def sealed(wanted: Wanted, seal: str, organisation: UUID, account: Account) -> str:
    """The plan as one line of text that only this site can write, for this account in this organisation."""
    teams = {name: number for number, name in enumerate(wanted.kinds)}
    people = [[wish.email, wish.role, teams.get(wish.team, -1)] for wish in wanted.wishes]
    plan = {"teams": list(wanted.kinds.items()), "people": people, "seal": seal}
    return signing.dumps(plan, salt=_salt(organisation, account), compress=True)


def unsealed(text: str, organisation: UUID, account: Account) -> tuple[Wanted, str]:
    """The plan and the seal of what was shown. Raises signing.BadSignature, also after an hour."""
    plan = signing.loads(text, salt=_salt(organisation, account), max_age=AN_HOUR)
    names = [name for name, _kind in plan["teams"]]
    wishes = tuple(Wish(email, Role(role), names[team] if team >= 0 else "") for email, role, team in plan["people"])
    return Wanted(wishes, dict(plan["teams"])), plan["seal"]


def _salt(organisation: UUID, account: Account) -> str:
    return f"alongside.import.{organisation}.{account.pk}"


def _groups(wishes: Iterable[Wish]) -> list[Group]:
    found: dict[tuple[Role, str], list[str]] = {}
    for wish in wishes:
        found.setdefault((wish.role, wish.team), []).append(wish.email)
    order = list(ROLE_NAMES)
    keys = sorted(found, key=lambda one: (one[1], order.index(one[0])))
    return [Group(str(ROLE_NAMES[role]), team, sorted(found[role, team])) for role, team in keys]


def _where(sheet: str, row: int | None, column: str) -> str:
    parts = [
        _("sheet %(name)s") % {"name": sheet} if sheet else "",
        _("row %(number)s") % {"number": row} if row is not None else "",
        _("column %(name)s") % {"name": column} if column else "",
    ]
    return ", ".join(part for part in parts if part)
