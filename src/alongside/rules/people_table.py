"""Reads the rows of a table of people: what each asks for, every fault with its place, and what was left alone.

Pure: only columns that `people_words` knows are looked into.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from alongside.rules.access import Role
from alongside.rules.people_plan import Known, Wanted, Wish
from alongside.rules.people_words import COLUMNS, Column, key, looks_like_health, plain

MOST_ROWS = 20_000
LONGEST_TEAM = 80
FORMULA_SIGNS = ("=", "+", "-", "@")


class Sheet(Protocol):
    """A table as `documents/tables.Table` has it; `first_row` is the row number of rows[0] in the file."""

    @property
    def name(self) -> str: ...
    @property
    def header(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Sequence[Sequence[str]]: ...
    @property
    def first_row(self) -> int: ...


class Wrong(StrEnum):
    """What can be wrong with a table, or with one cell of it."""

    NO_EMAIL_COLUMN = "no-email-column"
    NO_ROLE_COLUMN = "no-role-column"
    TWO_COLUMNS = "two-columns"
    TOO_MANY = "too-many"
    NO_ROWS = "no-rows"
    NO_EMAIL = "no-email"
    EMAIL = "email"
    NO_ROLE = "no-role"
    ROLE = "role"
    KIND = "kind"
    KIND_ALONE = "kind-alone"
    TWO_KINDS = "two-kinds"
    OTHER_KIND = "other-kind"
    NO_KIND = "no-kind"
    FORMULA = "formula"
    TEAM_NAME = "team-name"


@dataclass(frozen=True, slots=True)
class Fault:
    """Where something is wrong, and what; `column` as the file calls it, `value` what stands there, of ours only."""

    wrong: Wrong
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How roles and kinds of team may be written (as `key` compares them), and what an address is."""

    roles: Mapping[str, Role]
    kinds: Mapping[str, str]
    is_address: Callable[[str], bool]


@dataclass(slots=True)
class Reading:
    """A table that was read: what it wants, every fault, and what was left alone.

    `left` and `health` are names of columns, `sheets` of sheets without addresses; `names`: names stood in it.
    """

    wishes: dict[Wish, None] = field(default_factory=dict)
    teams: dict[str, _Team] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    health: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    names: bool = False

    @property
    def wanted(self) -> Wanted:
        """What travels to the page that asks whether to go on."""
        return Wanted(tuple(self.wishes), {team.name: team.kind for team in self.teams.values()})


@dataclass(slots=True)
class _Team:
    """A team as the table first names it, and where."""

    name: str
    kind: str
    place: tuple[str, int, str]


def read_people(sheets: Iterable[Sheet], vocabulary: Vocabulary, known: Known) -> Reading:
    """What the rows of all sheets with addresses ask for; see `Reading`. Other columns are not looked into."""
    reading, found = Reading(), []
    for sheet in sheets:
        columns, double = _columns(sheet)
        if Column.EMAIL in columns:
            found.append((sheet, columns, double))
        else:
            reading.sheets.append(sheet.name)
    if not found:
        reading.faults.append(Fault(Wrong.NO_EMAIL_COLUMN))
    for sheet, columns, double in found:
        reading.faults += [Fault(Wrong.TWO_COLUMNS, sheet.name, None, title) for title in double]
        _leave(reading, sheet, columns)
        if Column.ROLE not in columns:
            reading.faults.append(Fault(Wrong.NO_ROLE_COLUMN, sheet.name))
        else:
            _read_sheet(reading, sheet, columns, vocabulary)
    _check_size(reading, found)
    reading.faults += _team_faults(reading, known)
    return reading


def _columns(sheet: Sheet) -> tuple[dict[Column, int], list[str]]:
    """Which column stands where; and titles that mean a column which is there already (names may stand in several)."""
    columns: dict[Column, int] = {}
    double = []
    for place, title in enumerate(sheet.header):
        column = COLUMNS.get(key(title))
        if column and columns.setdefault(column, place) != place and column is not Column.NAME:
            double.append(title)
    return columns, double


def _leave(reading: Reading, sheet: Sheet, columns: Mapping[Column, int]) -> None:
    reading.names = reading.names or Column.NAME in columns
    for title in sheet.header:
        if key(title) not in COLUMNS:
            titles = reading.health if looks_like_health(title) else reading.left
            if title not in titles:
                titles.append(title)


def _check_size(reading: Reading, found: Sequence[tuple[Sheet, object, object]]) -> None:
    if len(reading.wishes) > MOST_ROWS:
        reading.faults.insert(0, Fault(Wrong.TOO_MANY))
    elif found and not reading.wishes and not reading.faults:
        reading.faults.append(Fault(Wrong.NO_ROWS))


def _read_sheet(reading: Reading, sheet: Sheet, columns: Mapping[Column, int], vocabulary: Vocabulary) -> None:
    for number, cells in enumerate(sheet.rows, sheet.first_row):
        row = _Row(
            sheet, number, {column: " ".join(cells[place].split()) for column, place in columns.items()}, columns
        )
        if any(row.cells.values()):
            faults = list(row.faults(vocabulary))
            reading.faults += faults
            if not faults:
                _wish(reading, row, vocabulary)


def _wish(reading: Reading, row: _Row, vocabulary: Vocabulary) -> None:
    """Take down what a faultless row asks for; a team that two rows describe differently is a fault."""
    name, kind = row.cell(Column.TEAM), vocabulary.kinds.get(key(row.cell(Column.KIND)), "")
    team = reading.teams.setdefault(plain(name), _Team(name, kind, row.place(Column.TEAM))) if name else None
    if team and kind and team.kind not in ("", kind):
        reading.faults.append(row.fault(Wrong.TWO_KINDS, Column.KIND))
    elif team:
        team.kind = team.kind or kind
    role = vocabulary.roles[key(row.cell(Column.ROLE))]
    reading.wishes[Wish(row.cell(Column.EMAIL).lower(), role, team.name if team else "")] = None


def _team_faults(reading: Reading, known: Known) -> Iterator[Fault]:
    for folded, team in reading.teams.items():
        sheet, row, column = team.place
        if folded not in known.teams and not team.kind:
            yield Fault(Wrong.NO_KIND, sheet, row, column, team.name)
        elif folded in known.teams and team.kind not in ("", known.teams[folded][1]):
            yield Fault(Wrong.OTHER_KIND, sheet, row, column, team.name)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a sheet: the text of our columns only."""

    sheet: Sheet
    number: int
    cells: Mapping[Column, str]
    columns: Mapping[Column, int]

    def cell(self, column: Column) -> str:
        return self.cells.get(column, "")

    def place(self, column: Column) -> tuple[str, int, str]:
        title = self.sheet.header[self.columns[column]] if column in self.columns else ""
        return self.sheet.name, self.number, title

    def fault(self, wrong: Wrong, column: Column) -> Fault:
        return Fault(wrong, *self.place(column), self.cell(column)[:60])

    def faults(self, vocabulary: Vocabulary) -> Iterator[Fault]:
        """Everything that is wrong with this row by itself."""
        for column in (Column.NAME, Column.TEAM):
            if self.cell(column).startswith(FORMULA_SIGNS):
                yield self.fault(Wrong.FORMULA, column)
        yield from self._address_and_role(vocabulary)
        yield from self._team(vocabulary)

    def _address_and_role(self, vocabulary: Vocabulary) -> Iterator[Fault]:
        email, role = self.cell(Column.EMAIL), self.cell(Column.ROLE)
        if not email:
            yield self.fault(Wrong.NO_EMAIL, Column.EMAIL)
        elif not vocabulary.is_address(email):
            yield self.fault(Wrong.EMAIL, Column.EMAIL)
        if not role:
            yield self.fault(Wrong.NO_ROLE, Column.ROLE)
        elif key(role) not in vocabulary.roles:
            yield self.fault(Wrong.ROLE, Column.ROLE)

    def _team(self, vocabulary: Vocabulary) -> Iterator[Fault]:
        team, kind = self.cell(Column.TEAM), self.cell(Column.KIND)
        if len(team) > LONGEST_TEAM or not team.isprintable():
            yield self.fault(Wrong.TEAM_NAME, Column.TEAM)
        if kind and key(kind) not in vocabulary.kinds:
            yield self.fault(Wrong.KIND, Column.KIND)
        elif kind and not team:
            yield self.fault(Wrong.KIND_ALONE, Column.KIND)
