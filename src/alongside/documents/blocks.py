"""What a sheet or a report is made of, whatever it becomes: a page, a PDF or a document to go on writing in.

Built once as values, rendered three times: `html_pages`, `pdf`, `docx`. Texts are plain; renderers escape them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's own title. `item`: the id of the item of the standard it speaks of."""

    text: str
    level: int = 2
    item: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. `quiet`: what one may skip. `voice`: whose words these are, set as a quotation."""

    text: str
    quiet: bool = False
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A line of a list, with the item it rests on."""

    text: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A list. `ticks`: with a box to tick in front of each line."""

    lines: tuple[Point, ...]
    ticks: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Lists side by side, such as “what I do” and “what I don't”: (heading, lines).

    `level` is that of their headings; 0: one under the heading before them.
    """

    columns: tuple[tuple[str, tuple[Point, ...]], ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class Rows:
    """A table; every row is as long as `head`. Cells are text or numbers; a number stays one in a workbook and stands
    to the right. None is nothing known, "" an empty cell to write in."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The picture of all recommendations as squares: rows of (id, title, steps), a step None where nobody knows.

    `labels` names the steps, lowest first; `alternative` says in a sentence what the picture rests on. The steps
    themselves are text in every shape.
    """

    rows: tuple[tuple[str, str, tuple[int | None, ...]], ...]
    labels: tuple[str, ...]
    alternative: str


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Where groups stand on one question: group → middle answer (0 is the lowest of `labels`)."""

    title: str
    middles: Mapping[str, float]
    labels: tuple[str, ...]
    agreed: int | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """Lines to write on by hand, under a label."""

    label: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins on a sheet of its own."""


Block = Heading | Paragraph | Points | Columns | Rows | Standing | Dumbbell | Blank | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `eyebrow` stands small above the title, `foot` at the foot of every sheet of a PDF or DOCX.

    `language` is that of the words (a BCP 47 tag); `one_sheet`: it is meant to fit one side of A4.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    eyebrow: str = ""
    lead: str = ""
    foot: str = ""
    one_sheet: bool = False
