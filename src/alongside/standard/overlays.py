"""What an organisation lays over the pack: cells of the task table, force of a recommendation, estimates of a step.

An overlay never changes a text and never hides its origin: every value it sets is marked as the organisation's own,
and the edition says which overlay touched which item. Hardening a "prefer" into a "should" is such a visible choice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from alongside.standard.bad_input import BadInput
from alongside.standard.edition import Edition
from alongside.standard.items import Advice, AnyItem, Cell, Confidence, Force, Frozen, Stage, Task
from alongside.standard.steps import Amount, StepTemplate
from alongside.standard.yaml_reader import YamlFile

Emphasis = Annotated[int, Field(ge=0, le=3)]


class Estimate(Frozen):
    """What a step takes here; what is left out stays as the pack has it."""

    hours: Amount | None = None
    euros: Amount | None = None
    weeks: Annotated[int, Field(ge=1)] | None = None


class Overlay(Frozen):
    """cells: task → level → emphasis; force and stage: item → value; steps: template → estimate.

    `because` says why, in a sentence.
    """

    id: str
    title: str
    because: str
    cells: dict[str, dict[int, Emphasis]] = {}
    force: dict[str, Force] = {}
    stage: dict[str, Stage] = {}
    steps: dict[str, Estimate] = {}


def load_overlay(path: Path, edition: Edition) -> Overlay:
    """The overlay in a YAML file. Raises `BadInput` where it does not fit the edition."""
    file = YamlFile(path, path.name or str(path))
    overlay = file.as_model(Overlay)
    for task, levels in overlay.cells.items():
        found = edition.items.get(task)
        if not isinstance(found, Task):
            raise BadInput(file.problem(f"“{task}” is no task of {edition.pack}", "cells", task))
        for level in levels.keys() - found.cells.keys():
            raise BadInput(file.problem(f"there is no level {level}", "cells", task, level))
    for field, items in (("force", overlay.force), ("stage", overlay.stage)):
        for item in items:
            if not isinstance(edition.items.get(item), Advice):
                raise BadInput(file.problem(f"“{item}” has no {field} in {edition.pack}", field, item))
    for step in overlay.steps:
        if step not in edition.steps:
            raise BadInput(file.problem(f"“{step}” is no template of {edition.pack}", "steps", step))
    return overlay


def lay_over(edition: Edition, overlay: Overlay) -> Edition:
    """The edition with the overlay on top; the edition itself is unchanged."""
    touched = dict.fromkeys((*overlay.cells, *overlay.force, *overlay.stage, *overlay.steps), overlay.id)
    items = {id_: _touched(item, overlay) if id_ in touched else item for id_, item in edition.items.items()}
    steps = {id_: _estimated(step, overlay) for id_, step in edition.steps.items()}
    overlays, laid_over = (*edition.overlays, overlay.id), edition.laid_over | touched
    return edition.revised(items=items, steps=steps, overlays=overlays, laid_over=laid_over)


def _touched(item: AnyItem, overlay: Overlay) -> AnyItem:
    if isinstance(item, Task):
        own = {
            level: Cell(emphasis=emphasis, confidence=Confidence.OWN)
            for level, emphasis in overlay.cells.get(item.id, {}).items()
        }
        return item.model_copy(update={"cells": item.cells | own})
    if isinstance(item, Advice):
        return item.model_copy(
            update={
                "force": overlay.force.get(item.id, item.force),
                "stage": overlay.stage.get(item.id, item.stage),
            }
        )
    return item


def _estimated(step: StepTemplate, overlay: Overlay) -> StepTemplate:
    estimate = overlay.steps.get(step.id, Estimate())
    return step.model_copy(update=estimate.model_dump(exclude_none=True))
