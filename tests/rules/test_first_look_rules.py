"""The first look by worked cases (first_look_cases.yaml), and what must hold for any answers."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.rules.first_look import Given, look, questions
from alongside.standard.items import STAGES, Advice, Stage

CASES = yaml.safe_load((Path(__file__).parent / "first_look_cases.yaml").read_text(encoding="utf-8"))
WORDS = {"dk": "dont_know", "na": "not_applicable"}
said = st.one_of(st.integers(0, 4), st.sampled_from(["dont_know", "not_applicable"]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_worked_case(edition, case):
    stage = Stage(case["stage"])
    answers = {criterion.id: case["all"] for criterion in questions(edition, stage)} | case.get("but", {})
    assert set(case.get("but", {})) <= {criterion.id for criterion in questions(edition, stage)}
    found = look(Given(edition, stage, {id_: WORDS.get(answer, answer) for id_, answer in answers.items()}))
    expected = case["expect"]
    assert len(found.stands) == expected["stands"]
    assert (found.missing, found.unknown) == (expected["missing"], expected["unknown"])
    assert [finding.item.id for finding in found.next_steps] == expected["first"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from(STAGES), st.lists(said, min_size=15, max_size=15))
def test_every_answer_is_in_one_place(edition, stage, values):
    asked = questions(edition, stage)
    found = look(Given(edition, stage, {c.id: value for c, value in zip(asked, values, strict=True)}))
    places = (
        found.stands, found.demanded, found.preferred, found.later, found.tensions, found.to_ask, found.not_applicable,
    )  # fmt: skip
    ids = [finding.criterion.id for place in places for finding in place]
    assert sorted(ids) == sorted(criterion.id for criterion in asked)
    assert len(found.next_steps) <= 3
    assert not set(map(id, found.next_steps)) & set(map(id, found.not_applicable))


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_due_and_not_asked_is_named(edition, stage):
    found = look(Given(edition, stage, {}))
    asked = {criterion.item for criterion in questions(edition, stage)}
    due = [
        item.id
        for item in edition.of_kind("recommendation")
        if isinstance(item, Advice) and item.stage.rank <= stage.rank and item.id not in asked
    ]
    assert [item.id for item in found.beside] == due
    assert {item.force for item in found.beside} == {"should", "prefer"}
