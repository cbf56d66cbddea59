"""Questions as people answer them, in the words of one language, and what they chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from alongside.rules.sections import Chapter
from alongside.rules.tallies import Answer
from alongside.standard.asking import APART, DONT_KNOW, Criterion
from alongside.standard.edition import Edition


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `chosen`: what stands or was just typed; `unseen`: something stands that is not shown."""

    number: int
    id: str
    text: str
    options: tuple[tuple[int, str], ...]
    chosen: Answer = None
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class ChapterPage:
    """The questions about one precondition or point of attention."""

    item: str
    title: str
    questions: tuple[Question, ...]

    @property
    def answered(self) -> int:
        """How many of them have an answer."""
        return sum(one.chosen is not None or one.unseen for one in self.questions)


def question(
    edition: Edition,
    criterion: Criterion,
    number: int,
    language: str | None,
    *,
    kept: Mapping[str, Answer] | None = None,
    hidden: bool = False,
    typed: Mapping[str, Answer] | None = None,
) -> Question:
    """A question as it stands on a page. What was `kept` is not shown where it is `hidden`; what was `typed` is."""
    words = edition.words(language)
    steps = words.criteria[criterion.id].steps or words.scales[criterion.scale].answers
    stands = (kept or {}).get(criterion.id)
    chosen = (typed or {}).get(criterion.id) if hidden else {**(kept or {}), **(typed or {})}.get(criterion.id)
    return Question(
        number=number,
        id=criterion.id,
        text=words.criteria[criterion.id].question,
        options=tuple(enumerate(steps)),
        chosen=chosen,
        unseen=hidden and stands is not None,
    )


def chapter_pages(
    edition: Edition,
    chapters: Iterable[Chapter],
    language: str | None,
    *,
    kept: Mapping[str, Answer] | None = None,
    hidden: bool = False,
    typed: Mapping[str, Answer] | None = None,
) -> tuple[ChapterPage, ...]:
    """Chapters with their questions."""
    titles = edition.words(language).items
    pages = []
    for chapter in chapters:
        questions = tuple(
            question(edition, criterion, number, language, kept=kept, hidden=hidden, typed=typed)
            for number, criterion in chapter.numbered
        )
        pages.append(ChapterPage(chapter.item, titles[chapter.item].title, questions))
    return tuple(pages)


def said(edition: Edition, criterion: Criterion, values: Sequence[str]) -> Answer:
    """What was chosen; a button pressed after a choice comes last. None where nothing was, or nothing known."""
    value = values[-1] if values else ""
    if value in APART:
        return value
    positions = edition.scales[criterion.scale].answers
    return int(value) if value in {str(step) for step in range(positions)} else None


def said_to(edition: Edition, asked: Iterable[Criterion], data: QueryDict) -> dict[str, Answer]:
    """What was chosen of several questions, each named by its id; those without a choice are left out."""
    found = {one.id: said(edition, one, data.getlist(one.id)) for one in asked}
    return {id_: answer for id_, answer in found.items() if answer is not None}


def revision(data: QueryDict) -> int:
    """The revision that was read; -1 where there is none, which fits nothing."""
    text = data.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else -1


def answers_in_words(edition: Edition, answers: Mapping[str, Answer], language: str | None) -> list[tuple[str, str]]:
    """(question, answer) in words."""
    words = edition.words(language)
    lines = []
    for id_, answer in answers.items():
        text = words.criteria[id_]
        steps = text.steps or words.scales[edition.criteria[id_].scale].answers
        apart = _("I don't know") if answer == DONT_KNOW else _("Does not apply here")
        lines.append((text.question, steps[answer] if isinstance(answer, int) else apart))
    return lines
