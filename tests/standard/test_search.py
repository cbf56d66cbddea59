"""Search finds what a reader means, whatever they type of case and accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.standard.edition import Edition
from alongside.standard.loading import standard
from alongside.standard.search import Where, fold, marked, search, sentences
from alongside.standard.texts import ItemText, Texts


def found(edition: Edition, query: str, language: str = "en") -> list[str]:
    return [hit.item for hit in search(edition, language, query)]


def speaking(edition: Edition, language: str, **texts: ItemText) -> Edition:
    """The edition with words in another language for some of its items; dots of ids are written as underscores."""
    items = {id_.replace("_", "."): text for id_, text in texts.items()}
    texts_ = edition.texts | {language: Texts(language=language, items=items)}
    fields = {name: getattr(edition, name) for name in Edition.model_fields}
    return Edition.model_construct(**fields | {"texts": texts_})


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Łączyć", "laczyc"),
        ("STRAẞE, Maße", "strasse, masse"),
        ("Lærling på Ørland", "laerling pa orland"),
        ("ΛΌΓΟΣ λόγος", "λογοσ λογος"),
        ("Überblick café", "uberblick cafe"),
        ("Œuvre", "oeuvre"),
    ],
)
def test_case_and_accents_make_no_difference(written, typed):
    assert fold(written) == fold(typed)


@given(st.text())
def test_folding_again_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.sampled_from(sorted(standard().items)))
def test_every_title_finds_its_item(item):
    edition = standard()
    title = edition.words().items[item].title
    assert item in found(edition, title)
    assert item in found(edition, " ".join(reversed(title.upper().split())))


def test_accents_of_a_translation_are_folded(edition):
    polish = speaking(edition, "pl", A8_buddy=ItemText(title="Łączy się źródło"))
    assert found(polish, "laczy zrodlo", "pl") == ["A8.buddy"]
    assert found(polish, "ŁĄCZY", "pl") == ["A8.buddy"]


def test_what_is_not_translated_is_found_in_the_source_language(edition):
    polish = speaking(edition, "pl", A8_buddy=ItemText(title="Łączy się"))
    assert "A9.supervision" in found(polish, "supervision", "pl")


def test_other_words_under_the_same_edition_are_found_anew(edition):
    assert found(speaking(edition, "pl", A8_buddy=ItemText(title="Pierwszy")), "pierwszy", "pl") == ["A8.buddy"]
    assert found(speaking(edition, "pl", A8_buddy=ItemText(title="Drugi")), "pierwszy", "pl") == []


def test_every_word_has_to_be_there(edition):
    assert found(edition, "buddy")
    assert found(edition, "buddy unobtainium") == []


def test_title_before_text_before_id_and_reading_order_within(edition):
    hits = search(edition, "en", "supervision")
    order = list(edition.items)
    assert hits == sorted(hits, key=lambda hit: (hit.where, order.index(hit.item)))
    assert {hit.where for hit in hits} >= {Where.TITLE, Where.TEXT}
    assert next(hit.where for hit in hits if hit.item == "A9.supervision") is Where.TITLE


def test_an_id_finds_its_item_and_what_begins_with_it(edition):
    assert found(edition, "a7.SENIORITY") == ["A7.seniority"]
    assert found(edition, "A7")[0] == "A7"
    assert "A7.seniority" in found(edition, "A7")
    assert all(hit.where is Where.ID for hit in search(edition, "en", "A7"))


@pytest.mark.parametrize("query", ["", "   ", "…", "– , ."])
def test_nothing_asked_nothing_found(edition, query):
    assert search(edition, "en", query) == []


def test_punctuation_around_words_does_not_matter(edition):
    assert found(edition, "“free space”,") == found(edition, "free space") != []


def test_the_sentence_that_was_met_is_shown(edition):
    [hit] = [hit for hit in search(edition, "en", "time clients shrinks") if hit.item == "B1"]
    assert "shrinks" in hit.sentence
    assert hit.sentence in edition.words().items["B1"].points["too-many-initiatives"]


def test_met_words_are_marked_whole_and_nothing_is_lost():
    text = "Łączyć (self-help), always."
    assert list(marked(text, "LACZ help")) == [
        ("Łączyć", True),
        (" (", False),
        ("self-help", True),
        ("), always.", False),
    ]


@given(st.text(), st.text())
def test_marking_keeps_the_text(text, query):
    assert "".join(piece for piece, _ in marked(text, query)) == text


def test_short_forms_end_no_sentence():
    assert sentences("Das hilft, z. B. am Anfang. Dann weiter. “So” geht es, f.eks. hier.") == [
        "Das hilft, z. B. am Anfang.",
        "Dann weiter.",
        "“So” geht es, f.eks. hier.",
    ]
    assert sentences("") == []
