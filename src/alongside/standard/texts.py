"""The words of the standard in one language, apart from its structure.

A translation names with `of` the fingerprint of the source text it was made from; where the two no longer agree the
translation is stale and counts as absent, so nobody reads an old sentence beside a new rule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from alongside.standard.items import Frozen, Mapped, ReadOnly


class Text(Frozen):
    """Words of any kind. `of`: fingerprint of the source text that a translation was made from."""

    of: str = ""

    @property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that change with any word of the text."""
        return hashlib.sha256(self.model_dump_json(exclude={"of"}).encode()).hexdigest()[:8]


class ItemText(Text):
    """An item in words; `points` has a sentence for each of its aspects."""

    title: str = Field(min_length=1)
    text: str = ""
    why: str = ""
    points: Mapped[str, str] = ReadOnly()


class CriterionText(Text):
    """A question, its answers as one would see them in real life (lowest first), and a first move."""

    question: str = Field(min_length=1)
    steps: tuple[Annotated[str, Field(min_length=1)], ...] = ()
    next: str = ""


class ScaleText(Text):
    """The words for a scale's answers, lowest first."""

    title: str
    answers: tuple[str, ...]


class NamedText(Text):
    """A perspective or an instrument in words."""

    title: str
    text: str = ""


class StepText(Text):
    """A step in words: what to do, in a few of them; what it takes and how to begin small; how one sees it is done."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    text: Annotated[str, Field(min_length=1)]
    done: Annotated[str, Field(min_length=1)]


class KitText(Text):
    """A sheet of the welcome kit, one of its sections with its lines, or a step of a welcome in words."""

    title: str = Field(min_length=1)
    text: str = ""
    lines: Mapped[str, Annotated[str, Field(min_length=1)]] = ReadOnly()


class Texts(Frozen):
    """Everything a language has words for. `draft`: no native speaker has read it yet."""

    language: str
    draft: bool = False
    items: Mapped[str, ItemText] = ReadOnly()
    criteria: Mapped[str, CriterionText] = ReadOnly()
    scales: Mapped[str, ScaleText] = ReadOnly()
    perspectives: Mapped[str, NamedText] = ReadOnly()
    instruments: Mapped[str, NamedText] = ReadOnly()
    steps: Mapped[str, StepText] = ReadOnly()
    kit: Mapped[str, KitText] = ReadOnly()

    def entries(self) -> Iterator[tuple[str, str, Text]]:
        """Every text as (section, id, text), in reading order."""
        for section in SECTIONS:
            for key, text in getattr(self, section).items():
                yield section, key, text

    def merged(self, other: Texts) -> Texts:
        """Both together; `other` is another part of the pack in the same language."""
        sections: dict[str, Any] = {name: ReadOnly(getattr(self, name) | getattr(other, name)) for name in SECTIONS}
        return Texts.model_construct(language=self.language, draft=self.draft or other.draft, **sections)

    def fresh(self, source: Texts) -> Texts:
        """What of this translation still says what `source` says."""
        sections: dict[str, Any] = {
            name: ReadOnly(
                (key, text)
                for key, text in getattr(self, name).items()
                if key in getattr(source, name) and text.of == getattr(source, name)[key].fingerprint
            )
            for name in SECTIONS
        }
        return Texts.model_construct(language=self.language, draft=self.draft, **sections)

    def over(self, source: Texts) -> Texts:
        """This language where it has words, `source` where it has none."""
        return source.merged(self).model_copy(update={"language": self.language, "draft": self.draft})


SECTIONS = ("items", "criteria", "scales", "perspectives", "instruments", "steps", "kit")
