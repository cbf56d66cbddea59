"""The typed items of the standard: everything else points at them by id.

Shapes follow ``CONTRIBUTING.md``; every item names its document and section (`Source`). Items are frozen, read no
clock and touch no database. Texts live apart (`texts.py`), one file per language.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, NoReturn, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

K = TypeVar("K")
V = TypeVar("V")


class ReadOnly(dict[K, V]):
    """A mapping that stays as it was read."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("the standard is not changed in place; see Edition.revised")

    __setitem__ = __delitem__ = __ior__ = _refuse
    pop = popitem = clear = update = setdefault = _refuse


Mapped = Annotated[dict[K, V], AfterValidator(ReadOnly)]
"""A mapping in a frozen value."""


class Frozen(BaseModel):
    """A value that never changes and takes no field it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Force(StrEnum):
    """How firmly the source speaks."""

    SHOULD = "should"
    PREFER = "prefer"
    TENTATIVE = "tentative"


class Stage(StrEnum):
    """By when an item belongs in place; also where an organisation is on its way."""

    PREPARING = "preparing"
    FIRST_PSW = "first-psw"
    GROWING = "growing"

    @property
    def rank(self) -> int:
        """0 for the earliest stage."""
        return STAGES.index(self)


STAGES = tuple(Stage)


class Confidence(StrEnum):
    """How sure the reading of a cell of the damaged task table is."""

    CERTAIN = "certain"
    INFERRED = "inferred"
    UNKNOWN = "unknown"
    OWN = "own"  # an organisation's overlay says so, not the source


class Source(Frozen):
    """Where an item stands: document (`P` or `R`) and section."""

    document: str
    section: str = Field(min_length=1)

    def __str__(self) -> str:
        return f"{self.document} {self.section}"


def _source(value: object) -> object:
    """Read ``R 3.1 A.7`` as document and section."""
    if isinstance(value, str):
        document, _, section = value.partition(" ")
        return {"document": document, "section": section}
    return value


def _listed(value: object) -> object:
    """Let one value stand for a list of one."""
    return [value] if isinstance(value, str | dict) else value


Sources = Annotated[
    tuple[Annotated[Source, BeforeValidator(_source)], ...], BeforeValidator(_listed), Field(min_length=1)
]
Ids = tuple[str, ...]


class Item(Frozen):
    """One thing the standard names. Its id is opaque and is never reused; `note` tells of a doubt in the source."""

    id: str = Field(min_length=1)
    kind: str
    parent: str | None = None
    source: Sources
    references: Ids = ()
    roles: Ids = ()
    related: Ids = ()
    aspects: Mapped[str, Force] = ReadOnly()
    note: str = ""


class Plain(Item):
    """An item that needs no more than its words."""

    kind: Literal[
        "part", "group", "concept", "pillar", "core-task", "role", "employment", "organisation-kind", "area",
        "overarching-competence", "generic-competence", "specific-competence", "knowledge-theme", "entry-requirement",
        "company-topic", "culture-paradigm", "culture-issue", "obstacle", "research-step", "research-item",
    ]  # fmt: skip


class Advice(Item):
    """An item the source speaks for: it has a force, and a stage by which it belongs in place.

    `rules` and `indicators` name what enforces and what watches it; `steps` templates of other items that help as well.
    `extra` marks an item that the source names in passing and that is not counted.
    """

    kind: Literal[
        "precondition", "recommendation", "attention-point", "final-recommendation", "company-recommendation",
        "culture-condition", "culture-action",
    ]  # fmt: skip
    force: Force
    stage: Stage
    extra: bool = False
    steps: Ids = ()
    rules: Ids = ()
    indicators: Ids = ()


class Cell(Frozen):
    """Emphasis (1–3, 0 for no mark, None for not stated) of a task at a level. Never a mark of a person."""

    emphasis: Annotated[int, Field(ge=0, le=3)] | None
    confidence: Confidence


class Task(Item):
    """One of the 14 tasks, with a cell for each of the 3 levels."""

    kind: Literal["task"]
    number: int
    cells: Mapped[int, Cell]


class Level(Item):
    """A level of the profile and its EQF level, as far as the source states it."""

    kind: Literal["level"]
    eqf: int
    eqf_confidence: Literal["stated", "inferred"]


class Behaviour(Item):
    """What one would see of a competence. `own`: about a person's inside, never asked of others about them."""

    kind: Literal["behaviour"]
    own: bool = False


class Reference(Item):
    """A work that the two documents cite; titles stay in their original language."""

    kind: Literal["reference"]
    authors: Ids
    year: int
    title: str
    published: str
    url: str = ""


AnyItem = Annotated[Plain | Advice | Task | Level | Behaviour | Reference, Field(discriminator="kind")]
