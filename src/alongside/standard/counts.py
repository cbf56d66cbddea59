"""How much of everything a pack holds: the figures of `alongside standard check`."""

from __future__ import annotations

from alongside.standard.edition import Edition
from alongside.standard.items import Advice, Item, Task
from alongside.standard.texts import SECTIONS

_KINDS = {
    "knowledge_themes": "knowledge-theme",
    "preconditions": "precondition",
    "attention_points": "attention-point",
    "final_recommendations": "final-recommendation",
    "company_topics": "company-topic",
    "culture_paradigms": "culture-paradigm",
    "culture_conditions": "culture-condition",
    "culture_actions": "culture-action",
    "culture_issues": "culture-issue",
    "research_steps": "research-step",
    "obstacles": "obstacle",
    "glossary_terms": "concept",
    "references": "reference",
}


def counts(edition: Edition) -> dict[str, int]:
    """What there is, by name; items that the source names only in passing are not counted."""
    tasks = [item for item in edition.items.values() if isinstance(item, Task)]
    return {
        "tasks": len(tasks),
        "cells": sum(len(task.cells) for task in tasks),
        "generic_competences": len(edition.of_kind("generic-competence")),
        "specific_competences": len(edition.of_kind("specific-competence")),
        "generic_behaviours": _behaviours(edition, "generic-competence"),
        "specific_behaviours": _behaviours(edition, "specific-competence"),
        "precondition_recommendations": sum(map(_counted, edition.of_kind("recommendation"))),
        **{name: len(edition.of_kind(kind)) for name, kind in _KINDS.items()},
        "criteria": len(edition.criteria),
        "step_templates": len(edition.steps),
    }


def _behaviours(edition: Edition, kind: str) -> int:
    return sum(edition.items[item.parent or ""].kind == kind for item in edition.of_kind("behaviour"))


def _counted(item: Item) -> bool:
    return isinstance(item, Advice) and not item.extra


def shares_of_texts(edition: Edition) -> dict[str, float]:
    """For each language the share (0 to 1) of the source's texts that it has, fresh."""
    source = edition.texts[edition.language]
    whole = sum(len(getattr(source, section)) for section in SECTIONS)
    return {
        language: sum(len(getattr(texts, section)) for section in SECTIONS) / whole
        for language, texts in edition.texts.items()
    }
