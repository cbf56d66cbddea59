"""Dots say the same to the eye and to the ear, and never more than the source does."""

from __future__ import annotations

import pytest

from alongside.pictures.dots import DotsWords, dots, in_words
from alongside.standard.items import Cell, Confidence

WORDS = DotsWords(
    emphasis="{n} of {most}", no_mark="no mark", not_stated="not stated", inferred="inferred", own="our own"
)


def cell(emphasis: int | None, confidence: str = "certain") -> Cell:
    return Cell(emphasis=emphasis, confidence=Confidence(confidence))


@pytest.mark.parametrize(
    ("emphasis", "confidence", "said"),
    [
        (1, "certain", "1 of 3"),
        (3, "certain", "3 of 3"),
        (2, "inferred", "2 of 3, inferred"),
        (2, "own", "2 of 3, our own"),
        (0, "inferred", "no mark, inferred"),
        (0, "certain", "no mark"),
        (None, "unknown", "not stated"),
    ],
)
def test_what_is_heard(emphasis, confidence, said):
    assert in_words(cell(emphasis, confidence), WORDS) == said
    assert said in dots(cell(emphasis, confidence), WORDS)


def test_as_many_dots_as_the_emphasis():
    assert all(f'class="dots d{n}"' in dots(cell(n), WORDS) for n in range(4))


def test_not_stated_is_words_and_never_dots():
    drawn = dots(cell(None, "unknown"), WORDS)
    assert "dots" not in drawn
    assert "0" not in drawn
    assert drawn != dots(cell(0, "unknown"), WORDS)


def test_what_is_not_the_sources_looks_different():
    looks = {dots(cell(2, confidence), WORDS).split(">")[0] for confidence in ("certain", "inferred", "own")}
    assert len(looks) == 3


def test_words_are_escaped():
    assert "<b>" not in dots(cell(2), WORDS._replace(emphasis="<b>{n}"))
    assert "<b>" not in dots(cell(None, "unknown"), WORDS._replace(not_stated="<b>"))
