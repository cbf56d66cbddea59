"""A document as PDF: for those who hear it as for those who see it, whatever was typed, or not at all."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from alongside.documents import pdf as pdf_module
from alongside.documents import typst_worker
from alongside.documents.blocks import Blank, Columns, Heading, NewPage, Paragraph, Point, Points, Rows
from alongside.documents.pdf import NotMade, pdf
from tests.documents.examples import EVERYTHING, NASTY, ONE_SHEET, with_text

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext: apt-get install poppler-utils")
LETTERS = "Zażółć gęślą jaźń · Ærlig gjør våren · Τι λέει η ομάδα; Ώρες · Größe · Één · Щ · שלום · مرحبا · ☐ → € „“ –"


@pytest.fixture(scope="module")
def made():
    return pdf(EVERYTHING)


def run(tmp_path, data, *command, to=()):
    """What a program of poppler says about the PDF."""
    path = tmp_path / "made.pdf"
    path.write_bytes(data)
    return subprocess.run([*command, path, *to], capture_output=True, check=True).stdout.decode()


def text(tmp_path, data):
    return " ".join(run(tmp_path, data, "pdftotext", "-raw", to="-").split())


def spoken(tmp_path, data):
    """What is read out, in the order of the tags."""
    tree = run(tmp_path, data, "pdfinfo", "-struct-text")
    return bare("".join(re.findall(r'^ *"(.*)"$', tree, re.MULTILINE)))


def bare(words):
    """Without what lines are broken at: spaces, and hyphens, which a table puts in."""
    return re.sub(r"[\s\u200b\u00ad-]", "", words)


def pages(tmp_path, data):
    return int(re.search(r"Pages:\s+(\d+)", run(tmp_path, data, "pdfinfo"))[1])


def paragraph(words):
    return pdf(replace(EVERYTHING, blocks=(Paragraph(words),)))


def test_it_says_that_it_is_pdf_ua_and_carries_tags_title_and_language(made):
    for part in (
        b"<pdfuaid:part>1<", b"/StructTreeRoot", b"/Marked true", b"/Lang(en)", b"/DisplayDocTitle true",
        b"Peer support at Lindenhof</rdf:li>", b"<rdf:li>Alongside</rdf:li>",
    ):  # fmt: skip
        assert part in made, part


@pytest.mark.parametrize("language", ["en", "nb", "el", "pt-BR", "zh-Hans", "de-AT"])
def test_any_language_can_be_named(language):
    made = pdf(replace(ONE_SHEET, language=language))
    assert f"/Lang({language.removesuffix('-Hans')})".encode() in made


@needs_poppler
def test_its_fonts_are_inside(made, tmp_path):
    rows = run(tmp_path, made, "pdffonts").splitlines()[2:]
    assert rows
    assert all(re.search(r"\byes\s+yes\s+yes\b", row) for row in rows), rows


@needs_poppler
def test_it_is_read_in_the_order_in_which_it_was_written(made, tmp_path):
    words = text(tmp_path, made)
    order = (
        "For the board", "Peer support at Lindenhof", "Fourteen of", "Where we stand", "A1 The organisation prepares",
        "What people said", "Is the pay the same", "peer workers: being prepared", "What each group said",
        "Who answered", "We are paid two grades", "Peer workers · A7.pay", "The first weeks", "What I do", "I listen",
        "What I don't", "A desk, a key", "One step", "Who I can turn to",
    )  # fmt: skip
    places = [words.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


@needs_poppler
def test_every_kind_of_block_has_its_tag(made, tmp_path):
    tree = run(tmp_path, made, "pdfinfo", "-struct-text")
    for tag in ("H1", "H2", "H3", "P", "L", "LI", "Table", "THead", "TH", "TD", "Caption", "Figure", "BlockQuote"):
        assert re.search(rf"^ *{tag}\b", tree, re.MULTILINE), tag
    assert tree.count("/Scope /Column") == 3 + 6
    assert made.count(b"/Alt") == tree.count("Figure") == 1


@needs_poppler
def test_what_was_typed_is_never_run_and_never_lost(tmp_path):
    typed = spoken(tmp_path, pdf(with_text(EVERYTHING, NASTY))).count(bare(NASTY))
    shortened = 4  # the names in the drawing, which stand in full under it
    assert typed == spoken(tmp_path, pdf(with_text(EVERYTHING, "Words"))).count("Words") - shortened > 50


@needs_poppler
def test_the_letters_of_all_our_languages_are_there(tmp_path):
    words = text(tmp_path, paragraph(LETTERS))
    assert "�" not in words
    for part in LETTERS.split(" · "):
        assert part in words or part[::-1] in words, part


@needs_poppler
def test_a_sign_without_a_shape_is_named_and_refuses_nothing(tmp_path):
    assert "Good [grinning face] [thumbs up sign] end" in text(tmp_path, paragraph("Good 😀 👍🏽 end"))
    assert "A � B" in text(tmp_path, paragraph("A 中 B"))
    assert "ab end" in text(tmp_path, paragraph("a\x00\x07\ud800b end"))


@needs_poppler
@pytest.mark.parametrize("words", ["word " * 2000, "https://example.org/?q=" + "1" * 9000], ids=["words", "address"])
def test_ten_thousand_signs_stay_on_the_paper(tmp_path, words):
    blocks = (
        Paragraph(words), Paragraph(words, voice="Peer workers"), Points((Point(words),)), Blank(words),
        Columns((("Do", (Point(words),)), ("Don't", ()))), Rows("Table", ("a", "b"), ((words, 1), ("x", words))),
    )  # fmt: skip
    found = text(tmp_path, pdf(replace(EVERYTHING, blocks=blocks)))
    assert len(bare(found)) > 7 * len(bare(words))


@needs_poppler
def test_a_sheet_for_one_side_gets_letters_that_fit(tmp_path):
    longer = replace(ONE_SHEET, blocks=(*ONE_SHEET.blocks, *ONE_SHEET.blocks[1:], NewPage()))
    assert pages(tmp_path, pdf(ONE_SHEET)) == 1
    assert pages(tmp_path, pdf(longer)) == 1
    assert pages(tmp_path, pdf(replace(longer, one_sheet=False))) == 2
    assert pages(tmp_path, pdf(replace(longer, blocks=longer.blocks * 3))) > 1


def test_a_document_with_nothing_in_it_can_be_made():
    assert pdf(replace(EVERYTHING, blocks=(), eyebrow="", lead="", foot="")).startswith(b"%PDF-")
    assert pdf(replace(EVERYTHING, blocks=(Heading("Deep", 4), Rows("", ("a",), ())))).startswith(b"%PDF-")


def test_a_compiler_that_fails_makes_no_file_and_tells_no_words(monkeypatch):
    monkeypatch.setattr(pdf_module, "as_data", lambda _document: {"title": "secret words"})
    with pytest.raises(NotMade) as caught:
        pdf(EVERYTHING)
    assert "secret" not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("command", [("/bin/false",), ("/bin/echo", "%PDF-1.7 half"), ("/nowhere/typst",)])
def test_what_is_no_whole_file_is_none(monkeypatch, command):
    monkeypatch.setattr(pdf_module, "WORKER", command)
    with pytest.raises(NotMade):
        pdf(EVERYTHING)


def test_a_compiler_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(pdf_module, "WORKER", ("/bin/sleep", "60"))
    monkeypatch.setattr(pdf_module, "SECONDS", 0.1)
    with pytest.raises(NotMade):
        pdf(EVERYTHING)


def test_a_fault_of_ours_is_not_taken_for_a_missing_sign():
    with pytest.raises(Exception, match="does not contain key"):
        typst_worker.made('{"title": "😀"}')
