"""A DOCX before anything stands in it: its page, its styles, its foot, and what it says about itself.

Looks are styles (``templates/styles.xml``), never single runs, so that who writes on changes them in one place.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

import docx as python_docx
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE as KIND
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as Words

from alongside.documents.blocks import Document

TEMPLATES = Path(__file__).parent / "templates"
WIDTH = 170
"""Millimetres between the margins of an A4 page."""
TIGHT = 0.88
"""How much smaller letters and spaces are in a document that is meant to fit on one side."""


def empty(document: Document) -> Docx:
    """A DOCX with the styles and the foot of `document`, and nothing else yet."""
    out = python_docx.Document()
    for kind, name in ((KIND.STYLES, "styles.xml"), (KIND.NUMBERING, "numbering.xml")):
        part = cast(XmlPart, out.part.part_related_by(kind))
        part._element = parse_xml(_template(name))  # python-docx's own has a hundred styles more
    if document.one_sheet:
        _tighten(out)
    for mark in out.styles.element.iter(qn("w:lang")):
        mark.set(qn("w:val"), document.language)
    _page(out, document)
    _about(out, document)
    return out


@cache
def _template(name: str) -> bytes:
    return (TEMPLATES / name).read_bytes()


def _tighten(out: Docx) -> None:
    for name, attributes in (("sz", ("val",)), ("szCs", ("val",)), ("spacing", ("before", "after"))):
        for mark in out.styles.element.iter(qn(f"w:{name}")):
            for key in (qn(f"w:{attribute}") for attribute in attributes):
                if key in mark.attrib:
                    mark.set(key, str(round(int(mark.get(key)) * TIGHT)))


def _page(out: Docx, document: Document) -> None:
    page = out.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm((210 - WIDTH) / 2)
    page.top_margin = page.bottom_margin = Mm(14 if document.one_sheet else 20)
    page.header_distance = page.footer_distance = Mm(8)
    _foot(page.footer.paragraphs[0], document.foot)


def _foot(words: Words, foot: str) -> None:
    """What the document rests on at the left; the page, and how many there are, at the right."""
    words.add_run(f"{foot}\t")
    _field(words, "PAGE")
    words.add_run(" / ")
    _field(words, "NUMPAGES")


def _field(words: Words, name: str) -> None:
    """A number that the word processor fills in; 1 until it does."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(words.add_run("1")._r)
    words._p.append(field)


def _about(out: Docx, document: Document) -> None:
    """Title, language and author. No day, so that the same document is the same file whenever it is made."""
    about = out.core_properties
    about.title, about.language, about.author = document.title, document.language, "Alongside"
    about.last_modified_by, about.comments = "Alongside", ""
    for moment in about._element.xpath("./dcterms:created | ./dcterms:modified"):
        moment.getparent().remove(moment)
