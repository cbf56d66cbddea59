"""Where groups see it differently: a line for the scale, a dot for each group at its middle answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alongside.pictures.markup import tag, words

WIDTH, HEIGHT, EDGE = 600, 44, 16


def dumbbell(middles: Mapping[str, float], labels: Sequence[str]) -> str:
    """`middles`: group → median (a position in `labels`). SVG; groups at the same place share a dot and its label."""
    if not middles:
        return ""
    places: dict[float, list[str]] = {}
    for group, middle in middles.items():
        places.setdefault(middle, []).append(group)
    low, high = (_across(end, len(labels)) for end in (min(places), max(places)))
    parts = [
        tag("line", x1=EDGE, x2=WIDTH - EDGE, y1=14, y2=14, class_="scale"),
        tag("line", x1=low, x2=high, y1=14, y2=14, class_="span"),
        *(_dot(_across(middle, len(labels)), groups) for middle, groups in sorted(places.items())),
    ]
    described = "; ".join(f"{group}: {middle:g}" for group, middle in middles.items())
    return tag("svg", *parts, class_="dumbbell", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=described)


def _across(middle: float, positions: int) -> float:
    return round(EDGE + middle * (WIDTH - 2 * EDGE) / max(positions - 1, 1), 1)


def _dot(x: float, groups: Sequence[str]) -> str:
    anchor = "start" if x < WIDTH / 5 else "end" if x > WIDTH * 4 / 5 else "middle"
    name = groups[0] if len(groups) == 1 else f"{len(groups)} groups"
    return tag("circle", cx=x, cy=14, r=8, class_="dot") + tag("text", words(name), x=x, y=40, text_anchor=anchor)
