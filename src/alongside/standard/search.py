"""Finds items by the words in them, whatever their case and accents: “lacza” finds “Łączą”.

Every word of a query must occur somewhere in the item. Items that have all of them in the title come first, then those
that need their text, last those that need their id; within each the reading order stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from alongside.standard.edition import Edition
from alongside.standard.texts import ItemText, Texts

# Letters that NFKD leaves whole; case folding has taken care of ß and of the final sigma.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_WORD = re.compile(r"(\w+(?:[-'’]\w+)*)")
_SENTENCE_END = re.compile(r"(?<=\w{2}[.!?;])\s+")


class Where(IntEnum):
    """What of an item a query needed, best first."""

    TITLE = 0
    TEXT = 1
    ID = 2


class Hit(NamedTuple):
    """An item that was found, and the sentence of it that says most about why."""

    item: str
    where: Where
    sentence: str


class _Entry(NamedTuple):
    """An item, folded: each field contains the one before it."""

    item: str
    title: str
    texts: str
    everything: str
    sentences: tuple[tuple[str, str], ...]


class _Index(NamedTuple):
    words: Texts
    entries: tuple[_Entry, ...]


_indexes: dict[tuple[str, str], _Index] = {}


def fold(text: str) -> str:
    """The text without case, accents and other differences that a reader would not type."""
    if text.isascii():
        return text.lower()  # the same, and most of what is folded
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter)).translate(_LETTERS)


def search(edition: Edition, language: str, query: str) -> list[Hit]:
    """The items that have every word of the query, best first; none for a query without words."""
    wanted = _wanted(query)
    if not wanted:
        return []
    found = [
        Hit(entry.item, where, _telling(entry, wanted))
        for entry in _index(edition, language).entries
        if (where := _where(entry, wanted)) is not None
    ]
    return sorted(found, key=lambda hit: hit.where)


def marked(text: str, query: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is a word that the query meets."""
    wanted, plain = _wanted(query), ""
    for piece in filter(None, _WORD.split(text)):
        folded = fold(piece)
        if any(word in folded for word in wanted):
            yield from ((plain, False), (piece, True)) if plain else ((piece, True),)
            plain = ""
        else:
            plain += piece
    if plain:
        yield plain, False


def sentences(text: str) -> list[str]:
    """The text sentence by sentence; a short form such as “z. B.” or “f.eks.” ends none."""
    parts: list[str] = []
    for part in _SENTENCE_END.split(text):
        if parts and not part.lstrip('“„«‘"(')[:1].isupper():
            parts[-1] += f" {part}"
        elif part:
            parts.append(part)
    return parts


def _wanted(query: str) -> tuple[str, ...]:
    words = (re.sub(r"^\W+|\W+$", "", word) for word in fold(query).split())
    return tuple(dict.fromkeys(word for word in words if word))


def _index(edition: Edition, language: str) -> _Index:
    """Made once for each edition and language, and again where the words are others than they were."""
    words, key = edition.words(language), (edition.digest, language)
    index = _indexes.get(key)
    if index is None or index.words is not words:
        index = _indexes[key] = _Index(words, tuple(_entry(item, words.items[item]) for item in edition.items))
    return index


def _entry(item: str, text: ItemText) -> _Entry:
    parts = [sentence for whole in (text.text, text.why, *text.points.values()) for sentence in sentences(whole)]
    folded = [fold(part) for part in parts]
    title = fold(text.title)
    texts = "\n".join((title, *folded))
    return _Entry(item, title, texts, f"{texts}\n{fold(item)}", tuple(zip(parts, folded, strict=True)))


def _where(entry: _Entry, wanted: tuple[str, ...]) -> Where | None:
    fields = zip(Where, (entry.title, entry.texts, entry.everything), strict=True)
    return next((where for where, field in fields if all(word in field for word in wanted)), None)


def _telling(entry: _Entry, wanted: tuple[str, ...]) -> str:
    """The first of the sentences that have most of the words; none where an item is its title alone."""
    best = max(entry.sentences, key=lambda pair: sum(word in pair[1] for word in wanted), default=("", ""))
    return best[0]
