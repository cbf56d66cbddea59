"""The templates of what one can do: whole, within their source, and changed by an overlay alone."""

from __future__ import annotations

import re

import pytest

from alongside.standard.checks import ASKED
from alongside.standard.items import Force
from alongside.standard.overlays import Estimate, Overlay, lay_over


def test_a_further_template_is_numbered_after_the_item_it_serves(edition):
    for step in edition.steps.values():
        assert re.fullmatch(rf"s\.{re.escape(step.item)}(\.\d)?", step.id)
    for item in edition.of_kind(*ASKED, "company-recommendation"):
        own = [step.id for step in edition.steps_of(item.id) if step.item == item.id]
        assert own == [f"s.{item.id}", *(f"s.{item.id}.{number}" for number in range(2, len(own) + 1))]


def test_an_item_has_its_own_templates_first_and_then_those_that_help_it(edition):
    assert [step.id for step in edition.steps_of("B9")] == ["s.B9", "s.A7.seniority"]
    assert edition.steps_of("ref.davidson-2012") == ()


def test_steps_are_told_briefly(edition):
    for id_, text in edition.words().steps.items():
        assert len(text.title) <= 80, id_
        assert 2 <= len(re.findall(r"[.?!](?=\s|$)", text.text)) <= 5, id_
        assert len(text.text) <= 480, id_


def test_nothing_the_source_asks_for_waits_for_what_is_tentative(edition):
    def tentative(step):
        return edition.items[edition.steps[step].item].force is Force.TENTATIVE

    found = {step.id for step in edition.steps.values() if any(map(tentative, step.after)) and not tentative(step.id)}
    assert found == set()


@pytest.fixture
def ours():
    return Overlay(
        id="ours", title="Ours", because="We have three sites.", steps={"s.A8.buddy": Estimate(hours=90, weeks=8)}
    )


def test_an_overlay_changes_an_estimate_and_shows_where(edition, ours):
    laid = lay_over(edition, ours)
    before, after = edition.steps["s.A8.buddy"], laid.steps["s.A8.buddy"]
    assert (after.hours, after.weeks, after.euros) == (90, 8, before.euros)
    assert laid.laid_over == {"s.A8.buddy": "ours"}
    assert laid.steps["s.A8.clarity"] == edition.steps["s.A8.clarity"]
    assert edition.steps["s.A8.buddy"].hours != 90
