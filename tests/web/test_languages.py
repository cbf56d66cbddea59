"""The words of the pages in six languages: complete, whole, and shown as what they are."""

from __future__ import annotations

import re

import polib
import pytest
from django.conf import settings

from alongside.rules.first_look import questions
from alongside.standard.items import Stage
from alongside.web.management.commands.messages import catalogues

LANGUAGES = [tag for tag, _ in settings.LANGUAGES]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+>")


@pytest.fixture(params=catalogues(), ids=lambda path: path.parent.parent.name)
def catalogue(request):
    return polib.pofile(str(request.param)), request.param


def test_every_language_but_english_has_a_catalogue():
    assert {path.parent.parent.name for path in catalogues()} == set(LANGUAGES) - {"en"}


def test_everything_is_translated(catalogue):
    words, _ = catalogue
    assert [entry.msgid for entry in words.untranslated_entries() + words.fuzzy_entries()] == []


def test_placeholders_and_marks_are_kept(catalogue):
    words, _ = catalogue
    for entry in words:
        sources = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        allowed = {tuple(sorted(PLACEHOLDER.findall(source))) for source in sources}
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            if text:
                assert tuple(sorted(PLACEHOLDER.findall(text))) in allowed, (entry.msgid, text)


def test_what_is_compiled_is_what_was_written(catalogue):
    words, path = catalogue
    compiled = {entry.msgid_with_context: entry for entry in polib.mofile(str(path.with_suffix(".mo")))}
    for entry in words.translated_entries():
        assert compiled[entry.msgid_with_context].msgstr == entry.msgstr, "run `make messages`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_shown_in_the_language_one_chose(client, db, edition, language):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answers = {criterion.id: "1" for criterion in questions(edition, Stage.PREPARING)}
    for url in ("/", "/first-look/", "/first-look/preparing/result/", "/standard/", "/standard/item/A7/", "/about/"):
        response = client.get(url, answers if "result" in url else {})
        body = response.content.decode()
        assert response.status_code == 200
        assert f'<html lang="{language}"' in body
        assert ('class="draft' in body) is (language in settings.DRAFT_LANGUAGES)
    welcome = client.get("/").content.decode()
    assert ("Take a first look" in welcome) is (language == "en")
