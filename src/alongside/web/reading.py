"""An edition read in one language: items as links and rows, and an honest word where a text is not translated yet.

No request and no database: what is looked up here once, the templates only write down.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from alongside.standard.edition import Edition
from alongside.standard.items import Advice, AnyItem, Behaviour
from alongside.standard.search import fold
from alongside.web.templatetags.words import item_url

# For languages that sort a letter apart from the one it looks like; in the others an accent makes no difference.
_ALPHABETS = {"nb": "abcdefghijklmnopqrstuvwxyzæøå", "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"}
_LETTERS = 1000  # letters come after everything else


class Wording(NamedTuple):
    """How far the words of a page are in its language: `missing` is "", "some" or "all"."""

    missing: str
    draft: bool


class Link(NamedTuple):
    """An item to go to. `lang` is the language of the title where that is not the page's own."""

    id: str
    title: str
    url: str
    lang: str


class Row(NamedTuple):
    """An item in a list, with what stands under it. `force` is "" where the source does not speak for it."""

    link: Link
    text: str
    item: AnyItem
    force: str
    own: bool
    rows: tuple[Row, ...]


class Reader:
    """Reads an edition in a language."""

    def __init__(self, edition: Edition, language: str) -> None:
        self.edition, self.language = edition, language
        self.words = edition.words(language)

    def lang(self, section: str, key: str) -> str:
        """The language that a text falls back to; empty where it is the reader's."""
        return "" if self.edition.translated(self.language, section, key) else self.edition.language

    def link(self, item: str) -> Link:
        """The way to an item."""
        return Link(item, self.words.items[item].title, item_url(item), self.lang("items", item))

    def links(self, items: Iterable[str]) -> tuple[Link, ...]:
        """The way to each of these items."""
        return tuple(self.link(item) for item in items)

    def row(self, item: str) -> Row:
        """An item and, below it, its children."""
        found = self.edition.items[item]
        return Row(
            link=self.link(item),
            text=self.words.items[item].text,
            item=found,
            force=found.force if isinstance(found, Advice) else "",
            own=isinstance(found, Behaviour) and found.own,
            rows=self.rows_under(item),
        )

    def rows_under(self, item: str) -> tuple[Row, ...]:
        """The children of an item."""
        return tuple(self.row(child.id) for child in self.edition.children(item))

    def wording(self, items: Iterable[str]) -> Wording:
        """How far the words of these items are in the reader's language."""
        found = [not self.lang("items", item) for item in items]
        missing = "" if all(found) else "some" if any(found) else "all"
        return Wording(missing, any(found) and self.words.draft)


def alphabetical(text: str, language: str) -> list[int]:
    """A key that sorts as the language's dictionaries do: in Norwegian å after z, in Polish ł after l."""
    alphabet, key = _ALPHABETS.get(language, ""), []
    for letter in unicodedata.normalize("NFC", text).casefold():
        for part in letter if letter in alphabet else fold(letter):
            place = alphabet.find(part)
            key.append(_LETTERS + place if place >= 0 else ord(part))
    return key
