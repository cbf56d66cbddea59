"""A document as a page: what a screen reader finds in it, what was typed stays text, a sheet fits on its side."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.utils import translation

from alongside.documents.blocks import Columns, Heading, Paragraph, Point, Rows
from alongside.documents.html_pages import html
from alongside.documents.plain import as_data, said
from tests.browser import needs_browser
from tests.documents.examples import EVERYTHING, NASTY, ONE_SHEET, with_text

CSS = "src/alongside/web/static/alongside/alongside.css"
EMPTY_TAGS = {"br", "hr", "meta", "link"}


class Reader(HTMLParser):
    """The words of a page and its tags; it fails where a tag is not closed in its place."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words, self.tags, self.open = "", [], []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in EMPTY_TAGS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def test_what_was_typed_stays_text_in_every_place():
    page = html(with_text(EVERYTHING, NASTY))
    plain = html(with_text(EVERYTHING, "words"))
    assert Reader(page).tags == Reader(plain).tags
    shortened = 4  # the names in the drawing, which stand in full under it
    assert Reader(page).words.count(NASTY) == Reader(plain).words.count("words") - shortened


def test_headings_leave_out_no_level_and_the_title_is_the_only_first():
    blocks = (Heading("a", 4), Heading("b", 4), Heading("c", 1), Columns((("d", (Point("e"),)),)), Heading("f", 9))
    page = html(replace(EVERYTHING, blocks=blocks))
    assert re.findall(r"<h(\d)>(\w)", page) == [("1", "P"), ("2", "a"), ("3", "b"), ("2", "c"), ("3", "d"), ("3", "f")]


def test_columns_first_of_all_are_right_under_the_title():
    page = html(replace(EVERYTHING, blocks=(Columns((("Do", ()), ("Don't", ()))),)))
    assert page.count("<h2>") == 2


def test_a_table_has_a_caption_and_heads_of_columns_and_rows():
    page = html(EVERYTHING)
    assert "<caption>What each group said</caption>" in page
    assert '<th scope="col" class="number">answered</th>' in page
    assert '<th scope="row">peer workers</th>' in page


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [("en", 12.5, "12.5"), ("de", 12.5, "12,5"), ("en", 3.0, "3"), ("en", 0.1 + 0.2, "0.3"), ("en", float("nan"), "–")],
)
def test_a_number_is_written_as_the_language_writes_it(language, number, written):
    with translation.override(language):
        assert said(number) == written


def test_only_columns_of_numbers_stand_to_the_right():
    table = Rows("", ("a", "b", "c"), ((1, "x", None), (None, 2, None)))
    head = as_data(replace(EVERYTHING, blocks=(table,)))["blocks"][0]["head"]
    assert [cell["number"] for cell in head] == [True, False, False]


def test_each_square_says_its_step_and_the_picture_what_it_shows():
    words = " ".join(Reader(html(EVERYTHING)).words.split())
    assert "Of fifteen recommendations, five are in place" in words
    assert "3 in place" in words
    assert "? not known" in words


def test_the_words_of_pictures_are_in_the_document_s_language():
    with translation.override("en"):
        page = html(replace(EVERYTHING, language="de"))
    with translation.override("de"):
        assert translation.gettext("not known") in page
    assert '<article class="document" lang="de">' in page


def test_signs_that_no_file_can_hold_are_left_out():
    page = html(replace(EVERYTHING, blocks=(Paragraph("a\x00\x0b\ud800\ufffeb\r\nc"),)))
    assert "<p>ab<br>c</p>" in page


@needs_browser
@pytest.mark.parametrize(("document", "sides"), [(ONE_SHEET, 1), (EVERYTHING, 2)])
def test_a_sheet_fits_on_one_side_of_paper(browser, tmp_path, document, sides, pytestconfig):
    css = (pytestconfig.rootpath / CSS).as_uri()
    page = tmp_path / "page.html"
    body = f'<header class="top">Alongside</header><main class="page">{html(document)}</main>'
    page.write_text(f'<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{css}">{body}', "utf-8")
    opened = browser.new_page()
    opened.goto(page.as_uri())
    printed = opened.pdf(prefer_css_page_size=True)
    opened.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == sides
