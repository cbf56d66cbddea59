"""A document as every file can hold it: without signs that cannot be written, and with its headings in order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from alongside.documents.blocks import Block, Columns, Document, Heading

Value = TypeVar("Value")

NOT_WRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold: control signs, halves of pairs, signs that are none."""
DEEPEST = 4


def ready(document: Document) -> Document:
    """The document with clean texts, and with headings that leave out no level, as PDF/UA wants them."""
    clean = cleaned(document)
    return replace(clean, blocks=tuple(_in_levels(clean.blocks)))


def cleaned(value: Value) -> Value:
    """A text, or anything that texts are in, with one kind of line break and only what can be written."""
    clean: Any = value
    if isinstance(value, str):
        clean = NOT_WRITABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    elif isinstance(value, tuple):
        clean = tuple(cleaned(one) for one in value)
    elif isinstance(value, Mapping):
        clean = {cleaned(key): one for key, one in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        clean = replace(value, **{field.name: cleaned(getattr(value, field.name)) for field in fields(value)})
    return clean  # type: ignore[no-any-return]


def _in_levels(blocks: tuple[Block, ...]) -> list[Block]:
    """The title is the only heading of level 1; a heading is at most one level under the one before."""
    last = 1
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            last = min(max(2, block.level), last + 1, DEEPEST)
            found.append(replace(block, level=last))
        elif isinstance(block, Columns):
            found.append(replace(block, level=min(max(2, block.level or DEEPEST), last + 1, DEEPEST)))
        else:
            found.append(block)
    return found
