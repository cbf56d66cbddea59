"""Shares of answers as one bar: the number stands in each piece, so colour is never alone."""

from __future__ import annotations

from collections.abc import Sequence

from alongside.pictures.markup import tag, words

WIDTH, HEIGHT = 360, 26  # as wide as a phone, so that numbers keep their size there
ROOM_FOR_NUMBER = 26
SHADES = 5


def shade(position: int, positions: int) -> int:
    """Which of the five shades a position on a scale gets: the lowest the first, the highest the last."""
    return round(position * (SHADES - 1) / max(positions - 1, 1))


def share_bar(counts: Sequence[int], labels: Sequence[str]) -> str:
    """A bar of all answers, lowest at the left, as SVG; an empty bar where there are none."""
    total = sum(counts)
    described = ", ".join(f"{label} {count}" for label, count in zip(labels, counts, strict=True))
    pieces, left = [], 0.0
    for position, count in enumerate(counts):
        width = WIDTH * count / total if total else 0
        if width:
            pieces.append(_piece(left, width, count, shade(position, len(counts))))
        left += width
    return tag(
        "svg", *pieces, class_="share-bar", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=described,
        preserveAspectRatio="none" if not pieces else "xMinYMid meet",
    )  # fmt: skip


def _piece(left: float, width: float, count: int, shade_: int) -> str:
    box = tag(
        "rect", x=round(left, 1), y=0, width=round(max(width - 2, 1), 1), height=HEIGHT, rx=4, class_=f"s{shade_}"
    )
    if width < ROOM_FOR_NUMBER:
        return box
    number = tag("text", words(count), x=round(left + width / 2, 1), y=18, text_anchor="middle", class_=f"on-s{shade_}")
    return box + number
