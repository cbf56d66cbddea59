"""The words of the standard in one language, apart from its structure.

A translation names with `of` the fingerprint of the source text it was made from; where the two no longer agree the
translation is stale and counts as absent, so nobody reads an old sentence beside a new rule.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from alongside.standard.items import Frozen


class Text(Frozen):
    """Words of any kind. `of`: fingerprint of the source text that a translation was made from."""

    of: str = ""

    @property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits that change with any word of the text."""
        return hashlib.sha256(self.model_dump_json(exclude={"of"}).encode()).hexdigest()[:8]


class ItemText(Text):
    """An item in words; `points` has a sentence for each of its aspects."""

    title: str
    text: str = ""
    why: str = ""
    points: dict[str, str] = {}


class CriterionText(Text):
    """A question, its answers as one would see them in real life (lowest first), and a first move."""

    question: str
    steps: tuple[str, ...] = ()
    next: str = ""


class ScaleText(Text):
    """The words for a scale's answers, lowest first."""

    title: str
    answers: tuple[str, ...]


class NamedText(Text):
    """A perspective or an instrument in words."""

    title: str
    text: str = ""


class Texts(Frozen):
    """Everything a language has words for. `draft`: no native speaker has read it yet."""

    language: str
    draft: bool = False
    items: dict[str, ItemText] = {}
    criteria: dict[str, CriterionText] = {}
    scales: dict[str, ScaleText] = {}
    perspectives: dict[str, NamedText] = {}
    instruments: dict[str, NamedText] = {}

    def entries(self) -> Iterator[tuple[str, str, Text]]:
        """Every text as (section, id, text), in reading order."""
        for section in SECTIONS:
            for key, text in getattr(self, section).items():
                yield section, key, text

    def merged(self, other: Texts) -> Texts:
        """Both together; `other` is another part of the pack in the same language."""
        sections: dict[str, Any] = {name: getattr(self, name) | getattr(other, name) for name in SECTIONS}
        return Texts.model_construct(language=self.language, draft=self.draft or other.draft, **sections)

    def fresh(self, source: Texts) -> Texts:
        """What of this translation still says what `source` says."""
        sections: dict[str, Any] = {
            name: {
                key: text
                for key, text in getattr(self, name).items()
                if key in getattr(source, name) and text.of == getattr(source, name)[key].fingerprint
            }
            for name in SECTIONS
        }
        return Texts.model_construct(language=self.language, draft=self.draft, **sections)

    def over(self, source: Texts) -> Texts:
        """This language where it has words, `source` where it has none."""
        return source.merged(self).model_copy(update={"language": self.language, "draft": self.draft})


SECTIONS = ("items", "criteria", "scales", "perspectives", "instruments")
