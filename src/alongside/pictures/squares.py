"""Rows of squares: each a step with its number, so that colour is never alone; unknown is hatched.

Built as text, because a page can have a hundred squares and a template takes its time for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alongside.pictures.markup import tag, words


@dataclass(frozen=True, slots=True)
class Square:
    """`step` None is hatched, with `sign` in it; `described` is heard instead of seen; `url`, if any, leads on."""

    step: int | None
    described: str
    url: str = ""
    sign: str = "?"


@dataclass(frozen=True, slots=True)
class Row:
    """`mark` stands small in front of the title; `up` and `down` count what moved."""

    mark: str
    title: str
    squares: Sequence[Square]
    up: int = 0
    down: int = 0


def standing(rows: Iterable[Row], *, forward: str = "", back: str = "") -> str:
    """A list with a row of squares for each of `rows`. `forward` and `back` are heard after ▲ and ▼."""
    return tag("ul", *(_row(row, forward, back) for row in rows), class_="standing")


def _row(row: Row, forward: str, back: str) -> str:
    parts = [
        tag("span", words(row.mark), class_="item-id"),
        tag("span", words(row.title)),
        tag("span", *map(_square, row.squares), class_="squares"),
    ]
    if row.up or row.down:
        up = _moved("▲", row.up, forward, "") if row.up else ""
        down = _moved("▼", row.down, back, "down") if row.down else ""
        parts.append(tag("span", up, " " if up and down else "", down, class_="change"))
    return tag("li", *parts)


def _square(square: Square) -> str:
    shown = square.sign if square.step is None else str(square.step)
    colour = "unknown" if square.step is None else f"s{square.step}"
    heard = tag("span", words(f" {square.described}"), class_="visually-hidden")
    if square.url:
        return tag("a", words(shown), heard, class_=f"square {colour}", href=square.url)
    return tag("span", words(shown), heard, class_=f"square {colour}")


def _moved(sign: str, number: int, heard: str, colour: str) -> str:
    hidden = tag("span", words(f" {heard}"), class_="visually-hidden")
    return tag("span", words(f"{sign} {number}"), hidden, class_=colour or "up")
