"""What can be asked about the items: scales, perspectives, criteria and instruments of the pack."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from alongside.standard.items import Frozen, Ids, Mapped, ReadOnly, Stage

DONT_KNOW = "dont_know"
NOT_APPLICABLE = "not_applicable"
APART = (DONT_KNOW, NOT_APPLICABLE)
"""Answers that are kept apart from every step: not knowing is not "not yet"."""


class Scale(Frozen):
    """The answers a criterion can get, lowest first. `ordered` scales have a median, others have shares only.

    `described`: every criterion describes each answer in its own words; otherwise the scale's words serve for all.
    """

    id: str
    answers: Annotated[int, Field(ge=2, le=11)]
    ordered: bool = True
    described: bool = True
    standing: int | None = None
    """The lowest answer that counts as "stands", where the scale has such a point."""
    ready: int | None = None
    """The same while nobody has started yet: one can agree before a first day, and do it only then."""

    def stands_from(self, stage: Stage) -> int | None:
        """The lowest answer that counts as "stands" at this stage."""
        return self.ready if stage is Stage.PREPARING and self.ready is not None else self.standing


class Perspective(Frozen):
    """A group that sees the organisation from one place: the board, a team, those who are supported."""

    id: str
    regime: Literal["official", "named", "sealed", "private"]
    """One joint answer of the office, each by name, unknown among five and more, or each for themselves alone."""
    since: Stage = Stage.PREPARING
    """From which stage on there is anybody to ask."""


class Criterion(Frozen):
    """One question about one item, or about one aspect of it.

    `known_by`: the perspectives that can know it, best placed first. `stages`: where it is asked at some stages only;
    otherwise it is asked from the stage of its item on.
    """

    id: str
    item: str
    aspect: str = ""
    scale: str
    stages: tuple[Stage, ...] = ()
    known_by: Annotated[Ids, Field(min_length=1)]


class Instrument(Frozen):
    """A set of criteria to ask together.

    `parts` are the parts of the standard whose criteria belong to it, `modules` parts that can be switched on;
    `questions` names the criteria for each stage where an instrument is a hand-picked few. Nobody is shown more than
    `limit`.
    """

    id: str
    parts: Ids = ()
    modules: Ids = ()
    questions: Mapped[Stage, Ids] = ReadOnly()
    limit: Annotated[int, Field(ge=1, le=25)]
