"""Where groups see it differently: a line for the scale, a dot for each group at its middle answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alongside.pictures.markup import tag, words

WIDTH, EDGE = 360, 12  # as wide as a phone, so that words keep their size there
LINE, FIRST_ROW, NEXT_ROW = 14, 40, 18
ROOM_FOR_NAME, MOST_LETTERS = 110, 17


def dumbbell(middles: Mapping[str, float], labels: Sequence[str]) -> str:
    """`middles`: group → median (a position in `labels`). SVG; groups at the same place share a dot and its name."""
    if not middles:
        return ""
    places: dict[float, list[str]] = {}
    for group, middle in middles.items():
        places.setdefault(middle, []).append(group)
    dots = [(_across(middle, len(labels)), groups) for middle, groups in sorted(places.items())]
    rows = _rows([x for x, _ in dots])
    parts = [
        tag("line", x1=EDGE, x2=WIDTH - EDGE, y1=LINE, y2=LINE, class_="scale"),
        tag("line", x1=dots[0][0], x2=dots[-1][0], y1=LINE, y2=LINE, class_="span"),
        *(_dot(x, row, groups) for (x, groups), row in zip(dots, rows, strict=True)),
    ]
    described = "; ".join(f"{group}: {middle:g}" for group, middle in middles.items())
    height = FIRST_ROW + 6 + NEXT_ROW * max(rows)
    return tag("svg", *parts, class_="dumbbell", viewBox=f"0 0 {WIDTH} {height}", role="img", aria_label=described)


def _across(middle: float, positions: int) -> float:
    return round(EDGE + middle * (WIDTH - 2 * EDGE) / max(positions - 1, 1), 1)


def _rows(places: Sequence[float]) -> list[int]:
    """Which row each name stands in, from left to right, so that none runs into another."""
    taken: list[float] = []
    rows = []
    for x in places:
        row = next((row for row, last in enumerate(taken) if x - last >= ROOM_FOR_NAME), len(taken))
        taken[row : row + 1] = [x]
        rows.append(row)
    return rows


def _dot(x: float, row: int, groups: Sequence[str]) -> str:
    anchor = "start" if x < WIDTH / 5 else "end" if x > WIDTH * 4 / 5 else "middle"
    at = x if anchor == "middle" else max(2, x - 8) if anchor == "start" else min(WIDTH - 2, x + 8)
    dot = tag("circle", cx=x, cy=LINE, r=7, class_="dot")
    return dot + tag("text", words(_name(groups)), x=round(at, 1), y=FIRST_ROW + NEXT_ROW * row, text_anchor=anchor)


def _name(groups: Sequence[str]) -> str:
    """The names that share a dot, as far as there is room; all of them stand in the description and in the table."""
    together = ", ".join(groups)
    if len(together) <= MOST_LETTERS:
        return together
    return f"{len(groups)} groups" if len(groups) > 1 else f"{together[: MOST_LETTERS - 1]}…"
