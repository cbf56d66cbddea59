"""Tables of a DOCX: figures, the picture of all recommendations as coloured cells, where groups stand.

With what python-docx leaves out: heads that come again on the next page, text alternatives, colours of cells.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell

from alongside.documents.blocks import Dumbbell, Rows, Standing
from alongside.documents.docx_look import WIDTH
from alongside.documents.plain import in_words, legend, numeric, said, squares, standing_words
from alongside.pictures.bars import shade
from alongside.rules.tallies import in_words as answer

FILLS = ("F6E3D3", "EFE3C8", "CFE0CF", "8DBFAE", "2F7D6F")
UNKNOWN = "EDEAE2"
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
SQUARE, ALL_SQUARES = 8, 100
"""Millimetres: a square at most, and all that stand side by side."""
SIGN, SHORTEST, LONGEST = 2.1, 5, 40
"""A sign of text in millimetres; so many signs make a column at least and at most."""


def add_rows(out: Docx, block: Rows) -> None:
    """A table of figures under its caption; numbers stand to the right."""
    if block.caption:
        out.add_paragraph(block.caption, style="Caption")
    texts = [block.head, *(tuple(said(one) for one in row) for row in block.rows)]
    table = new_table(out, _widths(texts), "Figures", block.caption)
    numbers = numeric(block)
    for row in texts:
        for cell, text, number in zip(add_cells(table), row, numbers, strict=True):
            cell.paragraphs[0].add_run(text)
            if number:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    end_table(out, table)


def add_standing(out: Docx, block: Standing) -> None:
    """Squares are cells with the number in them: nothing has to be described that can be read."""
    out.add_paragraph(" · ".join(f"{one['sign']} {one['words']}" for one in legend(block)), style="Small")
    most = max((len(steps) for _id, _title, steps in block.rows), default=0) or 1
    side = min(SQUARE, ALL_SQUARES / most)
    table = new_table(out, [12, WIDTH - 12 - side * most, *[side] * most], "Squares", block.alternative)
    words, head = standing_words(), add_cells(table)
    for cell, text in zip((head[0], head[1], head[2].merge(head[-1])), words.values(), strict=True):
        cell.paragraphs[0].add_run(text)
    for id_, title, steps in block.rows:
        cells = add_cells(table)
        cells[0].paragraphs[0].add_run(id_, style="Item")
        cells[1].paragraphs[0].add_run(title)
        for cell, one in zip(cells[2:], squares(block, steps), strict=False):
            _coloured(cell, one["sign"], one["shade"])
    end_table(out, table)


def add_dumbbell(out: Docx, block: Dumbbell) -> None:
    """Each group with its middle answer; the colour is that of the nearest step below."""
    table = new_table(out, [60, 60], "Figures", in_words(block))
    for cell, text in zip(add_cells(table), (_("Who"), _("in the middle")), strict=True):
        cell.paragraphs[0].add_run(text)
    agreed = {} if block.agreed is None else {_("agreed"): float(block.agreed)}
    for name, middle in {**block.middles, **agreed}.items():
        group, said_ = add_cells(table)
        group.paragraphs[0].add_run(name).bold = name in agreed or None
        _coloured(said_, answer(middle, block.labels), shade(int(middle), len(block.labels)))
        said_.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    end_table(out, table)


def new_table(out: Docx, widths: Sequence[float], style: str, alternative: str) -> Table:
    """A table without rows, with columns of so many millimetres, and what a screen reader says of it."""
    table: Table = out.add_table(rows=0, cols=len(widths), style=style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for name, text in (("tblCaption", alternative[:250]), ("tblDescription", alternative)):
        mark = OxmlElement(f"w:{name}")
        mark.set(qn("w:val"), text)
        table._tbl.tblPr.append(mark)
    return table


def add_cells(table: Table) -> tuple[_Cell, ...]:
    """The cells of a new row."""
    return table.add_row().cells  # type: ignore[no-untyped-call, no-any-return]


def end_table(out: Docx, table: Table) -> None:
    """The first row comes again on the next page, and is read out with each cell; no row is cut in two."""
    for number, row in enumerate(table.rows):
        for name in ("cantSplit", *(("tblHeader",) if number == 0 else ())):
            row._tr.get_or_add_trPr().append(OxmlElement(f"w:{name}"))
    out.add_paragraph(style="Gap")


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Each column as wide as its longest text, within limits; all of them smaller where that is too much."""
    columns = list(zip(*rows, strict=True))
    wanted = [
        max(SHORTEST, *(min(LONGEST, _longest(text, head=text is column[0])) for text in column)) for column in columns
    ]
    scale = min(SIGN, WIDTH / sum(wanted))
    return [signs * scale for signs in wanted]


def _longest(text: str, *, head: bool) -> int:
    """A head may break between its words."""
    return max((len(word) for word in (text.split() if head else text.split("\n"))), default=0) + 2


def _coloured(cell: _Cell, text: str, shade_: int | None) -> None:
    run = cell.paragraphs[0].add_run(text)
    run.font.size = Pt(8.5)
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    if shade_ == len(FILLS) - 1:
        run.font.color.rgb = WHITE
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", UNKNOWN if shade_ is None else FILLS[shade_])):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)
