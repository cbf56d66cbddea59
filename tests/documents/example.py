"""A document with every kind of block, and with every sign that some language takes for an order."""

from __future__ import annotations

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

SIGNS = "#strong[x] $y$ \\ * _ @a <b> ] ` ~ & {{ x }} {% y %} =1+1"
LABELS = ("not yet", "being prepared", "begun", "in place", "looked back on")
EVERY = Document(
    title=f"Where we stand {SIGNS}",
    language="nb",
    eyebrow=f"Noorderhof {SIGNS}",
    lead=f"Łódź, Αθήνα, Ålesund {SIGNS}",
    foot=f"Foot {SIGNS}",
    blocks=(
        Standing((("A1", f"Vision {SIGNS}", (3, 2, None)), ("A7", "Hiring", (0, 1, 2, 3, 4, 2))), LABELS, "Agreed."),
        Heading(f"Heading {SIGNS}", 2, "A8.buddy"),
        Paragraph(f"Plain {SIGNS}"),
        Paragraph(f"Quiet {SIGNS}", quiet=True),
        Paragraph(f"Otherwise {SIGNS}", voice=f"Peer workers {SIGNS}"),
        Points((Point(f"Point {SIGNS}", "A1.board"), Point("Second"))),
        Points((Point(f"Tick {SIGNS}"),), ticks=True),
        Columns(((f"Do {SIGNS}", (Point(f"I listen {SIGNS}", "B1"),)), ("Don't", (Point("I read no files", "B3"),)))),
        Rows(f"Caption {SIGNS}", ("Who", "answered"), ((f"Team {SIGNS}", 5), ("=2+2", None), ("@x", 2.5))),
        Heading("Deeper", 3),
        Dumbbell(f"Question {SIGNS}", {f"Teams {SIGNS}": 1.0, "Managers": 3.5}, LABELS, agreed=2),
        Blank(f"Name {SIGNS}", 2),
        NewPage(),
        Paragraph("Last words"),
    ),
)
