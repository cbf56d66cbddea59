"""Questions in portions: whole preconditions, in order, none left out."""

from __future__ import annotations

import pytest

from alongside.rules.sections import MOST, chapters, sections
from alongside.rules.selection import asked_together, distribute
from alongside.standard.items import Stage


@pytest.mark.parametrize("stage", list(Stage))
def test_every_question_is_in_one_section_and_in_order(edition, stage):
    for asked in distribute(edition, "readiness", stage=stage).values():
        found = sections(edition, asked)
        assert [one for section in found for chapter in section for one in chapter.questions] == list(asked)
        numbers = [number for section in found for chapter in section for number, _ in chapter.numbered]
        assert numbers == list(range(1, len(asked) + 1))


@pytest.mark.parametrize("stage", list(Stage))
def test_a_precondition_is_never_cut_and_small_ones_share_a_page(edition, stage):
    for asked in distribute(edition, "readiness", stage=stage).values():
        found = sections(edition, asked)
        items = [chapter.item for section in found for chapter in section]
        assert len(set(items)) == len(items) == len(chapters(edition, asked))
        for section in found:
            size = sum(len(chapter.questions) for chapter in section)
            assert size <= MOST or len(section) == 1
            assert len({edition.trail(chapter.item)[0].id for chapter in section}) == 1


def test_no_questions_make_no_section(edition):
    assert sections(edition, ()) == []


def test_one_perspective_together_is_asked_what_it_is_asked_alone(edition):
    shown = distribute(edition, "readiness", stage=Stage.GROWING)
    for name, asked in shown.items():
        assert asked_together(edition, "readiness", shown, [name]) == asked
