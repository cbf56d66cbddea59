"""One document, three shapes: a page, a PDF that everyone can read, a DOCX to go on writing in."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx as python_docx
import pytest

from alongside.documents import pdf as pdf_module
from alongside.documents.blocks import Heading, Paragraph
from alongside.documents.docx import docx
from alongside.documents.html_pages import html
from alongside.documents.pdf import NotMade, pdf
from alongside.documents.plain import as_data
from tests.documents.example import EVERY, SIGNS

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext: apt-get install poppler-utils")
needs_office = pytest.mark.skipif(not shutil.which("soffice"), reason="no soffice: apt-get install libreoffice-writer")


@pytest.fixture(scope="module")
def made():
    return pdf(EVERY)


def run(command, data, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(data)
    return subprocess.run([*command, str(path), "-"], capture_output=True, check=True).stdout.decode()


def test_a_pdf_is_tagged_and_says_its_title_and_language(made):
    assert b"/StructTreeRoot" in made
    assert b"/Lang" in made
    assert re.search(rb"pdfuaid:part(>|=\")1", made)
    assert b"/MarkInfo" in made


@needs_poppler
def test_the_fonts_of_a_pdf_are_inside_it(made, tmp_path):
    path = tmp_path / "made.pdf"
    path.write_bytes(made)
    rows = subprocess.run(["pdffonts", str(path)], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert rows
    assert all(re.search(r"\byes\s+yes\s+yes\b", row) for row in rows), rows


@needs_poppler
def test_what_is_typed_is_never_run_and_nothing_is_lost_in_a_pdf(made, tmp_path):
    text = " ".join(run(["pdftotext", "-layout"], made, tmp_path, "made.pdf").split())
    for start in ("Where we stand", "Noorderhof", "Plain", "Quiet", "Otherwise", "Point", "Tick", "Do", "Caption"):
        assert f"{start} #strong[x] $y$ \\ * _ @a <b> ] ` ~ & {{{{ x }}}}" in text, start
    for words in ("Łódź, Αθήνα, Ålesund", "Last words", "I read no files", "=2+2"):
        assert words in text


def test_a_heading_is_never_two_levels_below_the_one_before():
    levels = [block["level"] for block in as_data(EVERY)["blocks"] if block["kind"] == "heading"]
    assert levels == [2, 3]
    deep = replace(EVERY, blocks=(Heading("Deep", 3), Paragraph("x")))
    assert as_data(deep)["blocks"][0]["level"] == 2
    assert pdf(deep).startswith(b"%PDF-")


def test_a_long_text_and_an_empty_document_can_be_made():
    assert pdf(replace(EVERY, blocks=(Paragraph("word " * 2000 + "x" * 3000),))).startswith(b"%PDF-")
    assert pdf(replace(EVERY, blocks=(), eyebrow="", lead="", foot="")).startswith(b"%PDF-")


def test_a_pdf_that_cannot_be_made_says_so(monkeypatch):
    monkeypatch.setattr(pdf_module.sys, "executable", "/bin/false")
    with pytest.raises(NotMade):
        pdf(EVERY)


def test_a_compiler_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(pdf_module, "SECONDS", 0.001)
    with pytest.raises(NotMade):
        pdf(EVERY)


def test_a_page_escapes_what_was_typed():
    body = html(EVERY)
    assert "<b>" not in body.replace("<b>Name", "")
    assert "&lt;b&gt;" in body
    assert "{{ x }}" in body
    assert body.count("<h1") == 1
    assert body.index("<h2") < body.index("<h3")


def test_a_docx_has_real_headings_lists_and_repeated_heads():
    made = python_docx.Document(io.BytesIO(docx(EVERY)))
    styles = [words.style.name for words in made.paragraphs]
    assert styles.count("Title") == 1
    assert "Heading 1" in styles
    assert "List Bullet" in styles
    heads = [table.rows[0]._tr.xpath("./w:trPr/w:tblHeader") for table in made.tables]
    assert all(heads)
    assert made.core_properties.title == EVERY.title
    assert made.core_properties.language == "nb"


def test_the_same_document_makes_the_same_docx():
    def parts(data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts(docx(EVERY)) == parts(docx(EVERY))


@needs_office
def test_a_docx_opens_in_libreoffice_with_nothing_lost(tmp_path):
    path = tmp_path / "made.docx"
    path.write_bytes(docx(EVERY))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile"]
    subprocess.run(
        [*command, "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    text = (tmp_path / "made.txt").read_text(encoding="utf-8-sig")
    for start in ("Where we stand", "Plain", "Quiet", "Otherwise", "Point", "Do", "I listen", "Caption", "Name"):
        assert f"{start} {SIGNS}" in text, start
    for words in ("Łódź, Αθήνα, Ålesund", "Last words", "I read no files", "=2+2"):
        assert words in text
