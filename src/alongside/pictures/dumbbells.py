"""Where groups see it differently: a line for the scale, a dot for each group at its middle answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alongside.pictures.markup import tag, words

WIDTH, EDGE = 360, 12  # as wide as a phone, so that words keep their size there
LINE, FIRST_ROW, NEXT_ROW = 14, 40, 18
ROOM_FOR_NAME, MOST_LETTERS = 110, 17


def dumbbell(
    middles: Mapping[str, float],
    labels: Sequence[str],
    *,
    agreed: int | None = None,
    agreed_word: str = "agreed",
    together_word: str = "{n} groups",
) -> str:
    """`middles`: group → median (a position in `labels`). SVG; groups at the same place share a dot and its name.

    `agreed`: the step that was agreed on, marked by a square on the line; `agreed_word` names it in the description.
    """
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
        *([] if agreed is None else [_mark(_across(agreed, len(labels)))]),
        *(_dot(x, row, groups, together_word) for (x, groups), row in zip(dots, rows, strict=True)),
    ]
    said = [f"{group}: {middle:g}" for group, middle in middles.items()]
    described = "; ".join(said if agreed is None else [*said, f"{agreed_word}: {agreed}"])
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


def _mark(x: float) -> str:
    """Wider than a dot, so that it is seen behind one."""
    return tag("rect", x=round(x - 11, 1), y=LINE - 11, width=22, height=22, rx=4, class_="agreed")


def _dot(x: float, row: int, groups: Sequence[str], together_word: str) -> str:
    anchor = "start" if x < WIDTH / 5 else "end" if x > WIDTH * 4 / 5 else "middle"
    at = x if anchor == "middle" else max(2, x - 8) if anchor == "start" else min(WIDTH - 2, x + 8)
    dot = tag("circle", cx=x, cy=LINE, r=7, class_="dot")
    return dot + tag(
        "text", words(_name(groups, together_word)), x=round(at, 1), y=FIRST_ROW + NEXT_ROW * row, text_anchor=anchor
    )


def _name(groups: Sequence[str], together_word: str) -> str:
    """The names that share a dot, as far as there is room; all of them stand in the description and in the table."""
    together = ", ".join(groups)
    if len(together) <= MOST_LETTERS:
        return together
    return together_word.format(n=len(groups)) if len(groups) > 1 else f"{together[: MOST_LETTERS - 1]}…"
