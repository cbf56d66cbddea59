"""The welcome kit: sheets of a few sections, and the steps of a welcome. Structure only; every line names its items.

A sheet serves many services: a line that is for one role, one kind of team or one stage only says so, and is left out
elsewhere. Days are counted from the first day (0); what comes before it is negative.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from alongside.standard.items import Frozen, Ids, Stage

PSW = "role.psw"
CPEE = "role.cpee"
ROLES = (PSW, CPEE)
"""The two roles the sheets know, as items of the standard."""


class TeamKind(StrEnum):
    """Where the new colleague comes to work. The first three are kinds of an organisation's teams as well."""

    CARE = "care"
    PEER_WORKERS = "peer-workers"
    DEPARTMENT = "department"
    COMPANY = "company"  # outside health and social care, where the source finds it too early to recommend


@dataclass(frozen=True, slots=True)
class Choice:
    """For whom a sheet is. Names are those of an organisation and a team, never of a person; empty where not said.

    `level`: 1 to 3, or None where nobody said.
    """

    role: str = PSW
    team: TeamKind = TeamKind.CARE
    stage: Stage = Stage.PREPARING
    level: int | None = None
    organisation: str = ""
    team_name: str = ""


class ForSome(Frozen):
    """What is for everyone, unless it names the roles, kinds of team or stages that it is for."""

    roles: Ids = ()
    teams: tuple[TeamKind, ...] = ()
    stages: tuple[Stage, ...] = ()

    def fits(self, choice: Choice) -> bool:
        """Whether it belongs on the sheet of this choice."""
        return (
            (not self.roles or choice.role in self.roles)
            and (not self.teams or choice.team in self.teams)
            and (not self.stages or choice.stage in self.stages)
        )


class Fact(StrEnum):
    """What the choice may know already, so that nobody writes it again."""

    ORGANISATION = "organisation"
    TEAM = "team"
    ROLE = "role"


class Line(ForSome):
    """One line of a section; its words stand under its id in the words of the section.

    `lines`: how many there are to write on, in a section of blanks. `fact`: a blank that is filled in where known.
    """

    id: str = Field(min_length=1)
    items: Annotated[Ids, Field(min_length=1)]
    lines: Annotated[int, Field(ge=1, le=12)] = 1
    fact: Fact | None = None


class Shape(StrEnum):
    """What a section becomes. Columns that follow one another stand side by side.

    `tasks`: a table of the profile's tasks to mark, with their emphasis at the chosen level.
    """

    POINTS = "points"
    TICKS = "ticks"
    COLUMN = "column"
    QUESTIONS = "questions"
    BLANKS = "blanks"
    TASKS = "tasks"


class Section(Frozen):
    """A heading with its lines. A section of which no line fits is left out."""

    id: str = Field(min_length=1)
    shape: Shape
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]


class Sheet(Frozen):
    """A sheet of the kit. `sides`: how many sides of A4 it may take when printed."""

    id: str = Field(min_length=1)
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    sides: Annotated[int, Field(ge=1, le=2)] = 1


class Phase(StrEnum):
    """The parts of a welcome, in order."""

    BEFORE = "before"
    FIRST_DAY = "first-day"
    TWO_WEEKS = "two-weeks"
    SIX_WEEKS = "six-weeks"
    HUNDRED_DAYS = "hundred-days"


class Welcomer(StrEnum):
    """Who sees to a step of a welcome. A part in it, not a rank."""

    CONTACT_PERSON = "contact-person"
    BUDDY = "buddy"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    HR = "hr"


class WelcomeStep(ForSome):
    """One thing to do in a welcome. `days`: from the first day on; `sheet`: the sheet that helps with it."""

    id: str = Field(min_length=1)
    phase: Phase
    item: str
    who: Welcomer
    days: Annotated[int, Field(ge=-90, le=120)]
    sheet: str = ""


WORDS = ("team", "foot")
"""Words of the kit as a whole, beside those of its sheets; they stand under `KIT`."""
TASK_WORDS = ("task", "emphasis", "from-start", "later", "not-here", "of", "none", "not-stated", "inferred")
"""Words of a table of tasks, beside its lines."""
KIT = "kit"


def key_of(sheet: Sheet, section: Section) -> str:
    """Where the words of a section stand."""
    return f"{sheet.id}.{section.id}"


def phase_key(phase: Phase) -> str:
    """Where the words of a part of a welcome stand."""
    return f"welcome.{phase}"
