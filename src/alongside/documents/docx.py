"""A document as DOCX, to go on writing in: real headings, lists and tables, so that any word processor knows them."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import docx as python_docx
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
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
    Point,
    Points,
    Rows,
    Standing,
)
from alongside.documents.plain import in_words, standing_words

INK, QUIET, GREEN = RGBColor(0x1D, 0x2B, 0x2A), RGBColor(0x56, 0x62, 0x5F), RGBColor(0x17, 0x50, 0x4A)
FILLS = ("F6E3D3", "EFE3C8", "CFE0CF", "8DBFAE", "2F7D6F")
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
TICK = "☐ "
NO_DAY = datetime(2000, 1, 1)  # the same document gives the same properties, whenever it is made


def docx(document: Document) -> bytes:
    """The bytes of the DOCX."""
    out = python_docx.Document()
    _set_up(out, document)
    if document.eyebrow:
        _quiet(out.add_paragraph(document.eyebrow))
    out.add_heading(document.title, 0)
    if document.lead:
        out.add_paragraph(document.lead).runs[0].font.size = Pt(12)
    for block in document.blocks:
        _add(out, block)
    data = io.BytesIO()
    out.save(data)
    return data.getvalue()


def _set_up(out: Docx, document: Document) -> None:
    about = out.core_properties
    about.title, about.author, about.language, about.comments = document.title, "Alongside", document.language, ""
    about.created = about.modified = NO_DAY
    page = out.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(15 if document.one_sheet else 20)
    page.start_type = WD_SECTION.NEW_PAGE
    page.footer.paragraphs[0].text = document.foot
    _quiet(page.footer.paragraphs[0])
    normal = out.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Liberation Sans", Pt(10), INK
    normal.paragraph_format.space_after = Pt(4)
    _language(normal.element, document.language)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        style = out.styles[name]
        style.font.name, style.font.color.rgb = "Liberation Serif", GREEN
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for where in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{where}"), None)


def _language(style: Any, language: str) -> None:
    """The language that a spelling checker and a screen reader go by."""
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    style.get_or_add_rPr().append(mark)


def _add(out: Docx, block: Block) -> None:
    match block:
        case Heading():
            _item(out.add_heading(block.text, min(max(block.level - 1, 1), 3)), block.item)
        case Paragraph():
            _paragraph(out, block)
        case Points():
            _points(out, block)
        case Columns():
            _columns(out, block)
        case Rows():
            _rows(out, block)
        case Standing():
            _standing(out, block)
        case Dumbbell():
            _quiet(out.add_paragraph(in_words(block)))
        case Blank():
            _blank(out, block)
        case NewPage():
            out.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _paragraph(out: Docx, block: Paragraph) -> None:
    if block.voice:
        out.add_paragraph(block.text, style="Quote")
        _quiet(out.add_paragraph(block.voice))
        return
    words = out.add_paragraph(block.text)
    if block.quiet:
        _quiet(words)


def _points(out: Docx, block: Points) -> None:
    for point in block.lines:
        style = None if block.ticks else "List Bullet"
        _item(out.add_paragraph((TICK if block.ticks else "") + point.text, style=style), point.item)


def _columns(out: Docx, block: Columns) -> None:
    table = out.add_table(rows=2, cols=len(block.columns))
    for number, (heading, points) in enumerate(block.columns):
        head, body = table.cell(0, number), table.cell(1, number)
        _strong(head.paragraphs[0], heading)
        for at, point in enumerate(points):
            words = body.paragraphs[0] if at == 0 else body.add_paragraph()
            words.style = out.styles["List Bullet"]
            _said(words, point)
    _head(table)


def _said(words: Words, point: Point) -> None:
    words.add_run(point.text)
    _item(words, point.item)


def _rows(out: Docx, block: Rows) -> None:
    _strong(out.add_paragraph(), block.caption)
    table = out.add_table(rows=1, cols=len(block.head), style="Table Grid")
    for cell, title in zip(table.rows[0].cells, block.head, strict=True):
        _strong(cell.paragraphs[0], title)
    for row in block.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = "–" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    _head(table)
    out.add_paragraph()


def _standing(out: Docx, block: Standing) -> None:
    """Squares are cells with the number in them: nothing has to be described that can be read."""
    _quiet(out.add_paragraph(" · ".join(f"{number} {label}" for number, label in enumerate(block.labels))))
    most = max((len(steps) for _id, _title, steps in block.rows), default=0)
    table = out.add_table(rows=1, cols=2 + most)
    words = standing_words()
    top = table.rows[0].cells
    steps_head = top[2].merge(top[-1]) if most > 1 else top[-1]
    for cell, title in ((top[0], words["id"]), (top[1], words["title"]), (steps_head, words["steps"])):
        _strong(cell.paragraphs[0], title)
    for id_, title, steps in block.rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = id_, title
        for cell, step in zip(cells[2:], steps, strict=False):
            _square(cell, step)
    _narrow(table)
    _head(table)
    _quiet(out.add_paragraph(block.alternative))


def _narrow(table: Table) -> None:
    """Squares as squares; widths are set on columns and cells, because word processors differ in which they read."""
    table.autofit = False
    for number, column in enumerate(table.columns):
        column.width = Mm(12) if number == 0 else Mm(78) if number == 1 else Mm(8)
        for cell in column.cells:
            cell.width = column.width
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)


def _square(cell: _Cell, step: int | None) -> None:
    run = cell.paragraphs[0].add_run("?" if step is None else str(step))
    run.font.size = Pt(8)
    if step is None:
        return
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", FILLS[min(step, len(FILLS) - 1)])):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)
    if step >= len(FILLS) - 1:
        run.font.color.rgb = WHITE


def _head(table: Table) -> None:
    """The first row is a head: it comes again on the next page, and is read out with each cell."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _blank(out: Docx, block: Blank) -> None:
    if block.label:
        _strong(out.add_paragraph(), block.label)
    for _line in range(block.lines):
        words = out.add_paragraph()
        words.paragraph_format.space_before = words.paragraph_format.space_after = Pt(10)
        words._p.get_or_add_pPr().append(_ruled())


def _ruled() -> Any:
    """A line under a paragraph, and between several of them, which a word processor would otherwise draw as one."""
    border = OxmlElement("w:pBdr")
    for where in ("bottom", "between"):
        line = OxmlElement(f"w:{where}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "56625F")):
            line.set(qn(f"w:{name}"), value)
        border.append(line)
    return border


def _strong(words: Words, text: str) -> None:
    words.add_run(text).bold = True


def _quiet(words: Words) -> None:
    for run in words.runs:
        run.font.size, run.font.color.rgb = Pt(8.5), QUIET


def _item(words: Words, item: str) -> None:
    if item:
        run = words.add_run(f"  {item}")
        run.font.size, run.font.color.rgb, run.font.bold = Pt(7.5), QUIET, False
