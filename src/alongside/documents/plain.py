"""A document as plain data: what goes, as JSON, into the PDF's template, with the few words that pictures need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from alongside.documents.blocks import Blank, Block, Document, Dumbbell, Standing


def as_data(document: Document) -> dict[str, Any]:
    """Everything in the document; each block with its ``kind``, the name of its class in lower case."""
    data = asdict(document)
    data["blocks"] = [_block(block) for block in document.blocks]
    _no_level_left_out(data["blocks"])
    return data


def _no_level_left_out(blocks: list[dict[str, Any]]) -> None:
    """PDF/UA wants headings without gaps; the title is the only one of level 1."""
    last = 1
    for block in blocks:
        if block["kind"] == "heading":
            last = block["level"] = min(max(2, block["level"]), last + 1)
        elif block["kind"] == "columns":
            block["level"] = min(3, last + 1)


def _block(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = asdict(block) | {"kind": _kind(block)}
    match block:
        case Standing():
            data["rows"] = [{"id": id_, "title": title, "steps": steps} for id_, title, steps in block.rows]
            data["words"] = picture_words()
        case Dumbbell():
            data["alternative"] = in_words(block)
        case Blank():
            data["each"] = list(range(block.lines))
    if data["kind"] == "columns":
        data["columns"] = [{"heading": heading, "lines": lines} for heading, lines in data["columns"]]
    return data


def _kind(block: Block) -> str:
    return re.sub(r"(?<!^)([A-Z])", r"_\1", type(block).__name__).lower()


def picture_words() -> Mapping[str, str]:
    """Heads of the table that the picture of all recommendations is."""
    return {"id": _("No."), "title": _("Recommendation"), "steps": _("Steps")}


def in_words(block: Dumbbell) -> str:
    """What a dumbbell shows, in a sentence."""
    said = [f"{name}: {_answer(middle, block.labels)}" for name, middle in block.middles.items()]
    if block.agreed is not None:
        said.append(_("agreed: %(step)s") % {"step": block.labels[block.agreed]})
    return "; ".join(said)


def _answer(middle: float, labels: tuple[str, ...]) -> str:
    low, high = labels[int(middle)], labels[int(middle + 0.5)]
    return low if low == high else f"{low} – {high}"
