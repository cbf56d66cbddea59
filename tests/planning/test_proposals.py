"""From where an organisation stands to steps on its roadmap."""

from __future__ import annotations

from datetime import timedelta

from alongside.assessment.actions import keep_first_look
from alongside.planning import actions, queries
from alongside.planning.proposals import new_steps, proposal
from alongside.rules.first_look import Given, questions
from alongside.rules.roadmap import FEW
from alongside.standard.items import Stage
from tests.planning.conftest import TODAY, step


def look(place, edition, answer):
    answers = {criterion.id: answer for criterion in questions(edition, Stage.FIRST_PSW)}
    given = Given(edition, Stage.FIRST_PSW, answers)
    keep_first_look(by=place.mara, organisation=place.org.pk, given=given, today=TODAY)


def take(place, edition, number, today=TODAY):
    found = proposal(place.mara, place.org, edition)
    chosen = [one.template.id for one in found.steps[:number]]
    steps = new_steps(found, chosen, "en", today=today)
    return actions.add_to_roadmap(
        by=place.mara, organisation=place.org.pk, title="Roadmap", steps=steps, edition=edition, today=today
    )


def test_what_stands_is_not_proposed_and_what_is_missing_is(place, edition):
    look(place, edition, 4)
    asked = {edition.criteria[one.id].item for one in questions(edition, Stage.FIRST_PSW)}
    assert not asked & {one.template.item for one in proposal(place.mara, place.org, edition).steps}
    look(place, edition, 0)
    assert {one.template.item for one in proposal(place.mara, place.org, edition).steps} & asked


def test_an_empty_place_gets_proposals_too(place, edition):
    assert proposal(place.mara, place.org, edition).steps


def test_what_was_taken_is_not_proposed_again_until_it_is_set_aside(place, edition):
    (first, *_) = made = take(place, edition, 3)
    proposed = {one.template.id for one in proposal(place.mara, place.org, edition).steps}
    assert not proposed & {one.template for one in made}
    actions.move_step(by=place.mara, organisation=place.org.pk, step=first.pk, state="dropped", today=TODAY)
    assert first.template in {one.template.id for one in proposal(place.mara, place.org, edition).steps}


def test_a_step_carries_the_words_figures_and_days_of_its_template(place, edition):
    (made,) = take(place, edition, 1)
    template, words = edition.steps[made.template], edition.words("en").steps[made.template]
    assert (made.item, made.title) == (template.item, words.title)
    assert (made.minutes, made.cents) == (template.hours * 60, template.euros * 100)
    assert (made.starts_on, made.due) == (TODAY, TODAY + timedelta(weeks=template.weeks))
    assert made.project.year == 1


def test_no_more_than_a_few_run_at_once(place, edition):
    take(place, edition, 3 * FEW)
    steps = list(queries.roadmap_steps(place.mara, place.org.pk))
    for one in steps:
        assert sum(other.starts_on <= one.starts_on < other.due for other in steps) <= FEW


def test_what_is_in_hand_already_is_finished_first(place, edition, add):
    days = [TODAY + timedelta(days=10 * number) for number in range(1, FEW + 1)]
    add(*(step(str(day), due=day) for day in days))
    (made,) = take(place, edition, 1)
    assert made.starts_on == days[0]


def test_what_is_proposed_in_the_second_year_goes_into_it(place, edition):
    take(place, edition, 1)
    later = TODAY + timedelta(days=370)
    (made,) = take(place, edition, 1, today=later)
    assert made.project.year == 2
    assert made.starts_on >= later


def test_everything_proposed_can_be_taken_at_once(place, edition):
    made = take(place, edition, None)
    assert len(made) == len(proposal(place.mara, place.org, edition).steps) + len(made) > 50
