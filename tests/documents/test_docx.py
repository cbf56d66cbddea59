"""A document as DOCX: a word processor knows its parts, nothing is lost, the same document is the same file."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from alongside.documents.blocks import Heading, NewPage, Paragraph, Rows
from alongside.documents.docx import docx
from tests.documents.examples import EVERYTHING, NASTY, ONE_SHEET, with_text

needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="no soffice: apt-get install libreoffice-writer")


def opened(document):
    return python_docx.Document(io.BytesIO(docx(document)))


def converted(folder, form, *documents):
    """What LibreOffice makes of them, all at once: most of its time is its start."""
    paths = [folder / f"{number}.docx" for number in range(len(documents))]
    for path, document in zip(paths, documents, strict=True):
        path.write_bytes(docx(document))
    office = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command = [*office, "--convert-to", form, "--outdir", folder, *paths]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return [path.with_suffix(f".{form.split(':')[0]}").read_bytes() for path in paths]


@pytest.fixture(scope="module")
def made():
    return opened(EVERYTHING)


def test_headings_and_lists_are_real_ones(made):
    styles = [words.style.name for words in made.paragraphs]
    assert styles.count("Title") == 1
    assert [words.text for words in made.paragraphs if words.style.name == "Heading 2"] == [
        "Is the pay the same as for comparable work? A7.pay"
    ]
    assert styles.count("Heading 1") == 5
    assert styles.count("List Bullet") == 2
    assert styles.count("Tick") == 2
    assert styles.count("Write here") == 4
    assert {"Quote", "Voice", "Caption", "Label"} <= set(styles)


def test_every_style_used_is_one_that_the_file_has(made):
    known = {style.style_id for style in made.styles}
    used = {
        mark.get(qn("w:val"))
        for name in ("pStyle", "rStyle", "tblStyle")
        for mark in made.element.iter(qn(f"w:{name}"))
    }
    assert used <= known


def test_tables_repeat_their_heads_and_say_what_they_show(made):
    assert len(made.tables) == 4
    for table in made.tables:
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        assert not table.rows[1]._tr.xpath("./w:trPr/w:tblHeader")
        (described,) = table._tbl.tblPr.findall(qn("w:tblDescription"))
        assert described.get(qn("w:val"))


def test_squares_hold_their_numbers_and_colours(made):
    row = made.tables[0].rows[1].cells
    assert [cell.text for cell in row] == ["A1", "The organisation prepares itself", "3", "2", "?", "", "", "", ""]
    fills = [cell._tc.find(f".//{qn('w:shd')}") for cell in row]
    assert [fill is not None and fill.get(qn("w:fill")) for fill in fills[2:6]] == ["8DBFAE", "CFE0CF", "EDEAE2", False]


def test_a_dumbbell_is_a_table_of_groups(made):
    rows = [[cell.text for cell in row.cells] for row in made.tables[1].rows[1:]]
    assert rows == [
        ["peer workers", "being prepared"],
        ["team members", "begun – in place"],
        ["management", "in place"],
        ["board", "in place"],
        ["agreed", "begun"],
    ]


def test_what_follows_a_new_page_begins_on_one():
    blocks = (Paragraph("a"), NewPage(), Heading("b"), NewPage(), Rows("", ("c",), ((1,),)), NewPage())
    found = opened(replace(EVERYTHING, blocks=blocks)).element.body.iter(qn("w:p"))
    begins = [words.text for words in found if words.xpath("./w:pPr/w:pageBreakBefore")]
    assert begins == ["b", "c"]


def test_it_says_its_title_language_and_author_but_no_day():
    about = opened(replace(EVERYTHING, language="nb")).core_properties
    assert (about.title, about.language, about.author) == (EVERYTHING.title, "nb", "Alongside")
    assert about.created is about.modified is None
    styles = zipfile.ZipFile(io.BytesIO(docx(replace(EVERYTHING, language="nb")))).read("word/styles.xml").decode()
    assert 'w:lang w:val="nb"' in styles


def test_the_same_document_is_the_same_bytes():
    assert docx(EVERYTHING) == docx(EVERYTHING)


def test_a_sheet_for_one_side_has_smaller_letters():
    small, usual = (opened(replace(ONE_SHEET, one_sheet=one)).styles["Title"].font.size for one in (True, False))
    assert small < usual


def test_signs_that_xml_cannot_hold_are_left_out():
    made = opened(replace(EVERYTHING, title="a\x00b", blocks=(Paragraph("c\x0b\ud800\uffff d"),)))
    assert [words.text for words in made.paragraphs if "c" in words.text][-1] == "c d"


@needs_office
def test_libreoffice_opens_it_with_nothing_lost(tmp_path):
    shown = converted(
        tmp_path, "txt:Text (encoded):UTF8", EVERYTHING, with_text(EVERYTHING, "Words"), with_text(EVERYTHING, NASTY)
    )
    usual, plain, typed = (text.decode("utf-8-sig") for text in shown)
    assert typed.count(NASTY) == plain.count("Words") > 50
    for words in ("Fourteen of", "being prepared", "I do not write in the file.", "A buddy who has time", "two grades"):
        assert words in usual


@needs_office
def test_libreoffice_sees_as_many_pages_as_there_are(tmp_path):
    made = converted(tmp_path, "pdf", EVERYTHING, ONE_SHEET)
    assert [len(re.findall(rb"/Type\s*/Page\b", pdf)) for pdf in made] == [2, 1]
