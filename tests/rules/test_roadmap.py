"""The roadmap by worked cases (roadmap_cases.yaml), and what must hold wherever an organisation stands."""

from __future__ import annotations

import random
from itertools import groupby
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.rules.roadmap import FEW, group_of, now, projects, propose
from alongside.rules.standing import STOOD
from alongside.rules.years import bound
from alongside.standard.items import STAGES, Force, Stage
from alongside.standard.loading import standard
from alongside.standard.overlays import Estimate, Overlay, lay_over

CASES = yaml.safe_load((Path(__file__).parent / "roadmap_cases.yaml").read_text(encoding="utf-8"))
ITEMS = tuple(item.id for item in standard().of_kind(*STOOD))
TEMPLATES = tuple(standard().steps)
standings = st.dictionaries(st.sampled_from(ITEMS), st.none() | st.integers(0, 4))
anything = given(
    standings, st.sampled_from(STAGES), st.sets(st.sampled_from(TEMPLATES)), st.sets(st.sampled_from(ITEMS), max_size=9)
)
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def standing_of(case):
    whole = dict.fromkeys(ITEMS, case["all"]) | case.get("but", {})
    assert len(whole) == len(ITEMS)
    return {item: None if step == "dk" else step for item, step in whole.items() if step != "nobody"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_worked_case(edition, case):
    found = propose(
        edition,
        standing_of(case),
        Stage(case["stage"]),
        already=case.get("already", ()),
        apart=case.get("apart", ()),
    )
    expected = case["expect"]
    by_id = {one.template.id: one for one in found}
    if "now" in expected:
        assert [one.template.id for one in now(found)] == expected["now"]
    if "order" in expected:
        assert list(by_id) == expected["order"]
    for id_, year in expected.get("years", {}).items():
        assert by_id[id_].year == year, id_
    for id_, (because, force, due, step) in expected.get("because", {}).items():
        why = by_id[id_].why
        assert (why.because, why.force, why.due, why.step) == (because, force, due, step), id_
    for year, groups in expected.get("projects", {}).items():
        assert [one.group for one in projects(edition, found) if one.year == year] == groups


@relaxed
@anything
def test_nothing_comes_before_what_it_waits_for(edition, standing, stage, already, apart):
    found = propose(edition, standing, stage, already=already, apart=apart)
    place = {one.template.id: number for number, one in enumerate(found)}
    for one in found:
        for before in one.template.after:
            if before in place:
                assert place[before] < place[one.template.id]
                assert found[place[before]].year <= one.year


@relaxed
@anything
def test_all_that_does_not_stand_is_proposed_once_and_nothing_else(edition, standing, stage, already, apart):
    found = [one.template for one in propose(edition, standing, stage, already=already, apart=apart)]
    enough = {"tension": 2 if stage is Stage.PREPARING else 3}

    def stands(item):
        scale = next(c.scale for c in edition.criteria_of(item) if edition.scales[c.scale].ordered)
        return (standing.get(item) or 0) >= enough.get(scale, 3)

    wanted = {
        step.id
        for step in edition.steps.values()
        if step.item in ITEMS and step.id not in already and step.item not in apart and not stands(step.item)
    }
    assert sorted(step.id for step in found) == sorted(wanted)
    assert Force.TENTATIVE not in {edition.items[step.item].force for step in found}


@relaxed
@anything
def test_no_year_begins_more_than_it_can_carry(edition, standing, stage, already, apart):
    for at_once in (1, 3, FEW):
        found = propose(edition, standing, stage, already=already, apart=apart, at_once=at_once)
        for year, steps in groupby(found, key=lambda one: one.year):
            begun, most = [one.template for one in steps], bound(year, at_once)
            assert len(begun) <= most.steps
            assert sum(step.hours for step in begun) <= most.hours
            assert len({group_of(edition, step.item) for step in begun}) <= most.projects


@relaxed
@given(standings, st.sampled_from(STAGES), st.randoms())
def test_the_order_in_which_things_are_told_makes_no_difference(edition, standing, stage, chance: random.Random):
    told = list(standing.items())
    chance.shuffle(told)
    assert propose(edition, dict(told), stage) == propose(edition, standing, stage)


@relaxed
@anything
def test_few_are_begun_with_and_none_of_them_waits(edition, standing, stage, already, apart):
    found = propose(edition, standing, stage, already=already, apart=apart)
    first = now(found, 3)
    assert len(first) <= 3
    assert bool(first) == bool(found)
    ids = {one.template.id for one in found}
    assert not any(ids & set(one.template.after) for one in first)
    assert {one.year for one in first} <= {1}


@relaxed
@anything
def test_every_step_is_in_one_sub_project_of_its_year(edition, standing, stage, already, apart):
    found = propose(edition, standing, stage, already=already, apart=apart)
    groups = projects(edition, found)
    assert sorted(one.template.id for group in groups for one in group.steps) == sorted(
        one.template.id for one in found
    )
    assert [group.year for group in groups] == sorted(group.year for group in groups)
    for group in groups:
        assert {(one.year, group_of(edition, one.template.item)) for one in group.steps} == {(group.year, group.group)}


def laid(edition, **steps):
    return lay_over(edition, Overlay(id="o", title="Ours", because="So it is here.", steps=steps))


def test_what_waits_for_a_long_step_begins_in_the_year_after(edition):
    ours = laid(edition, **{"s.A8.buddy": Estimate(weeks=53)})
    standing = dict.fromkeys(ITEMS, 4) | {"A8.buddy": 0}
    assert [one.year for one in propose(ours, standing, Stage.GROWING)] == [1, 2]


def test_a_step_that_is_too_much_for_any_year_stands_alone_in_one(edition):
    ours = laid(edition, **{"s.A8.buddy": Estimate(hours=5000)})
    standing = dict.fromkeys(ITEMS, 4) | {"A3.parity": 0, "A8.buddy": 0}
    found = {one.template.id: one.year for one in propose(ours, standing, Stage.GROWING)}
    assert found == {"s.A3.parity": 1, "s.A3.parity.2": 1, "s.A8.buddy": 2, "s.A8.buddy.2": 3}


def test_a_tentative_idea_is_proposed_once_an_organisation_makes_it_its_own(edition):
    ours = lay_over(
        edition, Overlay(id="o", title="Ours", because="We want it.", force={"company.networking": Force.PREFER})
    )
    found = propose(ours, dict.fromkeys(ITEMS, 4), Stage.GROWING)
    assert [one.template.id for one in found] == ["s.company.networking"]
    assert group_of(ours, "company.networking") == "companies"
