"""A document as DOCX, to go on writing in: real headings, lists and tables, so that any word processor knows them."""

from __future__ import annotations

import io
import zipfile

from django.utils import translation
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as Words

from alongside.documents.blocks import (
    Blank,
    Block,
    Columns,
    Document,
    Dumbbell,
    Heading,
    NewPage,
    Paragraph,
    Points,
    Rows,
    Standing,
)
from alongside.documents.docx_look import WIDTH, empty
from alongside.documents.docx_tables import add_cells, add_dumbbell, add_rows, add_standing, end_table, new_table
from alongside.documents.ready import ready

NO_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest that an archive can hold, for parts that have no day."""


def docx(document: Document) -> bytes:
    """The bytes of the DOCX; the same document is the same bytes."""
    document = ready(document)
    with translation.override(document.language):
        out = empty(document)
        for text, style in ((document.eyebrow, "Small"), (document.title, "Title"), (document.lead, "Lead")):
            if text:
                out.add_paragraph(text, style=style)
        _add_all(out, document.blocks)
    data = io.BytesIO()
    out.save(data)
    return _without_day(data)


def _add_all(out: Docx, blocks: tuple[Block, ...]) -> None:
    new_page = False
    for block in blocks:
        before = len(out.element.body) - 1  # the last is the section's own
        _add(out, block)
        if new_page and len(out.element.body) - 1 > before:
            first = next(out.element.body[before].iter(qn("w:p")))
            Words(first, out._body).paragraph_format.page_break_before = True
            new_page = False
        new_page = new_page or isinstance(block, NewPage)


def _add(out: Docx, block: Block) -> None:
    match block:
        case Heading():
            _item(out.add_heading(block.text, block.level - 1), block.item)
        case Paragraph():
            _paragraph(out, block)
        case Points():
            for point in block.lines:
                _item(out.add_paragraph(point.text, style="Tick" if block.ticks else "List Bullet"), point.item)
        case Columns():
            _columns(out, block)
        case Rows():
            add_rows(out, block)
        case Standing():
            add_standing(out, block)
        case Dumbbell():
            add_dumbbell(out, block)
        case Blank():
            _blank(out, block)


def _paragraph(out: Docx, block: Paragraph) -> None:
    if block.voice:
        words = out.add_paragraph(block.text, style="Quote")
        words.paragraph_format.keep_with_next = True
        out.add_paragraph(block.voice, style="Voice")
    else:
        out.add_paragraph(block.text, style="Small" if block.quiet else None)


def _columns(out: Docx, block: Columns) -> None:
    """Side by side is a table without lines; its heads are headings."""
    many = len(block.columns)
    table = new_table(out, [WIDTH / many] * many, "Normal Table", " · ".join(heading for heading, _ in block.columns))
    heads, bodies = add_cells(table), add_cells(table)
    for head, body, (heading, points) in zip(heads, bodies, block.columns, strict=True):
        _into(head.paragraphs[0], heading, f"Heading {block.level - 1}")
        for number, point in enumerate(points):
            words = body.add_paragraph() if number else body.paragraphs[0]
            _into(words, point.text, "List Bullet")
            _item(words, point.item)
    end_table(out, table)


def _into(words: Words, text: str, style: str) -> None:
    words.style = style
    words.add_run(text)


def _blank(out: Docx, block: Blank) -> None:
    if block.label:
        out.add_paragraph(block.label, style="Label")
    for _line in range(block.lines):
        out.add_paragraph(style="Write here")


def _item(words: Words, item: str) -> None:
    if item:
        words.add_run(" ")
        words.add_run(item, style="Item")


def _without_day(data: io.BytesIO) -> bytes:
    """The same archive, its parts without the time at which they were written."""
    made = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, NO_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, old.read(name))
    return made.getvalue()
