"""Where an organisation stands on an item, from the steps that were agreed on the questions about it."""

from __future__ import annotations

from collections.abc import Mapping

from alongside.standard.edition import Edition
from alongside.standard.items import Item

STOOD = ("recommendation", "attention-point", "final-recommendation")
"""Kinds of item that have a square: what an organisation can stand on."""


def steps_of_items(edition: Edition, steps: Mapping[str, int | None]) -> dict[str, int | None]:
    """Item id → step, from criterion id → step; an item stands no higher than the lowest step of its questions.

    None where no question about the item has a step. Questions on scales without an order say nothing here.
    """
    return {item.id: _lowest(edition, item, steps) for item in edition.of_kind(*STOOD)}


def _lowest(edition: Edition, item: Item, steps: Mapping[str, int | None]) -> int | None:
    found = [steps.get(one.id) for one in edition.criteria_of(item.id) if edition.scales[one.scale].ordered]
    return min((step for step in found if step is not None), default=None)


def moved(now: Mapping[str, int | None], before: Mapping[str, int | None]) -> dict[str, int]:
    """By how many steps each item went up (or down), where it has a step both times and they differ."""
    return {
        item: step - earlier
        for item, step in now.items()
        if step is not None and (earlier := before.get(item)) is not None and step != earlier
    }


def undisputed(medians: Mapping[str, float], apart: float) -> int | None:
    """The step that nobody sees differently: the one middle answer of all groups, where they lie less than 1 apart.

    `medians`: group → median; `apart`: the widest distance between two groups. None where people should talk first: a
    single group agrees with itself only, and a middle between two answers is none that anybody gave.
    """
    if len(medians) < 2 or len(set(medians.values())) > 1 or apart >= 1:
        return None
    median = next(iter(medians.values()))
    return int(median) if median == int(median) else None
