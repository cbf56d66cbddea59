"""What one can do about an item: templates of steps, from which an organisation makes a roadmap of its own.

Hours, money and weeks are this project's estimates for an organisation with one site, never the source's; an overlay
changes them, and so does whoever puts the step into a plan.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from alongside.standard.items import Frozen, Ids


class Who(StrEnum):
    """Who does a step. A part in the work, not a rank: one person can have several."""

    COORDINATOR = "coordinator"
    PROJECT_GROUP = "project-group"
    BOARD = "board"
    MANAGEMENT = "management"
    MANAGER = "manager"
    HR = "hr"
    TEAM = "team"
    PEER_WORKER = "peer-worker"
    CLIENT = "client"
    RELATIVE = "relative"
    TRAINER = "trainer"


Amount = Annotated[int, Field(ge=0)]


class StepTemplate(Frozen):
    """One thing to do for an item.

    `who`: the first sees to it, the others take part. `hours`: everyone's time together; `euros`: money that is paid
    out; `weeks`: from beginning to done. A `yearly` step comes back every year with the same hours and money.
    `after`: templates that are done before this one begins.
    """

    id: Annotated[str, Field(min_length=1)]
    item: str
    who: Annotated[tuple[Who, ...], Field(min_length=1)]
    hours: Amount
    euros: Amount = 0
    weeks: Annotated[int, Field(ge=1)]
    after: Ids = ()
    yearly: bool = False
