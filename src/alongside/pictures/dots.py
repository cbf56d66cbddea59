"""How much emphasis a task has at a level, as dots: one to three, three rings for no mark, and words where the source
says nothing. What was inferred looks different from what the source states, and every picture says so in words too.
"""

from __future__ import annotations

from typing import NamedTuple

from alongside.pictures.markup import tag
from alongside.pictures.markup import words as written
from alongside.standard.items import Cell, Confidence

MOST = 3


class DotsWords(NamedTuple):
    """The words that stand in for the dots, in the reader's language. `emphasis` takes `{n}` and `{most}`."""

    emphasis: str
    no_mark: str
    not_stated: str
    inferred: str
    own: str


def dots(cell: Cell, words: DotsWords) -> str:
    """The cell as HTML. An unknown emphasis is never drawn: not stated is not none."""
    if cell.emphasis is None:
        return tag("span", written(words.not_stated), class_="not-stated")
    kind = f" {cell.confidence}" if cell.confidence is not Confidence.CERTAIN else ""
    said = tag("span", written(in_words(cell, words)), class_="visually-hidden")
    return tag("span", said, class_=f"dots d{cell.emphasis}{kind}")


def in_words(cell: Cell, words: DotsWords) -> str:
    """The same for those who hear it: “2 of 3, inferred”."""
    if cell.emphasis is None:
        return words.not_stated
    said = words.emphasis.format(n=cell.emphasis, most=MOST) if cell.emphasis else words.no_mark
    origin = {Confidence.INFERRED: words.inferred, Confidence.OWN: words.own}.get(cell.confidence)
    return f"{said}, {origin}" if origin else said
