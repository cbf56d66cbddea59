"""Questions in portions that fit on one page: whole preconditions, several small ones of the same part together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from alongside.standard.asking import Criterion
from alongside.standard.edition import Edition

MOST = 5


@dataclass(frozen=True, slots=True)
class Chapter:
    """The questions about one precondition or point of attention; `first` is the number of its first question."""

    item: str
    questions: tuple[Criterion, ...]
    first: int

    @property
    def numbered(self) -> list[tuple[int, Criterion]]:
        """Each question with its number among all that are asked, from 1."""
        return list(enumerate(self.questions, self.first))


Section = tuple[Chapter, ...]
"""What stands on one page."""


def chapters(edition: Edition, asked: Sequence[Criterion]) -> list[Chapter]:
    """All questions in the order they are asked, by precondition."""
    found = []
    first = 1
    for item, questions in groupby(asked, key=lambda one: edition.trail(one.item)[1].id):
        chapter = Chapter(item, tuple(questions), first)
        first += len(chapter.questions)
        found.append(chapter)
    return found


def sections(edition: Edition, asked: Sequence[Criterion], *, most: int = MOST) -> list[Section]:
    """Neighbouring chapters of the same part stand together while they have at most so many questions."""
    found: list[list[Chapter]] = []
    for chapter in chapters(edition, asked):
        size = sum(len(one.questions) for one in found[-1]) if found else most
        if size + len(chapter.questions) <= most and _part(edition, found[-1][0]) == _part(edition, chapter):
            found[-1].append(chapter)
        else:
            found.append([chapter])
    return [tuple(section) for section in found]


def _part(edition: Edition, chapter: Chapter) -> str:
    return edition.trail(chapter.item)[0].id
