"""A document as plain data, with what templates would have to work out by themselves.

It goes into the pages' template, and as JSON into the PDF's. The few words that pictures need are in the document's
own language.
"""

from __future__ import annotations

import math
import re
from dataclasses import asdict
from typing import Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from alongside.documents.blocks import Blank, Block, Columns, Document, Dumbbell, Rows, Standing
from alongside.documents.ready import ready
from alongside.pictures.bars import shade
from alongside.pictures.dumbbells import dumbbell
from alongside.rules.tallies import in_words as answer

Cell = str | int | float | None


def as_data(document: Document) -> dict[str, Any]:
    """Everything in the document; each block with its ``kind``, the name of its class in lower case."""
    document = ready(document)
    with translation.override(document.language):
        return asdict(document) | {"blocks": [_block(block) for block in document.blocks]}


def _block(block: Block) -> dict[str, Any]:
    return asdict(block) | {"kind": kind(block)} | _more(block)


def kind(block: Block) -> str:
    """`NewPage` is “new_page”."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", type(block).__name__).lower()


def _more(block: Block) -> dict[str, Any]:
    match block:
        case Columns():
            return {
                "columns": [{"heading": head, "lines": [asdict(one) for one in found]} for head, found in block.columns]
            }
        case Rows():
            return _table(block)
        case Standing():
            rows = [{"id": id_, "title": title, "squares": squares(block, steps)} for id_, title, steps in block.rows]
            return {"rows": rows, "legend": legend(block), "words": standing_words()}
        case Dumbbell():
            return {"alternative": in_words(block), "picture": picture(block)}
        case Blank():
            return {"each": list(range(block.lines))}
    return {}


def _table(block: Rows) -> dict[str, Any]:
    numbers = numeric(block)
    rows = [[_cell(said(one), number) for one, number in zip(row, numbers, strict=True)] for row in block.rows]
    return {"head": [_cell(*one) for one in zip(block.head, numbers, strict=True)], "rows": rows}


def _cell(text: str, number: bool) -> dict[str, Any]:
    return {"text": text, "number": number}


def numeric(table: Rows) -> list[bool]:
    """Which columns hold numbers, and stand to the right: those with a number in some row and no text in any."""
    columns = [[row[at] for row in table.rows if row[at] is not None] for at in range(len(table.head))]
    return [bool(column) and not any(isinstance(one, str) for one in column) for column in columns]


def said(value: Cell) -> str:
    """A cell as one reads it: a number as the active language writes it, a dash for nothing."""
    match value:
        case str():
            return value
        case int() | float() if math.isfinite(value):
            return number_format(int(value) if value == int(value) else round(value, 2))
    return "–"


def squares(picture: Standing, steps: tuple[int | None, ...]) -> list[dict[str, Any]]:
    """For each step the sign in its square, which of the five shades it has (None: hatched), and what it is called."""
    return [_square(picture, step) for step in steps]


def _square(picture: Standing, step: int | None) -> dict[str, Any]:
    if step is None:
        return {"sign": "?", "shade": None, "words": _("not known")}
    return {"sign": str(step), "shade": shade(step, len(picture.labels)), "words": picture.labels[step]}


def legend(picture: Standing) -> list[dict[str, Any]]:
    """All squares there can be, with “?” only where there is one."""
    unknown = any(None in steps for _id, _title, steps in picture.rows)
    return squares(picture, (*range(len(picture.labels)), *((None,) if unknown else ())))


def standing_words() -> dict[str, str]:
    """Heads of the table that the picture of all recommendations is."""
    return {"id": _("No."), "title": _("Recommendation"), "steps": _("Steps")}


def picture(block: Dumbbell) -> str:
    """The dumbbell as SVG."""
    words = {"agreed_word": _("agreed"), "together_word": _("{n} groups")}
    return dumbbell(block.middles, block.labels, agreed=block.agreed, **words)


def in_words(block: Dumbbell) -> str:
    """What a dumbbell shows, in a sentence."""
    found = [f"{name}: {answer(middle, block.labels)}" for name, middle in block.middles.items()]
    if block.agreed is not None:
        found.append(_("agreed: %(step)s") % {"step": block.labels[block.agreed]})
    return "; ".join(found)
