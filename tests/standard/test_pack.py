"""The European standard as this release carries it: everything of the inventory, and the rules of its texts."""

from __future__ import annotations

import re

import pytest

from alongside.rules import first_look
from alongside.rules.selection import distribute, whom_to_ask
from alongside.standard.counts import counts
from alongside.standard.items import STAGES, Advice, Behaviour, Confidence, Level, Stage, Task
from alongside.standard.loading import STANDARD, load_pack
from alongside.standard.surveys import asked_by

INVENTORY = {
    "tasks": 14, "cells": 42, "generic_competences": 8, "specific_competences": 7, "generic_behaviours": 22,
    "specific_behaviours": 67, "knowledge_themes": 22, "preconditions": 11, "precondition_recommendations": 45,
    "attention_points": 13, "final_recommendations": 8, "company_topics": 30, "culture_paradigms": 3,
    "culture_conditions": 8, "culture_actions": 4, "culture_issues": 7, "research_steps": 10, "references": 18,
}  # fmt: skip
RECOMMENDATIONS = {"A1": 3, "A2": 2, "A3": 1, "A4": 1, "A5": 6, "A6": 4, "A7": 7, "A8": 5, "A9": 8, "A10": 3, "A11": 5}
BEHAVIOURS = {
    "generic.non-medical-language": 2, "generic.meaning": 4, "generic.listening": 3, "generic.reciprocity": 3,
    "generic.boundaries": 3, "generic.confidence-in-recovery": 3, "generic.conflicts": 2, "generic.reflection": 2,
    "specific.contact": 15, "specific.own-experience": 10, "specific.methods": 10, "specific.collaboration": 8,
    "specific.conceptual-thinking": 10, "specific.information-coaching": 7, "specific.self-management": 7,
}  # fmt: skip
MARKS = {  # task: emphasis at level 1, 2, 3; None where the source does not state it (inventory)
    1: (3, 3, 3), 2: (3, 3, 2), 3: (2, 3, 2), 4: (1, 3, 3), 5: (1, 3, 3), 6: (0, 2, 3), 7: (1, 2, 3), 8: (0, 1, 3),
    9: (0, 2, 3), 10: (None, None, None), 11: (1, 1, 3), 12: (2, 2, 3), 13: (2, 3, 3), 14: (1, 1, 3),
}  # fmt: skip
CERTAIN = {1, 2, 3, 4, 5, 12, 13, 14}


def test_everything_of_the_inventory_is_there(edition):
    found = counts(edition)
    assert {name: found[name] for name in INVENTORY} == INVENTORY
    assert found["obstacles"] == 9
    assert found["glossary_terms"] >= 13
    assert found["criteria"] >= 45 + 13 + 8


def test_each_precondition_has_its_recommendations(edition):
    counted = {
        item.id: sum(isinstance(child, Advice) and not child.extra for child in edition.children(item.id))
        for item in edition.of_kind("precondition")
    }
    assert counted == RECOMMENDATIONS


def test_each_competence_has_its_behaviours(edition):
    assert {id_: len(edition.children(id_)) for id_ in BEHAVIOURS} == BEHAVIOURS


def test_cells_are_as_the_source_has_them_and_say_how_sure_they_are(edition):
    for task in edition.items.values():
        if isinstance(task, Task):
            assert tuple(task.cells[level].emphasis for level in (1, 2, 3)) == MARKS[task.number], task.id
            for cell in task.cells.values():
                expected = Confidence.CERTAIN if task.number in CERTAIN else Confidence.INFERRED
                assert cell.confidence is (Confidence.UNKNOWN if cell.emphasis is None else expected)


def test_level_three_is_read_as_eqf_six_and_says_so(edition):
    levels = {item.id: (item.eqf, item.eqf_confidence) for item in edition.items.values() if isinstance(item, Level)}
    assert levels == {"level.1": (4, "stated"), "level.2": (5, "stated"), "level.3": (6, "inferred")}


def test_behaviours_of_self_management_are_never_asked_of_others(edition):
    own = edition.children("specific.self-management")
    assert all(isinstance(item, Behaviour) and item.own for item in own)


def test_what_the_source_says_of_companies_is_tentative(edition):
    assert {item.force for item in edition.of_kind("company-recommendation")} == {"tentative"}


@pytest.mark.parametrize("stage", STAGES)
def test_a_first_look_asks_one_thing_of_each_precondition_and_up_to_four_tensions(edition, stage):
    asked = first_look.questions(edition, stage)
    groups = [edition.trail(criterion.item)[1].id for criterion in asked]
    assert groups[:11] == [f"A{number}" for number in range(1, 12)]
    assert len(groups) <= 15
    assert {edition.items[group].kind for group in groups[11:]} == {"attention-point"}
    assert len(set(groups)) == len(groups)


@pytest.mark.parametrize("stage", STAGES)
def test_what_a_stage_asks_about_belongs_to_that_stage(edition, stage):
    asked = first_look.questions(edition, stage)
    assert [c.id for c in asked if edition.items[c.item].stage.rank > stage.rank] == []
    assert [c.id for c in asked if c.stages and stage not in c.stages] == []
    assert [c.id for c in asked if not whom_to_ask(edition, c, stage)] == []


def test_nobody_is_asked_who_is_not_there_yet(edition):
    assert "psw" not in distribute(edition, "readiness", stage=Stage.PREPARING)
    assert "psw" in distribute(edition, "readiness", stage=Stage.FIRST_PSW)


@pytest.mark.parametrize("modules", [False, True])
@pytest.mark.parametrize("roles", [(), ("role.psw",), ("role.cpee",)])
@pytest.mark.parametrize("stage", STAGES)
def test_nobody_is_asked_more_than_25_and_nothing_stays_unasked(edition, stage, roles, modules):
    shown = distribute(edition, "readiness", stage=stage, roles=roles, modules=modules)
    for perspective, criteria in shown.items():
        assert len(criteria) <= 25
        assert all(perspective in criterion.known_by for criterion in criteria)
    asked = {criterion.id for criteria in shown.values() for criterion in criteria}
    due = {
        criterion.id
        for criterion in asked_by(edition, "readiness", modules=modules)
        if (stage in criterion.stages if criterion.stages else edition.items[criterion.item].stage.rank <= stage.rank)
        and (stage is not Stage.PREPARING or set(criterion.known_by) != {"psw"})
        and (
            not roles
            or not edition.items[criterion.item].roles
            or set(roles) & set(edition.items[criterion.item].roles)
        )
    }
    assert asked == due


def test_culture_is_asked_only_when_it_is_switched_on(edition):
    without = distribute(edition, "readiness", stage=Stage.GROWING)
    assert not [c for criteria in without.values() for c in criteria if c.item.startswith("culture.")]


def test_each_point_of_attention_asks_apart_whether_it_happens(edition):
    for point in edition.of_kind("attention-point"):
        assert [criterion.scale for criterion in edition.criteria_of(point.id)] == ["tension", "happens"]


@pytest.mark.parametrize(
    "word", ["patient", "mentally ill", "suffer", "sufferer", "schizo", "disorder", "the mentally", "consumer"]
)
def test_texts_speak_of_people_not_of_diagnoses(edition, word):
    found = [
        key
        for _, key, text in edition.words().entries()
        if not key.startswith("ref.") and re.search(rf"\b{word}", text.model_dump_json(), re.IGNORECASE)
    ]
    assert found == []


def test_the_source_language_alone_is_enough(edition):
    english = load_pack(STANDARD, ["en"])
    assert english.digest == edition.digest
    assert set(english.texts) == {"en"}
