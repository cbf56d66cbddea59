"""Documents to render: one with every kind of block, and one sheet as a board would read it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from alongside.documents.blocks import (
    Blank,
    Columns,
    Document,
    Dumbbell,
    Heading,
    NewPage,
    Paragraph,
    Point,
    Points,
    Rows,
    Standing,
)

STEPS = ("not yet", "being prepared", "begun", "in place", "in place and looked back on")

ALL = (4, 3, 2, 1, 0, None)

EVERYTHING = Document(
    title="Peer support at Lindenhof",
    language="en",
    eyebrow="For the board · 3 March 2026",
    lead="Fourteen of thirty-two recommendations are in place. Most is missing around working conditions.",
    foot="European standard for peer support, edition 1 · 212 answers, round closed on 1 March 2026",
    blocks=(
        Heading("Where we stand"),
        Standing(
            rows=(
                ("A1", "The organisation prepares itself", (3, 2, None)),
                ("A2", "The team knows what is coming, and has talked about its doubts and its hopes", (4, 0, 1, 2, 3)),
                ("A7", "Working conditions", (1, 1, 2, None, 4, 3, 0)),
            ),
            labels=STEPS,
            alternative="Of fifteen recommendations, five are in place; nobody knows about two.",
        ),
        Heading("What people said", item="A7"),
        Paragraph("Peer workers are paid on the same scale as their colleagues.\nThis was asked of everyone."),
        Heading("Is the pay the same as for comparable work?", 3, "A7.pay"),
        Dumbbell(
            "Is the pay the same as for comparable work?",
            {"peer workers": 1.0, "team members": 2.5, "management": 3.0, "board": 3.0},
            STEPS,
            agreed=2,
        ),
        Rows(
            "What each group said",
            ("Who", "answered", "not yet", "begun", "in place", "in the middle"),
            (
                ("peer workers", 7, 4, 2, 1, "not yet"),
                ("team members", 41, 3, 20, 18, "begun – in place"),
                ("management", 1, 0, 0, 1, None),
                ("all together", 1234, 12.5, 0.25, -3, "begun"),
            ),
        ),
        Paragraph("We are paid two grades lower than the social workers next door.", voice="Peer workers · A7.pay"),
        Paragraph("Counted on the day the round was closed.", quiet=True),
        NewPage(),
        Heading("The first weeks"),
        Columns(
            (
                ("What I do", (Point("I listen, and tell what helped me.", "A3"), Point("I speak up."))),
                ("What I don't", (Point("I do not write in the file.", "A3.file"), Point("I use no force."))),
            )
        ),
        Heading("Before the first day"),
        Points((Point("A desk, a key and an account", "A9"), Point("A buddy who has time")), ticks=True),
        Points((Point("One step after the other"), Point("Few at a time", "C.start-small"))),
        Heading("What we agree"),
        Blank("Who I can turn to"),
        Blank("What we look back on after four weeks", lines=3),
    ),
)  # fmt: skip

ONE_SHEET = Document(
    title="Peer support: where we stand",
    language="en",
    eyebrow="Lindenhof · 3 March 2026",
    lead="14 of 32 recommendations are in place; 5 more are under way.",
    foot="European standard for peer support, edition 1",
    one_sheet=True,
    blocks=(
        Standing(
            tuple((f"A{n}", "What is seen to before anyone begins", ALL[: n % 6 + 1]) for n in range(1, 14)),
            STEPS,
            "14 of 32 recommendations are in place.",
        ),
        Heading("What the next twelve months take", item="C.start-small"),
        Paragraph("9 steps on the roadmap: 320 hours of work of everyone together, and € 12,400."),
        Heading("What we ask the board to decide"),
        Points(tuple(Point(f"{what} (40 hours, € 4,000)", "A7") for what in ("Pay", "Two posts", "Time")), ticks=True),
        Heading("What peer workers and clients see otherwise"),
        Paragraph("We are paid two grades lower, and nobody could tell us why.", voice="Peer workers · The same pay?"),
        Paragraph("We were not asked whom we would like to talk to.", voice="Clients · Can people choose?"),
    ),
)

NASTY = (
    "#panic(1) $x$ \\u{41} *b* _i_ @ref <label> ]} \"q\" 'a' `c` // no /* no */ ~ - + = "
    "https://a.example/?q=1&b=2 {{ x }} {% x %} <b>&amp;</b>"
)
"""Signs that mean something to typst, to Django's templates, to HTML, to XML."""


def with_text(value: Any, text: str) -> Any:
    """The same document with `text` in the place of every text; its language and the ids of the standard stay."""
    match value:
        case str():
            return text
        case tuple():
            return tuple(with_text(one, text) for one in value)
        case dict():
            return {f"{text} {number}": one for number, one in enumerate(value.values())}
    if is_dataclass(value) and not isinstance(value, type):
        typed = [field.name for field in fields(value) if field.name not in {"language", "item"}]
        return replace(value, **{name: with_text(getattr(value, name), text) for name in typed})
    return value
