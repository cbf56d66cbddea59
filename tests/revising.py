"""Newer editions of the standard, for tests: each function makes one change and leaves the rest as it is."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import pytest

from alongside.standard import loading
from alongside.standard.edition import Edition
from alongside.standard.texts import Texts


def reword(edition: Edition, id: str, *, language: str = "en", **words: Any) -> Edition:
    """Other words for a question, a scale, an item or a perspective, whichever has this id: `question`, `text` …"""
    texts = edition.texts[language]
    section = next(name for name in ("criteria", "items", "scales", "perspectives") if id in getattr(texts, name))
    changed = getattr(texts, section)[id].model_copy(update={name: frozen(value) for name, value in words.items()})
    return with_texts(edition, section, {id: changed}, language)


def translated(edition: Edition, language: str) -> Edition:
    """With a whole translation, in which every question and title begins with the name of its language."""
    source, words = edition.texts[edition.language], {"language": language}
    for section, field in (
        ("criteria", "question"),
        ("items", "title"),
        ("scales", "title"),
        ("perspectives", "title"),
    ):
        words[section] = {
            id_: text.model_copy(update={"of": text.fingerprint, field: f"{language}: {getattr(text, field)}"})
            for id_, text in getattr(source, section).items()
        }
    return edition.revised(texts=edition.texts | {language: Texts.model_validate(words)})


def reword_step(edition: Edition, id: str, *, step: int, text: str) -> Edition:
    """One step of a question in other words."""
    steps = list(edition.words().criteria[id].steps)
    steps[step] = text
    return reword(edition, id, steps=steps)


def rename(edition: Edition, id: str, *, to: str) -> Edition:
    """Another id for a question or an item; the edition names the successor."""
    section = "criteria" if id in edition.criteria else "items"
    things = {to if key == id else key: thing for key, thing in getattr(edition, section).items()}
    things[to] = things[to].model_copy(update={"id": to})
    found = {section: things, "successors": edition.successors | {id: to}}
    if section == "items":
        found["criteria"] = {key: _about(one, id, to) for key, one in edition.criteria.items()}
        found["items"] = {key: _under(one, id, to) for key, one in things.items()}
    texts = {language: _texts_renamed(words, section, id, to) for language, words in edition.texts.items()}
    return edition.revised(**found, texts=texts)


def remove(edition: Edition, id: str) -> Edition:
    """Without a question, or without an item and the questions about it."""
    gone = {id} | {one.id for one in edition.criteria_of(id)}
    criteria = {key: one for key, one in edition.criteria.items() if key not in gone}
    return edition.revised(criteria=criteria, items={key: one for key, one in edition.items.items() if key != id})


def add(edition: Edition, id: str, *, like: str, **fields: Any) -> Edition:
    """One more question, made like another, with its words."""
    one = edition.criteria[like].model_copy(update={"id": id, **fields})
    more = with_texts(edition, "criteria", {id: edition.words().criteria[like]})
    return more.revised(criteria=edition.criteria | {id: one})


def merge(edition: Edition, id: str, *, into: str) -> Edition:
    """Without a question; the edition names another one, which stays, as its successor."""
    return remove(edition, id).revised(successors=edition.successors | {id: into})


def ask(edition: Edition, id: str, **fields: Any) -> Edition:
    """A question on another `scale`, about another `item` or `aspect`, known by others."""
    changed = edition.criteria[id].model_copy(update={name: frozen(value) for name, value in fields.items()})
    return edition.revised(criteria=edition.criteria | {id: changed})


def weigh(edition: Edition, id: str, **fields: Any) -> Edition:
    """An item with another `force` or `stage`, or a scale that is `standing` from another step on."""
    section = "items" if id in edition.items else "scales"
    things = getattr(edition, section)
    return edition.revised(
        **{section: things | {id: type(things[id]).model_validate(things[id].model_dump() | fields)}}
    )


def with_texts(edition: Edition, section: str, changed: dict[str, Any], language: str = "en") -> Edition:
    """Other texts in one language; translations made from the older words are stale from then on."""
    words = edition.texts[language]
    words = words.model_copy(update={section: getattr(words, section) | changed})
    texts = edition.texts | {language: words}
    if language == edition.language:
        texts |= {tag: one.fresh(words) for tag, one in texts.items() if tag != language}
    return edition.revised(texts=texts)


def frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _about(criterion: Any, item: str, to: str) -> Any:
    return criterion.model_copy(update={"item": to}) if criterion.item == item else criterion


def _under(item: Any, parent: str, to: str) -> Any:
    return item.model_copy(update={"parent": to}) if item.parent == parent else item


def _texts_renamed(words: Texts, section: str, id_: str, to: str) -> Texts:
    named = {to if key == id_ else key: text for key, text in getattr(words, section).items()}
    return words.model_copy(update={section: named})


REVISIONS = {function.__name__: function for function in (reword, reword_step, rename, remove, add, merge, ask, weigh)}


def revised(edition: Edition, steps: list[dict[str, Any]]) -> Edition:
    """The edition after some changes, each written as ``{reword: q.A1.board, question: …}``."""
    for step in steps:
        (name, id_), *rest = step.items()
        edition = REVISIONS[name](edition, id_, **dict(rest))
    return edition.revised(version="9.0.0")


def release(monkeypatch: pytest.MonkeyPatch, edition: Edition) -> None:
    """From now on this is the standard that the release carries, in every module of the site."""
    import_module("alongside.web.urls")
    carried = loading.standard
    for name, module in [*sys.modules.items()]:
        if name.startswith("alongside") and getattr(module, "standard", None) is carried:
            monkeypatch.setattr(module, "standard", lambda: edition)
